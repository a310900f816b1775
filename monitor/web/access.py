"""Who may do what in the workspace: sign-in, sessions, roles, and requests that another site has forged.

Nobody has to sign in while nobody is registered; then only this machine is answered (``monitor.web.server``). An
``editor`` reads, corrects and adds, a ``reader`` reads. A request that changes something must come from a page of
the workspace itself: its Origin (or Sec-Fetch-Site) says so, as
https://words.filippo.io/csrf/ recommends in place of tokens.
"""

from __future__ import annotations

import secrets
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from getpass import getuser
from typing import Literal
from urllib.parse import urlsplit

from db.connection import Store
from db.users import end_session, find_session, find_user, find_users, start_session
from monitor.web.passwords import hash_password, matches

Role = Literal["editor", "reader"]
ROLES: tuple[Role, ...] = ("editor", "reader")
COOKIE = "pantau_session"
LASTS = timedelta(days=14)
TRIES, PAUSE = 5, timedelta(minutes=5)  # wrong passwords for one name, after which it has to wait


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
    """Lets people in; remembers wrong passwords of the last minutes, in this process only."""

    wrong: dict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def sign_in(self, store: Store, name: str, password: str, now: datetime) -> str | None:
        """Return the token of a new session, or None when name and password do not fit or there were too many tries."""
        tries = self.wrong[name]
        while tries and tries[0] < now - PAUSE:
            tries.popleft()
        if len(tries) >= TRIES:
            return None
        user = find_user(store, name)
        if not matches(password, user["password"] if user else _nobody()) or not user:
            tries.append(now)
            return None
        token = secrets.token_urlsafe(32)
        start_session(store, name, token, LASTS, now)
        self.wrong.pop(name, None)
        return token


@cache
def _nobody() -> str:
    """Return what is compared with for an unknown name, so that it takes as long as a known one."""
    return hash_password(secrets.token_hex(16))


def find_person(store: Store, token: str | None, now: datetime) -> Person | None:
    """Return who is asking, or None for somebody who has to sign in first."""
    if not find_users(store):
        return Person(getuser(), "editor", signed_in=False)
    session = find_session(store, token, now) if token else None
    return Person(session["name"], session["role"], signed_in=True) if session else None


def sign_out(store: Store, token: str | None) -> None:
    """End a session."""
    if token:
        end_session(store, token)


def is_forged(headers: Mapping[str, str]) -> bool:
    """Say whether a changing request comes from another site; a program that is no browser sends neither header."""
    if site := headers.get("sec-fetch-site"):
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
