"""Runs a crawl and keeps what it reports, in small transactions. The process that crawls is ``monitor.child``'s."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawlers.items import BACKFILL, Reason
from db.articles import note_look, save_article, withdraw_article
from db.connection import Store, writing
from db.findings import find_findings, raise_finding, resolve_finding
from db.outlets import leave_alone, note_walk, save_source_state
from db.runs import save_outcomes
from monitor.child import SILENT_SECONDS, Hung, Record, iter_batches
from monitor.clock import find_now
from monitor.errors import JobError
from monitor.watch import KINDS

OF_PAGES = frozenset({"layout", "soft_404"})  # kinds of findings on which a run that read no page says nothing
HUNG_LIST = "hung_list"  # kind of the finding on an outlet of which reading a list did not end
OF_OURS = frozenset({"recipe", "hung", HUNG_LIST})  # mended by any crawl that ends, whatever the outlet answers
FEW = 8  # outlets that an error has room for


@dataclass(slots=True)
class Gathered:
    """What a crawl brought: outcomes by reason, findings, ids of new or changed articles."""

    outcomes: Counter[str] = field(default_factory=Counter)
    findings: set[tuple[str, str]] = field(default_factory=set)  # outlet and kind
    read: set[str] = field(default_factory=set)  # outlets of which a page was fetched and could be read
    heard: set[str] = field(default_factory=set)  # outlets of which a list answered
    closed: set[str] = field(default_factory=set)  # outlets that came to their end
    changed: list[int] = field(default_factory=list)
    leads: list[Record] = field(default_factory=list)  # what aggregators list, as it came
    ended: bool = False  # the child said that it had finished

    def to_summary(self) -> dict[str, Any]:
        """Return what the run's record keeps."""
        return {"outcomes": dict(self.outcomes), "findings": len(self.findings), "changed": len(self.changed)}


def run_crawl(
    store: Store,
    plan: Mapping[str, Any],
    run_id: int,
    stop: threading.Event,
    note: Callable[[Record], None] = lambda record: None,
    log_file: Path | None = None,
    silent: float = SILENT_SECONDS,
) -> Gathered:
    """Crawl by ``plan`` (``crawlers.plan.Plan`` as JSON) and store what comes; return what it brought.

    ``stop`` ends the child cleanly; what it had fetched is still stored. ``note`` sees every record after it was kept.
    The child's own log goes to ``log_file``, written anew, or to this process's standard error.
    Raises JobError when the child fails, or says nothing for ``silent`` seconds.
    """
    gathered = Gathered()
    asked = [outlet for outlet in plan["outlets"] if outlet not in plan.get("looks_only", ())]
    note_walk(store, asked, ended=False)
    try:
        with closing(iter_batches(plan, stop, log_file, silent)) as batches:
            for records in batches:
                with writing(store):
                    for record in records:
                        keep_record(store, record, run_id, gathered)
                for record in records:
                    note(record)
    except Hung as fault:
        if fault.reading and not fault.reading["source"]:
            outcome = {"type": "outcome", "reason": Reason.HUNG.value, "at": find_now().isoformat()}
            keep_record(store, {**fault.reading, **outcome, "detail": "the crawl was ended for it"}, run_id, gathered)
        listed = fault.reading["outlet"] if fault.reading and fault.reading["source"] else ""
        raise Hung(f"{fault}; {_tell_unfinished(store, plan['outlets'], gathered, f'{fault}', listed)}") from None
    if gathered.ended and not stop.is_set():
        note_walk(store, asked, ended=True)
        _resolve_mended(store, asked, gathered, backfilled=plan.get("since") is not None)
    return gathered


def _tell_unfinished(store: Store, outlets: Sequence[str], gathered: Gathered, why: str, listed: str) -> str:
    """Raise a finding for each outlet that had not come to its end, and return a line that names them; ``listed`` is
    the one of which a list was being read.
    """
    left = [outlet for outlet in outlets if outlet not in gathered.closed]
    for outlet in left:
        if outlet == listed:
            told = f"its list holds up the crawl, so that it is left out for hours, longer after each time: {why}"
            raise_finding(store, outlet, HUNG_LIST, told, find_now())
        else:
            raise_finding(store, outlet, "hung", f"its turn had not ended: {why}", find_now())
    more = f" and {len(left) - FEW} more" if len(left) > FEW else ""
    return f"not finished: {', '.join(left[:FEW]) or 'no outlet'}{more}"


def keep_record(store: Store, record: Record, run_id: int, gathered: Gathered) -> None:
    """Store one record of a crawl; doing so twice changes nothing."""
    match record["type"]:
        case "article":
            saved = save_article(store, record, run_id, find_now())
            outcome = {"url": record["url"], "outlet": record["outlet"], "reason": saved.reason}
            save_outcomes(store, run_id, [outcome], find_now())
            gathered.outcomes[saved.reason] += 1
            gathered.read.add(record["outlet"])
            if saved.reason in {"stored", "revised"}:
                gathered.changed.append(saved.id)
        case "outcome":
            save_outcomes(store, run_id, [record], find_now())
            gathered.outcomes[record["reason"]] += 1
            if record["reason"] == "gone":
                withdraw_article(store, record["url"], record.get("at") or find_now())
            if record["reason"] in {"unchanged", "hung"}:
                note_look(store, record["url"], find_now())
            if record["reason"] == "unchanged" or (record["reason"] == "not_ours" and record.get("status")):
                gathered.read.add(record["outlet"])
        case "source":
            save_source_state(store, record)
            gathered.heard |= set() if record.get("error") else {record["outlet"]}
        case "finding":
            raise_finding(store, record["outlet"], record["kind"], record["detail"], find_now())
            gathered.findings.add((record["outlet"], record["kind"]))
        case "left_alone":
            leave_alone(store, record["outlet"], record["until"])
        case "lead":
            gathered.leads.append(record)
        case "closed":
            gathered.closed.add(record["outlet"])
        case "end":
            gathered.ended = True
        case other:
            raise JobError(
                f"the crawl sent a record of unknown type {other!r}: two versions of Pantau are mixed; install it anew"
            )


def _resolve_mended(store: Store, outlets: Sequence[str], gathered: Gathered, *, backfilled: bool) -> None:
    """Close the findings of outlets that were looked at to the end and did not show them again: of none that could not
    be had at all, for whatever other cause, so that since when stays known; what is wrong with pages, once one could be
    read.
    """
    for finding in find_findings(store):
        if finding["kind"] == BACKFILL and not backfilled:
            continue
        if finding["kind"] in OF_PAGES and finding["outlet"] not in gathered.read:
            continue
        if finding["outlet"] not in gathered.read | gathered.heard and finding["kind"] not in OF_OURS:
            continue
        key = (finding["outlet"], finding["kind"])
        if finding["outlet"] in outlets and finding["kind"] not in KINDS and key not in gathered.findings:
            resolve_finding(store, *key, find_now())
