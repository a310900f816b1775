"""Who is let in: this machine while nobody is registered, then only who signs in, and never another site."""

from __future__ import annotations

import io
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from crawlers.plan import is_loopback
from db.connection import open_store
from monitor.clock import find_now
from monitor.config import Web
from monitor.errors import ConfigError, InputError
from monitor.office import Office
from monitor.web.access import COOKIE, MOST_TRIES, TRIES, Door, is_at_machine, is_forged
from monitor.web.app import build_app
from monitor.web.passwords import hash_password, matches
from monitor.web.server import serve_workspace
from tests.monitor.conftest import Answer
from tests.monitor.web.conftest import HOME, PASSWORD

TONE = {"field": "tone", "action": "set", "value": "positif"}


def enter(client: TestClient, name: str, password: str = PASSWORD) -> int:
    answer = client.post("/sign-in", data={"name": name, "password": password, "back": "/review"})
    if answer.status_code == 303:
        assert answer.headers["location"] == "/review"
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=lax" in answer.headers["set-cookie"]
    return answer.status_code


def test_with_people_registered_everybody_has_to_sign_in(people: Office, client: TestClient) -> None:
    answer = client.get("/articles?tone=negatif")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?back=%2Farticles%3Ftone%3Dnegatif")
    assert client.get("/api/articles").status_code == 401
    assert client.post("/articles/1/corrections", data=TONE).headers["location"] == "/sign-in?back=%2F&lost=1"
    assert enter(client, "rina", "salah-sama-sekali") == 403
    assert enter(client, "siapa") == 403
    assert enter(client, "rina") == 303
    assert client.get("/articles").status_code == 200
    client.post("/articles/1/corrections", data=TONE)
    assert "rina menetapkan" in client.get("/articles/1").text
    assert client.post("/sign-out").status_code == 303
    assert client.get("/articles").status_code == 303


def test_what_a_session_that_had_ended_could_not_store_is_told(people: Office, client: TestClient) -> None:
    answer = client.post("/articles/1/corrections", data=TONE, headers={"referer": f"{HOME}/articles/1?queue=1"})
    assert answer.headers["location"] == "/sign-in?back=%2Farticles%2F1%3Fqueue%3D1&lost=1"
    page = client.get(answer.headers["location"])
    assert "belum disimpan" in page.text
    assert 'value="/articles/1?queue=1"' in page.text
    assert page.headers["cache-control"] == "private, no-cache"
    elsewhere = client.post("/clip", data={"url": "x"}, headers={"referer": "https://jahat.example//jahat.example"})
    assert client.get(elsewhere.headers["location"]).status_code == 400


def test_a_reader_may_not_change_anything(people: Office, client: TestClient) -> None:
    enter(client, "bupati")
    assert client.get("/articles/1").status_code == 200
    for address, data in (
        ("/articles/1/corrections", TONE),
        ("/editions", {"day": "2025-03-03", "edition": "harian"}),
        ("/clip", {"url": "https://warta.example/1"}),
    ):
        assert client.post(address, data=data).status_code == 403, address
    assert client.get("/clip").status_code == 403
    page = client.get("/articles/1").text
    assert "×" not in page
    assert 'disabled aria-pressed="true"' in page
    assert 'aria-pressed="false"' not in page
    assert "Pembicara: " in page
    assert '<input name="value"' not in page


def test_a_session_ends_with_its_time_and_with_a_new_password(
    people: Office, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(client, "rina")
    later = find_now() + timedelta(days=15)
    monkeypatch.setenv("PANTAU_NOW", later.isoformat())
    assert client.get("/articles").status_code == 303
    monkeypatch.delenv("PANTAU_NOW")
    client.cookies.set(COOKIE, "ditebak", domain="127.0.0.1")
    assert client.get("/articles").status_code == 303


def test_five_wrong_passwords_have_to_wait(people: Office) -> None:
    door, now = Door(), find_now()
    store = open_store(people.config.store)
    assert [door.sign_in(store, "rina", "salah", now) for _ in range(5)] == [None] * 5
    assert door.sign_in(store, "rina", PASSWORD, now) is None
    assert door.sign_in(store, "bupati", PASSWORD, now)
    assert door.sign_in(store, "rina", PASSWORD, now + timedelta(minutes=6))
    store.close()


def test_wrong_passwords_from_elsewhere_lock_nobody_out(people: Office) -> None:
    door, now = Door(), find_now()
    with open_store(people.config.store) as store:
        for number in range(6):
            assert door.sign_in(store, "rina", f"salah {number}", now, "203.0.113.9") is None
        assert door.sign_in(store, "rina", PASSWORD, now, "203.0.113.9") is None
        assert door.sign_in(store, "rina", PASSWORD, now, "10.0.0.5")


def test_names_tried_one_after_another_are_bounded_and_forgotten(
    people: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr("monitor.web.access.matches", lambda password, _: bool(looked.append(password)))
    door, now = Door(), find_now()
    with open_store(people.config.store) as store:
        for number in range(40):
            door.sign_in(store, f"nama {number}", "salah", now, "203.0.113.9")
        assert len(looked) == MOST_TRIES
        door.sign_in(store, "rina", "salah", now + timedelta(minutes=6), "203.0.113.9")
    assert len(door.wrong) == 1


def test_tries_at_once_are_counted_one_by_one(people: Office) -> None:
    door, now = Door(), find_now()

    def attempt(number: int) -> str | None:
        with open_store(people.config.store) as store:
            return door.sign_in(store, "rina", f"salah {number}", now, "203.0.113.9")

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(attempt, range(8)))
    assert len(door.wrong) == TRIES


@pytest.mark.parametrize(
    ("client", "host", "near"),
    [
        ("127.0.0.1", "127.0.0.1:8377", True), ("::1", "[::1]:8377", True), ("127.0.0.1", "localhost", True),
        ("10.0.0.5", "127.0.0.1:8377", False), ("127.0.0.1", "pantau.example", False), ("", "127.0.0.1", False),
    ],
)  # fmt: skip
def test_who_sits_at_the_machine_is_known(client: str, host: str, near: bool) -> None:
    assert is_at_machine(client, host) is near


def test_when_the_last_person_is_removed_others_are_not_let_in(office: Office) -> None:
    app = build_app(serve(office, host="0.0.0.0"))
    with TestClient(app, base_url=HOME, client=("10.0.0.5", 50000), follow_redirects=False) as browser:
        assert browser.get("/articles").status_code == 303
        assert browser.get("/api/articles").status_code == 401


def test_more_than_is_asked_for_is_not_read(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.limits.LARGEST", 1000)
    assert client.post("/articles/1/corrections", data={**TONE, "note": "x" * 200_000}).status_code == 413
    file = {"file": ("a.txt", b"x" * 200_000)}
    answer = client.post("/clip", data={"title": "a", "outlet": "b", "date": "2025-03-05"}, files=file)
    assert answer.status_code == 413
    assert "Kiriman terlalu besar" in answer.text
    assert client.get("/api/articles").json()["total"] == 12


@pytest.mark.parametrize(
    ("headers", "forged"),
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"origin": HOME, "host": "127.0.0.1:8377"}, False),
        ({"origin": "https://jahat.example", "host": "127.0.0.1:8377"}, True),
        ({"origin": "null", "host": "127.0.0.1:8377"}, True),
    ],
)
def test_a_request_from_another_site_is_known(headers: dict[str, str], forged: bool) -> None:
    assert is_forged(headers) is forged


def test_a_forged_request_changes_nothing(client: TestClient) -> None:
    before = client.get("/api/articles/1").json()
    answer = client.post("/articles/1/corrections", data=TONE, headers={"origin": "https://jahat.example"})
    assert answer.status_code == 403
    assert client.get("/api/articles/1").json() == before


def test_another_name_of_this_machine_is_not_answered(office: Office) -> None:
    with TestClient(build_app(office), base_url="http://jahat.example") as browser:
        assert browser.get("/articles").status_code == 400


def test_passwords_are_kept_as_salted_hashes() -> None:
    kept = hash_password(PASSWORD)
    assert PASSWORD not in kept
    assert kept != hash_password(PASSWORD)
    assert matches(PASSWORD, kept)
    assert not matches(PASSWORD + " ", kept)
    with pytest.raises(InputError, match="has 6 characters"):
        hash_password("pendek")


def serve(office: Office, **web: object) -> Office:
    return replace(office, config=office.config.model_copy(update={"web": Web(**web)}))


def test_it_is_served_and_ends(office: Office) -> None:
    with serve_workspace(serve(office, port=0)) as address, urllib.request.urlopen(f"{address}articles") as answer:
        assert answer.status == 200
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address)


def test_it_does_not_open_to_others_without_people(office: Office) -> None:
    with pytest.raises(ConfigError, match="pantau users add"), serve_workspace(serve(office, host="0.0.0.0", port=0)):
        pass


def test_where_no_port_is_asked_for_a_free_one_is_found(office: Office) -> None:
    with serve_workspace(office) as first, serve_workspace(office) as second:
        assert first != second


def test_a_port_that_is_taken_is_told(office: Office) -> None:
    with serve_workspace(serve(office, port=0)) as address:
        taken = int(address.rstrip("/").rpartition(":")[2])
        with (
            pytest.raises(ConfigError, match="choose another host or port"),
            serve_workspace(serve(office, port=taken)),
        ):
            pass


@pytest.mark.parametrize(
    ("host", "ours"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_loopback_is_known(host: str, ours: bool) -> None:
    assert is_loopback(host) is ours


def test_people_are_registered_on_the_command_line(
    pantau: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str, given: str = "") -> Answer:
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        return pantau(*words)

    assert run("users", "add", "sri", given="pendek\n").code == 2
    assert "not UTF-8" in run("users", "add", "sri", given="kata-sandi-\udcff-1\n").err
    assert run("users", "add", "sri", "--role", "reader", given=f"{PASSWORD}\n").code == 0
    assert '"role": "reader"' in run("users", "list", "--json").out
    assert "did you mean sri?" in run("users", "remove", "srii").complaint
    assert run("users", "remove", "sri").code == 0
    assert run("users", "list", "--json").out.strip() == "[]"


def test_heads_are_answered_and_no_more(client: TestClient) -> None:
    for address in ("/", "/articles/1", "/static/pantau.css", "/api/articles"):
        answer = client.head(address)
        assert (answer.status_code, answer.content) == (200, b""), address
    assert client.head("/articles/99").status_code == 404


def test_what_programs_may_read_is_described_to_those_who_may_read(people: Office, client: TestClient) -> None:
    assert client.get("/api/openapi.json").status_code == 401
    enter(client, "bupati")
    told = client.get("/api/openapi.json").json()
    assert set(told["paths"]) == {"/api/articles", "/api/articles/{number}", "/api/counts"}
