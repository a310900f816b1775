"""CPU time and text quality of extraction, against trafilatura on the same pages: ``python benchmarks/extract.py``.

Pages are generated from invented sentences in several layouts, small and in the proportions of a real portal page.
Each extractor reads every page in each of three shuffled passes; the median over the passes of the CPU time per page
counts, so that a busy machine spoils little. F1 is on word 4-shingles against the text that went into the page; the
layouts are ours, so it shows that speed costs no quality here, not how the extractors rank on the web at large.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import trafilatura
from invented_pages import build_page, build_portal_page

from crawlers.extract.page import Page, extract_page
from crawlers.recipe import Recipe

NOW = datetime(2025, 6, 11, 8, 0, tzinfo=UTC)
RECIPE = Recipe.model_validate(
    {"id": "bench.example", "name": "Bench", "domains": ["bench.example"], "kind": "local", "select": {"text": ".isi"}}
)


def score(want: str, have: str) -> float:
    """Return F1 on word 4-shingles."""
    a, b = (Counter(zip(*(t.lower().split()[i:] for i in range(4)), strict=False)) for t in (want, have))
    hit = (a & b).total()
    return 2 * hit / (a.total() + b.total()) if a or b else 1.0


def run_pages(
    pages: list[tuple[str, str]], extractors: dict[str, Callable[[str], str]], passes: int
) -> dict[str, tuple[float, float, float]]:
    """Return for each extractor (median ms, 95th percentile ms, mean F1)."""
    rng = random.Random(1)
    times: dict[str, dict[int, list[float]]] = {name: {} for name in extractors}
    scores: dict[str, list[float]] = {name: [] for name in extractors}
    for turn in range(passes):
        jobs = [(name, index) for name in extractors for index in range(len(pages))]
        rng.shuffle(jobs)
        for name, index in jobs:
            html, text = pages[index]
            start = time.process_time()
            found = extractors[name](html)
            times[name].setdefault(index, []).append((time.process_time() - start) * 1000)
            if not turn:
                scores[name].append(score(text, found))
    out = {}
    for name in extractors:
        per_page = sorted(statistics.median(values) for values in times[name].values())
        out[name] = (statistics.median(per_page), per_page[int(0.95 * len(per_page))], statistics.fmean(scores[name]))
    return out


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--passes", type=int, default=3)
    options = parser.parse_args()

    def ours(html: str, recipe: Recipe | None = None) -> str:
        return extract_page(Page("https://bench.example/berita/1/x", html.encode(), "text/html", NOW), recipe).text

    extractors: dict[str, Callable[[str], str]] = {
        "trafilatura default (baseline)": lambda html: trafilatura.extract(html) or "",
        "trafilatura precision": lambda html: trafilatura.extract(html, favor_precision=True) or "",
        "extract_page, no recipe": ours,
        "extract_page, recipe": lambda html: ours(html, RECIPE),
    }
    for label, draw in (("small pages", partial(build_page, padding=8)), ("portal pages", build_portal_page)):
        rng = random.Random(7)
        pages = [draw(rng, n % 4) for n in range(options.pages)]
        size = statistics.fmean(len(html) for html, _ in pages) / 1000
        table = run_pages(pages, extractors, options.passes)
        base = table["trafilatura default (baseline)"][0]
        print(f"{label}: {len(pages)} pages, {size:.0f} kB on average")
        print("(extract_page finds all parts, trafilatura the text alone)")
        print(f"{'':34}{'ms median':>11}{'ms p95':>9}{'x faster':>10}{'F1':>8}")
        for name, (median, p95, f1) in table.items():
            print(f"{name:34}{median:>11.2f}{p95:>9.2f}{base / median:>10.1f}{f1:>8.3f}")
        print()


if __name__ == "__main__":
    main()
