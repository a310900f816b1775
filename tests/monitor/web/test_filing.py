"""Monthly reports from the workspace: made for a month, given again as they went out, one at a time."""

from __future__ import annotations

import io
import zipfile
from html import unescape

import pytest
from fastapi.testclient import TestClient

from db.connection import open_store
from monitor.office import Office
from monitor.report import paper
from monitor.report.month import Month
from monitor.report.run import freeze_report, make_report


@pytest.mark.parametrize(("form", "begin"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("clipping", b"%PDF")])
def test_a_month_is_filed(client: TestClient, form: str, begin: bytes) -> None:
    answer = client.get(f"/filing?month=2025-03&form={form}")
    assert answer.status_code == 200
    assert answer.content.startswith(begin)
    assert "2025-03" in answer.headers["content-disposition"]


def test_a_report_that_went_out_is_given_as_it_went_out(client: TestClient, office: Office) -> None:
    with open_store(office.config.store) as store:
        data = make_report(store, office, Month(2025, 3))
        ident = freeze_report(store, data, Month(2025, 3))
        store.execute("UPDATE annotations SET about = 'none' WHERE article_id = 1")
    page = unescape(client.get("/editions").text)
    assert data.id in page
    assert f"/filing?edition={ident}&form=docx" in page
    given = client.get(f"/filing?edition={ident}&form=xlsx")
    assert f"laporan-{ident}.xlsx" in given.headers["content-disposition"]
    for answer, same in ((given, True), (client.get("/filing?month=2025-03&form=xlsx"), False)):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
            assert (data.id in parts.read("xl/sharedStrings.xml").decode()) == same
    assert client.get("/filing?edition=2025-03-09-laporan").status_code == 404


def test_who_asks_while_another_report_is_made_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "PATIENCE", 0.0)
    with paper.taking_turn():
        assert "Sebuah laporan sedang disusun" in client.get("/editions").text
        answer = client.get("/filing?month=2025-03&form=clipping")
        assert answer.status_code == 409
        assert "Laporan lain masih disusun." in answer.text
        assert client.get("/filing?month=2025-03&form=xlsx").status_code == 200  # which needs no turn
    assert "Sebuah laporan sedang disusun" not in client.get("/editions").text
