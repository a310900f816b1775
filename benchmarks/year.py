"""How long a year's articles take to be tagged anew: ``python benchmarks/year.py [N]`` (default 40,000).

A store is filled with articles of which 12 % pass the cheap test, put together from those of the corpus; then
``pantau annotate --all`` runs on it as the office would run it, reading and writing included. Printed are the seconds
on the clock, the CPU seconds of all its processes, and how much memory the largest took.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from articles import load_sources, mix_articles  # type: ignore[import-not-found, unused-ignore]

from db.articles import save_article
from db.connection import open_store, writing
from nlp.annotate import load_annotator
from nlp.extensions import join_source

SHARE = 0.12
END = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 1000


def main() -> None:
    """Fill a store, annotate, print."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])  # type: ignore[union-attr]
    options.add_argument("articles", nargs="?", type=int, default=40_000)
    options.add_argument("--profile", default="siak")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--runs", type=int, default=2, help="the first finds the articles new, the others anew")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        fill(path, wanted.profile, wanted.articles)
        print(f"{wanted.articles:,} articles, {SHARE:.0%} relevant, {path.stat().st_size / 1e6:,.0f} MB")
        print(f"{'run':10}{'seconds':>10}{'CPU s':>10}{'load':>8}")
        for number in range(wanted.runs):
            seconds, cpu = annotate(path, wanted.profile, wanted.workers)
            print(f"{number + 1:<10}{seconds:10.1f}{cpu:10.1f}{os.getloadavg()[0]:8.1f}", flush=True)
            forget(path)
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"largest process {largest:.0f} MB; wanted: 90 s on two cores")


def fill(path: Path, profile: str, count: int) -> None:
    """Store articles spread over a year."""
    annotator = load_annotator(profile)
    sources = load_sources()
    ours = [source for source in sources if annotator.is_candidate(join_source(source))]
    others = [source for source in sources if not annotator.is_candidate(join_source(source))]
    rng = random.Random(1)
    parts = {True: mix_articles(ours, rng), False: mix_articles(others, rng)}
    step = timedelta(days=365) / count
    store = open_store(path)
    numbers = iter(range(count))
    while batch := list(islice(numbers, BATCH)):
        with writing(store):
            for number in batch:
                source = next(parts[rng.random() < SHARE])
                row = {
                    "url": f"https://o.example/{number}",
                    "outlet": f"o{number % 60}.example",
                    "title": source.title,
                    "text": source.text,
                    "published_at": END - timedelta(days=365) + number * step,
                    "origin": "import",
                }
                save_article(store, row)
    with writing(store):  # grouped already: that is not measured here
        store.conn.execute("UPDATE articles SET linked_revision = revision")
    store.close()


def annotate(path: Path, profile: str, workers: int) -> tuple[float, float]:
    """Run the command; return its seconds on the clock and on all CPUs."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "monitor", "annotate", "--all", "-q", "--store", str(path), "--profile", profile]
    subprocess.run(command, check=True, env={**os.environ, "PANTAU_WORKERS": str(workers)}, stdout=subprocess.DEVNULL)
    took, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def forget(path: Path) -> None:
    """Make the annotations those of an earlier version, as after an update."""
    store = open_store(path)
    with writing(store):
        store.conn.execute("UPDATE annotations SET annotator = 'earlier'")
    store.close()


if __name__ == "__main__":
    main()
