"""Where the data of a command goes: standard output or a file, in the format asked for."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO, get_args, get_origin
from zoneinfo import ZoneInfo

from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.config import Config

STORED_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


ENDINGS = frozenset({"docx", "pdf", "xlsx", "html", "eml", "csv", "json", "jsonl"})  # that say what is in a file


def pick_format(choices: Any, form: Any, named: bool, output: Path | None) -> Any:
    """Return the format to write in: ``form`` where it was ``named`` or the file's name says none, else the ending's.

    ``choices`` is the option's annotation. Raises InputError where the ending says another format than can be had or
    was named: the file could not be opened by what its name promises.
    """
    ending = output.suffix.lower().removeprefix(".") if output else ""
    if ending not in ENDINGS or (named and ending == form):
        return form
    forms = list_choices(choices)
    if named:
        raise InputError(f"--output {output} is named as {ending}, --format says {form}: give both alike")
    if ending not in forms:
        raise InputError(f"--output {output}: this is not written as {ending}; choose {', '.join(forms)}")
    return ending


def list_choices(annotation: Any) -> list[str]:
    """Return the values that an option takes, of which its annotation is made."""
    parts = get_args(annotation)
    if get_origin(annotation) is Literal:
        return list(parts)
    return [value for part in parts for value in list_choices(part)]


def write_listing(config: Config, rows: Iterable[Mapping[str, Any]], columns: Sequence[str], form: str) -> None:
    """Write rows of the store to standard output; a table, which people read, has times of the profile's timezone."""
    if form == "table":
        zone = load_zone(config)
        rows = [localise_row(row, zone) for row in rows]
    write_rows(rows, columns, form)


def load_zone(config: Config) -> ZoneInfo:
    """Return the profile's timezone."""
    from nlp.profile import load_profile

    return ZoneInfo(load_profile(config.profile).timezone)


def localise_row(row: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """Return a row of the store with its times on the clock of ``zone``."""
    return {name: localise(value, zone) for name, value in row.items()}


def localise(value: Any, zone: ZoneInfo) -> Any:
    """Return a stored time as it stands on the clock of ``zone``, ``2026-02-01 07:00:00 WIB``; other values as is."""
    if not isinstance(value, str) or not STORED_TIME.fullmatch(value):
        return value
    from monitor.clock import parse_instant

    return f"{parse_instant(value).astimezone(zone):%Y-%m-%d %H:%M:%S %Z}"


def write_rows(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], form: str, output: Path | None = None
) -> None:
    """Write rows to a file or standard output. Raises InputError: XLSX to a terminal, an unwritable file."""
    from monitor.render import tables

    if form == "xlsx":
        refuse_terminal("xlsx", output)
        write_bytes(tables.render_xlsx(rows, columns, "pantau"), output)
        return
    with open_output(output) as stream:
        match form:
            case "jsonl":
                tables.write_jsonl(rows, stream)
            case "json":
                tables.write_json(list(rows), stream)
            case "csv":
                tables.write_csv(rows, columns, stream)
            case _:
                tables.write_table(rows, columns, stream)


def write_json(value: object, output: Path | None = None) -> None:
    """Write a value as JSON to a file or standard output. Raises InputError when the file cannot be written."""
    from monitor.render import tables

    with open_output(output) as stream:
        tables.write_json(value, stream)


def refuse_terminal(form: str, output: Path | None) -> None:
    """Raise InputError when a format that nobody can read would go to a terminal."""
    if output is None and sys.stdout.isatty():
        raise InputError(f"{form.upper()} is no text: name a file with --output FILE.{form}")


def write_text(text: str, output: Path | None = None) -> None:
    """Write text to a file or standard output. Raises InputError when the file cannot be written."""
    with open_output(output) as stream:
        stream.write(text)


@contextmanager
def open_output(output: Path | None) -> Iterator[TextIO]:
    """Yield standard output, or a file for text that is closed behind. Raises InputError when it cannot be written."""
    if output is None:
        yield sys.stdout
        return
    with open_whole(output, "w", encoding="utf-8", newline="") as file:  # CSV brings its own line ends
        yield file


@contextmanager
def open_whole(output: Path, mode: str, encoding: str | None = None, newline: str | None = None) -> Iterator[Any]:
    """Yield an open file, of which nothing is left when not all of it can be written: one cut short looks like a whole
    one. Raises InputError.
    """
    try:
        file = output.open(mode, encoding=encoding, newline=newline)
    except OSError as error:
        raise InputError(f"--output {output} cannot be written: {error.strerror}") from None
    try:
        with file:
            yield file
    except OSError as error:
        if output.is_file():
            output.unlink(missing_ok=True)
        raise InputError(f"--output {output} cannot be written: {error.strerror}") from None


def write_bytes(data: bytes, output: Path | None) -> None:
    """Write bytes to a file or standard output. Raises InputError when the file cannot be written."""
    if output is None:
        sys.stdout.buffer.write(data)
        return
    with open_whole(output, "wb") as file:
        file.write(data)
