"""What is added by hand on the pages: an address, or a clip with its file; what is lacking is told in the form."""

from __future__ import annotations

from html import unescape

import pytest
from fastapi.testclient import TestClient

from monitor.clip import NotStored
from monitor.ingest import Gathered


def test_a_clip_is_added_with_its_file(client: TestClient) -> None:
    data = {"title": "Jalan kampung di Kabupaten Selasih diperbaiki", "outlet": "Koran Contoh", "date": "2025-03-05"}
    file = {"file": ("../../kliping.txt", b"Jalan kampung di Kabupaten Selasih diperbaiki Dinas Pekerjaan Umum.")}
    answer = client.post("/clip", data=data, files=file)
    assert answer.status_code == 303
    number = answer.headers["location"].rpartition("/")[2].removesuffix("?saved=clip")
    row = client.get(f"/api/articles/{number}").json()
    assert "✓ Artikel tersimpan" in client.get(answer.headers["location"]).text
    assert (row["origin"], row["title"], row["outlet"]) == ("clip", data["title"], "koran contoh")
    assert row["about"] == "subject"
    proof = client.get(f"/articles/{row['id']}/evidence")
    assert proof.content == file["file"][1]
    assert proof.headers["content-disposition"].startswith("attachment")


def test_nothing_of_this_machine_is_fetched(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(
        "monitor.web.outlets.clip_address", lambda *_, public_only, **__: asked.append(public_only) or Gathered()
    )
    assert client.post("/clip", data={"url": "http://127.0.0.1:8377/outlets"}).status_code == 303
    assert asked == [True]


def test_an_address_that_cannot_be_stored_stays_in_the_form(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise NotStored("https://warta.example/1", "robots", "forbidden by robots.txt")

    monkeypatch.setattr("monitor.web.outlets.clip_address", refuse)
    answer = client.post("/clip", data={"url": "https://warta.example/1"})
    assert answer.status_code == 422
    assert "Belum tersimpan: situsnya melarang pengambilan otomatis" in answer.text
    assert 'value="https://warta.example/1"' in answer.text


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        ({}, None, "Isi alamat berita"),
        ({"title": "Judul"}, "a.txt", "Belum diisi: Media, Tanggal."),
        ({"title": "Judul", "outlet": "Koran", "date": "kapan"}, "a.txt", "Hari kapan tidak dapat dipakai"),
        ({"title": "Judul", "outlet": "Koran", "date": "2025-03-05"}, "a.exe", "Berkas harus berakhiran .txt, .pdf"),
        ({"url": "bukan alamat"}, None, "Alamat bukan alamat tidak dapat dipakai"),
    ],
)
def test_a_clip_that_lacks_something_is_refused(
    client: TestClient, data: dict[str, str], name: str | None, told: str
) -> None:
    answer = client.post("/clip", data=data, files={"file": (name, b"isi")} if name else None)
    assert answer.status_code == 400
    assert told in unescape(answer.text)
    assert client.get("/api/articles").json()["total"] == 12
