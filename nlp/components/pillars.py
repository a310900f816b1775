"""Component ``pillars``: which pillars of the profile an article is about, with the terms that say so; often none.

A linear model over words and term counts decides (``nlp.linear``, trained by ``nlp.train``); for a profile whose
pillars it does not know, the weighted terms alone. Leaves ``notes.pillars`` (``nlp.annotation.PillarTag``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Evidence, PillarTag
from nlp.components.pillars_terms import (
    ZONE_WEIGHT,
    Hit,
    PillarTable,
    TermFinder,
    cue_names,
    find_zones,
    parse_pillars,
    score_hits,
    weigh_hits,
)
from nlp.components.pillars_topics import TopicFinder
from nlp.extensions import locate_chars, notes_of, read_text, register_extensions
from nlp.linear import LinearModel, count_doc_terms, load_model
from nlp.profile import ProfileError, load_profile

MODEL = Path(__file__).parent.parent / "models" / "pillars.npz"
_EVIDENCE = 6  # spans shown per pillar
_WORDS = 3  # the same where none of its terms stands
_TERMS_THRESHOLD = 0.5


class Pillars:
    """Scores the pillars of a profile; ``model`` None means by terms alone."""

    def __init__(self, nlp: Language, table: PillarTable, model: LinearModel | None) -> None:
        register_extensions()
        self.finder = TermFinder(nlp, table)
        self.topics = TopicFinder()
        self.silent = {pillar.id: frozenset(pillar.silent) for pillar in table.pillar}
        self.model = model.numbered() if model and set(model.labels) >= set(self.finder.pillars) else None

    def __call__(self, doc: Doc) -> Doc:
        notes = notes_of(doc)
        if notes.about is None or notes.about.label != "none":
            notes.pillars = self.tag(doc, self.finder.find(doc, notes.title_length))
        return doc

    def tag(self, doc: Doc, hits: Sequence[Hit]) -> tuple[PillarTag, ...]:
        """Return the pillars over the threshold, the surest first."""
        scores = self.score(doc, hits)
        least = self.model.model.threshold if self.model else _TERMS_THRESHOLD
        kept = sorted(((score, pillar) for pillar, score in scores.items() if score >= least), reverse=True)
        if kept:
            topics = self.find_topics(doc)
            kept = [(score, pillar) for score, pillar in kept if topics.isdisjoint(self.silent[pillar])]
        tags = (PillarTag(pillar, round(score, 3), self.find_reasons(doc, hits, pillar)) for score, pillar in kept)
        return tuple(tag for tag in tags if tag.evidence)

    def find_reasons(self, doc: Doc, hits: Sequence[Hit], pillar: str) -> tuple[Evidence, ...]:
        """Return the terms of a pillar; where none of them stands, the words by which the model knows it."""
        if (found := find_evidence(doc, hits, pillar)) or self.model is None:
            return found
        told = self.model.model.find_telling(read_text(doc), pillar, _WORDS)
        return tuple(_show(doc, start, end, "word") for start, end in told)

    def find_topics(self, doc: Doc) -> frozenset[str]:
        """Return what headline and lead are about that some pillars leave alone."""
        text, title_end = read_text(doc), notes_of(doc).title_length
        return self.topics.find(text[:title_end], text[title_end:].lstrip("\n").partition("\n")[0])

    def score(self, doc: Doc, hits: Sequence[Hit]) -> Mapping[str, float]:
        """Return a score from 0 to 1 per pillar of the profile."""
        if self.model is None:
            return score_hits(hits)
        scores = self.model.scores(
            count_doc_terms(doc), weigh_hits(hits, find_zones(read_text(doc), notes_of(doc).title_length))
        )
        return {pillar: scores[pillar] for pillar in self.finder.pillars}


def find_evidence(doc: Doc, hits: Sequence[Hit], pillar: str) -> tuple[Evidence, ...]:
    """Return the weightiest terms of a pillar, in order of the text."""
    own = sorted((h for h in hits if h.pillar == pillar), key=lambda h: (-h.weight * ZONE_WEIGHT[h.zone], h.start))
    chosen = sorted(own[:_EVIDENCE], key=lambda h: h.start)
    return tuple(_show(doc, hit.start, hit.end, f"term:{hit.term}:{hit.weight}") for hit in chosen)


def _show(doc: Doc, start: int, end: int, rule: str) -> Evidence:
    where, first, last = locate_chars(notes_of(doc).title_length, start, end)
    return Evidence(where, first, last, read_text(doc)[start:end], rule)


@Language.factory("pillars", default_config={"profile": "", "model": str(MODEL)})
def make_pillars(nlp: Language, name: str, profile: str, model: str) -> Pillars:
    """Build the component from a profile id or folder; an empty ``model`` means by terms alone.

    Raises ProfileError when the profile's pillars are faulty, ModelError when the model is.
    """
    loaded = load_profile(profile)
    try:
        table = parse_pillars(loaded.pillars)
    except ValueError as error:
        raise ProfileError(f"{loaded.source}: {error}") from error
    return Pillars(nlp, table, load_for(table, Path(model)) if model else None)


def load_for(table: PillarTable, path: Path) -> LinearModel | None:
    """Return the model when it was trained on these pillars, else None."""
    names: dict[str, Any] = {pillar.id: None for pillar in table.pillar}
    model = load_model(path)
    if not set(model.cues) <= set(cue_names(model.labels)) or set(names) != set(model.labels):
        return None
    return model
