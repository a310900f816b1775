"""Frozen editions on a real store: shown as they went out, compared with today, nothing told twice or lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store
from db.findings import raise_finding
from db.outlets import save_outlets
from db.runs import finish_run, start_run
from monitor.config import Config
from monitor.editions import build_edition, freeze_edition, load_edition
from monitor.errors import UnknownName
from monitor.office import Office, load_office, open_office_store
from tests.monitor.conftest import CONTOH

DAY = date(2025, 3, 12)
NOON = datetime(2025, 3, 12, 5, 0, tzinfo=UTC)  # 12:00 in the profile's timezone
SPAN = {"in": "text", "start": 0, "end": 3, "text": "Isi", "rule": "complaint"}
NEGATIVE = {"label": "negatif", "score": 0.9, "evidence": [SPAN], "review": False}
NEUTRAL = {"label": "netral", "score": 0.9, "evidence": [], "review": False}


@dataclass
class Desk:
    """A store of the test's own, and short ways to fill it."""

    office: Office
    store: Store
    number: int = 0

    def add(self, seen: datetime, annotated: bool = True, **changes: Any) -> int:
        """Store an article published ten minutes before it was seen."""
        self.number += 1
        record = {
            "url": f"https://warta.example/{self.number}",
            "outlet": "warta.example",
            "title": f"Berita nomor {self.number}",
            "text": f"Isi berita ke-{self.number}.",
            "published_at": (seen - timedelta(minutes=10)).isoformat(),
        }
        key = save_article(self.store, record, now=seen).id
        if annotated:
            self.annotate(key, **changes)
        return key

    def annotate(self, key: int, **changes: Any) -> None:
        """Say what an article is about."""
        row = {"id": str(key), "kind": "reporting", "about": "subject", "about_score": 0.9, "about_reasons": []}
        tags: dict[str, Any] = {name: [] for name in ("opd", "not_opd", "officials", "places", "pillars", "quotes")}
        tones = {"tone": NEUTRAL, "headline_tone": NEUTRAL, "opd_tone": {}, "annotator": "v1"}
        save_annotations(self.store, [{**row, **tags, **tones, **changes}])

    def freeze(self, edition: str) -> tuple[str, set[int]]:
        """Freeze an edition of the day; return its id and the articles it tells of."""
        data = build_edition(self.store, self.office, DAY, edition, NOON)
        return freeze_edition(self.store, data), {item.id for item in data.items}


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    office = load_office(Config(store=tmp_path / "data" / "pantau.db", profile=str(CONTOH)))
    office.config.store.parent.mkdir()
    with open_office_store(office) as store:
        save_outlets(store, [{"id": "warta.example", "name": "Warta Contoh", "kind": "local"}])
        yield Desk(office, store)


def test_what_was_annotated_too_late_is_told_by_the_next_edition_and_only_there(desk: Desk) -> None:
    morning = NOON - timedelta(hours=6)
    first, late = desk.add(morning), desk.add(morning, annotated=False)
    aside = desk.add(morning, about="incidental")
    _, told = desk.freeze("pagi")
    assert told == {first}
    desk.annotate(late)
    now = desk.add(NOON - timedelta(hours=1))
    _, next_told = desk.freeze("siang")
    assert next_told == {late, now}
    assert build_edition(desk.store, desk.office, DAY, "siang", NOON).carried_over == (late,)
    _, evening = desk.freeze("sore")
    assert evening == set()
    assert aside not in told | next_told | evening


def test_editions_never_frozen_are_not_caught_up_with(desk: Desk) -> None:
    desk.add(NOON - timedelta(hours=6))
    now = desk.add(NOON - timedelta(hours=1))
    assert desk.freeze("siang")[1] == {now}


@pytest.mark.parametrize("days", [0, 1, 5, 12])
def test_what_missed_editions_would_have_told_is_told_by_the_next_one_and_only_there(desk: Desk, days: int) -> None:
    before = NOON - timedelta(days=days)
    desk.freeze("pagi") if not days else freeze_edition(
        desk.store, build_edition(desk.store, desk.office, DAY - timedelta(days=days), "pagi", before)
    )
    untold = desk.add(before - timedelta(hours=1))  # then the machine stood still, until this afternoon
    now = desk.add(NOON + timedelta(hours=3))
    evening = NOON + timedelta(hours=5)
    data = build_edition(desk.store, desk.office, DAY, "sore", evening)
    assert {item.id for item in data.items} == {untold, now}
    assert data.carried_over == (untold,)
    freeze_edition(desk.store, data)
    assert build_edition(desk.store, desk.office, DAY, "sore", evening).carried_over == (untold,)
    morning = build_edition(desk.store, desk.office, DAY + timedelta(days=1), "pagi", evening + timedelta(hours=14))
    assert not morning.items


@pytest.mark.parametrize("days", [1, 4, 13, 20])
def test_what_waited_for_annotation_over_days_is_told_by_the_next_edition_and_only_there(desk: Desk, days: int) -> None:
    late, begin = [], DAY - timedelta(days=days)
    for number in range(days):
        noon = NOON - timedelta(days=days - number)
        late.append(desk.add(noon - timedelta(hours=1), annotated=False))
        told = build_edition(desk.store, desk.office, begin + timedelta(days=number), "siang", noon)
        assert (told.items, told.not_annotated) == ((), 1)
        freeze_edition(desk.store, told)
    for key in late:
        desk.annotate(key)
    data = build_edition(desk.store, desk.office, DAY, "siang", NOON)
    assert data.carried_over == tuple(late[-14:])
    freeze_edition(desk.store, data)
    assert desk.freeze("sore")[1] == set()
    tomorrow = build_edition(desk.store, desk.office, DAY + timedelta(days=1), "pagi", NOON + timedelta(hours=19))
    assert not tomorrow.items


def test_what_is_tagged_otherwise_after_days_is_no_news(desk: Desk) -> None:
    before = NOON - timedelta(days=5)
    key = desk.add(before - timedelta(hours=1), about="none")
    for days in range(5, 0, -1):
        day = DAY - timedelta(days=days)
        freeze_edition(desk.store, build_edition(desk.store, desk.office, day, "siang", NOON - timedelta(days=days)))
    desk.annotate(key)  # as `annotate --all` does after the rules have changed
    assert desk.freeze("siang")[1] == set()


def test_a_frozen_edition_stays_as_it_went_out(desk: Desk, pantau: Callable[..., Any]) -> None:
    key = desk.add(NOON - timedelta(hours=1), tone=NEGATIVE, opd=[{"id": "dinkes", "role": "actor", "mentions": []}])
    name, _ = desk.freeze("siang")
    assert name == "2025-03-12-siang"
    before = pantau("edition", "show", name, "--json")
    assert before.code == 0
    dataset = json.loads(before.out)
    assert dataset["attention"][0]["rule"] == "complaint"
    assert pantau("edition", "diff", name).code == 0

    desk.annotate(key, tone=NEUTRAL)
    desk.add(NOON - timedelta(hours=2))
    assert pantau("edition", "show", name, "--json").out == before.out
    assert pantau("edition", "show", dataset["id"], "--json").out == before.out  # the number that outputs carry
    today = pantau("edition", "diff", name)
    assert today.code == 1
    assert "artikel: 1 → 2" in today.out
    assert "Berita nomor 1 [nada]: negatif → netral" in today.out
    english = pantau("edition", "diff", name, "--lang", "en")
    assert "Articles that would come in" in english.out
    found = json.loads(pantau("edition", "diff", name, "--json").out)
    assert {"what": "article", "field": "tone", "before": "negatif", "after": "netral"}.items() <= next(
        change for change in found if change["what"] == "article" and change["field"] == "tone"
    ).items()


def test_editions_are_listed_and_written_in_every_form(desk: Desk, pantau: Callable[..., Any], tmp_path: Path) -> None:
    desk.add(NOON - timedelta(hours=1), opd=[{"id": "dinkes", "role": "actor", "mentions": []}])
    desk.freeze("siang")
    made = pantau("edition", "freeze", "--date", DAY, "--edition", "pagi")
    assert (made.code, made.out) == (0, "2025-03-12-pagi\n")
    listed = json.loads(pantau("edition", "list", "--json").out)
    assert {row["id"]: row["articles"] for row in listed} == {"2025-03-12-siang": 1, "2025-03-12-pagi": 0}
    number = next(row["dataset_id"] for row in listed if row["articles"])
    for form, start in (("pdf", b"%PDF-"), ("eml", b"Subject:"), ("html", b"<!DOCTYPE"), ("whatsapp", b"*Ringkasan")):
        file = tmp_path / f"edition.{form}"
        answer = pantau("edition", "show", "2025-03-12-siang", "--format", form, "--view", "opd:dinkes", "-o", file)
        assert answer.code == 0
        assert file.read_bytes().lstrip().startswith(start)
        assert form == "pdf" or number.encode() in file.read_bytes()
    assert (
        "Belum ada berita tentang Dinas Pendidikan"
        in pantau("edition", "show", "2025-03-12-siang", "--view", "opd:disdik").out
    )


def test_what_is_asked_wrongly_is_answered_with_what_there_is(desk: Desk, pantau: Callable[..., Any]) -> None:
    desk.freeze("siang")
    answer = pantau("edition", "show", "2025-03-12-sian")
    assert answer.code == 2
    assert "did you mean 2025-03-12-siang?" in answer.complaint
    assert "did you mean dinkes" in pantau("edition", "show", "2025-03-12-siang", "--view", "opd:dinks").complaint
    with pytest.raises(UnknownName):
        load_edition(desk.store, "2024-01-01-pagi")


def test_a_gap_says_how_much_may_be_missing(desk: Desk) -> None:
    for days in range(1, 29):
        desk.add(NOON - timedelta(days=days + 1))
    raise_finding(desk.store, "warta.example", "blocked", "403", NOON - timedelta(days=1, minutes=20))
    data = build_edition(desk.store, desk.office, DAY, "harian", NOON + timedelta(days=1))
    (gap,) = [gap for gap in data.gaps if gap.outlet == "warta.example"]
    assert (gap.kind, gap.missing) == ("blocked", 1.0)  # one a day before it was lost, one day without
    assert data.totals.baseline_mean == pytest.approx(4 / 4)  # four of the seven weekdays before were watched
    assert data.totals.newsrooms_mean == pytest.approx(1)


def test_weeks_before_gathering_began_are_no_base(desk: Desk) -> None:
    for weeks in range(1, 5):
        desk.add(NOON - timedelta(weeks=weeks))
    assert build_edition(desk.store, desk.office, DAY, "harian").totals.baseline_days == 4
    began = NOON - timedelta(weeks=2, days=1)
    finish_run(desk.store, start_run(desk.store, "refresh", 1, now=began), "done", now=began)
    assert build_edition(desk.store, desk.office, DAY, "harian").totals.baseline_days == 2


def test_an_outlet_of_a_kind_that_nobody_knows_is_a_newsroom_of_former_weeks_too(desk: Desk) -> None:
    save_outlets(desk.store, [{"id": "warta.example", "name": "Warta", "kind": None}])
    for weeks in range(3):
        desk.add(NOON - timedelta(weeks=weeks))
    totals = build_edition(desk.store, desk.office, DAY, "harian").totals
    assert (totals.independent_newsrooms, totals.newsrooms_mean) == (1, 1)


def test_english_is_complete_to_the_last_line(desk: Desk, pantau: Callable[..., Any]) -> None:
    desk.add(NOON - timedelta(hours=1), tone=NEGATIVE)
    desk.freeze("siang")
    text = pantau("edition", "show", "2025-03-12-siang", "--lang", "en").out
    assert "Needs attention" in text
    indonesian = ("artikel", "Peristiwa", "redaksi", "Nada", "Nomor data", "terpantau", "dari", "yang")
    assert [word for word in indonesian if f" {word} " in text] == []
