"""The attributes that components share on ``Doc`` and ``Span``, registered in this one place, and the way back to
article offsets.

A Doc is one article: title, blank line, text. ``doc.spans`` holds "opd", "not_opd", "officials", "places", "refused";
there ``span.label_`` is the type, ``span.id_`` the entity, ``span._.via`` how it was named and ``span._.rule`` which
rule says so.
"""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from typing import Any, Literal

from spacy.tokens import Doc, Span

from nlp.annotation import Source

GAP = "\n\n"
_TEXT = "pantau.text"  # key of a Doc's user data
GROUPS = ("opd", "not_opd", "officials", "places", "refused")
DOC: dict[str, Any] = {
    "source": None,  # nlp.annotation.Source
    "title_length": 0,  # characters of the title
    "day": None,  # date of the article, decides eras and tenures
    "dateline": (0, 0),  # tokens of "SIAK (RIAUPOS.CO) -"
    "credits": (0, 0),  # tokens of "(MC Kab Contoh/rdp)" at the end
    "text": None,  # see text_of
    "words": None,  # list of token texts, see words_of
    "offsets": None,  # list of token offsets
    "matches": None,  # gazetteer: list of nlp.components.gazetteer.Match in order
    "reading": None,  # nlp.reading.Reading
    "offices": (),  # nlp.components.opd_phrases.OfficePhrase
    "about": None,  # nlp.components.about.AboutResult
    "kind": "reporting",
    "pillars": (),  # nlp.annotation.PillarTag
    "tone": None,  # nlp.annotation.ToneTag, of the body
    "headline_tone": None,
    "opd_tone": (),
    "quotes": (),  # nlp.annotation.Quote, direct
    "indirect": (),  # nlp.annotation.Quote, paraphrase
}
SPAN = {"via": "", "rule": "", "role": ""}


def register_extensions() -> None:
    """Register the attributes; harmless when done before."""
    for name, default in DOC.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    for name, text in SPAN.items():
        if not Span.has_extension(name):
            Span.set_extension(name, default=text)


def join_source(source: Source) -> str:
    """Return title and text as one string of unchanged length; no-break spaces become spaces, so that phrases match."""
    return (source.title + GAP + source.text).replace("\u00a0", " ").replace("\u202f", " ")


def prepare_doc(doc: Doc, source: Source, day: date) -> Doc:
    """Attach the article to its Doc."""
    doc._.source = source
    doc._.text = join_source(source)
    doc._.title_length = len(source.title)
    doc._.day = day
    for group in GROUPS:
        if group not in doc.spans:
            doc.spans[group] = []
    return doc


def text_of(doc: Doc) -> str:
    """Return ``doc.text``, kept on the Doc: spaCy joins it anew from all tokens each time, as dear as tokenizing."""
    text: str | None = doc._.text
    if text is None:
        text = doc._.text = doc.text
    return text


def words_of(doc: Doc) -> tuple[list[str], list[int]]:
    """Return the texts and offsets of all tokens, kept on the Doc: making Token objects costs more than all rules
    together.
    """
    words: list[str] | None = doc._.words
    offsets: list[int] = doc._.offsets
    if words is None or len(words) != len(doc):
        text = text_of(doc)
        sizes = doc.to_array(["LENGTH", "SPACY"]).astype("int64")
        lengths = sizes[:, 0].tolist() if len(doc) else []
        offsets = list(accumulate((sizes.sum(axis=1)).tolist(), initial=0))[:-1] if len(doc) else []
        words = [text[at : at + size] for at, size in zip(offsets, lengths, strict=True)]
        doc._.words, doc._.offsets = words, offsets
    return words, offsets


def locate(doc: Doc, start: int, end: int) -> tuple[Literal["title", "text"], int, int]:
    """Return where characters [start, end) of the Doc lie in the article: ("title" or "text", start, end)."""
    return locate_chars(doc._.title_length, start, end)


def locate_chars(title_length: int, start: int, end: int) -> tuple[Literal["title", "text"], int, int]:
    """Do what ``locate`` does for a title of that length."""
    if start < title_length:
        return "title", start, min(end, title_length)
    return "text", start - title_length - len(GAP), end - title_length - len(GAP)


def add_span(
    doc: Doc, group: str, bounds: tuple[int, int], label: str, ident: str, via: str = "", rule: str = ""
) -> Span:
    """Add tokens [start, end) to a group and return the span."""
    span = Span(doc, bounds[0], bounds[1], label=label, span_id=ident)
    marks = span._  # made anew at each access
    marks.via, marks.rule = via, rule
    doc.spans[group].append(span)
    return span


def read_text(doc: Doc) -> str:
    """Return ``doc.text``, which spaCy joins anew from its tokens at every call, joined once."""
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = join_source(doc._.source) if doc._.source else doc.text
    text: str = doc.user_data[_TEXT]
    return text
