"""Packed bodies: unpacked with a bound, truncation noticed."""

from __future__ import annotations

import gzip
import sys
import zlib

import brotli  # type: ignore[import-untyped]
import pytest

from crawlers.codings import BadCoding, list_encodings, unpack, unpack_all
from crawlers.faults import reason_of_exception, reason_of_status
from crawlers.items import Reason

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PLAIN = b"<p>kabar</p>" * 50_000
PACKERS = {"br": brotli.compress, "zstd": zstd.compress}


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [(gzip.compress(PLAIN), "gzip"), (zlib.compress(PLAIN), "deflate"), (zlib.compress(PLAIN, wbits=-15), "deflate")],
)
def test_unpacks(packed: bytes, encoding: str) -> None:
    assert unpack(packed, encoding, len(PLAIN) + 1) == PLAIN


@pytest.mark.parametrize(
    ("packed", "most", "too_large"),
    [
        (gzip.compress(PLAIN)[:-20], 10**6, False),
        (b"\x1f\x8bnot gzip at all", 10**6, False),
        (gzip.compress(bytes(10**7)), 10**5, True),
    ],
)
def test_refuses_what_is_cut_broken_or_a_bomb(packed: bytes, most: int, too_large: bool) -> None:
    with pytest.raises(BadCoding) as caught:
        unpack(packed, "gzip", most)
    assert caught.value.too_large is too_large


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (200, None),
        (304, None),
        (401, Reason.BLOCKED),
        (403, Reason.BLOCKED),
        (404, Reason.GONE),
        (410, Reason.GONE),
        (418, Reason.HTTP_4XX),
        (429, Reason.RATE_LIMITED),
        (500, Reason.HTTP_5XX),
        (522, Reason.HTTP_5XX),
    ],
)
def test_statuses(status: int, reason: Reason | None) -> None:
    assert reason_of_status(status) is reason


def test_an_unforeseen_fault_is_counted_as_ours() -> None:
    assert reason_of_exception(KeyError("x"))[0] is Reason.ERROR


@pytest.mark.parametrize("encoding", PACKERS)
def test_what_was_not_asked_for_is_unpacked_with_the_same_bounds(encoding: str) -> None:
    pack = PACKERS[encoding]
    assert unpack(pack(PLAIN), encoding, len(PLAIN)) == PLAIN
    assert unpack(pack(b""), encoding, 10) == b""
    for body, most, too_large in (
        (pack(PLAIN)[:-5], 10**7, False),
        (b"<html>not packed at all</html>", 10**7, False),
        (pack(bytes(10**7)), 10**6, True),
    ):
        with pytest.raises(BadCoding) as caught:
            unpack(body, encoding, most)
        assert caught.value.too_large is too_large, body[:20]


def test_codings_are_taken_off_in_turn_and_unknown_ones_told() -> None:
    assert list_encodings("Identity, gzip ,BR") == ("gzip", "br")
    assert unpack_all(brotli.compress(gzip.compress(PLAIN)), ("gzip", "br"), 10**7) == PLAIN
    with pytest.raises(BadCoding, match="packed as compress, which was not asked for") as caught:
        unpack(b"x", "compress", 10)
    assert not caught.value.too_large
