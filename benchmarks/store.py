"""Times of the store's questions on many invented articles: ``python benchmarks/store.py [N]`` (default 20,000).

The store is filled by plain inserts (``benchmarks/invent.py``; what a crawl does per article is the business of the
tests), or taken as it is with ``--store``. Each question is asked several times; median and 95th percentile of wall
time are printed, and the median of processor time, which does not depend on what else the machine does, beside what is
wanted of a million articles. Likeness is measured on a store of its own: all articles are indexed, then some are
linked.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from invent import CROWDED, END, THIN, YEARS, Words, fill

from db.addresses import articles_to_revisit
from db.annotations import pending
from db.articles import save_article
from db.connection import Store, open_store, writing
from db.queries.articles import iter_articles
from db.queries.filters import ArticleFilter
from db.search import search_articles
from db.sketches import find_sharing, save_sketches
from db.stories import link_pending
from monitor.config import load_config
from monitor.counts import build_counts
from monitor.editions import build_edition
from monitor.office import Office, load_office
from monitor.render.formats import render_file
from monitor.render.wording import load_wording
from monitor.report.month import Month
from monitor.report.run import make_report, render_report
from nlp import similarity

LINKED = 300
BATCH = 500
MONTH = ArticleFilter(since=datetime(2025, 10, 1, tzinfo=UTC), until=datetime(2025, 11, 1, tzinfo=UTC))
YEAR = ArticleFilter(since=END - timedelta(days=365), until=END)
CROSSES = (
    ["opd"], ["pillar"], ["outlet"], ["outlet_kind"], ["tone"], ["place"], ["person"], ["speaker"], ["story"], ["day"],
    ["opd", "tone"], ["opd", "pillar"], ["place", "opd"], ["outlet", "tone"], ["person", "outlet"], ["month", "opd"],
)  # fmt: skip
Question = tuple[str, float, Callable[[], object]]


def main() -> None:
    """Build a store of N articles in a temporary folder, or open one, ask, print."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])  # type: ignore[union-attr]
    options.add_argument("articles", nargs="?", type=int, default=20_000)
    options.add_argument("--likeness", type=int, default=None, help="articles of the likeness part (default: a tenth)")
    options.add_argument("--folder", type=Path, default=None, help="where to make the store (default: a temporary one)")
    options.add_argument("--store", type=Path, default=None, help="ask this store, which an earlier run kept")
    options.add_argument("--keep", type=Path, default=None, help="keep the store made in this file")
    options.add_argument("--rounds", type=int, default=5, help="how often to ask each question")
    options.add_argument("--only", default="", help="ask only questions with these words in their name")
    wanted = options.parse_args()
    rng = random.Random(1)
    words, office = Words(rng), load_office(load_config())
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
        file = wanted.store or wanted.keep or Path(folder) / "store.db"
        with open_store(file) as store:
            if wanted.store is None:
                started = time.perf_counter()
                fill(store, office, wanted.articles, words, rng)
                print(f"{wanted.articles:,} articles made in {time.perf_counter() - started:.0f} s")
            print(f"{file.stat().st_size / 1e6:,.0f} MB\n")
            print(f"{'question':46}{'median ms':>11}{'p95 ms':>9}{'cpu ms':>9}{'wanted':>9}")
            for name, limit, ask in questions(store, office):
                if wanted.only in name:
                    report(name, limit, [timed(ask) for _ in range(wanted.rounds if limit < 10_000 else 1)])
            searches = [" ".join(rng.choices(words.words[20:], k=rng.choice((1, 1, 2, 3)))) for _ in range(60)]
            searches += rng.choices(words.words[:40], k=20)
            name = "full-text search, 1 to 3 words"
            if wanted.only in name:
                report(name, 100, [timed(search(store, query)) for query in searches])
        if wanted.store is None:
            measure_likeness(Path(folder) / "likeness.db", wanted.likeness or wanted.articles // 10, words, rng)


def questions(store: Store, office: Office) -> Iterator[Question]:
    """Yield name, wanted milliseconds and the question itself."""
    yield from digests(store, office)
    for span, limit, wanted in (("a month", 1000, MONTH), ("a year", 5000, YEAR)):
        for dimensions in CROSSES:
            yield f"counts of {span} by {' x '.join(dimensions)}", limit, count(store, office, dimensions, wanted)
    yield from reports(store, office)
    one = ArticleFilter(opd=("diskominfo",), since=MONTH.since, until=MONTH.until, about=("subject",))
    seen = ArticleFilter(seen_since=END - timedelta(hours=12), seen_until=END)
    yield "articles seen in the last 12 hours", 1000, lambda: list(iter_articles(store, seen))
    yield "articles of one opd in a month", 1000, lambda: list(iter_articles(store, one))
    yield "what waits for annotation", 50, lambda: pending(store, "v1")
    yield "what is to be looked at again", 50, lambda: articles_to_revisit(store, END)


def digests(store: Store, office: Office) -> Iterator[Question]:
    """Yield the editions of an ordinary day and of the most crowded one, built and drawn in every form."""
    wording = load_wording("id")
    for edition in ("pagi", "siang", "sore"):
        yield (
            f"digest {edition}: built",
            1000,
            lambda edition=edition: build_edition(store, office, CROWDED, edition, END),
        )
    for name, day in (("day", date(2025, 10, 8)), ("crowded day", CROWDED)):
        data = build_edition(store, office, day, "harian", END)
        name = f"digest of a {name} ({data.totals.articles} articles)"
        yield f"{name}: built", 1000, lambda day=day: build_edition(store, office, day, "harian", END)
        for form in ("text", "whatsapp", "html", "eml", "pdf", "json"):
            yield f"{name}: {form}", 1000, lambda form=form, data=data: render_file(data, form, wording)


def reports(store: Store, office: Office) -> Iterator[Question]:
    """Yield the report of the month of 5,000 articles, built and in every form."""
    month, wording = Month(THIN[0].year, THIN[0].month), load_wording("id")
    data = make_report(store, office, month)
    name = f"report of {data.totals.articles:,} articles"
    yield f"{name}: built", 30_000, lambda: make_report(store, office, month)
    for form in ("docx", "pdf", "xlsx", "html"):
        yield f"{name}: {form}", 30_000, lambda form=form: render_report(data, form, wording, office)


def count(store: Store, office: Office, dimensions: Sequence[str], wanted: ArticleFilter) -> Callable[[], object]:
    """Return one question for counts."""
    return lambda: build_counts(store, dimensions, wanted, office.names, office.zone)


def search(store: Store, query: str) -> Callable[[], object]:
    """Return the search for one query."""
    return lambda: search_articles(store, query)


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds of wall and of processor time that a question takes."""
    started, worked = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000


def report(name: str, limit: float, times: list[tuple[float, float]]) -> None:
    """Print one line of the table."""
    ranked = sorted(wall for wall, _ in times)
    p95, cpu = ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))], statistics.median(cpu for _, cpu in times)
    print(f"{name:46}{statistics.median(ranked):11.1f}{p95:9.1f}{cpu:9.1f}{limit:9,.0f}", flush=True)


def fill_likeness(store: Store, articles: int, words: Words, rng: random.Random) -> None:
    """Store articles of which one in ten takes half of the text of one shortly before."""
    start = END - timedelta(days=365 * YEARS)
    step = timedelta(days=365 * YEARS) / articles
    texts: list[str] = []
    for number in range(articles):
        text = words.text()
        if number % 10 == 9:
            text = "\n\n".join([*texts[number - rng.randint(1, 5)].split("\n\n")[:2], *text.split("\n\n")[2:]])
        texts.append(text)
    for first in range(0, articles, 500):
        with writing(store):
            for number in range(first, min(first + 500, articles)):
                save_article(
                    store,
                    {
                        "url": f"https://o.example/{number}",
                        "outlet": f"o{number % 60}.example",
                        "title": " ".join(texts[number].split()[:9]),
                        "text": texts[number],
                        "published_at": start + number * step,
                        "origin": "import",
                    },
                )


def measure_likeness(path: Path, articles: int, words: Words, rng: random.Random) -> None:
    """Index articles for copies and stories, then time the question for copies and the whole linking of an article."""
    store = open_store(path)
    fill_likeness(store, articles, words, rng)
    started, busy = time.perf_counter(), time.process_time()
    rows = store.conn.execute(
        "SELECT a.id, a.published_at, t.title, t.text FROM articles a JOIN texts t ON t.article_id = a.id"
    ).fetchall()
    for first in range(0, len(rows), BATCH):
        with writing(store):
            save_sketches(
                store, [(key, at, similarity.build_sketch(*said)) for key, at, *said in rows[first : first + BATCH]]
            )
    took, busy = time.perf_counter() - started, time.process_time() - busy
    print(
        f"\n{articles:,} articles indexed for likeness in {took:.1f} s, {busy:.1f} s of them at work"
        f" ({busy / articles * 100_000:.0f} s per 100,000, wanted 180)"
    )
    chosen = rng.sample(rows, min(LINKED, len(rows)))
    sketches = [(row, similarity.build_sketch(row[2], row[3])) for row in chosen]
    report(
        "candidates for copies",
        5,
        [timed(lambda r=row, s=sketch: find_sharing(store, r[0], r[1], s.shingles)) for row, sketch in sketches],
    )  # type: ignore[misc]
    started = time.perf_counter()
    linked = sum(iter(lambda: link_pending(store, similarity, 200) if time.perf_counter() - started < 20 else 0, 0))
    took = time.perf_counter() - started
    copies = store.conn.execute("SELECT COUNT(*) FROM copies").fetchone()[0]
    print(
        f"{'indexing and linking, per article':46}{took * 1000 / linked:11.1f}   ({linked:,} linked, {copies:,}"
        " copies found)"
    )
    store.close()


if __name__ == "__main__":
    main()
