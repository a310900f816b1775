"""Pages that prove an article: each version as it was fetched, whether it is intact, shown and given away.

A fetched page is another site's. It is shown in a sandbox that runs and loads nothing, so that neither can it do
anything here nor does the outlet learn who looks.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from crawlers.errors import EvidenceError
from monitor.evidence import read_page, show_evidence
from monitor.web.reading import load_article
from monitor.web.refusals import Refused, refusing
from monitor.web.visit import Reading, Visit

router = APIRouter()
Version = Annotated[int | None, Query(ge=0, le=100_000)]
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
PLAIN = "application/octet-stream"
SHOWN = ("text/html", "application/xhtml+xml", "text/plain", "image/jpeg", "image/png", "image/webp", "image/gif")
READABLE = ("application/json", "application/xml", "application/rss+xml", "application/atom+xml", "text/xml")
BEGINNINGS = {b"%PDF": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"RIFF": "image/webp"}


@router.get("/articles/{number}/proof")
def show_proof(visit: Reading, number: int) -> HTMLResponse:
    """Show every version of an article's page: when it was fetched, from where, and whether it is what was stored."""
    row = load_article(visit, number)
    versions = show_evidence(visit.store, visit.office.config.evidence_folder, number)
    for version in versions:
        version["shown"] = row["origin"] == "clip" or kind_of(version, b"").partition(";")[0] in SHOWN
    return visit.render("proof", row=row, versions=versions)


@router.get("/articles/{number}/evidence")
def give_evidence(visit: Reading, number: int, version: Version = None, look: bool = False) -> Response:
    """Give the page of a version (the latest) as it was fetched, to be saved, or (``look``) to be seen here."""
    load_article(visit, number)
    body, kind = read_version(visit, number, version)
    shown = look and kind.partition(";")[0] in SHOWN
    ending = mimetypes.guess_extension(kind.partition(";")[0]) or ".bin"
    name = f"bukti-{number}" + (f"-versi-{version}" if version is not None else "") + ending
    headers = {
        "Content-Disposition": f'{"inline" if shown else "attachment"}; filename="{name}"',
        "Content-Security-Policy": SANDBOX,
    }
    return Response(body, headers={**headers, "Content-Type": kind if shown else PLAIN})


def read_version(visit: Visit, number: int, version: int | None) -> tuple[bytes, str]:
    """Return the page of a version and what it is. Raises Refused."""
    say, folder = visit.wording.say, visit.office.config.evidence_folder
    with refusing(say("Tidak ada halaman yang diarsipkan dari artikel nomor {number}.", number=number)):
        try:
            exchange, body = read_page(visit.store, folder, number, version)
        except EvidenceError as fault:
            text = say("Halaman arsip itu hilang atau rusak. Beri tahu pengelola Pantau.")
            raise Refused(text, str(fault)) from fault
    return body, kind_of({"headers": dict(exchange.headers)}, body)


def kind_of(version: Mapping[str, Any], body: bytes) -> str:
    """Return the type of a page as its site gave it, that of a clip's file by its first bytes; what a feed or an
    interface gave is read as text.
    """
    headers = {name.lower(): value for name, value in (version.get("headers") or {}).items()}
    given = str(headers.get("content-type", "")).lower()
    if given.startswith(READABLE):
        return "text/plain; charset=utf-8"
    if given:
        return given
    return next((kind for start, kind in BEGINNINGS.items() if body.startswith(start)), PLAIN)
