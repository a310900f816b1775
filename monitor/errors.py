"""Errors of the job itself, each one line that names the fix, with the exit code that the command line gives for it.

Errors of the leaves (``ProfileError``, ``StoreError``, ``RecipeError`` ...) pass through as they are: any exception
class defined in this project is a sentence for the operator (``is_told``), anything else is a fault of ours.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable

DONE, FINDINGS, WRONG_INPUT, FAILED = 0, 1, 2, 3
FEW = 8  # names that a message has room for
PACKAGES = ("monitor", "crawlers", "nlp", "db")
DENIED = ": check its permissions and its folder's for this account, or name another place with --store"
FIXES = {
    errno.EACCES: DENIED,
    errno.EPERM: DENIED,
    errno.EROFS: DENIED,
    errno.ENOSPC: ": make room on the disk; what was stored before is safe",
}


class PantauError(Exception):
    """A refusal that the operator can mend; the text says what is wrong and how to put it right."""

    exit_code = WRONG_INPUT


class ConfigError(PantauError):
    """The configuration file or a ``PANTAU_*`` variable holds something that cannot be used."""


class InputError(PantauError):
    """An option or an input file holds something that cannot be used."""


class NoWebAddress(InputError):
    """What was given where a web address is asked for is none."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url!r} is no web address: write it as https://news.example.com/")


class JobError(PantauError):
    """A job that was asked for correctly could not be finished."""

    exit_code = FAILED


class Busy(PantauError):
    """Another instance works on the same store."""

    exit_code = FAILED


class UnknownName(InputError):
    """A name (outlet, OPD, pillar ...) that the registry does not hold; says the nearest that it does, all of a few."""

    def __init__(self, what: str, name: str, known: Iterable[str], listing: str) -> None:
        names = list(known)
        near = find_nearest(name, names)
        few = f"choose {', '.join(names)}" if 0 < len(names) <= FEW else f"see `{listing}`"
        hint = f"did you mean {' or '.join(near)}?" if near else few
        super().__init__(f"unknown {what} {name!r}: {hint}")


def is_told(error: Exception) -> bool:
    """Say whether an error is a sentence of this project, and no fault of the program."""
    return type(error).__module__.split(".")[0] in PACKAGES


def tell_fault(error: Exception) -> str | None:
    """Return the sentence that tells the operator of an error, in one line; None for a fault of the program."""
    from db.faults import explain_fault  # not before it is needed: a command that opens no store starts faster

    told = str(explain_fault(error) or "")
    if is_told(error):
        told = str(error)
    elif isinstance(error, OSError) and error.errno in FIXES:
        told = f"{error.filename or 'system'}: {error.strerror}{FIXES[error.errno]}"
    return " ".join(told.split()) or None


def find_nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return up to ``count`` known names that are spelt like ``name`` or contain it, best first."""
    names = list(known)
    near = difflib.get_close_matches(name.lower(), names, n=count, cutoff=0.6)
    within = [other for other in names if name.lower() in other.lower() and other not in near]
    return (near + sorted(within, key=len))[:count]
