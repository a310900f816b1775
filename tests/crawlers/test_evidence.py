"""Evidence: written so that standard tools read it, and every loss or change is found."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers import evidence
from crawlers.archive import check_files
from crawlers.errors import EvidenceError
from crawlers.evidence import Exchange, append_exchange, check_evidence, read_exchange
from crawlers.items import Evidence

PAGE = "<html><h1>Panen raya</h1><p>Padi dipanen – sejak pagi.</p></html>".encode() * 20


def make(path: str, body: bytes = PAGE, day: int = 3, month: int = 2) -> Exchange:
    return Exchange(
        f"https://kabar.example/{path}",
        200,
        (
            ("Content-Type", "text/html"),
            ("Content-Encoding", "gzip"),
            ("Set-Cookie", "a=1"),
            ("Transfer-Encoding", "chunked"),
        ),
        gzip.compress(body),
        (("User-Agent", "Pantau/1"), ("Accept", "text/html")),
        datetime(2026, month, day, 4, tzinfo=UTC),
    )


def keep(folder: Path, path: str) -> Evidence:
    return append_exchange(folder, make(path), PAGE, {"outlet": "kabar.example", "title": "Panen\nraya"})


def test_records_are_read_back_by_offset_and_by_archive_tools(tmp_path: Path) -> None:
    rows = [keep(tmp_path, f"a{n}") for n in range(3)]
    exchange, plain = read_exchange(tmp_path, rows[1])
    assert (plain, exchange.url, exchange.status) == (PAGE, "https://kabar.example/a1", 200)
    with (tmp_path / rows[0].warc).open("rb") as file:
        found = [
            (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read())
            for r in ArchiveIterator(file, check_digests="raise")
        ]
    assert [kind for kind, _, _ in found] == ["warcinfo", *["response", "request", "metadata"] * 3]
    assert found[1][2] == PAGE
    assert found[3][2] == b"outlet: kabar.example\r\ntitle: Panen raya\r\n"
    assert not list(check_evidence(tmp_path, rows))


def test_payload_is_kept_as_received_and_cookies_are_not(tmp_path: Path) -> None:
    row = keep(tmp_path, "a")
    with (tmp_path / row.warc).open("rb") as file:
        file.seek(row.offset)
        member = gzip.decompress(file.read(row.length))
    assert gzip.compress(PAGE)[10:] in member
    assert b"Set-Cookie" not in member


def test_every_loss_and_change_is_found(tmp_path: Path) -> None:
    rows = [keep(tmp_path, f"a{n}") for n in range(4)]
    path = tmp_path / rows[0].warc
    raw = bytearray(path.read_bytes())
    raw[rows[1].offset + rows[1].length // 2] ^= 0xFF
    path.write_bytes(raw[: rows[3].offset + 20])
    gone = replace(rows[2], warc="2020-01/pantau-2020-01-0001.warc.gz")
    other = replace(rows[0], sha256="0" * 64)
    moved = replace(rows[2], offset=rows[0].offset, length=rows[0].length)
    wrong = {
        row.url + row.warc + str(row.offset): said
        for row, said in check_evidence(tmp_path, [rows[0], rows[1], rows[3], gone, other, moved])
    }
    assert len(wrong) == 5
    assert any("restore it from a backup" in said for said in wrong.values())
    assert any("not the one that was stored" in said for said in wrong.values())
    with pytest.raises(EvidenceError, match=r"no record of https://kabar\.example/a2"):
        read_exchange(tmp_path, moved)


def test_files_rotate_by_month_and_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MAX_FILE", 1500)
    rows = [append_exchange(tmp_path, make(str(n), month=1 + n // 3), PAGE, {}) for n in range(6)]
    assert [row.warc for row in rows[:3]] == [f"2026-01/pantau-2026-01-000{n}.warc.gz" for n in (1, 1, 2)]
    assert {row.warc[:7] for row in rows[3:]} == {"2026-02"}
    assert not list(check_evidence(tmp_path, rows))


@pytest.mark.parametrize("before", [0, 1])
def test_a_record_that_does_not_fit_on_the_disk_leaves_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    rows = [keep(tmp_path, f"a{n}") for n in range(before)]
    whole = evidence.os.write
    monkeypatch.setattr(evidence.os, "write", lambda descriptor, data: whole(descriptor, data[:100]))
    with pytest.raises(OSError, match="No space left"):
        keep(tmp_path, "b")
    monkeypatch.undo()
    rows.append(keep(tmp_path, "c"))
    assert [*check_evidence(tmp_path, rows), *check_files(tmp_path)] == []
