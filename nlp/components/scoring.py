"""The registered scorer of the components that leave spans: precision, recall and F of a group of ``doc.spans``, per
label too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy import util
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example

SpanScorer = Callable[[Iterable[Example]], dict[str, Any]]


@util.registry.scorers("pantau.spans.v1")  # type: ignore[untyped-decorator]
def build_span_scorer(group: str) -> SpanScorer:
    """Return a scorer of ``doc.spans[group]``; a span is right when its characters and its entity id are."""

    def read(doc: Doc, key: str) -> list[Span]:
        return [Span(doc, s.start, s.end, label=s.id_ or s.label_) for s in doc.spans.get(key, ())]

    def score(examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        return Scorer.score_spans(examples, group, getter=read, allow_overlap=True)

    return score
