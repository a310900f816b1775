"""What gateways answer: some say 200 to a message that they refuse, and why in the body, which Apprise never reads."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

from monitor.notify.groups import Accepted

SHOWN = 200  # characters of a reason
SECRET = 6  # characters from which a value of an address is left out of what the gateway says
_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def hear_answers() -> Iterator[list[requests.Response]]:
    """Collect what is answered to the one message that goes out meanwhile.

    Apprise tells nobody what a service answered, and opens its sessions itself, in threads of its own: so all sessions
    of this process are listened to. Nothing else in it asks by ``requests``, and another message waits its turn.
    """
    heard: list[requests.Response] = []
    send = requests.Session.send

    def listen(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        answer = send(session, request, **options)
        heard.append(answer)
        return answer

    with _ONE_AT_A_TIME:
        requests.Session.send = listen  # type: ignore[assignment, method-assign]
        try:
            yield heard
        finally:
            requests.Session.send = send  # type: ignore[method-assign]


def find_refusal(answers: list[requests.Response], accepted: Accepted, url: str) -> str | None:
    """Return why a message was refused that was sent to ``url``, None where each answer says that it was taken."""
    if not answers:
        return "the gateway's answer was not heard"
    last = [answer for answer in answers if answer.ok and not answer.is_redirect]  # others, Apprise judged itself
    return next((fault for answer in last if (fault := _read_refusal(answer, accepted, url))), None)


def _read_refusal(answer: requests.Response, accepted: Accepted, url: str) -> str | None:
    if not accepted.field:
        taken = _alike(accepted.value) in _alike(answer.text)
        return None if taken else f"the gateway's answer does not say {accepted.value}"
    try:
        body = answer.json()
    except requests.JSONDecodeError:
        return "the gateway's answer is no JSON"
    found = _find(body, accepted.field)
    if found is not None and _alike(found) == _alike(accepted.value):
        return None
    reason = _find(body, accepted.reason) if accepted.reason else None
    said = f"the gateway answered {accepted.field}={json.dumps(found, ensure_ascii=False)}"
    return _mask(said if reason is None else f"{said}: {reason}", url)


def _find(body: Any, path: str) -> Any:
    """Return what stands in a JSON value under a name, or names with dots between that lead inwards; else None."""
    for name in path.split("."):
        body = body.get(name) if isinstance(body, dict) else None
    return body


def _alike(value: Any) -> str:
    """Return a value as compared: gateways write true, "true" and "True"."""
    return str(value).casefold()


def _mask(text: str, url: str) -> str:
    """Return what a gateway says on one line, without the secrets of its address."""
    for _, value in parse_qsl(urlsplit(url).query):
        if len(value) >= SECRET:
            text = text.replace(value, "…")
    return " ".join(text.split())[:SHOWN]
