"""One article, one address."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.addresses import (
    Known,
    address_date,
    address_key,
    canonical_address,
    choose_address,
    is_variant,
    list_inner,
    slug_of,
    write_known,
)
from crawlers.errors import PlanError


@pytest.mark.parametrize(
    ("given_", "base", "expected"),
    [
        ("HTTPS://WWW.Kabar.example:443/a//b/?utm_source=x&id=7&fbclid=1#k", "", "https://www.kabar.example/a/b/?id=7"),
        ("https://kabar.example/n/7?sumber=beranda&ref_src=a&via=wa", "", "https://kabar.example/n/7"),
        ("../b?x=", "https://k.example/a/c", "https://k.example/b?x="),
        ("http://k.example:8080/a b", "", "http://k.example:8080/a%20b"),
        ("//k.example", "https://x.example/", "https://k.example/"),
    ],
)
def test_canonical_addresses(given_: str, base: str, expected: str) -> None:
    assert canonical_address(given_, base) == expected


@pytest.mark.parametrize("bad", ["mailto:a@b.example", "javascript:void(0)", "", "https:///x"])
def test_what_is_no_web_address_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="not a web address"):
        canonical_address(bad)


@pytest.mark.parametrize(
    "same",
    [
        "http://kabar.example/berita/12/banjir",
        "https://www.kabar.example/berita/12/banjir/",
        "https://m.kabar.example/berita/12/banjir?page=all",
        "https://kabar.example/berita/12/banjir/amp",
        "https://kabar.example/berita/12/banjir/amp/?utm_medium=wa",
        "https://kabar.example/berita/12/banjir?page=2",
    ],
)
def test_variants_share_a_key(same: str) -> None:
    assert address_key(same) == "kabar.example/berita/12/banjir"


def test_queries_that_name_the_article_stay_in_the_key() -> None:
    assert address_key("http://k.example/isi.php?id=4&x=1") == address_key("http://k.example/isi.php?x=1&id=4")
    assert address_key("http://k.example/isi.php?id=4") != address_key("http://k.example/isi.php?id=5")
    assert address_key("http://k.example/?page=berita&id=4") != address_key("http://k.example/?page=opini&id=4")


@given(
    st.from_regex(
        r"https?://(www\.|m\.)?[a-z]{1,8}\.example(/[a-z0-9-]{1,8}){0,4}/?(\?[a-z]=[0-9]{1,3})?", fullmatch=True
    )
)
def test_canonical_form_is_stable_and_keeps_the_key(url: str) -> None:
    once = canonical_address(url)
    assert canonical_address(once) == once
    assert address_key(once) == address_key(url)


@given(
    st.from_regex(
        r"https?://((www|m|amp|a-b|\.)\.)?[a-z0-9-]{1,8}(\.[a-z0-9-]{1,8}){0,2}\.?"
        r"((/|//)([A-Za-z0-9._~%,:+-]{0,6}|amp|index\.html?|x\.html/amp)){0,4}/?",
        fullmatch=True,
    )
)
def test_an_address_in_its_form_has_the_key_that_taking_it_apart_gives(url: str) -> None:
    try:
        taken_apart = address_key(f"{url}#x")
    except ValueError:
        return
    assert address_key(url) == taken_apart


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://k.example/berita/9/2025/02/03/x", date(2025, 2, 3)),
        ("https://k.example/31/12/2024/x", date(2024, 12, 31)),
        ("https://k.example/read-1-2024-02-29-x.html", date(2024, 2, 29)),
        ("https://k.example/x/20240229101112-12-3/y", date(2024, 2, 29)),
        ("https://k.example/2025/13/45/x", None),
        ("https://k.example/x?d=2025-01-01", None),
        ("https://k.example/2025/02/x", None),
    ],
)
def test_days_in_addresses(url: str, day: date | None) -> None:
    assert address_date(url) == day


@pytest.mark.parametrize(
    ("fetched", "stated", "same_site", "stored"),
    [
        (
            "https://k.example/a/panen-raya-dimulai",
            "https://k.example/",
            True,
            "https://k.example/a/panen-raya-dimulai",
        ),
        (
            "https://k.example/a/panen-raya-dimulai",
            "https://lain.example/a/panen-raya-dimulai",
            False,
            "https://k.example/a/panen-raya-dimulai",
        ),
        (
            "https://k.example/amp/detail/7/x",
            "https://k.example/news/detail/7/x",
            True,
            "https://k.example/news/detail/7/x",
        ),
        ("https://k.example/?p=77", "https://k.example/2025/02/03/panen/", True, "https://k.example/2025/02/03/panen/"),
        ("http://k.example/a/panen", "https://www.k.example/a/panen/", True, "https://www.k.example/a/panen/"),
        (
            "https://k.example/a/panen-raya-dimulai",
            "https://k.example/kategori/siak",
            True,
            "https://k.example/a/panen-raya-dimulai",
        ),
        (
            "https://k.example/x/panen-raya-dimulai",
            "/y/panen-raya-dimulai",
            True,
            "https://k.example/y/panen-raya-dimulai",
        ),
    ],
)
def test_a_stated_address_counts_only_where_it_can_be_true(
    fetched: str, stated: str, same_site: bool, stored: str
) -> None:
    assert choose_address(fetched, stated, same_site) == stored


def test_hosts_of_one_outlet_share_a_telling_path_only() -> None:
    assert slug_of("https://a.k.example/berita/12/panen-raya-di-hulu/") == slug_of(
        "https://k.example/berita/12/panen-raya-di-hulu"
    )
    assert slug_of("https://a.k.example/berita/12") != slug_of("https://k.example/berita/12")


def test_amp_views_are_told_from_articles_about_amps() -> None:
    assert is_variant("https://k.example/a/amp/")
    assert is_variant("https://k.example/amp/detail/1")
    assert not is_variant("https://k.example/ampas-tebu-jadi-pupuk")


def test_known_addresses_are_found_again_and_no_others(tmp_path: Path) -> None:
    urls = [f"https://k.example/berita/{n}" for n in range(500)]
    assert write_known(tmp_path / "known", [*urls, *urls]) == 500
    with closing(Known(tmp_path / "known")) as known:
        assert len(known) == 500
        assert all(url in known for url in urls)
        assert "https://www.k.example/berita/7/?utm_source=wa" in known
        assert not any(f"https://k.example/berita/{n}" in known for n in range(500, 1500))


def test_known_file_may_be_empty_but_not_broken(tmp_path: Path) -> None:
    write_known(tmp_path / "none", [])
    assert "https://k.example/" not in Known(tmp_path / "none")
    assert "https://k.example/" not in Known()
    (tmp_path / "bad").write_bytes(b"123")
    with pytest.raises(PlanError, match="write it with write_known"):
        Known(tmp_path / "bad")
    with pytest.raises(PlanError, match="cannot be read"):
        Known(tmp_path / "missing")


@pytest.mark.parametrize(
    ("url", "inner"),
    [
        ("https://www.google.com/amp/s/warta.example/berita/9-jalan/amp/", "https://warta.example/berita/9-jalan/amp/"),
        ("https://warta-example.cdn.ampproject.org/c/s/warta.example/9/?p=1", "https://warta.example/9/?p=1"),
        ("https://arsip.example/web/2026/https://warta.example/berita/9", "https://warta.example/berita/9"),
        ("https://l.kabar.example/l.php?u=https%3A%2F%2Fwarta.example%2F9%3Fp%3D1&h=A", "https://warta.example/9?p=1"),
        ("https://warta.example/opini/c/sapi/9", None),
        ("https://warta.example/?p=9", None),
    ],
)
def test_addresses_within_addresses_are_found(url: str, inner: str | None) -> None:
    assert list_inner(url) == ([inner] if inner else [])
