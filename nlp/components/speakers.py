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
from nlp.components.speakers_passage import Passage, Person
from nlp.components.speakers_phrases import parse_person
from nlp.components.speakers_sentences import find_about, find_attending, find_person
from nlp.components.speakers_tokens import Token

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
    passage: Passage,
    speeches: Sequence[Speech],
    reports: Sequence[Token],
    starts: Sequence[int],
    offices: Mapping[str, tuple[str, ...]],
    held: Mapping[str, frozenset[str]],
) -> list[Spoken]:
    """Return direct and indirect speech in order.

    ``reports`` are the words of the text that report speech; ``starts`` are the offsets at which sentences begin;
    ``offices`` gives the office words of registry persons at the article's date, so that "Bupati" finds its person even
    where the article names the two apart; ``held`` the OPDs that they ever headed.
    """
    scene = _Scene(Memory(passage, offices, held), starts, reports[-1].start if reports else -1)
    spoken: list[Spoken] = []
    at = 0
    for speech in speeches:
        marked = speech.marked
        spoken += scene.read(at, marked.opened_at)
        person, rule = scene.find_speaker(speech)
        if spoken and person and rule in _NAMING and _runs_on(passage.text, spoken[-1], marked.opened_at):
            spoken[-1] = spoken[-1]._replace(person=person, rule="continued")
        spoken.append(Spoken(marked.start, marked.end, person, speech.verb, rule))
        at = max(marked.closed_at, scene.consumed)
    spoken += scene.read(at, len(passage.text))
    return spoken


def _runs_on(text: str, last: Spoken, opened_at: int) -> bool:
    """Tell whether an unclosed quotation runs on in the one that opens at ``opened_at``."""
    return not last.indirect and not text[last.end : opened_at].strip() and "\n" in text[last.end : opened_at]


class _Scene:
    """Reads the text between quotations and keeps the memory of it."""

    def __init__(self, memory: Memory, starts: Sequence[int], last_report: int) -> None:
        self.memory, self.starts, self.text = memory, starts, memory.text
        self.seen: tuple[int, str | None] = (0, None)  # where the focus was named last, and the verb of saying there
        self.consumed = 0  # end of the attribution that was read last
        self.last_report = last_report

    def find_speaker(self, speech: Speech) -> tuple[Person | None, str]:
        """Return who speaks and by which rule; the focus moves there."""
        memory, closed_at = self.memory, speech.marked.closed_at
        memory.focus = self._still_spoken_of(speech.marked.opened_at)
        self.consumed = closed_at
        near = "\n" not in self.text[memory.at : speech.marked.opened_at]  # the last sentence is of its paragraph
        if speech.split:
            person, rule = memory.last, "split"
        elif speech.after:
            person, rule = self._read_clause(speech.after, closed_at, near=near), speech.after.rule
        else:
            person, rule = self._find_unattributed(closed_at, near=near)
        if person is None and memory.passing:  # nobody else has been spoken of yet
            person = memory.recall(memory.passing)
        if person is None and rule in _BACK and (person := memory.named_before()):
            person = memory.recall(person)
        if person:
            heard = self._heard(closed_at, self.consumed)
            if heard or memory.last != person:
                memory.partner = heard or memory.last
            memory.focus = memory.last = person
        return person, rule

    def _read_clause(self, clause: Clause, closed_at: int, *, near: bool) -> Person | None:
        """Return whom the attribution behind a quotation names, or who is spoken of where it names nobody."""
        memory = self.memory
        if not (clause.rule == "after-back" and self.text[closed_at : clause.end].rstrip().endswith(":")):
            self.consumed = clause.end  # 'ujarnya: "..."' leads to the next quotation, too
        person = memory.focus
        if clause.rule == "after-back" and memory.passing and near:
            person = memory.focus = memory.recall(memory.passing)
        refer = near or not memory.focus
        memory.at = clause.start
        if _ADDRESSED.match(self.text, clause.start, clause.end) and memory.partner:
            return memory.partner
        if clause.rule == "after-back" and memory.asked and memory.words.stem(clause.verb) in memory.words.answering:
            return memory.asked
        if clause.end > clause.start and (found := find_person(memory, clause.start, clause.end, refer=refer)):
            return found
        return memory.last if self._goes_on(clause) and memory.last else person

    def _find_unattributed(self, closed_at: int, *, near: bool) -> tuple[Person | None, str]:
        """Return who speaks where no clause says so, and by which rule."""
        memory = self.memory
        if memory.voice:
            return memory.voice, "voice"
        if found := self._told_afterwards(closed_at):
            return found, "afterwards"
        if near and (said := memory.actor or memory.passing):
            return memory.recall(said), "focus"  # "Fulan maju. "Saya ..."", "Terdakwa diam. "Di warung.""
        return memory.focus, "focus"

    def _heard(self, start: int, end: int) -> Person | None:
        """Return whom an attribution says that somebody spoke to: "ujarnya kepada Fulan"."""
        if (at := self.text.find(_TO, start, end)) < 0:
            return None
        heard = parse_person(self.memory.passage, at + len(_TO), end)
        return self.memory.recall(heard) if heard and heard.name and not heard.back else None

    def _told_afterwards(self, closed_at: int) -> Person | None:
        """Return who the next paragraph says has spoken: "Kalimat itu keluar dari mulut Fulan"."""
        match = _AFTERWARDS.match(self.text, closed_at)
        if match is None or match[1].lower() not in self.memory.words.utterances:
            return None
        person = parse_person(self.memory.passage, match.end(), len(self.text))
        return self.memory.recall(person) if person and not person.back else None

    def _still_spoken_of(self, opened_at: int) -> Person | None:
        """Return whom the text speaks of; who was only seen a paragraph away gives way to who spoke last."""
        focus, last = self.memory.focus, self.memory.last
        if focus is None or last is None or focus is last or self.seen[1]:
            return focus
        away = len(_PARAGRAPHS.findall(self.text, self.seen[0], opened_at))
        initials = (focus.name or "").isupper() and len(focus.name or "") < 4
        return last if away >= (1 if initials else 2) else focus

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
                self.memory.opening = self.memory.opening or self.memory.passing
                self.memory.passing = None
            spoken_of = self.memory.focus or self.memory.last
            self.memory.at, self.memory.voice, self.memory.actor, self.memory.asked = begin, None, None, None
            if _ATTENDANCE.match(self.text, begin, stop):
                if (acting := find_attending(self.memory, begin, stop)) == stop:
                    continue
                begin = acting
            person, verb = find_about(self.memory, begin, stop)
            if person and not person.back:
                self.memory.focus, self.memory.passing = person, None
                self.seen = (begin, verb)
            if verb in self.memory.words.asking and spoken_of is not person:
                self.memory.asked = spoken_of
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
