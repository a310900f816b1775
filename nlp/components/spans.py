"""Component ``spans``: shows what the others noted as ``doc.spans``, by group, where spaCy's scorers and displays look.

Last in the pipeline and left out by ``nlp.annotate``, which reads the notes themselves: an article's spans take as long
to make as all its places to find.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.annotation import Quote
from nlp.extensions import GAP, GROUPS, notes_of, register_extensions

NAME = "spans"


def publish_spans(doc: Doc) -> Doc:
    """Set the groups of ``doc.spans``: those of ``notes.tags``, and "quotes", whose ``id_`` is the speaker's."""
    notes = notes_of(doc)
    for group in GROUPS:
        doc.spans[group] = [Span(doc, t.start, t.end, label=t.label, span_id=t.id) for t in notes.tags[group]]
    offset = notes.title_length + len(GAP)
    doc.spans["quotes"] = [mark_span(doc, quote, 0 if quote.where == "title" else offset) for quote in notes.quotes]
    return doc


def mark_span(doc: Doc, quote: Quote, offset: int) -> Span:
    """Return the tokens of a quotation."""
    span = doc.char_span(
        quote.start + offset, quote.end + offset, "quote", span_id=quote.speaker_id or "", alignment_mode="expand"
    )
    if span is None:
        raise ValueError(f"quotation at {quote.start}-{quote.end} lies outside of article {notes_of(doc).source.id!r}")
    return span


@Language.factory(NAME, assigns=["doc.spans"])
def make_spans(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component."""
    register_extensions()
    return publish_spans
