"""What the page of the watched outlets says of those in trouble."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from fastapi.testclient import TestClient

from db.connection import open_store
from db.findings import raise_finding
from monitor.clock import find_now
from monitor.office import Office
from monitor.render import labels
from monitor.web.outlets import name_file


def test_an_outlet_in_trouble_says_what_since_when_and_what_to_do(client: TestClient, office: Office) -> None:
    outlet = office.chosen[0]
    with open_store(office.config.store) as store:
        raise_finding(store, outlet, "silent_days", "nothing since Monday", find_now() - timedelta(days=3, hours=1))
    page = unescape(client.get("/outlets").text)
    assert "perlu diperiksa: tidak ada artikel baru" in page
    assert "(3 hari)" in page
    assert labels.ADVICE["silent_days"] in page
    assert f"pantau outlets check {outlet}" in page


def test_what_is_wrong_with_the_service_itself_stands_first(client: TestClient, office: Office) -> None:
    assert "Pantau, " not in client.get("/outlets").text
    with open_store(office.config.store) as store:
        raise_finding(store, "service:edition pagi", "edition_missed", "2025-03-11 pagi was not made", find_now())
        raise_finding(store, "recipient:kadis", "send_failed", "refused; given up", find_now())
    page = unescape(client.get("/outlets").text)
    assert "Pantau, Edisi pagi: edisi terlewat, sejak " in page
    assert "2025-03-11 pagi was not made" in page
    assert "Penerima kadis: kiriman tidak sampai" in page


def test_outlets_with_the_same_trouble_stand_together(client: TestClient, office: Office) -> None:
    with open_store(office.config.store) as store:
        for outlet in office.chosen:
            raise_finding(store, outlet, "dns", "no such host", find_now())
    page = unescape(client.get("/outlets").text)
    assert page.count(labels.ADVICE["dns"]) == 1
    assert all(f"pantau outlets check {outlet}" in page for outlet in office.chosen)
    assert "periksa dahulu sambungan internet" in page


def test_what_to_do_is_known_of_faults_that_are_told() -> None:
    assert set(labels.ADVICE) <= {*labels.GAPS, *labels.STATUS, "other"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("kliping.PDF", "kliping.PDF"), ("../../etc/passwd.txt", "passwd.txt"), ("C:\\foto\\IMG 1.jpg", "IMG 1.jpg"),
        ("..", "kliping."), (".txt", "kliping.txt"), ("a\x00b.txt", "ab.txt"),
        ("x\r\nWARC-Type: y.txt", "xWARC-Type: y.txt"),
        ("j" * 300 + ".jpeg", "j" * 80 + ".jpeg"),
    ],
)  # fmt: skip
def test_a_file_gets_a_plain_name(given: str, kept: str) -> None:
    assert name_file(given) == kept
