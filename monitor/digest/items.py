"""One stored article as an edition's item: its channel, who acts, who speaks, what its tone rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from monitor.clock import localise
from monitor.digest.dataset import Channel, Item
from monitor.names import Names

ROLE_ORDER = {"actor": 0, "mentioned": 1, "attendee": 2}
COMPLAINT = "complaint"  # rule that the annotation names for such words
SENTENCE_END = re.compile(r"[.!?”\"](?=\s)|\n")
SENTENCE_CHARS = 240  # longer than that the words alone are shown
PAID_KIND, OWNED_OUTLET = "advertorial", "government"


def build_item(row: Mapping[str, Any], names: Names, zone: ZoneInfo) -> Item:
    """Turn a stored article (published JSON form) into an item; without annotation its tones are ``netral``."""
    opd = sorted(row.get("opd") or [], key=lambda entity: ROLE_ORDER.get(entity.get("role") or "mentioned", 1))
    opd_tone = row.get("opd_tone") or {}
    copy = row.get("copy_of") or {}
    return Item(
        id=row["id"],
        url=row["url"],
        outlet=row["outlet"],
        outlet_name=row.get("outlet_name") or row["outlet"],
        title=row["title"],
        published_at=localise(row["published_at"], zone),
        kind=row.get("kind") or "reporting",
        channel=find_channel(row),
        about=row.get("about") or "none",
        tone=read_label(row.get("tone")),
        headline_tone=read_label(row.get("headline_tone")),
        tone_evidence=_quote_evidence(row),
        complaint=_is_complaint(row),
        opd=tuple(entity["id"] for entity in opd),
        opd_negative=tuple(sorted(key for key, tone in opd_tone.items() if read_label(tone) == "negatif")),
        pillars=tuple(tag["id"] for tag in row.get("pillars") or []),
        places=tuple(entity["id"] for entity in row.get("places") or []),
        speakers=_list_speakers(row, names),
        story=row.get("story"),
        copy_of=copy.get("id"),
        copy_share=copy.get("share"),
    )


def find_channel(row: Mapping[str, Any]) -> Channel:
    """Return whose space the article stands in: bought, the government's own, or given by a newsroom."""
    if row.get("kind") == PAID_KIND:
        return "paid"
    return "owned" if row.get("outlet_kind") == OWNED_OUTLET else "earned"


def read_label(tone: Any) -> str:
    """Return the label of a tone, which is an object or, corrected by hand, a bare word."""
    return str((tone.get("label") if isinstance(tone, Mapping) else tone) or "netral")


def _quote_evidence(row: Mapping[str, Any]) -> str | None:
    """Return the sentence of the body that the tone rests on, else the words of the headline."""
    tone = row.get("tone")
    spans = (tone.get("evidence") or []) if isinstance(tone, Mapping) else []
    text = row.get("text") or ""
    for span in spans:
        start, end = span["start"], span["end"]
        if span.get("in") == "text" and text[start:end] == span["text"]:
            first = max((match.end() for match in SENTENCE_END.finditer(text, 0, start)), default=0)
            after = SENTENCE_END.search(text, end)
            sentence = text[first : after.start() + 1 if after else len(text)].strip()
            return sentence if len(sentence) <= SENTENCE_CHARS else span["text"]
    return spans[0]["text"] if spans else None


def _is_complaint(row: Mapping[str, Any]) -> bool:
    """Say whether the tone, of the whole or towards an OPD, rests on words of complaint or accusation."""
    tones = [row.get("tone"), *(row.get("opd_tone") or {}).values()]
    against = [tone for tone in tones if isinstance(tone, Mapping) and tone.get("label") == "negatif"]
    return any(span.get("rule") == COMPLAINT for tone in against for span in tone.get("evidence") or [])


def _list_speakers(row: Mapping[str, Any], names: Names) -> tuple[str, ...]:
    said = [quote for quote in row.get("quotes") or [] if quote.get("speaker") or quote.get("speaker_id")]
    known = [names.name_of("person", q["speaker_id"]) if q.get("speaker_id") else str(q["speaker"]) for q in said]
    return tuple(dict.fromkeys(known))
