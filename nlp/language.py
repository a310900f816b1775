"""The language ``id_news``: a spaCy ``Language`` whose tokenizer fits Indonesian press text.

The stock ``id`` tokenizer carries 16,000 exceptions (seconds to build) and breaks this domain: ``Kec.`` is cut,
``P3AP2KB`` loses its ``KB`` as a unit, ``mengatakan,"Kita`` stays glued. Here a few character rules and the
abbreviations of ``data/abbreviations.toml`` do the work. Sentences, names and everything else are left to the
components.
"""

from __future__ import annotations

import re
from typing import Any

from spacy import util
from spacy.attrs import LOWER as LOWER_FORM  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import BaseDefaults, Language
from spacy.symbols import ORTH  # type: ignore[import-not-found]  # compiled, without stubs

from nlp.tables import load_table

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
    # "Medan-Pekanbaru", "se-Riau", "PUPR-PKPP" are several names; "anak-anak", "Covid-19" are one word.
    rf"(?<=[{ALPHA}0-9])-(?=[{UPPER}])",
    rf"(?<=[{ALPHA}0-9)])/(?=[{ALPHA}])",
]
# "Undang-Undang", "Orang-orangnya": a word and its repetition stay whole whatever the capitals.
REDUPLICATION = re.compile(rf"([{ALPHA}]{{2,}})-\1(?:nya|an|kan|i)?", re.IGNORECASE)


def build_exceptions() -> dict[str, list[dict[int, str]]]:
    """Return the abbreviations that keep their full stop, as tokenizer exceptions, also in capitals."""
    table = load_table("abbreviations")
    words = [word for group in table["abbreviations"].values() for word in group]
    return {form: [{ORTH: form}] for word in words for form in (word, word.upper(), word[0].upper() + word[1:])}


class IndonesianNewsDefaults(BaseDefaults):
    """Tokenizer settings of ``id_news``."""

    tokenizer_exceptions = build_exceptions()
    prefixes = PREFIXES
    suffixes = SUFFIXES
    infixes = INFIXES
    token_match = REDUPLICATION.fullmatch
    url_match = None
    stop_words: set[str] = set()  # noqa: RUF012 - as the base class has it
    lex_attr_getters: dict[int, Any] = dict(BaseDefaults.lex_attr_getters)  # noqa: RUF012


@util.registry.languages("id_news")
class IndonesianNews(Language):  # type: ignore[no-untyped-call]
    """Indonesian as the press prints it."""

    lang = "id_news"
    Defaults = IndonesianNewsDefaults

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each new word would be asked for its shape, its likeness to a number and fifteen things more; nothing here
        # reads them, and new words are most of what tokenizing costs.
        vocab: Any = self.vocab
        vocab.lex_attr_getters = {LOWER_FORM: str.lower}
