"""Dates in text, in machine-written values and in addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extract.addressed import date_in_address, epoch_in_address
from crawlers.extract.dates import find_dates, parse_instant
from crawlers.extract.short import find_short_date

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2025, 6, 11, 15, 0, tzinfo=WIB)


@pytest.mark.parametrize(
    ("text", "expected", "exact"),
    [
        ("Jum'at, 12 Januari 2024 10:20 WIB", "2024-01-12T10:20:00+07:00", True),
        ("Harian Contoh, 20 Januari 2025, 10:15 WITA", "2025-01-20T10:15:00+08:00", True),
        ("Contoh.id - 03/02/2025, 08:00 WIT", "2025-02-03T08:00:00+09:00", True),
        ("Diterbitkan: Rabu, 14 Agustus 2024 pukul 13.05 WIB", "2024-08-14T13:05:00+07:00", True),
        ("15 Safar 1446 H / 20 Agustus 2024 | 09:11", "2024-08-20T09:11:00+07:00", True),
        ("Selasa Legi, 20 Agustus 2024 / 15 Safar 1446 H 09:11", "2024-08-20T09:11:00+07:00", True),
        ("20 Agustus 2024 pada 09:11", "2024-08-20T09:11:00+07:00", True),
        ("Terbit 20 Nopember 2023, 09:15", "2023-11-20T09:15:00+07:00", True),
        ("Jumat, 04 Okt 2024 19:34 WIB", "2024-10-04T19:34:00+07:00", True),
        ("Selasa, 31 Agu 2021 - 07:01:59 WIB", "2021-08-31T07:01:59+07:00", True),
        ("Senin (17/2/2025)", "2025-02-17T00:00:00+07:00", False),
        ("6/10/17", "2017-10-06T00:00:00+07:00", False),
        ("13:05 WIB, Rabu, 12 Mei 2023", "2023-05-12T13:05:00+07:00", True),
        ("Oct. 30, 2024 6:23 p.m.", "2024-10-30T18:23:00+07:00", True),
        ("3rd May 2024 at 12:05 am", "2024-05-03T00:05:00+07:00", True),
        ("Wed, 30 Oct 2024 11:23:00 +0000", "2024-10-30T11:23:00+00:00", True),
        ("30 Okt 2024 18.23 (WIB)", "2024-10-30T18:23:00+07:00", True),
    ],
)
def test_printed_dates(text: str, expected: str, exact: bool) -> None:
    found = next(find_dates(text, NOW, WIB))
    assert (found.at.isoformat(), found.exact) == (expected, exact)


@pytest.mark.parametrize(
    "text",
    [
        "versi 1.2.3",
        "nomor 10.10.20",
        "31/02/2025",
        "30 Februari 2025",
        "tanggal 45 Mei 2024",
        "telepon 0812-3456-7890",
        "30 Nov 00.00 – 1 Des 07:30",  # days without a year, and clocks
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert not list(find_dates(text, NOW, WIB))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 jam yang lalu", "2025-06-11T13:00:00+07:00"),
        ("45 menit lalu", "2025-06-11T14:15:00+07:00"),
        ("sejam lalu", "2025-06-11T14:00:00+07:00"),
        ("kemarin 13:05", "2025-06-10T13:05:00+07:00"),
        ("3 hari lalu", "2025-06-08T00:00:00+07:00"),
        ("seminggu lalu", "2025-06-04T00:00:00+07:00"),
        ("5 hours ago", "2025-06-11T10:00:00+07:00"),
    ],
)
def test_relative_dates_count_back_from_the_visit(text: str, expected: str) -> None:
    found = next(find_dates(text, NOW, WIB))
    assert found.relative
    assert found.at.isoformat() == expected


def test_month_first_where_the_page_is_not_indonesian() -> None:
    assert next(find_dates("03/04/2025", NOW, UTC, day_first=False)).at.month == 3
    assert next(find_dates("13/04/2025", NOW, UTC, day_first=False)).at.month == 4


@pytest.mark.parametrize(
    ("value", "expected", "exact"),
    [
        ("2024-10-30T11:23:00Z", "2024-10-30T11:23:00+00:00", True),
        ("2024-10-30 18:23:00", "2024-10-30T18:23:00+07:00", True),
        ("2024-10-30T18:23:00+0700", "2024-10-30T18:23:00+07:00", True),
        ("2024-10-30T18:23:00 +07:00", "2024-10-30T18:23:00+07:00", True),
        ("2024-10-30T11:23:00.000Z", "2024-10-30T11:23:00+00:00", True),
        ("2024/10/30 18:23:00", "2024-10-30T18:23:00+07:00", True),
        ("20241030182300", "2024-10-30T18:23:00+07:00", True),
        (1730287380, "2024-10-30T11:23:00+00:00", True),
        ("1730287380000", "2024-10-30T11:23:00+00:00", True),
        ("Wed Oct 30 2024 18:23:00 GMT+0700 (WIB)", "2024-10-30T18:23:00+07:00", True),
        ("2024-10-30", "2024-10-30T00:00:00+07:00", False),
        ("2024-10-30T00:00:00", "2024-10-30T00:00:00+07:00", False),
    ],
)
def test_machine_written_dates(value: object, expected: str, exact: bool) -> None:
    found = parse_instant(value, NOW, WIB)
    assert found is not None
    assert (found.at.isoformat(), found.exact) == (expected, exact)


@pytest.mark.parametrize("value", [None, "", "tidak ada", True, 17, "x" * 200, {"a": 1}])
def test_machine_written_nonsense(value: object) -> None:
    assert parse_instant(value, NOW, WIB) is None


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for found in find_dates(text, NOW, WIB):
        assert found.at.tzinfo is not None
        assert 0 <= found.start < found.end <= len(text)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)).map(lambda d: d.replace(microsecond=0, tzinfo=WIB)))
def test_what_iso_writes_is_read_back(at: datetime) -> None:
    found = parse_instant(at.isoformat(), NOW, WIB)
    assert found is not None
    assert found.at == at


@pytest.mark.parametrize(
    ("url", "expected", "exact"),
    [
        ("https://a.example/2024/10/30/judul-berita/", "2024-10-30T00:00:00+07:00", False),
        ("https://a.example/15/12/2021/judul-berita/", "2021-12-15T00:00:00+07:00", False),
        ("https://a.example/read-kota-1234-2024-10-30-judul.html", "2024-10-30T00:00:00+07:00", False),
        ("https://a.example/read/2019/08/05/20533098/judul", "2019-08-05T20:53:30+07:00", True),
        ("https://a.example/read/2026/02/03/094621/judul", "2026-02-03T09:46:21+07:00", True),
        ("https://a.example/kanal/20241030182344-20-1160000/judul", "2024-10-30T18:23:44+07:00", True),
        ("https://a.example/ekonomi/2608120019/judul", "2026-08-12T00:00:00+07:00", False),
    ],
)
def test_dates_in_addresses(url: str, expected: str, exact: bool) -> None:
    found = date_in_address(url, WIB)
    assert found is not None
    assert (found.at.isoformat(), found.exact) == (expected, exact)


@pytest.mark.parametrize(
    "url", ["https://a.example/berita/91144/judul", "https://a.example/?p=2024", "https://a.example/2024/13/41/x/"]
)
def test_addresses_without_a_date(url: str) -> None:
    assert date_in_address(url, WIB) is None


def test_the_number_of_an_article_may_be_its_time() -> None:
    found = epoch_in_address("https://a.example/berita/baca/1730287380-judul", WIB)
    assert found is not None
    assert (found.at.date().isoformat(), found.exact) == ("2024-10-30", False)


def test_with_dots_the_day_stands_first_whatever_the_language() -> None:
    (found,) = find_dates("03.05.2013", NOW, UTC, day_first=False)
    assert (found.at.month, found.at.day) == (5, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Publié le 29 juin 2019", "2019-06-29"),
        ("Samstag, 3. Dezember 2011", "2011-12-03"),
        ("8 de julio de 2019", "2019-07-08"),
        ("Pubblicato il 4 febbraio 2020", "2020-02-04"),
    ],
)
def test_months_of_other_languages_are_known_where_they_are_asked_for(text: str, day: str) -> None:
    (found,) = find_dates(text, NOW, UTC, foreign=True)
    assert found.at.date().isoformat() == day
    assert not list(find_dates(text, NOW, UTC))


def test_today_in_an_invitation_is_no_date() -> None:
    assert [found.at.date() for found in find_dates("Hari ini", NOW, WIB)] == [NOW.date()]
    assert next(find_dates("Rina Contoh, hari ini 10:20", NOW, WIB)).exact
    assert not list(find_dates("Daftar sekarang juga hari ini", NOW, WIB))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8.5.12", "2012-05-08"),
        ("Rina Contoh, 02.12.19", "2019-12-02"),
        ("3.13.19", None),
        ("v1.3.24", None),
        ("1.3.31", None),
    ],
)
def test_a_short_year_behind_dots_is_a_date_at_the_end_of_a_line(text: str, day: str | None) -> None:
    found = find_short_date(text, NOW, WIB)
    assert (found.at.date().isoformat() if found else None) == day


def test_an_archived_page_is_dated_by_its_own_address() -> None:
    assert date_in_address("https://arsip.example/web/20210916140120/https://a.example/judul", WIB) is None
    found = date_in_address("https://arsip.example/web/20210916140120/https://a.example/2021/07/13/judul", WIB)
    assert found
    assert found.at.date().isoformat() == "2021-07-13"
