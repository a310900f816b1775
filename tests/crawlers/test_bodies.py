"""Packed bodies: unpacked with a bound, truncation noticed."""

from __future__ import annotations

import gzip
import zlib

import pytest

from crawlers.bodies import unpack
from crawlers.faults import Refused, reason_of_exception, reason_of_status
from crawlers.items import Reason

PLAIN = b"<p>kabar</p>" * 500


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [(gzip.compress(PLAIN), "gzip"), (zlib.compress(PLAIN), "deflate"), (zlib.compress(PLAIN, wbits=-15), "deflate")],
)
def test_unpacks(packed: bytes, encoding: str) -> None:
    assert unpack(packed, encoding, len(PLAIN) + 1) == PLAIN


@pytest.mark.parametrize(
    ("packed", "most", "reason"),
    [
        (gzip.compress(PLAIN)[:-20], 10**6, Reason.BAD_CONTENT),
        (b"\x1f\x8bnot gzip at all", 10**6, Reason.BAD_CONTENT),
        (gzip.compress(bytes(10**7)), 10**5, Reason.TOO_LARGE),
    ],
)
def test_refuses_what_is_cut_broken_or_a_bomb(packed: bytes, most: int, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        unpack(packed, "gzip", most)
    assert caught.value.reason is reason


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
