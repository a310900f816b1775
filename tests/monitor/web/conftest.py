"""A workspace on an invented store, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from db.connection import open_store
from db.users import save_user
from monitor.config import Config
from monitor.office import Office, load_office
from monitor.web.app import build_app
from monitor.web.passwords import hash_password
from tests.monitor.conftest import CONTOH
from tests.monitor.reporting import fill_store, some_articles

HOME = "http://127.0.0.1:8377"
HERE = ("127.0.0.1", 50000)  # where a browser on this machine asks from
PASSWORD = "kuda-laut-42"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Give an office whose store holds twelve invented articles, of the most hostile titles."""
    path = tmp_path / "pantau.db"
    fill_store(path, some_articles(12)).close()
    return load_office(Config(store=path, profile=str(CONTOH)))


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    """Give a browser on this machine; nobody is registered."""
    with TestClient(build_app(office), base_url=HOME, follow_redirects=False, client=HERE) as browser:
        yield browser


@pytest.fixture
def people(office: Office) -> Office:
    """Register an editor and a reader."""
    with open_store(office.config.store) as store:
        for name, role in (("rina", "editor"), ("bupati", "reader")):
            save_user(store, name, hash_password(PASSWORD), role)
    return office
