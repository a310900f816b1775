"""Dates and times in running text, as Indonesian and English news pages print them.

Finds every date in a line and says whether the time of day stood beside it. Which of a page's dates is the one of
publication is ``published``'s to decide. Weekday names, often wrong on real pages,
only tell which of two numbers is the month, and only where they are English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

EARLIEST_YEAR = 1995  # before that no news site is on the web
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january janu jan",
            "februari pebruari february febr feb peb",
            "maret march mrt mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agst agus agts agu agt ags aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}
FOREIGN_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar janvier janv enero ene gennaio janeiro",
            "februar février févr febrero febbraio fevereiro",
            "märz mär mars marzo março maart",
            "avril avr abril abr aprile",
            "mai mayo maggio maio",
            "juin junio giugno junho",
            "juillet juil julio luglio julho",
            "août agosto augustus",
            "septembre septiembre settembre setembro",
            "octobre octubre ottobre outubro",
            "novembre noviembre novembro",
            "dezember dez décembre déc diciembre dic dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_ZONES = {"wib": 7, "wita": 8, "wit": 9, "utc": 0, "gmt": 0, "z": 0}
_FAR_ZONES = {  # in capitals only: in small letters some are words
    name: float(hours)
    for name, hours in re.findall(
        r"(\w+) (-?[\d.]+)",
        "EST -5 EDT -4 CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7 BST 1 CET 1 CEST 2 EET 2 EEST 3 MSK 3 IST 5.5 HKT 8 "
        "SGT 8 JST 9 KST 9 AEST 10 AEDT 11",
    )
}
_ZONE = (
    r"(?:wib|wita|wit|(?:utc|gmt)(?:\s*[+-]\s*\d{1,2}(?::?\d\d)?)?|z|[+-]\d\d:?\d\d"
    rf"|(?-i:ET|{'|'.join(_FAR_ZONES)}))"
)
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?:[.:](?P<second>[0-5]\d))?(?:\.\d+)?"
    rf"\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>{_ZONE}(?![a-z\d]))?"
)
_HIJRI = r"(?:[\s/|(,]*\d{1,2}\s+[a-z'’` ]{4,22}\s14\d\d\s*H\b\)?)?"  # the same day in the Muslim calendar
_AFTER = re.compile(
    rf"{_HIJRI}[\s,|•·–—/()@\-]*(?:T(?=\d)|(?:pada\s+)?(?:pukul|pkl|jam|kl|at|time)\.?\s*:?|pada\s)?\s*{_CLOCK}",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?<![\d.:,/]){_CLOCK}\)?[\s,|•·–—-]{{1,4}}(?:[a-z]+(?:['’`][a-z]+)?,?\s+)?$", re.IGNORECASE)
_UNITS = {
    "detik": 1,
    "second": 1,
    "sec": 1,
    "menit": 60,
    "minute": 60,
    "min": 60,
    "jam": 3600,
    "hour": 3600,
    "hr": 3600,
    "hari": 86400,
    "day": 86400,
    "minggu": 604800,
    "pekan": 604800,
    "week": 604800,
    "bulan": 2592000,
    "month": 2592000,
    "tahun": 31536000,
    "year": 31536000,
}
_UNIT = "|".join(_UNITS)
_AS_PRINTED = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d?) ([\d:]{8}) (\S+) (\d{4})$")  # Java's and C's form
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_DAY = re.compile(rf"\b({'|'.join(_WEEK)})[a-z]*\.?,?\s+$", re.IGNORECASE)  # before a date
_ALONE = 2  # words of a line up to which "hari ini" without a clock may tell a date, and not advertise
_DIGIT = re.compile(r"\d")
_MAYBE_RELATIVE = re.compile("lalu|ago|kemarin|saja|hari ini|yesterday|today|just now", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"(?<!\w)(?:(?P<count>\d{{1,3}})\s*|(?P<one>se)|(?P<a>an?\s+))(?P<unit>{_UNIT})s?\s+(?:yang\s+)?(?:lalu|ago)\b"
    r"|(?P<now>\bbaru saja\b|\bjust now\b)"
    rf"|\b(?P<word>kemarin|yesterday|hari ini|today)\b[\s,]*(?:(?:pukul|pkl|jam|at)\.?\s*)?(?:{_CLOCK})?",
    re.IGNORECASE,
)


def _day_pattern(months: Iterable[str]) -> re.Pattern[str]:
    month = "(?:" + "|".join(sorted(months, key=len, reverse=True)) + ")"
    return re.compile(
        rf"(?<![\d.:-])(?<!\d/)(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s*[-/.]?\s*(?:(?:of|de)\s+)?(?P<m1>{month})\b\.?,?\s*[-/]?\s*(?:de\s+)?(?P<y1>\d{{4}}|'?\d\d(?=\D|$)(?![.:]\d\d))(?![\d])"
        rf"|\b(?P<m2>{month})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})(?!\d)"
        r"|(?<![\d/.-])(?P<y3>(?:19|20)\d\d)[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?![\d/-])"
        r"|(?<![\d/.-])(?P<d4>\d{1,2})(?P<s4>[-/.])(?P<m4>\d{1,2})(?P=s4)(?P<y4>(?:19|20)\d\d|\d\d)(?![\d/-])",
        re.IGNORECASE,
    )


_DAY, _FOREIGN_DAY = _day_pattern(MONTHS), _day_pattern(MONTHS | FOREIGN_MONTHS)


@dataclass(frozen=True, slots=True)
class Found:
    """One date in a text."""

    at: datetime  # aware
    exact: bool  # the time of day stood there too
    start: int  # characters of the text it was read from
    end: int
    relative: bool = False  # counted back from now: right to its unit only


def find_dates(
    text: str, now: datetime, zone: tzinfo, *, day_first: bool = True, foreign: bool = False
) -> Iterator[Found]:
    """Yield the dates of a line in their order.

    Parameters
    ----------
    now
        Aware; base of "2 jam lalu" and bound of what is believed.
    zone
        Of times that name none.
    day_first
        Reading of 03/04/2025 where both are possible.
    foreign
        Know the months of other languages of the Latin alphabet too.
    """
    seen = False
    pattern = _FOREIGN_DAY if foreign else _DAY
    for match in pattern.finditer(text) if _DIGIT.search(text) else ():
        day = _day_of(match, day_first)
        if match["d4"] and (told := _ENGLISH_DAY.search(text, 0, match.start())):
            day = _day_on(told[1], match, day)
        if day is None:
            continue
        seen = True
        after = _AFTER.match(text, match.end())
        if after:
            yield Found(_at(day, after, zone), True, match.start(), after.end())
        elif before := _BEFORE.search(text, max(0, match.start() - 40), match.start()):
            yield Found(_at(day, before, zone), True, before.start(), match.end())
        else:
            yield Found(day.replace(tzinfo=zone), False, match.start(), match.end())
    if not seen and _MAYBE_RELATIVE.search(text):
        yield from _relative(text, now, zone)


def parse_instant(
    value: object, now: datetime, zone: tzinfo, *, day_first: bool = True, guess: bool = True
) -> Found | None:
    """Read a machine-written date (JSON-LD, meta, feed, an attribute); None when it is none.

    Takes ISO 8601 in its loose forms, RFC 822, `date`, Unix seconds or milliseconds, and what `find_dates`
    knows; a form that nobody foresaw goes to dateparser, unless without `guess`: it takes as long as a whole page.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(float(value))
    if not isinstance(value, str) or not (text := " ".join(value.split())) or len(text) > 120:
        return None
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _from_epoch(float(text))
    if re.fullmatch(r"\d{14}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]} {text[8:10]}:{text[10:12]}:{text[12:]}"
    text = _AS_PRINTED.sub(r"\1 \4 \2 \3", text)
    found = _from_iso(text, zone) or next(find_dates(text, now, zone, day_first=day_first), None)
    if found or not guess or not any(c.isdigit() for c in text):
        return found
    import dateparser  # a tenth of a second to load, and hardly a page needs it

    at = dateparser.parse(
        text, languages=["id", "en"], settings={"DATE_ORDER": "DMY", "RELATIVE_BASE": now.replace(tzinfo=None)}
    )
    if at is None or not EARLIEST_YEAR <= at.year <= now.year + 1:
        return None
    return Found(at if at.tzinfo else at.replace(tzinfo=zone), at.time() != datetime.min.time(), 0, len(text))


def _from_iso(text: str, zone: tzinfo) -> Found | None:
    if not re.match(r"\d{4}-?\d\d-?\d\d(?!\d)", text):
        return None
    text = re.sub(r"(?<=\d)\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text.replace("/", "-"))
    text = re.sub(r"([+-])(\d):(\d\d)$", r"\g<1>0\2:\3", text)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if at.year < EARLIEST_YEAR:
        return None
    exact = len(text) > 10 and (at.hour, at.minute, at.second) != (0, 0, 0)
    return Found(at if at.tzinfo else at.replace(tzinfo=zone), exact, 0, len(text))


def _from_epoch(value: float) -> Found | None:
    if value > 1e11:
        value /= 1000
    return Found(datetime.fromtimestamp(value, UTC), True, 0, 0) if 8e8 < value < 4e9 else None


def _day_of(match: re.Match[str], day_first: bool) -> datetime | None:
    which = next(n for n in "1234" if match[f"d{n}"])
    day, month, year = int(match[f"d{which}"]), match[f"m{which}"].lower(), int(match[f"y{which}"].lstrip("'"))
    number = MONTHS.get(month) or FOREIGN_MONTHS.get(month) or int(month)
    # with dots the day stands first wherever such dates are written
    if which == "4" and (number > 12 or (not day_first and match["s4"] != "." and day <= 12)):
        day, number = number, day
    if year < 100:
        if which == "4" and match["s4"] == ".":  # 13.05.22 is a time or a version sooner than a date
            return None
        year += 2000
    try:
        return datetime(year, number, day) if year >= EARLIEST_YEAR else None  # noqa: DTZ001 - the caller adds the zone
    except ValueError:
        return None


def _day_on(weekday: str, match: re.Match[str], day: datetime | None) -> datetime | None:
    """Return the reading of 01/10/2026 that falls on the weekday before it, where only one of the two does."""
    wanted = _WEEK.index(weekday.lower())
    fits = {read for first in (True, False) if (read := _day_of(match, first)) and read.weekday() == wanted}
    return fits.pop() if len(fits) == 1 else day


def _at(day: datetime, clock: re.Match[str], zone: tzinfo) -> datetime:
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0].lower() == "p" else 0)
    stated = _zone_of(clock["zone"]) or zone
    return day.replace(hour=hour, minute=int(clock["minute"]), second=int(clock["second"] or 0), tzinfo=stated)


def _zone_of(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "ET":
        return ZoneInfo("America/New_York")
    if text in _FAR_ZONES:
        return timezone(timedelta(hours=_FAR_ZONES[text]))
    name, sign, digits = re.fullmatch(r"([a-z]*)\s*([+-]?)\s*([\d:]*)", text.lower()).groups()  # type: ignore[union-attr]
    digits = digits.replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits or 0), 0)
    shift = timedelta(hours=_ZONES.get(name, 0)) + (-1 if sign == "-" else 1) * timedelta(hours=hours, minutes=minutes)
    return timezone(shift) if abs(shift) < timedelta(hours=24) else None


def _relative(text: str, now: datetime, zone: tzinfo) -> Iterator[Found]:
    here = now.astimezone(zone)
    for match in _RELATIVE.finditer(text):
        if match["now"]:
            yield Found(here, True, *match.span(), relative=True)
        elif match["word"] and not match["hour"] and len(text.split()) > _ALONE:
            continue
        elif match["word"]:
            back = 1 if match["word"].lower() in ("kemarin", "yesterday") else 0
            day = (here - timedelta(days=back)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
            at = _at(day, match, zone) if match["hour"] else day.replace(tzinfo=zone)
            yield Found(at, bool(match["hour"]), *match.span(), relative=True)
        else:
            seconds = int(match["count"] or 1) * _UNITS[match["unit"].lower()]
            at = here - timedelta(seconds=seconds)
            exact = seconds < 86400
            day = at.replace(hour=0, minute=0, second=0, microsecond=0)
            yield Found(at.replace(second=0, microsecond=0) if exact else day, exact, *match.span(), relative=True)
