"""Parts Indonesian press text into tokens: character rules, abbreviations, and a memory for what they made of a word.

The rules are those of a spaCy ``Tokenizer``. It reads a word that it does not know with several patterns, and inside
of a ``memory_zone`` it learns none; ``PieceTokenizer`` remembers the tokens of each piece of text between two spaces,
reads the commonest shapes with one pattern, and asks the rules for all others. It leaves words, offsets and the numbers
of terms in the notes of the Doc (``nlp.extensions``), where every component looks for them.

In a ``memory_zone`` new words go to a vocabulary that is thrown away as a whole. spaCy's own zones give back the words,
but not their places in its two hash tables, which therefore grow with all words that ever were met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate, chain, compress, count
from typing import Any

from spacy import util
from spacy.language import Language, create_tokenizer
from spacy.symbols import ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.extensions import notes_of
from nlp.memo import Memo
from nlp.signals import WATCHED, is_signal
from nlp.tables import load_table
from nlp.terms import TABLE

LOWER = "a-zß-öø-ÿ"
UPPER = "A-ZÀ-ÖØ-Þ"
ALPHA = LOWER + UPPER
QUOTES = '"“”„«»`´'
SINGLE = "'‘’‚"

PREFIXES = [rf"[{QUOTES}{SINGLE}(\[{{<,:;!?¿¡*_|~#=/]", r"\.\.+", "…", "[-–—]+", r"•", r"\.(?=[A-Za-z])"]
SUFFIXES = [
    rf"[{QUOTES}{SINGLE})\]}}>,:;!?*_|~=/]",
    r"\.\.+",
    "…",
    "[-–—]+",
    # A full stop after a lower-case letter, a digit or a closing mark ends a word; after a lone capital it is an
    # initial.
    rf"(?<=[0-9{LOWER}%²+\-)\]}}{QUOTES}{SINGLE}*?!])\.",
    rf"(?<=[{UPPER}0-9][{UPPER}])\.",
    "%",
]
INFIXES = [
    rf"[{QUOTES}()\[\]{{}}…|~—–]",
    r"\.\.+",
    r"\.?\*+",
    rf"(?<=[{ALPHA}0-9)]),(?=[{ALPHA}{QUOTES}{SINGLE}])",
    rf"(?<=[{ALPHA})])[;:!?](?=[{ALPHA}{QUOTES}{SINGLE}])",
    rf"(?<=[{LOWER}]{{2}})\.(?=[{UPPER}({QUOTES}])",  # "waspada.Kami", "waspada.(rls)": a missing space
    r"(?<=\bPT|\bCV)\.(?=[A-Z])",
    # "Kota-Kampung", "se-Provinsi", "PUPR-PKPP" are several names; "anak-anak", "Covid-19" are one word.
    rf"(?<=[{ALPHA}0-9])-(?=[{UPPER}])",
    rf"(?<=[{UPPER}][{UPPER}])-(?=(?:lah|kah|pun|nya|ku|mu)(?![{ALPHA}]))",  # "KPU-lah", "Satpol PP-nya"
    rf"(?<=[{ALPHA}0-9)])/(?=[{ALPHA}])",
]
# "Undang-Undang", "Orang-orangnya": a word and its repetition stay whole whatever the capitals.
REDUPLICATION = re.compile(rf"([{ALPHA}]{{2,}})-\1(?:nya|an|kan|i)?", re.IGNORECASE)

LONGEST = 250  # characters that the rules read at once: they take marks off one by one, and read the rest anew
PIECES = 30_000  # remembered: all common ones; names come and go
# Marks and dashes in front, a word or figure, others behind slashes, a stop that the rules take off, marks, a stop
# behind them: of these all rules above make one token each.
_COMMON = re.compile(
    rf"([{QUOTES}{SINGLE}(\[–—-]*)"
    rf"((?:[{ALPHA}0-9]+|(?:Rp|ke-)?[0-9]+(?:[.,:/-][0-9]+)*[{ALPHA}]*)(?:(?<![{UPPER}][{UPPER}])-[{LOWER}]+)*)"
    rf"((?:/[{ALPHA}]+)*)"
    rf"((?:(?<=[{LOWER}0-9])|(?<=[{UPPER}0-9][{UPPER}]))\.)?"
    rf"([{QUOTES}{SINGLE})\],:;!?%]*(?:(?<=[{QUOTES}{SINGLE})\]!?%])\.)?)"
)
_DASHES = re.compile(r"[-–—]+|.")
_SLASHED = re.compile(r"/|[^/]+")
_SPACE = re.compile(r"(?<=\S) (?=\S)")  # a space that is the only one between two words
_BLANK = re.compile(r"(\s+)")
_LINES = re.compile(r"(\n(?<!\s\n)\n*)(?!\s)")  # breaks of lines, but none with another blank beside it

# Of each token of a piece one after the other, in one row, as it lies side by side in memory: its key in the vocabulary
# or else the token itself, the token, its lower-case form, its terms as ``nlp.terms.TABLE`` reads them, whether it is a
# signal, whether a space follows, and the characters with that space.
_Row = tuple[Any, ...]
_WIDTH = 7  # entries of a token


def build_exceptions() -> dict[str, list[dict[int, str]]]:
    """Return the abbreviations that keep their full stop, as tokenizer exceptions, also in capitals."""
    table = load_table("abbreviations")
    words = [word for group in table["abbreviations"].values() for word in group]
    return {form: [{ORTH: form}] for word in words for form in (word, word.upper(), word[0].upper() + word[1:])}


class PieceTokenizer(util.DummyTokenizer):
    """Makes Docs from texts; the tokens are those of ``rules``."""

    def __init__(self, vocab: Vocab, rules: Tokenizer) -> None:
        self.vocab, self.rules = vocab, rules
        self.zoned = False  # whether a memory zone lasts
        self.keys: dict[str, int] = {}  # of words met outside of memory zones: the vocabularies of all zones know them
        self.tokens = Memo(self.read_token, PIECES)
        self.pieces = Memo(self.read_piece, PIECES)
        self.known = (0, 0)  # terms and watched words when the pieces were read

    def __call__(self, text: str) -> Doc:
        if not text:
            return Doc(self.vocab)
        if self.known != (known := (len(TABLE.numbers), len(WATCHED))):  # a component was loaded
            self.known = known
            self.tokens.forget()
            self.pieces.forget()
        found: list[_Row] = []
        for number, line in enumerate(_LINES.split(text)):
            if number % 2:  # the break behind a line
                found.append(self.tokens[line])
            elif line:
                rows = list(map(self.pieces.__getitem__, line.split(" ")))
                if not all(rows):  # several spaces, or another blank beside one
                    rows = [self.pieces[piece] or self.join(piece) for piece in _SPACE.split(line)]
                rows[-1] = end_line(rows[-1])
                found += rows
        row = list(chain.from_iterable(found))
        keys, words, low, numbers, signals, spaces, widths = (row[at::_WIDTH] for at in range(_WIDTH))
        spaces[-1] = text[-1] == " " and not words[-1].isspace()
        doc = Doc(self.vocab, words=keys, spaces=spaces)
        notes = notes_of(doc)
        notes.text, notes.words, notes.low, notes.numbers = text, words, low, numbers
        notes.offsets, notes.signals = [0, *accumulate(widths[:-1])], list(compress(count(), signals))
        return doc

    @contextmanager
    def memory_zone(self, mem: Any = None) -> Iterator[Any]:
        """Keep new words in a vocabulary of the zone; ``Language.memory_zone`` begins and ends it."""
        vocab: Any = self.vocab  # the stubs know no getters
        lasting = vocab, self.rules
        self.vocab, self.zoned = Vocab(lex_attr_getters=vocab.lex_attr_getters), True
        for word in self.keys:
            self.vocab.strings.add(word)
        self.rules = copy_rules(self.rules, self.vocab)
        try:
            yield mem
        finally:
            (self.vocab, self.rules), self.zoned = lasting, False

    def read_piece(self, piece: str) -> _Row:
        """Return the tokens of what stands between two spaces; none when it does not, or a blank goes on beyond it."""
        if piece.isalpha():
            return follow_with_space(self.tokens[piece])
        if common := _COMMON.fullmatch(piece):
            return follow_with_space(self.join_common(*common.groups("")))
        if not piece or piece[0].isspace() or piece[-1].isspace() or " " in piece:
            return ()
        if len(piece.split()) > 1:
            return self.join(piece)
        return follow_with_space(self.apply_rules(piece))

    def read_token(self, word: str) -> _Row:
        """Return a token, no space behind it."""
        if not self.zoned:
            self.keys[word] = self.vocab.strings.add(word)
        low = word if word.islower() else word.lower()
        return self.keys.get(word, word), word, low, *TABLE.read(low), is_signal(word, low), False, len(word)

    def join(self, piece: str) -> _Row:
        """Return the tokens of pieces with blanks between them; a space right behind a word belongs to the word."""
        row: _Row = ()
        for part in filter(None, _BLANK.split(piece)):
            if not part.isspace():
                row += end_line(self.pieces[part])
            elif part[0] == " " and row:
                row = follow_with_space(row) + (self.tokens[part[1:]] if part[1:] else ())
            else:
                row += self.tokens[part]
        return follow_with_space(row)

    def join_common(self, before: str, word: str, slashed: str, stop: str, after: str) -> _Row:
        """Return the tokens of a piece of the commonest shapes."""
        words = _DASHES.findall(before) if before else []
        words.append(word)
        if slashed:
            words += _SLASHED.findall(slashed)
        if stop and words[-1] + stop in self.rules.rules:  # "Kec."
            words[-1] += stop
        else:
            words += stop
        return tuple(chain.from_iterable(map(self.tokens.__getitem__, (*words, *after))))

    def apply_rules(self, piece: str) -> _Row:
        """Return the tokens of any other piece; a term may begin in one and end in the next."""
        parts = (piece[at : at + LONGEST] for at in range(0, len(piece), LONGEST))
        words = [token.text for part in parts for token in self.rules(part)]
        terms = TABLE.read(piece, [0, *accumulate(map(len, words[:-1]))])
        tokens = zip(map(self.tokens.__getitem__, words), terms, strict=True)
        return tuple(chain.from_iterable((*token[:3], own, *token[4:]) for token, own in tokens))


def follow_with_space(row: _Row) -> _Row:
    """Return tokens with a space behind the last."""
    return (*row[:-2], True, row[-1] + 1)


def end_line(row: _Row) -> _Row:
    """Return tokens that a space follows without it."""
    return (*row[:-2], False, row[-1] - 1)


def copy_rules(rules: Tokenizer, vocab: Vocab) -> Tokenizer:
    """Return the same rules over another vocabulary."""
    return Tokenizer(
        vocab,
        rules.rules,
        rules.prefix_search,
        rules.suffix_search,
        rules.infix_finditer,
        rules.token_match,
        rules.url_match,
    )


@util.registry.tokenizers("pantau.pieces.v1")  # type: ignore[untyped-decorator]
def build_tokenizer() -> Callable[[Language], PieceTokenizer]:
    """Return what makes the tokenizer of a language, with the rules that its defaults name."""
    return lambda nlp: PieceTokenizer(nlp.vocab, create_tokenizer()(nlp))
