"""The numbers of the monthly report: compared with nothing unknown, with gaps and error bars told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db.findings import raise_finding
from db.outlets import save_outlets
from db.runs import finish_run, save_outcomes, start_run
from monitor.editions import build_edition
from monitor.errors import InputError
from monitor.report.build import find_silent
from monitor.report.compose import compose_report
from monitor.report.document import Text
from monitor.report.month import Month, parse_month
from monitor.report.phrases import write_owners
from monitor.report.quality import Quality, estimate
from monitor.report.sections_counts import smooth
from monitor.sampling import Tally
from tests.monitor.report.conftest import MARCH, OFFICE, WORDING, cells, gather, make, report_of, table_under
from tests.monitor.reporting import ZONE, fill_store, some_articles


def test_a_month_in_progress_says_so_and_is_compared_with_nothing() -> None:
    running = datetime(2025, 3, 10, 3, tzinfo=UTC)
    data = make(some_articles(), now=running)
    assert (data.complete, data.through, len(data.days)) == (False, "2025-03-10", 10)
    document = compose_report(data, WORDING)
    assert document.status == "Sementara: bulan ini belum berakhir, data sampai Senin, 10 Maret 2025."
    summary = " ".join(block.text for block in document.sections[0].blocks if isinstance(block, Text))
    assert "belum dibandingkan" in summary
    assert compose_report(make(some_articles()), WORDING).status == ""


def test_a_drop_beside_a_dead_source_is_no_trend(tmp_path: Path) -> None:
    articles = [*some_articles(), {**some_articles()[0], "at": datetime(2025, 2, 10, 9, tzinfo=ZONE)}]
    store = fill_store(tmp_path / "p.db", articles)
    gather(store, date(2025, 1, 31), date(2025, 3, 31))
    before = report_of(store)
    store.execute(
        "INSERT INTO findings (outlet, kind, detail, since, last_at) VALUES ('kabar.example', 'blocked', '', ?, ?)",
        ("2025-03-19T20:00:00Z", "2025-03-30T00:00:00Z"),
    )
    data = report_of(store)
    store.close()
    summary = [
        " ".join(b.text for b in compose_report(r, WORDING).sections[0].blocks if isinstance(b, Text))
        for r in (before, data)
    ]
    assert ["naik dari 1 menjadi 6" in text for text in summary] == [True, True]
    assert ["tidak dapat dibaca sebagai kecenderungan" in text for text in summary] == [False, True]
    assert [(outage.outlet_name, outage.since) for outage in data.outages] == [
        ("Kabar Contoh", "2025-03-20T03:00+07:00")
    ]
    assert before.id != data.id


def test_an_outlet_read_in_spite_of_a_finding_is_no_outage(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "p.db", some_articles())
    told = [("kabar.example", "certificate"), ("kabar.example", "layout"), ("mati.example", "certificate")]
    save_outlets(
        store, [{"id": "mati.example", "name": "Mati"}, {"id": "cari.example", "name": "X", "kind": "aggregator"}]
    )
    for outlet, kind in [*told, ("cari.example", "blocked")]:
        raise_finding(store, outlet, kind, "", "2025-03-20T00:00:00Z")
    data = report_of(store)
    store.close()
    assert [(outage.outlet_name, outage.kind) for outage in data.outages] == [
        ("Kabar Contoh", "layout"), ("Mati", "certificate"),
    ]  # fmt: skip


def test_days_on_which_nothing_was_gathered_at_all_are_an_outage(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "p.db", some_articles())
    assert report_of(store).outages == ()
    for day in ("2025-02-27T00:00Z", "2025-03-03T00:00Z", "2025-03-04T01:00Z", "2025-03-29T00:00Z"):
        at = datetime.fromisoformat(day)
        finish_run(store, start_run(store, "refresh", 1, now=at), "findings", now=at)
    stopped = datetime(2025, 3, 15, tzinfo=UTC)
    finish_run(store, start_run(store, "refresh", 1, now=stopped), "failed", now=stopped)
    cut_off = start_run(store, "refresh", 1, now=datetime(2025, 3, 20, tzinfo=UTC))
    save_outcomes(store, cut_off, [{"url": "https://a.example/", "outlet": "a.example", "reason": "known"}])
    finish_run(store, cut_off, "interrupted", now=datetime(2025, 3, 29, tzinfo=UTC))
    data = report_of(store)
    store.close()
    assert [(outage.kind, outage.since[:10], outage.until and outage.until[:10]) for outage in data.outages] == [
        ("stood_still", "2025-02-27", "2025-03-03"),
        ("stood_still", "2025-03-04", "2025-03-20"),
        ("stood_still", "2025-03-20", "2025-03-29"),
        ("stood_still", "2025-03-29", None),
    ]
    told = compose_report(data, WORDING)
    assert cells(table_under(told, "metode"))[0][:2] == ["Semua media", "Pantau tidak berjalan"]


def test_paid_and_government_articles_have_no_say_in_the_tone() -> None:
    data = make(some_articles())
    assert (data.totals.earned, data.totals.owned, data.totals.paid) == (4, 0, 2)
    assert data.tones == {"positif": 0, "netral": 2, "negatif": 2}
    assert [(issue.newsrooms, issue.articles, issue.answered_at) for issue in data.issues] == [
        (1, 1, None),
        (1, 1, None),
    ]
    assert "Dinas Pendidikan" in data.silent_opd


def test_digest_and_report_name_the_same_who_should_answer(tmp_path: Path) -> None:
    (article,) = some_articles(1)
    named = article | {"tone": "negatif", "opd": {"dprd": "actor", "disdik": "mentioned"}}
    store = fill_store(tmp_path / "p.db", [named])
    issues = report_of(store).issues
    attention = build_edition(store, OFFICE, named["at"].date(), "harian").attention
    store.close()
    assert [issue.opd for issue in issues] == [entry.opd for entry in attention] == [("disdik",)]


def test_digest_and_report_count_the_same_copies_and_releases(tmp_path: Path) -> None:
    (article,) = some_articles(1)
    issued = article | {"outlet": "mc.example", "kind": "release"}
    printed = [article | {"kind": "release"}, article | {"kind": "release", "outlet": "warta.example"}, article]
    store = fill_store(tmp_path / "p.db", [issued, *printed])  # the second and third are of texts that nobody stored
    store.execute("INSERT INTO stories (id) VALUES (1)")
    store.execute("UPDATE articles SET story_id = 1 WHERE id <> 4")  # in which story a copy stands does not matter
    store.execute("INSERT INTO copies VALUES (4, 3, 0.9, 0.9, 50, 60)")
    data = report_of(store)
    digest = build_edition(store, OFFICE, article["at"].date(), "harian")
    store.close()
    assert data.totals.copies == digest.totals.release_copies == sum(line.copies for line in data.outlets) == 3
    assert [line.independent + line.copies for line in data.outlets] == [line.earned for line in data.outlets]
    told = [(release.url, len(release.pickups)) for release in data.releases]
    assert told == [(release.url, len(release.pickups)) for release in digest.releases]
    assert [taken for _, taken in told] == [0, 1]


@pytest.mark.parametrize(
    ("answer", "open_"),
    [
        ({}, True),  # the office's word within the complaint itself is no answer to it
        ({"at": datetime(2025, 3, 31, 22, tzinfo=ZONE), "tone": "netral", "quoted": "pemkab"}, False),
        ({"at": datetime(2025, 4, 1, 9, tzinfo=ZONE), "tone": "netral", "quoted": "pemkab"}, False),  # next month
        ({"at": datetime(2025, 3, 31, 22, tzinfo=ZONE), "tone": "netral", "quoted": "dprd"}, True),  # not the regent's
        ({"at": datetime(2025, 3, 31, 22, tzinfo=ZONE), "tone": "negatif", "quoted": "pemkab"}, True),
        ({"at": datetime(2025, 3, 31, 19, tzinfo=ZONE), "outlet": "mc.example"}, True),  # before the complaint
        ({"at": datetime(2025, 3, 31, 22, tzinfo=ZONE), "outlet": "mc.example"}, False),
    ],
)
def test_digest_and_report_agree_on_what_is_answered(tmp_path: Path, answer: dict[str, Any], open_: bool) -> None:
    (article,) = some_articles(1)
    complaint = article | {"at": datetime(2025, 3, 31, 20, tzinfo=ZONE), "tone": "negatif", "quoted": "pemkab"}
    store = fill_store(tmp_path / "p.db", [complaint, complaint | answer])
    store.execute("INSERT INTO stories (id) VALUES (1)")
    store.execute("UPDATE articles SET story_id = 1")
    issues = report_of(store).issues
    waiting = build_edition(store, OFFICE, date(2025, 4, 2), "harian").waiting
    store.close()
    assert [issue.answered_at is None for issue in issues] == [open_]
    assert bool(waiting) == open_


def test_an_issue_that_its_outlet_withdrew_wants_no_answer(tmp_path: Path) -> None:
    (article,) = some_articles(1)
    store = fill_store(tmp_path / "p.db", [article | {"tone": "negatif", "quoted": None}])
    store.execute("UPDATE articles SET withdrawn_at = '2025-03-04T00:00:00Z'")
    data = report_of(store)
    store.close()
    assert [(issue.open, issue.answered_at) for issue in data.issues] == [(False, None)]
    assert cells(table_under(compose_report(data, WORDING), "isu"))[0][-1] == "ditarik media"


def test_the_summary_calls_no_council_village_or_company_an_agency(tmp_path: Path) -> None:
    (article,) = some_articles(1)
    named = [article | {"opd": dict.fromkeys(("dprd", "pemkab", "penghulu", "bumd-dermaga"), "actor")} for _ in "12"]
    store = fill_store(tmp_path / "p.db", [*named, article | {"opd": {"disdik": "actor"}}])
    document = compose_report(report_of(store), WORDING)
    store.close()
    texts = {part.id: " ".join(b.text for b in part.blocks if isinstance(b, Text)) for part in document.sections}
    assert "paling banyak diberitakan adalah Dinas Pendidikan (1 artikel)" in texts["ringkasan"]
    assert "yang bukan perangkat daerah" in texts["opd"]
    assert cells(table_under(document, "opd"))[0][0].startswith("DPRD")


def test_error_bars_hold_the_number_and_grow_with_disagreement() -> None:
    close, far = Tally(90, 5, 5), Tally(90, 30, 30)
    bars = [estimate(40, "opd", Quality("2025-03-31", 50, {"opd": score})) for score in (close, far)]
    assert all(bar and bar[0] <= 40 <= bar[1] for bar in bars)
    assert bars[0] and bars[1] and bars[1][1] - bars[1][0] > bars[0][1] - bars[0][0]
    low = estimate(40, "opd", Quality("2025-03-31", 50, {"opd": Tally(50, 50, 0)}))
    assert low and low[1] < 40  # half of the machine's tags were wrong
    assert estimate(40, "pillar", Quality("2025-03-31", 50, {"opd": close})) is None
    data = make(some_articles(), quality=Quality("2025-03-31", 50, {"opd": close}))
    document = compose_report(data, WORDING)
    assert cells(table_under(document, "opd"))[0][1] == "6 (5–7)"
    assert cells(table_under(document, "metode"))[0][:3] == ["perangkat daerah", "95%", "95%"]


def test_means_need_three_known_months() -> None:
    assert smooth([3, 6, 9, None, 3]) == [None, None, 6.0, None, None]


def test_months_turn_with_the_year() -> None:
    assert str(Month(2025, 1).shift(-1)) == "2024-12"
    assert Month(2024, 2).last == date(2024, 2, 29)
    assert MARCH.start(ZONE) == datetime(2025, 2, 28, 17, tzinfo=UTC)
    assert str(parse_month("2025-03", ZONE)) == "2025-03"
    with pytest.raises(InputError):
        parse_month("2025-3", ZONE)


def test_a_report_asks_the_successor_of_an_office_that_stands_no_more(tmp_path: Path) -> None:
    (article,) = some_articles(1)
    store = fill_store(tmp_path / "p.db", [article | {"tone": "negatif", "opd": {"dinkes": "actor"}}])
    data = report_of(store, now=datetime(2026, 6, 1, tzinfo=UTC))
    store.close()
    (issue,) = data.issues
    assert (issue.opd, issue.former) == (("dinkes-p2kb",), {"dinkes-p2kb": ("dinkes",)})
    assert write_owners(issue, data, WORDING, 2) == "Dinkes P2KB (dahulu Dinas Kesehatan)"
    assert {line.id: line.articles for line in data.opd}["dinkes"] == 1


def test_an_office_under_its_former_name_is_in_the_press(tmp_path: Path) -> None:
    (article,) = some_articles(1)
    store = fill_store(tmp_path / "p.db", [article | {"opd": {"dinkes": "actor"}}])
    names, profile = OFFICE.names, OFFICE.profile
    day = date(2026, 6, 1)
    assert names.heirs_on(day)["dinkes"] == ("dinkes-p2kb",)
    silent, heard = find_silent(profile, names, set(), day), find_silent(profile, names, {"dinkes"}, day)
    store.close()
    assert set(silent) - set(heard) == {names.opd["dinkes-p2kb"]}
