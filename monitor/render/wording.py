"""The words readers see: Indonesian as in the code, other languages from gettext catalogues; dates by Babel.

``locale/<lang>.po`` is what people edit, ``locale/<lang>.mo`` what is read, made from it by ``make words``. A text
missing in a catalogue is shown in Indonesian; ``tests/monitor/test_wording.py`` holds the catalogues complete.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, get_group_symbol

LOCALES = Path(__file__).with_name("locale")
ENDLESS, PIECE, BREAK = re.compile(r"\w{41,}"), 15, "\u200b"  # no Indonesian word has more than 40 letters
WITHIN_WORDS = "\u00ad\u200b\u2060\ufeff"  # where a word may be broken or must not: nothing to be seen
JOINER = "\u200d"  # holds the parts of an emoji together
MARKS = re.compile(r"[*_~`]")  # which WhatsApp reads as formatting
TITLE_CHARS = 300
CLOCK, CLOCKS = "HH:mm", {"id": "HH.mm"}
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # among them the marks that turn a line's direction around


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: its texts and its way to write days, instants and numbers."""

    lang: str
    texts: NullTranslations

    def say(self, text: str, **values: object) -> str:
        """Return ``text`` in this language with its ``{fields}`` filled in; where it has a form for one, by what is
        counted: ``days``, else ``n``, which a text need not hold itself.
        """
        one = str(values.get("days", values.get("n"))) == "1"
        said = self.texts.ngettext(text, text, 1 if one else 2)
        if said == text:  # most have a single form
            said = self.texts.gettext(text)
        return said.format(**values) if values else said

    def day(self, value: date | str) -> str:
        """Write a day in full: Rabu, 30 Oktober 2024."""
        return _write_day(value, "EEEE, d MMMM y", self.lang)

    def short_day(self, value: date | str) -> str:
        """Write a day briefly: 30 Okt 2024."""
        return _write_day(value, "d MMM y", self.lang)

    def month(self, value: str, pattern: str = "MMMM y") -> str:
        """Write a month (``YYYY-MM``): Oktober 2024."""
        return _write_day(f"{value}-01", pattern, self.lang)

    def tick(self, value: str) -> str:
        """Write a day as the label of a column: 30/10."""
        return _write_day(value, "d/M", self.lang)

    def weekday(self, value: date | str) -> str:
        """Write the day of the week: Rabu."""
        return _write_day(value, "EEEE", self.lang)

    def short_weekday(self, value: str) -> str:
        """Write a day of the week and month: Rab 30."""
        return _write_day(value, "EEE d", self.lang)

    def moment(self, iso: str) -> str:
        """Write an instant in the offset it carries: 30 Okt 18.23."""
        return _write_moment(iso, f"d MMM {CLOCKS.get(self.lang, CLOCK)}", self.lang)

    def published(self, iso: str) -> str:
        """Write when an article came out: 30 Okt 18.23; the day alone where no more is known of it."""
        return self.moment(iso) if tells_hour(iso) else _write_moment(iso, "d MMM", self.lang)

    def published_on(self, iso: str) -> str:
        """Write the same in full: Rabu, 30 Oktober 2024, 18.23."""
        return self.day(iso) + (f", {self.clock(iso)}" if tells_hour(iso) else "")

    def clock(self, iso: str) -> str:
        """Write the time of day of an instant: 18.23."""
        return _write_moment(iso, CLOCKS.get(self.lang, CLOCK), self.lang)

    def number(self, value: float) -> str:
        """Write a number with this language's separators, one decimal at most."""
        if isinstance(value, int):  # nearly all are: a report writes tens of thousands
            return f"{value:,}".replace(",", _find_group_symbol(self.lang))
        return format_decimal(value, "#,##0.#", locale=self.lang)

    def span(self, minutes: int) -> str:
        """Write a span of time: 35 menit, 4 jam, 3 hari; of less than nothing, 4 jam lebih dulu."""
        if minutes < 0:
            return self.say("{span} lebih dulu", span=self.span(-minutes))
        if minutes < 120:
            return self.say("{n} menit", n=minutes)
        if minutes < 48 * 60:
            return self.say("{n} jam", n=round(minutes / 60))
        return self.say("{n} hari", n=round(minutes / 1440))

    def listing(self, items: Sequence[str]) -> str:
        """Write an enumeration: a, b, dan c."""
        return format_list(items, locale=self.lang)

    def share(self, part: float, whole: float) -> str:
        """Write part of whole as a percentage, or a dash when there is no whole."""
        return _write_share(part / whole, self.lang) if whole else "–"


@cache
def _find_group_symbol(lang: str) -> str:
    return get_group_symbol(lang)


def _write_day(value: date | str, pattern: str, lang: str) -> str:
    return format_date(date.fromisoformat(value[:10]) if isinstance(value, str) else value, pattern, locale=lang)


@lru_cache(maxsize=8192)
def _write_moment(iso: str, pattern: str, lang: str) -> str:
    return format_datetime(datetime.fromisoformat(iso), pattern, locale=lang)


@lru_cache(maxsize=1024)
def _write_share(share: float, lang: str) -> str:
    return format_percent(share, locale=lang)


@cache
def load_wording(lang: str) -> Wording:
    """Return the wording of ``lang``; Indonesian needs no catalogue."""
    file = LOCALES / f"{lang}.mo"
    if lang == "id" or not file.is_file():
        return Wording("id", NullTranslations())
    with file.open("rb") as stream:
        return Wording(lang, GNUTranslations(stream))


def name_zone(zone: str, at: str) -> str:
    """Return what people call a timezone: WIB, WITA, WIT; where it has no such name, its offset."""
    return datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).tzname() or zone


def tells_hour(iso: str) -> bool:
    """Say whether more than the day is known of a time of publication: a day alone is stored as its midnight."""
    return datetime.fromisoformat(iso).time() != time(0)


def web_address(url: str | None) -> str:
    """Return an address that opens a page; blank for any other, such as the name of a clip (``ni:``)."""
    return url if url and urlsplit(url).scheme in {"http", "https"} else ""


def say_address(url: str, wording: Wording) -> str:
    """Return what plain text has below a headline: the address, or that there is none."""
    return web_address(url) or wording.say("ditambahkan secara manual")


def unmark(text: str) -> str:
    """Return a text that cannot switch a chat's formatting on or off, shortened only beyond any real headline."""
    flat = MARKS.sub("", flatten(text))
    return flat if len(flat) <= TITLE_CHARS else flat[: TITLE_CHARS - 1] + "…"


def flatten(text: str) -> str:
    """Return text from outside as one printable line: no control, direction or line characters, single blanks."""
    if not text.isprintable():
        text = "".join(_show(char) for char in text if char not in WITHIN_WORDS)
    return soften(" ".join(text.split()))


def _show(char: str) -> str:
    return " " if unicodedata.category(char) in UNPRINTABLE and char != JOINER else char


def soften(text: str) -> str:
    """Return text whose endless words may be broken, at places that nobody sees: no line runs over the paper's edge."""
    return ENDLESS.sub(lambda word: BREAK.join(textwrap.wrap(word[0], PIECE)), text)
