"""Turns labelled texts into examples for the linear models: the same counts that the components make, with the label.

Rows are those of ``nlp/data/corpus`` (see its GUIDE): ``type`` article, headline or paragraph, ``title``, ``text``,
``about``, ``pillars``, ``tone``, ``headline_tone``, ``group``. Only texts about the regency teach pillars and tone; a
label that is null teaches nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from nlp.annotation import Source
from nlp.components.pillars_terms import PillarTable, TermFinder, cue_names, find_zones, weigh_hits
from nlp.components.sentences import make_sentences
from nlp.components.tone import find_lengths, find_quoted
from nlp.components.tone_cues import CUES, CueCounter, Zone, weigh_cues
from nlp.extensions import join_source, notes_of, register_extensions
from nlp.parts import POOLED, Place, find_parts
from nlp.terms import STEM, count_terms, strip_affixes

CORPUS = Path(__file__).parent / "data" / "corpus"
TONES = ("positif", "netral", "negatif")
# No tone is expected more often than another: what the corpus happens to hold most of must not be told for that.
EXPECTED = (1 / 3, 1 / 3, 1 / 3)
Row = Mapping[str, Any]
_LOWER = re.compile(r"(?<![.!?\n\"“‘:] )(?<!^)\b[a-z][\w-]+")


@dataclass(frozen=True, slots=True)
class Example:
    """Counted terms and cues of one text; ``labels`` holds one tone, or any number of pillars."""

    terms: Mapping[str, int]
    cues: Mapping[str, float]
    labels: frozenset[str]
    group: str
    whole: bool  # a whole article, not a headline or a paragraph
    judged: bool  # of the kind that its model is for; others only teach
    parts: tuple[tuple[Place, frozenset[str]], ...] = ()  # terms of its sentences, for a tone


@dataclass(frozen=True, slots=True)
class Task:
    """One model to train: labels, names of its cues, and how a row becomes an example (None: it teaches nothing).

    ``common`` are the words that the corpus writes in lower case: no names.
    """

    name: str
    labels: tuple[str, ...]
    cues: tuple[str, ...]
    multi: bool
    build: Callable[[Row], Example | None]
    common: frozenset[str]
    expected: tuple[float, ...] = ()  # shares in which one-of-many labels are expected to occur


def load_rows(split: str, folder: Path = CORPUS) -> list[Row]:
    """Return the rows of train, tune or test."""
    lines = (folder / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def find_common(rows: Iterable[Row]) -> frozenset[str]:
    """Return the words that stand in lower case within a sentence somewhere, with their stems, and "0" for figures."""
    words = frozenset(word for row in rows for word in _LOWER.findall(row["text"])) | {"0"}
    return words | {STEM + strip_affixes(word) for word in words}


def build_tasks(nlp: Language, table: PillarTable, common: frozenset[str]) -> list[Task]:
    """Return the three tasks, that of headlines first: the tone pools what its model says of sentences.

    ``table`` says which pillars there are and which terms speak for them.
    """
    register_extensions()
    counter, finder = CueCounter(nlp), TermFinder(nlp, table)
    mark_sentences = make_sentences(nlp, "id_sentences", [])

    def build_tone(row: Row) -> Example | None:
        if row["type"] == "headline" or row["about"] != "subject" or row["tone"] is None:
            return None
        return build(row, row["title"], row["text"], frozenset({row["tone"]}), row["type"] == "article")

    def build_headline(row: Row) -> Example | None:
        label = row["headline_tone"] if row["type"] == "article" else row["tone"]
        if row["about"] != "subject" or label is None:
            return None  # a paragraph teaches too, as if it were a headline: praise and blame use the same words
        return build(row, row["title"] or row["text"], "", frozenset({label}), row["type"] != "paragraph")

    def build(row: Row, title: str, text: str, labels: frozenset[str], judged: bool) -> Example:
        doc = nlp.make_doc(join_source(Source(str(row["id"]), title, text)))
        notes_of(doc).title_length = len(title)
        quoted = find_quoted(doc)
        lengths: dict[Zone, int] = find_lengths(doc, quoted) if text else {"title": len(title)}
        cues = weigh_cues(counter.find(doc, len(title), quoted), lengths)
        parts = find_parts(mark_sentences(doc)) if text else []
        told = tuple((part.place, frozenset(count_terms(doc.text[part.start : part.end]))) for part in parts)
        return Example(count_terms(doc.text), cues, labels, str(row["group"]), row["type"] == "article", judged, told)

    def build_pillars(row: Row) -> Example | None:
        if row["about"] != "subject" or row["pillars"] is None:
            return None
        title, text = (row["title"] or row["text"], "") if row["type"] == "headline" else (row["title"], row["text"])
        doc = nlp.make_doc(join_source(Source(str(row["id"]), title, text)))
        cues = weigh_hits(finder.find(doc, len(title)), find_zones(doc.text, len(title)))
        labels = frozenset(row["pillars"]) & frozenset(finder.pillars)
        whole = row["type"] == "article"
        return Example(count_terms(doc.text), cues, labels, str(row["group"]), whole, whole)

    return [
        Task("headline", TONES, CUES, False, build_headline, common, EXPECTED),
        Task("tone", TONES, (*CUES, *POOLED), False, build_tone, common, EXPECTED),
        Task("pillars", finder.pillars, cue_names(finder.pillars), True, build_pillars, common),
    ]


def build_examples(task: Task, rows: Iterable[Row]) -> list[Example]:
    """Return the examples that rows give for a task."""
    return [example for row in rows if (example := task.build(row)) is not None]
