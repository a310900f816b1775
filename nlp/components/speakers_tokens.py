"""Parts a text into the tokens that speaker resolution works on, with what the word lists say of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nlp.components.speakers_words import Words, load_words
from nlp.memo import Memo

_REMEMBERED = 30_000  # strings, as many as of the tokenizer: all common ones; names come and go
_ACTION = 8  # letters
_DI = 5  # letters at most of words with di- that are no passives
_TOKEN = re.compile(r"@[\w.]+|[^\W\d_][\w'’.&/-]*|\d[\w.,]*|[(),;:–—]")


@dataclass(slots=True)  # not frozen, which makes new words dear, and every article has some
class Word:
    """A printed word; what the lists of ``speakers_words`` say of it is looked up once."""

    text: str
    low: str  # lower case without a full stop
    capital: bool
    sign: bool  # anything of a sentence that may tell whom it is about: verbs of saying, leads, passives
    noun: bool  # names a person by trade or office
    body: bool  # belongs to the name of a body or a territory
    parting: bool  # ends a phrase
    breaking: bool  # ends a phrase of capitalised words, too: a day, a month, a mark of punctuation
    lead: bool  # may attribute speech to what follows
    reporting: bool
    telling: bool  # one of both


class Token:
    """A word or mark of punctuation with its offsets; ``word`` tells what is known of it."""

    # Thousands are made and asked: attributes of a named tuple take four times as long to read.
    __slots__ = ("capital", "end", "low", "start", "text", "word")

    def __init__(self, start: int, end: int, word: Word) -> None:
        self.start, self.end, self.word = start, end, word
        self.text, self.low, self.capital = word.text, word.low, word.capital


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the words that begin within [start, end), and the punctuation that parts phrases."""
    if end <= start:
        return []
    at, stop = _widen(text, start, end)
    found = []
    for chunk in text[at:stop].replace("\n", " ").split(" "):
        past = at + len(chunk)
        if chunk.isalpha():
            found.append(Token(at, past, _WORDS[chunk]))
        else:
            for first, last, word in _CHUNKS[chunk]:
                found.append(Token(at + first, at + last, word))
        at = past + 1
    while found and found[-1].start >= end:
        found.pop()
    skipped = 0
    while skipped < len(found) and found[skipped].start < start:
        skipped += 1
    return found[skipped:] if skipped else found


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the stretch without blanks begins that holds ``start``, and where that ends that holds the last
    character before ``end``: a word is read with what it hangs together with.
    """
    begin = text.rfind(" ", 0, start) + 1
    begin = max(begin, text.rfind("\n", begin, start) + 1)
    space = text.find(" ", end - 1)
    stop = space if space >= 0 else len(text)
    line = text.find("\n", end - 1, stop)
    return begin, line if line >= 0 else stop


def find_reports(text: str, starts: Iterable[int]) -> list[Token]:
    """Return those of the words beginning at ``starts`` by which speech is attributed, or reported without marks."""
    return [token for start in starts for token in tokens(text, start, start + 1) if token.word.telling]


_Chunk = tuple[tuple[int, int, Word], ...]  # the words of a stretch without spaces, with their offsets in it


def is_action(low: str) -> bool:
    """Tell whether a word in lower case names what is done ("penindakan"): of such words sections bear their names."""
    return len(low) > _ACTION and low.startswith(("pe", "ke")) and low.endswith("an")


def _is_agentive(low: str, words: Words) -> bool:
    """Tell whether a verb in lower case may have its agent behind it."""
    return low in words.answered or (low.startswith("di") and len(low) > _DI) or low in {"datang", "membuat"}


def _read_word(printed: str) -> Word:
    low, words = printed.rstrip(".").lower(), load_words()
    lead, reporting = low in words.leads, low in words.reporting
    return Word(
        printed,
        low,
        capital=printed[0].isupper() or printed[0] == "@",
        sign=lead or reporting or low in words.turns or _is_agentive(low, words),
        noun=words.is_noun(low),
        body=low in words.bodies or is_action(low),
        parting=words.is_parting(low),
        breaking=low in words.weekdays or low in words.months or not printed[0].isalpha(),
        lead=lead,
        reporting=reporting,
        telling=lead or reporting,
    )


def _read_chunk(chunk: str) -> _Chunk:
    """Return the words of a stretch without spaces that holds marks, with their offsets in it."""
    pieces = []
    for match in _TOKEN.finditer(chunk):
        word, start = match[0], match.start()
        if word.endswith(".") and len(word) > 3 and "." not in word[:-1]:
            word = word[:-1]  # a full stop, not an abbreviation's
        word = word.rstrip("'’-/")
        pieces.append((start, start + len(word), _WORDS[word]))
    return tuple(pieces)


_WORDS = Memo(_read_word, _REMEMBERED)
_CHUNKS = Memo(_read_chunk, _REMEMBERED)
