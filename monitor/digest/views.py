"""Who reads: the leadership five lines, the head of an OPD only what names it, the staff everything.

Every view is cut from the one frozen dataset and keeps its id, so that numbers can be traced to the same articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from monitor.digest.counting import count_channel_tones, count_pillars, count_totals
from monitor.digest.dataset import Dataset
from monitor.digest.stories import tell_story
from monitor.errors import InputError, UnknownName


@dataclass(frozen=True, slots=True)
class View:
    """``opd`` is the id of the OPD of a view of that kind, empty in the others."""

    kind: Literal["staf", "pimpinan", "opd"] = "staf"
    opd: str = ""

    def __str__(self) -> str:
        return f"opd:{self.opd}" if self.opd else self.kind


STAFF = View()


def parse_view(text: str, known: Iterable[str]) -> View:
    """Read a view as typed: ``staf``, ``pimpinan`` or ``opd:ID`` of one of the ``known`` OPDs.

    Raises InputError, UnknownName.
    """
    kind, _, opd = text.strip().partition(":")
    if kind == "opd" and opd:
        ids = list(known)
        if opd not in ids:
            raise UnknownName("OPD", opd, ids, "pantau profile show")
        return View("opd", opd)
    if kind == "staf" and not opd:
        return STAFF
    if kind == "pimpinan" and not opd:
        return View("pimpinan")
    raise InputError(f"view {text!r} is unknown: choose staf, pimpinan or opd:ID, for example opd:dishub")


def apply_view(data: Dataset, view: View) -> Dataset:
    """Return what the view shows of a dataset, under the same id; the base for comparison is the regency's, so an
    OPD's view has none. What names an office that it follows is its own: it is asked to answer that.
    """
    if view.kind != "opd":
        return data
    meant = {view.opd, *(old for old, heirs in data.heirs.items() if view.opd in heirs)}
    items = tuple(item for item in data.items if meant & {*item.opd})
    mine = {item.id: item for item in items}
    stories = tuple(
        tell_story(story, group)
        for story in data.stories
        if (group := [mine[key] for key in story.articles if key in mine])
    )
    pillars = {row.id: row.name for row in data.pillars}
    return replace(
        data,
        totals=count_totals(items, len(stories), 0, ()),
        baseline=(),
        tone=count_channel_tones(items),
        attention=tuple(a for a in data.attention if view.opd in a.opd or any(key in mine for key in a.articles)),
        answered=tuple(a for a in data.answered if view.opd in a.opd or any(key in mine for key in a.articles)),
        waiting=tuple(a for a in data.waiting if view.opd in a.opd),
        stories=stories,
        releases=tuple(release for release in data.releases if release.article in mine),
        opd=tuple(row for row in data.opd if row.id in meant),
        pillars=tuple(count_pillars(items, pillars)),
        items=items,
        found_late=tuple(item for item in data.found_late if meant & {*item.opd}),
        carried_over=tuple(key for key in data.carried_over if key in mine),
    )
