"""How fast annotation is, as ratios to the stock Indonesian tokenizer alone: ``python benchmarks/annotate.py``.

Prints one table: tokenizers, the whole pipeline, a stream in which 3 % of the articles can name the regency, two
processes against one, the time of each component, the time to load and the growth of memory. Every text is read once,
as both tokenizers remember words: by default those of the corpus, or ``--texts FILE`` (JSON Lines of title and text).
All texts are sent through the pipeline, also those that the cheap test would stop. CPU times of one run.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import spacy

from nlp.annotate import Annotator, build_annotation, load_annotator
from nlp.annotation import Source
from nlp.extensions import join_source, prepare_doc
from nlp.language import IndonesianNews

CORPUS = Path(__file__).resolve().parent.parent / "nlp" / "data" / "corpus"
SHARE = 0.03
_worker: Annotator | None = None


def load_sources(path: Path | None) -> list[Source]:
    """Return the articles of a file, or those of the corpus."""
    files = [path] if path else [CORPUS / f"{part}.jsonl" for part in ("train", "tune", "test")]
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    moment = datetime(2024, 5, 2, tzinfo=UTC)
    articles = [row for row in rows if row.get("type", "article") == "article"]
    return [Source(str(n), row.get("title") or "", row["text"], moment) for n, row in enumerate(articles)]


def measure(run: Callable[[], object]) -> float:
    """Return the CPU seconds of a run."""
    start = time.process_time()
    run()
    return time.process_time() - start


def time_components(annotator: Annotator, sources: Sequence[Source]) -> dict[str, float]:
    """Return CPU seconds by component, tokenizer and assembly of the result included."""
    spent: Counter[str] = Counter()
    for source in sources:
        at = time.thread_time()
        doc = prepare_doc(annotator.nlp.make_doc(join_source(source)), source, annotator.find_day(source))
        spent["tokenizer"] += (now := time.thread_time()) - at
        for name, component in annotator.nlp.pipeline:
            at, doc = now, component(doc)
            spent[name] += (now := time.thread_time()) - at
        build_annotation(doc, "")
        spent["result"] += time.thread_time() - now
    return dict(spent)


def prepare_worker(profile: str) -> None:
    """Load the annotator of a process."""
    global _worker  # noqa: PLW0603 - one per process, as the pool asks for it
    _worker = load_annotator(profile)


def count_in_worker(sources: Sequence[Source]) -> int:
    """Annotate in a process and return a small answer."""
    assert _worker
    return sum(len(found.opd) for found in _worker.annotate(sources, thorough=True))


def time_processes(profile: str, sources: Sequence[Source], processes: int) -> float:
    """Return the wall seconds that some processes need, loading apart."""
    chunks = [list(sources[at : at + 50]) for at in range(0, len(sources), 50)]
    with ProcessPoolExecutor(processes, initializer=prepare_worker, initargs=(profile,)) as pool:
        list(pool.map(count_in_worker, chunks[:processes] * 2))
        start = time.perf_counter()
        list(pool.map(count_in_worker, chunks))
        return time.perf_counter() - start


def build_stream(annotator: Annotator, sources: Sequence[Source], length: int = 3000) -> list[Source]:
    """Return a stream of articles of which a small share passes the cheap test."""
    ours = [source for source in sources if annotator.is_candidate(join_source(source))]
    others = [source for source in sources if not annotator.is_candidate(join_source(source))]
    few = int(length * SHARE)
    return [*islice(cycle(others), length - few), *islice(cycle(ours), few)]


def consume(stream: Iterable[object]) -> None:
    """Run a generator to its end."""
    for _ in stream:
        pass


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--profile", default="siak")
    arguments = parser.parse_args()
    begin = time.perf_counter()
    annotator = load_annotator(arguments.profile)
    load = time.perf_counter() - begin
    sources = load_sources(arguments.texts)
    texts = [join_source(source) for source in sources]
    stock, fresh = spacy.blank("id"), IndonesianNews()
    base = len(texts) / measure(lambda: consume(map(stock.make_doc, texts)))
    rows: list[tuple[str, float]] = [("stock spacy.blank('id'), tokenizer alone", base)]
    rows.append(("id_news, tokenizer alone", len(texts) / measure(lambda: consume(map(fresh.make_doc, texts)))))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows.append(("whole pipeline", len(sources) / measure(lambda: consume(annotator.annotate(sources, thorough=True)))))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    stream = build_stream(annotator, sources)
    rows.append((f"stream, {SHARE:.0%} of it ours", len(stream) / measure(lambda: consume(annotator.annotate(stream)))))
    print(f"{'':44}{'articles/s':>12}{'x stock':>9}")
    for name, speed in rows:
        print(f"{name:44}{speed:12.0f}{speed / base:9.2f}")
    one, two = (time_processes(arguments.profile, sources * 4, n) for n in (1, 2))
    print(f"{'two processes against one':44}{'':12}{one / two:9.2f}")
    parts = time_components(annotator, sources)
    for name, seconds in sorted(parts.items(), key=lambda item: -item[1]):
        print(f"  {name:42}{seconds / len(sources) * 1e6:9.0f} µs")
    print(f"load {load:.2f} s; memory grew by {grown:.1f} MB over {len(sources)} articles")


if __name__ == "__main__":
    main()
