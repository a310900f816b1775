"""What components leave on a Doc for each other, in this one place, and the way back to article offsets.

A Doc is one article: title, blank line, text. Components read and write its ``Notes``, a plain object: spaCy's
extension attributes, which show the same values as ``doc._.about`` and so on, cost fifty times as much at each access.
What was found in the text stands in ``notes.tags`` by group: "opd", "not_opd", "officials", "places", "refused". The
last component shows it in ``doc.spans``; there ``span.label_`` is the type, ``span.id_`` the entity, ``span._.via`` how
it was named and ``span._.rule`` which rule says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

from spacy.attrs import IDX, LENGTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc, Span

from nlp.annotation import Source
from nlp.signals import is_signal

GAP = "\n\n"
GROUPS = ("opd", "not_opd", "officials", "places", "refused")
_KEY = "pantau"  # among a Doc's hooks: unlike its user data they need not be written when the Doc is
_MARKS = ("via", "rule", "role")


@dataclass(slots=True)
class Tag:
    """Tokens [start, end) that mean something, and their characters in the Doc."""

    start: int
    end: int
    start_char: int
    end_char: int
    label: str
    id: str
    via: str = ""
    rule: str = ""
    role: str = ""


@dataclass(slots=True)
class Notes:
    """All that is known of an article beyond its tokens."""

    source: Any = None  # nlp.annotation.Source
    title_length: int = 0  # characters of the title
    day: Any = None  # date of the article, decides eras and tenures
    text: str | None = None  # see read_text
    words: list[str] | None = None  # token texts, see words_of
    offsets: list[int] | None = None  # where tokens begin
    low: list[str] | None = None  # words in lower case, see lows_of
    numbers: list[bytes] | None = None  # of the terms of each token, see nlp.terms
    signals: list[int] | None = None  # tokens whose word somebody looks for, see signals_of
    starts: list[int] | None = None  # tokens that begin a sentence, the first apart
    dateline: tuple[int, int] = (0, 0)  # tokens of "SIAK (RIAUPOS.CO) -"
    credits: tuple[int, int] = (0, 0)  # tokens of "(MC Kab Contoh/rdp)" at the end
    phrases: Any = None  # see nlp.matching.Phrases
    matches: Any = None  # gazetteer: list of nlp.components.gazetteer.Match in order
    reading: Any = None  # nlp.reading.Reading
    offices: Any = ()  # nlp.components.opd_phrases.OfficePhrase
    about: Any = None  # nlp.components.about.AboutResult
    elsewhere: Any = field(default_factory=dict)  # names of ours that mean places of other regencies, and whose
    kind: Any = "reporting"
    pillars: Any = ()  # nlp.annotation.PillarTag
    tone: Any = None  # nlp.annotation.ToneTag, of the body
    headline_tone: Any = None
    opd_tone: Any = ()
    quotes: Any = ()  # nlp.annotation.Quote, direct
    indirect: Any = ()  # nlp.annotation.Quote, paraphrase
    terms: Any = None  # nlp.terms.Counted, see nlp.linear.count_doc_terms
    marked: Any = None  # nlp.components.quotes_marks.Marked, see marks_of there
    parts: Any = ()  # nlp.parts.Part: title and sentences
    listed: Any = None  # nlp.terms.Listed, of the same
    tags: dict[str, list[Tag]] = field(default_factory=lambda: {group: [] for group in GROUPS})


def register_extensions() -> None:
    """Show the notes as spaCy's attributes; harmless when done before."""
    for name in (spec.name for spec in fields(Notes) if spec.name not in {"tags"}):
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=_getter(name), setter=_setter(name))
    for name in _MARKS:
        if not Span.has_extension(name):
            Span.set_extension(name, getter=_mark_getter(name))


def _getter(name: str) -> Any:
    return lambda doc: getattr(notes_of(doc), name)


def _setter(name: str) -> Any:
    return lambda doc, value: setattr(notes_of(doc), name, value)


def _mark_getter(name: str) -> Any:
    def read(span: Span) -> str:
        tags = (tag for group in notes_of(span.doc).tags.values() for tag in group)
        own = (t for t in tags if (t.start, t.end, t.label, t.id) == (span.start, span.end, span.label_, span.id_))
        return next((str(getattr(tag, name)) for tag in own), "")

    return read


def notes_of(doc: Doc) -> Notes:
    """Return the notes of a Doc, empty ones when nothing was noted yet."""
    hooks: dict[str, Any] = doc.user_hooks
    notes: Notes | None = hooks.get(_KEY)
    if notes is None:
        notes = hooks[_KEY] = Notes()
    return notes


def join_source(source: Source) -> str:
    """Return title and text as one string of unchanged length; no-break spaces become spaces, so that phrases match."""
    return (source.title + GAP + source.text).replace("\u00a0", " ").replace("\u202f", " ")


def prepare_doc(doc: Doc, source: Source, day: date, text: str | None = None) -> Doc:
    """Attach the article to its Doc; ``text`` is ``join_source(source)`` where it is at hand."""
    notes = notes_of(doc)
    notes.source, notes.title_length, notes.day = source, len(source.title), day
    notes.text = text if text is not None else join_source(source)
    return doc


def read_text(doc: Doc) -> str:
    """Return ``doc.text``, kept in the notes: spaCy joins it anew from all tokens each time, as dear as tokenizing."""
    notes = notes_of(doc)
    if notes.text is None:
        notes.text = doc.text
    return notes.text


def words_of(doc: Doc) -> tuple[list[str], list[int]]:
    """Return the texts and offsets of all tokens, kept in the notes: making Token objects costs more than all rules
    together.
    """
    notes = notes_of(doc)
    words, offsets = notes.words, notes.offsets
    if words is None or offsets is None or len(words) != len(doc):
        text = read_text(doc)
        sizes = doc.to_array([IDX, LENGTH])
        notes.offsets = offsets = sizes[:, 0].tolist()
        ends = sizes.sum(axis=1).tolist()
        notes.words = words = [text[at:end] for at, end in zip(offsets, ends, strict=True)]
        notes.low, notes.numbers, notes.signals = list(map(str.lower, words)), None, None
    return words, offsets


def lows_of(doc: Doc) -> list[str]:
    """Return the texts of all tokens in lower case."""
    words_of(doc)
    low = notes_of(doc).low
    assert low is not None
    return low


def signals_of(doc: Doc) -> list[int]:
    """Return the tokens that are marks, figures or watched words (``nlp.signals``), in order."""
    words, _ = words_of(doc)
    notes = notes_of(doc)
    if notes.signals is None:
        notes.signals = [at for at, pair in enumerate(zip(words, lows_of(doc), strict=True)) if is_signal(*pair)]
    return notes.signals


def starts_of(doc: Doc) -> list[int]:
    """Return the tokens that begin a sentence, in order, the first token apart."""
    notes = notes_of(doc)
    if notes.starts is None:
        flags = doc.to_array("SENT_START").tolist()
        notes.starts = [at for at, flag in enumerate(flags) if flag == 1 and at]
    return notes.starts


def locate_chars(title_length: int, start: int, end: int) -> tuple[Literal["title", "text"], int, int]:
    """Return where characters [start, end) of a Doc lie in the article: ("title" or "text", start, end)."""
    if start < title_length:
        return "title", start, min(end, title_length)
    return "text", start - title_length - len(GAP), end - title_length - len(GAP)


def add_tag(
    doc: Doc, group: str, bounds: tuple[int, int], label: str, ident: str, via: str = "", rule: str = ""
) -> None:
    """Note what tokens [start, end) mean."""
    words, offsets = words_of(doc)
    start, end = bounds
    stop = offsets[end - 1] + len(words[end - 1])
    notes_of(doc).tags[group].append(Tag(start, end, offsets[start], stop, label, ident, via, rule))
