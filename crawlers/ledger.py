"""The books of one outlet's crawl: each address once, each source's state, when to give up, what to report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta

from crawlers.addresses import address_key
from crawlers.faults import finding_of, is_passing
from crawlers.items import BACKFILL, CUT, Article, Finding, Outcome, Reason, SourceState
from crawlers.plan import Run

# In a row, after their retries: so many faults of one kind mean that the outlet cannot be had now.
_GIVE_UP = {Reason.BLOCKED: 5, Reason.RATE_LIMITED: 3, Reason.HTTP_5XX: 5, Reason.TIMEOUT: 3, Reason.CONNECTION: 4}
_STALLS = 3  # answers that did not come, after which the outlet is given up for this run ...
_AMENDS = 0.1  # ... of which each answer makes up for so much: what waiting costs is bounded by what is got
_UNREADABLE = (Reason.NO_TITLE, Reason.NO_BODY, Reason.NO_DATE, Reason.NOT_ARTICLE, Reason.SOFT_404)
_FEWEST, _MOST_UNREADABLE = 5, 0.8  # pages, share of them
_EMPTY = 0.3  # share of pages without text, title or date; links that lead to no article at all are many anyway
# What ends an article's address through a fault of the outlet; so many of them, or such a share, are told.
_FAULTS = (
    Reason.BAD_CONTENT, Reason.TOO_LARGE, Reason.REDIRECTED_AWAY, Reason.REDIRECT_LOOP, Reason.FUTURE_DATE,
    Reason.BLOCKED, Reason.RATE_LIMITED, Reason.HTTP_4XX, Reason.HTTP_5XX, Reason.TIMEOUT, Reason.CONNECTION,
    Reason.ERROR,
)  # fmt: skip
_UNHEARD = {Reason.TIMEOUT, Reason.CONNECTION, Reason.OVER_LIMIT}  # how a source ends that answered nothing
_SOME, _SHARE = 3, 0.2
_SHORTEST, _INTERVAL, _LONGEST = 600, 3600, 86_400  # seconds between two looks at a source: bounds, and the first
_MUCH = 0.2  # share of new ones among the articles on offer above which a source is asked sooner


@dataclass(slots=True)
class Ledger:
    """Counts what happens to an outlet's addresses; records leave through the run's `emit`."""

    outlet: str
    run: Run
    counts: Counter[Reason] = field(default_factory=Counter)
    pending: dict[str, str] = field(default_factory=dict)  # address key -> address, offered and not yet ended
    stored: set[str] = field(default_factory=set)  # address keys
    offered: int = 0
    fallbacks: int = 0
    unchanged: bool = False  # a source said that it offers what it did last time
    finished: bool = False
    given_up: str = ""  # why no further request is sent
    bound: str = ""  # on requests or time, where it was reached
    left: int = 0  # articles left for the next run
    stalls: float = 0  # answers that did not come, those of late
    silent: bool = False  # answered nothing last time, nor yet this time: no try is made twice
    walking: str = ""  # the source whose next page is waited for
    cut: set[str] = field(default_factory=set)  # sources that were not walked to their end
    last: dict[Reason, str] = field(default_factory=dict)  # the last address that ended so, and why
    states: dict[str, SourceState] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    _in_row: Counter[Reason] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.silent = was_silent(self.run.states.values())
        until = self.run.left_alone
        if until is not None and until > self.run.now():
            self._give_up(Reason.RATE_LIMITED, f"it asked to be left alone until {until:%Y-%m-%d %H:%M} UTC")

    def close_with(self, outcome: Outcome, *, source: bool = False) -> None:
        """Count how one address ended. An article that another run may well read is left for the next run; one dated in
        the future, by the outlet's slip or because our clock stands behind, for the run when its date has come.
        """
        left = not source and is_passing(outcome.reason, outcome.detail)
        self.left += left
        left = left or outcome.reason is Reason.FUTURE_DATE
        self.pending.pop(address_key(outcome.url), None)
        self.counts[outcome.reason] += 1
        self.last[outcome.reason] = f"{outcome.url} {outcome.detail}".strip()
        self.run.emit(replace(outcome, at=outcome.at or self.run.now(), left=left))

    def close_with_article(self, article: Article, offered: str) -> None:
        """Count an article; its record is its address's outcome."""
        self.pending.pop(address_key(offered), None)
        self.stored |= {address_key(article.url), address_key(offered)}
        self.counts[Reason.STORED] += 1
        self.fallbacks += article.fallback
        self.run.emit(article)

    def note_reading(self, url: str, *, source: bool = False) -> None:
        """Say which page is read now: where reading does not end, this is the last that is heard of the crawl."""
        self.run.emit({"type": "reading", "outlet": self.outlet, "url": url, "source": source})

    def note_answer(self) -> None:
        """The outlet answered: what went wrong before was passing."""
        self._in_row.clear()
        self.silent = False
        self.stalls = max(0.0, self.stalls - _AMENDS)

    def note_stall(self, detail: str) -> None:
        """Count an answer that did not come within the time for it, each try by itself."""
        self.stalls += 1
        if self.stalls > _STALLS - self.silent - _AMENDS:
            self._give_up(Reason.TIMEOUT, detail)

    def note_fault(self, reason: Reason, detail: str) -> None:
        """Count a fault in a row, and give the outlet up for this run when they do not end."""
        if reason not in _GIVE_UP:
            return
        self._in_row[reason] += 1
        if self._in_row[reason] >= _GIVE_UP[reason]:
            self._give_up(reason, detail)

    def leave_alone(self, seconds: float, detail: str) -> None:
        """Ask nothing more of an outlet that wants to be left alone for so long, nor in later runs until then."""
        until = self.run.now() + timedelta(seconds=min(seconds, _LONGEST))
        self.run.emit({"type": "left_alone", "outlet": self.outlet, "until": until.astimezone(UTC).isoformat()})
        self._give_up(Reason.RATE_LIMITED, detail)

    def _give_up(self, reason: Reason, detail: str) -> None:
        if not self.given_up:
            self.given_up = f"{reason.value}: {detail}" if detail else reason.value
            self.find(finding_of(reason, detail), f"given up for this run: {detail}")

    def find(self, kind: str, detail: str) -> None:
        """Note something for the operator, once per kind."""
        self.findings.setdefault(kind, Finding(self.outlet, kind, detail))

    def finish(self, *, stopped: bool) -> None:
        """Send what is known only at the end: addresses left over, sources, findings. A second call does nothing."""
        if self.finished:
            return
        self.finished = True
        why = "the crawl was stopped" if stopped else self.given_up or "left for the next run"
        for url in list(self.pending.values()):
            self.close_with(Outcome(url, self.outlet, Reason.OVER_LIMIT, why))
        self.cut |= {self.walking} - {""}
        if self._had_nothing():
            self.cut |= self.states.keys()  # of what was to be taken up
        # What lies beyond `until` was seen and not read.
        clean = not self.left and not self.cut and self.run.until is None
        for state in map(self._set_interval, self.states.values()):
            state = replace(state, watermark=CUT if self.cut else None)
            # With work left over, the source must not answer "not modified" next time.
            self.run.emit(state if clean else replace(state, etag=None, last_modified=None, body_hash=None))
        for finding in self._check() if not stopped else ():
            self.find(finding.kind, finding.detail)
        for finding in self.findings.values():
            self.run.emit(finding)

    def _had_nothing(self) -> bool:
        """Say whether nothing could be had by a first walk, or one that takes up an earlier: the next begins anew.

        A site that answers every address with one and the same page seems to have been read.
        """
        if self.run.states and not self.run.cut:
            return False
        read = any(self.counts[reason] for reason in (Reason.STORED, Reason.NOT_OURS, Reason.KNOWN))
        return all(state.error for state in self.states.values()) or (self.offered > 0 and not read)

    def _set_interval(self, state: SourceState) -> SourceState:
        """Ask a source sooner that had much news, later one that had none; a backfill says nothing of either."""
        before = self.run.states.get(state.source)
        known = before.interval_s if before else None
        if self.run.since is not None or state.error:
            return replace(state, interval_s=known)
        interval = float(known or _INTERVAL)
        if state.new > _MUCH * state.seen:
            interval /= 2
        elif not state.new:
            interval *= 1.5
        return replace(state, interval_s=round(min(max(interval, _SHORTEST), _LONGEST)))

    def _check(self) -> Iterator[Finding]:
        causes = self.findings.keys() - {"certificate"}  # of a site that is read all the same
        if not self.run.looks_only and not self.offered and not causes and not self.unchanged and not self.bound:
            yield Finding(self.outlet, "silent", "no source offered a single article; run: pantau outlets probe")
        if self.bound:
            yield self._tell_bound()
        got, bad = self.counts[Reason.STORED], sum(self.counts[reason] for reason in _UNREADABLE)
        if got and self.fallbacks * 2 > got:
            yield Finding(
                self.outlet, "layout", f"the recipe's selectors found nothing on {self.fallbacks} of {got} pages"
            )
        shut = self.counts[Reason.ROBOTS]
        if shut >= _FEWEST and shut >= _MOST_UNREADABLE * (got + bad + shut):
            yield Finding(self.outlet, "robots", f"robots.txt forbids {shut} of the articles on offer")
        empty = bad - self.counts[Reason.NOT_ARTICLE]
        if got + bad >= _FEWEST and (bad >= _MOST_UNREADABLE * (got + bad) or empty >= _EMPTY * (got + empty) > 1):
            worst = max(_UNREADABLE, key=lambda reason: self.counts[reason])
            kind = worst.value if worst is Reason.SOFT_404 else "layout"
            yield Finding(self.outlet, kind, f"{bad} of {got + bad} pages could not be read, mostly: {worst.value}")
        yield from self._check_faults()

    def _tell_bound(self) -> Finding:
        """Say what the bound on requests left undone, and who goes on with it."""
        lists = f" and the rest of {len(self.cut)} of its lists" if self.cut else ""
        detail = (
            f"the bound of {self.bound} was reached: {self.left} articles{lists} were left; the next run goes on with"
            " them"
        )
        if self.run.since is None or not self.cut:
            return Finding(self.outlet, "over_limit", detail)
        return Finding(self.outlet, BACKFILL, f"{detail}, and the same --since again with the lists")

    def _check_faults(self) -> Iterator[Finding]:
        ended = sum(self.counts.values()) - self.counts[Reason.KNOWN] - self.counts[Reason.OVER_LIMIT]
        for reason in _FAULTS:
            n = self.counts[reason]
            if n >= _SOME or n > _SHARE * ended:
                detail = f"{n} of {ended} addresses ended so; the last: {self.last[reason]}"
                yield Finding(self.outlet, finding_of(reason, detail), detail)


def was_silent(states: Iterable[SourceState]) -> bool:
    """Tell whether an outlet's sources were last heard of before they were last waited for in vain."""
    waited = [state.checked_at for state in states if state.checked_at and state.error == Reason.TIMEOUT]
    heard = [state.checked_at for state in states if state.checked_at and state.error not in _UNHEARD]
    return bool(waited) and (not heard or max(heard) < max(waited))
