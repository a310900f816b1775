"""A clip as people name and type it: the address it goes by, and its headline and text put right.

How a change is kept is ``db.retyped``'s; that the machine reads the clip anew is left to whoever calls.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping

from db.articles import add_alias
from db.connection import Store, writing
from db.corrections import Correction, CorrectionRefused
from db.retyped import retype_article
from db.rows import Row
from monitor.clock import find_now
from monitor.errors import InputError

KEPT = str.maketrans("", "", "\x00\ufeff")


def name_clip(payload: bytes, outlet: str, title: str) -> str:
    """Return an address for a clip: its file's hash (RFC 6920), and which of the page's articles it is."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(payload).digest()).decode().rstrip("=")
    return _name_part(f"ni:///sha-256;{digest}", outlet, title)


def _name_part(file: str, outlet: str, title: str) -> str:
    said = f"{outlet}\n{title}".encode()
    return f"{file}?clip={hashlib.blake2b(said, digest_size=4).hexdigest()}"


def retype_clip(store: Store, article: Row, texts: Mapping[str, str | None], by: str, note: str = "") -> list[int]:
    """Store headline and text of a clip as a person typed them, a None as they were read before; return the ids of the
    corrections, of what differs from what stands there.

    ``article`` is in the published form. The same file clipped under its new headline is still the same clip. Raises
    InputError.
    """
    number, now = article["id"], find_now()
    said = [
        Correction(number, field, value, "revert" if value is None else "set", by, note, now)
        for field, value in _list_changes(article, texts)
    ]
    if not said:
        return []
    try:
        with writing(store):
            ids = retype_article(store, said)
            for title in (one.value for one in said if one.field == "title" and one.value):
                file = article["url"].partition("?")[0]
                add_alias(store, number, _name_part(file, article["outlet"], title), now)
    except CorrectionRefused as error:
        raise InputError(str(error)) from None
    return ids


def _list_changes(article: Row, texts: Mapping[str, str | None]) -> Iterator[tuple[str, str | None]]:
    for field, typed in texts.items():
        tidy = typed if typed is None else _tidy_text(typed) if field == "text" else " ".join(typed.split())
        if tidy == article[field]:
            continue
        if tidy == "":
            raise InputError(f"a clip's {field} cannot be taken away: type what stands on the page")
        yield field, tidy


def _tidy_text(typed: str) -> str:
    """Return a text with its lines as every system ends them, without what nobody sees."""
    return "\n".join(line.rstrip() for line in typed.translate(KEPT).splitlines()).strip()
