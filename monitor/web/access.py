"""Who may do what in the workspace: sign-in, sessions, roles, and requests that another site has forged.

Nobody has to sign in while nobody is registered; then only this machine is answered. An
``editor`` reads, corrects and adds, a ``reader`` reads. A request that changes something must come from a page of
the workspace itself: its Origin (or Sec-Fetch-Site) says so, as
https://words.filippo.io/csrf/ recommends in place of tokens.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from getpass import getuser
from typing import Literal
from urllib.parse import urlsplit

from crawlers.plan import is_loopback
from db.connection import Store
from db.users import find_session, find_user, find_users, start_session
from monitor.web.passwords import hash_password, matches

Role = Literal["editor", "reader"]
ROLES: tuple[Role, ...] = ("editor", "reader")
COOKIE = "pantau_session"
LASTS = timedelta(days=14)
PAUSE = timedelta(minutes=5)  # after so many wrong passwords from one address it has to wait:
TRIES = 5  # for one name; others who bear the name and come from elsewhere need not wait with it
MOST_TRIES = 30  # for all names together


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking."""

    name: str
    role: Role
    signed_in: bool

    @property
    def may_edit(self) -> bool:
        """Whether corrections and clips are accepted from them."""
        return self.role == "editor"


@dataclass(slots=True)
class Door:
    """Lets people in, one at a time, as a password takes a quarter of a second of a processor to check; remembers the
    wrong ones of the last minutes, in this process only.
    """

    wrong: list[tuple[datetime, str, str]] = field(default_factory=list)  # when, for which name, from where
    one: threading.Lock = field(default_factory=threading.Lock)

    def sign_in(self, store: Store, name: str, password: str, now: datetime, where: str = "") -> str | None:
        """Return the token of a new session, or None when name and password do not fit or there were too many tries
        from ``where``, an address.
        """
        with self.one:
            self.wrong = [tried for tried in self.wrong if tried[0] >= now - PAUSE]
            here = [tried for tried in self.wrong if tried[2] == where]
            if len(here) >= MOST_TRIES or sum(tried[1] == name for tried in here) >= TRIES:
                return None
            user = find_user(store, name)
            if not matches(password, user["password"] if user else _nobody()) or not user:
                self.wrong.append((now, name, where))
                return None
            self.wrong = [tried for tried in self.wrong if tried[1:] != (name, where)]
        token = secrets.token_urlsafe(32)
        start_session(store, name, token, LASTS, now)
        return token


@cache
def _nobody() -> str:
    """Return what is compared with for an unknown name, so that it takes as long as a known one."""
    return hash_password(secrets.token_hex(16))


def find_person(store: Store, token: str | None, now: datetime, at_machine: bool) -> Person | None:
    """Return who is asking, or None for somebody who has to sign in first; ``at_machine`` says that they sit at it."""
    if at_machine and not find_users(store):
        return Person(getuser(), "editor", signed_in=False)
    session = find_session(store, token, now) if token else None
    return Person(session["name"], session["role"], signed_in=True) if session else None


def is_at_machine(client: str, host: str) -> bool:
    """Say whether a request comes from a browser on this machine.

    A reverse proxy on it connects from here as well, but passes on the client's address or its own host name.
    """
    return is_loopback(client) and is_loopback(urlsplit(f"//{host}").hostname or "")


def is_forged(headers: Mapping[str, str]) -> bool:
    """Say whether a changing request comes from another site; a program that is no browser sends neither header."""
    if site := headers.get("sec-fetch-site"):
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
