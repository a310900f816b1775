"""The evidence folder as a whole: every altered record found, further pages with their article, exports that open."""

from __future__ import annotations

import gzip
import io
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawlers.archive import check_files, export_records, read_pages
from crawlers.errors import EvidenceError
from crawlers.evidence import Exchange, append_exchange, append_resource, check_evidence, read_exchange
from crawlers.items import Evidence
from tests.crawlers.test_bodies import PACKERS

WHEN = datetime(2026, 2, 3, 4, tzinfo=UTC)


def keep(folder: Path, url: str, article: str, **about: str) -> Evidence:
    body = f"<h1>{url}</h1>".encode() * 100
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    exchange = Exchange(url, 200, headers, gzip.compress(body), (("User-Agent", "Pantau"),), WHEN)
    return append_exchange(folder, exchange, body, {"canonical-address": article, **about})


@pytest.fixture
def rows(tmp_path: Path) -> list[Evidence]:
    home = "https://kabar.example"
    return [
        keep(tmp_path, f"{home}/a", f"{home}/a"),
        keep(tmp_path, f"{home}/a?page=2", f"{home}/a"),
        keep(tmp_path, f"{home}/b", f"{home}/b"),
        append_resource(tmp_path, "ni:///sha-256;abc", b"%PDF-1.7", "application/pdf", WHEN, {"title": "Kliping"}),
    ]


def test_an_untouched_folder_is_whole(tmp_path: Path, rows: list[Evidence]) -> None:
    assert list(check_files(tmp_path)) == []
    assert list(check_evidence(tmp_path, rows)) == []
    assert read_exchange(tmp_path, rows[3])[1] == b"%PDF-1.7"


def test_every_single_byte_changed_is_found(tmp_path: Path, rows: list[Evidence]) -> None:
    path = tmp_path / rows[0].warc
    raw = path.read_bytes()
    # byte 8 of a gzip member's head says how hard it was packed, byte 9 on what system: nothing is read from them
    heads = {at for at in range(len(raw)) if raw.startswith(b"\x1f\x8b\x08\x00", at)}
    idle = {at + n for at in heads for n in (4, 5, 6, 7, 8, 9)}
    for at in range(0, len(raw), 7):
        if at in idle:
            continue
        changed = bytearray(raw)
        changed[at] ^= 0x55
        path.write_bytes(changed)
        assert list(check_files(tmp_path)), at
    for length in range(len(raw) - 1, rows[3].offset, -9):
        path.write_bytes(raw[:length])
        assert list(check_files(tmp_path)), length


def test_one_broken_record_does_not_hide_the_next(tmp_path: Path, rows: list[Evidence]) -> None:
    path = tmp_path / rows[0].warc
    raw = bytearray(path.read_bytes())
    for row in (rows[0], rows[2]):
        raw[row.offset + row.length // 2] ^= 0xFF
    path.write_bytes(raw)
    assert [offset for _, offset, _ in check_files(tmp_path)] == [rows[0].offset, rows[2].offset]


def test_a_record_packed_anew_with_other_words_is_found(tmp_path: Path, rows: list[Evidence]) -> None:
    path, row = tmp_path / rows[0].warc, rows[2]
    raw = path.read_bytes()
    member = gzip.decompress(raw[row.offset : row.offset + row.length]).replace(b"text/html", b"text/page")
    path.write_bytes(raw[: row.offset] + gzip.compress(member) + raw[row.offset + row.length :])
    (fault,) = check_files(tmp_path)
    assert fault[1] == row.offset
    assert "digest" in fault[2]


def test_further_pages_are_found_with_their_article(tmp_path: Path, rows: list[Evidence]) -> None:
    assert [page.url[-8:] for page in read_pages(tmp_path, rows[0])] == ["xample/a", "a?page=2"]
    assert len(read_pages(tmp_path, rows[2])) == 1
    with pytest.raises(EvidenceError, match="restore"):
        read_pages(tmp_path / "nowhere", rows[0])


def test_an_export_opens_in_standard_tools(tmp_path: Path, rows: list[Evidence]) -> None:
    output = io.BytesIO()
    assert export_records(tmp_path, [rows[0], rows[3]], output, "export.warc.gz") == 8
    output.seek(0)
    kinds = [record.rec_type for record in ArchiveIterator(output, check_digests="raise")]
    assert kinds == ["warcinfo", *["response", "request", "metadata"] * 2, "resource", "metadata"]


def members(raw: bytes) -> list[bytes]:
    parts = []
    while raw:
        inflater = zlib.decompressobj(31)
        inflater.decompress(raw)
        parts.append(raw[: len(raw) - len(inflater.unused_data)])
        raw = inflater.unused_data
    return parts


def test_records_that_are_whole_but_missing_or_misplaced_are_found(tmp_path: Path, rows: list[Evidence]) -> None:
    path = tmp_path / rows[0].warc
    parts = members(path.read_bytes())
    assert len(parts) == 12  # warcinfo, three times response, request and metadata, resource and metadata
    for gone in range(len(parts)):
        path.write_bytes(b"".join(parts[:gone] + parts[gone + 1 :]))
        assert list(check_files(tmp_path)), gone
    for one in range(len(parts) - 1):
        for other in range(one + 1, len(parts)):
            if (one, other) in {(2, 3), (5, 6), (8, 9)}:  # a page's request and metadata may stand in either order
                continue
            mixed = parts[:]
            mixed[one], mixed[other] = parts[other], parts[one]
            path.write_bytes(b"".join(mixed))
            assert [*check_files(tmp_path), *check_evidence(tmp_path, rows)], (one, other)


def test_a_cut_between_two_records_is_found(tmp_path: Path, rows: list[Evidence]) -> None:
    path = tmp_path / rows[0].warc
    parts = members(path.read_bytes())
    for length in range(1, len(parts)):
        path.write_bytes(b"".join(parts[:length]))
        assert [*check_files(tmp_path), *check_evidence(tmp_path, rows)], length
    path.unlink()
    assert len(list(check_evidence(tmp_path, rows))) == len(rows)


def test_a_page_of_an_article_cut_cleanly_off_the_end_is_found(tmp_path: Path) -> None:
    url = "https://kabar.example/a"
    told = {"reading": "r1", "page": "1 of 3"}
    first = keep(tmp_path, url, url, **told)
    keep(tmp_path, f"{url}?page=2", url, **{**told, "page": "2 of 3"})
    path = tmp_path / first.warc
    whole = keep(tmp_path, f"{url}?page=3", url, **{**told, "page": "3 of 3"})
    again = keep(tmp_path, url, url, reading="r2", page="1 of 1")  # a later version of one page
    assert [*check_files(tmp_path), *check_evidence(tmp_path, [first, again])] == []
    assert [page.url[-6:] for page in read_pages(tmp_path, first)] == ["mple/a", "page=2", "page=3"]
    assert len(read_pages(tmp_path, again)) == 1
    parts = members(path.read_bytes())
    path.write_bytes(b"".join(parts[:7]))
    (fault,) = check_files(tmp_path)
    assert fault[2] == "page 3 of 3 of the same article is missing"
    path.write_bytes(b"".join(parts[:4]))
    assert [fault[2][:13] for fault in check_files(tmp_path)] == ["page 2, 3 of "]
    for gone in range(len(parts)):
        path.write_bytes(b"".join(parts[:gone] + parts[gone + 1 :]))
        assert list(check_files(tmp_path)), gone
    path.write_bytes(b"".join(parts[:7]))
    rotated = path.with_name(path.name.replace("-0001.", "-0002."))
    rotated.write_bytes(b"".join([parts[0], *parts[7:10]]))
    assert list(check_files(tmp_path)) == [], "a file may end amid an article"
    assert whole.offset > first.offset


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_a_page_that_came_in_a_coding_nobody_asked_for_is_proven_too(tmp_path: Path, coding: str) -> None:
    body = b"<h1>Panen raya</h1>" * 100
    headers = (("Content-Type", "text/html"), ("Content-Encoding", coding))
    exchange = Exchange("https://kabar.example/c", 200, headers, PACKERS[coding](body), (), WHEN)
    row = append_exchange(tmp_path, exchange, body, {})
    assert read_exchange(tmp_path, row)[1] == body
    assert [*check_evidence(tmp_path, [row]), *check_files(tmp_path)] == []
