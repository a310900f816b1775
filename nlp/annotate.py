"""Annotates articles: a cheap test first, the pipeline for those that pass, and the results with offsets into title
and text.

``Annotator.version`` changes whenever rules, tables, models or the profile change, so that a store knows what to
annotate anew.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from operator import attrgetter
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Annotation, Entity, Mention, Refused, Role, Source, ToneTag
from nlp.components.spans import NAME as SPANS
from nlp.extensions import Tag, join_source, locate_chars, notes_of, prepare_doc
from nlp.lexicon import build_triggers
from nlp.pipeline import build_pipeline
from nlp.profile import Profile, load_profile
from nlp.triggers import build_trigger_test
from nlp.version import find_version

WARM_UP = 500  # articles whose words are kept: the common words of the language, some ten megabytes
COLLECT_AFTER = 50_000  # new objects, those of a hundred articles
# Articles after that whose words are kept together and thrown away together: some ten megabytes. Beginning anew takes
# 30 ms, and then every common word once more; together a fiftieth of the time of so many.
ZONE = 2_000
# Articles are read some at a time, one component after the other: what a component needs of memory stays close to the
# processor, a tenth or two of the time. So many characters at a time, some eighty articles, and so many that wait.
TOGETHER, WAITING = 160_000, 1_000
NEUTRAL = ToneTag("netral", 1.0)


@dataclass(slots=True)
class Annotator:
    """The loaded pipeline of one profile; ``seen`` counts the articles that reached the tokenizer."""

    nlp: Language
    profile: Profile
    is_candidate: Callable[[str], bool]  # the cheap test of a text, see nlp.triggers
    version: str
    seen: int = 0
    renewal: int = field(default_factory=lambda: WARM_UP, repr=False)  # of ``zone``, when so many were seen
    zone: ExitStack = field(default_factory=ExitStack, repr=False)
    components: tuple[tuple[str, Callable[[Doc], Doc]], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.components = tuple((name, component) for name, component in self.nlp.pipeline if name != SPANS)

    def annotate(self, sources: Iterable[Source], *, thorough: bool = False) -> Iterator[Annotation]:
        """Yield one annotation per article, in order; memory does not grow with their number.

        ``thorough`` reads every article to its end, also one that names nothing of the regency: for its quotations.
        """
        waiting: list[tuple[Source, str | None]] = []
        characters = 0
        for source in sources:
            text = self.read_candidate(source, thorough=thorough)
            waiting.append((source, text))
            characters += len(text or "")
            if characters >= TOGETHER or len(waiting) >= WAITING:
                yield from self.annotate_together(waiting)
                waiting, characters = [], 0
        yield from self.annotate_together(waiting)

    def annotate_one(self, source: Source, *, thorough: bool = False) -> Annotation:
        """Return the annotation of one article; without any trigger it reaches the tokenizer only if ``thorough``."""
        return self.annotate_together([(source, self.read_candidate(source, thorough=thorough))])[0]

    def read_candidate(self, source: Source, *, thorough: bool) -> str | None:
        """Return title and text of an article that shall reach the tokenizer."""
        text = join_source(source)
        return text if thorough or self.is_candidate(text) else None

    def annotate_together(self, articles: Sequence[tuple[Source, str | None]]) -> list[Annotation]:
        """Return the annotations of some articles, each component after the other; those without text are empty."""
        candidates = [(source, text) for source, text in articles if text is not None]
        self.renew_zone(len(candidates))
        docs = [
            prepare_doc(self.nlp.make_doc(text), source, self.find_day(source), text) for source, text in candidates
        ]
        for _, component in self.components:
            docs = list(map(component, docs))
        found = (build_annotation(doc, self.version) for doc in docs)
        return [build_empty(source, self.version) if text is None else next(found) for source, text in articles]

    def renew_zone(self, count: int) -> None:
        """Count more articles for the tokenizer, and give back the memory of the words that the last ones brought.

        A zone lasts over calls, as a stream and the tasks of a worker hold few articles that get here.
        """
        if self.seen >= self.renewal:
            self.zone.close()
            self.zone.enter_context(self.nlp.memory_zone())
            self.renewal = self.seen + ZONE
        self.seen += count

    def find_day(self, source: Source) -> date:
        """Return the article's date where the regency is; today when it has none."""
        moment = source.published_at or datetime.now(UTC)
        return moment.astimezone(ZoneInfo(self.profile.timezone)).date()


def load_annotator(profile: Profile | str | Path, models: Path | None = None) -> Annotator:
    """Return the annotator of a profile, its id or its folder; models in the folder ``models`` go before the packaged.

    Raises ProfileError when the profile cannot be used, ModelError when a model cannot.
    """
    with pause_collector():
        if not isinstance(profile, Profile):
            profile = load_profile(profile)
        is_candidate = build_trigger_test(build_triggers(profile))
        nlp = build_pipeline(str(profile.source), models)
        return Annotator(nlp, profile, is_candidate, find_version(profile, models))


@contextmanager
def pause_collector() -> Iterator[None]:
    """Keep Python's collector of garbage from walking through what is being loaded, a tenth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def spare_collector() -> None:
    """Tell Python's collector of garbage not to walk through what is loaded by now, and to look for more less often.

    Worth a tenth of the time of a process that annotates; an article leaves next to no garbage in cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


def build_empty(source: Source, version: str) -> Annotation:
    """Return the annotation of an article that names nothing of ours."""
    return Annotation(
        id=source.id,
        kind="reporting",
        about="none",
        about_score=0.0,
        about_reasons=("no name of the profile",),
        opd=(),
        not_opd=(),
        officials=(),
        places=(),
        pillars=(),
        tone=NEUTRAL,
        headline_tone=NEUTRAL,
        quotes=(),
        annotator=version,
    )


def build_annotation(doc: Doc, version: str) -> Annotation:
    """Return what the components left on a Doc as an annotation."""
    kept = notes_of(doc)
    printer, tags = Printer(kept.source, kept.title_length), kept.tags
    about = kept.about
    refused = [printer.build_refused(tag) for group in ("not_opd", "refused") for tag in tags[group]]
    return Annotation(
        id=kept.source.id,
        kind=kept.kind,
        about=about.label,
        about_score=about.score,
        about_reasons=about.reasons,
        opd=printer.build_entities(tags["opd"]),
        not_opd=tuple(sorted(refused, key=lambda r: (r.where != "title", r.start))),
        officials=printer.build_entities(tags["officials"]),
        places=printer.build_entities(tags["places"]),
        pillars=kept.pillars,
        tone=kept.tone or NEUTRAL,
        headline_tone=kept.headline_tone or NEUTRAL,
        quotes=kept.quotes,
        indirect=kept.indirect,
        opd_tone=kept.opd_tone,
        annotator=version,
    )


@dataclass(frozen=True, slots=True)
class Printer:
    """Turns tags into mentions with offsets into title or text, as printed there."""

    source: Source
    title_length: int

    def build_entities(self, tags: Iterable[Tag]) -> tuple[Entity, ...]:
        """Return tags by entity, in order of first mention."""
        mentions: dict[str, list[Tag]] = {}
        for tag in sorted(tags, key=attrgetter("start")):
            mentions.setdefault(tag.id, []).append(tag)
        return tuple(
            Entity(ident, tuple(self.build_mention(tag) for tag in group), cast(Role, group[0].role) or None)
            for ident, group in mentions.items()
        )

    def build_mention(self, tag: Tag) -> Mention:
        """Return a tag as a mention."""
        where, start, end = locate_chars(self.title_length, tag.start_char, tag.end_char)
        printed = self.source.title if where == "title" else self.source.text
        return Mention(where, start, end, printed[start:end], tag.via, tag.rule)

    def build_refused(self, tag: Tag) -> Refused:
        """Return a tag as something refused, with the rule that did."""
        where, start, end = locate_chars(self.title_length, tag.start_char, tag.end_char)
        printed = self.source.title if where == "title" else self.source.text
        return Refused(where, start, end, printed[start:end], tag.rule)
