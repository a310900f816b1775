"""Why something was not done, as a sentence in the language of the installation.

The jobs refuse in the command line's English; a page says it in its own words, and keeps the other as a detail for
whoever looks after the machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from crawlers.errors import EvidenceError
from db.faults import StoreBusy, StoreError, StoreMissing, explain_fault
from monitor.errors import Busy, InputError, JobError, is_told
from monitor.render import labels
from monitor.render.wording import Wording
from monitor.web.limits import LARGEST

MEANT_WRONGLY = (InputError, EvidenceError)
UNREADABLE = HTTPStatus.UNPROCESSABLE_ENTITY


class Refused(InputError):
    """What was asked for cannot be meant; the text is for the reader, ``detail`` for whoever looks after Pantau."""

    status = HTTPStatus.BAD_REQUEST

    def __init__(self, text: str, detail: str = "") -> None:
        super().__init__(text)
        self.detail = detail


class NotFound(Refused):
    """There is no such article, edition or outlet."""

    status = HTTPStatus.NOT_FOUND


class NotAllowed(Refused):
    """The person who asks may only read."""

    status = HTTPStatus.FORBIDDEN


class Occupied(Refused):
    """Something else is under way; later it can be done."""

    status = HTTPStatus.CONFLICT


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal as it is shown."""

    status: int
    text: str
    detail: str = ""


@contextmanager
def refusing(text: str, kind: type[Refused] = Refused) -> Iterator[None]:
    """Say in these words what a job refuses within the block; what it could not do is told as such."""
    try:
        yield
    except Refused:
        raise
    except MEANT_WRONGLY as fault:
        raise kind(text, str(fault)) from fault


def describe(fault: Exception, wording: Wording) -> Told:
    """Return the status and the sentence of a fault."""
    say, fault = wording.say, explain_fault(fault) or fault
    if isinstance(fault, Refused):
        return Told(fault.status, str(fault), fault.detail)
    if isinstance(fault, HTTPException):
        return _describe_http(fault, wording)
    if isinstance(fault, RequestValidationError):
        return Told(400, say_invalid(fault.errors()[0], wording))
    if isinstance(fault, StoreBusy):
        text = say("Basis data sedang dipakai pekerjaan lain; isian terakhir belum tersimpan. Coba lagi sebentar lagi.")
        return Told(503, text, str(fault))
    if isinstance(fault, StoreMissing):
        return Told(503, say("Basis data belum ada atau dipindahkan. Beri tahu pengelola Pantau."), str(fault))
    if isinstance(fault, StoreError):
        return Told(503, say("Basis data tidak dapat dipakai sekarang. Beri tahu pengelola Pantau."), str(fault))
    if isinstance(fault, Busy):
        text = say("Pekerjaan lain sedang berjalan. Coba lagi beberapa menit kemudian.")
        return Told(HTTPStatus.CONFLICT, text, str(fault))
    if is_told(fault):
        status = UNREADABLE if isinstance(fault, JobError) else HTTPStatus.BAD_REQUEST
        return Told(status, say("Permintaan ini tidak dapat dijalankan."), str(fault))
    return Told(500, say("Terjadi galat pada Pantau; sudah dicatat. Yang tersimpan sebelumnya aman."))


def _describe_http(fault: HTTPException, wording: Wording) -> Told:
    say = wording.say
    if fault.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        text = say("Kiriman terlalu besar: paling besar {n} MB.", n=LARGEST // 1_000_000)
    elif fault.status_code == HTTPStatus.NOT_FOUND:
        text = say("Halaman ini tidak ada.")
    elif fault.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        text = say("Halaman ini tidak dapat dibuka langsung. Mulailah dari menu.")
    else:
        text = say("Kiriman tidak terbaca. Kembali, lalu kirim lagi.")
    return Told(fault.status_code, text)


def say_invalid(error: Mapping[str, Any], wording: Wording) -> str:
    """Return the sentence of the first field that does not fit its form."""
    name = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")  # a list's item has a number
    what = wording.say(labels.ASKED[name]) if name in labels.ASKED else name
    kind = str(error["type"])
    why = next((text for start, text in labels.INVALID.items() if kind.startswith(start)), labels.INVALID[""])
    return wording.say("Isian {name} tidak dapat dipakai: {reason}.", name=what, reason=wording.say(why))
