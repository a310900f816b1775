"""A small outlet, the crawl process that reads it over real HTTP, and what became of its addresses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.crawlers.conftest import Site

ROOT = Path(__file__).resolve().parents[3]
NOW = "2026-03-10T12:00:00+07:00"
Record = dict[str, Any]
Crawl = Callable[..., list[Record]]


def article(title: str, day: int = 9, head: str = "", place: str = "Sukamaju") -> str:
    sentences = " ".join(
        f"Warga {place} {verb} bersama-sama di balai kampung pada pagi hari itu."
        for verb in ("berkumpul", "berdoa", "bermusyawarah", "menanam padi")
    )
    return (
        f'<html lang="id"><head><title>{title} - Kabar Contoh</title>{head}'
        f'<meta property="article:published_time" content="2026-03-{day:02}T09:30:00+07:00"></head>'
        '<body><nav><a href="/">Beranda</a></nav>'
        f"<article><h1>{title}</h1><p class='tgl'>Oleh Rina Contoh, {day} Maret 2026 09:30 WIB</p>"
        f"<p>SUKAMAJU - {sentences}</p><p>{sentences}</p></article></body></html>"
    )


def address(number: int) -> str:
    return f"/berita/{1000 + number}/warga-menanam-padi-bersama-{number}"


@pytest.fixture
def crawl(site: Site, tmp_path: Path) -> Crawl:
    """Crawl the small site; keyword arguments go into the plan."""
    build_recipe(site, tmp_path)

    def run(**plan: Any) -> list[Record]:
        done = subprocess.run(  # noqa: PLW1510 - the code is looked at below
            [sys.executable, "-m", "crawlers"],
            input=json.dumps(build_plan(tmp_path, **plan)),
            capture_output=True,
            text=True,
            timeout=90,
            cwd=ROOT,
            env=environment(),
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


def environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}


def build_recipe(site: Site, folder: Path, more: str = "") -> None:
    (folder / "recipes").mkdir(exist_ok=True)
    (folder / "recipes/contoh.toml").write_text(
        'name = "Kabar Contoh"\ndomains = ["127.0.0.1"]\nkind = "local"\n'
        f'[[source]]\nkind = "listing"\nurl = "{site.home}/kanal"\n' + more
    )


def build_plan(folder: Path, **plan: Any) -> Record:
    return {"outlets": ["contoh"], "recipe_dirs": [str(folder / "recipes")], "delay": 0, "now": NOW, **plan}


def listing(numbers: list[int], paths: list[str] | None = None) -> str:
    links = [(address(n), f"Warga menanam padi bersama {n}") for n in numbers] + [
        (p, f"Kabar lain dari {p}") for p in paths or []
    ]
    return (
        "<html><body>" + "".join(f'<h3><a href="{path}">{title}</a></h3>' for path, title in links) + "</body></html>"
    )


def outcomes(records: list[Record]) -> dict[str, str]:
    """Reason by path; what was stored counts as well."""
    found = {
        r["url"].split("/", 3)[3]: "stored" if r["type"] == "article" else r["reason"]
        for r in records
        if r["type"] in ("article", "outcome")
    }
    assert len(found) == sum(r["type"] in ("article", "outcome") for r in records), "an address ended twice"
    return found
