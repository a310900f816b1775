"""Files as the workspace gives them: their type by their ending, to look at in the browser or to be saved."""

from __future__ import annotations

from pathlib import PurePath

from fastapi.responses import Response

OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".eml": "message/rfc822",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
}
SHOWN = {".pdf", ".html", ".txt", ".json"}  # the others are opened by another program


def give_file(body: bytes, name: str, *, look: bool = False) -> Response:
    """Return a file to be saved, or with ``look`` to be shown by the browser if it can; its ending is one of TYPES."""
    ending = PurePath(name).suffix
    how = "inline" if look and ending in SHOWN else "attachment"
    return Response(body, headers={"Content-Disposition": f'{how}; filename="{name}"', "Content-Type": TYPES[ending]})
