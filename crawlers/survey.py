"""Drives the sources of an outlet: hands them replies, remembers their state, asks only for what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from crawlers.faults import NO_TLS, finding_of, is_passing
from crawlers.items import Lead, Outcome, Reason, SourceState
from crawlers.ledger import Ledger
from crawlers.plan import Run
from crawlers.sources.walk import LEFT, At, Fetch, Offer, Pause, Reply, Trouble, Walk

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure


class Survey:
    """One outlet's walk through its sources, and what is remembered of each."""

    def __init__(self, walk: Walk, ledger: Ledger, run: Run) -> None:
        self.walk, self.ledger, self.run = walk, ledger, run
        self.source = ""  # the one that offers now
        self.paused = False  # waits for the articles offered so far

    def advance(self, reply: Reply | None) -> Iterator[Fetch | Offer]:
        """Yield offers up to and with the next request."""
        self.paused = False
        while True:
            try:
                step = self.walk.send(reply)
            except StopIteration:
                self.ledger.walking = ""
                return
            reply = None
            if isinstance(step, Trouble):
                self._note(step)
                continue
            if isinstance(step, Lead):
                self._lead(step)
                continue
            if isinstance(step, At):
                self.source = step.source
                continue
            if isinstance(step, Pause):
                self.paused = True
                return
            if isinstance(step, Offer):
                self._count(step)
                yield step
            else:
                self.source = self.ledger.walking = step.source
                yield step
                return

    def on_fault(self, failure: Failure, response: Response) -> None:
        """Tell a fault of ours amid a source's answer (Scrapy's signal ``spider_error``), which ends its walk there."""
        fault = " ".join(f"{type(failure.value).__name__}: {failure.value}".split())
        detail = (
            f"{response.url}: {fault[:200]}; what it offers is read no further, its traceback is in the crawl's log"
        )
        self.ledger.find(Reason.ERROR.value, detail)

    def headers(self, step: Fetch) -> dict[str, str]:
        """Return a request's headers; the first page of a known source is asked for only if it changed.

        Never in a backfill or after a walk that was cut off: what is wanted then lies behind a first page that may
        well be unchanged.
        """
        headers = {"Accept": step.accept} if step.accept else {}
        state = self._remembered(step)
        if state and state.etag:
            headers["If-None-Match"] = state.etag
        if state and state.last_modified:
            headers["If-Modified-Since"] = state.last_modified
        return headers

    def receive(self, step: Fetch, reply: Reply, detail: str = "") -> Reply:
        """Book what a source answered; return it with `unchanged` set when it is what it was."""
        if step.secure and reply.problem is Reason.CONNECTION and NO_TLS not in detail:
            return reply
        state = self._remembered(step)
        digest = hashlib.blake2b(reply.body, digest_size=16).hexdigest() if reply.ok else None
        same = reply.status == 304 or bool(state and digest and digest == state.body_hash)
        self._note_cut(step, reply)
        if step.source not in self.ledger.states:
            kept = state if same and state else SourceState(self.ledger.outlet, step.source)
            self.ledger.states[step.source] = replace(
                kept,
                etag=reply.headers.get("etag") or (kept.etag if same else None),
                last_modified=reply.headers.get("last-modified") or (kept.last_modified if same else None),
                body_hash=digest or kept.body_hash,
                checked_at=self.run.now(),
                seen=0,
                new=0,
                error=reply.problem.value if reply.problem else None,
            )
        if reply.problem and not step.guess:
            self._fail(step, reply, detail)
        self.ledger.unchanged = self.ledger.unchanged or same
        self.ledger.note_reading(step.url, source=True)
        return replace(reply, unchanged=same)

    def _note_cut(self, step: Fetch, reply: Reply) -> None:
        """Note that a walk was cut off; by a fault only if the last one was not: what lies behind it may never come."""
        if reply.problem is Reason.OVER_LIMIT:
            cut = step.source in self.ledger.states or self.run.is_cut(step.source)
        else:
            passing = reply.problem is not None and is_passing(reply.problem)
            cut = passing and step.source in self.ledger.states and not self.run.cut
        if cut:
            self.ledger.cut.add(step.source)

    def _remembered(self, step: Fetch) -> SourceState | None:
        if self.run.since is not None or self.run.cut or step.source in self.ledger.states:
            return None
        return self.run.states.get(step.source)

    def _fail(self, step: Fetch, reply: Reply, detail: str) -> None:
        """Book a failed source under the address that was asked: many may be led to one and the same."""
        assert reply.problem is not None
        line = detail or f"status {reply.status}" + (f" at {reply.url}" if reply.url != step.url else "")
        self.ledger.close_with(
            Outcome(step.url, self.ledger.outlet, reply.problem, f"source: {line}", reply.status or None),
            source=True,
        )
        if reply.problem is not Reason.OVER_LIMIT:
            self.ledger.note_fault(reply.problem, line)
            kind = (
                "source_failed" if reply.problem in (Reason.GONE, Reason.HTTP_4XX) else finding_of(reply.problem, line)
            )
            self.ledger.find(kind, f"{step.url}: {line}")

    def _note(self, trouble: Trouble) -> None:
        self.ledger.find("source_failed", f"{trouble.url}: {trouble.detail}")
        state = self.ledger.states.get(self.source)
        if state is not None:  # what could not be read in full must not be taken for unchanged once it is mended
            state = replace(state, etag=None, last_modified=None, body_hash=None)
            self.ledger.states[self.source] = state
        if trouble.reason is None:
            return
        outcome = Outcome(trouble.url, self.ledger.outlet, trouble.reason, f"source: {trouble.detail}")
        self.ledger.close_with(outcome, source=True)
        if state is not None:
            self.ledger.states[self.source] = replace(state, error=trouble.reason.value)

    def _lead(self, lead: Lead) -> None:
        """Hand on what an aggregator lists; an address that is an article's already is met again, like any other."""
        self.ledger.offered += 1
        known = lead.url in self.run.known
        detail = f"{lead.site}: {lead.title}"
        reason = Reason.KNOWN if known else Reason.SEEN_ELSEWHERE
        self.ledger.close_with(Outcome(lead.url, self.ledger.outlet, reason, detail))
        if not known:
            self.run.emit(lead)

    def _count(self, offer: Offer) -> None:
        self.ledger.offered += self.source != LEFT
        state = self.ledger.states.get(self.source)
        if state:
            fresh = offer.url not in self.run.known
            self.ledger.states[self.source] = replace(state, seen=state.seen + 1, new=state.new + fresh)
