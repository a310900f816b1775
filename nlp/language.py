"""The language ``id_news``: a spaCy ``Language`` whose tokenizer fits Indonesian press text.

The stock ``id`` tokenizer carries 16,000 exceptions (seconds to build) and breaks this domain: ``Kec.`` is cut,
``P3AP2KB`` loses its ``KB`` as a unit, ``mengatakan,"Kita`` stays glued. Here a few character rules and the
abbreviations of ``data/abbreviations.toml`` do the work (``nlp.tokenizer``). Sentences, names and everything else are
left to the components.
"""

from __future__ import annotations

from typing import Any

from spacy import util
from spacy.attrs import LOWER as LOWER_FORM  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.language import BaseDefaults, Language

from nlp.tokenizer import INFIXES, PREFIXES, REDUPLICATION, SUFFIXES, build_exceptions

CONFIG = """
[nlp]

[nlp.tokenizer]
@tokenizers = "pantau.pieces.v1"
"""


class IndonesianNewsDefaults(BaseDefaults):
    """Tokenizer settings of ``id_news``."""

    config = util.load_config_from_str(CONFIG)
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
