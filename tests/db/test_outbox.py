"""The outbox: nothing twice, parts in order, and honesty about what was cut off."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from db.connection import Store, open_store
from db.outbox import (
    claim_next,
    count_unsent,
    drop_texts,
    find_message,
    find_messages,
    has_due,
    mark_failed,
    mark_lost,
    mark_sent,
    queue_messages,
    requeue_failed,
)

NOW = datetime(2025, 3, 12, 0, 0, tzinfo=UTC)


def entry(part: int = 1, parts: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "batch": "edition 2025-03-12 pagi staf",
        "part": part,
        "parts": parts,
        "recipient": "kadis",
        "group": "pimpinan",
        "what": "2025-03-12-pagi",
        "subject": "Edisi pagi",
        "body": f"Isi {part}",
        "form": "text",
        "urgent": False,
        **changes,
    }


def test_the_same_is_queued_once_even_with_another_text(store: Store) -> None:
    assert queue_messages(store, [entry()], NOW) == [True]
    assert queue_messages(store, [entry(body="Isi lain"), entry(recipient="sekda")], NOW) == [False, True]
    assert sorted((row["recipient"], row["body"]) for row in find_messages(store)) == [
        ("kadis", "Isi 1"),
        ("sekda", "Isi 1"),
    ]
    assert store.conn.execute("SELECT COUNT(*) FROM messages").fetchone()[0] == 2


def test_parts_go_in_order_and_wait_for_the_one_before(store: Store) -> None:
    queue_messages(store, [entry(1, 2), entry(2, 2)], NOW)
    first = claim_next(store, NOW)
    assert first is not None
    assert (first["body"], first["tries"]) == ("Isi 1", 1)
    assert claim_next(store, NOW) is None
    mark_failed(store, first["id"], "no route", NOW + timedelta(minutes=1))
    assert claim_next(store, NOW) is None
    again = claim_next(store, NOW + timedelta(minutes=1))
    assert again is not None
    assert (again["id"], again["tries"]) == (first["id"], 2)
    mark_sent(store, again["id"], NOW)
    second = claim_next(store, NOW)
    assert second is not None
    assert second["body"] == "Isi 2"


def test_a_part_that_is_given_up_takes_those_behind_it_along(store: Store) -> None:
    queue_messages(store, [entry(1, 2), entry(2, 2), entry(recipient="sekda")], NOW)
    first = claim_next(store, NOW)
    assert first is not None
    mark_failed(store, first["id"], "refused", None)
    states = {(row["recipient"], row["part"]): row["state"] for row in find_messages(store)}
    assert states == {("kadis", 1): "failed", ("kadis", 2): "failed", ("sekda", 1): "waiting"}
    assert requeue_failed(store, NOW) == 2
    again = claim_next(store, NOW)
    assert again is not None
    mark_failed(store, again["id"], "busy", NOW + timedelta(hours=1))
    assert requeue_failed(store, NOW) == 1, "what waits for its next try"


def test_quiet_groups_get_only_what_is_urgent(store: Store) -> None:
    queue_messages(store, [entry()], NOW)
    assert not has_due(store, NOW, ["pimpinan"])
    assert claim_next(store, NOW, ["pimpinan"]) is None
    queue_messages(store, [entry(batch="alert 1 segera", urgent=True)], NOW)
    assert has_due(store, NOW, ["pimpinan"])
    claimed = claim_next(store, NOW, ["pimpinan"])
    assert claimed is not None
    assert claimed["batch"] == "alert 1 segera"


def test_what_waits_for_the_end_of_quiet_hours_can_be_hurried(store: Store) -> None:
    queue_messages(store, [entry()], NOW)
    assert queue_messages(store, [entry(urgent=True)], NOW) == [False]
    row = claim_next(store, NOW, ["pimpinan"])
    assert row is not None
    mark_sent(store, row["id"], NOW)
    queue_messages(store, [entry(urgent=True)], NOW)
    assert claim_next(store, NOW, ["pimpinan"]) is None, "sent once"


def test_what_a_dead_process_was_sending_is_never_sent_again_unasked(store: Store) -> None:
    queue_messages(store, [entry(1, 2), entry(2, 2)], NOW)
    row = claim_next(store, NOW)
    assert row is not None
    assert mark_lost(store, NOW) == []  # this process lives
    assert [lost["id"] for lost in mark_lost(store, NOW, alive=lambda pid: pid != os.getpid())] == [row["id"]]
    assert [found["state"] for found in find_messages(store)] == ["failed", "unknown"]
    assert claim_next(store, NOW + timedelta(days=1)) is None
    requeue_failed(store, NOW)
    kept = find_message(store, row["id"])
    assert kept is not None
    assert kept["state"] == "unknown"


def test_what_is_due_for_more_than_a_day_is_never_sent_unasked(store: Store) -> None:
    queue_messages(store, [entry(1, 2), entry(2, 2), entry(recipient="sekda")], NOW)
    assert mark_lost(store, NOW + timedelta(hours=24)) == []
    first = claim_next(store, NOW)
    assert first is not None
    mark_failed(store, first["id"], "no route", NOW + timedelta(hours=23))  # the part behind it waits, too
    later = NOW + timedelta(hours=25)
    (lost,) = mark_lost(store, later)
    assert (lost["recipient"], "due for more than a day" in lost["detail"]) == ("sekda", True)
    assert {row["recipient"]: row["state"] for row in find_messages(store)} == {"kadis": "waiting", "sekda": "unknown"}
    assert len(mark_lost(store, later + timedelta(days=1))) == 2
    assert requeue_failed(store, later) == 0
    assert count_unsent(store, NOW) == {"unknown": 3}
    assert count_unsent(store, later) == {}


def test_a_claim_that_is_far_too_old_is_lost_though_its_number_lives_on(store: Store) -> None:
    queue_messages(store, [entry()], NOW)
    assert claim_next(store, NOW) is not None
    assert len(mark_lost(store, NOW + timedelta(hours=1), alive=lambda pid: True)) == 1


def test_two_that_deliver_at_once_never_take_the_same(tmp_path: Path) -> None:
    path = tmp_path / "pantau.db"
    with open_store(path) as store:
        queue_messages(store, [entry(recipient=f"r{number}") for number in range(40)], NOW)

    def drain(_: int) -> list[int]:
        with open_store(path) as own:
            taken = []
            while (row := claim_next(own, NOW)) is not None:
                taken.append(row["id"])
            return taken

    with ThreadPoolExecutor(3) as pool:
        taken = [number for some in pool.map(drain, range(3)) for number in some]
    assert len(taken) == len(set(taken)) == 40


def test_texts_go_after_their_days_and_what_was_sent_stays(store: Store) -> None:
    later = NOW + timedelta(days=100)
    queue_messages(
        store, [entry(), entry(body="unused"), entry(batch="failed", body="B"), entry(batch="c", body="C")], NOW
    )
    queue_messages(store, [entry(batch="new", body="D")], later)
    for batch in ("edition 2025-03-12 pagi staf", "failed", "new"):
        row = claim_next(store, later, batches=[batch])
        assert row is not None
        mark_failed(store, row["id"], "refused", None) if batch == "failed" else mark_sent(store, row["id"], later)
    assert [drop_texts(store, later - timedelta(days=90)) for _ in range(2)] == [2, 0]
    bodies = {row["batch"]: row["body"] for row in find_messages(store)}
    assert bodies == {"edition 2025-03-12 pagi staf": "", "failed": "", "c": "C", "new": "D"}
    assert store.conn.execute("SELECT COUNT(*) FROM messages").fetchone()[0] == 4
    assert requeue_failed(store, later) == 0, "it has no text any more"
    queue_messages(store, [entry(batch="again")], later)
    again = claim_next(store, later, batches=["again"])
    assert again is not None
    assert again["body"] == "Isi 1"
