"""Events of a month: stories with their course, issues that want an answer, releases and who took them over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from db.rows import Row
from monitor.answers import speaks
from monitor.digest.stories import count_tones
from monitor.owners import Heirs, Named, find_owners, hand_over, rank
from monitor.releases import list_releases
from monitor.report.dataset import Entry, Issue, Release, Step, Story

TOP_STORIES = 12
STEPS = 8  # of a story's course; a story of 300 copies is not told by all of them


def count_newsrooms(group: Iterable[Entry]) -> int:
    """Return how many newsrooms reported by themselves."""
    return len({entry.outlet for entry in group if entry.independent})


def build_stories(groups: Sequence[list[Entry]]) -> list[Story]:
    """Return the stories that most newsrooms, two at least, reported by themselves, then those of most articles; of
    one article each first those with which a newsroom was negative.
    """

    def rank_of(group: list[Entry]) -> tuple[int, int, bool, str, int]:
        newsrooms, first = count_newsrooms(group), group[0]
        quiet = not any(entry.channel == "earned" and entry.tone == "negatif" for entry in group)
        return (-newsrooms if newsrooms > 1 else 0, -len(group), quiet, first.at, first.id)

    return [_build_story(group) for group in sorted(groups, key=rank_of)[:TOP_STORIES]]


def _build_story(group: Sequence[Entry]) -> Story:
    lead = next((entry for entry in group if entry.independent), group[0])
    return Story(
        id=lead.story,
        headline=lead.title,
        url=lead.url,
        articles=len(group),
        newsrooms=count_newsrooms(group),
        channels=dict(sorted(Counter(entry.channel for entry in group).items())),
        tones=count_tones(entry.tone for entry in group if entry.channel == "earned"),
        opd=rank(key for entry in group for key in entry.opd),
        steps=tuple(
            Step(entry.at, entry.outlet_name, entry.title, entry.tone, entry.channel) for entry in group[:STEPS]
        ),
        last_at=group[-1].at,
    )


def build_issues(
    groups: Iterable[Sequence[Entry]],
    later: Mapping[int, Sequence[Entry]],
    heard: Collection[int],
    blamed: Mapping[int, Collection[str]],
    outside: Collection[str],
    answered: Mapping[int, str],
    heirs: Heirs,
    began: Mapping[int, str],
) -> list[Issue]:
    """Return stories in which a newsroom is negative, the widest spread first.

    ``later`` are what came of each story after the month, ``heard`` the articles in which an office of the government
    is quoted, ``blamed`` the offices towards which each article is negative, ``outside`` those that the government does
    not answer for, ``answered`` since when people said that some are, ``heirs`` those that are asked for offices that
    stand no more, ``began`` since when newsrooms were negative in stories that began before the month.
    """
    issues = []
    for group in groups:
        negative = [entry for entry in group if entry.channel == "earned" and entry.tone == "negatif"]
        if not negative:
            continue
        first = negative[0]
        course = [*group, *later.get(first.story or 0, ())]
        owners = find_owners([Named(entry.opd, blamed.get(entry.id, ())) for entry in negative], outside)
        asked, former = hand_over(owners, heirs)
        issues.append(
            Issue(
                headline=first.title,
                url=first.url,
                since=began.get(first.story or 0, first.at),
                last_at=group[-1].at,
                opd=asked,
                former=former,
                articles=len(negative),
                newsrooms=count_newsrooms(negative),
                answered_at=find_answer(negative, course, heard, answered),
                withdrawn=all(entry.withdrawn for entry in negative),
            )
        )
    return sorted(issues, key=lambda issue: (-issue.newsrooms, -issue.articles, issue.since, issue.url))


def find_answer(
    negative: Sequence[Entry], course: Iterable[Entry], heard: Collection[int], answered: Mapping[int, str]
) -> str | None:
    """Return when a story's ``negative`` articles were answered, first of all; None while one of them, not withdrawn,
    has no answer since, or nothing was. It is what ``monitor.digest.waiting`` goes by.
    """
    course = list(course)
    times = [entry.at for entry in course if speaks(entry, entry.id in heard)]
    times += [answered[entry.id] for entry in course if entry.id in answered]
    latest = max(times, default="")
    if any(entry.id not in answered and not entry.withdrawn and latest <= entry.at for entry in negative):
        return None
    return min((at for at in times if at > negative[0].at), default=latest or None)


def build_releases(entries: Iterable[Entry], copies: Iterable[Row]) -> Iterator[Release]:
    """Yield the month's releases by time with the outlets that took each over."""
    for entry, taken in list_releases(entries, copies):
        pickups = ((copy["outlet_name"], copy["share"], copy["latency_minutes"]) for copy in taken)
        yield Release(entry.title, entry.outlet_name, entry.at, entry.url, tuple(pickups))
