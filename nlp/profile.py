"""A regency's profile: who its offices, people and places are and since when, loaded from one folder of TOML files and
validated.

Names that are common to all of Indonesia ("Dinas Kesehatan", "Diskes", "Kadiskes") are not here but in
``data/offices.toml``; a profile says which of those offices it has (``office = [...]``) and what is its own.
Contradictions between rows, which need a person to judge, are found by ``nlp.profile_check``.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from nlp.periods import Period, parse_period

GOVERNMENT_KIND = "pemerintah"  # of the one office in opd.toml that is the government as a whole
PROFILES = Path(__file__).parent / "profiles"
Ambiguity = Literal["low", "medium", "high"]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Name = Annotated[str, Field(min_length=1)]
SAID = {"extra_forbidden": "unknown key", "missing": "missing"}  # instead of pydantic's words


class ProfileError(ValueError):
    """A profile that cannot be used; the message names the file and the key and says what to write."""


class Row(BaseModel):
    """A strict, unchangeable table row."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Dated(Row):
    """A row that holds for a time."""

    since: str | None = Field(None, alias="from")
    until: str | None = None

    @model_validator(mode="after")
    def check_dates(self) -> Self:
        parse_period(self.since, self.until)
        return self

    @property
    def period(self) -> Period:
        """When it holds."""
        return parse_period(self.since, self.until)


class NotOurs(Row):
    """A name that contains or equals one of ours and means something else; the longest name wins over ours.

    ``exact`` asks for these very capitals; ``near`` for one of these words within six tokens; ``region`` names the
    other place; ``passing`` marks what names us in passing (an electoral district).
    """

    names: tuple[Name, ...]
    reason: str
    region: str | None = None
    exact: bool = False
    near: tuple[str, ...] = ()
    passing: bool = False


class Neighbour(Row):
    """Another regency of the province with its districts, to tell "Camat X" and "Polsek X" apart."""

    name: Name
    short: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()  # districts whose names are too common to say anything without their title


class FormerName(Dated):
    """A name that an office bore for a time."""

    names: tuple[Name, ...] = ()
    acronyms: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    office: tuple[str, ...] = ()


class Opd(Dated):
    """An office of the regency, or a body that is counted with them."""

    id: Identifier
    name: Name
    kind: str
    office: tuple[str, ...] = ()  # ids of data/offices.toml whose names it bears
    without: tuple[str, ...] = ()  # of these names, those that it does not bear here
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()  # case counts
    heads: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    former: tuple[FormerName, ...] = ()
    successors: tuple[str, ...] = ()
    kecamatan: str | None = None  # the kecamatan whose camat this is
    shared: bool = False  # serves other regencies too: its name is no sign that an article is about us
    note: str = ""


class Kecamatan(Row):
    """A district of the regency."""

    id: Identifier
    name: Name
    code: str = ""
    variants: tuple[str, ...] = ()
    ambiguity: Ambiguity = "low"
    note: str = ""


class Kampung(Row):
    """A village (kampung, desa, nagari or kelurahan)."""

    name: Name
    kecamatan: str
    kind: Literal["kampung", "desa", "nagari", "kelurahan", "persiapan"] = "kampung"  # all but kelurahan are alike
    code: str = ""
    variants: tuple[str, ...] = ()
    ambiguity: Ambiguity = "low"
    note: str = ""


class Landmark(Row):
    """A building, lake, hall or locality; ``short`` names count only after a full one."""

    name: Name
    kecamatan: str
    variants: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    ambiguity: Ambiguity = "low"


Spot = Kecamatan | Kampung | Landmark


class Tenure(Dated):
    """An office that a person held. ``region`` names the government when it is not ours."""

    office: Name
    opd: str | None = None
    role: Literal["head", "deputy", "member", "candidate"] = "head"
    kind: Literal["definitif", "Plt", "Pj", "Pjs", "Plh", "terpilih"] = "definitif"
    region: str | None = None


class Person(Row):
    """One human with every spelling seen. ``common`` names count only next to an office of theirs."""

    id: Identifier
    name: Name
    variants: tuple[str, ...] = ()
    short: tuple[str, ...] = ()  # count after a fuller name or behind an office
    common: bool = False
    ours: bool = True
    tenure: tuple[Tenure, ...] = ()
    note: str = ""


class Epithet(Row):
    """A phrase that stands for whoever holds an office on the article's date."""

    names: tuple[Name, ...]
    office: Name
    reason: str = ""


class Words(Row):
    """What the regency calls things: ``ruler`` are the titles of its head and deputy."""

    ruler: tuple[str, ...] = ("Bupati", "Wakil Bupati", "Wabup")


class Profile(Row):
    """Everything that is true of one regency."""

    id: Identifier
    name: Name
    short: Name
    kind: Literal["kabupaten", "kota"]
    province: Name
    capital: str = ""
    timezone: str = "Asia/Jakarta"
    names: tuple[Name, ...]
    nicknames: tuple[str, ...] = ()
    keywords: tuple[Name, ...]
    outlets: tuple[str, ...] = ()
    words: Words = Words()
    not_ours: tuple[NotOurs, ...] = ()
    neighbour: tuple[Neighbour, ...] = ()
    opd: tuple[Opd, ...]
    kecamatan: tuple[Kecamatan, ...] = ()
    kampung: tuple[Kampung, ...] = ()
    landmark: tuple[Landmark, ...] = ()
    person: tuple[Person, ...] = ()
    epithet: tuple[Epithet, ...] = ()
    pillars: dict[str, Any] = {}  # pillars.toml as it stands; the pillars component validates it
    source: Path

    @field_validator("timezone")
    @classmethod
    def check_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value!r} is no time zone; write one such as Asia/Jakarta") from error
        return value

    @property
    def government(self) -> str:
        """Id of the office that is the government as a whole; blank where the profile has none (see the check)."""
        return next((opd.id for opd in self.opd if opd.kind == GOVERNMENT_KIND), "")

    def holders(self, opd: str, day: date) -> list[Person]:
        """Return who headed or held ``opd`` on ``day``, or within half a year of a sighting of them there."""
        return [p for p in self.person if any(t.opd == opd and t.period.days_off(day) < 183 for t in p.tenure)]


FILES = {"profile.toml": True, "opd.toml": True, "places.toml": True, "people.toml": True, "neighbours.toml": False}


def load_profile(name: str | Path) -> Profile:
    """Return the profile of that id (a folder of ``nlp/profiles``) or in that folder.

    Raises ProfileError when the folder or a file is missing, a file is no TOML, or a key is unknown, absent or of
    the wrong kind.
    """
    folder = find_folder(name)
    states = [(path, path.stat()) for path in sorted(folder.glob("*.toml"))]
    return _read_profile(folder, tuple((path.name, state.st_mtime_ns, state.st_size) for path, state in states))


@lru_cache(maxsize=4)  # every component asks for it; ``states`` changes with the files
def _read_profile(folder: Path, states: tuple[tuple[str, int, int], ...]) -> Profile:
    rows: dict[str, Any] = {"source": folder, "pillars": read_toml(folder / "pillars.toml", needed=False)}
    origin: dict[str, str] = {}
    for file, needed in FILES.items():
        for key, value in read_toml(folder / file, needed=needed).items():
            if key in rows:
                raise ProfileError(
                    f"{folder / file}: {key!r} is set twice; it also stands in {origin.get(key, 'another file')}"
                )
            rows[key], origin[key] = value, file
    try:
        return Profile.model_validate(rows)
    except ValidationError as error:
        raise ProfileError(render_faults(folder, origin, rows, error)) from error


def find_folder(name: str | Path) -> Path:
    """Return the folder of a profile id or path. Raises ProfileError when there is none."""
    for folder in (Path(name), PROFILES / str(name)):
        if (folder / "profile.toml").is_file():
            return folder.resolve()
    known = ", ".join(sorted(path.parent.name for path in PROFILES.glob("*/profile.toml")))
    raise ProfileError(f"no profile {str(name)!r}: give one of {known}, or a folder that holds profile.toml")


def read_toml(path: Path, *, needed: bool) -> dict[str, Any]:
    """Return a TOML file, empty when it is absent and not needed. Raises ProfileError otherwise."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if needed:
            raise ProfileError(f"{path} is missing") from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path} is no valid TOML: {error}") from error


def render_faults(folder: Path, origin: dict[str, str], rows: dict[str, Any], error: ValidationError) -> str:
    """Return one line per fault, with file, row (by id or name) and key."""
    lines = []
    for fault in error.errors():
        top, *rest = fault["loc"] or ("",)
        where = [str(top)]
        value: Any = rows.get(str(top))
        for part in rest:
            if isinstance(part, int):
                value = value[part] if isinstance(value, list) and part < len(value) else None
            else:
                value = value.get(part) if isinstance(value, dict) else None
            label = value.get("id") or value.get("name") if isinstance(value, dict) else None
            where.append(f"[{label or part}]" if isinstance(part, int) else f".{part}")
        said = SAID.get(fault["type"], fault["msg"])
        lines.append(f"{folder / origin.get(str(top), 'profile.toml')}: {''.join(where)}: {said}")
    return "\n".join(lines)
