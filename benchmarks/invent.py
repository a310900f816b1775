"""Fills a store with invented articles whose ids, numbers and habits are those of a profile's real store.

Outlets, offices, persons, places and pillars are the profile's, each as often as Zipf's law lets it (a few are in the
press daily, most seldom), tags and quotes per article as many as the labelled articles of the tests have. Newsrooms
write by day and less on Sundays; a fifth of the articles is about others and bears no tag. A third of the rest belongs
to stories, up to one of 300 copies; the government's own articles head some and are copied. Words follow Zipf's law, so
that a search meets common and rare ones. In the month ``THIN`` only 5,000 articles are about the regency.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from db.connection import Store, writing
from db.outlets import save_outlets
from monitor.office import Office

END = datetime(2026, 1, 1, tzinfo=UTC)
YEARS = 5
THIN, THIN_ARTICLES = (datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)), 5000
CROWD, CROWDED = 300, date(2025, 11, 3)  # articles of the largest story, and its day
SYLLABLES = [consonant + vowel for consonant in "bdgjklmnprstwy" for vowel in "aeiou"]
BATCH = 5000
HOURS = [1] * 6 + [6, 14, 16, 16, 15, 12, 12, 14, 14, 12, 10, 8, 7, 6, 4, 3, 2, 1]  # articles by local hour
DAYS = [1.0, 1.0, 1.0, 1.0, 1.0, 0.7, 0.5]
COLUMNS = {
    "articles": "id, url, outlet, published_at, published_offset, first_seen_at, version_at, byline, run_id,"
    " annotated_revision, linked_revision, story_id",
    "texts": "article_id, title, text",
    "evidence": "article_id, revision, url, warc, offset, length, sha256, fetched_at",
    "annotations": "article_id, annotator, revision, annotated_at, kind, about, about_score, tone, tone_score,"
    " headline_tone",
    "tags": "article_id, what, id, role, in_title, mentions",
    "mentions": "article_id, what, number, id, part, start, end, text, via, rule",
    "quotes": "article_id, number, part, start, end, text, speaker, speaker_id, opd, verb, indirect, rule",
    "copies": "article_id, source_id, share, share_of_source, longest_run, latency_minutes",
}


@dataclass(slots=True)
class Words:
    """Invented words, the n-th as often as 1/n."""

    rng: random.Random
    words: list[str] = field(init=False)
    weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.words = ["".join(self.rng.choices(SYLLABLES, k=self.rng.choice((2, 3, 3, 4)))) for _ in range(20_000)]
        self.weights = harmonic(len(self.words))

    def text(self, count: int = 200) -> str:
        """Return that many words in four paragraphs."""
        chosen = self.rng.choices(self.words, cum_weights=self.weights, k=count)
        return "\n\n".join(" ".join(chosen[at : at + count // 4]) for at in range(0, count, count // 4))


@dataclass(frozen=True, slots=True)
class Article:
    """What the rows of one article are made of; ``source`` is the article it copies."""

    id: int
    at: datetime
    outlet: str
    kind: str
    about: str
    story: int | None
    source: int | None
    late: int  # minutes after the source


def harmonic(count: int) -> list[float]:
    """Return cumulated weights by which the n-th of ``count`` is chosen as often as 1/n."""
    return list(itertools.accumulate(1 / rank for rank in range(1, count + 1)))


def fill(store: Store, office: Office, articles: int, words: Words, rng: random.Random) -> None:
    """Insert articles with texts, evidence, annotations, tags, mentions, quotes, stories and copies."""
    save_outlets(
        store,
        [{"id": r.id, "name": r.name, "kind": r.kind} for r in office.recipes.values()],
    )
    run = "INSERT INTO runs (id, job, pid, started_at, finished_at, status) VALUES (1, 'crawl', 1, ?, ?, 'done')"
    with writing(store):
        store.conn.execute("UPDATE outlets SET last_success_at = ?", (utc(END),))
        store.conn.execute(run, (utc(END), utc(END)))
    people = {row.id: row for row in office.profile.person}
    pools = {
        "opd": list(office.names.opd),
        "official": list(people),
        "place": list(office.names.places),
        "pillar": list(office.names.pillars),
    }
    weights = {what: harmonic(len(pool)) for what, pool in pools.items()}
    invented = invent(office, articles, rng)
    while batch := list(itertools.islice(invented, BATCH)):
        with writing(store):
            started = sorted({one.story for one in batch if one.story is not None})
            store.conn.executemany("INSERT OR IGNORE INTO stories (id) VALUES (?)", [(s,) for s in started])
            insert(store, "articles", (article_row(one) for one in batch))
            insert(
                store,
                "texts",
                ((one.id, words.text(10).replace("\n\n", " ").capitalize(), words.text()) for one in batch),
            )
            insert(store, "evidence", (evidence_row(one) for one in batch))
            insert(store, "annotations", (annotation_row(one, rng) for one in batch))
            ours = [one for one in batch if one.about == "subject"]
            tags = [row for one in ours for row in tag_rows(one, pools, weights, rng)]
            insert(store, "tags", tags)
            insert(store, "mentions", (row for tag in tags for row in mention_rows(tag)))
            insert(store, "quotes", (row for one in ours for row in quote_rows(one, pools, weights, office, rng)))
            copies = [one for one in batch if one.source is not None]
            insert(store, "copies", ((one.id, one.source, 0.9, 0.9, 120, one.late) for one in copies))
    with writing(store):
        store.conn.execute(
            "INSERT OR REPLACE INTO stories (id, headline_of)"
            " SELECT story_id, MIN(id) FROM articles WHERE story_id IS NOT NULL GROUP BY 1"
        )
    store.execute("ANALYZE")


def invent(office: Office, articles: int, rng: random.Random) -> Iterator[Article]:
    """Yield articles by time of publication (a story's within its day), ids rising with it."""
    ids = itertools.count(1)
    stories = itertools.count(1)
    outlets = list(office.recipes.values())
    owned = [recipe for recipe in outlets if recipe.kind == "government"] or outlets[:1]
    press = [recipe for recipe in outlets if recipe.kind != "government"]
    weights = harmonic(len(press))
    first = (END - timedelta(days=365 * YEARS)).date()
    sizes = [DAYS[(first + timedelta(days=n)).weekday()] for n in range(365 * YEARS)]
    share, carried = articles / sum(sizes), 0.0
    for number, size in enumerate(sizes):
        carried += size * share
        count, carried = int(carried), carried % 1
        day = datetime.combine(first + timedelta(days=number), datetime.min.time(), UTC)
        thin = THIN[0] <= day < THIN[1]
        ours = round(THIN_ARTICLES / 31) if thin else round(count * 0.8)
        times = sorted(
            day + timedelta(hours=rng.choices(range(24), HOURS)[0] - 7, seconds=rng.randrange(3600))
            for _ in range(count)
        )
        abouts = ["subject"] * min(ours, count) + ["none"] * max(count - ours, 0)
        rng.shuffle(abouts)
        today = Day(CROWD if day.date() == CROWDED else 0, stories, rng)
        for at, about in zip(times, abouts, strict=True):
            ident, outlet = next(ids), rng.choices(press, cum_weights=weights)[0]
            kind = "advertorial" if rng.random() < 0.04 else "reporting"
            part = today.place(ident, at) if about == "subject" else ALONE
            if part.release:
                outlet, kind = rng.choice(owned), "release"
            yield Article(ident, at, outlet.id, kind, about, part.story, part.source, part.late)


@dataclass(frozen=True, slots=True)
class Part:
    """What an article is to a story."""

    story: int | None = None
    source: int | None = None
    late: int = 0
    release: bool = False


ALONE = Part()


@dataclass(slots=True)
class Day:
    """The stories that run on one day; ``crowd`` is the size that the first of them has."""

    crowd: int
    numbers: Iterator[int]
    rng: random.Random
    running: list[tuple[int, int, datetime, int]] = field(default_factory=list)  # story, source, its time, to come

    def place(self, ident: int, at: datetime) -> Part:
        """Continue a story, begin one, or leave the article alone."""
        rng = self.rng
        if self.running and rng.random() < (0.9 if self.running[0][3] > 20 else 0.25):
            story, head, since, left = self.running.pop(0)
            if left > 1:
                self.running.append((story, head, since, left - 1))
            late = int((at - since).total_seconds() // 60)
            return Part(story, head if head and rng.random() < 0.7 else None, late)
        if rng.random() < 0.12:
            release = self.crowd > 0 or rng.random() < 0.4
            size, self.crowd, story = self.crowd or rng.choice((1, 1, 2, 3, 5, 9)), 0, next(self.numbers)
            self.running.insert(0 if size > 20 else len(self.running), (story, ident if release else 0, at, size))
            return Part(story, release=release)
        return Part(release=rng.random() < 0.08)


def insert(store: Store, table: str, rows: Iterator[tuple[object, ...]] | Sequence[tuple[object, ...]]) -> None:
    """Insert rows in the order of COLUMNS."""
    names = COLUMNS[table]
    marks = ", ".join("?" for _ in names.split(","))
    store.conn.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def utc(moment: datetime) -> str:
    """Return a moment as the store writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def article_row(one: Article) -> tuple[object, ...]:
    """Return one row of articles, found within the hour."""
    at, seen = utc(one.at), utc(one.at + timedelta(minutes=one.id % 50 + 5))
    url = f"https://{one.outlet}/berita/{one.id}/{one.at:%Y/%m/%d}/judul-panjang-sebuah-berita-daerah"
    return one.id, url, one.outlet, at, 420, seen, seen, f"Penulis {one.id % 900}", 1, 1, 1, one.story


def evidence_row(one: Article) -> tuple[object, ...]:
    """Return the page as fetched."""
    digest = hashlib.sha256(str(one.id).encode()).hexdigest()
    url, warc = f"https://{one.outlet}/{one.id}", f"{one.at:%Y-%m}/x.warc.gz"
    return one.id, 1, url, warc, one.id * 900, 9000, digest, utc(one.at)


def annotation_row(one: Article, rng: random.Random) -> tuple[object, ...]:
    """Return one row of annotations."""
    tone = rng.choices(("netral", "positif", "negatif"), (5, 3, 2))[0] if one.kind == "reporting" else "positif"
    headline = tone if rng.random() < 0.8 else rng.choice(("netral", "positif", "negatif"))
    return one.id, "v1", 1, "2026-01-01T00:00:00Z", one.kind, one.about, 0.9, tone, 0.8, headline


def tag_rows(
    one: Article, pools: dict[str, list[str]], weights: dict[str, list[float]], rng: random.Random
) -> Iterator[tuple[object, ...]]:
    """Yield about four OPDs, two places, a pillar and one or two persons."""
    for what, counts in (
        ("opd", (2, 3, 4, 5, 6)),
        ("place", (1, 2, 3)),
        ("pillar", (0, 1, 1, 1)),
        ("official", (0, 1, 2, 3)),
    ):
        chosen = set(rng.choices(pools[what], cum_weights=weights[what], k=rng.choice(counts)))
        for ident in sorted(chosen):
            role = rng.choices(("actor", "mentioned", "attendee"), (3, 6, 1))[0] if what == "opd" else None
            yield one.id, what, ident, role, int(rng.random() < 0.15), 2


def mention_rows(tag: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
    """Yield where a tag stands; numbers are unique per article and kind by the hash of the id."""
    article, what, ident = tag[:3]
    number = int(hashlib.sha256(str(ident).encode()).hexdigest()[:12], 16)
    for place in (0, 1):
        at = 40 + 300 * place
        yield article, what, number * 2 + place, ident, "text", at, at + 20, "nama dalam teks itu", "name", "name"


def quote_rows(
    one: Article, pools: dict[str, list[str]], weights: dict[str, list[float]], office: Office, rng: random.Random
) -> Iterator[tuple[object, ...]]:
    """Yield about four quotations of one or two speakers, some of them unknown to the profile."""
    known = rng.choices(pools["official"], cum_weights=weights["official"], k=2)
    opd = rng.choices(pools["opd"], cum_weights=weights["opd"], k=2)
    for number in range(rng.choice((0, 2, 4, 5, 8))):
        which = number % 2
        stranger = (one.id + which) % 3 == 0
        name = f"Warga {one.id % 5000}" if stranger else office.names.people[known[which]]
        yield (
            one.id,
            number,
            "text",
            100 * number,
            100 * number + 90,
            "kutipan " * 11,
            name,
            None if stranger else known[which],
            None if stranger else opd[which],
            "ujar",
            int(number % 4 == 3),
            "marks",
        )
