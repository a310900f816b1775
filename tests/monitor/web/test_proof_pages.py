"""An article leads to the page that proves it: checked, shown where it can do nothing, and given away."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from monitor.office import Office
from monitor.web.proof import SANDBOX, kind_of

TEXT = b"Jalan kampung di Kabupaten Selasih diperbaiki Dinas Pekerjaan Umum."
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


@pytest.fixture
def clip(client: TestClient) -> int:
    data = {"title": "Jalan kampung di Kabupaten Selasih diperbaiki", "outlet": "Koran", "date": "2025-03-05"}
    answer = client.post("/clip", data=data, files={"file": ("kliping.txt", TEXT)})
    return int(answer.headers["location"].rpartition("/")[2].removesuffix("?saved=clip"))


def test_the_page_of_an_article_is_checked_and_given(client: TestClient, clip: int) -> None:
    assert f'href="/articles/{clip}/proof"' in client.get(f"/articles/{clip}").text
    assert "✓ utuh" in client.get(f"/articles/{clip}/proof").text
    answer = client.get(f"/articles/{clip}/evidence?look=1")
    assert answer.content == TEXT
    assert answer.headers["content-security-policy"] == SANDBOX
    assert client.get(f"/articles/{clip}/evidence").headers["content-disposition"].startswith("attachment")


def test_a_page_that_is_altered_is_told(client: TestClient, office: Office, clip: int) -> None:
    (archive,) = Path(office.config.evidence_folder).rglob("*.warc.gz")
    archive.write_bytes(archive.read_bytes()[:40])
    page = client.get(f"/articles/{clip}/proof").text
    assert "rusak atau hilang" in page
    assert "✓ utuh" not in page
    answer = client.get(f"/articles/{clip}/evidence")
    assert answer.status_code == 400
    assert "Halaman arsip itu hilang atau rusak." in answer.text


def test_an_imported_article_has_none(client: TestClient) -> None:
    assert "Tidak ada: artikel ini diimpor." in client.get("/articles/1/proof").text
    assert "Tidak ada halaman yang diarsipkan" in client.get("/articles/1/evidence?version=3").text


@pytest.mark.parametrize(
    ("headers", "body", "kind"),
    [
        ({"Content-Type": "text/html; charset=iso-8859-1"}, b"<p>", "text/html; charset=iso-8859-1"),
        ({"content-type": "application/json"}, b"{}", "text/plain; charset=utf-8"),
        ({}, PNG, "image/png"),
        ({}, b"%PDF-1.7", "application/pdf"),
        ({}, b"lain", "application/octet-stream"),
    ],
)
def test_what_a_page_is_is_known(headers: dict[str, str], body: bytes, kind: str) -> None:
    assert kind_of({"headers": headers}, body) == kind
