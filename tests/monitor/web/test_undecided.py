"""Names that the machine left undecided are settled by people, once, and stay so."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from db.annotations import save_annotations
from db.connection import open_store
from monitor.corrections import list_corrections
from monitor.office import Office
from monitor.web.doubts import list_doubts, offer_names
from tests.monitor.reporting import annotate, some_articles

NOW = "2025-03-20T08:00+07:00"
PLACE = "undecided: the name needs its kecamatan or a generic word nearby"
OFFICE = "undecided: another government in the sentence"


def doubtful(office: Office, reasons: dict[int, str], words: str = "Paragraf") -> None:
    rows = []
    for number, reason in reasons.items():
        row = annotate(number, some_articles(12)[number - 1])
        span = {"in": "text", "start": 0, "end": len(words), "text": words, "reason": reason}
        rows.append({**row, "not_opd": [span, span]})
    with open_store(office.config.store) as store:
        save_annotations(store, rows)


@pytest.fixture
def queue(client: TestClient, office: Office, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("PANTAU_NOW", NOW)
    doubtful(office, {1: PLACE, 2: PLACE, 3: OFFICE})
    return client


def settle(client: TestClient, numbers: list[int], **data: str) -> Any:
    return client.post("/review/names", data={"words": "Paragraf", "number": [str(n) for n in numbers], **data})


def test_names_in_doubt_are_shown_together_offices_first(queue: TestClient) -> None:
    page = unescape(queue.get("/review/names").text)
    assert page.index("Perangkat daerah: <strong>Paragraf") < page.index("Kecamatan: <strong>Paragraf")
    assert page.count('<form class="doubt"') == 2
    assert "Bukan milik kami (2)" in page
    assert "<mark>Paragraf</mark> pertama nomor 1" in page
    article = unescape(queue.get("/articles/3").text)
    assert 'id="undecided"' in article
    assert "Yang ditolak" not in article


def test_places_of_a_single_article_are_folded_away_below_what_settles_more(queue: TestClient, office: Office) -> None:
    doubtful(office, {4: PLACE}, "Para")
    page = unescape(queue.get("/review/names").text)
    often, _, once = page.partition("Nama tempat yang hanya disebut satu artikel (1)")
    assert often.endswith("<details><summary>")
    assert often.count('<form class="doubt"') == 2
    assert "Kecamatan: <strong>Para<" in once
    settle(queue, [1, 2], field="places", pick="-")
    settle(queue, [3], field="opd", pick="-")
    assert "<details open><summary>Nama tempat yang" in queue.get("/review/names").text


def test_what_is_ours_is_tagged_and_leaves_the_queue(queue: TestClient, office: Office) -> None:
    answer = settle(queue, [3], field="opd", value="pendidikan", back="/articles/3?queue=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/articles/3?queue=1&saved=undecided#undecided")
    row = queue.get("/api/articles/3").json()
    assert "disdik" in {tag["id"] for tag in row["opd"]}
    assert {name["reason"] for name in row["not_opd"]} == {f"set by {list_by(office, 3)}"}
    assert "Perangkat daerah: <strong>Paragraf" not in queue.get("/review/names").text
    assert "menambahkan Nama yang belum pasti: Paragraf" in unescape(queue.get("/articles/3").text)


def test_what_is_nobodys_of_ours_leaves_the_queue_everywhere_and_for_good(queue: TestClient, office: Office) -> None:
    assert settle(queue, [1, 2], field="places", pick="-").status_code == 303
    assert "Kecamatan: <strong>Paragraf" not in queue.get("/review/names").text
    doubtful(office, {1: PLACE, 2: PLACE})  # the machine says so again
    assert "Kecamatan: <strong>Paragraf" not in queue.get("/review/names").text
    assert queue.get("/api/articles/1").json()["places"] == []


def test_what_is_given_back_is_in_doubt_again(queue: TestClient, office: Office) -> None:
    settle(queue, [1], field="places", pick="-")
    queue.post("/articles/1/corrections", data={"field": "undecided", "action": "revert"})
    doubtful(office, {1: PLACE})
    assert "Bukan milik kami (2)" in queue.get("/review/names").text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"field": "opd", "pick": "-", "words": "Lain"}, "Nama itu sudah tidak ada di artikel ini."),
        ({"field": "opd"}, "Pilih atau ketik namanya"),
        ({"field": "opd", "value": "nix"}, "Perangkat daerah tidak dikenal: nix."),
        ({"field": "tone", "pick": "-"}, "Isian Bagian tidak dapat dipakai: bukan salah satu pilihannya."),
        ({"field": "opd", "pick": "-", "number": "tiga"}, "Isian Nomor artikel tidak dapat dipakai: harus berupa"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    queue: TestClient, office: Office, data: dict[str, str], told: str
) -> None:
    answer = queue.post("/review/names", data={"words": "Paragraf", "number": "3", **data})
    assert answer.status_code == 400
    assert told in unescape(answer.text)
    with open_store(office.config.store) as store:
        assert list_corrections(store) == []


def test_names_are_offered_where_few_fit() -> None:
    registry = {"a": "Dinas Kesehatan", "b": "Dinas Pendidikan", "c": "Dinas Sosial", "d": "Dinas Pasar"}
    assert offer_names(registry, "dinas kesehatan") == {"a": "Dinas Kesehatan"}
    assert offer_names(registry, "Dinas") == {}
    assert offer_names(registry, "xyz") == {}


def test_a_name_is_shown_with_what_stands_around_it(office: Office) -> None:
    span = {"in": "text", "start": 5, "end": 9, "text": "Siak", "reason": OFFICE}
    row = {"text": "Kata Siak\u202e dan\nbaris.", "not_opd": [span, {**span, "reason": "set by rina"}]}
    (doubt,) = list_doubts(row, office.names)
    assert (doubt.field, doubt.before, doubt.after) == ("opd", "Kata", "dan baris.")


def list_by(office: Office, number: int) -> str:
    with open_store(office.config.store) as store:
        return str(list_corrections(store, [number])[0]["by"])
