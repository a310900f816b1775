"""The words readers see: Indonesian as in the code, other languages from ``locale/<lang>.po``; dates by Babel.

A text missing in a catalogue is shown in Indonesian; ``tests/monitor/test_wording.py`` holds the catalogues complete.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LOCALES = Path(__file__).with_name("locale")
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # among them the marks that turn a line's direction around


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: its texts and its way to write days, instants and numbers."""

    lang: str
    texts: dict[str, str]

    def say(self, text: str, **values: object) -> str:
        """Return ``text`` in this language with its ``{fields}`` filled in."""
        return self.texts.get(text, text).format(**values) if values else self.texts.get(text, text)

    def day(self, value: date | str) -> str:
        """Write a day in full: Rabu, 30 Oktober 2024."""
        return format_date(
            date.fromisoformat(value) if isinstance(value, str) else value, "EEEE, d MMMM y", locale=self.lang
        )

    def short_day(self, value: date | str) -> str:
        """Write a day briefly: 30 Okt 2024."""
        return format_date(
            date.fromisoformat(value[:10]) if isinstance(value, str) else value, "d MMM y", locale=self.lang
        )

    def tick(self, value: str) -> str:
        """Write a day as the label of a column: 30/10."""
        return format_date(date.fromisoformat(value), "d/M", locale=self.lang)

    def weekday(self, value: date) -> str:
        """Write the day of the week: Rabu."""
        return format_date(value, "EEEE", locale=self.lang)

    def moment(self, iso: str) -> str:
        """Write an instant in the offset it carries: 30 Okt 18.23."""
        return format_datetime(datetime.fromisoformat(iso), "d MMM HH.mm", locale=self.lang)

    def clock(self, iso: str) -> str:
        """Write the time of day of an instant: 18.23."""
        return format_datetime(datetime.fromisoformat(iso), "HH.mm", locale=self.lang)

    def number(self, value: float) -> str:
        """Write a number with this language's separators, one decimal at most."""
        return format_decimal(value, "#,##0.#", locale=self.lang)

    def share(self, part: float, whole: float) -> str:
        """Write part of whole as a percentage, or a dash when there is no whole."""
        return format_percent(part / whole, locale=self.lang) if whole else "–"


@cache
def load_wording(lang: str) -> Wording:
    """Return the wording of ``lang``; Indonesian needs no catalogue."""
    file = LOCALES / f"{lang}.po"
    if lang == "id" or not file.is_file():
        return Wording("id", {})
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=lang)
    return Wording(lang, {str(m.id): str(m.string) for m in catalogue if m.id and m.string})


def flatten(text: str) -> str:
    """Return text from outside as one printable line: no control, direction or line characters, single blanks."""
    kept = "".join(" " if unicodedata.category(char) in UNPRINTABLE and char not in "\u200d" else char for char in text)
    return re.sub(r"\s+", " ", kept).strip()
