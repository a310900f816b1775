"""What every request is held to: no more is read than anything needs, and whoever asks for heads gets a page's head."""

from __future__ import annotations

import re

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 30_000_000  # bytes of a clip's file
ROOM = 100_000  # for everything else in a form
LARGE = ("/clip",)  # what takes files
LONGEST = 1_000_000  # characters of a text, which the machine reads to its end
WRITTEN = 4 * LONGEST  # bytes of one in a form
TEXT = re.compile(r"/articles/\d+/text")


class Limits:
    """Middleware that ends a request whose body is larger than anything that is asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what is received. Raises HTTPException (413) where the page reads the body."""
        path = scope.get("path", "")
        most = ROOM + (LARGEST if path in LARGE else WRITTEN if TEXT.fullmatch(path) else 0)
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413, "The request is too large.")
            return message

        await self.app(scope, counted, send)


class Heads:
    """Middleware that answers HEAD as GET; the server leaves out the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a copy: the server looks at the method it gave."""
        asked = {**scope, "method": "GET"} if scope.get("method") == "HEAD" else scope
        await self.app(asked, receive, send)
