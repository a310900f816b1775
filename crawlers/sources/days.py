"""Lists of a day: indexes that ask for a date, by a form or by a link that carries today's.

Finds how such an index is asked and walks it day by day, where no other list reaches back as far as is wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urljoin

from selectolax.lexbor import LexborHTMLParser

from crawlers.recipe import Recipe

FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d%m%Y")
MOST = 400  # days that are asked for
EMPTY = 10  # days in a row without an article behind which the index is taken to end
_LABEL = 4  # words of a link to a list; a headline has more
_WRITTEN = re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}|(?<!\d)\d{8}(?!\d)")


@dataclass(frozen=True, slots=True)
class Index:
    """An index by days: its address with ``{date}`` in it, and how the day is written there."""

    url: str
    form: str

    def of(self, day: datetime) -> str:
        """Return the address of one day's list."""
        return self.url.replace("{date}", day.strftime(self.form))


def find_index(tree: LexborHTMLParser, base: str, now: datetime, recipe: Recipe) -> Index | None:
    """Return how a page offers lists of days: a form with a field for a date, or a link to today's or yesterday's."""
    if field := tree.css_first("form input[type=date][name]"):
        holder = field.parent
        while holder is not None and holder.tag != "form":
            holder = holder.parent
        if holder is not None and (holder.attributes.get("method") or "get").lower() == "get":
            place = urljoin(base, (holder.attributes.get("action") or "").strip())
            asked = urlencode({field.attributes.get("name") or "": "{date}"}, safe="{}")
            return _own(f"{place.partition('?')[0]}?{asked}", FORMATS[0], recipe)
    days = [now.astimezone(recipe.zone) - timedelta(days=back) for back in (0, 1)]
    for node in tree.css("a[href]"):
        href = node.attributes.get("href") or ""
        if not _WRITTEN.search(href) or len((node.text() or "").split()) > _LABEL:
            continue
        for form in FORMATS:
            for at in days:
                written = at.strftime(form)
                if re.search(rf"(?:^|[/=_-]){re.escape(written)}(?:\.html?)?/?$", href):
                    place = "{date}".join(href.rsplit(written, 1))
                    return _own(urljoin(base, place), form, recipe)
    return None


def list_days(since: datetime, until: datetime, recipe: Recipe) -> list[datetime]:
    """Return the days from one time to another, the newest first, each by an instant of it in the outlet's zone."""
    last, first = until.astimezone(recipe.zone), since.astimezone(recipe.zone)
    return [last - timedelta(days=back) for back in range((last.date() - first.date()).days + 1)]


def _own(url: str, form: str, recipe: Recipe) -> Index | None:
    return Index(url, form) if recipe.own_address(url.replace("{date}", "0")) else None
