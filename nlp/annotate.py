"""Annotates articles: a cheap test first, the pipeline for those that pass, and the results with offsets into title
and text.

``Annotator.version`` changes whenever rules, tables, models or the profile change, so that a store knows what to
annotate anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.annotation import Annotation, Entity, Mention, Refused, Source, ToneTag
from nlp.extensions import join_source, locate, prepare_doc
from nlp.lexicon import build_triggers
from nlp.pipeline import build_pipeline
from nlp.profile import Profile, load_profile

WARM_UP = 500  # articles whose words are kept: the common words of the language, some ten megabytes
BATCH = 64  # articles whose strings are kept in memory together
NEUTRAL = ToneTag("netral", 1.0)


@dataclass(slots=True)
class Annotator:
    """The loaded pipeline of one profile; ``seen`` counts the articles that reached the tokenizer."""

    nlp: Language
    profile: Profile
    triggers: tuple[str, ...]
    version: str
    seen: int = 0

    def annotate(self, sources: Iterable[Source], *, thorough: bool = False) -> Iterator[Annotation]:
        """Yield one annotation per article, in order; memory does not grow with their number.

        ``thorough`` reads every article to its end, also one that names nothing of the regency: its quotations, for one.
        """
        stream = iter(sources)
        while batch := list(islice(stream, BATCH)):
            # Words met outside a zone stay in the tokenizer's cache, which makes the zones four times as fast.
            with nullcontext() if self.seen < WARM_UP else self.nlp.memory_zone():
                done = [self.annotate_one(source, thorough=thorough) for source in batch]
            yield from done

    def annotate_one(self, source: Source, *, thorough: bool = False) -> Annotation:
        """Return the annotation of one article; without any trigger it never reaches the tokenizer, unless ``thorough``."""
        text = join_source(source)
        if not thorough and not self.is_candidate(text):
            return build_empty(source, self.version)
        self.seen += 1
        doc = prepare_doc(self.nlp.make_doc(text), source, self.find_day(source))
        for _, component in self.nlp.pipeline:
            doc = component(doc)
        return build_annotation(doc, self.version)

    def is_candidate(self, text: str) -> bool:
        """Tell whether an article can name the regency at all, as names are written or in capitals throughout."""
        return any(trigger in text for trigger in self.triggers)

    def find_day(self, source: Source) -> date:
        """Return the article's date where the regency is; today when it has none."""
        moment = source.published_at or datetime.now(UTC)
        return moment.astimezone(ZoneInfo(self.profile.timezone)).date()


def load_annotator(profile: Profile | str | Path) -> Annotator:
    """Return the annotator of a profile, its id or its folder. Raises ProfileError when the profile cannot be used."""
    if not isinstance(profile, Profile):
        profile = load_profile(profile)
    triggers = tuple(dict.fromkeys(form for text in build_triggers(profile) for form in (text, text.upper())))
    return Annotator(build_pipeline(str(profile.source)), profile, triggers, find_version(profile))


def find_version(profile: Profile) -> str:
    """Return twelve characters that stand for the rules, tables and models of this package and the files of the
    profile.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent
    files = [
        p
        for p in package.rglob("*")
        if p.suffix in {".py", ".toml", ".npz", ".txt", ".json"} and not p.is_relative_to(package / "profiles")
    ]
    # A corpus trains models; it changes an annotation only through them.
    files = [p for p in files if not p.is_relative_to(package / "data" / "corpus")]
    for path in [*sorted(files), *sorted(profile.source.glob("*.toml"))]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def build_empty(source: Source, version: str) -> Annotation:
    """Return the annotation of an article that names nothing of ours."""
    return Annotation(
        source.id,
        "reporting",
        "none",
        0.0,
        ("no name of the profile",),
        (),
        (),
        (),
        (),
        (),
        NEUTRAL,
        NEUTRAL,
        (),
        annotator=version,
    )


def build_annotation(doc: Doc, version: str) -> Annotation:
    """Return what the components left on a Doc as an annotation."""
    about = doc._.about
    refused = [build_refused(doc, span) for group in ("not_opd", "refused") for span in doc.spans[group]]
    return Annotation(
        id=doc._.source.id,
        kind=doc._.kind,
        about=about.label,
        about_score=about.score,
        about_reasons=about.reasons,
        opd=build_entities(doc, "opd"),
        not_opd=tuple(sorted(refused, key=lambda r: (r.where != "title", r.start))),
        officials=build_entities(doc, "officials"),
        places=build_entities(doc, "places"),
        pillars=doc._.pillars,
        tone=doc._.tone or NEUTRAL,
        headline_tone=doc._.headline_tone or NEUTRAL,
        quotes=doc._.quotes,
        indirect=doc._.indirect,
        opd_tone=doc._.opd_tone,
        annotator=version,
    )


def build_entities(doc: Doc, group: str) -> tuple[Entity, ...]:
    """Return the spans of a group by entity, in order of first mention."""
    mentions: dict[str, list[Span]] = {}
    for span in sorted(doc.spans[group], key=lambda s: s.start):
        mentions.setdefault(span.id_, []).append(span)
    return tuple(
        Entity(ident, tuple(build_mention(doc, span) for span in spans), spans[0]._.role or None)
        for ident, spans in mentions.items()
    )


def build_mention(doc: Doc, span: Span) -> Mention:
    """Return a span as a mention in title or text."""
    where, start, end = locate(doc, span.start_char, span.end_char)
    printed = doc._.source.title if where == "title" else doc._.source.text
    return Mention(where, start, end, printed[start:end], span._.via, span._.rule)


def build_refused(doc: Doc, span: Span) -> Refused:
    """Return a span as something refused, with the rule that did."""
    mention = build_mention(doc, span)
    return Refused(mention.where, mention.start, mention.end, mention.text, mention.rule)
