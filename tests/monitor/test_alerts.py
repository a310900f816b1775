"""Alerts: each rule fires on what it is for and not beside it; one alert per story, cool-downs, tiers, who is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.alerts import find_alerts
from db.annotations import save_annotations
from db.articles import save_article
from db.connection import Store
from db.outbox import find_messages
from monitor.alerts.evaluate import check_rules
from monitor.alerts.evidence import load_evidence
from monitor.alerts.rules import PACKAGED, load_rules
from monitor.alerts.run import run_alerts
from monitor.config import Config
from monitor.errors import ConfigError
from monitor.office import Office, load_office, open_office_store
from monitor.render.alert_text import render_alert
from monitor.render.wording import load_wording

CONTOH = Path(__file__).resolve().parents[1] / "profiles" / "contoh"
NOW = datetime(2025, 3, 12, 5, 30, tzinfo=UTC)  # a Wednesday noon in the regency
NEGATIVE = {"label": "negatif", "score": 0.9, "evidence": [], "review": False}
NEUTRAL = {"label": "netral", "score": 0.9, "evidence": [], "review": False}
DELIVERY = {
    "recipients": {"grup": "json://127.0.0.1:9/"},
    "groups": {"siaga": {"to": ["grup"], "alerts": "penting"}},
}
Add = Callable[..., int]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    config = Config.model_validate({"store": tmp_path / "pantau.db", "profile": str(CONTOH), "delivery": DELIVERY})
    return load_office(config)


@pytest.fixture
def store(office: Office) -> Iterator[Store]:
    opened = open_office_store(office)
    yield opened
    opened.close()


@pytest.fixture
def add(store: Store) -> Add:
    """Store an annotated article ``hours`` before NOW, in story ``story``."""
    numbers = iter(range(1, 10_000))

    def build(
        hours: float = 1, outlet: str | None = None, story: int | None = None, negative: bool = False, **changes: Any
    ) -> int:
        number = next(numbers)
        at = NOW - timedelta(hours=hours)
        outlet = outlet or f"media-{number}.example"
        record = {
            "url": f"https://{outlet}/{number}",
            "outlet": outlet,
            "title": changes.pop("title", f"Berita nomor {number}"),
            "text": changes.pop("text", f"Isi berita nomor {number}."),
            "published_at": at.isoformat(),
        }
        saved = save_article(store, record, now=at + timedelta(minutes=5))
        tone = NEGATIVE if negative else NEUTRAL
        row = {"id": saved.id, "annotator": "v1", "kind": "reporting", "about": "subject", "tone": tone,
               "headline_tone": NEUTRAL, "opd": [], "officials": [], **changes}  # fmt: skip
        save_annotations(store, [row])
        if story is not None:
            store.execute("INSERT OR IGNORE INTO stories (id, updated_at) VALUES (?, '2025-03-12T00:00:00Z')", (story,))
            store.execute("UPDATE articles SET story_id = ? WHERE id = ?", (story, saved.id))
        return saved.id

    return build


def named(what: str, ident: str, part: str = "title") -> dict[str, Any]:
    span = {"in": part, "start": 0, "end": 5, "text": "xxxxx", "via": "name", "rule": "r"}
    return {what: [{"id": ident, "mentions": [span], **({"role": "actor"} if what == "opd" else {})}]}


def fired(store: Store, office: Office, now: datetime = NOW) -> list[tuple[str, str]]:
    rules = load_rules()
    return [(hit.rule, hit.target) for hit in check_rules(rules, load_evidence(store, office, rules, now))]


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


def fill_base(add: Add, per_day: int, days: int = 28, **changes: Any) -> None:
    for day in range(1, days + 1):
        for number in range(per_day):
            add(hours=24 * day + 0.25 + number * 0.5, **changes)


def test_a_spike_stands_out_of_the_own_base(store: Store, office: Office, add: Add) -> None:
    fill_base(add, 2)
    for _ in range(7):
        add(hours=1)
    assert fired(store, office) == []  # fewer than the least
    add(hours=2)
    assert fired(store, office) == [("lonjakan-jam", "all")]
    alert = run_alerts(store, office, NOW)
    facts = find_alerts(store, alert)[0]["hits"][0]["facts"]
    assert (facts["count"], facts["hours"], facts["mean"], facts["days"]) == (8, 3, 2.0, 28)


def test_no_spike_where_the_base_is_as_high_or_one_same_weekday_was(store: Store, office: Office, add: Add) -> None:
    fill_base(add, 2)
    for _ in range(9):
        add(hours=1)
        add(hours=14 * 24 + 1)  # two weeks ago, the same hours: a market day
    assert fired(store, office) == []


def test_no_spike_without_a_base(store: Store, office: Office, add: Add) -> None:
    fill_base(add, 1, days=10)
    for _ in range(12):
        add(hours=1)
    assert fired(store, office) == []


def test_a_spike_on_one_office_and_of_negative_news(store: Store, office: Office, add: Add) -> None:
    fill_base(add, 1)
    for _ in range(7):
        add(hours=10, negative=True, **named("opd", "dinkes", "text"))
    assert sorted(fired(store, office)) == [("lonjakan-negatif", "all"), ("lonjakan-opd", "opd:dinkes")]


def test_one_alert_per_story_told_once_and_again_only_when_more_pressing(
    store: Store, office: Office, add: Add
) -> None:
    for outlet in ("a.example", "b.example", "c.example"):
        add(story=1, outlet=outlet, negative=True, headline_tone=NEGATIVE, **named("opd", "dinkes"))
    (alert,) = run_alerts(store, office, NOW)
    assert run_alerts(store, office, NOW + timedelta(minutes=30)) == []
    (row,) = find_alerts(store)
    assert sorted(hit["rule"] for hit in row["hits"]) == ["judul-keras-opd", "negatif-beberapa-redaksi"]
    store.execute("UPDATE articles SET story_id = NULL")  # grouped anew under another number
    store.execute("INSERT INTO stories (id, updated_at) VALUES (9, '2025-03-12T00:00:00Z')")
    store.execute("UPDATE articles SET story_id = 9")
    assert run_alerts(store, office, NOW + timedelta(hours=1)) == []
    for outlet in ("d.example", "e.example"):
        add(story=9, outlet=outlet, negative=True)
    assert run_alerts(store, office, NOW + timedelta(hours=1)) == [alert]
    (row,) = find_alerts(store)
    assert row["tier"] == "segera"
    queued = find_messages(store)
    assert [(message["batch"], message["urgent"]) for message in queued] == [
        (f"alert {alert} segera", 1),
        (f"alert {alert} penting", 0),
    ]
    assert "negatif-meluas" in queued[0]["body"]


def test_a_cool_down_holds_back_and_hides_nothing(store: Store, office: Office, add: Add) -> None:
    add(hours=1, headline_tone=NEGATIVE, **named("officials", "suryani"))
    assert len(run_alerts(store, office, NOW)) == 1
    add(hours=0.5, headline_tone=NEGATIVE, **named("officials", "suryani"))
    assert run_alerts(store, office, NOW + timedelta(hours=1)) == []
    assert [row["muted"] for row in find_alerts(store)] == [True, False]
    assert run_alerts(store, office, NOW + timedelta(hours=4)) == []  # held back is held back
    add(hours=-4, headline_tone=NEGATIVE, **named("officials", "suryani"))
    assert len(run_alerts(store, office, NOW + timedelta(hours=5))) == 1
    assert len(find_messages(store)) == 2


def test_a_spike_of_a_story_that_is_known_is_no_second_alert(store: Store, office: Office, add: Add) -> None:
    fill_base(add, 2)
    for number in range(8):
        add(hours=1, story=1, negative=number < 6)
    (alert,) = run_alerts(store, office, NOW)
    (row,) = find_alerts(store)
    assert (row["id"], row["about"]) == (alert, "story")
    assert {hit["rule"] for hit in row["hits"]} >= {"negatif-meluas", "lonjakan-jam"}


def test_a_recipient_of_two_groups_is_told_once(store: Store, office: Office, add: Add) -> None:
    group = office.config.delivery.groups["siaga"]
    delivery = office.config.delivery.model_copy(
        update={"groups": {"a": group, "b": group.model_copy(update={"alerts": "catatan"})}}
    )
    both = load_office(office.config.model_copy(update={"delivery": delivery}))
    add(headline_tone=NEGATIVE, **named("officials", "suryani"))
    add(headline_tone=NEGATIVE, **named("opd", "dinkes"))
    assert len(run_alerts(store, both, NOW)) == 2
    assert sorted((row["recipients_group"], row["batch"]) for row in find_messages(store)) == [
        ("a", "alert 1 penting"),
        ("b", "alert 2 catatan"),
    ]


def test_lower_tiers_are_kept_but_not_sent_to_groups_that_want_higher_ones(
    store: Store, office: Office, add: Add
) -> None:
    add(headline_tone=NEGATIVE, **named("opd", "dinkes"))
    assert len(run_alerts(store, office, NOW)) == 1
    assert find_messages(store) == []


@pytest.mark.parametrize("lang", ["id", "en"])
def test_an_alert_tells_its_rule_and_numbers(store: Store, office: Office, add: Add, lang: str) -> None:
    for outlet in ("a.example", "b.example", "c.example"):
        add(story=1, outlet=outlet, negative=True, title="Jalan *rusak*\u202e parah", **named("opd", "dinkes", "text"))
    run_alerts(store, office, NOW)
    text = render_alert(find_alerts(store)[0], load_rules(), office.names, load_wording(lang))
    assert "negatif-beberapa-redaksi" in text
    assert "https://a.example/1" in text.splitlines()
    assert "Dinas Kesehatan" in text
    assert "Jalan rusak parah" in text
    assert re.search(r"3 redaksi|reporting: 3", text)


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
