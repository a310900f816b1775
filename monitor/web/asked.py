"""What a page of the workspace was asked for: the address's query as a filter of articles, and back into an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal, Self
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ConfigDict, Field, field_validator

from db.queries.filters import IN_HEADLINE, ArticleFilter
from db.queries.lines import ROLES
from db.queries.names import find_outlet_names
from monitor.errors import InputError
from monitor.filters import Conditions, build_filter
from monitor.render import labels
from monitor.web.naming import find_key
from monitor.web.refusals import Refused
from monitor.web.visit import Visit

Text = Annotated[str, Field(max_length=300)]
Many = Annotated[list[Text], Field(max_length=50)]
PAGE = 25  # articles
HEADLINES = {"opd": "opd", "pillar": "pillars", "place": "places", "person": "officials"}  # of the filter
CODES = {"tone": labels.TONES, "about": labels.ABOUT, "channel": labels.CHANNELS, "kind": labels.KINDS}


class Asked(BaseModel):
    """The conditions as they were typed or chosen; empty ones do not count. Days are YYYY-MM-DD, the last included."""

    model_config = ConfigDict(frozen=True)
    since: Text = ""
    until: Text = ""
    query: Text = ""
    about: Many = []
    outlet: Many = []
    opd: Many = []
    pillar: Many = []
    place: Many = []
    person: Many = []
    speaker: Many = []
    tone: Many = []
    channel: Many = []
    kind: Many = []
    role: Annotated[list[Literal["actor", "mentioned", "attendee"]], Field(max_length=3)] = []
    headline: Literal["", "opd", "pillar", "place", "person"] = ""  # the condition that the headline meets
    also: Many = []  # ``opd:ID``, ``opd:ID:actor``, ``place:ID:headline``: each besides all of the above
    story: Annotated[int | None, Field(ge=1, le=2**53)] = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1

    @field_validator("story", mode="before")
    @classmethod
    def _empty_is_none(cls, value: Any) -> Any:
        return value or None  # a form sends what was left empty

    def values(self, name: str) -> list[str]:
        """Return the values of a condition that are not empty."""
        return [value for value in getattr(self, name) if value.strip()]

    @property
    def besides(self) -> list[tuple[str, str, str]]:
        """What articles bear besides: the kind of a tag, its id, and how; a speaker's name is all one."""
        split = (said.split(":", 1 if said.startswith("speaker:") else 2) for said in self.values("also"))
        return [(by, ident, how) for by, ident, how, *_ in ([*parts, "", ""] for parts in split)]

    def dated(self, visit: Visit) -> Self:
        """Return the same with its days as they are written, however they were typed. Raises Refused."""
        said = {name: getattr(self, name).strip() for name in ("since", "until")}
        days = {name: str(visit.day(day)) if day else "" for name, day in said.items()}
        return self.model_copy(update=days)

    def to_filter(self, visit: Visit) -> ArticleFilter:
        """Return the filter it stands for, one page of it. Raises Refused."""
        say, names, dated = visit.wording.say, visit.names, self.dated(visit)
        if dated.since and dated.until and dated.since > dated.until:
            raise Refused(say("Hari terakhir mendahului hari pertama."))
        outlet = say("Media", n=1)
        conditions = Conditions(
            since=dated.since or None,
            until=dated.until or None,
            outlet=self._keys(visit, "outlet", outlet, find_outlet_names(visit.store)) if self.outlet else None,
            opd=self._keys(visit, "opd", say("Perangkat daerah"), names.opd),
            pillar=self._keys(visit, "pillar", say("Pilar Smart City"), names.pillars),
            place=self._keys(visit, "place", say("Kecamatan"), names.places),
            person=self._keys(visit, "person", say("Tokoh"), names.people),
            speaker=self.values("speaker"),
            story=[self.story] if self.story else None,
            **{name: self._codes(visit, name) for name in CODES},
            query=self.query.strip() or None,
        )
        return replace(
            build_filter(visit.office, visit.store, conditions),
            roles=tuple(self.role),
            in_headline=HEADLINES.get(self.headline, ""),
            also=tuple(self._besides(visit)),
            newest_first=True,
            limit=PAGE,
            offset=(self.page - 1) * PAGE,
        )

    def _keys(self, visit: Visit, name: str, what: str, registry: Mapping[str, str]) -> list[str]:
        known = visit.names.acronyms
        return [
            said if said in registry else find_key(visit.wording, what, registry, said, known)
            for said in self.values(name)
        ]

    def _besides(self, visit: Visit) -> Iterator[tuple[str, str, str]]:
        """Yield what articles must bear besides. Raises Refused."""
        for by, ident, how in self.besides:
            registry = visit.names.by_field.get(HEADLINES.get(by, ""), {})
            known = by == "speaker" or (ident in registry and how in ("", IN_HEADLINE, *(ROLES if by == "opd" else ())))
            if not known:
                raise Refused(visit.wording.say("Saringan {name} tidak dikenal.", name=":".join((by, ident, how))))
            yield HEADLINES.get(by, "speakers"), ident, how

    def _codes(self, visit: Visit, name: str) -> list[str]:
        known = {code: visit.wording.say(text) for code, text in CODES[name].items()}
        return self._keys(visit, name, visit.wording.say(labels.ASKED[name]), known)

    def link(self, path: str = "/articles", /, **changes: object) -> str:
        """Return the address of a page with the same conditions, but for ``changes``; a None takes one away."""
        plain = {name: getattr(self, name) for name in ("since", "until", "story", "headline")}
        plain["query"] = self.query.strip()
        own = {name: self.values(name) for name in CONDITIONS if name not in plain}
        return make_link(path, {**plain, **own, **changes})


CONDITIONS = tuple(name for name in Asked.model_fields if name != "page")


def make_link(path: str, values: Mapping[str, object]) -> str:
    """Return an address with a query of those values that are not empty."""
    pairs = []
    for name, value in values.items():
        several: Sequence[object] = value if isinstance(value, list | tuple) else [value]
        pairs += [(name, str(one)) for one in several if one not in (None, "")]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def add_query(address: str, values: Mapping[str, object]) -> str:
    """Return an address with these values of its query, in place of those it had by the same names."""
    path, _, query = address.partition("?")
    return make_link(path, {**dict(parse_qsl(query)), **values})


def own_path(address: str) -> str:
    """Return an address to go back to, if it is one of the workspace itself. Raises InputError for any other."""
    if not address.startswith("/") or address.startswith(("//", "/\\")):
        raise InputError(f"{address!r} leads elsewhere")
    return address
