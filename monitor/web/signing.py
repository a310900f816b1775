"""The page on which people sign in, and signing out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from db.connection import open_store
from db.users import end_session
from monitor.clock import find_now
from monitor.office import Office
from monitor.web.access import COOKIE, LASTS
from monitor.web.asked import own_path
from monitor.web.visit import render_page

router = APIRouter()
Short = Annotated[str, Form(max_length=200)]


@router.get("/sign-in")
def ask_name(request: Request, back: Annotated[str, Query(max_length=2000)] = "/", lost: bool = False) -> HTMLResponse:
    """Show the form; ``lost`` when something was to be stored and is not, as the session had ended."""
    return render_page(request, request.app.state.office, "sign_in", back=own_path(back), failed=False, lost=lost)


@router.post("/sign-in")
def sign_in(
    request: Request, name: Short, password: Short, back: Annotated[str, Form(max_length=2000)] = "/"
) -> Response:
    """Start a session and go on to where the person was heading, or show the form again."""
    office: Office = request.app.state.office
    with open_store(office.config.store) as store:
        where = request.client.host if request.client else ""
        token = request.app.state.door.sign_in(store, name.strip(), password, find_now(), where)
    if token is None:
        return render_page(request, office, "sign_in", 403, back=own_path(back), failed=True, lost=False)
    answer = RedirectResponse(own_path(back), 303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/sign-out")
def leave(request: Request) -> Response:
    """End the session."""
    if token := request.cookies.get(COOKIE):
        with open_store(request.app.state.office.config.store) as store:
            end_session(store, token)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE)
    answer.headers["Clear-Site-Data"] = '"cache"'  # so that "back" shows nothing to whoever comes next
    return answer
