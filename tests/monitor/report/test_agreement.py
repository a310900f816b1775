"""Where a report meets other numbers: the digest's, the former month's report, its own of before a change."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from db.editions import save_edition
from monitor.editions import REPORT, build_edition
from monitor.render import labels
from monitor.render.digest_words import build_sheet
from monitor.render.sheet import Listing
from monitor.render.wording import load_wording
from monitor.report.compose import compose_report
from monitor.report.document import Figure, Points, Text
from monitor.report.run import freeze_report, load_frozen
from tests.monitor.report.conftest import MARCH, OFFICE, WORDING, cells, gather, make, report_of, table_under
from tests.monitor.reporting import ZONE, fill_store, some_articles

FEBRUARY = datetime(2025, 2, 27, 9, tzinfo=ZONE)


def test_digest_and_report_say_alike_since_when_an_issue_of_two_months_stands(tmp_path: Path) -> None:
    (article,) = some_articles(1)
    told = article | {"at": datetime(2025, 3, 1, 9, tzinfo=ZONE), "tone": "negatif"}
    store = fill_store(tmp_path / "p.db", [told | {"at": FEBRUARY}, told])
    store.execute("INSERT INTO stories (id) VALUES (1)")
    store.execute("UPDATE articles SET story_id = 1")
    (issue,) = report_of(store).issues
    (entry,) = build_edition(store, OFFICE, date(2025, 3, 1), "harian").attention
    store.close()
    assert datetime.fromisoformat(issue.since) == datetime.fromisoformat(entry.since) == FEBRUARY
    assert issue.articles == 1  # of this month


def test_a_story_s_course_tells_no_tone_where_none_is_counted(tmp_path: Path) -> None:
    (article,) = some_articles(1)
    pages = [article | {"outlet": outlet, "tone": "positif"} for outlet in ("kabar.example", "mc.example")]
    store = fill_store(tmp_path / "p.db", pages)
    store.execute("INSERT INTO stories (id) VALUES (1)")
    store.execute("UPDATE articles SET story_id = 1")
    data = report_of(store)
    store.close()
    assert data.stories[0].tones["positif"] == 1
    course = cells(table_under(compose_report(data, WORDING), "peristiwa"))
    assert sorted(row[-1] for row in course) == ["kanal pemerintah", "positif"]


def test_a_former_month_that_was_reported_otherwise_is_told(tmp_path: Path) -> None:
    articles = [*some_articles(), some_articles(1)[0] | {"at": FEBRUARY}]
    store = fill_store(tmp_path / "p.db", articles)
    gather(store, date(2025, 1, 31), date(2025, 4, 1))
    save_edition(store, REPORT, date(2025, 2, 1), {"id": "contoh-2025-02-0", "totals": {"articles": 1}})
    same = report_of(store)
    save_edition(store, REPORT, date(2025, 2, 1), {"id": "contoh-2025-02-1", "totals": {"articles": 3}})
    data = report_of(store)
    store.close()
    said = "Laporan bulan sebelumnya menyebut 3; sesudahnya ada artikel yang baru ditemukan atau dikoreksi."
    texts = [
        " ".join(block.text for block in compose_report(one, WORDING).sections[0].blocks if isinstance(block, Text))
        for one in (same, data)
    ]
    assert [said in text for text in texts] == [False, True]
    assert "naik dari 1 menjadi 6" in texts[1]


def test_a_frozen_report_keeps_its_number_whatever_later_versions_add(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "p.db", some_articles())
    data = report_of(store)
    kept = load_frozen(store, freeze_report(store, data, MARCH))
    older = data.to_json() | {"id": "contoh-2025-03-0123456789"}
    del older["began_on"]  # what an earlier version did not know
    older["stories"] = [{**story, "steps": []} for story in older["stories"]]
    old = load_frozen(store, str(save_edition(store, REPORT, MARCH.first, older)["id"]))
    store.close()
    assert (kept.id, kept.to_json()) == (data.id, {**data.to_json(), "id": data.id})
    assert old.id == old.to_json()["id"] == "contoh-2025-03-0123456789"


def test_who_printed_a_release_before_the_office_did_was_not_late() -> None:
    assert [load_wording("id").span(minutes) for minutes in (-300, -5, 0, 300)] == [
        "5 jam lebih dulu",
        "5 menit lebih dulu",
        "0 menit",
        "5 jam",
    ]


def test_pictures_of_months_say_in_words_which_were_not_watched() -> None:
    section = next(part for part in compose_report(make(some_articles()), WORDING).sections if part.id == "volume")
    months = [block for block in section.blocks if isinstance(block, Figure)][1]
    assert "bulan sebelumnya tidak terpantau, bulan yang sama tahun lalu tidak terpantau" in months.alt


def test_what_its_outlet_took_down_is_counted_and_marked(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "p.db", some_articles(2))
    store.execute("UPDATE articles SET withdrawn_at = '2025-03-04T00:00:00Z' WHERE id = 1")
    data = report_of(store)
    digest = build_edition(store, OFFICE, date(2025, 3, 3), "harian")
    store.close()
    assert data.totals.articles == digest.totals.articles == 2
    document = compose_report(data, WORDING)
    annex = [row[3] for row in cells(table_under(document, "lampiran"))]
    (items,) = (block for block in build_sheet(digest, WORDING).blocks if isinstance(block, Listing))
    marked = [["(ditarik media)" in title for title in titles] for titles in (annex, [row[2] for row in items.rows])]
    assert marked == [[True, False], [True, False]]
    told = [
        item for part in document.sections for block in part.blocks if isinstance(block, Points) for item in block.items
    ]
    assert labels.REPORT_DEFINITIONS["withdrawn"] in told


def test_tables_of_what_an_article_has_several_of_say_that_they_do_not_add_up() -> None:
    document = compose_report(make(some_articles()), WORDING)
    for section in ("opd", "pilar", "kecamatan"):
        (part,) = (part for part in document.sections if part.id == section)
        assert labels.OVERLAP in [block.text for block in part.blocks if isinstance(block, Text)], section
