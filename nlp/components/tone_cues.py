"""Counts the words of ``data/tone.toml`` in an article, zone by zone: features of the tone models and their evidence.

What a word is worth is the model's affair.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, combinations
from typing import Literal, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlp.extensions import lows_of, read_text, words_of
from nlp.matching import Phrases, find_longest
from nlp.tables import load_table

Zone = Literal["title", "lead", "body", "quoted"]
CATEGORIES = (
    "complaint",
    "failure",
    "scandal",
    "silence",
    "achievement",
    "delivery",
    "praise",
    "denial",
    "plan",
    "government",
    "citizens",
    "council",
    "police",
    "mishap",
    "election",
    "company",
    "sport",
)
ZONES: tuple[Zone, ...] = ("title", "lead", "body", "quoted")
CUES = tuple(
    [f"{zone}:{category}" for zone in ZONES for category in CATEGORIES]
    + [f"turned:{category}" for category in CATEGORIES]
    + [f"{zone}:empty" for zone in ZONES]
    + ["quoted:share"]
    + [f"{one}&{other}" for one, other in combinations(sorted(CATEGORIES), 2)]
)

_WORD_LENGTH = 6  # characters of an Indonesian word in the press, space included
_FRONT: frozenset[Zone] = frozenset({"title", "lead"})
_FEW_WORDS = 8  # shorter zones count as this long


class Cue(NamedTuple):
    """One listed word or phrase; ``turned`` when a negation or a verb of fighting stands right before it."""

    category: str
    zone: Zone
    start: int  # characters of the doc
    end: int
    turned: bool


class CueCounter:
    """Finds cues in tokenized articles; built once for a pipeline's vocabulary."""

    def __init__(self, nlp: Language) -> None:
        table = load_table("tone")
        self.phrases = Phrases(nlp)
        last = {phrase: category for category in CATEGORIES for phrase in table[category]}  # of several
        self.categories = {
            self.phrases.add(phrase for phrase in table[category] if last[phrase] == category): category
            for category in CATEGORIES
        }
        self.turning = frozenset(table["turning"]["words"])
        self.reach = int(table["turning"]["reach"])

    def find(self, doc: Doc, title_end: int, quotes: Sequence[tuple[int, int]]) -> list[Cue]:
        """Return the longest cues in order; ``title_end`` and ``quotes``, in order too, are characters of ``doc``."""
        text = read_text(doc)
        lead_end = text.find("\n", title_end + 2)
        lead_end = lead_end if lead_end >= 0 else len(text)
        edges = list(chain.from_iterable(quotes))
        cues = []
        words, offsets = words_of(doc)
        low = lows_of(doc)
        told = 0  # tokens up to here belong to a phrase: "Wajar Tanpa Pengecualian (WTP)" turns nothing
        for key, first, end in find_longest(self.phrases.find(doc)):
            start = offsets[first]
            if start < title_end:
                zone: Zone = "title"
            elif bisect_right(edges, start) % 2:  # behind where one begins, before it ends
                zone = "quoted"
            else:
                zone = "lead" if start < lead_end else "body"
            turned = not self.turning.isdisjoint(low[max(first - self.reach, told) : first])
            told = end if end > first + 1 else told
            cues.append(Cue(self.categories[key], zone, start, offsets[end - 1] + len(words[end - 1]), turned))
        return cues


def weigh_cues(cues: Iterable[Cue], lengths: dict[Zone, int]) -> dict[str, float]:
    """Return the features named in ``CUES``: cues per ten words of their zone, and which zones have no text.

    ``lengths`` are characters per zone. Densities, not counts: a model must not read length as blame. Which categories
    meet in headline and lead is told too: "warga" with "keluhkan" is more than both alone.
    """
    plain: dict[tuple[Zone, str], int] = defaultdict(int)
    turned: dict[str, int] = defaultdict(int)
    for category, zone, _, _, is_turned in cues:
        if is_turned:
            turned[category] += 1
        else:
            plain[zone, category] += 1
    features = {f"{zone}:{name}": _density(count, lengths.get(zone, 0)) for (zone, name), count in plain.items()}
    total = sum(lengths.values())
    features |= {f"turned:{category}": _density(count, total) for category, count in turned.items()}
    features |= {f"{zone}:empty": 1.0 for zone in ZONES if not lengths.get(zone)}
    features["quoted:share"] = lengths.get("quoted", 0) / total if total else 0.0
    front = sorted({category for zone, category in plain if zone in _FRONT})
    return features | {f"{one}&{other}": 1.0 for one, other in combinations(front, 2)}


def _density(count: int, characters: int) -> float:
    return 10 * count / max(characters / _WORD_LENGTH, _FEW_WORDS)
