"""Counts in the workspace: every number leads to so many articles, and says what it counts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from monitor.config import Config
from monitor.office import load_office
from monitor.web.app import build_app
from monitor.web.counting import Question, bound_days
from tests.monitor.conftest import CONTOH
from tests.monitor.reporting import ROLES, fill_store, some_articles
from tests.monitor.web.conftest import HERE, HOME

OFFICES = ("pemkab", "dinkes", "diskominfo")


@pytest.fixture
def mixed(tmp_path: Path) -> Iterator[TestClient]:
    """Give a browser on articles that bear several tags of a kind, together and apart."""
    articles = [
        one
        | {"opd": {key: ROLES[(number + place) % 3] for place, key in enumerate(OFFICES[number % 4 :])}}
        | {"pillars": {"living", "economy"} if number % 2 else {"living"}}
        | {"speakers": {"Budi", "Rahma: Dewi"} if number % 3 else {"Budi"}}
        for number, one in enumerate(some_articles(12))
    ]
    fill_store(tmp_path / "mixed.db", articles).close()
    app = build_app(load_office(Config(store=tmp_path / "mixed.db", profile=str(CONTOH))))
    with TestClient(app, base_url=HOME, follow_redirects=False, client=HERE) as browser:
        yield browser


@pytest.mark.parametrize(
    "by", ["opd", "pillar", "outlet", "tone", "channel", "kind", "speaker", "day", "month", "year"]
)
def test_every_number_leads_to_so_many_articles(client: TestClient, by: str) -> None:
    page = unescape(client.get(f"/counts?by={by}&since=2025-03-01&until=2025-03-31").text)
    links = re.findall(r'<a href="(/articles\?[^"]+)">([\d.]+)</a>', page)
    assert len(links) > 4
    for address, number in links:
        found = client.get(f"/api{address}").json()
        assert found["total"] == int(number), address


@pytest.mark.parametrize(
    "asked",
    [
        {"by": "opd", "opd": "dinkes"},
        {"by": "opd", "opd": ["dinkes", "pemkab"], "role": "actor"},
        {"by": "opd", "role": "actor"},
        {"by": "pillar", "pillar": "living"},
        {"by": "speaker", "speaker": "Budi"},
    ],
)
def test_numbers_of_what_is_asked_for_already_lead_to_the_articles_of_both(
    mixed: TestClient, asked: dict[str, Any]
) -> None:
    page = unescape(mixed.get("/counts", params={"since": "2025-03-01", "until": "2025-03-31", **asked}).text)
    links = re.findall(r'<a href="(/articles\?[^"]+)">([\d.]+)</a>', page)
    assert links
    for address, number in links:
        assert mixed.get(f"/api{address}").json()["total"] == int(number), address
        assert mixed.get(address).status_code == 200


def test_what_an_article_must_bear_besides_is_a_name_that_is_known(mixed: TestClient) -> None:
    for said in ("opd:nobody", "opd:dinkes:boss", "rain:dinkes", "opd"):
        assert mixed.get("/articles", params={"also": said}).status_code == 400


def test_the_words_asked_for_are_told_and_kept(client: TestClient) -> None:
    page = client.get("/counts?query=paragraf&about=incidental").text
    assert "“paragraf”" in page
    assert re.search(r'<input type="hidden" name="query" value="paragraf">', page)
    assert re.search(r'<input type="hidden" name="about" value="incidental">', page)


def test_the_largest_rows_are_shown_and_the_rest_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.counting.SHOWN", 2)
    assert "dan 1 baris lain" in client.get("/counts?by=outlet&since=2025-03-01&until=2025-03-31").text
    assert "baris lain" not in client.get("/counts?by=day&since=2025-03-01&until=2025-03-31").text


def test_very_many_days_are_told_by_month_each_leading_to_its_days(client: TestClient) -> None:
    page = unescape(client.get("/counts?by=day&since=2023-03-15&until=2025-03-31&tone=netral").text)
    assert "Lebih dari 100 hari: dirangkum per bulan." in page
    months = re.findall(r'<th scope="row"><a href="(/counts[^"]+)">([^<]+)</a>', page)
    assert (len(months), months[0][1], months[-1][1]) == (25, "Maret 2023", "Maret 2025")
    assert "since=2023-03-15" in months[0][0]
    days = unescape(client.get(months[-1][0]).text)
    assert "dirangkum per bulan" not in days
    assert '<th scope="row">31 Mar 2025' in days
    assert '<span class="chip">netral</span>' in days
    for address, number in re.findall(r'<a href="(/articles\?[^"]+)">([\d.]+)</a>', page):
        assert client.get(f"/api{address}").json()["total"] == int(number), address
    book = client.get("/counts?by=day&since=2023-03-15&until=2025-03-31&form=xlsx")
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert max(sheet.count(b"<row ") for sheet in sheets) > 365 + 366  # it has every day


@pytest.mark.parametrize(
    ("asked", "folded"),
    [({"since": "2025-01-01"}, False), ({"since": "2024-12-22"}, True), ({}, True), ({"until": "2025-01-01"}, True)],
)
def test_days_fold_by_how_many_have_come(asked: dict[str, str], folded: bool) -> None:
    assert Question(by="day", **asked).folds(date(2025, 4, 1)) == folded
    assert not Question(by="day", form="xlsx", **asked).folds(date(2025, 4, 1))
    assert not Question(by="opd", **asked).folds(date(2025, 4, 1))


def test_days_asked_for_bound_the_links_of_weeks() -> None:
    asked = Question(by="week", since="2025-03-05", until="2025-03-31")
    assert bound_days(asked, "2025-03-03") == {"since": "2025-03-05", "until": "2025-03-09"}
    assert bound_days(asked, "2025-03-31") == {"since": "2025-03-31", "until": "2025-03-31"}
    assert bound_days(Question(by="year"), "2024") == {"since": "2024-01-01", "until": "2024-12-31"}


def test_counts_leave_as_a_workbook(client: TestClient) -> None:
    answer = client.get("/counts?by=opd&since=2025-03-01&until=2025-03-31&form=xlsx")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert 'filename="contoh-opd-2025-03-01-2025-03-31.xlsx"' in answer.headers["content-disposition"]


@pytest.mark.parametrize("by", ["opd", "place", "person", "pillar"])
def test_roles_and_headlines_lead_to_their_articles(client: TestClient, by: str) -> None:
    page = unescape(client.get(f"/counts?by={by}&since=2025-03-01&until=2025-03-31").text)
    links = re.findall(r'<a href="(/articles\?[^"]*(?:role|headline)=[^"]+)">([\d.]+)</a>', page)
    assert bool(links) == (by == "opd")
    for address, number in links:
        assert client.get(f"/api{address}").json()["total"] == int(number), address
    assert re.search(r'<a href="/counts\?[^"]*by=story[^"]*">', page) or by != "opd"


def test_counts_say_what_they_count(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    page = unescape(client.get("/counts?by=opd&since=2025-03-01&until=2025-03-31&tone=negatif").text)
    assert "Dihitung: artikel tentang daerah, 1 Mar 2025 – 31 Mar 2025." in page
    assert '<span class="chip">negatif</span>' in page
    assert '<input type="hidden" name="tone" value="negatif">' in page
    monkeypatch.setenv("PANTAU_NOW", "2025-04-01T08:00+07:00")
    page = unescape(client.get("/counts").text)
    assert "Dihitung: artikel tentang daerah, 3 Mar 2025 – 1 Apr 2025." in page
    assert "Tanpa tanggal yang dihitung ialah 30 hari terakhir." in page


def test_counts_of_very_many_articles_are_asked_about(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "/counts?by=opd&since=2023-01-01&until=2025-03-31"
    assert "<tfoot>" in client.get(long).text
    monkeypatch.setattr("monitor.web.counting.MANY", 12)
    page = unescape(client.get(long).text)
    assert "1 Jan 2023 – 31 Mar 2025, dan memuat 12 artikel atau lebih" in page
    assert "<tfoot>" not in page
    (anyway,) = re.findall(r'class="button" href="(/counts[^"]+)"', page)
    assert "<tfoot>" in client.get(anyway).text
    assert "<tfoot>" in client.get("/counts?by=opd&since=2025-01-01&until=2025-03-31").text
    assert "atau lebih" in client.get("/counts?by=opd&until=2025-03-31").text


def test_a_page_tells_no_headlines_where_nothing_can_stand_in_them_and_no_overlap_where_there_is_none(
    client: TestClient,
) -> None:
    kinds, offices = (client.get(f"/counts?by={by}&since=2025-03-01&until=2025-03-31").text for by in ("kind", "opd"))
    assert ("Dalam judul" in kinds, "Dalam judul" in offices) == (False, True)
    assert ("beberapa baris" in kinds, "beberapa baris" in offices) == (False, True)
