"""The versions of an article and what changed between them, for a person: changed words stand between brackets."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

WIDTH = 100  # characters per line
_WORDS = re.compile(r"\s+|[^\s]+")
_LIKE = 0.5  # paragraphs less alike than this are shown one after the other, not word by word

Row = Mapping[str, Any]


def render_diff(versions: Sequence[Row], withdrawn_at: str | None = None) -> str:
    """Return every version's head, and the changes from each to the next; one version only has its head.

    What its outlet took down says so at its end; its text is kept.
    """
    parts = [_head(versions[0])] if versions else []
    for old, new in pairwise(versions):
        changes = [*_changed_facts(old, new), *_changed_paragraphs(old["text"], new["text"])]
        if old["title"] != new["title"]:
            changes.insert(0, _marked("title", old["title"], new["title"]))
        parts.append("\n".join([_head(new), *changes]))
    if withdrawn_at:
        parts.append(f"taken down by the outlet, found so {withdrawn_at}; text and evidence are kept")
    return "\n\n".join(parts) + "\n" if parts else ""


def _head(version: Row) -> str:
    made = {"extraction": "read anew from the same page", "person": f"put right by {version['by']}"}
    by = made.get(version["version_by"], "as the outlet had it")
    proof = f"{version['warc']} at byte {version['offset']}, SHA-256 {version['sha256']}" if version["warc"] else "none"
    return (
        f"version {version['number']}, {by}, {version['version_at']}\n"
        f"  title: {version['title']}\n  text: {len(version['text'].split())} words\n  evidence: {proof}"
    )


def _changed_facts(old: Row, new: Row) -> Iterator[str]:
    for name in ("byline", "section", "published_at"):
        if old[name] != new[name] and not (name == "published_at" and old[name] is None):
            yield f"  {name}: [-{old[name] or ''}-] {{+{new[name] or ''}+}}"


def _changed_paragraphs(old: str, new: str) -> Iterator[str]:
    ours, theirs = old.split("\n\n"), new.split("\n\n")
    same = 0
    for kind, a, b, c, d in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            same += b - a
            continue
        before, after = ours[a:b], theirs[c:d]
        for number, (one, other) in enumerate(zip(before, after, strict=False)):
            yield _marked(f"paragraph {c + number + 1}", one, other)
        yield from (_wrapped(f"paragraph {a + len(after) + n + 1} taken out", f"[-{one}-]")
                    for n, one in enumerate(before[len(after) :]))  # fmt: skip
        yield from (_wrapped(f"paragraph {c + len(before) + n + 1} added", f"{{+{one}+}}")
                    for n, one in enumerate(after[len(before) :]))  # fmt: skip
    if same:
        yield f"  {same} paragraphs unchanged"


def _marked(label: str, old: str, new: str) -> str:
    """Return both wordings in one: ``[-old-] {+new+}`` word by word where they are alike."""
    ours, theirs = _WORDS.findall(old), _WORDS.findall(new)
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.ratio() < _LIKE:
        return _wrapped(label, f"[-{old}-] {{+{new}+}}")
    made = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            made.append("".join(ours[a:b]))
            continue
        made.append(f"[-{''.join(ours[a:b])}-]" if b > a else "")
        made.append(f"{{+{''.join(theirs[c:d])}+}}" if d > c else "")
    return _wrapped(label, "".join(made))


def _wrapped(label: str, text: str) -> str:
    return textwrap.fill(f"{label}: {text}", WIDTH, initial_indent="  ", subsequent_indent="    ")
