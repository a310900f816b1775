"""Names and initials with which a text ends: "(Yasrizal)", a short line of its own, "(adi)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers.extract.names import DOMAIN, clean_name, is_name, labelled
from crawlers.extract.words import inner_pattern, label_pattern, tail_pattern, word_set

_SIGNATURE = re.compile(r"[(\[]([^()\[\]]{2,45})[)\]][\s*#.]*$")
_INITIALS = re.compile(r"(?:[a-z][a-z\d]{1,9}|[A-Z][a-z]{1,2})(?:/[a-z\d]{1,10})?")  # and what they put behind a text


def find_signature(text: str, tail: list[str]) -> Iterator[tuple[str, str]]:
    """Names at the end: "(Yasrizal)", or a short line of its own; else initials, "(adi)"."""
    last = text.split("\n\n")[-2:]
    initials = ""
    for line in [*reversed(tail), *reversed(last)]:
        match = _SIGNATURE.search(line.strip())
        name = match[1].strip() if match else line.strip(" -–—*") if line in tail else ""
        if not name or DOMAIN.search(name) or label_pattern("editor").match(name):
            continue
        yield from ((found, "text") for found in labelled(name, "author") if match and ":" in name)
        if any(tail_pattern("marker", k).search(f"({name})") for k in ("paid_tail", "release_tail")):
            continue
        if len(name) >= 4 and is_name(name) and not inner_pattern("caption", "line").fullmatch(line):
            yield clean_name(name), "text"
        elif match and line is not last[0] and _INITIALS.fullmatch(name):
            initials = initials or ("" if set(name.lower().split("/")) & word_set("byline", "no_initials") else name)
    if initials:
        yield initials, "initials"
