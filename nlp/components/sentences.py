"""Component ``id_sentences``: marks where sentences begin, guarded by quotes, brackets, abbreviations, initials and
paragraphs.

Abbreviations and initials ("Kec.", "Afni Z.") keep their stop within the token (see ``nlp.language``), so that only a
stop of its own can end a sentence. A line break always does: press pages set paragraphs with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from spacy.language import Language
from spacy.pipeline import Sentencizer
from spacy.tokens import Doc

from nlp.extensions import notes_of, register_extensions, signals_of, words_of
from nlp.tables import load_table

STOPS = frozenset(".!?…")
ROW = 20  # marks in a row that close one sentence at most; rows of thousands are no sentence
CLOSERS = frozenset("\"”’'»)]*")
OPENERS = frozenset("\"“‘'«([")


class Sentences:
    """Sets ``is_sent_start``."""

    def __init__(self, endings: Sequence[str]) -> None:
        register_extensions()
        self.endings = frozenset(endings)
        self.writer = Sentencizer(overwrite=True)

    def __call__(self, doc: Doc) -> Doc:
        words, _ = words_of(doc)
        starts = notes_of(doc).starts = find_starts(words, signals_of(doc), self.endings)
        flags = [False] * len(words)
        for at in (0, *starts) if words else ():
            flags[at] = True
        self.writer.set_annotations([doc], [flags])  # setting one token's flag walks through all others each time
        return doc


def find_starts(words: Sequence[str], signals: Iterable[int], endings: frozenset[str]) -> list[int]:
    """Return the indices of tokens that begin a sentence, the first token apart; all marks are among ``signals``."""
    starts: list[int] = []
    line = 0  # where the line began
    straight = {'"': 0, "'": 0}  # straight marks in the line so far
    size = len(words)
    for index in signals:
        word = words[index]
        if "\n" in word:
            line, straight = index + 1, dict.fromkeys(straight, 0)
            if line < size:
                starts.append(line)
        elif word in straight:
            straight[word] += 1
        elif word in STOPS or word in endings or (word.startswith("..") and word.strip(".") == ""):
            after = _skip_closers(words, index + 1, straight)
            if after < size and after > line and _ends(words, index, after, line):
                starts.append(after)
    return sorted(set(starts))  # several marks can end one sentence


def _skip_closers(words: Sequence[str], start: int, straight: Mapping[str, int]) -> int:
    """Step over what closes with the sentence: marks of quotation, brackets, more stops, ``ROW`` of them at most.

    A straight mark opens where an even number of its kind stands before it in its line, ``straight`` before ``start``.
    """
    at, end = start, min(start + ROW, len(words))
    while at < end and (words[at] in CLOSERS or words[at] in STOPS):
        mark = words[at]
        ends = mark in straight and at + 1 < len(words) and words[at - 1] in STOPS
        if ends and (straight[mark] + words[start:at].count(mark)) % 2 == 0:
            break
        at += 1
    return at


def _ends(words: Sequence[str], stop: int, after: int, line: int) -> bool:
    """Tell whether a stop ends its sentence, by what follows and what stands before."""
    following = words[after]
    if "\n" in following:
        return False  # the line break itself starts the next
    if following[0].islower() or following[0] in ",;:)":
        return False
    before = words[stop - 1] if stop else ""
    return not (words[stop] == "." and before.isdigit() and stop - 1 == line)  # "1. Jenjang" heads a list item


@Language.factory("id_sentences", assigns=["token.is_sent_start", "doc.sents"], default_config={"endings": []})
def make_sentences(nlp: Language, name: str, endings: list[str]) -> Sentences:
    """Build the component; ``endings`` are abbreviations that may end a sentence, those of the table when empty."""
    return Sentences(endings or load_table("abbreviations")["endings"]["words"])
