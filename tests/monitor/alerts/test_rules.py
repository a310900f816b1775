"""Rules of alerts: what fires on stories, headlines and notices, and faults of the rules themselves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store
from monitor.alerts.rules import PACKAGED, load_rules
from monitor.errors import ConfigError
from monitor.office import Office
from tests.monitor.alerts.conftest import NEGATIVE, NEUTRAL, NOW, Add, fired, named


def test_a_negative_story_fires_from_so_many_newsrooms_of_their_own(store: Store, office: Office, add: Add) -> None:
    add(story=1, negative=True, outlet="a.example")
    add(story=1, negative=True, outlet="b.example")
    add(story=1, negative=True, outlet="b.example")  # the same newsroom once more
    add(story=1, negative=True, outlet="c.example", kind="advertorial")
    add(story=1, negative=True, outlet="d.example", kind="release")
    assert fired(store, office) == []
    add(story=1, outlet="e.example")
    assert fired(store, office) == [("negatif-beberapa-redaksi", "story")]
    for outlet in ("f.example", "g.example"):
        add(story=1, outlet=outlet, negative=True)
    assert [rule for rule, _ in fired(store, office)][:2] == ["negatif-meluas", "negatif-beberapa-redaksi"]


def test_a_story_mostly_not_negative_or_long_past_is_silent(store: Store, office: Office, add: Add) -> None:
    for number in range(4):
        add(story=1, negative=number == 0)
        add(hours=30, story=2, negative=True)
        add(story=3, negative=True, about="incidental")
    assert fired(store, office) == []


def test_a_copy_is_no_newsroom_of_its_own(store: Store, office: Office, add: Add) -> None:
    first, *copies = [add(story=1, negative=True) for _ in range(4)]
    for copy in copies:
        store.execute("INSERT INTO copies VALUES (?, ?, 0.9, 0.9, 50, 10)", (copy, first))
    assert fired(store, office) == []


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (named("officials", "suryani"), [("judul-keras-pimpinan", "leader:suryani")]),
        (named("officials", "suryani", "text"), []),
        (named("officials", "rahmadi"), []),  # headed the regency until 2021
        (named("opd", "dinkes"), [("judul-keras-opd", "opd:dinkes")]),
        (named("opd", "dinkes", "text"), []),
        (named("opd", "pemkab"), []),  # the packaged rules leave the government as a whole out
    ],
)
def test_a_harsh_headline_must_name_who_governs(
    store: Store, office: Office, add: Add, tags: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    add(headline_tone=NEGATIVE, **tags)
    add(headline_tone=NEUTRAL, **tags)
    add(headline_tone={**NEGATIVE, "score": 0.4}, **tags)
    add(headline_tone=NEGATIVE, kind="advertorial", **tags)
    assert fired(store, office) == expected


@pytest.mark.parametrize(
    ("title", "target"),
    [
        ("Bupati Selasih Dinilai Gagal Atasi Banjir", "leader:suryani"),
        ("Dinilai Gagal, BUPATI Didesak Mundur", "leader:suryani"),
        ("Wakil Bupati Dituding Bohong", "leader:wakil bupati"),  # nobody is known to hold that office on this day
        ("Bupati Kampar Dituding Bohong soal Jalan", None),
        ("Bupati Selasih Hulu Dituding Bohong", None),  # the name of another place
        ("Mantan Bupati Dituding Bohong", None),
        ("Bupatinya Siapa, Warga Bertanya", None),
    ],
)
def test_the_office_alone_names_who_holds_it(
    store: Store, office: Office, add: Add, title: str, target: str | None
) -> None:
    add(headline_tone=NEGATIVE, title=title)
    assert fired(store, office) == ([("judul-keras-pimpinan", target)] if target else [])


@pytest.mark.parametrize(
    ("title", "text", "notice"),
    [
        ("RALAT: Jadwal pembangunan pasar", "Isi.", True),
        ("Koreksi: Jumlah penerima bantuan", "Isi.", True),
        ("Hak Jawab Dinas Kesehatan atas berita puskesmas", "Isi.", True),
        ("Jadwal pasar", "Isi.\n\nBerita ini telah diralat pada pukul 10.00.", True),
        ("Jadwal pasar", "Isi.\n\nRedaksi memohon maaf atas kekeliruan nama.", True),
        ("Jadwal pasar", "Isi.\n\nRalat: nama yang benar ialah Sari.", True),
        ("Koreksi anggaran dibahas dewan", "Isi.", False),
        ("Warga minta hak atas tanah", "Isi. Ia menjawab hak warga.", False),
        ("Jadwal pasar", "Awal. " + "Kata biasa. " * 60 + "Berita ini telah diralat. " + "Kata biasa. " * 60, False),
        ("Bupati minta maaf kepada warga", "Isi. Pemerintah memohon maaf.", False),
    ],
)
def test_notices_are_told_from_ordinary_news(
    store: Store, office: Office, add: Add, title: str, text: str, notice: bool
) -> None:
    add(title=title, text=text, about="incidental")
    assert [rule for rule, _ in fired(store, office)] == ["ralat-hak-jawab"] * notice


def test_a_notice_added_to_an_old_article_is_found(store: Store, office: Office, add: Add) -> None:
    add(hours=24 * 10, outlet="a.example", title="Jadwal pasar", text="Isi lama.")
    assert fired(store, office) == []
    record = {"url": "https://a.example/1", "outlet": "a.example", "title": "Jadwal pasar",
              "text": "Isi lama.\n\nRalat: pasar dibuka Kamis.",
              "published_at": (NOW - timedelta(days=10)).isoformat()}  # fmt: skip
    saved = save_article(store, record, now=NOW - timedelta(hours=2))
    assert saved.reason == "revised"
    save_annotations(store, [{"id": saved.id, "annotator": "v1", "kind": "reporting", "about": "subject"}])
    assert fired(store, office) == [("ralat-hak-jawab", f"article:{saved.id}")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('tier = "segera"', 'tier = "gawat"'), "rule negatif-meluas has tier 'gawat'"),
        (("newsrooms = 5", "newsroms = 5"), "rule negatif-meluas: unknown key newsroms"),
        (("newsrooms = 5", "newsrooms = 0"), "rule negatif-meluas: newsrooms: Input should be greater"),
        ((r"'\bralat\b'", r"'(ralat'"), "is no regular expression"),
        (('id = "negatif-meluas"', 'id = "ralat-hak-jawab"'), "occurs twice"),
        (("[[rule]]", "[[rule"), "no valid TOML"),
    ],
)
def test_faults_of_rules_are_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    file = tmp_path / "alerts.toml"
    file.write_text(PACKAGED.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"alerts\.toml") as caught:
        load_rules(file)
    assert said in str(caught.value)


def test_a_group_cannot_ask_for_a_tier_that_is_none(office: Office) -> None:
    groups = {"siaga": office.config.delivery.groups["siaga"].model_copy(update={"alerts": "gawat"})}
    with pytest.raises(ConfigError, match="group siaga: alerts = 'gawat' is no tier; tiers are segera, penting"):
        load_rules(None, groups)
