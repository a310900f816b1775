"""A recipe with a slip costs its own outlet, and no other: what is told of it, until it is mended."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.findings import find_findings, find_mended
from db.queries.articles import count_articles
from monitor.clock import find_now
from monitor.config import load_config
from monitor.jobs import recorded
from monitor.office import load_office, open_office_store
from monitor.service import refresh_alone
from tests.crawlers.conftest import Site, site
from tests.monitor.conftest import CONTOH
from tests.monitor.test_left_over import page, path

Pantau = Callable[..., Any]
__all__ = ["site"]  # a fixture


@pytest.fixture
def recipes(site: Site, pantau: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Watch two outlets, the recipe of one of them with a slip in its second line; return the folder."""
    folder = tmp_path / "recipes"
    folder.mkdir()
    shutil.copytree(CONTOH, tmp_path / "contoh")
    profile = tmp_path / "contoh/profile.toml"
    profile.write_text(profile.read_text().replace("outlets = []", 'outlets = ["baik", "rusak"]'))
    monkeypatch.setenv("PANTAU_PROFILE", str(tmp_path / "contoh"))
    monkeypatch.setenv("PANTAU_NOW", "2026-03-10T12:00:00+07:00")
    (tmp_path / "config.toml").write_text(f"recipes = [{json.dumps(str(folder))}]\n")
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for number, host in enumerate(("127.0.0.1", "localhost"), 1):
        site.pages[path(number)] = page(number)
        link = f"<item><title>Panen {number}</title><link>http://{host}:{site.port}{path(number)}</link></item>"
        site.add(f"/feed/{host}", f'<rss version="2.0"><channel>{link}</channel></rss>')
    write(folder, site, "baik", "127.0.0.1")
    write(folder, site, "rusak", "localhost", "domain")
    return folder


def write(folder: Path, site: Site, outlet: str, host: str, key: str = "domains") -> None:
    (folder / f"{outlet}.toml").write_text(
        f'name = "Warta {outlet.title()}"\n{key} = ["{host}"]\nkind = "local"\n[[source]]\nkind = "feed"\n'
        f'url = "http://{host}:{site.port}/feed/{host}"\n[crawl]\ndelay = 0\n'
    )


@pytest.mark.slow
def test_a_crawl_of_all_goes_on_and_tells_file_and_line(recipes: Path, site: Site, pantau: Pantau) -> None:
    slip = f"{recipes / 'rusak.toml'}: domains: missing; domain: unknown key; did you mean domains? (at line 2)"
    answer = pantau("crawl")
    assert answer.code == 1, answer.err
    assert slip in answer.err
    assert site.asked(path(1)) == 1
    finding = ("finding", "recipe", f"{slip}; until that is mended the outlet is not crawled")
    for look in (["--stored"], ["--delay", "0"]):
        rows = json.loads(pantau("outlets", "check", "--json", *look).out)
        assert {row["outlet"]: (row["status"], row["finding"], row["detail"]) for row in rows}["rusak"] == finding
        assert [row["status"] for row in rows if row["outlet"] == "baik"] == ["ok"]
    answer = pantau("digest")
    assert (answer.code, "rusak: tidak terpantau sejak 10 Mar 2026 (resepnya tidak dapat dibaca)" in answer.out) == (
        0, True,
    )  # fmt: skip
    assert pantau("crawl", "--outlet", "baik").code == 0, "it was not asked for the other one"
    assert pantau("outlets", "list").code == 1
    rows = json.loads(pantau("doctor", "--json").out)
    assert [row["detail"] for row in rows if row["check"] == "recipes"] == [slip]
    for command in (
        ["crawl", "--outlet", "rusak"],
        ["refresh", "--outlet", "rusak"],
        ["outlets", "check", "--outlet", "rusak"],
        ["outlets", "try", "rusak"],
    ):
        answer = pantau(*command)
        assert (answer.code, answer.err) == (2, f"pantau: {slip}\n"), "told once"


@pytest.mark.slow
def test_the_service_starts_without_it_and_takes_it_in_once_it_is_mended(
    recipes: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = load_office(load_config())
    gate, stop = threading.Lock(), threading.Event()

    def refresh() -> str:
        with recorded(store, "refresh") as run:
            refresh_alone(office, gate, store, run, stop)
        return run.status

    with closing(open_office_store(office)) as store:
        assert (refresh(), count_articles(store)) == ("findings", 1)
        assert [(row["outlet"], row["kind"]) for row in find_findings(store)] == [("rusak", "recipe")]
        monkeypatch.setenv("PANTAU_NOW", "2026-03-10T12:01:00+07:00")
        assert refresh() == "findings", "no outlet is due, and it is broken still"
        write(recipes, site, "rusak", "localhost")
        assert (refresh(), count_articles(store)) == ("done", 2)
        assert [row["outlet"] for row in find_mended(store, find_now().replace(hour=0))] == ["rusak"]


def test_where_none_can_be_read_nothing_is_done(recipes: Path, pantau: Pantau) -> None:
    (recipes / "baik.toml").write_text("name = Warta\n")
    for command in (["crawl"], ["outlets", "check"]):
        answer = pantau(*command)
        assert answer.code == 2
        assert answer.err.count("baik.toml: not TOML: Invalid value (at line 1, column 8)") == 1, "told once"
        assert answer.err.index("baik.toml: not TOML") < answer.err.index("rusak.toml: domains: missing")
        assert answer.complaint.endswith("mend what is wrong with baik.toml, rusak.toml, as told above")


def test_lines_of_faults_are_those_of_their_tables(recipes: Path, pantau: Pantau) -> None:
    text = (recipes / "baik.toml").read_text()
    (recipes / "baik.toml").write_text(f'{text}dely = 1\n\n[[source]]\n  kind = "listing"\n  "url" = 3\n')
    told = pantau("crawl", "--outlet", "baik").complaint
    assert "source.1.url: Input should be a valid string (at line 13)" in told
    assert "crawl.dely: unknown key; did you mean delay? (at line 9)" in told


def test_the_check_of_the_profile_names_outlets_that_no_recipe_describes(
    recipes: Path, pantau: Pantau, tmp_path: Path
) -> None:
    before = {row["row"] for row in json.loads(pantau("profile", "check", "--json").out)}
    profile = tmp_path / "contoh/profile.toml"
    profile.write_text(profile.read_text().replace('"rusak"]', '"rusak", "baikk", "127.0.0.1"]'))
    answer = pantau("profile", "check", "--json")
    assert answer.code == 1
    told = {row["row"]: row["message"] for row in json.loads(answer.out) if row["row"] not in before}
    assert told["outlets: baikk"] == "unknown outlet 'baikk': did you mean baik?"
    assert set(told) == {"outlets: baikk", "outlets: 127.0.0.1"}, "a broken recipe is there, a domain is no id"
