"""Resolves who speaks: reads an article from top to bottom and keeps in mind whom it speaks of.

A third of all attributions name nobody ("ujarnya", "kata dia"); then the speaker is who the last sentence was about:
its subject, the agent of its passive ("dibuka Fulan"), or the person of a "menurut ..." within it. Names in short and
bare offices ("Kadis", "sang penghulu") go back to the fuller mention. Direct speech comes from ``quotes_speech``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.components.quotes_speech import Clause, Speech
from nlp.components.speakers_memory import Memory
from nlp.components.speakers_phrases import parse_person
from nlp.components.speakers_sentences import SentenceReader
from nlp.components.speakers_tokens import Mentions, Person, Token
from nlp.components.speakers_words import Words

_NAMING = {"after", "after-open", "after-subject"}  # rules of attributions that name somebody
_BACK = {"after-back", "focus"}  # rules of those that name nobody
_PARAGRAPHS = re.compile(r"\n+")
_ATTENDANCE = re.compile(
    r"(?=[tijhdm])(turut |ikut |tampak |juga )*(hadir|mendampingi|dihadiri|menghadiri)\b", re.IGNORECASE
)
_TO = " kepada "
_ADDRESSED = re.compile(r"\s*yang (?:di|bersangkutan)")  # "jawab yang ditanya", "sahut yang disapa"
_AFTERWARDS = re.compile(
    r"""["”»'’]*\s+(?:(?:itu|demikian|begitu)(?:lah)?\ )?([a-z-]+)
    (?:\ (?:itu|tersebut|ini|pendek|singkat|polos|spontan))*
    (?:\ (?:keluar|meluncur|datang|terlontar|terucap|milik|disampaikan|dilontarkan|diucapkan|diutarakan|diungkapkan))?
    (?:\ (?:begitu\ saja|spontan))?(?:\ (?:dari|oleh))?(?:\ (?:mulut|bibir|lisan))?\ (?-i:(?=[A-Z]))""",
    re.IGNORECASE | re.VERBOSE,
)


class Spoken(NamedTuple):
    """A direct quotation with its speaker, or a sentence that reports speech (``indirect``)."""

    start: int
    end: int
    person: Person | None
    verb: str | None
    rule: str
    indirect: bool = False


def resolve_speakers(
    text: str,
    speeches: Sequence[Speech],
    reports: Sequence[Token],
    starts: Sequence[int],
    mentions: Mentions,
    words: Words,
    offices: Mapping[str, tuple[str, ...]],
    held: Mapping[str, frozenset[str]],
) -> list[Spoken]:
    """Return direct and indirect speech in order.

    ``reports`` are the words of the text that report speech; ``starts`` are the offsets at which sentences begin;
    ``offices`` gives the office words of registry persons at the article's date, so that "Bupati" finds its person even
    where the article names the two apart; ``held`` the OPDs that they ever headed.
    """
    scene = _Scene(Memory(text, mentions, words, offices, held), starts, reports[-1].start if reports else -1)
    spoken: list[Spoken] = []
    at = 0
    for speech in speeches:
        marked = speech.marked
        spoken += scene.read(at, marked.opened_at)
        person, rule = scene.speaker(speech)
        if spoken and person and rule in _NAMING and _runs_on(text, spoken[-1], marked.opened_at):
            spoken[-1] = spoken[-1]._replace(person=person, rule="continued")
        spoken.append(Spoken(marked.start, marked.end, person, speech.verb, rule))
        at = max(marked.closed_at, scene.consumed)
    spoken += scene.read(at, len(text))
    return spoken


def _runs_on(text: str, last: Spoken, opened_at: int) -> bool:
    """Tell whether an unclosed quotation runs on in the one that opens at ``opened_at``."""
    return not last.indirect and not text[last.end : opened_at].strip() and "\n" in text[last.end : opened_at]


class _Scene:
    """Reads the text between quotations and keeps the memory of it."""

    def __init__(self, memory: Memory, starts: Sequence[int], last_report: int) -> None:
        self.memory, self.starts, self.text = memory, starts, memory.text
        self.reader = SentenceReader(memory)
        self.seen: tuple[int, str | None] = (0, None)  # where the focus was named last, and the verb of saying there
        self.consumed = 0  # end of the attribution that was read last
        self.last_report = last_report

    def speaker(self, speech: Speech) -> tuple[Person | None, str]:
        """Return who speaks and by which rule; the focus moves there."""
        self.memory.focus = self._still_spoken_of(speech.marked.opened_at)
        person, rule = self.memory.focus, "focus"
        self.consumed = speech.marked.closed_at
        clause = speech.after
        if speech.split:
            person, rule = self.memory.last, "split"
        elif clause:
            between = self.text[speech.marked.closed_at : clause.end]
            hands_on = clause.rule == "after-back" and between.rstrip().endswith(":")
            self.consumed, rule = self.consumed if hands_on else clause.end, clause.rule
            if clause.rule == "after-back" and self.memory.passing and self._is_near(speech.marked.opened_at):
                person = self.memory.focus = self.memory.recall(self.memory.passing)
            refer = not self.memory.focus or self._is_near(speech.marked.opened_at)
            self.memory.at = clause.start
            if _ADDRESSED.match(self.text, clause.start, clause.end) and self.memory.partner:
                person = self.memory.partner
            elif clause.end > clause.start and (
                found := self.reader.find_person(clause.start, clause.end, refer=refer)
            ):
                person = found
            elif self._goes_on(clause) and self.memory.last:
                person = self.memory.last
        elif self.memory.voice:
            person, rule = self.memory.voice, "voice"
        elif found := self._told_afterwards(speech.marked.closed_at):
            person, rule = found, "afterwards"
        elif (said := self.memory.actor or self.memory.passing) and self._is_near(speech.marked.opened_at):
            person = self.memory.recall(said)  # "Fulan maju. "Saya ..."", "Terdakwa diam. "Di warung.""
        if person is None and self.memory.passing:  # nobody else has been spoken of yet
            person = self.memory.recall(self.memory.passing)
        if person is None and rule in _BACK and (person := self.memory.named_before()):
            person = self.memory.recall(person)
        if person:
            heard = self._heard(speech.marked.closed_at, self.consumed)
            if heard or self.memory.last != person:
                self.memory.partner = heard or self.memory.last
            self.memory.focus = self.memory.last = person
        return person, rule

    def _heard(self, start: int, end: int) -> Person | None:
        """Return whom an attribution says that somebody spoke to: "ujarnya kepada Fulan"."""
        if (at := self.text.find(_TO, start, end)) < 0:
            return None
        heard = parse_person(self.text, at + len(_TO), end, self.memory.mentions, self.memory.words)
        return self.memory.recall(heard) if heard and heard.name and not heard.back else None

    def _told_afterwards(self, closed_at: int) -> Person | None:
        """Return who the next paragraph says has spoken: "Kalimat itu keluar dari mulut Fulan"."""
        match = _AFTERWARDS.match(self.text, closed_at)
        if match is None or match[1].lower() not in self.memory.words.utterances:
            return None
        person = parse_person(self.text, match.end(), len(self.text), self.memory.mentions, self.memory.words)
        return self.memory.recall(person) if person and not person.back else None

    def _still_spoken_of(self, opened_at: int) -> Person | None:
        """Return whom the text speaks of; who was only seen a paragraph away gives way to who spoke last."""
        focus, last = self.memory.focus, self.memory.last
        if focus is None or last is None or focus is last or self.seen[1]:
            return focus
        away = len(_PARAGRAPHS.findall(self.text, self.seen[0], opened_at))
        initials = (focus.name or "").isupper() and len(focus.name or "") < 4
        return last if away >= (1 if initials else 2) else focus

    def _is_near(self, opened_at: int) -> bool:
        """Tell whether the quotation that opens there follows the last sentence within its paragraph."""
        return "\n" not in self.text[self.memory.at : opened_at]

    def _goes_on(self, clause: Clause) -> bool:
        """Tell whether "tambahnya" leads back over a subject that bears no name."""
        focus = self.memory.focus
        stem = self.memory.words.stem(clause.verb)
        return clause.rule == "after-back" and stem in self.memory.words.continuing and not (focus and focus.name)

    def read(self, start: int, end: int) -> list[Spoken]:
        """Read the sentences between two quotations; returns those that report speech.

        Behind the last quotation, what stands after the last word of reporting changes nothing any more.
        """
        reported = []
        for begin, stop in self._sentences(start, end):
            if end == len(self.text) and begin > self.last_report:
                break
            if self.text.find("\n", self.memory.at, begin) >= 0:
                self.memory.passing = None
            self.memory.at, self.memory.voice, self.memory.actor = begin, None, None
            if _ATTENDANCE.match(self.text, begin, stop):
                if (acting := self.reader.find_attending(begin, stop)) == stop:
                    continue
                begin = acting
            person, verb = self.reader.find_about(begin, stop)
            if person and not person.back:
                self.memory.focus, self.memory.passing = person, None
                self.seen = (begin, verb)
            focus = self.memory.focus
            if verb in self.memory.words.reporting and focus and self.text[stop - 1] not in ",:":
                reported.append(Spoken(begin, stop, focus, verb, "reported", indirect=True))
        return reported

    def _sentences(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        low, high = bisect_right(self.starts, start), bisect_left(self.starts, end)
        edges = [start, *self.starts[low:high], end]
        for a, b in pairwise(edges):
            piece = self.text[a:b]
            a += len(piece) - len(piece.lstrip(' \n\t.,;"“”'))
            b -= len(piece) - len(piece.rstrip(' \n\t"“”'))
            if b > a:
                yield a, b
