"""One article whatever its addresses; a revision for what a reader would see, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.addresses import (
    GIVEN_UP,
    TRIES,
    articles_to_revisit,
    drop_not_ours,
    find_address,
    find_left,
    known_addresses,
    save_not_ours,
)
from db.articles import save_article, withdraw_article
from db.connection import Store
from db.outlets import find_outlets, save_outlets
from db.queries.articles import count_articles, find_article, iter_articles
from db.queries.filters import ArticleFilter
from db.revisions import find_revisions
from db.runs import save_outcomes, start_run
from db.versions import same_content

Build = Callable[..., dict[str, Any]]
NOW = datetime(2025, 3, 1, 2, 0, tzinfo=UTC)


def test_the_same_record_twice_is_stored_once(store: Store, record: Build) -> None:
    assert save_article(store, record(), now=NOW).reason == "stored"
    assert save_article(store, record(), now=NOW).reason == "unchanged"
    assert count_articles(store) == 1


def test_a_record_comes_back_as_it_was(store: Store, record: Build) -> None:
    save_article(
        store, record(fetched_at="2025-03-01T01:59:00+00:00", section="Daerah", markers=["paid:(adv)"]), now=NOW
    )
    row = find_article(store, 1)
    assert row is not None
    assert row["published_at"] == "2025-03-01T08:15:00+07:00"
    assert row["first_seen_at"] == "2025-03-01T02:00:00Z"
    assert (row["byline"], row["section"], row["markers"]) == ("Tim Kabar", "Daerah", ["paid:(adv)"])
    assert row["evidence"]["warc"] == "2025/03/a.warc.gz"
    assert len(row["evidence"]["sha256"]) == 64
    assert (row["about"], row["opd"], row["story"], row["copy_of"], row["annotator"]) == (None, [], None, None, None)


def test_a_short_link_on_two_articles_joins_them_not(store: Store, record: Build) -> None:
    short, other = "https://kabar.example/?p=2025", "https://kabar.example/berita/2"
    first = save_article(store, record(aliases=[short]), now=NOW)
    second = save_article(
        store, record(url=other, title="Lain", published_at="2025-02-01T08:15:00+07:00", aliases=[short]), now=NOW
    )
    moved = save_article(
        store, record(url="https://kabar.example/berita/1-baru", title="Baru", aliases=[short]), now=NOW
    )
    assert first.id != second.id
    assert moved.id == first.id


def test_aliases_lead_to_one_article(store: Store, record: Build) -> None:
    first = save_article(store, record(aliases=["https://m.kabar.example/1"]), now=NOW)
    by_alias = save_article(store, record(url="https://m.kabar.example/1"), now=NOW)
    amp = save_article(store, record(aliases=["https://kabar.example/berita/1/amp"]), now=NOW)
    assert first.id == by_alias.id == amp.id
    assert sorted(known_addresses(store)) == [
        "https://kabar.example/berita/1",
        "https://kabar.example/berita/1/amp",
        "https://m.kabar.example/1",
    ]
    assert find_article(store, "https://m.kabar.example/1") == find_article(store, first.id)


def test_an_alias_of_another_article_stays_with_it(store: Store, record: Build) -> None:
    first = save_article(store, record(1), now=NOW)
    second = save_article(store, record(2), now=NOW)
    save_article(store, record(2, aliases=[record(1)["url"]]), now=NOW)
    assert find_article(store, record(1)["url"])["id"] == first.id != second.id


def test_a_changed_text_keeps_both_versions_with_their_evidence(store: Store, record: Build) -> None:
    old = record(fetched_at="2025-03-01T02:00:00+00:00")
    new = record(fetched_at="2025-03-01T03:00:00+00:00", text=old["text"] + "\n\nTiga orang luka ringan.")
    save_article(store, old, now=NOW)
    assert save_article(store, new, now=NOW + timedelta(hours=1)).reason == "revised"
    versions = find_revisions(store, 1)
    assert [(v["number"], v["text"]) for v in versions] == [(1, old["text"]), (2, new["text"])]
    assert [v["fetched_at"] for v in versions] == ["2025-03-01T02:00:00Z", "2025-03-01T03:00:00Z"]
    assert find_article(store, 1)["revisions"] == 1
    assert save_article(store, old, now=NOW).reason == "known"  # an older version that comes late changes nothing
    assert len(find_revisions(store, 1)) == 2


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Panen dimulai.", "Panen  dimulai.\n", True),
        ("“Cepat,” katanya.", '"Cepat," katanya.', True),
        ("Isi.\nDibaca 12 kali", "Isi.\nDibaca 1.340 kali", True),
        ("Isi.\n12 views", "Isi.", True),
        ("Isi.", "Isi.\n\n3 komentar", True),
        ("Korban 3 orang.", "Korban 5 orang.", False),
        ("Isi.\nDilihat warga, api membesar pada malam itu", "Isi.", False),
        ("Isi.\n3 warga suka rela membantu", "Isi.", False),
        ("Panen dimulai.", "Panen ditunda.", False),
        ("Panen dimulai. (rin)", "Panen dimulai.", True),
        ("Panen dimulai.\n\n(Rina Amelia)", "Panen dimulai. ***\n\n(rin/bud)", True),
        ("Panen dimulai. Laporan: Rina Amelia", "Panen dimulai.\n\nPenulis : Rina\nEditor : Budi Santoso", True),
        ("HULU, KABAR – Panen dimulai.", "Panen dimulai.", True),
        ("HULU, KABAR – Panen dimulai.", "Hulu (Kabar) -- Panen dimulai.", True),
        ("kabar.example, HULU - Panen dimulai.", "HULU-Panen dimulai.", True),
        ("HULU – Panen dimulai.", "HILIR – Panen dimulai.", False),
        ("Panen dimulai. (3 ton)", "Panen dimulai. (5 ton)", False),
        ("Panen dimulai. (belum semua desa)", "Panen dimulai.", False),
        ("Panen dimulai. (rls)", "Panen dimulai.", False),  # what was given or bought is no signature
        ("Panen dimulai.", "Panen dimulai. (Advertorial)", False),
        ("A" * 5000 + " panen", "A" * 5000 + " panen.", False),
    ],
)
def test_what_counts_as_a_change(before: str, after: str, same: bool) -> None:
    assert same_content("Judul", before, "Judul", after) is same


def test_a_changed_headline_is_a_change() -> None:
    assert not same_content("Panen Raya", "Isi", "Panen Gagal", "Isi")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_any_order_of_repeats_ends_in_the_same_articles(store: Store, record: Build, order: list[int]) -> None:
    for number in [*order, *order]:
        save_article(store, record(number), now=NOW)
    stored = [row["url"] for row in iter_articles(store)]
    assert len(stored) == len(set(stored))
    assert {record(number)["url"] for number in order} <= set(stored)
    assert not store.execute("SELECT COUNT(*) FROM revisions").fetchone()[0]


def test_what_is_brought_in_by_hand_never_changes_what_was_fetched(store: Store, record: Build) -> None:
    save_article(store, record(fetched_at="2025-03-01T02:00:00+00:00"), now=NOW)
    later = NOW + timedelta(days=1)
    assert save_article(store, record(text="Ringkasan.", origin="import"), now=later).reason == "known"
    assert len(find_revisions(store, 1)) == 1


def test_what_lacks_a_part_or_an_offset_is_refused_whole(store: Store, record: Build) -> None:
    with pytest.raises(ValueError, match="without offset"):
        save_article(store, record(published_at="2025-03-01T08:15"))
    broken = record()
    del broken["text"]
    with pytest.raises(KeyError):
        save_article(store, broken)
    assert count_articles(store) == 0
    assert not list(known_addresses(store))


def test_unknown_outlets_are_kept_and_registered_ones_keep_their_kind(store: Store, record: Build) -> None:
    save_outlets(store, [{"id": "kabar.example", "name": "Kabar", "kind": "local"}])
    save_article(store, record(), now=NOW)
    save_article(store, record(2, outlet="dinas.contoh.go.id"), now=NOW)
    rows = {row["id"]: row for row in find_outlets(store)}
    assert (rows["kabar.example"]["kind"], rows["kabar.example"]["name"]) == ("local", "Kabar")
    assert rows["kabar.example"]["last_success_at"] == "2025-03-01T02:00:00Z"
    assert rows["dinas.contoh.go.id"]["kind"] == "government"


def test_what_people_bring_in_does_not_say_that_an_outlet_can_be_read(store: Store, record: Build) -> None:
    for number, origin in enumerate(("import", "clip")):
        save_article(store, record(number, origin=origin), now=NOW)
    assert [row["last_success_at"] for row in find_outlets(store)] == [None]


def test_looks_come_after_an_hour_and_end_after_a_week(store: Store, record: Build) -> None:
    seen = datetime(2025, 3, 1, 2, 0, tzinfo=UTC)
    save_article(store, record(), now=seen)
    assert not articles_to_revisit(store, seen + timedelta(minutes=59))
    looks = []
    now = seen
    for _ in range(400):
        now += timedelta(minutes=30)
        if articles_to_revisit(store, now):
            looks.append((now - seen) / timedelta(hours=1))
            save_article(store, record(), now=now)
    assert looks == [1, 6, 24, 72, 168]


def test_an_old_article_is_not_looked_at_again(store: Store, record: Build) -> None:
    save_article(store, record(published_at="2021-01-01T00:00+07:00"), now=NOW)
    assert not articles_to_revisit(store, NOW + timedelta(days=1))


def test_a_withdrawn_article_keeps_its_text_and_may_come_back(store: Store, record: Build) -> None:
    save_article(store, record(), now=NOW)
    assert withdraw_article(store, record()["url"], NOW) == 1
    assert find_article(store, 1)["text"] == record()["text"]
    assert find_article(store, 1)["withdrawn_at"] == "2025-03-01T02:00:00Z"
    assert not articles_to_revisit(store, NOW + timedelta(hours=2))
    assert withdraw_article(store, "https://kabar.example/unknown", NOW) is None
    save_article(store, record(), now=NOW + timedelta(hours=3))
    assert find_article(store, 1)["withdrawn_at"] is None


def test_what_is_not_ours_is_known_but_no_article(store: Store) -> None:
    outcome = {
        "url": "https://kabar.example/lain",
        "outlet": "kabar.example",
        "title": "Panen di kabupaten lain",
        "published_at": "2025-03-01T08:00+07:00",
        "at": "2025-03-01T02:00:00+00:00",
    }
    assert save_not_ours(store, outcome)
    assert not save_not_ours(store, outcome)
    assert list(known_addresses(store, ["kabar.example"])) == ["https://kabar.example/lain"]
    assert list(known_addresses(store, ["lain.example"])) == []
    assert count_articles(store) == 0
    address = find_address(store, "https://kabar.example/lain")
    assert address is not None
    assert (address["title"], address["published_at"]) == ("Panen di kabupaten lain", "2025-03-01T01:00:00Z")


def test_what_is_not_ours_is_forgotten_after_its_days_and_nothing_else_is(store: Store, record: Build) -> None:
    save_article(store, record(), now=NOW - timedelta(days=400))
    for name, days in (("old", 91), ("young", 89)):
        at = (NOW - timedelta(days=days)).isoformat()
        save_not_ours(store, {"url": f"https://kabar.example/{name}", "outlet": "kabar.example", "at": at})
    assert drop_not_ours(store, NOW - timedelta(days=90)) == 1
    assert drop_not_ours(store, NOW - timedelta(days=90)) == 0
    assert set(known_addresses(store)) == {record()["url"], "https://kabar.example/young"}
    assert count_articles(store) == 1


def test_an_address_is_given_up_after_some_vain_tries(store: Store, record: Build) -> None:
    outcome = {"url": record()["url"], "outlet": "kabar.example", "reason": "not_article"}
    timeout = {"url": "https://kabar.example/slow", "outlet": "kabar.example", "reason": "timeout"}
    for _ in range(TRIES):
        assert not list(known_addresses(store))
        save_outcomes(store, start_run(store, "crawl", 1), [outcome, timeout])
    assert list(known_addresses(store)) == [record()["url"]]
    save_article(store, record(), now=NOW)  # and is an article when it turns out to be one
    assert find_address(store, record()["url"])["state"] == "article"


def test_what_held_up_the_crawl_is_tried_once_more_after_hours_and_never_again(store: Store) -> None:
    url, outlet, hour = "https://kabar.example/berat", "kabar.example", timedelta(hours=1)
    row = {"url": url, "outlet": outlet, "reason": "hung"}
    save_outcomes(store, start_run(store, "crawl", 1), [{**row, "at": NOW.isoformat()}])
    assert find_left(store, [outlet], NOW + 7 * hour) == {}
    assert find_left(store, [outlet], NOW + 8 * hour) == {outlet: [url]}
    assert not list(known_addresses(store, now=NOW + 8 * hour))
    save_outcomes(store, start_run(store, "crawl", 1), [{**row, "at": (NOW + 8 * hour).isoformat()}])
    assert list(known_addresses(store)) == [url]
    assert find_left(store, [outlet], NOW + 1000 * hour, again=True) == {}


@pytest.mark.parametrize("reason", sorted(GIVEN_UP - {"hung"}))
def test_each_vain_try_waits_longer_for_the_next(store: Store, reason: str) -> None:
    url, outlet, at, tries = "https://kabar.example/kosong", "kabar.example", NOW, []
    for _ in range(TRIES):
        tries.append(at - NOW)
        row = {"url": url, "outlet": outlet, "reason": reason, "at": at.isoformat()}
        save_outcomes(store, start_run(store, "crawl", 1), [row])
        assert list(known_addresses(store, now=at + timedelta(minutes=50))) == [url]
        assert find_left(store, [outlet], at + timedelta(minutes=50)) == {}
        waits = (timedelta(hours=hours) for hours in range(200))
        at += next((wait for wait in waits if find_left(store, [outlet], at + wait)), timedelta())
        assert list(known_addresses(store, now=at)) == ([] if len(tries) < TRIES else [url])
    assert [wait.total_seconds() / 3600 for wait in tries] == [0, 1, 3, 7, 15, 31, 63]
    assert list(known_addresses(store)) == [url]


def test_filters_narrow_by_time_outlet_and_words(store: Store, record: Build) -> None:
    for number in range(1, 6):
        save_article(
            store,
            record(number, published_at=f"2025-03-0{number}T00:30+07:00", outlet=f"o{number % 2}.example"),
            now=NOW,
        )
    first = datetime(2025, 3, 2, tzinfo=UTC)

    def ids(**conditions: Any) -> list[int]:
        return [row["id"] for row in iter_articles(store, ArticleFilter(**conditions))]

    assert ids(since=first) == [3, 4, 5]
    assert ids(until=first) == [1, 2]
    assert ids(outlets=("o1.example",), limit=2) == [1, 3]
    assert ids(query="tahap 4") == [4]
    assert ids(query="-tahap") == []
    assert ids(limit=0) == []
    assert count_articles(store, ArticleFilter(outlets=("o0.example",))) == 2
