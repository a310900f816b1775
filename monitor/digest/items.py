"""One stored article as an edition's item: its channel, who acts, who speaks, what its tone rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from db.queries.lines import ROLES
from monitor.clock import localise
from monitor.digest.dataset import Channel, Item
from monitor.names import Names

COMPLAINT = "complaint"  # rule that the annotation names for such words
SENTENCE_END = re.compile(r"[.!?”\"](?=\s)|\n")
SENTENCE_CHARS = 240  # longer than that the words alone are shown
PAID_KIND, OWNED_OUTLET = "advertorial", "government"


def build_item(row: Mapping[str, Any], names: Names, zone: ZoneInfo) -> Item:
    """Turn a stored article (published JSON form) into an item; without annotation its tones are ``netral``."""
    opd = sorted(row["opd"], key=lambda entity: ROLES.index(entity.get("role", "mentioned")))
    copy = row["copy_of"] or {}
    return Item(
        id=row["id"],
        url=row["url"],
        outlet=row["outlet"],
        outlet_name=row["outlet_name"],
        title=row["title"],
        published_at=localise(row["published_at"], zone),
        kind=row["kind"] or "reporting",
        channel=find_channel(row),
        about=row["about"] or "none",
        tone=read_label(row["tone"]),
        headline_tone=read_label(row["headline_tone"]),
        tone_evidence=_quote_evidence(row),
        complaint=_is_complaint(row),
        opd=tuple(entity["id"] for entity in opd),
        opd_negative=tuple(sorted(key for key, tone in row["opd_tone"].items() if tone["label"] == "negatif")),
        pillars=tuple(tag["id"] for tag in row["pillars"]),
        places=tuple(entity["id"] for entity in row["places"]),
        speakers=_list_speakers(row, names),
        story=row["story"],
        copy_of=copy.get("id"),
        copy_share=copy.get("share"),
        withdrawn=bool(row.get("withdrawn_at")),
    )


def find_channel(row: Mapping[str, Any]) -> Channel:
    """Return whose space the article stands in: bought, the government's own, or given by a newsroom."""
    if row["kind"] == PAID_KIND:
        return "paid"
    return "owned" if row["outlet_kind"] == OWNED_OUTLET else "earned"


def read_label(tone: Mapping[str, Any] | None) -> str:
    """Return the label of a tone; what is not annotated counts as ``netral``."""
    return str(tone["label"]) if tone else "netral"


def _quote_evidence(row: Mapping[str, Any]) -> str | None:
    """Return the sentence of the body that the tone rests on, else the words of the headline."""
    text: str = row["text"]
    spans: Sequence[Mapping[str, Any]] = row["tone"]["evidence"] if row["tone"] else ()
    for span in spans:
        start, end = span["start"], span["end"]
        if span["in"] == "text" and text[start:end] == span["text"]:
            first = max((match.end() for match in SENTENCE_END.finditer(text, 0, start)), default=0)
            after = SENTENCE_END.search(text, end)
            sentence = text[first : after.start() + 1 if after else len(text)].strip()
            return sentence if len(sentence) <= SENTENCE_CHARS else str(span["text"])
    return spans[0]["text"] if spans else None


def _is_complaint(row: Mapping[str, Any]) -> bool:
    """Say whether the tone, of the whole or towards an OPD, rests on words of complaint or accusation."""
    tones = [row["tone"], *row["opd_tone"].values()]
    against = [tone for tone in tones if tone and tone["label"] == "negatif"]
    return any(span.get("rule") == COMPLAINT for tone in against for span in tone["evidence"])


def _list_speakers(row: Mapping[str, Any], names: Names) -> tuple[str, ...]:
    said = [quote for quote in row["quotes"] if quote["speaker"] or quote["speaker_id"]]
    known = [names.name_of("person", q["speaker_id"]) if q["speaker_id"] else q["speaker"] for q in said]
    return tuple(dict.fromkeys(known))
