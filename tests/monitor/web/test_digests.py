"""The day's digest: which edition is shown, five lines for the leadership, and every number leading to its articles."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from db.connection import open_store
from monitor.corrections import list_corrections
from monitor.editions import build_edition
from monitor.office import Office
from monitor.render.digest_whatsapp import render_parts
from monitor.render.wording import load_wording

DAY = "2025-03-03"
HEAD = re.compile(r'class="head" href="/articles/(\d+)"')


def freeze(client: TestClient) -> str:
    return str(client.post("/editions", data={"day": DAY, "edition": "harian"}).headers["location"])


@pytest.mark.parametrize("frozen", [False, True])
def test_every_number_of_a_digest_leads_to_so_many_articles(client: TestClient, frozen: bool) -> None:
    address = freeze(client) if frozen else f"/?day={DAY}"
    page = unescape(client.get(address).text)
    links = re.findall(r'<a href="([^"]*listed[^"]*)">(?:<b>)?(\d+)', page)
    assert len(links) > 8
    for link, number in links:
        shown = client.get(link)
        assert shown.status_code == 200, link
        if "independent" not in link:  # which counts newsrooms
            assert len(HEAD.findall(shown.text)) == int(number), link
    assert all(("/editions/" in link) == frozen for link, _ in links)


def test_each_day_of_the_week_leads_to_the_digest_of_so_many_articles(client: TestClient) -> None:
    page = unescape(client.get(f"/?day={DAY}").text)
    days = re.findall(r'<a href="(/\?day=([\d-]+)&edition=harian)"[^>]*><small>[^<]+</small> <b>(\d+)</b>', page)
    assert [day for _, day, _ in days] == [
        f"2025-{day}" for day in ("02-25", "02-26", "02-27", "02-28", "03-01", "03-02", "03-03")
    ]
    assert any(int(number) for *_, number in days)
    for address, _, number in days:
        assert f"<b>{number}</b> artikel" in client.get(address).text


def test_newsrooms_that_reported_themselves_are_listed(client: TestClient) -> None:
    shown = client.get(f"/listed?day={DAY}&independent=1").text
    told = re.search(r"<b>(\d+)</b> redaksi meliput mandiri", client.get(f"/?day={DAY}").text)
    assert told
    assert f"{told[1]} media" in shown
    assert "redaksi meliput mandiri" in shown


def test_what_a_frozen_edition_counted_stays_listed(client: TestClient) -> None:
    address = freeze(client)
    before = client.get(f"{address}/listed").text
    client.post("/articles/1/corrections", data={"field": "about", "action": "set", "value": "none"})
    assert client.get(f"{address}/listed").text == before
    assert len(HEAD.findall(client.get(f"/listed?day={DAY}").text)) == len(HEAD.findall(before)) - 1
    assert f'href="{address}/listed"' in client.get("/editions").text


@pytest.mark.parametrize("frozen", [False, True])
def test_the_leadership_sees_five_lines_and_nothing_else(client: TestClient, frozen: bool) -> None:
    text = client.get(f"{freeze(client)}/brief" if frozen else f"/brief?day={DAY}").text
    five = text[text.index('<ol class="five">') : text.index("</ol>")]
    assert five.count("<li") == 5
    assert "<nav" not in text
    assert "<table" not in text


@pytest.mark.parametrize(
    ("now", "edition"),
    [
        ("2025-03-03T06:40+07:00", "pagi"),
        ("2025-03-03T07:30+07:00", "pagi"),
        ("2025-03-03T12:00+07:00", "harian"),
        ("2025-03-03T13:00+07:00", "harian"),
    ],
)
def test_early_in_the_morning_what_came_since_last_night_is_shown(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, now: str, edition: str
) -> None:
    monkeypatch.setenv("PANTAU_NOW", now)
    current = re.compile(r'edition=(\w+)" aria-current="page"')
    assert current.findall(client.get("/").text) == [edition]
    assert current.findall(client.get("/?day=2025-03-02").text) == ["harian"]
    assert current.findall(client.get("/?edition=harian").text) == ["harian"]


def test_the_morning_edition_says_what_has_come_in_since(
    client: TestClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_NOW", "2025-03-03T09:00+07:00")
    with open_store(office.config.store) as store:
        store.execute("UPDATE articles SET first_seen_at = '2025-03-02T00:00:00Z'")
        assert "Sesudah pukul" not in client.get("/").text
        store.execute("UPDATE articles SET first_seen_at = '2025-03-03T01:30:00Z' WHERE id IN (1, 2)")
        store.execute("UPDATE articles SET published_at = '2025-02-01T01:30:00Z' WHERE id = 2")  # no edition counts it
    page = unescape(client.get("/").text)
    assert '<a href="/?day=2025-03-03&edition=siang">Sesudah pukul 07.00 masuk 1 artikel lagi' in page
    assert "Sesudah pukul" not in client.get("/?edition=siang").text


def test_one_message_is_shared(client: TestClient, office: Office) -> None:
    page = unescape(client.get(f"/?day={DAY}").text)
    with open_store(office.config.store) as store:
        data = build_edition(store, office, date.fromisoformat(DAY), "harian")
    (text,) = render_parts(data, load_wording("id"), chars=30_000)
    assert text in page
    assert page.count("whatsapp://send?text=") == 1


def test_a_day_left_empty_is_today(client: TestClient) -> None:
    assert client.get("/?day=").status_code == 200
    assert client.get("/listed?day=%20").status_code == 200


def test_what_earlier_days_left_waits_on_the_page_until_one_tap(client: TestClient, office: Office) -> None:
    (day, left) = find_left(client)
    page = unescape(client.get(f"/?day={day}").text)
    shown = page[page.index('id="waiting"') : page.index('class="sharing"')]
    assert f"Belum ditanggapi dari 7 hari sebelumnya: {len(left)}" in shown
    number = left[0]["articles"][0]
    frozen = client.post("/editions", data={"day": day, "edition": "harian"}).headers["location"]
    said = {"field": "answered", "action": "set", "value": "ditandai selesai", "back": f"/?day={day}&edition=harian"}
    answer = client.post(f"/articles/{number}/corrections", data=said)
    assert answer.headers["location"].startswith(f"/?day={day}")
    assert f'href="/articles/{number}#answered">artikel nomor {number}<' in client.get(answer.headers["location"]).text
    after = client.get(f"/digest.json?day={day}").json()["waiting"]
    assert [entry["articles"] for entry in after] == [entry["articles"] for entry in left[1:]]
    kept = unescape(client.get(frozen).text)  # as it went out, and nothing to tap
    assert f'href="/articles/{number}#answered"' in kept
    assert "Tandai sudah ditanggapi" not in kept


def test_several_are_marked_at_once_each_with_its_own_word(client: TestClient, office: Office) -> None:
    (day, left) = find_left(client)
    back = f"/?day={day}&edition=harian"
    data = client.get(f"/digest.json?day={day}").json()
    page = unescape(client.get(back).text)
    chosen = [str(left[0]["articles"][0]), *(",".join(map(str, entry["articles"])) for entry in data["attention"])]
    assert [number for number in chosen if f'name="number" value="{number}"' not in page] == []
    answer = client.post("/answered", data={"number": chosen, "value": "klarifikasi dikirim", "back": back})
    assert answer.status_code == 303
    numbers = [int(number) for number in ",".join(chosen).split(",")]
    after = client.get(f"/digest.json?day={day}").json()
    assert after["attention"] == []
    assert [entry["articles"] for entry in after["waiting"]] == [entry["articles"] for entry in left[1:]]
    told = client.get(answer.headers["location"]).text
    assert [number for number in numbers if f'href="/articles/{number}#answered">artikel nomor' not in told] == []
    with open_store(office.config.store) as store:
        said = list_corrections(store)
        assert [(row["article_id"], row["field"], row["value"]) for row in said] == [
            (number, "answered", "klarifikasi dikirim") for number in numbers
        ]
        assert all(row["by"] for row in said)
    undone = client.post("/answered", data={"only": ",".join(chosen), "action": "revert", "back": back})
    assert undone.status_code == 303, undone.text
    assert client.get(f"/digest.json?day={day}").json()["attention"] == data["attention"]


def test_one_tap_marks_only_its_own_entry_and_overwrites_nobody(client: TestClient, office: Office) -> None:
    left = find_left(client)[1]
    number = str(left[0]["articles"][0])
    client.post("/answered", data={"only": number, "value": "sudah ditelepon"})
    answer = client.post("/answered", data={"number": [number, "2"]})
    assert answer.headers["location"] == "/?saved=answered&of=2"
    with open_store(office.config.store) as store:
        said = {row["article_id"]: row["value"] for row in list_corrections(store)}
    assert said == {int(number): "sudah ditelepon", 2: "ditandai selesai dari halaman Hari ini"}


@pytest.mark.parametrize(
    ("data", "status", "told"),
    [
        ({}, 400, "Belum ada yang dipilih"),
        ({"number": "satu"}, 400, "Isian Nomor artikel tidak dapat dipakai"),
        ({"number": "999999"}, 404, "Tidak ada artikel nomor 999999."),
        ({"number": "1", "back": "https://lain.example/"}, 400, ""),
    ],
)
def test_what_cannot_be_marked_is_told(client: TestClient, data: dict[str, str], status: int, told: str) -> None:
    answer = client.post("/answered", data=data)
    assert answer.status_code == status
    assert told in unescape(answer.text)
    assert client.get("/api/articles/1").json()["id"] == 1


def find_left(client: TestClient) -> tuple[str, list[dict[str, Any]]]:
    """Return the first day on which something of the days before waits, and what."""
    for number in range(1, 29):
        day = f"2025-03-{number:02}"
        if left := client.get(f"/digest.json?day={day}").json()["waiting"]:
            return day, left
    raise AssertionError("nothing waits on any day")


def test_an_edition_that_has_not_begun_is_refused_and_no_link_leads_there(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_NOW", "2025-03-03T08:00+07:00")
    for address in ("/", "/brief", "/listed", "/digest.pdf"):
        answer = client.get(f"{address}?day={DAY}&edition=sore")
        assert (answer.status_code, "sejak 12.00" in answer.text) == (400, True), address
    for day in ("2025-03-02", DAY):
        links = re.findall(r'href="(/\?day=[^"]*)"', client.get(f"/?day={day}&edition=harian").text)
        assert {client.get(unescape(link)).status_code for link in links} == {200}
    before = unescape(client.get("/?day=2025-03-02&edition=sore").text)
    assert f"/?day={DAY}&edition=harian" in before
