"""CPU time per page of a whole crawl, against bare Scrapy on the same pages: ``python benchmarks/crawl.py``.

A server on this machine stands for sixty outlets with invented articles, on small pages and on such as a portal serves,
packed as outlets send them. ``pantau crawl`` downloads, extracts, archives and stores them without a delay; bare
Scrapy downloads the same addresses and throws them away. Both run as processes of their own in turns; user and system
time come from the kernel, with the start of the interpreter, and the median counts.

``--pages FOLDER`` serves saved pages of yours instead (`saved_pages` tells what is changed in them), each under many
addresses; ``--select`` gives Pantau a recipe with selectors for their text.

``--peers [PYTHON]`` adds other tools on fewer of the same pages, run by an interpreter that has them (or that
PANTAU_BENCH_PEERS names); of their time, start and imports are left out.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pipe, Process
from pathlib import Path

from peers import BARE, PROGRAMS, find_interpreter, run_peer
from saved_pages import read_articles
from site_pages import SIZES, draw_articles, host_of, serve

from db.connection import open_store
from db.runs import count_outcomes
from nlp.profile import load_profile


@dataclass(frozen=True, slots=True)
class Used:
    """What a process and its children used."""

    cpu: float  # seconds
    clock: float  # seconds
    memory: float  # MiB, of the largest process


def run(command: list[str], environment: dict[str, str]) -> Used:
    """Run a command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[:4]} ended with {process.returncode}")
    return Used(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024)


def run_pantau(folder: Path, proxy: str, outlets: int, select: list[str], turn: int) -> Used:
    """Crawl all outlets into a new store."""
    selectors = f"[select]\ntext = {json.dumps(select)}\n" if select else ""
    recipes = folder / "recipes"
    recipes.mkdir(exist_ok=True)
    for outlet in range(outlets):
        host = host_of(outlet)
        (recipes / f"{host}.toml").write_text(
            f'name = "{host}"\ndomains = ["{host}"]\nkind = "local"\narticle_url = "^/berita/"\n'
            f'[[source]]\nkind = "listing"\nurl = "http://{host}/kanal"\n{selectors}'
        )
    config = folder / "config.toml"
    config.write_text(f'recipes = ["{recipes}"]\n')
    named = [part for outlet in range(outlets) for part in ("--outlet", host_of(outlet))]
    environment = {
        "PANTAU_CONFIG": str(config), "PANTAU_STORE": str(folder / f"{turn}.db"), "http_proxy": proxy,
        "https_proxy": proxy, "no_proxy": "", "PYTHONDONTWRITEBYTECODE": "",  # compiled once, as pip leaves Scrapy
    }  # fmt: skip
    return run([sys.executable, "-m", "monitor", "crawl", "-q", "--delay", "0", *named], environment)


def count_ends(folder: Path, turn: int) -> str:
    """Return how the addresses of a turn ended."""
    store = open_store(folder / f"{turn}.db", read_only=True)
    ends = count_outcomes(store, 1)
    store.close()
    return ", ".join(f"{count} {reason}" for reason, count in ends.items())


def measure(label: str, draw: Callable[[], Iterable[tuple[str, str]]], asked: argparse.Namespace) -> None:
    """Print the table of one kind of page."""
    here, there = Pipe()
    server = Process(target=serve, args=(draw, asked.outlets, there), daemon=True)
    server.start()
    port, articles, weight = here.recv()
    proxy = f"http://127.0.0.1:{port}"
    rows: dict[str, list[Used]] = {"pantau crawl": [], BARE: []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        addresses = folder / "addresses"
        addresses.write_text("\n".join(articles))
        arguments = [str(addresses), proxy, "" if asked.foreign else "id"]
        for turn in range(asked.turns):
            rows["pantau crawl"].append(run_pantau(folder, proxy, asked.outlets, asked.select, turn))
            rows[BARE].append(run([sys.executable, "-c", PROGRAMS[BARE], *arguments], {}))
        title = f"{label}: {asked.outlets} outlets, {len(articles)} articles of {weight / 1024:.0f} KiB"
        print(f"{title}, {asked.turns} turns; in the last: {count_ends(folder, asked.turns - 1)}")
        cost = _print_rows(rows, len(articles))
        if asked.peers is not None:
            addresses.write_text("\n".join(articles[: asked.peer_articles]))
            _print_peers(find_interpreter(asked.peers), arguments, cost)
    server.terminate()
    server.join()
    print()


def _print_rows(rows: dict[str, list[Used]], pages: int) -> float:
    """Print what was measured in turns; return the first one's CPU milliseconds per page."""
    print(f"{'':28}{'CPU ms/page':>12}{'least–most':>14}{'s by clock':>12}{'MiB':>6}")
    for label, runs in rows.items():
        cpu = [used.cpu / pages * 1000 for used in runs]
        clock, memory = statistics.median(used.clock for used in runs), max(used.memory for used in runs)
        spread = f"{min(cpu):.1f}–{max(cpu):.1f}"
        print(f"{label:28}{statistics.median(cpu):12.2f}{spread:>14}{clock:12.1f}{memory:6.0f}")
    ratios = [a.cpu / b.cpu for a, b in zip(*rows.values(), strict=True)]
    print(f"{'ratio, turn by turn':28}{statistics.median(ratios):12.2f}{f'{min(ratios):.2f}–{max(ratios):.2f}':>14}")
    return statistics.median(used.cpu for used in rows["pantau crawl"]) / pages * 1000


def _print_peers(interpreter: str, arguments: list[str], ours: float) -> None:
    pages = len(Path(arguments[0]).read_text().split())
    print(f"{'other tools, same pages':28}{'CPU ms/page':>12}{'x ours':>14}{'articles':>12}")
    for label in PROGRAMS:
        if label == BARE:
            continue
        done = run_peer(label, interpreter, arguments)
        if isinstance(done, str):
            print(f"{label:28}{done:>12}")
            continue
        found, seconds = done
        cost = seconds / pages * 1000
        print(f"{label:28}{cost:12.2f}{cost / ours:14.1f}{f'{found}/{pages}':>12}")


def main() -> None:
    """Print a table for each size of page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outlets", type=int, default=60)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--size", choices=(*SIZES, "all"), default="all")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="saved pages to serve, *.html")
    parser.add_argument("--select", nargs="+", default=[], metavar="CSS", help="selectors of the saved pages' text")
    parser.add_argument("--foreign", action="store_true", help="pages that need the slow, generic extractor")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--peers", nargs="?", const="", metavar="PYTHON", help="an interpreter that has other tools")
    parser.add_argument("--peer-articles", type=int, default=100)
    asked = parser.parse_args()
    word = load_profile("siak").keywords[0]
    kinds = {size: partial(draw_articles, asked.articles, word, size, foreign=asked.foreign) for size in SIZES}
    if asked.pages:
        kinds = {asked.pages.name: partial(read_articles, asked.pages, asked.articles, word, foreign=asked.foreign)}
    for label, draw in kinds.items():
        if asked.size in (label, "all") or asked.pages:
            measure(label, draw, asked)


if __name__ == "__main__":
    main()
