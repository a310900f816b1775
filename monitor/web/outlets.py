"""The pages of what is watched: how each outlet fares, what the last runs did, and adding an article by hand."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from http import HTTPStatus
from operator import itemgetter
from pathlib import Path, PurePath
from typing import Annotated

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from db.connection import open_store
from db.queries.articles import find_article
from db.queries.names import find_outlets_to_choose
from db.rows import group_by
from db.runs import find_runs
from monitor.clip import Clip, NotStored, clip_address, clip_file
from monitor.clock import parse_instant
from monitor.health import build_registry, check_health
from monitor.notify.health import list_troubles, say_finding
from monitor.office import Office
from monitor.scan import HEIC, TYPES
from monitor.web.limits import LONGEST
from monitor.web.refusals import Occupied, Refused, refusing
from monitor.web.visit import Editing, Reading, Visit
from monitor.why import Answer, ask_why

router = APIRouter()
RUNS = 20  # on the page
WAIT_SECONDS = 5.0  # for a crawl under way, before the person is asked to come back
ORDER = ("finding", "failing", "never", "fixed", "ok")
READ = ("ok", "fixed")
Short = Annotated[str, Form(max_length=2000)]


@router.get("/outlets")
def show_outlets(visit: Reading) -> HTMLResponse:
    """Show every watched outlet, those first that want attention, and the last runs."""
    registry = {row["id"]: row for row in build_registry(visit.office, visit.store)}
    health = sorted(check_health(visit.store, visit.office.chosen), key=lambda row: ORDER.index(row["status"]))
    for row in health:
        row["days"] = (visit.now - parse_instant(row["since"])).days if row["since"] else 0
    unread = (row for row in health if row["status"] not in READ)
    troubled = group_by(unread, itemgetter("status", "finding"))  # an office offline has all in one
    own = [(say_finding(visit.office, row, visit.wording), row["detail"]) for row in list_troubles(visit.store)]
    runs = find_runs(visit.store, RUNS)
    return visit.render("outlets", health=health, troubled=troubled, own=own, read=READ, registry=registry, runs=runs)


@router.get("/clip")
def ask_clip(visit: Editing) -> HTMLResponse:
    """Show the two forms: an address, or a clip of print, radio or TV with its file."""
    return show_form(visit)


def show_form(visit: Visit, answer: Answer | None = None, status: int = HTTPStatus.OK) -> HTMLResponse:
    """Show the forms, with what was answered about an address."""
    url = answer.url if answer else ""
    outlets = find_outlets_to_choose(visit.store, visit.office.chosen)
    return visit.render("clip", status, answer=answer, url=url, outlets=outlets)


@router.post("/clip")
def save_clip(
    visit: Editing,
    url: Short = "",
    title: Short = "",
    outlet: Short = "",
    date: Short = "",
    byline: Short = "",
    file: UploadFile | None = None,
) -> Response:
    """Add an address, or a file with its headline, outlet and day; then show the article."""
    if url.strip():
        return _save_address(visit, url.strip())
    if file is None or not file.filename:
        raise Refused(visit.wording.say("Isi alamat berita, atau pilih berkas kliping."))
    number, unread = _save_file(visit, file, file.filename, title, outlet, date, byline)
    return RedirectResponse(f"/articles/{number}?saved=clip{unread and f'&unread={unread}'}", 303)


def _save_address(visit: Visit, url: str) -> Response:
    try:
        with refusing_address(visit, url):
            ids = _fetch(visit, url)
    except NotStored as fault:  # which is an answer
        answer = Answer(fault.url, "", fault.reason or "error", fault.detail)
        return show_form(visit, answer, HTTPStatus.UNPROCESSABLE_ENTITY)
    stored = find_article(visit.store, url) if not ids else None  # it was here already
    number = ids[0] if ids else stored["id"] if stored else ""
    return RedirectResponse(f"/articles/{number}?saved=clip", 303)


def _save_file(
    visit: Visit, file: UploadFile, given: str, title: str, outlet: str, date: str, byline: str
) -> tuple[int, str]:
    """Store a clip of the name that its file was ``given``; return its number, and what kept it from being read.

    Raises Refused for what is missing or cannot be read.
    """
    say = visit.wording.say
    if PurePath(given).suffix.lower() in HEIC:
        raise Refused(
            say("Foto HEIC (iPhone) tidak dapat dibaca: simpan sebagai JPG lebih dulu, lalu pilih berkas JPG itu.")
        )
    if PurePath(given).suffix.lower() not in TYPES:
        raise Refused(say("Berkas harus berakhiran {kinds}.", kinds=", ".join(TYPES)))
    missing = [
        say(name, n=1) for name, value in (("Judul", title), ("Media", outlet), ("Tanggal", date)) if not value.strip()
    ]
    if missing:
        raise Refused(say("Belum diisi: {names}.", names=", ".join(missing)))
    day = str(visit.day(date))
    body = file.file.read()
    if given.lower().endswith(".txt") and len(body) > LONGEST:
        raise Refused(say("Teks terlalu panjang: paling besar {n} MB.", n=LONGEST // 1_000_000))
    with tempfile.TemporaryDirectory(prefix="pantau-") as folder:
        path = Path(folder) / name_file(given)
        path.write_bytes(body)
        with refusing(
            say("Kliping ini tidak dapat disimpan: berkasnya kosong, rusak, atau bukan jenis yang disebut namanya.")
        ):
            return _store(visit.office, Clip(path, title, outlet, day, byline.strip() or None))


@router.post("/why")
def tell_why(visit: Editing, url: Short) -> HTMLResponse:
    """Say why an address is not among the articles, as the store and the site itself tell it."""
    if not url.strip():
        raise Refused(visit.wording.say("Isi alamat berita, atau pilih berkas kliping."))
    with (
        refusing_address(visit, url),
        asking_outlets(visit),
        open_store(visit.office.config.store) as store,
    ):
        answer = ask_why(visit.office, store, url.strip(), threading.Event(), public_only=True)
    return show_form(visit, answer)


def refusing_address(visit: Visit, url: str) -> AbstractContextManager[None]:
    """Say what is wrong with an address in the page's words."""
    told = visit.wording.say("Alamat {url} tidak dapat dipakai: tulis alamat lengkap, diawali https://.", url=url[:200])
    return refusing(told)


def name_file(given: str) -> str:
    """Return a plain name for a file that came under any: the last part of it, short, with the ending that it has."""
    last = PurePath("".join(char for char in given.replace("\\", "/") if char.isprintable())).name.strip(". ")
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:80]}{dot}{ending[:10]}" if stem else f"kliping.{ending[:10]}"


@contextmanager
def asking_outlets(visit: Visit) -> Iterator[None]:
    """Ask outlets for pages, never beside a crawl: an outlet has one connection at a time. Raises Occupied."""
    gate: threading.Lock = visit.request.app.state.gate
    if not gate.acquire(timeout=WAIT_SECONDS):
        raise Occupied(visit.wording.say("Pengambilan berita sedang berjalan. Coba lagi beberapa menit kemudian."))
    try:
        yield
    finally:
        gate.release()


def _fetch(visit: Visit, url: str) -> list[int]:
    """Fetch one address as ``pantau clip`` does."""
    with asking_outlets(visit), open_store(visit.office.config.store) as store:
        return clip_address(visit.office, store, url, threading.Event(), public_only=True).changed


def _store(office: Office, clip: Clip) -> tuple[int, str]:
    with open_store(office.config.store) as store:
        saved, scan = clip_file(office, store, clip)
        return saved.id, scan.cause
