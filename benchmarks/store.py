"""Times of the store's questions on many invented articles: ``python benchmarks/store.py [N]`` (default 20,000).

The store is filled by plain inserts (what a crawl does per article is the business of the tests), spread evenly over
five years up to a fixed day, one in five about others; words follow Zipf's law, so that a search meets common and rare
ones. Each question is asked several times; median and 95th percentile are printed beside what is wanted of a million
articles. Likeness is measured on a store of its own: all articles are indexed, then some are linked.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from zoneinfo import ZoneInfo

from db.addresses import articles_to_revisit
from db.annotations import pending
from db.articles import save_article
from db.connection import Store, open_store, writing
from db.outlets import save_outlets
from db.queries.articles import iter_articles
from db.queries.counts import count_by
from db.queries.filters import ArticleFilter
from db.search import search_articles
from db.sketches import find_sharing, save_sketch
from db.stories import link_pending
from monitor.digest.build import build_dataset
from monitor.digest.dataset import Dataset
from monitor.digest.gather import load_facts
from monitor.digest.window import build_window, list_earlier
from monitor.names import Names
from monitor.render.formats import render_file
from monitor.render.wording import load_wording
from nlp import similarity

END = datetime(2026, 1, 1, tzinfo=UTC)
YEARS = 5
OUTLETS = 60
OPD, PLACES, PILLARS, PERSONS = 60, 14, 6, 80
SYLLABLES = [consonant + vowel for consonant in "bdgjklmnprstwy" for vowel in "aeiou"]
BATCH = 5000
LINKED = 300
SHIFT = timedelta(hours=7)
ZONE = ZoneInfo("Asia/Jakarta")


def main() -> None:
    """Build a store of N articles in a temporary folder, ask, print."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])  # type: ignore[union-attr]
    options.add_argument("articles", nargs="?", type=int, default=20_000)
    options.add_argument("--likeness", type=int, default=None, help="articles of the likeness part (default: a tenth)")
    options.add_argument("--folder", type=Path, default=None, help="where to make the store (default: a temporary one)")
    wanted = options.parse_args()
    rng = random.Random(1)
    words = ["".join(rng.choices(SYLLABLES, k=rng.choice((2, 3, 3, 4)))) for _ in range(20_000)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
        store = open_store(Path(folder) / "store.db")
        started = time.perf_counter()
        fill(store, wanted.articles, words, weights, rng)
        size = (Path(folder) / "store.db").stat().st_size / 1e6
        print(f"{wanted.articles:,} articles made in {time.perf_counter() - started:.0f} s, {size:,.0f} MB\n")
        print(f"{'question':46}{'median ms':>11}{'p95 ms':>9}{'wanted':>9}")
        for name, limit, ask in questions(store, words, weights, rng):
            report(name, limit, [timed(ask) for _ in range(5)])
        searches = [" ".join(rng.choices(words[20:], k=rng.choice((1, 1, 2, 3)))) for _ in range(60)]
        searches += rng.choices(words[:40], k=20)
        report("full-text search, 1 to 3 words", 100, [timed(search(store, query)) for query in searches])
        store.close()
        measure_likeness(Path(folder) / "likeness.db", wanted.likeness or wanted.articles // 10, words, weights, rng)


def invent_text(words: list[str], weights: list[float], rng: random.Random, count: int = 200) -> str:
    """Return a text of invented words in four paragraphs."""
    chosen = rng.choices(words, cum_weights=weights, k=count)
    return "\n\n".join(" ".join(chosen[start : start + count // 4]) for start in range(0, count, count // 4))


def fill(store: Store, articles: int, words: list[str], weights: list[float], rng: random.Random) -> None:
    """Insert articles with texts, annotations, tags, mentions and quotes."""
    kinds = itertools.cycle(("local", "local", "provincial", "national", "government"))
    save_outlets(store, [{"id": f"o{n}.example", "name": f"Outlet {n}", "kind": next(kinds)} for n in range(OUTLETS)])
    step = timedelta(days=365 * YEARS) / articles
    start = END - timedelta(days=365 * YEARS)
    for first in range(0, articles, BATCH):
        numbers = range(first + 1, min(first + BATCH, articles) + 1)
        with writing(store):
            insert(store, "articles", (article_row(n, start + n * step, rng) for n in numbers))
            insert(
                store,
                "texts",
                ((n, invent_text(words, weights, rng, 8), invent_text(words, weights, rng)) for n in numbers),
            )
            insert(store, "annotations", (annotation_row(n, rng) for n in numbers))
            tags = [row for n in numbers for row in tag_rows(n, rng)]
            insert(store, "tags", tags)
            insert(
                store,
                "mentions",
                ((row[0], row[1], n, row[2], "text", 10, 20, "dinas abcd", "name", "r") for n, row in enumerate(tags)),
            )
            insert(
                store,
                "quotes",
                (
                    (n, 0, "text", 1, 90, "kutipan " * 10, "A", f"p{n % PERSONS}", f"d{n % OPD}", "ujar", 0, "")
                    for n in numbers
                ),
            )
    store.execute("ANALYZE")


COLUMNS = {
    "articles": "id, url, outlet, published_at, published_offset, first_seen_at, version_at, annotated_revision,"
    " linked_revision, story_id",
    "texts": "article_id, title, text",
    "annotations": "article_id, annotator, revision, annotated_at, kind, about, about_score, tone, tone_score,"
    " headline_tone",
    "tags": "article_id, what, id, role, in_title, mentions",
    "mentions": "article_id, what, number, id, part, start, end, text, via, rule",
    "quotes": "article_id, number, part, start, end, text, speaker, speaker_id, opd, verb, indirect, rule",
}


def insert(store: Store, table: str, rows: Iterator[tuple[object, ...]] | list[tuple[object, ...]]) -> None:
    """Insert rows in the order of COLUMNS."""
    names = COLUMNS[table]
    marks = ", ".join("?" for _ in names.split(","))
    store.conn.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def article_row(number: int, moment: datetime, rng: random.Random) -> tuple[object, ...]:
    """Return one row of articles."""
    at = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        number,
        f"https://o.example/berita/{number}",
        f"o{rng.randrange(OUTLETS)}.example",
        at,
        420,
        at,
        at,
        1,
        1,
        None,
    )


def annotation_row(number: int, rng: random.Random) -> tuple[object, ...]:
    """Return one row of annotations, one in five about others."""
    about = rng.choice(("subject", "subject", "subject", "subject", "none"))
    tone = rng.choice(("netral", "netral", "positif", "negatif"))
    kind = rng.choice(("reporting", "reporting", "reporting", "release", "advertorial"))
    return (number, "v1", 1, "2026-01-01T00:00:00Z", kind, about, 0.9, tone, 0.8, tone)


def tag_rows(number: int, rng: random.Random) -> list[tuple[object, ...]]:
    """Return two OPDs, two places, a pillar and a person of an article."""
    role = rng.choice(("actor", "mentioned", "attendee"))
    tags: list[tuple[object, ...]] = [
        (number, "opd", f"d{ident}", role, rng.random() < 0.2, 1) for ident in rng.sample(range(OPD), 2)
    ]
    tags += [(number, "place", f"k{ident}", None, 0, 1) for ident in rng.sample(range(PLACES), 2)]
    return [
        *tags,
        (number, "pillar", f"q{rng.randrange(PILLARS)}", None, 0, 1),
        (number, "official", f"p{rng.randrange(PERSONS)}", None, 0, 1),
    ]


def questions(
    store: Store, words: list[str], weights: list[float], rng: random.Random
) -> Iterator[tuple[str, float, Callable[[], object]]]:
    """Yield name, wanted milliseconds and the question itself."""
    month = ArticleFilter(since=END - timedelta(days=60), until=END - timedelta(days=30))
    year = ArticleFilter(since=END - timedelta(days=365), until=END)
    seen = ArticleFilter(seen_since=END - timedelta(hours=12), seen_until=END)

    names = Names(
        opd={f"d{n}": f"Dinas {n}" for n in range(OPD)}, pillars={f"q{n}": f"Pilar {n}" for n in range(PILLARS)}
    )
    clocks = {"pagi": clock(7), "siang": clock(12), "sore": clock(17)}
    outlets = [f"o{n}.example" for n in range(OUTLETS)]

    def digest(edition: str) -> Dataset:
        window = build_window((END - timedelta(days=40)).date(), edition, clocks, ZONE)
        facts = load_facts(store, window, outlets, END, list_earlier(window, clocks, ZONE))
        return build_dataset(facts, "bench", "Kabupaten", ZONE, names)

    for edition in ("pagi", "harian"):
        yield f"digest {edition}: facts and dataset", 1000, lambda edition=edition: digest(edition)  # type: ignore[misc]
    data = digest("harian")
    for form in ("text", "whatsapp", "html", "eml", "pdf", "json"):
        yield (
            f"the same, drawn as {form}",
            1000,
            lambda form=form: render_file(data, form, load_wording("id")),  # type: ignore[misc]
        )
    yield "articles seen in the last 12 hours", 1000, lambda: list(iter_articles(store, seen))
    for name, dimensions in (
        ("opd", ["opd"]),
        ("opd x tone", ["opd", "tone"]),
        ("opd x pillar", ["opd", "pillar"]),
        ("person", ["person"]),
        ("day", ["day"]),
    ):
        yield (
            f"counts of a month by {name}",
            1000,
            lambda dimensions=dimensions: count_by(store, dimensions, month, shift=SHIFT),
        )  # type: ignore[misc]
    yield "counts of a year by opd", 5000, lambda: count_by(store, ["opd"], year, shift=SHIFT)
    yield "counts of a year by month and tone", 5000, lambda: count_by(store, ["month", "tone"], year, shift=SHIFT)
    one = ArticleFilter(opd=("d1",), since=month.since, until=month.until, about=("subject",))
    yield "articles of one opd in a month", 1000, lambda: list(iter_articles(store, one))
    yield "what waits for annotation", 50, lambda: pending(store, "v1")
    yield "what is to be looked at again", 50, lambda: articles_to_revisit(store, END)


def search(store: Store, query: str) -> Callable[[], object]:
    """Return the search for one query."""
    return lambda: search_articles(store, query)


def timed(ask: Callable[[], object]) -> float:
    """Return the milliseconds that a question takes."""
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def report(name: str, limit: float, times: list[float]) -> None:
    """Print one line of the table."""
    ranked = sorted(times)
    p95 = ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))]
    print(f"{name:46}{statistics.median(ranked):11.1f}{p95:9.1f}{limit:9,.0f}", flush=True)


def measure_likeness(path: Path, articles: int, words: list[str], weights: list[float], rng: random.Random) -> None:
    """Index articles for copies and stories, then time the question for copies and the whole linking of an article."""
    store = open_store(path)
    start = END - timedelta(days=365 * YEARS)
    step = timedelta(days=365 * YEARS) / articles
    texts: list[str] = []
    for number in range(articles):  # one in ten takes half of the text of one shortly before
        text = invent_text(words, weights, rng)
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
                        "outlet": f"o{number % OUTLETS}.example",
                        "title": " ".join(texts[number].split()[:9]),
                        "text": texts[number],
                        "published_at": start + number * step,
                        "origin": "import",
                    },
                )
    started = time.perf_counter()
    rows = store.conn.execute(
        "SELECT a.id, a.published_at, t.title, t.text FROM articles a JOIN texts t ON t.article_id = a.id"
    ).fetchall()
    for first in range(0, len(rows), 500):
        with writing(store):
            for article_id, published, title, text in rows[first : first + 500]:
                save_sketch(store, article_id, published, similarity.build_sketch(title, text))
    took = time.perf_counter() - started
    print(
        f"\n{articles:,} articles indexed for likeness in {took:.1f} s ({took / articles * 100_000:.0f} s per"
        " 100,000, wanted 180)"
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
