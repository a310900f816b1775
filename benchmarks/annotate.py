"""How fast annotation is, as ratios to the stock Indonesian tokenizer alone: ``python benchmarks/annotate.py``.

The articles are local news that pass the cheap test, those of corpus and gold; or those of ``--texts FILE`` (JSON
Lines of title and text), where every second one gets a sentence that names the regency. In each round stock tokenizer
and pipeline are made anew, read other articles until their caches are as full as they are in use, and then take turns
at articles that they have not seen, and at the stream of which few are ours. The table holds the medians of the
rounds, and the range of the ratios. It is CPU time, so that other programs disturb less; only the comparison of two
processes with one needs the clock, and a machine at rest.

``--memory N`` annotates N articles more, every one of which reaches the tokenizer and holds new names, and prints how
the process grows.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import spacy
from articles import load_sources, mix_articles, name_regency

from nlp.annotate import WARM_UP, Annotator, build_annotation, load_annotator, spare_collector
from nlp.annotation import Source
from nlp.extensions import join_source, prepare_doc
from nlp.language import IndonesianNews

SHARE = 0.03
TURN = 20  # articles
STREAM = 3000
TASK = 50  # articles that a process takes at a time
NAMES = {
    "stock": "stock spacy.blank('id'), tokenizer alone",
    "tokens": "id_news, tokenizer alone",
    "whole": "whole pipeline (wanted 1.6)",
    "stream": f"stream, {SHARE:.0%} of it ours (wanted 20)",
}
_worker: Annotator | None = None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--profile", default="siak")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--memory", type=int, default=0, metavar="N")
    wanted = parser.parse_args()
    annotator = load_annotator(wanted.profile)
    sources = load_sources(wanted.texts)
    if wanted.texts:
        sources[::2] = [name_regency(source, annotator.profile.name) for source in sources[::2]]
    ours = [source for source in sources if annotator.is_candidate(join_source(source))]
    others = [source for source in sources if not annotator.is_candidate(join_source(source))]
    if wanted.memory:
        measure_memory(annotator, ours, wanted.memory)
        return
    rounds = [time_round(wanted.profile, ours, others, number) for number in range(wanted.rounds)]
    words = statistics.mean(len(source.text.split()) for source in ours)
    print(f"{len(ours)} articles of {words:.0f} words in {len(rounds)} rounds; load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':46}{'articles/s':>12}{'x stock':>9}{'range':>14}")
    for key, name in NAMES.items():
        ratios = [row[key] / row.get(f"stock, {key}", row["stock"]) for row in rounds]
        speed = statistics.median(row[key] for row in rounds)
        print(f"{name:46}{speed:12.0f}{statistics.median(ratios):9.2f}{min(ratios):8.2f}–{max(ratios):.2f}")
    print_processes(wanted.profile, ours)
    print_components(annotator, ours)
    print_loading(wanted.profile)


def time_round(profile: str, ours: Sequence[Source], others: Sequence[Source], number: int) -> dict[str, float]:
    """Return articles per CPU second by row of the table."""
    rng = random.Random(number)
    mixed = rng.sample(ours, len(ours))
    few = int(STREAM * SHARE)
    own, warm, fresh = mixed[:few], mixed[few : len(mixed) // 2], mixed[len(mixed) // 2 :]
    stock, tokens, annotator = spacy.blank("id"), IndonesianNews(), load_annotator(profile)
    spare_collector()

    def annotate(batch: Sequence[Source]) -> None:
        consume(annotator.annotate(batch))

    def tokenize(nlp: spacy.Language) -> Callable[[Sequence[Source]], None]:
        return lambda batch: consume(map(nlp.make_doc, map(join_source, batch)))

    runs = {"stock": tokenize(stock), "tokens": tokenize(tokens), "whole": annotate}
    spent: dict[str, float] = defaultdict(float)
    for run in runs.values():
        run(list(islice(mix_articles(warm, random.Random(number)), WARM_UP)))
    for at in range(0, len(fresh), TURN):
        for key, run in rng.sample(list(runs.items()), len(runs)):
            spent[key] += measure(lambda run=run, at=at: run(fresh[at : at + TURN]))
    speeds = {key: len(fresh) / seconds for key, seconds in spent.items()}
    stream = [*islice(cycle(others), STREAM - few), *own]
    rng.shuffle(stream)
    speeds["stream"], speeds["stock, stream"] = (
        STREAM / measure(lambda run=run: run(stream)) for run in (annotate, runs["stock"])
    )
    return speeds


def consume(stream: Iterable[object]) -> None:
    """Run a generator to its end."""
    for _ in stream:
        pass


def measure(run: Callable[[], object]) -> float:
    """Return the CPU seconds of a run."""
    start = time.process_time()
    run()
    return time.process_time() - start


def print_components(annotator: Annotator, sources: Sequence[Source]) -> None:
    """Print CPU time by component, tokenizer and assembly of the result included, on articles that were seen before."""
    spent: Counter[str] = Counter()
    for turn in range(2):
        for source in sources:
            at = time.thread_time()
            text = join_source(source)
            doc = prepare_doc(annotator.nlp.make_doc(text), source, annotator.find_day(source), text)
            spent["tokenizer"] += (now := time.thread_time()) - at
            for name, component in annotator.components:
                at, doc = now, component(doc)
                spent[name] += (now := time.thread_time()) - at
            build_annotation(doc, "")
            spent["result"] += time.thread_time() - now
        if not turn:
            spent.clear()
    for name, seconds in spent.most_common():
        print(f"  {name:44}{seconds / len(sources) * 1e6:9.0f} µs")


def prepare_worker(profile: str) -> None:
    """Load the annotator of a process."""
    global _worker  # noqa: PLW0603 - one per process, as the pool asks for it
    _worker = load_annotator(profile)


def count_in_worker(sources: Sequence[Source]) -> int:
    """Annotate in a process and return a small answer."""
    assert _worker
    return sum(len(found.opd) for found in _worker.annotate(sources))


def print_processes(profile: str, sources: Sequence[Source]) -> None:
    """Print how much more two processes do on the clock than one, loading apart."""
    many = list(islice(mix_articles(list(sources), random.Random(1)), 24 * TASK))
    chunks = [many[at : at + TASK] for at in range(0, len(many), TASK)]
    ratios = []
    for _ in range(2):
        one, two = (time_processes(profile, chunks, processes) for processes in (1, 2))
        ratios.append(one / two)
    name = "two processes against one (wanted 1.7)"
    print(f"{name:46}{'':12}{statistics.median(ratios):9.2f}{min(ratios):8.2f}–{max(ratios):.2f}")


def time_processes(profile: str, chunks: list[list[Source]], processes: int) -> float:
    """Return the seconds on the clock that some processes need."""
    with ProcessPoolExecutor(processes, initializer=prepare_worker, initargs=(profile,)) as pool:
        list(pool.map(count_in_worker, chunks[: 2 * processes]))
        start = time.perf_counter()
        list(pool.map(count_in_worker, chunks))
        return time.perf_counter() - start


def print_loading(profile: str) -> None:
    """Print the seconds that a new process takes to load the pipeline, and the modules before."""
    code = "import time; a = time.process_time(); from nlp.annotate import load_annotator; b = time.process_time();"
    code += f" load_annotator({profile!r}); print(b - a, time.process_time() - b)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True) for _ in range(5)]
    times = [tuple(map(float, run.stdout.split())) for run in runs]
    modules, pipeline = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"loading: modules {modules:.2f} s, pipeline {pipeline:.2f} s (wanted 1)")


def measure_memory(annotator: Annotator, ours: Sequence[Source], count: int) -> None:
    """Print the size of the process after each tenth of the articles."""
    stream = mix_articles(list(ours), random.Random(1))
    print(f"{'articles':>10}{'MB':>10}{'articles/s':>12}")
    for _ in range(10):
        seconds = measure(lambda: consume(annotator.annotate(islice(stream, count // 10))))
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        size = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
        print(f"{annotator.seen:10,}{size:10.1f}{count / 10 / seconds:12.0f}", flush=True)


if __name__ == "__main__":
    main()
