"""The first months of a monitor: what was gathered when, what can be compared, and months of which little is told."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from monitor.report.build import Report
from monitor.report.compose import compose_report
from monitor.report.document import Points, Table, Text
from tests.monitor.report.conftest import WORDING, gather, make, report_of
from tests.monitor.reporting import ZONE, fill_store, some_articles

NO_TROUBLE = "Tidak ada gangguan yang tercatat pada media yang terbaca."
NO_TREND = "tidak dapat dibaca sebagai kecenderungan karena bulan pembanding tidak terpantau penuh"


def told(data: Report, section: str) -> str:
    [found] = [part for part in compose_report(data, WORDING).sections if part.id == section]
    texts = [block.text if isinstance(block, Text) else "; ".join(block.items) for block in found.blocks
             if isinstance(block, Text | Points)]  # fmt: skip
    return " ".join(texts)


def test_a_month_that_was_never_or_only_later_monitored_says_so(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "p.db", some_articles())
    imported = told(report_of(store), "metode")
    assert "Pemantauan media belum pernah berjalan; semua artikel berasal dari impor atau kliping." in imported
    gather(store, date(2025, 3, 15), date(2025, 4, 2))
    begun = told(report_of(store), "metode")
    assert "Pemantauan dimulai pada Sabtu, 15 Maret 2025; artikel yang terbit sebelumnya" in begun
    store.close()
    assert NO_TROUBLE not in imported + begun


def test_a_month_monitored_from_its_first_day_has_no_such_note(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "p.db", some_articles())
    gather(store, date(2025, 2, 27), date(2025, 4, 2))
    text = told(report_of(store), "metode")
    store.close()
    assert NO_TROUBLE in text
    assert "Pemantauan dimulai" not in text


def test_months_before_monitoring_began_make_no_trend(tmp_path: Path) -> None:
    articles = [*some_articles(), {**some_articles()[0], "at": datetime(2025, 2, 10, 9, tzinfo=ZONE)}]
    store = fill_store(tmp_path / "p.db", articles)
    assert NO_TREND in told(report_of(store), "ringkasan")
    gather(store, date(2025, 2, 20), date(2025, 4, 2))
    late = told(report_of(store), "ringkasan")
    assert "naik dari 1 menjadi 6" in late
    assert NO_TREND in late
    gather(store, date(2025, 1, 31), date(2025, 2, 19))
    whole = report_of(store)
    store.close()
    assert NO_TREND not in told(whole, "ringkasan")


def test_an_outlet_is_compared_with_what_it_wrote_about_us_the_month_before(tmp_path: Path) -> None:
    first, *others = some_articles()
    before = {**first, "at": datetime(2025, 2, 10, 9, tzinfo=ZONE)}
    elsewhere = {**first, "at": datetime(2025, 2, 11, 9, tzinfo=ZONE), "about": "none"}
    silent = {**elsewhere, "outlet": "diam.example"}
    store = fill_store(tmp_path / "p.db", [first, *others, before, elsewhere, silent])
    data = report_of(store)
    running = told(report_of(store, now=datetime(2025, 3, 20, tzinfo=ZONE)), "media")
    store.close()
    assert "Media yang bulan ini belum menerbitkan artikel" in running
    assert "tidak ada bulan ini" not in running
    assert {line.id: line.month_before for line in data.outlets}[first.get("outlet", "kabar.example")] == 1
    assert "1 artikel bulan sebelumnya (termasuk yang bukan tentang daerah)" in told(data, "media")


def test_stories_of_many_articles_come_before_those_of_one_newsroom(tmp_path: Path) -> None:
    data = make(some_articles())
    sizes = [(story.newsrooms if story.newsrooms > 1 else 0, story.articles) for story in data.stories]
    assert sizes == sorted(sizes, reverse=True)
    tones = [story.tones["negatif"] for story in data.stories if story.articles == 1]
    assert tones == sorted(tones, reverse=True)


def test_the_summary_tells_counts_beside_shares() -> None:
    text = told(make(some_articles()), "ringkasan")
    assert "terdiri atas 0 positif (0%), 2 netral (50%), dan 2 negatif (50%)" in text


def test_a_month_without_articles_has_no_tables_of_heads_alone() -> None:
    document = compose_report(make([]), WORDING)
    assert all(block.rows for part in document.sections for block in part.blocks if isinstance(block, Table))
    assert "Tidak ada rilis pemerintah daerah yang tercatat." in told(make([]), "rilis")
