"""The ``pantau`` command: runs one command and turns whatever it raises into one line and an exit code.

Commands are in the sibling modules; this one is the command line's only place that catches broadly.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import typer

from monitor.cli.app import app
from monitor.errors import FAILED, FIXES, WRONG_INPUT, is_told

log = logging.getLogger("pantau")

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)  # which registers its commands


def main() -> None:
    """Entry point of the ``pantau`` script; text goes in and out as UTF-8 whatever the locale says."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whatever started the command (`>&-`): nobody listens
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - for as long as the command lives
    for stream, errors in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    # What a command loads lives as long as the command: the collector need not look through it again and again, nor the
    # interpreter at its end. That takes as long as ten pages of a crawl.
    gc.set_threshold(20_000, 10, 10)
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; return its exit code (0 done, 1 findings, 2 wrong usage or input, 3 failed)."""
    command = typer.main.get_command(app)
    try:  # not ``command(...)``, which would end the process itself when the reader of its output has gone
        with command.make_context("pantau", list(arguments)) as context:
            code = command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as asked:
        return asked.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has seen enough, as with `| head`
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return _complain("stopped by the operator", FAILED)
    except Exception as error:  # noqa: BLE001 - the command line's one place that catches all
        return _explain(error)
    return code if isinstance(code, int) else 0


def _explain(error: Exception) -> int:
    log.debug("traceback of the error below", exc_info=error)
    if hasattr(error, "format_message"):  # typer: wrong usage
        said = error.format_message().replace("Value error, ", "")
        return _complain(f"{said or 'name one of its commands'} (see `pantau --help`)", WRONG_INPUT)
    if is_told(error):
        return _complain(str(error), getattr(error, "exit_code", WRONG_INPUT))
    if isinstance(error, OSError):
        fix = FIXES.get(error.errno or 0, "")
        return _complain(f"{error.filename or 'system'}: {error.strerror or error}{fix}", FAILED)
    from db.faults import explain_fault  # not before it is needed: a command that opens no store starts faster

    if told := explain_fault(error):
        return _explain(told)
    return _complain(f"fault of the program ({type(error).__name__}: {error}); -vv shows where", FAILED)


def _complain(text: str, code: int) -> int:
    sys.stdout.flush()
    print(f"pantau: {' '.join(text.split())}", file=sys.stderr)  # noqa: T201 - the one line that an error gets
    return code
