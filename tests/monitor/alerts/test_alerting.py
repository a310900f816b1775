"""Alerts as they go out: one per story, held back by a cool-down, told once to each recipient."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from db.alerts import find_alerts
from db.connection import Store
from db.outbox import find_messages
from monitor.alerts.rules import load_rules
from monitor.alerts.run import run_alerts
from monitor.office import Office, load_office
from monitor.render.alert_text import render_alert
from monitor.render.wording import load_wording
from tests.monitor.alerts.conftest import NEGATIVE, NOW, Add, fill_base, named


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
    store.execute("INSERT INTO stories (id) VALUES (9)")
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
    assert re.search(r"3 redaksi|newsrooms: 3", text)
