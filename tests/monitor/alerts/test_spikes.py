"""Spikes: what stands out of the own base."""

from __future__ import annotations

from db.alerts import find_alerts
from db.connection import Store
from monitor.alerts.run import run_alerts
from monitor.office import Office
from tests.monitor.alerts.conftest import NOW, Add, fill_base, fired, named


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
