"""What the operator sees while a job works: log lines on standard error, and progress bars where that is a terminal.

Standard output is for data only.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Protocol, TextIO

LEVELS = {-1: logging.WARNING, 0: logging.INFO, 1: logging.INFO}
LOG_BYTES = 10_000_000  # some months of the service; then a new file is begun
LOG_FILES = 4  # so many older ones are kept, as FILE.1 ...
FORMAT = "%(asctime)s %(levelname)-7s %(message)s"


class _Kept(RotatingFileHandler):
    """Goes without the lines that a full disk does not take, which standard error has as well."""

    def handleError(self, record: logging.LogRecord) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)


class _Present(logging.StreamHandler[TextIO]):
    """Writes to standard error as it is at that moment: a progress bar puts itself before it, and keeps lines apart."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def start_log(verbosity: int, file: Path | None = None) -> None:
    """Send the project's log to standard error, and to ``file`` as well when one is named.

    -1 shows warnings, 0 and 1 the project's own lines, 2 and more everything.
    """
    handlers: list[logging.Handler] = [_Present()]
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(_Kept(file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"))
    logging.basicConfig(
        level=logging.WARNING, format=FORMAT, datefmt="%Y-%m-%d %H:%M:%S %z", handlers=handlers, force=True
    )
    logging.getLogger("pantau").setLevel(LEVELS.get(verbosity, logging.DEBUG))


class Step(Protocol):
    """Called with each count of things done; ``note`` says what was done last."""

    def __call__(self, count: int = 1, note: str = "") -> None: ...


@contextmanager
def show_progress(label: str, verbosity: int = 0) -> Iterator[Step]:
    """Show a count without an end on a terminal; elsewhere show nothing (jobs log a line when they end)."""
    if verbosity < 0 or not sys.stderr.isatty():
        yield lambda count=1, note="": None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[note]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=None, note="")
        yield lambda count=1, note="": progress.update(task, advance=count, note=note[:60])


@contextmanager
def show_requests(label: str, verbosity: int = 0, lines: bool = True) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Yield a function to tell each record of a trial to: shows which address is asked, for hosts are given their time.

    Where no terminal counts them, each address gets a line of the log, unless there are too many for that.
    """
    lines = lines and not sys.stderr.isatty()
    with show_progress(label, verbosity=verbosity) as step:

        def note(record: Mapping[str, Any]) -> None:
            if record["type"] == "request":
                step(1, str(record["url"]))
                if lines:
                    logging.getLogger("pantau").info("%s: asks %s", label, record["url"])

        yield note


@contextmanager
def show_records(verbosity: int = 0) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Yield a function to tell each record of a crawl to: counts addresses on a terminal, logs findings."""
    with show_progress("crawl", verbosity=verbosity) as step:

        def note(record: Mapping[str, Any]) -> None:
            if record["type"] in {"article", "outcome"}:
                step(1, str(record["outlet"]))
            elif record["type"] == "finding":
                logging.getLogger("pantau").warning("%s: %s: %s", record["outlet"], record["kind"], record["detail"])

        yield note
