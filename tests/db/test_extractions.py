"""Versions that extraction makes, told from the outlet's; evidence by version; the log of what was missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from db.addresses import count_addresses, known_addresses, save_not_ours
from db.articles import save_article, save_extraction
from db.connection import Store
from db.evidence import count_unproven, find_evidence, find_proven, find_version
from db.missed import find_missed, save_missed
from db.queries.articles import find_article
from db.revisions import find_revisions

Build = Callable[..., dict[str, Any]]
SEEN = "2025-03-01T02:00:00Z"


def test_reading_anew_is_a_version_of_extraction_on_the_same_evidence(store: Store, record: Build) -> None:
    saved = save_article(store, record(fetched_at=SEEN))
    assert save_extraction(store, saved.id, record(fields={"title": "meta"}, extractor="json-ld")) == ()
    changed = save_extraction(store, saved.id, record(byline="Rina", text="Lain.\n\nSama sekali."))
    assert changed == ("text", "byline")
    first, second = find_revisions(store, saved.id)
    assert (first["version_by"], second["version_by"]) == ("outlet", "extraction")
    assert first["sha256"] == second["sha256"]
    assert first["version_at"] == second["version_at"]  # the page is of the same moment
    row = find_article(store, saved.id)
    assert row is not None
    assert (row["revisions"], row["byline"], row["extractor"]) == (0, "Rina", "")


def test_what_the_outlet_changes_after_that_counts(store: Store, record: Build) -> None:
    saved = save_article(store, record(fetched_at=SEEN))
    save_extraction(store, saved.id, record(byline="Rina"))
    later = record(fetched_at="2025-03-01T03:00:00Z", title="Panen jagung batal")
    assert save_article(store, later).reason == "revised"
    assert [row["version_by"] for row in find_revisions(store, saved.id)] == ["outlet", "extraction", "outlet"]
    assert find_article(store, saved.id)["revisions"] == 1


def test_the_same_bytes_read_in_another_way_are_no_change_of_the_outlet(store: Store, record: Build) -> None:
    saved = save_article(store, record(fetched_at=SEEN))
    again = record(fetched_at="2025-03-01T03:00:00Z", text="Panen jagung.\n\nDibaca dengan resep baru.")
    again["evidence"]["sha256"] = find_evidence(store)[0]["sha256"]
    assert save_article(store, again).reason == "revised"
    assert find_revisions(store, saved.id)[-1]["version_by"] == "extraction"
    assert find_article(store, saved.id)["revisions"] == 0


def test_evidence_of_any_number_of_articles_comes_in_order_of_files(store: Store, record: Build) -> None:
    later, earlier = record(1, fetched_at=SEEN), record(2, fetched_at=SEEN)
    later["evidence"]["warc"], earlier["evidence"]["warc"] = "2025/04/a.warc.gz", "2025/03/a.warc.gz"
    ids = [save_article(store, one).id for one in (later, earlier)]
    asked = [ids[0], *range(1_000, 41_000), ids[1]]  # more than a query may have parameters
    assert [row["article_id"] for row in find_evidence(store, asked)] == [ids[1], ids[0]]


def test_evidence_is_found_by_article_and_version(store: Store, record: Build) -> None:
    proven = save_article(store, record(1, fetched_at=SEEN)).id
    bare = save_article(store, record(2)).id
    save_article(store, record(3, origin="import"))
    assert [row["article_id"] for row in find_evidence(store)] == [proven]
    assert find_evidence(store, [bare]) == []
    assert find_proven(store, ["kabar.example"]) == [proven]
    assert count_unproven(store) == 1
    version = find_version(store, proven)
    assert version is not None
    assert version["published_at"] == "2025-03-01T08:15:00+07:00"
    assert version["evidence"]["offset"] == 10
    assert find_version(store, bare) is None


def test_a_clips_name_is_no_address_that_a_crawl_knows(store: Store, record: Build) -> None:
    save_article(store, record(1))
    save_article(store, {**record(2), "url": "ni:///sha-256;abc?clip=1", "origin": "clip"})
    assert list(known_addresses(store)) == ["https://kabar.example/berita/1"]


def test_addresses_are_counted_by_state(store: Store, record: Build) -> None:
    save_article(store, record(1, aliases=("https://m.kabar.example/berita/1",)))
    save_not_ours(store, {"url": "https://kabar.example/berita/9", "outlet": "kabar.example", "at": SEEN})
    assert count_addresses(store) == {"kabar.example": {"article": 1, "not_ours": 1}}


def test_what_was_missed_is_logged_until_it_comes(store: Store, record: Build) -> None:
    url = record(1)["url"]
    save_missed(store, url, "kabar.example", "robots", "dilarang")
    save_missed(store, url, "kabar.example", "not_offered")
    (row,) = find_missed(store)
    assert (row["cause"], row["times"], row["article_id"]) == ("not_offered", 2, None)
    saved = save_article(store, record(1))
    assert find_missed(store)[0]["article_id"] == saved.id
