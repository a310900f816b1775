"""One request to the workspace: who asks, the store as it is now, and how an answer becomes a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from db.connection import Store, open_store
from db.runs import find_last_finished
from monitor.clock import find_now, find_today, parse_day, parse_instant
from monitor.doctor import STALE
from monitor.jobs import GATHERING
from monitor.names import Names
from monitor.office import Office
from monitor.render import labels
from monitor.render.environment import load_environment
from monitor.render.wording import Wording, flatten, load_wording, tells_hour, web_address
from monitor.web.access import COOKIE, Person, find_person, is_at_machine
from monitor.web.refusals import NotAllowed, refusing

STATIC = Path(__file__).with_name("static")


class SignInNeeded(Exception):
    """Nobody is signed in."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What every page needs; ``store`` is open for reading while the request lasts."""

    request: Request
    office: Office
    store: Store
    person: Person
    now: datetime

    @property
    def wording(self) -> Wording:
        """The language of the installation."""
        return load_wording(self.office.config.lang)

    @property
    def names(self) -> Names:
        """The names of the profile as the pages show them."""
        return self.office.own_names

    def acronyms(self, at: str) -> dict[str, list[str]]:
        """Return the acronyms with the offices that an article of that time means: those that stood then, if any."""
        day = parse_instant(at).astimezone(self.office.zone).date()
        standing = {opd.id for opd in self.office.profile.opd if opd.period.may_cover(day)}
        return {
            word: [key for key in keys if key in standing] or list(keys) for word, keys in self.names.acronyms.items()
        }

    def moment(self, stored: str | None) -> str:
        """Write a stored instant on the clock of the profile's timezone; nothing for none."""
        return self.wording.moment(parse_instant(stored).astimezone(self.office.zone).isoformat()) if stored else ""

    def day(self, text: str) -> date:
        """Return the day that was asked for. Raises Refused."""
        today = find_today(self.office.zone, self.now)
        told = self.wording.say(
            "Hari {day} tidak dapat dipakai: tulis tahun-bulan-hari, misalnya {today}, tidak sesudah hari ini.",
            day=text,
            today=today,
        )
        with refusing(told):
            return parse_day(text, "day", self.office.zone, self.now)

    @property
    def stale(self) -> str:
        """Since when nothing has been gathered, where that is longer than a service at work would leave it."""
        last = find_last_finished(self.store, GATHERING)
        return self.moment(last) if last and self.now - parse_instant(last) > STALE else ""

    def render(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page made from a template, with what all of them use."""
        return render_page(
            self.request,
            self.office,
            template,
            status,
            person=self.person,
            moment=self.moment,
            stale=self.stale,
            today=find_today(self.office.zone, self.now),
            **values,
        )


def render_page(
    request: Request,
    office: Office,
    template: str,
    status: int = 200,
    person: Person | None = None,
    stale: str = "",
    **values: Any,
) -> HTMLResponse:
    """Return a page also for somebody who is not signed in."""
    wording = load_wording(office.config.lang)
    body = (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(
            say=wording.say,
            wording=wording,
            labels=labels,
            names=office.own_names,
            regency=office.profile.name,
            person=person,
            stale=stale,
            path=request.url.path,
            menu=[(address, wording.say(text)) for address, text in labels.MENU.items()],
            query=dict(request.query_params),
            **values,
        )
    )
    return HTMLResponse(body, status)


@cache
def _environment() -> Environment:
    environment = load_environment(Path(__file__).with_name("templates"))
    environment.filters |= {"flat": flatten, "web": web_address, "tells_hour": tells_hour}
    environment.globals["link_static"] = link_static
    return environment


@cache
def link_static(name: str) -> str:
    """Return the address of a style sheet, script or picture: another one as soon as it holds something else, so that
    browsers may keep it for good and yet have the new one after an upgrade.
    """
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def at_machine(request: Request) -> bool:
    """Say whether a request comes from this machine itself."""
    return is_at_machine(request.client.host if request.client else "", request.headers.get("host", ""))


def open_visit(request: Request) -> Iterator[Visit]:
    """Open the store for a request, and say who asks. Raises SignInNeeded."""
    office: Office = request.app.state.office
    now = find_now()
    with open_store(office.config.store, read_only=True) as store:
        person = find_person(store, request.cookies.get(COOKIE), now, at_machine(request))
        if person is None:
            raise SignInNeeded
        request.state.person = person  # a refusal has the menu too
        yield Visit(request, office, store, person, now)


def open_editing(visit: Annotated[Visit, Depends(open_visit)]) -> Visit:
    """Let only those through who may change something. Raises NotAllowed."""
    if not visit.person.may_edit:
        raise NotAllowed(visit.wording.say("Akun ini hanya untuk membaca. Mintalah peran editor kepada pengelola."))
    return visit


Reading = Annotated[Visit, Depends(open_visit)]
Editing = Annotated[Visit, Depends(open_editing)]
