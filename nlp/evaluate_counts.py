"""Counts, article by article and task by task, what was found, invented and missed; ``evaluate`` makes scores of it."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Pairs = Sequence[tuple[Row, Row]]  # gold, predicted
Spot = tuple[str, int, int, str]  # where, start, end, id

QUOTE_OVERLAP = 0.8  # of the union
NAME_LIKENESS = 0.8


@dataclass(frozen=True, slots=True)
class Counted:
    """True positives, false positives and false negatives of one article by class; ``note`` says what went wrong."""

    counts: dict[str, tuple[int, int, int]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A score: how it counts, over which articles, pooled or as a mean of classes; predictions must have ``key``."""

    name: str
    count: Callable[[Pairs], list[Counted]]
    macro: bool = False
    subject_only: bool = False
    key: str = ""


def count_labels(key: str) -> Callable[[Pairs], list[Counted]]:
    """Count one label per article; an absent one is a miss and no false alarm."""

    def count(pairs: Pairs) -> list[Counted]:
        return [count_label(g[key], read_label(p.get(key))) for g, p in pairs]

    return count


def count_label(gold: str, told: str) -> Counted:
    """Count a label against the gold one."""
    if gold == told:
        return Counted({gold: (1, 0, 0)})
    counts = {gold: (0, 0, 1)} | ({told: (0, 1, 0)} if told else {})
    return Counted(counts, f"gold {gold}, told {told or 'nothing'}")


def read_label(value: Any) -> str:
    """Return a label given bare or as {"label": ...}."""
    return str((value.get("label") if isinstance(value, Mapping) else value) or "")


def count_sets(
    read_gold: Callable[[Row], set[str]], read_told: Callable[[Row], set[str]]
) -> Callable[[Pairs], list[Counted]]:
    """Count sets of ids, each id a class."""

    def count(pairs: Pairs) -> list[Counted]:
        return [count_set(read_gold(g), read_told(p)) for g, p in pairs]

    return count


def count_set(gold: set[str], told: set[str]) -> Counted:
    """Count one set against the gold one."""
    counts = {
        ident: (int(ident in gold and ident in told), int(ident not in gold), int(ident not in told))
        for ident in gold | told
    }
    wrong = [f"missed {', '.join(sorted(gold - told))}"] if gold - told else []
    wrong += [f"extra {', '.join(sorted(told - gold))}"] if told - gold else []
    return Counted(counts, "; ".join(wrong))


def pool(count: Callable[[Pairs], list[Counted]]) -> Callable[[Pairs], list[Counted]]:
    """Make one class of all, for tasks with too many classes to list."""

    def pooled(pairs: Pairs) -> list[Counted]:
        return [Counted({"all": sum_counts(c.counts.values())}, c.note) for c in count(pairs)]

    return pooled


def sum_counts(rows: Iterable[tuple[int, int, int]]) -> tuple[int, int, int]:
    """Add up counts."""
    found = list(rows)
    return sum(r[0] for r in found), sum(r[1] for r in found), sum(r[2] for r in found)


def gold_spots(row: Row, kind: str) -> list[Spot]:
    """Return the gold spans of one type in title and text."""
    groups = (("title", row.get("title_spans") or ()), ("text", row["spans"]))
    return [(where, s["start"], s["end"], s["id"]) for where, spans in groups for s in spans if s["type"] == kind]


def told_spots(row: Row, key: str) -> list[Spot]:
    """Return the predicted mentions of a group such as "opd"."""
    entities = row.get(key) or ()
    return [(m.get("in", "text"), m["start"], m["end"], e["id"]) for e in entities for m in e.get("mentions") or ()]


def count_mentions(key: str, kind: str) -> Callable[[Pairs], list[Counted]]:
    """Count mentions: same id, same place, overlapping characters; one to one, in order."""

    def count(pairs: Pairs) -> list[Counted]:
        return [match_spots(gold_spots(g, kind), told_spots(p, key)) for g, p in pairs]

    return count


def match_spots(gold: Sequence[Spot], told: Sequence[Spot]) -> Counted:
    """Pair mentions greedily."""
    left, missed = list(told), []
    for where, start, end, ident in gold:
        hit = next((m for m in left if m[0] == where and m[3] == ident and m[1] < end and m[2] > start), None)
        if hit:
            left.remove(hit)
        else:
            missed.append(ident)
    note = f"missed {missed}, extra {[m[3] for m in left]}"
    return Counted({"all": (len(gold) - len(missed), len(left), len(missed))}, note)


def outer_quotes(row: Row) -> list[Row]:
    """Return the gold quotations of the text that lie in no other one."""
    quotes = [s for s in row["spans"] if s["type"] == "q"]
    return [
        s for s in quotes if not any(o is not s and o["start"] <= s["start"] and s["end"] <= o["end"] for o in quotes)
    ]


def pair_quotes(gold: Row, told: Row) -> tuple[list[tuple[Row, Row]], int, int]:
    """Return the pairs of quotations that agree, how many predicted ones are left and how many gold ones there are."""
    wanted = outer_quotes(gold)
    left = [q for q in told.get("quotes") or () if q.get("in", "text") == "text"]
    pairs = []
    for span in wanted:
        best = max(left, key=lambda q: overlap(span, q), default=None)
        if best is not None and overlap(span, best) >= QUOTE_OVERLAP:
            left.remove(best)
            pairs.append((span, best))
    return pairs, len(left), len(wanted)


def overlap(a: Row, b: Row) -> float:
    """Return the share of the union of two spans that both cover."""
    common = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return common / (max(a["end"], b["end"]) - min(a["start"], b["start"])) if common > 0 else 0.0


def is_speaker(gold_id: str, quote: Row) -> bool:
    """Tell whether a quotation names the gold speaker: by id, or for "?Name" by a name that is like it and no id."""
    if not gold_id.startswith("?"):
        return bool(quote.get("speaker_id") == gold_id)
    name, said = gold_id[1:].lower(), (quote.get("speaker") or "").lower()
    if quote.get("speaker_id") is not None or not said:
        return False
    return name in said or said in name or difflib.SequenceMatcher(None, name, said).ratio() >= NAME_LIKENESS


def count_quotes(with_speaker: bool) -> Callable[[Pairs], list[Counted]]:
    """Count quotations, with or without asking for the right speaker."""

    def count(pairs: Pairs) -> list[Counted]:
        counted = []
        for gold, told in pairs:
            found, extra, wanted = pair_quotes(gold, told)
            wrong = [
                f"{s['id']} is not {q.get('speaker')}" for s, q in found if with_speaker and not is_speaker(s["id"], q)
            ]
            right = len(found) - len(wrong)
            notes = [*wrong, f"{wanted - len(found)} missed, {extra} extra"]
            counted.append(Counted({"all": (right, extra + len(wrong), wanted - right)}, "; ".join(notes)))
        return counted

    return count


def count_copies(pairs: Pairs) -> list[Counted]:
    """Count which release an article copies."""
    urls = {g["id"]: g.get("url") for g, _ in pairs}
    counted = []
    for gold, told in pairs:
        wanted = {str(urls.get(gold["release_of"]))} if gold.get("release_of") else set[str]()
        copied = {str(told["copy_of"].get("url"))} if told.get("copy_of") else set[str]()
        one = count_set(wanted, copied)
        counted.append(Counted({"all": sum_counts(one.counts.values())}, one.note))
    return counted


def count_stories(pairs: Pairs) -> list[Counted]:
    """Count pairs of articles in one story; a pair is counted at its later article."""
    wanted, told = (link_pairs([row.get("story") or "" for row in side]) for side in zip(*pairs, strict=True))
    counted = []
    for at in range(len(pairs)):
        one = count_set({str(i) for i in wanted[at]}, {str(i) for i in told[at]})
        counted.append(Counted({"all": sum_counts(one.counts.values())}, one.note))
    return counted


def link_pairs(stories: Sequence[Any]) -> dict[int, set[int]]:
    """Return for each article the earlier ones of its story."""
    members: dict[Any, list[int]] = defaultdict(list)
    linked: dict[int, set[int]] = defaultdict(set)
    for at, story in enumerate(stories):
        if story:
            linked[at] = set(members[story])
            members[story].append(at)
    return linked


def ids(key: str) -> Callable[[Row], set[str]]:
    """Return a reader of the ids of a predicted group."""
    return lambda row: {entity["id"] for entity in row.get(key) or ()}


def gold_ids(kind: str) -> Callable[[Row], set[str]]:
    """Return a reader of the ids of a gold span type."""
    return lambda row: {spot[3] for spot in gold_spots(row, kind)}


_GROUPS = (("opd", "opd"), ("officials", "off"), ("places", "place"))
METRICS: tuple[Metric, ...] = (
    Metric("about", count_labels("about"), macro=True, key="about"),
    Metric(
        "about_subject",
        lambda pairs: [
            count_set(
                {"subject"} if g["about"] == "subject" else set(), {"subject"} if p.get("about") == "subject" else set()
            )
            for g, p in pairs
        ],
    ),
    Metric("kind", count_labels("kind"), macro=True, key="kind"),
    Metric("tone", count_labels("tone"), macro=True, subject_only=True, key="tone"),
    Metric("headline_tone", count_labels("headline_tone"), macro=True, subject_only=True, key="headline_tone"),
    *(
        metric
        for key, kind in _GROUPS
        for metric in (
            Metric(key, pool(count_sets(gold_ids(kind), ids(key)))),
            Metric(f"{key}_mentions", count_mentions(key, kind)),
        )
    ),
    Metric("pillars", count_sets(lambda row: set(row["pillars"]), ids("pillars")), subject_only=True),
    Metric("quotes", count_quotes(with_speaker=False)),
    Metric("quotes_with_speaker", count_quotes(with_speaker=True)),
    Metric("copies", count_copies, key="copy_of"),
    Metric("stories", count_stories, key="copy_of"),
)
