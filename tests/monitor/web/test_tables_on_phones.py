"""Tables on a phone: each row stands under itself, each cell with its column's head, by the style sheet alone."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from db.connection import open_store
from db.outbox import queue_messages
from monitor.jobs import recorded
from monitor.office import Office
from monitor.web.visit import STATIC

PAGES = {"/?day=2025-03-03": 2, "/counts?since=2025-01-01": 1, "/counts?by=day": 1, "/outlets": 1, "/alerts": 1}


@pytest.fixture
def busy(client: TestClient, office: Office) -> TestClient:
    """Give a workspace with something in each table."""
    names = {"batch": "b", "recipient": "kepala", "group": "pimpinan", "what": "edisi"}
    entry = {**names, "part": 1, "parts": 1, "subject": "s", "body": "b", "form": "text", "urgent": False}
    with open_store(office.config.store) as store:
        queue_messages(store, [entry])
        with recorded(store, "refresh"):
            pass
    client.post("/editions", data={"day": "2025-03-03", "edition": "harian"})
    return client


@pytest.mark.parametrize("address", [*PAGES, "/editions"])
def test_every_cell_of_a_table_says_its_head(busy: TestClient, address: str) -> None:
    tables = LexborHTMLParser(busy.get(address).text).css("table")
    assert len(tables) >= PAGES.get(address, 1)
    for table in tables:
        assert table.attributes.get("class") == "stack"
        heads = [node.text(strip=True) for node in table.css("thead th")]
        for row in table.css("tbody tr, tfoot tr"):
            cells = [cell for cell in row.css("th, td") if not cell.attributes.get("colspan")]
            assert [cell.attributes.get("data-head") for cell in cells[1:]] == heads[1:][: max(len(cells) - 1, 0)]


def test_the_style_sheet_stacks_rows_on_narrow_screens_only() -> None:
    sheet = (STATIC / "pantau.css").read_text(encoding="utf-8")
    before, _, rest = sheet.partition("@media screen and (max-width: 40rem)")
    inside, _, after = rest.partition("\n}")
    assert "content: attr(data-head)" in inside
    assert ".stack" not in before + after
