"""What the pages show: everything that is stored, nothing that harms, and numbers that lead to their articles."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from db.alerts import save_alert
from db.connection import open_store, writing
from db.outbox import queue_messages
from monitor.clock import find_now
from monitor.jobs import recorded
from monitor.office import Office
from monitor.render import labels
from monitor.web import visit
from monitor.web.app import build_app
from monitor.web.visit import link_static
from monitor.why import REASONS
from tests.monitor.reporting import HOSTILE, fill_store, some_articles
from tests.monitor.web.conftest import HERE, HOME

DAY = "2025-03-03"
PAGES = (
    f"/?day={DAY}", "/articles", "/articles/1", "/review", "/counts", "/editions", "/outlets", "/alerts", "/clip",
    "/articles?query=paragraf&tone=negatif", f"/?day={DAY}&edition=sore",
)  # fmt: skip


class Tags(HTMLParser):
    """Collects the tags of a page, and complains of one that is closed wrongly."""

    VOID = frozenset({"meta", "link", "input", "br", "img"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole_and_runs_nothing_of_its_texts(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    page = Tags(answer.text)
    assert not [attrs for tag, attrs in page.seen if any(name.startswith("on") or name == "style" for name in attrs)]
    assert [attrs["src"] for tag, attrs in page.seen if tag == "script"] == [link_static("pantau.js")]
    assert "<b>judul</b>" not in answer.text
    assert "\u202e" not in answer.text.replace("&#x202e;", "")
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_browsers_keep_a_style_sheet_for_good_and_ask_for_another_after_an_upgrade(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/articles").text)
    assert len(linked) == 3
    for address in linked:
        assert client.get(address).headers["cache-control"] == "max-age=31536000, immutable"
    assert client.get("/static/pantau.css").headers["cache-control"] == "private, no-cache"
    assert client.get("/static/none.css?v=1").headers["cache-control"] == "private, no-cache"
    (tmp_path / "pantau.css").write_text("p { color: red }", encoding="utf-8")
    monkeypatch.setattr(visit, "STATIC", tmp_path)
    link_static.cache_clear()
    assert link_static("pantau.css").startswith("/static/pantau.css?v=")
    assert link_static("pantau.css") not in linked
    link_static.cache_clear()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_pages_speak_the_language_of_the_installation(office: Office, lang: str) -> None:
    config = office.config.model_copy(update={"lang": lang})
    with TestClient(build_app(replace(office, config=config)), base_url=HOME, client=HERE) as browser:
        text = browser.get("/articles").text
    assert f'<html lang="{lang}">' in text
    assert ("Saring" in text) == (lang == "id")
    assert ("Filter" in text) == (lang == "en")


def test_an_article_shows_what_the_machine_saw(client: TestClient) -> None:
    text = unescape(client.get("/articles/1").text)
    assert HOSTILE[0] in text
    assert '<mark class="is-quote" title="Kutipan dari Budi">Paragraf</mark> pertama nomor 1.' in text
    assert "Dinas Kesehatan" in text
    assert client.get("/articles/99").status_code == 404
    assert "Tidak ada artikel nomor 99." in client.get("/articles/99").text
    assert client.get("/articles/x").status_code == 400


@pytest.mark.parametrize(("form", "begin"), [("pdf", b"%PDF"), ("html", b"<!"), ("json", b"{"), ("whatsapp", b"*")])
def test_a_digest_leaves_in_its_forms(client: TestClient, form: str, begin: bytes) -> None:
    answer = client.get(f"/digest.{form}?day={DAY}")
    assert answer.status_code == 200
    assert answer.content.startswith(begin)
    if form == "html":
        assert "sandbox" in answer.headers["content-security-policy"]


def test_an_article_leads_to_its_story_and_copies(client: TestClient, office: Office) -> None:
    with open_store(office.config.store) as store, writing(store):
        store.execute("INSERT INTO stories (id) VALUES (1)")
        store.execute("UPDATE articles SET story_id = 1 WHERE id IN (1, 2, 3)")
        store.execute(
            "INSERT INTO copies (article_id, source_id, share, share_of_source, longest_run, latency_minutes)"
            " VALUES (2, 1, 0.9, 0.9, 80, 60)"
        )
    page = unescape(client.get("/articles/1").text)
    kin = page[page.index("Peristiwa yang sama") : page.index("Bukti tayang")]
    assert re.findall(r'href="(/articles[^"]+)"', kin) == [
        "/articles/3", "/articles/2", "/articles?story=1", "/articles/2",
    ]  # fmt: skip
    assert "90% teks sama" in kin
    assert "Peristiwa yang sama" not in client.get("/articles/4").text


def test_alerts_and_unsent_messages_are_shown(client: TestClient, office: Office) -> None:
    assert "Belum ada peringatan." in client.get("/alerts").text
    facts = {"kind": "keyword", "newsrooms": ["Warta"], "words": "<b>korupsi</b>"}
    hit = {
        "rule": "lama", "tier": "segera", "target": "x", "about": "story", "headline": "<i>Judul</i>", "url": None,
        "articles": [1, 2], "facts": facts,
    }  # fmt: skip
    entry = {
        "batch": "edisi", "part": 1, "parts": 2, "recipient": "pimpinan", "group": "g", "what": "Edisi pagi",
        "subject": "", "body": "isi", "form": "text", "urgent": False,
    }  # fmt: skip
    with open_store(office.config.store) as store:
        save_alert(store, hit, find_now(), muted=False)
        queue_messages(store, [entry])
    page = client.get("/alerts").text
    assert "Warta memuat “&lt;b&gt;korupsi&lt;/b&gt;”" in page
    assert '<a href="/articles/2">' in page
    assert re.search(r"Edisi pagi \(1/2\)</td><td[^>]*>menunggu", page)


def test_why_an_article_is_missing_is_told_in_words(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def look(office: Office, address: str, *_: object) -> tuple[str, str]:
        asked.append(address)
        return "robots", "just now: forbidden"

    monkeypatch.setattr("monitor.why.look_at_site", look)
    text = unescape(client.post("/why", data={"url": "https://warta.example/berita/900"}).text)
    assert "Belum tersimpan: " in text
    assert 'value="https://warta.example/berita/900"' in text
    assert client.post("/why", data={"url": " "}).status_code == 400


def test_every_cause_has_its_words() -> None:
    assert set(labels.CAUSES) == set(REASONS)


def test_a_service_that_has_stopped_is_told_on_every_page(client: TestClient, office: Office) -> None:
    told = "layanan pengambil berita tampaknya tidak berjalan"
    assert told not in client.get("/articles").text
    with open_store(office.config.store) as store, recorded(store, "refresh"):
        pass
    assert told not in client.get("/articles").text
    with open_store(office.config.store) as store, writing(store):
        store.execute("UPDATE runs SET finished_at = '2025-03-03T00:00:00Z'")
    assert all(told in client.get(address).text for address in ("/articles", "/clip", "/articles/1"))


def test_a_long_list_is_not_counted_to_its_end(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.reading.COUNTED", 5)
    assert "5 artikel atau lebih" in client.get("/articles").text
    assert client.get("/articles?page=2").status_code == 400
    assert client.get("/api/articles").json()["total"] == 12


def test_pages_travel_packed(client: TestClient) -> None:
    assert client.get("/articles").headers["content-encoding"] == "gzip"


def test_an_edition_stays_as_it_was_frozen(client: TestClient, office: Office) -> None:
    frozen = client.post("/editions", data={"day": DAY, "edition": "harian"})
    assert frozen.status_code == 303
    address = frozen.headers["location"]
    before = client.get(address).text
    client.post("/articles/1/corrections", data={"field": "about", "action": "set", "value": "none"})
    assert client.get(address).text == before
    assert client.get(f"{address}/digest.pdf").content.startswith(b"%PDF")
    assert address in client.get("/editions").text
    assert client.get("/editions/nix").status_code == 404


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/articles?opd=nix", "Perangkat daerah tidak dikenal: nix."),
        ("/?day=kapan", "Hari kapan tidak dapat dipakai: tulis tahun-bulan-hari"),
        ("/?edition=malam", "Isian Edisi tidak dapat dipakai: bukan salah satu pilihannya."),
        ("/counts?since=2025-03-31&until=2025-03-01", "Hari terakhir mendahului hari pertama."),
        ("/articles?story=99999999999999999999", "Isian Peristiwa tidak dapat dipakai: "),
        ("/articles?page=0", "Isian Halaman tidak dapat dipakai: angkanya terlalu kecil."),
        ("/digest.pdf?view=gubernur", "Tampilan gubernur tidak dikenal"),
        ("/articles/1/evidence", "Tidak ada halaman yang diarsipkan dari artikel nomor 1."),
    ],
)
def test_wrong_input_is_told_in_one_sentence(client: TestClient, address: str, told: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert told in unescape(answer.text)
    assert "Traceback" not in answer.text


def test_a_fault_of_the_program_is_logged_and_not_shown(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("rahasia")

    monkeypatch.setattr("monitor.web.digests.build_edition", fail)
    with TestClient(build_app(office), base_url=HOME, client=HERE) as browser:
        answer = browser.get("/")
    assert answer.status_code == 500
    assert "rahasia" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_programs_read_the_published_form(client: TestClient) -> None:
    page = client.get("/api/articles?limit=5&page=3").json()
    assert (page["total"], page["page"], len(page["articles"])) == (12, 3, 2)
    assert page["articles"][-1] == client.get("/api/articles/1").json()
    assert client.get("/api/articles/99").json() == {"error": "Tidak ada artikel nomor 99."}
    counts = client.get("/api/counts?by=opd&since=2025-03-01&until=2025-03-31").json()
    assert counts["total"]["articles"] == 12
    assert [(row["opd"], row["coverage"]) for row in counts["rows"]] == [("dinkes", "none")]
    assert (counts["coverage"]["watched"], counts["coverage"]["began_on"]) == ("none", None)


def test_articles_come_a_page_at_a_time(office: Office) -> None:
    office.config.store.unlink()
    fill_store(office.config.store, some_articles(60)).close()
    with TestClient(build_app(office), base_url=HOME, client=HERE) as browser:
        numbers = [
            int(number)
            for page in (1, 2, 3)
            for number in re.findall(r'class="head" href="/articles/(\d+)"', browser.get(f"/articles?page={page}").text)
        ]
    assert numbers == list(range(60, 0, -1))


def test_a_store_that_is_gone_is_told(office: Office) -> None:
    with TestClient(build_app(office), base_url=HOME, client=HERE) as browser:
        office.config.store.unlink()
        answer = browser.get("/articles")
    assert answer.status_code == 503
    assert "No store at" in answer.text


def test_a_refusal_has_the_menu_and_keeps_english_for_the_operator(client: TestClient) -> None:
    page = client.get("/articles/1/evidence").text
    assert '<a href="/review"' in page
    assert '<p class="break" lang="en">no evidence of version any' in page
    assert "Rincian untuk pengelola" in page


def test_days_may_be_words(client: TestClient) -> None:
    for address in ("/articles?since=kemarin", "/counts?by=day&since=kemarin&until=today", "/articles?until=%20"):
        assert client.get(address).status_code == 200, address
