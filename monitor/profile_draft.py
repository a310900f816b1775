"""Drafts the profile of a regency or city that has none: a folder of files for a person to fill in.

What is common to Indonesia is filled in: the ruler's titles, the government's own offices, the other governments of the
province, and the pillars' terms of another profile without what is only that one's.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from string import Template
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tomli_w

from monitor.errors import InputError, UnknownName
from nlp.profile import Profile, Spot
from nlp.profile_check import OPD_KINDS, find_timezone
from nlp.tables import load_table

TEMPLATES = Path(__file__).parent / "templates" / "profile"
KINDS = Path(__file__).parent / "data" / "kinds_of_region.toml"  # by the word that a name begins with


def write_profile(folder: Path, name: str, province: str, timezone: str | None, model: Profile) -> list[Path]:
    """Write the files of a new profile into ``folder`` and return them.

    Raises InputError for a folder that holds a profile already or a name without its kind, UnknownName (province).
    """
    if any((folder / f"{part}.toml").exists() for part in ("profile", "opd", "people", "places", "pillars")):
        raise InputError(f"{folder} holds a profile already and is left as it is: name another folder")
    texts = build_profile(name, province, timezone, model)
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    return [folder / file for file in texts]


def build_profile(name: str, province: str, timezone: str | None, model: Profile) -> dict[str, str]:
    """Return the text of each file."""
    kinds = tomllib.loads(KINDS.read_text(encoding="utf-8"))
    word, _, short = " ".join(name.split()).partition(" ")
    if word.lower() not in kinds or not short:
        raise InputError(f"--name {name!r}: begin it with {' or '.join(map(str.title, kinds))}, and then its name")
    timezone = timezone or find_timezone(province)
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zones = "Asia/Jakarta, Asia/Makassar or Asia/Jayapura"
        raise InputError(f"--timezone {timezone!r} is no time zone: write {zones}") from None
    kind = kinds[word.lower()]
    facts = {
        "id": re.sub(r"[^a-z0-9]+", "-", short.lower()).strip("-"),
        "name": f"{word.title()} {short}",
        "short": short,
        "kind": word.lower(),
        "province": province,
        "timezone": timezone,
        "names": _list([f"{prefix} {short}" for prefix in kind["prefixes"]]),
        **{key: _list(kind[key]) for key in ("ruler", "setda")},
        "ruler_title": kind["ruler"][0],
        "village_kind": kind["village_kind"],
        "village_id": kind["village_opd"]["id"],
        "village_name": kind["village_opd"]["name"],
        "village_office": _list(kind["village_opd"]["office"]),
        "government": kind["government"],
        "kinds": ", ".join(OPD_KINDS),
        "offices": _list_offices(),
        "neighbours": _list_neighbours(province, short),
    }
    texts = {
        path.name: Template(path.read_text(encoding="utf-8")).substitute(facts) for path in TEMPLATES.glob("*.toml")
    }
    return texts | {"pillars.toml": tomli_w.dumps(without_own(model))}


def without_own(model: Profile) -> dict[str, Any]:
    """Return a profile's pillars without its offices and without terms that are its own, or name it or its places."""
    rows: tuple[Spot, ...] = (*model.kecamatan, *model.kampung, *model.landmark)
    spots = (spot.name for spot in rows if spot.ambiguity != "high")  # "Harapan" is in terms that no place is meant by
    namesakes = (name for row in model.not_ours for name in row.names)
    names = [model.short, *model.names, *model.nicknames, *model.keywords, *spots, *namesakes]
    own = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})\b", re.I)
    pillars = []
    for pillar in model.pillars.get("pillar", ()):
        kept = {key: value for key, value in pillar.items() if key != "opd"}
        kept["terms"] = [term for term in pillar["terms"] if not term.get("own") and not own.search(term["t"])]
        kept["exclusions"] = [text for text in pillar.get("exclusions", ()) if not own.search(text)]
        pillars.append(kept)
    return {**model.pillars, "pillar": pillars}


def _list(values: list[str]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _list_offices() -> str:
    table = load_table("offices")
    lines = []
    for row in table["office"]:
        word = next(iter(table["kinds"].get(row["kind"], {}).get("words", ())), "")
        called = [f"{word} {stem}".strip() for stem in row.get("stems", ())[:1]] + list(row.get("names", ())[:1])
        called += row.get("acronyms", ())[:2]
        called = called or row.get("heads", ())[:2]
        if called:
            lines.append(f"#   {row['id']}: {', '.join(called)}")
    return "\n".join(lines)


def _list_neighbours(province: str, short: str) -> str:
    rows = {row["name"]: row for row in load_table("regions")["province"]}
    if province not in rows:
        short_for = [name for name, row in rows.items() if province in row.get("short", ())]
        if short_for:
            raise InputError(f"--province {province!r}: write its name in full, {short_for[0]}")
        raise UnknownName("province", province, rows, "nlp/data/regions.toml")
    names = [name for name in (*rows[province].get("kabupaten", ()), *rows[province].get("kota", ())) if name != short]
    return "\n".join(f"[[neighbour]]\nname = {json.dumps(name)}\ndistricts = []\n" for name in dict.fromkeys(names))
