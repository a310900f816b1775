"""What a store that ran for years costs each day: ``python benchmarks/years.py [YEARS]`` (default 1).

A year holds 40,000 invented articles (``benchmarks/invent.py``), the addresses that led to them, a run every ten
minutes, and three editions a day; what retention keeps for 90 days only is there for the last 90. Printed are the
sizes of the largest tables and the processor time of what the service does at every refresh, edition or day.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import invent
from invent import END, utc

from db.addresses import known_addresses
from db.connection import Store, open_store, writing
from db.editions import save_edition
from db.findings import count_arrivals
from db.queries.editions import list_editions
from monitor.config import Retention, load_config
from monitor.editions import build_edition, load_edition
from monitor.gather import Wish, build_plan
from monitor.jobs import Run
from monitor.office import Office, load_office
from monitor.retention import run_retention
from monitor.service_watch import find_due_editions, note_missed

ARTICLES = 40_000  # a year
RUNS = 144  # a day
OTHERS = 1500  # articles about others a day
KEPT = 90  # days
REASONS = ("stored", "known", "not_ours", "unchanged", "timeout")


def main() -> None:
    """Make the store, print sizes and times."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])  # type: ignore[union-attr]
    options.add_argument("years", nargs="?", type=int, default=1)
    years = options.parse_args().years
    rng, office = random.Random(1), load_office(load_config())
    invent.YEARS = years
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store.db") as store:
        invent.fill(store, office, ARTICLES * years, invent.Words(rng), rng)
        fill_addresses(store, office)
        fill_runs(store, 365 * years)
        fill_editions(store, office, 365 * years)
        print(f"{(Path(folder) / 'store.db').stat().st_size / 1e6:,.0f} MB after {years} years, of it")
        for name, size in store.conn.execute(
            "SELECT name, SUM(pgsize) / 1e6 FROM dbstat GROUP BY 1 ORDER BY 2 DESC LIMIT 12"
        ):
            print(f"  {name:40}{size:9.1f} MB")
        for name, ask in questions(store, office, Path(folder)):
            print(f"{name:42}{statistics.median(timed(ask) for _ in range(3)):9.1f} ms", flush=True)


def fill_addresses(store: Store, office: Office) -> None:
    """Add the addresses of the articles, every second with an alias, and of what was about others of late."""
    sql = "INSERT OR IGNORE INTO addresses (url, outlet, state, article_id, at) SELECT"
    outlets = list(office.recipes)
    others = (
        (f"https://{outlet}/lain/{n}/judul-lain", outlet, utc(at), "judul lain", utc(at))
        for n in range(OTHERS * KEPT)
        if (outlet := outlets[n % len(outlets)]) and (at := END - timedelta(days=n / OTHERS))
    )
    with writing(store):
        store.execute(f"{sql} url, outlet, 'article', id, first_seen_at FROM articles")
        store.execute(f"{sql} url || '/amp', outlet, 'alias', id, first_seen_at FROM articles WHERE id % 2 = 0")
        store.conn.executemany(
            "INSERT INTO addresses (url, outlet, state, at, title, published_at) VALUES (?, ?, 'not_ours', ?, ?, ?)",
            others,
        )


def fill_runs(store: Store, days: int) -> None:
    """Add the runs of so many days, as retention leaves them."""
    summary = json.dumps({"outlets": 20, "outcomes": dict.fromkeys(REASONS, 5), "findings": 3, "annotated": 2})
    for number in range(days):
        first = END - timedelta(days=days - number)
        runs = [
            ("refresh", utc(first + timedelta(minutes=10 * n)), utc(first + timedelta(minutes=10 * n + 2)), summary)
            for n in range(RUNS)
        ]
        with writing(store):
            for run in runs:
                found = store.execute(
                    "INSERT INTO runs (job, pid, status, started_at, finished_at, summary)"
                    " VALUES (?, 1, 'done', ?, ?, ?)",
                    run,
                )
                store.conn.executemany(
                    "INSERT INTO tallies (run_id, outlet, reason, n) VALUES (?, '', ?, 9)",
                    [(found.lastrowid, reason) for reason in REASONS],
                )


def fill_editions(store: Store, office: Office, days: int) -> None:
    """Add three editions a day, each as large as that of an ordinary day."""
    for name in office.config.schedule.clocks:
        data = build_edition(store, office, date(2025, 10, 8), name, END).to_json()
        for back in range(days, 0, -1):
            day = END.date() - timedelta(days=back)
            save_edition(store, name, day, {**data, "id": f"{name}-{day}", "day": day.isoformat()}, END)


def questions(store: Store, office: Office, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is done each day, with a name."""
    every = tuple(office.chosen)
    some = Wish(every[::4])
    yield "refresh: plan of a quarter of the outlets", lambda: build_plan(store, office, some, folder)
    yield "refresh: plan of all outlets", lambda: build_plan(store, office, Wish(every), folder)
    yield "refresh: known addresses of all", lambda: sum(1 for _ in known_addresses(store, every, END))
    yield "refresh: arrivals of 28 days", lambda: count_arrivals(store, END - timedelta(days=29), END)
    yield "every minute: editions due and missed", lambda: watch_editions(store, office)
    yield "edition: built", lambda: build_edition(store, office, date(2025, 12, 31), "pagi", END)
    yield "page of editions", lambda: list_editions(store, list(office.config.schedule.clocks), 60)
    yield "an edition as it went out", lambda: load_edition(store, "2025-12-08-pagi")
    yield "retention, once a day", lambda: run_retention(store, Retention(not_ours=10_000, outcomes=10_000), Run(0))


def watch_editions(store: Store, office: Office) -> None:
    """Look which editions are to be made and which were missed."""
    find_due_editions(store, office, END)
    note_missed(store, office, END)


def timed(ask: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that a question takes."""
    started = time.process_time()
    ask()
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
