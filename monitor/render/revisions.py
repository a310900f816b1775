"""The versions of an article and what changed between them, for a person: changed words stand between brackets."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from monitor.render.wording import Wording

WIDTH = 100  # characters per line
_WORDS = re.compile(r"\s+|[^\s]+")
_LIKE = 0.5  # paragraphs less alike than this are shown one after the other, not word by word

Row = Mapping[str, Any]


def render_diff(versions: Sequence[Row], wording: Wording, withdrawn_at: str | None = None) -> str:
    """Return every version's head, and the changes from each to the next; one version only has its head.

    What its outlet took down says so at its end; its text is kept. Times are written as they are given.
    """
    say = wording.say
    parts = [_head(versions[0], wording)] if versions else []
    for old, new in pairwise(versions):
        changes = [*_changed_facts(old, new, wording), *_changed_paragraphs(old["text"], new["text"], wording)]
        if old["title"] != new["title"]:
            changes.insert(0, _marked(say("judul"), old["title"], new["title"]))
        parts.append("\n".join([_head(new, wording), *changes]))
    if withdrawn_at:
        parts.append(say("ditarik media, diketahui {moment}; teks dan bukti disimpan", moment=withdrawn_at))
    return "\n\n".join(parts) + "\n" if parts else ""


def _head(version: Row, wording: Wording) -> str:
    say = wording.say
    made = {
        "extraction": say("dibaca ulang dari halaman yang sama"),
        "person": say("diperbaiki oleh {name}", name=version["by"]),
    }
    by = made.get(version["version_by"]) or say("sebagaimana di medianya")
    place = {name: version[name] for name in ("warc", "offset", "sha256")}
    proof = say("{warc} pada byte {offset}, SHA-256 {sha256}", **place) if version["warc"] else say("tidak ada")
    lines = (
        say("versi {number}, {by}, {moment}", number=version["number"], by=by, moment=version["version_at"]),
        f"  {say('judul')}: {version['title']}",
        f"  {say('teks: {n} kata', n=len(version['text'].split()))}",
        f"  {say('bukti')}: {proof}",
    )
    return "\n".join(lines)


def _changed_facts(old: Row, new: Row, wording: Wording) -> Iterator[str]:
    names = {
        "byline": wording.say("penulis"),
        "section": wording.say("rubrik"),
        "published_at": wording.say("waktu terbit"),
    }
    for name, said in names.items():
        if old[name] != new[name] and not (name == "published_at" and old[name] is None):
            yield f"  {said}: [-{old[name] or ''}-] {{+{new[name] or ''}+}}"


def _changed_paragraphs(old: str, new: str, wording: Wording) -> Iterator[str]:
    ours, theirs, say = old.split("\n\n"), new.split("\n\n"), wording.say
    same = 0
    for kind, a, b, c, d in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            same += b - a
            continue
        before, after = ours[a:b], theirs[c:d]
        for number, (one, other) in enumerate(zip(before, after, strict=False)):
            yield _marked(say("paragraf {number}", number=c + number + 1), one, other)
        for number, one in enumerate(before[len(after) :], a + len(after) + 1):
            yield _wrapped(say("paragraf {number} dihapus", number=number), f"[-{one}-]")
        for number, one in enumerate(after[len(before) :], c + len(before) + 1):
            yield _wrapped(say("paragraf {number} ditambahkan", number=number), f"{{+{one}+}}")
    if same:
        yield f"  {say('{n} paragraf tidak berubah', n=same)}"


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
