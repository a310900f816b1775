"""Articles from elsewhere: what is taken in, what is refused and how it is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db.connection import Store, open_store
from db.queries.articles import find_article
from monitor.errors import InputError
from monitor.importing import Imported, import_file
from monitor.worker import LONGEST, build_source

ZONE = ZoneInfo("Asia/Jakarta")
GOOD: dict[str, Any] = {
    "url": "https://www.warta.example/1",
    "outlet": "warta.example",
    "title": "Pasar baru dibuka",
    "text": "Pasar itu dibuka pagi ini.",
    "published_at": "2025-03-12T09:00+07:00",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "pantau.db") as store:
        yield store


def take(store: Store, path: Path) -> Imported:
    return import_file(store, path, ZONE, lambda name: name.removeprefix("www."))


def write(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_broken_lines_are_named_and_the_rest_is_stored(store: Store, tmp_path: Path) -> None:
    second = GOOD | {"url": "https://warta.example/2", "title": "Lain"}
    endless = GOOD | {"text": "kata " * LONGEST}
    rows = (GOOD, "{broken", "", second, "[1]", GOOD | {"title": " "}, endless)
    done = take(store, write(tmp_path / "a.jsonl", *rows))
    assert done.counts == {"stored": 2}
    assert [number for number, _ in done.faults] == [2, 5, 6, 7]
    assert "more than any article" in done.faults[3][1]
    assert "broken JSON" in done.faults[0][1]
    assert done.faults[2][1] == "title is missing or no text"


def test_of_a_page_without_end_the_beginning_is_read() -> None:
    assert len(build_source({"id": 1, "title": "Daftar", "text": "kata " * LONGEST}).text) == LONGEST


def test_the_same_file_again_adds_nothing(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", GOOD, GOOD)
    assert take(store, path).counts == {"stored": 1, "unchanged": 1}
    assert take(store, path).counts == {"unchanged": 2}


def test_gold_rows_are_understood(store: Store, tmp_path: Path) -> None:
    row = {key: value for key, value in GOOD.items() if key != "published_at"}
    row |= {"published": "2025-03-12T09:00+07:00", "about": "subject", "spans": [], "byline": "Rina"}
    assert take(store, write(tmp_path / "a.jsonl", row)).counts == {"stored": 1}
    found = find_article(store, GOOD["url"])
    assert found is not None
    assert (found["published_at"], found["byline"], found["origin"]) == ("2025-03-12T09:00:00+07:00", "Rina", "import")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"published_at": "12 Maret 2025"}, "no ISO 8601 day or time"),
        ({"published_at": "2999-01-01T00:00+07:00"}, "lies in the future"),
        ({"published_at": "0001-01-01T00:00+07:00"}, "before the web"),
        ({"published_at": 20250312}, "published_at is missing or no text"),
        ({"url": "warta.example/1"}, "is no web address"),
        ({"url": "javascript:alert(1)"}, "is no web address"),
        ({"url": "https://[warta.example/1"}, "is no web address"),
        ({"url": "https://warta example/1"}, "is no web address"),
        ({"url": "https://warta.example:99999/1"}, "out of range"),
        ({"title": "Judul \\ud83d"}, "half a character"),
        ({"byline": "\\uDFFF"}, "half a character"),
        ({"text": None}, "text is missing or no text"),
        ({"title": "\u200b\u2060 \u00ad"}, "title is missing or no text"),
    ],
)
def test_rows_that_cannot_be_used_say_why(store: Store, tmp_path: Path, change: dict[str, Any], said: str) -> None:
    line = json.dumps(GOOD | change).replace("\\\\u", "\\u")
    done = take(store, write(tmp_path / "a.jsonl", line))
    assert not done.counts
    assert said in done.faults[0][1]


def test_an_address_is_one_line_without_blanks(store: Store, tmp_path: Path) -> None:
    """Digests and messages print it: a second line of it would pass for one of theirs."""
    take(store, write(tmp_path / "a.jsonl", GOOD | {"url": "https://warta.example/a b\r\nPerlu\u202e dibaca"}))
    (url,) = store.conn.execute("SELECT url FROM articles").fetchone()
    assert url == "https://warta.example/a%20bPerlu%E2%80%AE%20dibaca"


def test_an_article_is_known_by_what_links_add_to_its_address_or_leave_out(store: Store, tmp_path: Path) -> None:
    take(store, write(tmp_path / "a.jsonl", GOOD))
    spelled = GOOD["url"].replace("https://www.", "http://") + "?utm_source=wa#isi"
    assert take(store, write(tmp_path / "b.jsonl", GOOD | {"url": spelled})).counts == {"unchanged": 1}
    other = {"url": spelled, "title": "Judul lain", "published_at": "2025-04-01T09:00+07:00"}
    assert take(store, write(tmp_path / "c.jsonl", GOOD | other)).counts == {"stored": 1}


def test_a_time_without_offset_is_the_profiles(store: Store, tmp_path: Path) -> None:
    take(store, write(tmp_path / "a.jsonl", GOOD | {"published_at": "2025-03-12 09:00"}))
    found = find_article(store, GOOD["url"])
    assert found is not None
    assert found["published_at"] == "2025-03-12T09:00:00+07:00"


def test_an_unknown_outlet_is_taken_from_the_address(store: Store, tmp_path: Path) -> None:
    take(store, write(tmp_path / "a.jsonl", {key: value for key, value in GOOD.items() if key != "outlet"}))
    found = find_article(store, GOOD["url"])
    assert found is not None
    assert found["outlet"] == "warta.example"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_of_any_common_kind_is_read(store: Store, tmp_path: Path, mark: str) -> None:
    head = mark.join(["URL", "Title", "Text", "Published_at", "author"])
    rows = [
        head,
        mark.join(["https://warta.example/1", "Judul", '"Baris satu\n\nBaris dua"', "2025-03-12T09:00+07:00", "Rina"]),
    ]
    path = tmp_path / "a.csv"
    path.write_text("\ufeff" + "\r\n".join(rows) + "\r\n", encoding="utf-8")
    done = take(store, path)
    assert (done.counts, done.faults) == ({"stored": 1}, [])
    found = find_article(store, "https://warta.example/1")
    assert found is not None
    assert (found["text"], found["byline"]) == ("Baris satu\n\nBaris dua", "Rina")


def test_a_csv_without_the_needed_columns_is_refused_whole(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("url,title\nhttps://warta.example/1,Judul\n", encoding="utf-8")
    with pytest.raises(InputError, match="missing: text, published_at"):
        take(store, path)


def test_bytes_that_are_no_utf8_are_named(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"url": "https://warta.example/1", "title": "caf\xe9"}\n' + json.dumps(GOOD).encode() + b"\n")
    done = take(store, path)
    assert done.counts == {"stored": 1}
    assert done.faults == [(1, "not UTF-8 text: save the file as UTF-8")]


@pytest.mark.parametrize("name", ["none.jsonl", "table.docx", "."])
def test_files_that_cannot_be_read_are_refused(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"cannot be read|give a \.jsonl or \.csv file"):
        take(store, tmp_path / name)
