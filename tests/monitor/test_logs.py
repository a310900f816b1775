"""What an operator sees of a job at work, at a terminal and where there is none."""

from __future__ import annotations

import errno
import io
import logging
import re
import sys
from collections.abc import Callable, Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from monitor.logs import show_records, show_requests, start_log

REQUEST = {"type": "request", "outlet": "warta.example", "url": "https://warta.example/feed/"}


class Terminal(io.StringIO):
    """Standard error as a terminal that keeps what was written."""

    def isatty(self) -> bool:
        return True

    def lines(self) -> list[str]:
        """Return what it showed line by line, also those that were written over, without colours."""
        return re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.getvalue()))


@pytest.fixture
def log() -> Iterator[Callable[..., None]]:
    """Give what starts the log, which is taken down afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield start_log
    for handler in set(root.handlers) - set(before):
        handler.close()
    root.handlers[:] = before
    root.setLevel(level)


def test_a_line_of_the_log_stands_apart_from_the_progress_bar(
    log: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    log(0)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with show_records() as note:
        note({"type": "outcome", "outlet": "warta.example"})
        note({"type": "finding", "outlet": "warta.example", "kind": "blocked", "detail": "status 403"})
    told = next(line for line in terminal.lines() if "status 403" in line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d [\d:]{8} [+-]\d{4} WARNING warta.example: blocked: status 403 *", told)


def test_what_is_asked_is_counted_at_a_terminal_and_listed_elsewhere(
    log: Callable[..., None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log(0)
    for lines, told in ((True, 1), (False, 0)):
        with show_requests("probe", lines=lines) as note:
            note(REQUEST)
        assert capsys.readouterr().err.count("probe: asks https://warta.example/feed/") == told
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with show_requests("probe") as note:
        note(REQUEST)
    assert any("1/?" in line and REQUEST["url"] in line for line in terminal.lines())
    assert not any("INFO" in line for line in terminal.lines())


def test_a_line_that_a_full_disk_does_not_take_is_on_standard_error_and_nothing_else(
    log: Callable[..., None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> bool:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(RotatingFileHandler, "shouldRollover", fail)
    log(0, tmp_path / "pantau.log")
    for _ in range(2):
        logging.getLogger("pantau").warning("the refresh failed")
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" WARNING ")[2] for line in lines] == ["the refresh failed"] * 2
