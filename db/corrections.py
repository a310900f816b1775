"""A person's word on an article: kept apart from what rules and models say, and always stronger.

The latest correction per article, field and value holds. ``apply_corrections`` is run over every annotation before it
is stored, so that what is counted is what a person left standing; what is said of stories and copies is obeyed by
``db.stories`` and ``db.copies`` whenever they link.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from db.connection import Store
from db.rows import Row, build_insert, fetch_rows, group_by, json_text, now_text, placeholders

LABELS = {
    "about": ("subject", "incidental", "none"),
    "kind": ("reporting", "release", "advertorial"),
    "tone": ("positif", "netral", "negatif"),
    "headline_tone": ("positif", "netral", "negatif"),
}
CLEARED = {"about": "none", "kind": "reporting", "tone": "netral", "headline_tone": "netral"}
SETS = ("opd", "officials", "places", "pillars")
LINKS = ("story", "copy_of")  # value: number of the article that it belongs with, or was copied from
UNDECIDED = "undecided"  # value: words of which the machine could not say whom they name, and a person has
TEXTS = ("title", "text")  # of a clip only: what was misread or mistyped there (``db.retyped``)
ANSWERED = "answered"  # value: how the office answered; says nothing of the article itself
SPEAKER = "speaker"  # value: JSON {quote, speaker, speaker_id}; the quotation is known by its words
FIELDS = (*LABELS, *SETS, SPEAKER, UNDECIDED, *LINKS, *TEXTS, ANSWERED)
ACTIONS = {
    "set": (*LABELS, *SETS, SPEAKER, *LINKS, *TEXTS, ANSWERED),
    "clear": (*LABELS, *SETS, *LINKS),
    "add": (*SETS, UNDECIDED),
    "remove": SETS,
    "revert": FIELDS,
}
CERTAIN = 1.0  # score of what a person says
BY_PERSON = "person"  # rule of what a person says


class CorrectionRefused(ValueError):
    """A correction names a field, action or value that does not exist."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a field of an article; which action goes for which field is ``ACTIONS``."""

    article_id: int
    field: str
    value: str | None  # None where nothing holds (clear) or all is the machine's again (revert)
    action: str
    by: str
    note: str = ""
    at: datetime | None = None  # None: now


@dataclass(frozen=True, slots=True)
class Links:
    """What people said of an article's place: the article it belongs with or was copied from; None says with none.

    A field that nobody spoke of is not in ``owned``.
    """

    owned: frozenset[str]
    story: int | None = None
    copy_of: int | None = None
    story_at: str = ""  # since when the word on the story stands, stored form


def insert_correction(store: Store, said: Correction, before: Any) -> int:
    """Write one correction row after checking it; return its id. ``before`` is what stood there.

    Raises CorrectionRefused.
    """
    field, action, value = said.field, said.action, said.value
    if action not in ACTIONS or field not in ACTIONS[action]:
        raise CorrectionRefused(
            f"cannot {action} {field}: set {', '.join(ACTIONS['set'])}; clear {', '.join(ACTIONS['clear'])};"
            f" add to or remove from {', '.join(SETS)}"
        )
    if action == "set" and field in LABELS and value not in LABELS[field]:
        raise CorrectionRefused(f"{field} is one of {', '.join(LABELS[field])}, not {value!r}")
    if action in {"set", "add", "remove"} and not value:
        raise CorrectionRefused(f"name what to {action}")
    if action == "set" and field in LINKS:
        _check_link(store, said.article_id, str(value))
    row = {**asdict(said), "before": json_text(before), "at": now_text(said.at)}
    return int(store.execute(build_insert("corrections", row), row).lastrowid or 0)


def find_corrections(store: Store, article_ids: Sequence[int] = ()) -> list[Row]:
    """Return corrections in the order they were made, of all articles when none is named; ``before`` is what stood
    there.
    """
    where = f"WHERE article_id IN ({placeholders(article_ids)})" if article_ids else ""
    rows = fetch_rows(store, f"SELECT * FROM corrections {where} ORDER BY id", tuple(article_ids))
    return [{**row, "before": json.loads(row["before"] or "null")} for row in rows]


def find_answered(store: Store) -> dict[int, str]:
    """Return since when (stored form) the articles are answered that people said are."""
    rows = fetch_rows(store, "SELECT * FROM corrections WHERE field = ? ORDER BY id", (ANSWERED,))
    by_article = group_by(rows, itemgetter("article_id")).items()
    return {key: standing[0]["at"] for key, own in by_article if (standing := list_in_force(own))}


def find_links(store: Store, article_id: int) -> Links:
    """Return what people said of an article's story and source."""
    said = {c["field"]: c for c in list_in_force(find_corrections(store, [article_id])) if c["field"] in LINKS}
    named = {field: int(c["value"]) if c["value"] else None for field, c in said.items()}
    return Links(frozenset(said), **named, story_at=said["story"]["at"] if "story" in said else "")


def find_retyped(store: Store, article_id: int) -> dict[str, str]:
    """Return headline and text of a clip as far as people put them right."""
    standing = list_in_force(find_corrections(store, [article_id]))
    return {said["field"]: said["value"] for said in standing if said["field"] in TEXTS}


def find_companions(store: Store, article_id: int) -> list[int]:
    """Return the articles of which a person said that they belong with this one."""
    rows = store.conn.execute(
        "SELECT DISTINCT article_id FROM corrections WHERE field = 'story' AND value = ?", (str(article_id),)
    ).fetchall()
    return [other for (other,) in rows if find_links(store, other).story == article_id]


def find_deserted(store: Store, article_id: int) -> list[int]:
    """Return the articles that were said to be alone and with which this one belonged by a later word that was taken
    back, while nobody else belongs with them.
    """
    rows = find_corrections(store, [article_id])
    named = {int(row["value"]) for row in rows if (row["field"], row["action"]) == ("story", "set")}
    return [other for other in sorted(named) if _is_alone(store, other)]


def _is_alone(store: Store, article_id: int) -> bool:
    said = find_links(store, article_id)
    if "story" not in said.owned or said.story is not None:
        return False
    return all(find_links(store, other).story_at < said.story_at for other in find_companions(store, article_id))


def apply_corrections(annotation: Mapping[str, Any], corrections: Sequence[Mapping[str, Any]]) -> Row:
    """Return the annotation (published form) as a person left it. Pure; corrections are in the order they were made."""
    row = dict(annotation)
    for correction in list_in_force(corrections):
        field, value = correction["field"], correction["value"]
        if field in LABELS:
            label = value if correction["action"] == "set" else CLEARED[field]
            row[field] = (
                label
                if field in {"about", "kind"}
                else {"label": label, "score": CERTAIN, "evidence": [], "review": False}
            )
            if field == "about":
                row |= {"about_score": CERTAIN, "about_reasons": [f"set by {correction['by']}"]}
            elif field == "kind":
                row["kind_by"] = "person"
        elif field in SETS:
            row[field] = _changed_set(row.get(field) or [], annotation.get(field) or [], correction)
        elif field == SPEAKER:
            row["quotes"] = [_changed_quote(quote, json.loads(value)) for quote in row.get("quotes") or ()]
        elif field == UNDECIDED:
            told = f"set by {correction['by']}"
            row["not_opd"] = [
                {**name, "reason": told} if name["text"] == value else name for name in row.get("not_opd") or ()
            ]
    if row.get("quotes"):
        gone = {field: _find_gone(field, annotation, row, corrections) for field in ("opd", "officials")}
        left = {item["id"] for item in row.get("opd") or ()}
        row["quotes"] = [_without(quote, gone["opd"], gone["officials"], left) for quote in row["quotes"]]
    return row


def list_in_force(corrections: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the corrections that no later one replaces; setting, clearing or reverting a field replaces all that was
    said about it. Reverted fields are the machine's again.
    """
    latest: dict[tuple[str, str | None], Mapping[str, Any]] = {}
    for correction in corrections:
        field = correction["field"]
        key = _key(correction)
        if key[1] is None:
            latest = {other: kept for other, kept in latest.items() if other[0] != field}
        latest.pop(key, None)
        if correction["action"] != "revert":
            latest[key] = correction
    return list(latest.values())


def _key(correction: Mapping[str, Any]) -> tuple[str, str | None]:
    field, value, action = correction["field"], correction["value"], correction["action"]
    if field == SPEAKER and action == "set":
        return field, json.loads(value)["quote"]
    return field, value if action in {"add", "remove"} else None


def _changed_set(items: Sequence[Row], found: Sequence[Row], correction: Mapping[str, Any]) -> list[Row]:
    """Return a set of tags after a correction; ``found`` is the machine's, whose mentions a confirmed tag keeps."""
    field, value, action = correction["field"], correction["value"], correction["action"]
    if action == "clear":
        return []
    if action == "set":
        return [_confirmed(field, ident, found) for ident in dict.fromkeys(value.split(","))]
    rest = [item for item in items if item["id"] != value]
    return rest if action == "remove" else [*rest, _confirmed(field, value, found)]


def _confirmed(field: str, ident: str, found: Sequence[Row]) -> Row:
    item = next((item for item in found if item["id"] == ident), None) or _new_item(field, ident)
    return {**item, "by_person": True}


def _changed_quote(quote: Row, said: Mapping[str, Any]) -> Row:
    if quote["text"] != said["quote"]:
        return quote
    kept = {"opd": quote.get("opd")} if quote.get("speaker_id") == said["speaker_id"] else {"opd": None}
    return {**quote, **kept, "speaker": said["speaker"], "speaker_id": said["speaker_id"], "rule": BY_PERSON}


def _find_gone(
    field: str, annotation: Mapping[str, Any], row: Mapping[str, Any], corrections: Sequence[Mapping[str, Any]]
) -> set[str]:
    """Return what people took away of a set: by name, or by saying what else it holds."""
    named = {
        said["value"] for said in list_in_force(corrections) if (said["field"], said["action"]) == (field, "remove")
    }
    before, after = ({item["id"] for item in rows.get(field) or ()} for rows in (annotation, row))
    return (before | named) - after


def _without(quote: Row, opd: Set[str], officials: Set[str], left: Set[str]) -> Row:
    """Return a quotation without the office or the person that was taken off its article, the name as printed stays.

    With the person goes an office that the article does not have without that person. What was said of the very
    quotation is stronger.
    """
    if quote.get("speaker_id") in officials and quote.get("rule") != BY_PERSON:
        quote = {**quote, "speaker_id": None, "opd": quote["opd"] if quote.get("opd") in left else None}
    return {**quote, "opd": None} if quote.get("opd") in opd else quote


def _check_link(store: Store, article_id: int, value: str) -> None:
    known = value.isdecimal() and store.conn.execute("SELECT 1 FROM articles WHERE id = ?", (int(value),)).fetchone()
    if not known or int(value) == article_id:
        raise CorrectionRefused(f"name the number of another stored article, not {value!r}")


def _new_item(field: str, value: str) -> Row:
    if field == "pillars":
        return {"id": value, "score": CERTAIN, "evidence": []}
    return {"id": value, "mentions": [], **({"role": "actor"} if field == "opd" else {})}
