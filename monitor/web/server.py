"""Serves the workspace from a thread of the service, or of the demonstration, until it is told to end."""

from __future__ import annotations

import errno
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from crawlers.plan import is_loopback
from db.connection import open_store
from db.users import find_users
from monitor.config import Web
from monitor.errors import ConfigError
from monitor.office import Office
from monitor.web.app import build_app

log = logging.getLogger("pantau")
PORT = 8377
END_SECONDS = 1  # for requests under way


@contextmanager
def serve_workspace(office: Office, gate: threading.Lock | None = None) -> Iterator[str]:
    """Serve while the block runs; yield the address. The store exists.

    Raises ConfigError: the port is taken, or other machines are to be answered although nobody can sign in.
    """
    web = office.config.web
    with open_store(office.config.store, read_only=True) as store:
        if not is_loopback(web.host) and not find_users(store):
            raise ConfigError(
                f"[web] host {web.host} answers other machines, and nobody is registered to sign in:"
                " `pantau users add NAME` first, or listen at 127.0.0.1"
            )
    listener = listen(web)
    server = uvicorn.Server(
        uvicorn.Config(
            build_app(office, gate), log_config=None, access_log=False, timeout_graceful_shutdown=END_SECONDS
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="workspace", daemon=True)
    thread.start()
    try:
        yield f"http://{web.host}:{listener.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(END_SECONDS + 1)
        listener.close()


def listen(web: Web) -> socket.socket:
    """Return a socket at the configured place. Raises ConfigError: it is taken, or not this machine's."""
    try:
        return socket.create_server((web.host, PORT if web.port is None else web.port))
    except OSError as error:
        if web.port is None and error.errno == errno.EADDRINUSE:
            return socket.create_server((web.host, 0))
        raise ConfigError(
            f"[web] cannot listen at {web.host}:{web.port or PORT} ({error.strerror}): choose another host or port, or"
            " end what uses it"
        ) from None
