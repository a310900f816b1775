"""The workspace put together: pages, refusals as pages, headers that keep a browser from doing more than it should.

This is the web's one place that catches whatever a page raises.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from monitor.errors import tell_fault
from monitor.office import Office
from monitor.render.wording import load_wording
from monitor.web import (
    alerting,
    answering,
    api,
    correcting,
    counting,
    digests,
    editions,
    filing,
    outlets,
    pictures,
    proof,
    reading,
    retyping,
    signing,
    undecided,
)
from monitor.web.access import Door, is_forged
from monitor.web.asked import make_link
from monitor.web.limits import Heads, Limits
from monitor.web.refusals import NotAllowed, describe
from monitor.web.visit import STATIC, SignInNeeded, render_page

log = logging.getLogger("pantau")
PAGES = (
    signing, digests, reading, proof, pictures, undecided, correcting, answering, retyping, counting, editions, filing,
    alerting, outlets, api,
)  # fmt: skip
LOCAL = ("localhost", "127.0.0.1")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # asked for anew each time, but "back" finds a form as it was filled in, which "no-store" would empty
    "Cache-Control": "private, no-cache",
}
# a digest as it goes out by mail carries its styles within; it needs nothing else
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups"


def build_app(office: Office, gate: threading.Lock | None = None) -> FastAPI:
    """Return the application; ``gate`` is held by whoever asks outlets for pages, so that only one does at a time."""
    app = FastAPI(title="Pantau", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.office, app.state.gate, app.state.door = office, gate or threading.Lock(), Door()
    for module in PAGES:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(Limits)
    app.add_middleware(GZipMiddleware, minimum_size=1000)  # no page holds a secret that its length could tell
    app.middleware("http")(guard)
    web = office.config.web
    app.add_middleware(Heads)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL, web.host, *web.names])
    app.add_exception_handler(SignInNeeded, ask_to_sign_in)
    app.add_exception_handler(HTTPException, explain)
    app.add_exception_handler(RequestValidationError, explain)
    return app


async def guard(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse what another site has forged, and give every answer its headers."""
    if request.method not in {"GET", "HEAD"} and is_forged(request.headers):
        answer = explain(request, _build_forged(request))
    else:
        try:
            answer = await go_on(request)
        except Exception as fault:  # noqa: BLE001 - the web's one place that catches all
            answer = explain(request, fault)
    if request.url.path.startswith("/static/") and "v" in request.query_params and answer.status_code == HTTPStatus.OK:
        answer.headers["Cache-Control"] = "max-age=31536000, immutable"
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.url.path.endswith("/digest.html"):
        answer.headers["Content-Security-Policy"] = MAIL_POLICY
    return answer


def _build_forged(request: Request) -> NotAllowed:
    say = load_wording(request.app.state.office.config.lang).say
    return NotAllowed(say("Permintaan ini datang dari situs lain dan ditolak. Ulangi dari halaman Pantau sendiri."))


def ask_to_sign_in(request: Request, _fault: Exception) -> Response:
    """Lead a reader to the sign-in page and back; a program gets 401."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": "sign in first"}, HTTPStatus.UNAUTHORIZED)
    here, lost = request.url, ""
    if request.method != "GET":  # the page on which it was said, which the browser names (Referrer-Policy)
        here, lost = URL(request.headers.get("referer", "/")), "1"
    back = (here.path or "/") + (f"?{here.query}" if here.query else "")
    return RedirectResponse(make_link("/sign-in", {"back": back, "lost": lost}), 303)


def explain(request: Request, fault: Exception) -> Response:
    """Turn whatever was raised into one sentence and its status; a fault of the program goes to the log."""
    office: Office = request.app.state.office
    told = describe(fault, load_wording(office.config.lang))
    if told.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        sentence = tell_fault(fault)
        cause = f": {sentence}" if sentence else ""
        log.error("workspace: %s %s%s", request.method, request.url.path, cause, exc_info=None if sentence else fault)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": told.text, **({"detail": told.detail} if told.detail else {})}, told.status)
    person = getattr(request.state, "person", None)
    return render_page(request, office, "fault", told.status, person, told=told, back=request.method == "POST")
