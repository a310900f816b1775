"""Quality of extraction on saved pages with known parts: ``python benchmarks/real_pages.py FOLDER``.

No page comes with Pantau. FOLDER holds either `gold.jsonl`, a line per page with `file`, `url` and what is known of
`text`, `must` and `must_not` (pieces that stand in the text, or nowhere in it), `title`, `published_at` (an instant,
or a day alone); or a copy of scrapinghub/article-extraction-benchmark (`ground-truth.json` and `html/*.html.gz`).
trafilatura is measured on the same pages, and readability-lxml and newspaper4k where they are installed.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import trafilatura
from extract import score

from crawlers.extract.page import Page, extract_page

SAME = 60.0  # seconds by which two instants may differ
Parts = dict[str, Any]  # text, title, published_at (ISO)
Extractor = Callable[[bytes, str], Parts]


@dataclass(slots=True)
class Tally:
    """Right answers of one extractor, each with the number of pages that tell what is right."""

    cpu: float = 0.0
    right: dict[str, float] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, value: float) -> None:
        """Count one page's answer, 0 to 1."""
        self.right[what] = self.right.get(what, 0.0) + value
        self.asked[what] = self.asked.get(what, 0) + 1


def read_gold(folder: Path) -> Iterator[tuple[bytes, Parts]]:
    """Yield each page and what is known of it."""
    truth = folder / "ground-truth.json"
    if truth.exists():
        for name, row in json.loads(truth.read_text(encoding="utf-8")).items():
            body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
            yield body, {"url": row.get("url", ""), "text": row["articleBody"]}
        return
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield (folder / row["file"]).read_bytes(), row


def extract_ours(body: bytes, url: str) -> Parts:
    """Extract as ``pantau extract`` does without a recipe."""
    found = extract_page(Page(url, body, None, datetime.now(UTC)))
    at = found.published_at.isoformat() if found.published_at else None
    return {"text": found.text, "title": found.title, "published_at": at}


def extract_with_trafilatura(body: bytes, url: str, *, precision: bool) -> Parts:
    """Extract text and metadata with trafilatura."""
    text = trafilatura.extract(body, url=url or None, include_comments=False, favor_precision=precision) or ""
    meta = trafilatura.extract_metadata(body, default_url=url or None)
    return {"text": text, "title": meta.title if meta else "", "published_at": meta.date if meta else None}


def list_extractors() -> dict[str, Extractor]:
    """Return what can be measured here."""
    out: dict[str, Extractor] = {
        "extract_page, no recipe": extract_ours,
        "trafilatura default": lambda body, url: extract_with_trafilatura(body, url, precision=False),
        "trafilatura precision": lambda body, url: extract_with_trafilatura(body, url, precision=True),
    }
    if importlib.util.find_spec("readability"):
        document, parse = import_module("readability").Document, import_module("lxml.html").fromstring

        def read(body: bytes, _url: str) -> Parts:
            page = document(body.decode("utf-8", "replace"))
            return {"text": parse(page.summary()).text_content(), "title": page.short_title()}

        out["readability"] = read
    if importlib.util.find_spec("newspaper"):
        module = import_module("newspaper")
        article = module.Article

        def gather(body: bytes, url: str) -> Parts:
            page = article(url or "https://page.example/", language="en")
            try:
                page.download(input_html=body.decode("utf-8", "replace"))
                page.parse()
            except module.ArticleException:
                return {}
            at = page.publish_date.isoformat() if page.publish_date else None
            return {"text": page.text, "title": page.title, "published_at": at}

        out["newspaper4k"] = gather
    return out


def judge(tally: Tally, gold: Parts, found: Parts) -> None:
    """Count what was right on one page."""
    text = fold(found.get("text"))
    if gold.get("text"):
        tally.add("F1", score(gold["text"], found.get("text") or ""))
    for piece in gold.get("must") or ():
        tally.add("must", fold(piece) in text)
    for piece in gold.get("must_not") or ():
        tally.add("must not", fold(piece) not in text)
    if gold.get("title"):
        tally.add("title", fold(gold["title"]) == fold(found.get("title")))
    if when := gold.get("published_at"):
        told = found.get("published_at") or ""
        tally.add("day", told[:10] == when[:10])
        if len(when) > 10:
            tally.add("instant", len(told) > 10 and is_same(when, told))


def is_same(one: str, other: str) -> bool:
    """Say whether two ISO dates tell one instant; those without an offset are read as UTC."""
    a, b = (datetime.fromisoformat(text) for text in (one, other))
    a, b = (at if at.tzinfo else at.replace(tzinfo=UTC) for at in (a, b))
    return abs((a - b).total_seconds()) <= SAME


def fold(text: str | None) -> str:
    """Fold whitespace."""
    return " ".join((text or "").split())


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    pages = list(read_gold(options.folder))
    columns = ("F1", "must", "must not", "title", "day", "instant")
    print(f"{len(pages)} pages; n is how many pages or pieces tell what is right")
    print(f"{'':26}" + "".join(f"{name:>16}" for name in columns) + f"{'ms/page':>10}")
    for name, extract in list_extractors().items():
        tally = Tally()
        for body, gold in pages:
            start = time.process_time()
            found = extract(body, gold.get("url") or "")
            tally.cpu += time.process_time() - start
            judge(tally, gold, found)
        cells = (
            f"{tally.right[c] / tally.asked[c]:.3f} (n={tally.asked[c]})" if c in tally.asked else "-" for c in columns
        )
        print(f"{name:26}" + "".join(f"{cell:>16}" for cell in cells) + f"{tally.cpu / len(pages) * 1000:>10.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
