"""Why is an article not there? Looks at store, earlier outcomes, its outlet's recipe, and the site itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from crawlers.addresses import canonical_address, list_spellings
from crawlers.plan import compile_keywords
from crawlers.sources.links import is_chrome
from db.addresses import find_address
from db.connection import Store
from db.findings import find_findings
from db.missed import SEEN_ELSEWHERE, find_leads, save_missed
from db.outlets import find_outlets
from db.queries.articles import find_article
from db.rows import Row
from db.runs import find_outcomes
from monitor.clock import find_now, localise
from monitor.errors import NoWebAddress
from monitor.office import Office
from monitor.trial import find_host, run_trial, unwrap_address

REMEMBERED = timedelta(days=365)  # so long what an aggregator listed is told of an address
# Reason word -> what it means and what to do; {url} and {outlet} are filled in.
REASONS = {
    "not_ours": ("it names nothing of the profile", "add a keyword to the profile, or store it: pantau clip {url}"),
    "robots": ("robots.txt forbids it, or cannot be read", "ask the outlet, or clip by hand: pantau clip --file"),
    "blocked": ("the site answered with a challenge or refused", "ask the outlet to let Pantau in (`contact`)"),
    "gone": ("the outlet has taken it down, or never had it", "clip a copy that somebody kept: pantau clip --file"),
    "soft_404": ("the address shows a page that says there is nothing", "check the address"),
    "no_body": ("no running text was found on its page", "see it: pantau outlets try {outlet} --url {url}"),
    "no_title": ("no headline was found on its page", "see it: pantau outlets try {outlet} --url {url}"),
    "no_date": ("no date was found on its page", "see it: pantau outlets try {outlet} --url {url}"),
    "not_article": ("its page reads as a list or a notice", "see it: pantau outlets try {outlet} --url {url}"),
    "future_date": ("its date lies in the future", "store it now: pantau clip {url}"),
    "out_of_range": ("it lay outside the days that were crawled", "pantau crawl --outlet {outlet} --since DAY"),
    "over_limit": ("a crawl met it and ended before its turn", "pantau crawl --outlet {outlet}"),
    "redirected_away": ("it leads to another site, or into this network, which is not asked", "check the address"),
    "redirect_loop": ("it leads in circles", "check the address"),
    "too_large": ("its page is larger than a page may be", "clip it by hand: pantau clip --file"),
    "bad_content": ("its page came broken", "try again later: pantau clip {url}"),
    "rate_limited": ("the site asked to be left alone", "try again later: pantau clip {url}"),
    "http_4xx": ("the site refused the address", "check the address"),
    "http_5xx": ("the site was out of order", "try again later: pantau clip {url}"),
    "timeout": ("the site did not answer in time", "try again later: pantau clip {url}"),
    "connection": ("the site could not be reached", "try again later: pantau clip {url}"),
    "hung": ("reading its page did not end and held up the crawl", "report it; store it by hand: pantau clip --file"),
    "error": ("a fault of Pantau", "report it with the crawl's log"),
    "seen_elsewhere": (
        "an aggregator lists it; neither the outlet's search nor its feeds led to it",
        "look it up at its outlet and store it: pantau clip URL",
    ),
    "no_recipe": (
        "no recipe covers its site",
        "pantau outlets new {url}, or this one only: pantau clip {url}; a shortened link: ask for where it leads",
    ),
    "not_watched": ("the profile does not watch its outlet", "add {outlet} to the profile's outlets"),
    "never_crawled": ("its outlet was never crawled", "pantau crawl --outlet {outlet}"),
    "no_article_address": ("the recipe takes its address for no article's", "look at article_url and not_article"),
    "not_offered": ("no source of the outlet has offered it", "store it: pantau clip {url}; and look at the sources"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Why an address is no stored article; ``article`` is set when it is one after all."""

    url: str
    outlet: str
    cause: str  # stored, or a key of REASONS
    detail: str = ""
    article: int | None = None
    history: tuple[Row, ...] = ()  # how the address ended in earlier runs
    findings: tuple[str, ...] = ()  # what is wrong with its outlet

    @property
    def meaning(self) -> str:
        """The cause in words."""
        return f"stored as article {self.article}" if self.article else REASONS[self.cause][0]

    @property
    def fix(self) -> str:
        """What to do."""
        if self.article:
            return f"pantau articles show {self.article}"
        return REASONS[self.cause][1].format(url=self.url, outlet=self.outlet)


def ask_why(
    office: Office,
    store: Store,
    url: str,
    stop: threading.Event,
    *,
    offline: bool = False,
    delay: float | None = None,
    public_only: bool = False,
) -> Answer:
    """Say what became of an address, and log it as missed unless it is stored. Raises NoWebAddress.

    ``public_only`` as for ``monitor.clip.clip_address``.
    """
    try:
        url = unwrap_address(office, canonical_address(url))
        spellings = list_spellings(url)
    except ValueError:
        raise NoWebAddress(url) from None
    address, outlet = canonical_address(url), find_host(office, url)
    stored = next((found for one in spellings if (found := find_article(store, one))), None)
    if stored:
        detail = f"{stored['published_at']}, {stored['title']}"
        if stored["url"] != address:
            detail += f" (as {stored['url']})"
        if stored["withdrawn_at"]:
            detail += f"; its outlet has taken it down, noticed {localise(stored['withdrawn_at'], office.zone)}"
        return Answer(address, stored["outlet"], "stored", detail, stored["id"])
    history = tuple(row for one in spellings for row in find_outcomes(store, one))
    cause, detail = _find_cause(office, store, address, outlet, history)
    if not offline and cause not in {"not_ours", "no_recipe", "hung", SEEN_ELSEWHERE}:
        seen, said = look_at_site(office, address, outlet, stop, delay, public_only)
        if seen == "not_offered":  # it can be read: what kept it out lies before
            detail = "; ".join(part for part in (detail, said) if part)
        elif seen:
            cause, detail = seen, said
    findings = tuple(
        f"{row['kind']} since {localise(row['since'], office.zone)}: {row['detail']}"
        for row in find_findings(store)
        if row["outlet"] == outlet
    )
    if cause != SEEN_ELSEWHERE:  # which is in the log already, with the outlet's name
        save_missed(store, address, outlet, cause, detail, find_now())
    return Answer(address, outlet, cause, detail, None, history, findings)


def _find_cause(office: Office, store: Store, address: str, outlet: str, history: tuple[Row, ...]) -> tuple[str, str]:
    """Return cause and detail as the store and the recipes tell them."""
    recipe = office.recipes.get(outlet)
    leads = find_leads(store, find_now() - REMEMBERED)
    if lead := next((row for row in leads if row["url"] == address), None):
        return SEEN_ELSEWHERE, f"{lead['outlet']}: {lead['detail']}"
    known = next((row for url in list_spellings(address) if (row := find_address(store, url))), None)
    ahead = localise(known["published_at"], office.zone) if known and known["published_at"] else ""
    if known and known["state"] == "not_ours":
        told = ", ".join(part for part in (known["title"], ahead) if part)
        return "not_ours", f"looked at {localise(known['at'], office.zone)}: {told}"
    if known and known["state"] == "left":
        until = f"until {ahead}" if ahead else "for the next crawl"
        return known["reason"], f"met {localise(known['at'], office.zone)} and left {until}"
    if recipe is None:
        return "no_recipe", f"no recipe has the domain {outlet}"
    vain = [row for row in history if row["reason"] in REASONS]
    if vain:
        last = max(vain, key=lambda row: str(row["at"]))
        return last["reason"], f"{localise(last['at'], office.zone)}: {last['detail']}"
    return next(_causes_in_recipe(office, store, address, outlet))


def _causes_in_recipe(office: Office, store: Store, address: str, outlet: str) -> Iterator[tuple[str, str]]:
    recipe = office.recipes[outlet]
    if outlet not in office.chosen:
        yield "not_watched", f"it watches {len(office.chosen)} others"
    row = next((row for row in find_outlets(store) if row["id"] == outlet), None)
    if not row or not row["last_success_at"]:
        yield "never_crawled", ""
    if is_chrome(address, recipe):
        yield "no_article_address", f"article_url {list(recipe.article_url)}, not_article {list(recipe.not_article)}"
    scope = "only what searches and keyword feeds offer is read" if recipe.scope == "keyword" else "all of it is read"
    last = localise(row["last_success_at"], office.zone) if row and row["last_success_at"] else "never"
    yield "not_offered", f"last read {last}; {scope}"


def look_at_site(
    office: Office, address: str, outlet: str, stop: threading.Event, delay: float | None, public_only: bool
) -> tuple[str, str]:
    """Fetch the address as a crawl would, storing nothing; return how it would end now."""
    trial = run_trial(office, [outlet], stop, delay=delay, addresses=[address], public_only=public_only)
    articles, outcomes = trial.of("article"), trial.of("outcome")
    if articles:
        first = articles[0]
        ours = compile_keywords(tuple(office.profile.keywords))
        if ours is not None and not ours.search(f"{first['title']}\n{first['text']}"):
            return "not_ours", f"read just now: {first['title']}, {first['published_at']}"
        return "not_offered", f"it can be read now: {first['title']}, {first['published_at']}"
    return (outcomes[0]["reason"], f"just now: {outcomes[0]['detail']}") if outcomes else ("", "")
