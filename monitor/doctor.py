"""Looks at an installation as an operator would when something seems wrong, and says what to do. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crawlers.errors import CrawlersError, RecipeError
from crawlers.items import Reason
from crawlers.loader import load_recipes
from db.ahead import find_ahead
from db.annotations import count_others
from db.connection import Store, open_store
from db.faults import StoreError, StoreMissing, explaining
from db.findings import find_findings
from db.missed import find_leads
from db.outbox import count_unsent
from db.outlets import find_source_states
from db.runs import find_last_finished, find_outlets_with
from monitor.ahead import AGREEING, SLACK, Clock, judge_clock
from monitor.clock import MOVED_BY, find_now, find_today, is_moved, localise, parse_instant
from monitor.config import Config, find_config_file
from monitor.doctor_places import Row, build_row, check_backup, check_disk, check_evidence, check_file
from monitor.jobs import GATHERING
from monitor.notify.check import check_delivery
from monitor.office import list_folders
from monitor.watch import RECIPIENT, SERVICE
from nlp.profile import Profile, ProfileError, load_profile
from nlp.version import find_version

LATELY = timedelta(days=7)
AGED = timedelta(days=540)  # people in office change every few years, heads of agencies more often
FEW = 3  # names that a row has room for
STALE = timedelta(hours=6)  # the service refreshes many times in that, whatever the hour
OUT_OF_REACH = ("dns", "connection", "timeout")  # kinds of findings
NEARLY_ALL = 0.8  # share of the outlets asked
UNSENT = {"failed": "were given up", "unknown": "may not have arrived and are not sent again unasked"}


def check_installation(config: Config) -> list[Row]:
    """Return one row per thing looked at: ``check``, ``status`` (ok, warning, error) and ``detail``."""
    file = find_config_file()
    rows = [build_row("configuration", "ok", str(file) if file.is_file() else f"defaults; none at {file}")]
    if not config.contact:
        told = "`contact` is not set in the configuration: an outlet that the crawler disturbs cannot reach you"
        rows.append(build_row("contact", "warning", told))
    if is_moved():
        rows.append(
            build_row("clock", "warning", f"{MOVED_BY} moves it to {find_now().isoformat()}: unset it in earnest")
        )
    profile: Profile | None = None
    try:
        profile = load_profile(config.profile)
        rows.append(
            build_row(
                "profile",
                "ok",
                f"{profile.id}: {len(profile.opd)} OPD, {len(profile.person)} persons ({profile.source})",
            )
        )
        rows.append(_check_people(profile, find_now().date()))
    except ProfileError as error:
        rows.append(build_row("profile", "error", str(error)))
    rows.append(_check_recipes(config, profile))
    rows.append(build_row("delivery", *check_delivery(config, profile, find_now().date())))
    rows.extend(_check_store(config, profile))
    rows.append(check_disk(config))
    return rows


def _check_people(profile: Profile, today: date) -> Row:
    """Look how old the newest is that the profile knows of who holds office: it ages, and nothing else tells so."""
    periods = [tenure.period for person in profile.person for tenure in person.tenure]
    ends = [period.end for period in periods if period.loose_end]  # seen in office then; other ends are foreseen often
    known = [day for day in (*ends, *(period.start for period in periods)) if day and day <= today]
    if not known:
        return build_row("people", "ok", "the profile dates nobody's time in office")
    newest = max(known)
    if today - newest > AGED:
        told = f"the newest date of somebody in office is {newest}: whoever came since is not recognised; people.toml"
        return build_row("people", "warning", f"{told} wants the new ones, then `pantau annotate --all`")
    return build_row("people", "ok", f"known up to {newest}")


def _check_recipes(config: Config, profile: Profile | None) -> Row:
    broken: dict[str, RecipeError] = {}
    try:
        recipes = load_recipes(list_folders(config), broken=broken)
    except CrawlersError as error:
        return build_row("recipes", "error", str(error))
    if broken:
        return build_row("recipes", "error", "; ".join(map(str, broken.values())))
    if profile and (absent := [key for key in profile.outlets if key not in recipes]):
        return build_row(
            "recipes",
            "error",
            f"the profile watches {', '.join(absent[:5])} without a recipe: add one or take them off its list",
        )
    return build_row(
        "recipes",
        "ok",
        f"{len(recipes)} outlets, {sum(recipe.verified for recipe in recipes.values())} of them verified live",
    )


def _check_store(config: Config, profile: Profile | None) -> Iterator[Row]:
    zone = ZoneInfo(profile.timezone if profile else "UTC")
    try:
        with explaining(), open_store(config.store, read_only=True) as store:
            yield check_file(config)
            yield check_evidence(store, config.evidence_folder)
            yield _check_dates(store, zone)
            if profile:
                yield _check_tags(store, config, profile)
            yield _check_rhythm(store)
            yield check_backup(store, config, zone)
            yield from _check_network(store)
            yield from _check_findings(store, zone)
            yield _check_outbox(store)
            yield from _check_leads(store, config)
    except StoreMissing as error:
        yield build_row("store", "warning", str(error))
    except StoreError as error:
        yield build_row("store", "error", str(error))


def _check_dates(store: Store, zone: ZoneInfo) -> Row:
    """Look whether this machine's clock can be right, by what is stored already and by the dates that outlets print."""
    now = find_now()
    clock, last = judge_clock(store, now), find_ahead(store, now)
    here = f"it is {now.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"
    if last and clock is not Clock.RIGHT:
        told = f"{here} by this machine's clock, and articles were read at {localise(last, zone)}"
        if clock is Clock.BEHIND:
            return build_row("dates", "error", f"{told}: set the clock")
        told += "; no outlet has articles of that time, so the clock stood ahead then"
        return build_row("dates", "warning", f"{told}: the next `pantau refresh` puts back what it wrote")
    ahead = find_outlets_with(store, Reason.FUTURE_DATE, now - timedelta(days=1))
    if len(ahead) >= AGREEING:
        few = ", ".join(ahead[:FEW])
        told = f"{here} by this machine's clock, and {len(ahead)} outlets have later articles ({few}): set the clock"
        return build_row("dates", "error", told)
    return build_row("dates", "ok", f"{here}; no article says otherwise")


def _check_tags(store: Store, config: Config, profile: Profile) -> Row:
    """Look whether what is stored was tagged by the rules, models and profile of today: counts would mix them."""
    others, every = count_others(store, find_version(profile, config.models_folder))
    if others:
        told = f"{others} of {every} articles were tagged by other rules, models or another profile than today's"
        return build_row("tags", "warning", f"{told}: `pantau annotate --all`, which keeps what people corrected")
    return build_row("tags", "ok", f"{every} articles tagged, all by the rules, models and profile of today")


def _check_rhythm(store: Store) -> Row:
    last = find_last_finished(store, GATHERING)
    if last is None:
        return build_row(
            "last refresh", "warning", "none has finished yet: `pantau refresh`, or `pantau run` to do it on a rhythm"
        )
    age = find_now() - parse_instant(last)
    if age < -SLACK:
        told = f"by this machine's clock the last refresh ends in {-age.total_seconds() / 3600:.1f} hours"
        if judge_clock(store, find_now()) is Clock.WAS_AHEAD:
            return build_row("last refresh", "warning", f"{told}, as it stood ahead then: the next one puts that right")
        return build_row("last refresh", "error", f"{told}: set it")
    if age > STALE:
        return build_row(
            "last refresh",
            "warning",
            f"finished {age.total_seconds() / 3600:.0f} hours ago: is `pantau run` running?",
        )
    return build_row("last refresh", "ok", f"finished {max(age.total_seconds() / 60, 0):.0f} minutes ago")


def _check_findings(store: Store, zone: ZoneInfo) -> Iterator[Row]:
    findings = find_findings(store)
    service, recipients = ([row for row in findings if row["outlet"].startswith(on)] for on in (SERVICE, RECIPIENT))
    outlets = [row for row in findings if row not in [*service, *recipients]]
    yield _tell_findings("service", service, zone, "pantau runs")
    yield _tell_findings("outlets", outlets, zone, "pantau outlets check --stored")
    yield _tell_findings("recipients", recipients, zone, "pantau outbox list")


def _check_outbox(store: Store) -> Row:
    """Tell what did not go out of late, or may not have, such as what waited in a copy that was restored."""
    unsent = count_unsent(store, find_now() - LATELY)
    told = ", ".join(f"{n} {UNSENT[state]}" for state, n in sorted(unsent.items())) or "none is in doubt"
    told = f"messages of the last {LATELY.days} days: {told}"
    return (
        build_row("outbox", "warning", f"{told}: `pantau outbox list`") if unsent else build_row("outbox", "ok", told)
    )


def _check_network(store: Store) -> Iterator[Row]:
    """Yield a row when nearly all outlets are out of reach: what so many have in common is this machine."""
    lost = [finding for finding in find_findings(store) if finding["kind"] in OUT_OF_REACH]
    n, asked = len({row["outlet"] for row in lost}), len({row["outlet"] for row in find_source_states(store)})
    if n >= AGREEING and n >= NEARLY_ALL * asked:
        told = f"{n} of {asked} outlets are out of reach, such as {lost[-1]['outlet']}: {lost[-1]['detail']}"
        yield build_row("network", "error", f"{told} - look at this machine's own network, DNS and proxy first")


def _check_leads(store: Store, config: Config) -> Iterator[Row]:
    """Yield how many articles aggregators listed of late that were found nowhere; nothing where none is asked."""
    if config.discovery:
        n = len(find_leads(store, find_now() - LATELY))
        told = f"{n} articles of the last {LATELY.days} days were seen elsewhere and not fetched: `pantau why --log`"
        yield (
            build_row("leads", "warning", told)
            if n
            else build_row("leads", "ok", "whatever aggregators listed was found")
        )


def _tell_findings(check: str, findings: list[dict[str, Any]], zone: ZoneInfo, command: str) -> Row:
    if not findings:
        return build_row(check, "ok", "no open finding")
    oldest = findings[0]
    first = f"longest: {oldest['outlet']}, {oldest['kind']} since {find_today(zone, parse_instant(oldest['since']))}"
    return build_row(check, "warning", f"{len(findings)} open findings ({first}): `{command}`")
