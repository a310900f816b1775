"""What people say on the pages holds, is seen by others, and is given back when they ask for it."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from db.annotations import save_annotations, save_correction
from db.connection import Store, open_store
from db.corrections import Correction
from monitor.corrections import list_corrections
from monitor.errors import InputError
from monitor.office import Office
from monitor.render.wording import load_wording
from monitor.report.month import Month
from monitor.report.run import make_report
from monitor.web import correcting
from monitor.web.naming import find_key
from tests.monitor.reporting import annotate, some_articles


def shown(client: TestClient, number: int) -> dict[str, Any]:
    return dict(client.get(f"/api/articles/{number}").json())


def say(client: TestClient, number: int, field: str, action: str, *values: str, **more: object) -> Any:
    data = {"field": field, "action": action, "value": list(values), **more}
    return client.post(f"/articles/{number}/corrections", data=data)


def test_a_correction_holds_and_is_told(client: TestClient) -> None:
    answer = say(client, 1, "tone", "set", "positif", note="sudah dijawab")
    assert (answer.status_code, answer.headers["location"]) == (303, "/articles/1?saved=tone&of=1#tone")
    say(client, 1, "opd", "remove", "dinkes")
    say(client, 1, "opd", "add", "pemkab")
    say(client, 1, "speaker", "set", "1", "Rahma Dewi")
    row = shown(client, 1)
    assert row["tone"]["label"] == "positif"
    assert [tag["id"] for tag in row["opd"]] == ["pemkab"]
    assert row["quotes"][0]["speaker"] == "Rahma Dewi"
    assert "menetapkan Nada isi: positif – sudah dijawab" in unescape(client.get("/articles/1").text)


def test_what_is_answered_wants_no_attention_and_says_how(client: TestClient, office: Office) -> None:
    day = shown(client, 1)["published_at"][:10]
    heading = unescape(client.get(f"/?day={day}").text)
    assert "Sudah ditanggapi" not in heading
    assert "Tandai sudah ditanggapi" in client.get("/articles/1").text
    answer = say(client, 1, "answered", "set", "klarifikasi dikirim, ditunggu")
    page = unescape(client.get(answer.headers["location"]).text)
    assert "✓ Sudah ditanggapi: klarifikasi dikirim, ditunggu" in page
    assert "menetapkan Tindak lanjut: klarifikasi dikirim, ditunggu" in page
    data = client.get(f"/digest.json?day={day}").json()
    assert [entry["articles"] for entry in data["answered"]] == [[1]]
    assert all(1 not in entry["articles"] for entry in data["attention"])
    assert "Sudah ditanggapi" in unescape(client.get(f"/?day={day}").text)
    for form in ("text", "whatsapp"):
        assert "Sudah ditanggapi: " in client.get(f"/digest.{form}?day={day}").text
    with open_store(office.config.store) as store:
        issues = make_report(store, office, Month(2025, 3)).issues
    assert [bool(issue.answered_at) for issue in issues if issue.url == shown(client, 1)["url"]] == [True]
    assert shown(client, 1)["annotator"]  # nothing waits to be read again
    say(client, 1, "answered", "revert")
    assert client.get(f"/digest.json?day={day}").json()["answered"] == []


def test_what_is_given_back_is_the_machines_again(client: TestClient, office: Office) -> None:
    say(client, 2, "kind", "set", "release")
    assert shown(client, 2)["kind"] == "release"
    assert say(client, 2, "kind", "revert").status_code == 303
    with open_store(office.config.store) as store:
        assert [row["in_force"] for row in list_corrections(store, [2])] == [False, False]


@pytest.mark.parametrize(
    ("field", "action", "values", "told"),
    [
        ("tone", "set", ["bagus"], "Nada isi tidak dapat diubah demikian"),
        ("tone", "set", [], "Nada isi tidak dapat diubah demikian"),
        ("opd", "add", ["nix"], "Perangkat daerah tidak dikenal: nix."),
        ("warna", "set", ["merah"], "warna tidak dapat diubah demikian"),
        ("tone", "shout", ["positif"], "Isian Tindakan tidak dapat dipakai: bukan salah satu pilihannya."),
        ("speaker", "set", ["9", "Budi"], "Pembicara kutipan tidak dapat diubah demikian"),
        ("pillars", "add", [], ""),
    ],
)
def test_what_cannot_be_meant_is_refused(
    client: TestClient, office: Office, field: str, action: str, values: list[str], told: str
) -> None:
    before = shown(client, 1)
    answer = say(client, 1, field, action, *values)
    assert answer.status_code in {303, 400}
    assert told in unescape(answer.text)
    assert shown(client, 1) == before


@pytest.mark.parametrize("typed", ["Dinas Kesehatan", "dinas  kesehatan", "dinkes"])
def test_a_name_may_be_typed(client: TestClient, typed: str) -> None:
    say(client, 1, "opd", "remove", "dinkes")
    assert say(client, 1, "opd", "add", typed).status_code == 303
    assert [tag["id"] for tag in shown(client, 1)["opd"]] == ["dinkes"]
    assert client.get("/api/articles", params={"opd": typed}).json()["total"] == 12


def test_a_name_that_may_be_several_is_asked_back() -> None:
    registry = {"a": "Dinas Kesehatan", "b": "Dinas Kesehatan Hewan", "c": "Badan Keuangan"}
    wording = load_wording("id")
    assert find_key(wording, "OPD", registry, "DINAS kesehatan") == "a"
    assert find_key(wording, "OPD", registry, "hewan") == "b"
    with pytest.raises(InputError, match="dimaksud Dinas Kesehatan; Dinas Kesehatan Hewan"):
        find_key(wording, "OPD", registry, "dinas")
    with pytest.raises(InputError, match="dimaksud Badan Keuangan"):
        find_key(wording, "OPD", registry, "badan keuangn")
    with pytest.raises(InputError, match="tidak dikenal: xyz"):
        find_key(wording, "OPD", registry, "xyz")
    assert find_key(wording, "OPD", registry, "BKD", {"bkd": ["c"], "dinkes": ["a", "b"]}) == "c"
    with pytest.raises(InputError, match="dimaksud Dinas Kesehatan; Dinas Kesehatan Hewan"):
        find_key(wording, "OPD", registry, "Dinkes", {"dinkes": ["a", "b"]})


@pytest.mark.parametrize("typed", ["kesehatan", "dinas kesehtan"])
def test_of_several_names_one_is_picked_on_the_same_page(client: TestClient, typed: str) -> None:
    say(client, 1, "opd", "remove", "dinkes")
    answer = say(client, 1, "opd", "add", typed)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("#opd")
    page = unescape(client.get(answer.headers["location"]).text)
    assert f"Yang mana yang dimaksud dengan “{typed}”?" in page
    assert '<button class="choice" name="pick" value="dinkes">Dinas Kesehatan</button>' in page
    assert shown(client, 1)["opd"] == []


def test_an_acronym_means_the_office_that_stood_when_the_article_came_out(client: TestClient, office: Office) -> None:
    assert say(client, 1, "opd", "add", "Diskes").status_code == 303
    with open_store(office.config.store) as store:
        store.execute("UPDATE articles SET published_at = '2026-03-02T01:00:00Z' WHERE id = 2")
    say(client, 2, "opd", "remove", "dinkes")
    say(client, 2, "opd", "add", "dinkes")
    assert [[tag["id"] for tag in shown(client, number)["opd"]] for number in (1, 2)] == [["dinkes"], ["dinkes-p2kb"]]
    say(client, 2, "opd", "add", pick="dinkes")
    assert {tag["id"] for tag in shown(client, 2)["opd"]} == {"dinkes", "dinkes-p2kb"}


def test_an_acronym_is_offered_and_taken(client: TestClient) -> None:
    assert "Dinas Komunikasi dan Informatika (Diskominfo)</option>" in client.get("/articles/1").text
    say(client, 1, "opd", "add", "Kominfo")
    assert "diskominfo" in [tag["id"] for tag in shown(client, 1)["opd"]]


def test_what_is_stored_is_said(client: TestClient) -> None:
    address = say(client, 1, "tone", "set", "positif").headers["location"]
    assert 'Nada isi <strong class="saved" role="status">✓ tersimpan' in client.get(address).text
    assert "tersimpan</strong>" not in client.get("/articles/1?saved=<b>").text


def test_the_history_speaks_in_names(client: TestClient) -> None:
    say(client, 1, "speaker", "set", "1", "Rahma Dewi")
    say(client, 1, "opd", "remove", "dinkes")
    page = unescape(client.get("/articles/1").text)
    assert "menetapkan Pembicara kutipan: Rahma Dewi" in page
    assert "menghapus Perangkat daerah: Dinas Kesehatan" in page


def test_two_people_do_not_overwrite_each_other_unawares(client: TestClient, office: Office) -> None:
    with open_store(office.config.store) as store:
        save_correction(store, Correction(1, "tone", "positif", "set", "sri", ""))
    answer = say(client, 1, "tone", "set", "negatif", seen="0")
    assert answer.headers["location"] == "/articles/1?clash=sri"
    assert shown(client, 1)["tone"]["label"] == "positif"
    assert "sri sudah mengubah" in client.get("/articles/1?clash=sri").text
    assert "sudah mengubah" not in client.get("/articles/1?clash=bupati").text
    assert say(client, 1, "kind", "set", "release", seen="0").headers["location"] == "/articles/1?saved=kind&of=1#kind"
    assert say(client, 1, "tone", "set", "negatif", seen="1").headers["location"] == "/articles/1?saved=tone&of=1#tone"


def test_of_two_who_speak_at_once_the_second_is_told(
    client: TestClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read the page, and both requests are under way before either of them is stored."""

    def open_late(path: Path) -> Store:
        with open_store(path) as store:
            save_correction(store, Correction(1, "tone", "positif", "set", "sri"))
        return open_store(path)

    monkeypatch.setattr(correcting, "open_store", open_late)
    assert say(client, 1, "tone", "set", "negatif", seen="0").headers["location"] == "/articles/1?clash=sri"
    assert shown(client, 1)["tone"]["label"] == "positif"


def test_the_queue_holds_what_the_machine_is_not_sure_of(client: TestClient, office: Office, monkeypatch: Any) -> None:
    monkeypatch.setenv("PANTAU_NOW", "2025-03-20T08:00+07:00")
    unsure = annotate(3, some_articles(3)[2])
    unsure["tone"]["review"] = True
    with open_store(office.config.store) as store:
        save_annotations(store, [unsure])
    page = client.get("/review").text
    within = client.get("/articles/4?queue=1").text
    assert 'href="/articles/3?queue=1" rel="next"' in within
    assert 'name="back" value="/articles/4?queue=1"' in within
    assert 'rel="next"' not in client.get("/articles/3?queue=1").text
    assert 'href="/articles/3?queue=1"' in page
    assert 'href="/articles/2?queue=1"' not in page
    answer = say(client, 3, "tone", "set", "netral", back="/review?page=1")
    assert answer.headers["location"] == "/review?page=1&saved=tone&of=3"
    page = client.get(answer.headers["location"]).text
    assert "Tidak ada yang perlu diperiksa." in page
    assert 'Tersimpan: <a href="/articles/3">' in page


@pytest.mark.parametrize("back", ["https://jahat.example/", "//jahat.example", "/\\jahat.example"])
def test_the_way_back_never_leads_elsewhere(client: TestClient, back: str) -> None:
    assert say(client, 1, "tone", "set", "positif", back=back).status_code == 400
    assert client.get("/sign-in", params={"back": back}).status_code == 400


def test_the_speaker_of_a_quotation_that_is_gone_is_not_set(client: TestClient) -> None:
    moved = say(client, 1, "speaker", "set", "7", "Rahma Dewi", words="Paragraf")
    assert moved.status_code == 303  # its number has changed, its words have not
    assert shown(client, 1)["quotes"][0]["speaker"] == "Rahma Dewi"
    gone = say(client, 1, "speaker", "set", "1", "Budi", words="Kata lain")
    assert gone.status_code == 400
    assert "Kutipan itu sudah tidak ada di artikel ini." in gone.text
    assert shown(client, 1)["quotes"][0]["speaker"] == "Rahma Dewi"


def test_a_tap_sent_twice_counts_once(client: TestClient) -> None:
    for _ in range(2):
        assert say(client, 1, "tone", "set", "positif", seen="0").status_code == 303
        assert say(client, 1, "opd", "remove", "dinkes", seen="0").status_code == 303
    assert shown(client, 1)["tone"]["label"] == "positif"
    assert shown(client, 1)["opd"] == []


def test_a_store_that_others_write_is_told(client: TestClient, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.connection.BUSY_SECONDS", 0.05)
    with open_store(office.config.store) as store:
        store.conn.execute("BEGIN IMMEDIATE")
        answer = say(client, 1, "tone", "set", "positif")
        store.rollback()
    assert answer.status_code == 503
    assert "Basis data sedang dipakai pekerjaan lain; isian terakhir belum tersimpan." in answer.text
