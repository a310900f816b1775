"""Lists of a day: indexes that ask for a date, by a form or by a link that carries today's.

Finds how such an index is asked and walks it day by day, where no other list reaches back as far as is wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from urllib.parse import urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawlers.recipe import Recipe

FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d%m%Y")
MOST = 400  # days that are asked for
EMPTY = 10  # days in a row without an article behind which the index is taken to end
_LABEL = 4  # words of a link to a list; a headline has more
# the end of an address
_DATED = re.compile(
    r"(?:^|[/=_-])(\d{4}([-/])\d\d\2\d\d|\d\d([-/])\d\d\3\d{4}|\d{8})(?:\.html?)?/?$"
)  # an address's end


@dataclass(frozen=True, slots=True)
class Index:
    """An index by days: its address with ``{date}`` in it, how the day is written there, and the newest it tells of."""

    url: str
    form: str
    newest: datetime | None = None  # where that is not today

    def of(self, day: datetime) -> str:
        """Return the address of one day's list."""
        return self.url.replace("{date}", day.strftime(self.form))


def find_indexes(tree: LexborHTMLParser, base: str, now: datetime, recipe: Recipe) -> tuple[Index, ...]:
    """Return how a page offers lists of days: a link to one, today's and yesterday's before older ones of the page's
    own, and a form with a field for a date.

    Some forms work only by script, so a link comes first.
    """
    found = (_find_linked(tree, base, now, recipe), _find_asked(tree, base))
    return tuple(index for index in found if index and recipe.own_address(index.url.replace("{date}", "0")))


def _find_asked(tree: LexborHTMLParser, base: str) -> Index | None:
    if field := tree.css_first("form input[type=date][name]"):
        holder = field.parent
        while holder is not None and holder.tag != "form":
            holder = holder.parent
        if holder is not None and (holder.attributes.get("method") or "get").lower() == "get":
            place = urljoin(base, (holder.attributes.get("action") or "").strip())
            asked = urlencode({field.attributes.get("name") or "": "{date}"}, safe="{}")
            return Index(f"{place.partition('?')[0]}?{asked}", FORMATS[0])
    return None


def _find_linked(tree: LexborHTMLParser, base: str, now: datetime, recipe: Recipe) -> Index | None:
    today, older = now.astimezone(recipe.zone), list[Index]()
    for node in tree.css("a[href]"):
        href = node.attributes.get("href") or ""
        if len((node.text() or "").split()) > _LABEL or not (match := _DATED.search(href)):
            continue
        url = urljoin(base, f"{href[: match.start(1)]}{{date}}{href[match.end(1) :]}")
        for form in FORMATS:
            day = _read_day(match[1], form, today)
            if day and today - day < timedelta(days=2):
                return Index(url, form)
            if day and url.startswith(base.rstrip("/")) and urlsplit(base).path.strip("/"):
                older.append(Index(url, form, day))
    return max(older, key=attrgetter("newest"), default=None)


def _read_day(written: str, form: str, today: datetime) -> datetime | None:
    """Return the day that is written so, at the time of day that it is now; none for one to come, or that is none."""
    try:
        day = datetime.strptime(written, form).replace(tzinfo=today.tzinfo)
    except ValueError:
        return None
    day = datetime.combine(day, today.timetz())
    return day if day <= today and day.strftime(form) == written else None


def list_days(since: datetime, until: datetime, recipe: Recipe) -> list[datetime]:
    """Return the days from one time to another, the newest first, each by an instant of it in the outlet's zone."""
    last, first = until.astimezone(recipe.zone), since.astimezone(recipe.zone)
    return [last - timedelta(days=back) for back in range((last.date() - first.date()).days + 1)]
