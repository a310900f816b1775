"""The clipping book: excerpts only, the page's hash, a code that leads to the address, broken pictures survived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from db.queries.filters import ArticleFilter
from monitor import clipping
from monitor.clipping import (
    Book,
    build_entry,
    cut_excerpt,
    draw_qr,
    find_kind,
    is_readable,
    load_book,
    render_book,
    write_span,
)
from monitor.config import Config
from monitor.office import load_office
from monitor.render.wording import load_wording
from tests.monitor.conftest import CONTOH, Answer
from tests.monitor.reporting import HOSTILE, PNG, ZONE, fill_store, some_articles

Pantau = Callable[..., Answer]
OFFICE = load_office(Config(profile=str(CONTOH)))
WORDING = load_wording("id")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    store = fill_store(tmp_path / "p.db", some_articles(len(HOSTILE)))
    store.execute("UPDATE articles SET origin = 'clip' WHERE id = 1")
    loaded = load_book(store, OFFICE, ArticleFilter(about=("subject",)))
    store.close()
    return loaded


def test_an_entry_tells_what_an_auditor_asks_for(book: Book) -> None:
    facts = dict(build_entry(book.articles[1], book, OFFICE, WORDING)["facts"])
    assert facts["Media"] == "MC Contoh"
    assert facts["Terbit"] == "Senin, 3 Maret 2025, 15.00"
    assert facts["Kanal"] == "berbayar"
    assert facts["Nada"] == "–"  # paid content is not judged
    assert facts["Perangkat daerah"] == "Dinas Kesehatan"
    assert facts["Bukti halaman (SHA-256)"] == "tidak ada halaman tersimpan"
    assert "ditambahkan secara manual" in dict(build_entry(book.articles[0], book, OFFICE, WORDING)["facts"])["Media"]


@pytest.mark.parametrize("words", [1, 20, 60, 61, 400])
def test_no_excerpt_is_the_whole_of_a_longer_text(words: int) -> None:
    text = " ".join(["kata"] * words)
    excerpt = cut_excerpt(text)
    assert len(excerpt) <= clipping.EXCERPT + 2
    assert text.startswith(excerpt.removesuffix(" …"))
    assert (excerpt == text) == (len(text) < clipping.NOTE)


def test_a_code_is_drawn_unless_the_address_is_too_long() -> None:
    drawn = draw_qr("https://kabar.example/berita/1")
    assert drawn is not None
    assert drawn.startswith("<svg")
    assert draw_qr("https://kabar.example/" + "a" * 4000) is None


def test_a_broken_picture_does_not_cost_the_book(book: Book) -> None:
    broken = b"\x89PNG rusak"
    assert find_kind(PNG) == find_kind(broken) == "png"
    assert find_kind(b"GIF89a") is None
    assert is_readable("a.png", PNG)
    assert not is_readable("a.png", broken)
    pictured = Book(book.articles, book.tags, book.texts, {1: broken, 2: PNG}, book.stories, book.total)
    assert render_book(pictured, OFFICE, None, WORDING).startswith(b"%PDF")


def test_the_command_writes_a_book_and_says_what_it_leaves_out(pantau: Pantau, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    fill_store(tmp_path / "data" / "pantau.db", some_articles()).close()
    file = tmp_path / "kliping.pdf"
    assert pantau("clipping", "--month", "2025-03", "-o", file).code == 0
    assert file.read_bytes().startswith(b"%PDF")
    answer = pantau("clipping", "--from", "2025-03-01", "--limit", 2, "-o", file)
    assert (answer.code, "2 of 6 articles" in answer.complaint) == (1, True)
    assert pantau("clipping", "--month", "2024-01", "-o", file).code == 0  # an empty book
    assert pantau("clipping", "--month", "2025-03", "--from", "2025-03-01", "-o", file).code == 2


def test_the_cover_names_the_days_asked_for_as_far_as_they_have_come(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_NOW", "2025-04-02T08:00+07:00")
    days = sorted(
        datetime.fromisoformat(row["published_at"]).astimezone(ZONE).date().isoformat() for row in book.articles
    )
    march = ArticleFilter(since=datetime(2025, 3, 1, tzinfo=ZONE), until=datetime(2025, 4, 1, tzinfo=ZONE))
    april = ArticleFilter(since=datetime(2025, 4, 1, tzinfo=ZONE), until=datetime(2025, 5, 1, tzinfo=ZONE))
    empty = Book([], {}, {}, {}, {}, 0)
    assert write_span(march, book, OFFICE) == write_span(march, empty, OFFICE) == ("2025-03-01", "2025-03-31")
    assert write_span(april, empty, OFFICE) == ("2025-04-01", "2025-04-02")
    assert write_span(replace(march, until=None), empty, OFFICE) == ("2025-03-01", "2025-04-02")
    assert write_span(march, replace(book, total=book.total + 1), OFFICE) == ("2025-03-01", days[-1])
    assert write_span(ArticleFilter(), book, OFFICE) == (days[0], days[-1])
    assert write_span(ArticleFilter(), empty, OFFICE) is None


def test_entries_are_in_order_of_time(book: Book) -> None:
    times = [datetime.fromisoformat(row["published_at"]) for row in book.articles]
    assert times == sorted(times)
