"""Outlets whose certificate is wrong or whose name nobody knows: what comes of them, what is told of it and to whom."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.crawlers.test_certificates import NOW, SOON, Handler, Pair, build_pair, serve
from tests.monitor.conftest import CONTOH
from tests.monitor.test_left_over import page

Pantau = Callable[..., Any]
HOSTS = {f"127.0.0.{n}": name for n, name in enumerate(("lewat", "sendiri", "lain", "baik"), 2)}
GONE = "hilang"
BACK = "127.0.0.9"  # where it is found again
pytestmark = pytest.mark.slow


class Pages(Handler):
    """What all of them publish."""


def publish(*numbers: int) -> None:
    items = "".join(f"<item><title>Panen {n}</title><link>/{n}/panen-raya</link></item>" for n in numbers)
    feed = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    Pages.pages = {"/feed": feed, **{f"/{n}/panen-raya": page(n).body for n in numbers}}


def write_recipe(folder: Path, outlet: str, host: str, port: int) -> None:
    (folder / "recipes" / f"{outlet}.toml").write_text(
        f'name = "Warta {outlet.title()}"\ndomains = ["{host}"]\nkind = "local"\n[[source]]\nkind = "feed"\n'
        f'url = "https://{host}:{port}/feed"\n[crawl]\ndelay = 0\n'
    )


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pantau: Pantau) -> Pair:
    """Set up an office that watches these outlets only; return the authority that its machine trusts."""
    root = build_pair(["root.example"], SOON, authority=True)
    (tmp_path / "trusted.pem").write_bytes(root.pem)
    (tmp_path / "recipes").mkdir()
    (tmp_path / "config.toml").write_text(
        f"recipes = [{json.dumps(str(tmp_path / 'recipes'))}]\n[delivery.recipients]\noperator = 'json://127.0.0.1:9/'\n"
        "[delivery.groups.operator]\nto = ['operator']\nhealth = true\n"
    )
    shutil.copytree(CONTOH, tmp_path / "contoh")
    profile = tmp_path / "contoh/profile.toml"
    profile.write_text(profile.read_text().replace("outlets = []", f"outlets = {[*HOSTS.values(), GONE]}"))
    monkeypatch.setenv("PANTAU_PROFILE", str(tmp_path / "contoh"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return root


@contextmanager
def online(folder: Path, shown: dict[str, Pair], ports: dict[str, int]) -> Iterator[dict[str, int]]:
    """Serve each host with its certificate, at its port if it has one already; yield the ports."""
    with ExitStack() as stack:
        yield {
            host: stack.enter_context(serve(folder, host, pair.pem + pair.secret, Pages, ports.get(host, 0)))
            for host, pair in shown.items()
        }


def look(pantau: Pantau) -> dict[str, tuple[str, str | None, str]]:
    rows = json.loads(pantau("outlets", "check", "--stored", "--json").out)
    return {row["outlet"]: (row["status"], row["finding"], row["detail"]) for row in rows}


def test_sites_without_a_proper_certificate_are_read_and_told_until_it_is_mended(
    office: Pair, pantau: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = {host: build_pair([host], SOON, office) for host in (*HOSTS, BACK)}
    late, own, other, fine = HOSTS
    bad = {
        late: build_pair([late], NOW.replace(year=NOW.year - 1, day=1), office),
        own: build_pair([own], SOON),
        other: build_pair(["warta.example"], SOON, office),
        fine: good[fine],
    }
    monkeypatch.setenv("PANTAU_NOW", "2026-03-10T12:00:00+07:00")
    publish(1)
    write_recipe(tmp_path, GONE, "hilang.invalid", 443)
    with online(tmp_path, bad, {}) as ports:
        for host, port in ports.items():
            write_recipe(tmp_path, HOSTS[host], host, port)
        assert pantau("refresh").code == 1
    found = look(pantau)
    assert {outlet: row[:2] for outlet, row in found.items()} == {
        **dict.fromkeys(("lewat", "sendiri", "lain"), ("finding", "certificate")),
        "baik": ("ok", None),
        GONE: ("finding", "dns"),
    }
    assert f"{late}: the certificate ran out on {NOW.year - 1}" in found["lewat"][2]
    assert f"{own}: the certificate is signed by nobody but itself; its articles" in found["sendiri"][2]
    assert f"{other}: the certificate is that of warta.example; its articles" in found["lain"][2]
    assert "no such host: hilang.invalid: " in found[GONE][2]
    stored = pantau("articles", "--format", "jsonl").out
    assert sorted(json.loads(line)["outlet"] for line in stored.splitlines()) == sorted(HOSTS.values())
    digest = pantau("digest").out
    assert "Warta Hilang: tidak terpantau sejak 10 Mar 2026 (alamat tidak ditemukan)" in digest
    assert "Warta Hilang: not watched since 10 Mar 2026 (address not found)" in pantau("digest", "--lang", "en").out
    assert "Warta L" not in digest, "of these nothing is missing"
    message = pantau("outbox", "show", 1).out
    assert "Warta Lewat: sertifikat bermasalah, sejak 10 Mar 12.00\n" in message
    assert "Warta Hilang: alamat tidak ditemukan, sejak 10 Mar 12.00\n" in message

    monkeypatch.setenv("PANTAU_NOW", "2026-03-10T16:00:00+07:00")
    publish(1, 2)
    with online(tmp_path, good, ports) as ports:
        write_recipe(tmp_path, GONE, BACK, ports[BACK])
        assert pantau("refresh").code == 1, "the operator's mailbox does not answer in this test"
    assert {row[0] for outlet, row in look(pantau).items() if outlet != "baik"} == {"fixed"}
    assert len(pantau("articles", "--format", "jsonl").out.splitlines()) == 10
    message = pantau("outbox", "show", 2, "--lang", "en").out
    assert "Warta Lewat: pulih (sertifikat bermasalah)\n" in message
    assert "Warta Hilang: pulih (alamat tidak ditemukan)\n" in message
    assert "tidak terpantau" not in pantau("digest").out
