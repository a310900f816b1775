"""What is of passing use goes after the days that the config gives it: articles about others, outcomes of
addresses, the texts of messages.
"""

from __future__ import annotations

from datetime import timedelta

from db.addresses import drop_left, drop_not_ours
from db.connection import Store
from db.outbox import drop_texts
from db.runs import compact_outcomes
from monitor.clock import find_now
from monitor.config import Retention
from monitor.jobs import Run


def run_retention(store: Store, retention: Retention, run: Run) -> None:
    """Delete what is older than its days, keeping the counts of outcomes; how much it was goes into the summary."""
    now = find_now()
    run.summary["not_ours_deleted"] = drop_not_ours(store, now - timedelta(days=retention.not_ours))
    drop_left(store, now - timedelta(days=retention.outcomes))
    run.summary["texts_dropped"] = drop_texts(store, now - timedelta(days=retention.messages))
    run.summary["outcomes_compacted"] = compact_outcomes(store, now - timedelta(days=retention.outcomes))
