"""CPU time and text quality of extraction, against trafilatura on the same pages: ``python benchmarks/extract.py``.

Pages are generated from invented sentences in several layouts, small and padded to the weight of a real portal page.
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

import trafilatura

from crawlers.extract.page import Page, extract_page
from crawlers.recipe import Recipe

NOW = datetime(2025, 6, 11, 8, 0, tzinfo=UTC)
WORDS = (
    "warga kampung kebun pasar sungai jembatan sekolah panen nanas perahu kelompok tani pemerintah kecamatan dermaga "
    "musim hujan saluran air jalan poros bibit harga pedagang pelajar perpustakaan guru lomba hadiah panitia tepian "
    "lahan keluarga anggaran rapat petugas posko"
)
JOINTS = "yang dan di untuk dengan dari pada akan tidak itu ini oleh para telah"
RECIPE = Recipe.model_validate(
    {"id": "bench.example", "name": "Bench", "domains": ["bench.example"], "kind": "local", "select": {"text": ".isi"}}
)


def build_sentence(rng: random.Random) -> str:
    """Return an invented sentence of 8 to 22 words."""
    words = [rng.choice(JOINTS.split()) if i % 3 == 2 else rng.choice(WORDS.split()) for i in range(rng.randint(8, 22))]
    return " ".join(words).capitalize() + "."


def build_page(rng: random.Random, layout: int, padding: int) -> tuple[str, str]:
    """Return (html, text) of a page in one of four layouts, with `padding` list items around the article."""
    paragraphs = [" ".join(build_sentence(rng) for _ in range(rng.randint(1, 3))) for _ in range(rng.randint(6, 16))]
    title = build_sentence(rng).rstrip(".").title()
    lists = "".join(
        f'<li class="item"><a href="/baca/{n}"><img src="/foto/{n}.jpg" alt=""></a>'
        f'<h4><a href="/baca/{n}">{build_sentence(rng)[:60]}</a></h4><small>{n % 23 + 1} jam lalu</small></li>'
        for n in range(padding)
    )
    also = f'<p><strong>Baca juga: <a href="/z">{build_sentence(rng)}</a></strong></p>'
    body = [
        "".join(f"<p>{p}</p>{also if i == 2 else ''}" for i, p in enumerate(paragraphs)),
        "<br><br>".join(paragraphs),
        "".join(f"<div>{p}</div>" for p in paragraphs),
        f"{paragraphs[0]}<br><br>" + "".join(f"<p>{p}</p>" for p in paragraphs[1:]),
    ][layout]
    html = (
        f'<!doctype html><html lang="id"><head><title>{title} - Warta</title>'
        f'<meta property="og:title" content="{title}"></head><body><ul class="menu">{lists}</ul><h1>{title}</h1>'
        f"<div class=meta>Oleh Deni Saputra | Selasa, 3 Juni 2025 16:45 WIB</div><div class=isi>{body}</div>"
        f"<div class=terkait><h3>Berita Terkait</h3><ul>{lists}</ul></div>"
        f"<div class=foot>Copyright © 2025 Warta. All Rights Reserved.</div></body></html>"
    )
    return html, "\n\n".join(paragraphs)


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
    for label, padding in (("small pages", 8), ("portal pages", 100)):
        rng = random.Random(7)
        pages = [build_page(rng, n % 4, padding) for n in range(options.pages)]
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
