"""Signs of paid or released content, and the agency or outlet that a text is taken from.

Only signs are gathered, as ``paid:(adv)`` or ``release:(rls)``; what kind of article they make is decided elsewhere.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from crawlers.extract.words import inner_pattern, load_words, pattern_list, tail_pattern

TAIL = 300  # characters at a text's end in which a closing mark stands


def find_markers(
    url: str,
    title: str,
    section: str | None,
    byline: str | None,
    text: str,
    captions: tuple[str, ...],
    paid: tuple[str, ...] = (),
    release: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Return the signs found, each once; `paid` and `release` are a recipe's further patterns, searched everywhere."""
    found: list[str] = []
    path = unquote(urlsplit(url).path).lower()
    end = text[-TAIL:]
    _add(found, "paid", tail_pattern("marker", "paid_tail").search(end))
    _add(found, "paid", inner_pattern("marker", "paid_title").search(title))
    _add(found, "paid", inner_pattern("marker", "paid_address").search(path))
    if section and section.lower().strip() in load_words()["marker"]["paid_section"]:
        found.append(f"paid:{section.lower().strip()}")
    if byline and byline.lower().strip("() ") in load_words()["marker"]["paid_section"]:
        found.append(f"paid:{byline.lower().strip('() ')}")
    _add(found, "release", tail_pattern("marker", "release_tail").search(end))
    lower = text.lower()
    # one by one: each begins with letters of its own, which are found many times faster than one of several
    told = (pattern.search(lower) for pattern in pattern_list("marker", "release_text"))
    _add(found, "release", min((match for match in told if match), key=lambda match: match.start(), default=None))
    for caption in captions:
        _add(found, "release", re.search(r"antara/ho-[^)]{1,40}", caption, re.IGNORECASE))
    if byline and inner_pattern("marker", "release_byline").search(byline):
        found.append(f"release:{byline.lower()}")
    for kind, patterns in (("paid", paid), ("release", release)):
        for pattern in patterns:
            _add(
                found,
                kind,
                re.search(pattern, f"{title}\n{byline or ''}\n{section or ''}\n{path}\n{text}", re.IGNORECASE),
            )
    return tuple(dict.fromkeys(found))


def _add(found: list[str], kind: str, match: re.Match[str] | None) -> None:
    if match:
        found.append(f"{kind}:{' '.join(match[0].lower().split()).rstrip('*.# ')}")


def find_credit_line(text: str) -> str | None:
    """Return the agency or outlet that the text says it is taken from, as printed."""
    patterns = [pattern for pattern in pattern_list("credit", "text") if pattern.search(text)]
    for line in text.split("\n\n") if patterns else ():
        for pattern in patterns:
            if match := pattern.search(line):
                return match[1].strip(" .,")
    return None
