"""What a clip's picture was misread as is typed over: kept as a version with who and when, read anew, never undone."""

from __future__ import annotations

import shutil
from concurrent.futures.process import BrokenProcessPool
from html import unescape
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import typst
from fastapi.testclient import TestClient

from db.connection import open_store
from db.evidence import count_unproven
from db.revisions import find_revisions
from monitor.annotate import run_annotation
from monitor.corrections import list_corrections
from monitor.office import Office
from tests.monitor.reporting import PNG
from tests.monitor.web.conftest import PASSWORD

TITLE = "Jalan kampung di Kabupaten Selasih diperbaikl"
READ = "Jalan kampung diperbaiki D1nas Kesehetan, kata warga."
RIGHT = "Jalan kampung di Kabupaten Selasih diperbaiki"
TYPED = "Jalan kampung diperbaiki Dinas Kesehatan.\n\nWarga Kabupaten Selasih senang."


def clip(client: TestClient, name: str = "kliping.txt", body: bytes = READ.encode(), title: str = TITLE) -> int:
    data = {"title": title, "outlet": "Koran Contoh", "date": "2025-03-05"}
    answer = client.post("/clip", data=data, files={"file": (name, body)})
    assert answer.status_code == 303
    return int(answer.headers["location"].partition("?")[0].rpartition("/")[2])


def retype(client: TestClient, number: int, **said: object) -> Any:
    return client.post(f"/articles/{number}/text", data={"title": RIGHT, "text": TYPED.replace("\n", "\r\n"), **said})


def test_what_was_misread_is_typed_over(client: TestClient, office: Office) -> None:
    number = clip(client)
    client.post(f"/articles/{number}/corrections", data={"field": "officials", "action": "set", "value": "rahma-dewi"})
    client.post(f"/articles/{number}/corrections", data={"field": "tone", "action": "set", "value": "positif"})
    before = client.get(f"/api/articles/{number}").json()
    assert [tag["id"] for tag in before["opd"]] == []
    form = unescape(client.get(f"/articles/{number}/text").text)
    assert f">\n{TITLE}</textarea>" in form
    assert READ in form
    answer = retype(client, number)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/articles/{number}?saved=text")
    row = client.get(f"/api/articles/{number}").json()
    assert (row["title"], row["text"]) == (RIGHT, TYPED)
    assert [tag["id"] for tag in row["opd"]] == ["dinkes"]  # read anew
    assert row["tone"]["label"] == "positif"  # what people set stays
    assert row["evidence"]["sha256"] == before["evidence"]["sha256"]
    page = unescape(client.get(answer.headers["location"]).text)
    assert "✓ Perbaikan tersimpan" in page
    assert f"menetapkan Judul: {RIGHT}" in page
    assert "menetapkan Teks: Jalan kampung diperbaiki Dinas Kesehatan. Warga" in page
    assert "Perubahan judul dan teks" in page
    with open_store(office.config.store) as store:
        first, second = find_revisions(store, number)
        last = list_corrections(store, [number])[-1]
        assert (first["text"], second["version_by"]) == (READ, "person")
        assert (second["by"], second["version_at"]) == (last["by"], last["at"])
        assert count_unproven(store) == 12  # the others of this store; the new version has its evidence
    assert client.get("/api/articles", params={"query": "senang"}).json()["total"] == 1


def test_what_cannot_be_read_anew_now_is_stored_and_waits(
    client: TestClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = clip(client, body=f"{READ}\n\nWarga Dinas Kesehatan, kata warga.".encode())

    def end(*given: object) -> None:
        raise BrokenProcessPool("a process ended")

    monkeypatch.setattr("monitor.annotate._results", end)
    answer = retype(client, number)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/articles/{number}?saved=text")
    page = unescape(client.get(answer.headers["location"]).text)
    assert "✓ Perbaikan tersimpan<" in page
    assert "Menunggu dianalisis; pemantauan berikutnya melakukannya." in page
    row = client.get(f"/api/articles/{number}").json()
    assert (row["title"], row["text"]) == (RIGHT, TYPED)
    spans = [span for tag in row["opd"] for span in tag["mentions"]] + row["quotes"] + row["not_opd"]
    assert all(row[span["in"]][span["start"] : span["end"]] == span["text"] for span in spans)  # none where it was
    monkeypatch.undo()
    with open_store(office.config.store) as store:
        run_annotation(store, office.config, Event())
    page = unescape(client.get(f"/articles/{number}").text)
    assert "Menunggu dianalisis" not in page
    row = client.get(f"/api/articles/{number}").json()
    (span,) = (span for tag in row["opd"] for span in tag["mentions"])
    assert row["text"][span["start"] : span["end"]] == span["text"] == "Dinas Kesehatan"


def test_it_is_given_back_to_the_reader(client: TestClient) -> None:
    number = clip(client)
    retype(client, number)
    retype(client, number, text=TYPED + " Lagi.")
    answer = client.post(f"/articles/{number}/corrections", data={"field": "text", "action": "revert"})
    assert answer.status_code == 303
    row = client.get(f"/api/articles/{number}").json()
    assert (row["title"], row["text"]) == (RIGHT, READ)
    again = client.post(f"/articles/{number}/corrections", data={"field": "text", "action": "revert"})
    assert again.status_code == 400


@pytest.mark.parametrize("title", [TITLE, RIGHT])
def test_the_same_file_again_undoes_nothing(client: TestClient, title: str) -> None:
    number = clip(client)
    retype(client, number)
    assert clip(client, title=title) == number
    row = client.get(f"/api/articles/{number}").json()
    assert (row["title"], row["text"]) == (RIGHT, TYPED)


def test_what_does_not_differ_is_no_version(client: TestClient, office: Office) -> None:
    number = clip(client)
    assert retype(client, number, title=f" {TITLE}  ", text=READ + "\r\n").headers["location"].endswith("?saved=")
    with open_store(office.config.store) as store:
        assert len(find_revisions(store, number)) == 1
        assert list_corrections(store, [number]) == []


@pytest.mark.parametrize(("said", "told"), [({"title": "  "}, "Judul kliping"), ({"text": " \r\n"}, "Teks kliping")])
def test_neither_can_be_emptied(client: TestClient, said: dict[str, str], told: str) -> None:
    number = clip(client)
    answer = retype(client, number, **said)
    assert answer.status_code == 400
    assert f"{told} tidak boleh dikosongkan." in answer.text
    assert client.get(f"/api/articles/{number}").json()["text"] == READ


def test_what_was_gathered_stays_as_published(client: TestClient) -> None:
    for answer in (client.get("/articles/1/text"), retype(client, 1)):
        assert answer.status_code == 400
        assert "tetap sebagaimana diterbitkan" in answer.text
    said = client.post("/articles/1/corrections", data={"field": "title", "action": "set", "value": "Lain"})
    assert said.status_code == 400
    assert "/articles/1/text" not in client.get("/articles/1").text


def test_what_somebody_else_changed_meanwhile_is_shown_and_nothing_typed_is_lost(
    client: TestClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = clip(client)
    monkeypatch.setattr(
        "monitor.web.correcting.find_corrections", lambda *_: [{"id": 7, "field": "text", "by": "sari"}]
    )
    answer = retype(client, number, seen=3)
    assert answer.status_code == 409
    page = unescape(answer.text)
    assert "sari sudah mengubahnya lebih dulu" in page
    assert RIGHT in page
    assert "Warga Kabupaten Selasih senang." in page
    assert client.get(f"/api/articles/{number}").json()["text"] == READ


def test_the_photo_is_shown_beside_the_text(client: TestClient) -> None:
    number = clip(client, "foto.png", PNG)
    for page in (f"/articles/{number}", f"/articles/{number}/text"):
        assert f'src="/articles/{number}/picture?page=1"' in client.get(page).text
    answer = client.get(f"/articles/{number}/picture?page=1")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert client.get(f"/articles/{number}/picture?page=2").status_code == 404
    assert client.get(f"/articles/{clip(client)}/picture").status_code == 404  # a text
    assert client.get("/articles/1/picture").status_code == 404  # what was gathered


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler (Debian: apt install poppler-utils)")
def test_the_pages_of_a_pdf_are_drawn(client: TestClient) -> None:
    made = typst.compile(b"Satu #pagebreak() Dua", format="pdf")
    number = clip(client, "koran.pdf", made if isinstance(made, bytes) else made[0])
    assert f"/articles/{number}/picture?page=2" in client.get(f"/articles/{number}").text
    assert client.get(f"/articles/{number}/picture?page=2").content.startswith(b"\xff\xd8\xff")
    assert client.get(f"/articles/{number}/picture?page=3").status_code == 404


def test_a_lost_file_costs_only_its_picture(client: TestClient, office: Office) -> None:
    number = clip(client, "foto.png", PNG)
    for file in Path(office.config.evidence_folder).rglob("*.warc.gz"):
        file.unlink()
    page = client.get(f"/articles/{number}/text")
    assert page.status_code == 200
    assert "/picture" not in page.text


def test_readers_do_not_type(people: Office, client: TestClient) -> None:
    client.post("/sign-in", data={"name": "bupati", "password": PASSWORD})
    assert client.get("/articles/1/text").status_code == 403
