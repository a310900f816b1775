"""Component ``tone``: the tone of body and headline towards the regency's government, and towards each of its offices.

Two linear models decide (``nlp.linear``, trained by ``nlp.train``) over words and the cues of ``data/tone.toml``; that
of the body also over what that of headlines makes of each sentence (``nlp.parts``). A decision that is not sure enough
becomes "netral" with a review mark. Leaves ``notes.tone``, ``notes.headline_tone`` and ``notes.opd_tone``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Evidence, Tone, ToneTag
from nlp.components.quotes_marks import marks_of
from nlp.components.tone_cues import CUES, Cue, CueCounter, Zone, weigh_cues
from nlp.extensions import GAP, locate_chars, notes_of, read_text, register_extensions, starts_of, words_of
from nlp.linear import LinearModel, count_doc_terms, load_model
from nlp.parts import POOLED, SIDES, pool_scores
from nlp.terms import TABLE, Counted, Listed

MODELS = Path(__file__).parent.parent / "models"
_EVIDENCE = 5
_WORDS = 3  # the same of a headline without cues
_QUOTED = 25  # characters from which marked text counts as somebody's voice, not as a title or a word
_AGAINST = frozenset({"complaint", "failure", "scandal", "silence"})
_FOR = frozenset({"achievement", "delivery", "praise"})
_PLAIN, _OTHERWISE = 0.13, 0.03  # shares of headlines that say nothing, or the opposite, of an article that does
_TOLD = 1 - _PLAIN - _OTHERWISE
# tone of an article -> tones of headlines above such articles, how many of each
_HEADLINES = {
    "positif": {"positif": _TOLD, "netral": _PLAIN, "negatif": _OTHERWISE},
    "netral": {"positif": _OTHERWISE, "netral": 1 - 2 * _OTHERWISE, "negatif": _OTHERWISE},
    "negatif": {"positif": _OTHERWISE, "netral": _PLAIN, "negatif": _TOLD},
}
_SILENT = ToneTag("netral", 1.0)
_OTHERS = frozenset({"company", "police", "election", "sport"})  # whose affairs are not the government's
_ZONE_ORDER: dict[Zone, int] = {"title": 0, "lead": 1, "body": 2, "quoted": 3}


class ToneFinder:
    """Holds the two models and counts the cues."""

    def __init__(self, nlp: Language, body: LinearModel, headline: LinearModel, sure: float, own: float) -> None:
        register_extensions()
        self.counter = CueCounter(nlp)
        self.body, self.headline, self.sure, self.own = body.numbered(), headline.numbered(), sure, own

    def __call__(self, doc: Doc) -> Doc:
        notes = notes_of(doc)
        if notes.about is not None and notes.about.label == "none":
            return doc
        quoted = find_quoted(doc)
        cues = self.counter.find(doc, notes.title_length, quoted)
        if is_of_others(doc, cues):
            notes.tone = notes.headline_tone = _SILENT
            notes.opd_tone = tuple(dict.fromkeys((tag.id, _SILENT) for tag in notes.tags["opd"]))
            return doc
        terms = count_doc_terms(doc)
        parts = notes.listed.count_each()
        praise = self.headline.part_scores(parts, SIDES)
        pooled = pool_scores([part.place for part in notes.parts], praise)
        body = self.body.scores(terms, weigh_cues(cues, find_lengths(doc, quoted)) | pooled)
        notes.tone = self.decide(doc, body, cues)
        own = [cue for cue in cues if cue.zone == "title"]
        headline = self.headline.scores(parts.first(), weigh_cues(own, {"title": notes.title_length}))
        notes.headline_tone = self.decide(doc, lean_on(headline, body, self.own), own, headline=True)
        notes.opd_tone = tuple(self.decide_offices(doc, cues, praise))
        return doc

    def decide(self, doc: Doc, scores: Mapping[str, float], cues: Sequence[Cue], *, headline: bool = False) -> ToneTag:
        """Return the likeliest tone; "netral" for review when none is likely enough, or no words speak for it."""
        label = max(scores, key=scores.__getitem__)
        evidence = find_evidence(doc, cues, label)
        if label != "netral":
            sure = scores[label] >= self.sure
            if sure and headline and not evidence:
                evidence = self.find_words(doc, label)
            if not sure or not evidence:
                return ToneTag("netral", round(scores["netral"], 3), evidence, review=True)
        return ToneTag(cast(Tone, label), round(scores[label], 3), evidence)

    def find_words(self, doc: Doc, label: str) -> tuple[Evidence, ...]:
        """Return the words by which the model knows the tone of a headline without cues; all where it knows none."""
        title_length = notes_of(doc).title_length
        title = read_text(doc)[:title_length]
        words = self.headline.model.find_telling(title, label, _WORDS) or [(0, title_length)]
        return tuple(Evidence("title", start, end, title[start:end], "word") for start, end in words if start < end)

    def decide_offices(
        self, doc: Doc, cues: Sequence[Cue], praise: Sequence[Sequence[float]]
    ) -> list[tuple[str, ToneTag]]:
        """Return the tone of the sentences that name each office, in order of first mention."""
        starts = [part.start for part in notes_of(doc).parts]
        tones = []
        for ident, bounds in find_sentences(doc).items():
            edges = list(chain.from_iterable(bounds))
            own = [c for c in cues if bisect_right(edges, c.start) % 2]  # behind where one begins, before it ends
            if not any(c.category in _AGAINST or c.category in _FOR for c in own):
                tones.append((ident, _SILENT))  # nothing there that praises or blames
                continue
            read = list(dict.fromkeys(bisect_right(starts, a) - 1 for a, _ in bounds))
            pooled = pool_scores(["lead"] * len(read), [[row[at] for at in read] for row in praise])
            # A handful of sentences reads like a lead: that is where the models know paragraphs from.
            led = [Cue(c.category, "quoted" if c.zone == "quoted" else "lead", c.start, c.end, c.turned) for c in own]
            length = sum(b - a for a, b in bounds) + len(bounds) - 1
            terms = count_sentences(doc, bounds, read)
            scores = self.body.scores(terms, weigh_cues(led, {"lead": length}) | pooled)
            tones.append((ident, self.decide(doc, scores, own)))
        return tones


def is_of_others(doc: Doc, cues: Sequence[Cue]) -> bool:
    """Tell whether a headline is about others and the article names no government, nor a body by a name that only ours
    bears, as its companies do: a tone needs one to meet.
    """
    others = any(cue.zone == "title" and cue.category in _OTHERS for cue in cues)
    if not others or any(cue.category == "government" for cue in cues):
        return False
    return not any(office.claims[0].form.startswith("own:") for office in notes_of(doc).offices)


def find_sentences(doc: Doc) -> dict[str, list[tuple[int, int]]]:
    """Return the characters of the sentences that name each office of ours, offices in order of first mention."""
    words, offsets = words_of(doc)
    edges = [0, *starts_of(doc), len(words)]
    sentences: dict[str, dict[int, tuple[int, int]]] = {}
    for tag in sorted(notes_of(doc).tags["opd"], key=attrgetter("start")):
        number = bisect_right(edges, tag.start)
        first, last = edges[number - 1], edges[number] - 1
        own = sentences.setdefault(tag.id, {})
        own[first] = (offsets[first], offsets[last] + len(words[last]))
    return {ident: list(bounds.values()) for ident, bounds in sentences.items()}


def count_sentences(doc: Doc, bounds: Sequence[tuple[int, int]], parts: Sequence[int]) -> Counted:
    """Count the terms of some sentences, by their characters and the parts of the article in which they stand."""
    (start, end), title_length = bounds[0], notes_of(doc).title_length
    if start < title_length and (start or end < title_length):  # one sentence of several in the title, which is a part
        text = read_text(doc)
        return TABLE.count("\n".join(text[a:b] for a, b in bounds))
    listed: Listed = notes_of(doc).listed
    return listed.count_some(parts)


def lean_on(scores: Mapping[str, float], article: Mapping[str, float], own: float) -> dict[str, float]:
    """Return a headline's scores to the power ``own`` times how often such a headline stands above such an article.

    Nearly always it has the article's tone, or none: a headline that could mean two things means what its article says.
    """
    raised = {
        label: score**own * sum(share * _HEADLINES[told][label] for told, share in article.items())
        for label, score in scores.items()
    }
    total = sum(raised.values())
    return {label: value / total for label, value in raised.items()}


def find_quoted(doc: Doc) -> list[tuple[int, int]]:
    """Return the stretches of the Doc that are somebody's words, in characters."""
    offset = notes_of(doc).title_length + len(GAP)
    return [(m.start + offset, m.end + offset) for m in marks_of(doc) if m.end - m.start > _QUOTED]


def find_lengths(doc: Doc, quoted: Sequence[tuple[int, int]]) -> dict[Zone, int]:
    """Return the characters of each zone."""
    title_length, text = notes_of(doc).title_length, read_text(doc)
    start, end = title_length + len(GAP), len(text)
    line = text.find("\n", start)
    lead = (line if line >= 0 else end) - start
    speech = sum(stop - begin for begin, stop in quoted)
    return {"title": title_length, "lead": lead, "quoted": speech, "body": max(end - start - lead - speech, 0)}


def find_evidence(doc: Doc, cues: Sequence[Cue], label: str) -> tuple[Evidence, ...]:
    """Return the words that speak for a tone, headline and lead before the rest; none for "netral"."""
    if label == "netral":
        return ()
    side, other = (_FOR, _AGAINST) if label == "positif" else (_AGAINST, _FOR)
    speaking = [c for c in cues if (c.category in side and not c.turned) or (c.category in other and c.turned)]
    text, title_length = read_text(doc), notes_of(doc).title_length
    chosen = []
    for cue in sorted(speaking, key=lambda c: (_ZONE_ORDER[c.zone], c.start))[:_EVIDENCE]:
        where, start, end = locate_chars(title_length, cue.start, cue.end)
        rule = f"turned:{cue.category}" if cue.turned else cue.category
        chosen.append(Evidence(where, start, end, text[cue.start : cue.end], rule))
    return tuple(chosen)


@Language.factory(
    "tone",
    default_config={
        "body": str(MODELS / "tone.npz"),
        "headline": str(MODELS / "headline.npz"),
        "sure": 0.6,
        "own": 0.7,
    },
)
def make_tone(nlp: Language, name: str, body: str, headline: str, sure: float, own: float) -> ToneFinder:
    """Build the component from two model files. Raises ModelError when one cannot be used."""
    return ToneFinder(nlp, load_model(Path(body), (*CUES, *POOLED)), load_model(Path(headline), CUES), sure, own)
