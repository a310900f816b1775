"""Vocabulary of ``words.toml``, compiled once: how furniture, captions, credits, paid marks and error pages look."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

# Classes and ids of one kind of page are some two hundred, and the pages of a hundred outlets come by in turns: in a
# smaller cache each layout would drive out the others before it comes again.
LOOKS = 16_384


@cache
def load_words() -> dict[str, dict[str, list[str]]]:
    """Return the tables of ``words.toml``."""
    data: dict[str, Any] = tomllib.loads(files("crawlers.extract").joinpath("words.toml").read_text(encoding="utf-8"))
    return data


@cache
def line_pattern(table: str, key: str) -> re.Pattern[str]:
    """Return the pattern that matches a whole line (``fullmatch``) of the given kind, marks at its ends aside."""
    inner = "|".join(f"(?:{p})" for p in load_words()[table][key])
    return re.compile(rf"[\W_]*(?:{inner})[\W_]*", re.IGNORECASE)


@lru_cache(LOOKS)  # menus and lists beside the text say the same on every page
def is_line(table: str, key: str, text: str) -> bool:
    """Say whether a line is of the given kind; one that looks like a sentence is asked for again when it is sorted."""
    return bool(_lower_line_pattern(table, key).fullmatch(text.lower()))


@cache
def _lower_line_pattern(table: str, key: str) -> re.Pattern[str]:
    """Return the same for lines in lower case: where letters stand for themselves most alternatives fail at once."""
    inner = "|".join(f"(?:{p})" for p in load_words()[table][key])
    return re.compile(rf"[\W_]*(?:{inner})[\W_]*")


@cache
def inner_pattern(table: str, key: str) -> re.Pattern[str]:
    """Return the pattern that finds one of the given kind anywhere (``search``)."""
    return re.compile("|".join(f"(?:{p})" for p in load_words()[table][key]), re.IGNORECASE)


@cache
def lower_pattern(table: str, key: str) -> re.Pattern[str]:
    """Return the same for texts in lower case: there a long text is searched many times faster."""
    return re.compile("|".join(f"(?:{p})" for p in load_words()[table][key]))


@cache
def pattern_list(table: str, key: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a list one by one, for where it counts which of them matches; of a line or of a text."""
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in load_words()[table][key])


@cache
def tail_pattern(table: str, key: str) -> re.Pattern[str]:
    """Return the pattern that finds one of the given kind at the end of a text, end marks aside."""
    return re.compile("(" + "|".join(f"(?:{p})" for p in load_words()[table][key]) + r")[\s*.#]*$", re.IGNORECASE)


@cache
def name_pattern(key: str) -> re.Pattern[str]:
    """Return the pattern that finds a word of table ``box`` in a class or id, as `fold_name` writes them."""
    inner = "|".join(re.escape(fold_name(w)) for w in sorted(load_words()["box"][key], key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?<!no-)(?<!has-)(?<!have-)(?<!with-)(?:{inner})(?![a-z])")


@cache
def label_pattern(key: str) -> re.Pattern[str]:
    """Return the pattern of a label of table ``byline`` that stands before a name."""
    inner = "|".join(
        re.escape(w).replace(r"\ ", r"\s+") for w in sorted(load_words()["byline"][key], key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?P<label>{inner})\b\s*(?P<mark>[:：]+\s*)?", re.IGNORECASE)


@cache
def word_set(table: str, key: str) -> frozenset[str]:
    """Return the words of a list as they are."""
    return frozenset(load_words()[table][key])


@lru_cache(2 * LOOKS)  # for three lists or so
def is_named(key: str, name: str) -> bool:
    """Say whether a folded name holds a word of the given list."""
    return bool(name) and bool(name_pattern(key).search(name))


@lru_cache(LOOKS)
def is_own_line(name: str) -> bool:
    """Say whether a span of this folded name is a line of its own: a date, a name, a button, a caption."""
    return any(is_named(kind, name) for kind in ("weak", "meta", "headline", "caption"))


def fold_name(name: str) -> str:
    """Write class and id names alike: lower case, parts of camelCase and snake_case parted by hyphens."""
    if not name.islower():
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
    return name.replace("__", " ").replace("_", "-")


@lru_cache(LOOKS)
def look_of(tag: str, names: str | None, ident: str | None) -> tuple[str, str]:
    """Return class and id as `fold_name` writes them, and the tag with the first of them as it stands."""
    raw = f"{names or ''} {ident or ''}".strip()
    return (fold_name(raw), f"{tag}.{raw.split()[0]}") if raw else ("", f"{tag}.")
