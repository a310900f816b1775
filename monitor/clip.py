"""What a person adds by hand: one address, through the same pipeline as a crawl, or a clip of print, radio or TV.

A clip is always marked as one (origin ``clip``); its file is kept among the evidence as it was given.
"""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from crawlers.addresses import canonical_address
from crawlers.evidence import append_resource
from db.articles import Saved, save_article
from db.connection import Store
from db.outlets import ensure_outlet
from monitor.annotate import read_anew
from monitor.child import Record
from monitor.clipped import name_clip
from monitor.clock import find_now
from monitor.errors import InputError, JobError, NoWebAddress
from monitor.importing import parse_published
from monitor.ingest import Gathered, keep_record
from monitor.jobs import recorded
from monitor.office import Office
from monitor.outlets import name_outlet
from monitor.scan import Scan, find_kind, read_scan
from monitor.trial import find_host, run_trial, unwrap_address


class NotStored(JobError):
    """An address holds no article that could be stored; ``reason`` is how it ended."""

    def __init__(self, url: str, reason: str, detail: str) -> None:
        why = f"{reason}: {detail}" if reason else detail
        super().__init__(f"{url} is not stored, {why}; `pantau why {url}` tells more")
        self.url, self.reason, self.detail = url, reason, detail


@dataclass(frozen=True, slots=True)
class Clip:
    """What is said of a clip."""

    file: Path
    title: str
    outlet: str  # id, domain, or the name under which it appears
    date: str  # day or ISO 8601 time, in the profile's timezone
    byline: str | None = None


def clip_address(
    office: Office,
    store: Store,
    url: str,
    stop: threading.Event,
    delay: float | None = None,
    public_only: bool = False,
) -> Gathered:
    """Fetch one address as a crawl would, store what it holds, whether or not it names the regency, and tag it.

    ``public_only`` refuses hosts of this machine and its network, where whoever names the address does not sit at it.
    Raises NoWebAddress, NotStored when it is not an article, with the reason.
    """
    with recorded(store, "clip", {"url": url}) as run:
        try:
            address = canonical_address(unwrap_address(office, canonical_address(url)))
        except ValueError:
            raise NoWebAddress(url) from None
        outlet, gathered = find_host(office, address), Gathered()

        def keep(record: Record) -> None:
            if record["type"] in {"article", "outcome"}:
                keep_record(store, record, run.id, gathered)

        trial = run_trial(
            office,
            [outlet],
            stop,
            note=keep,
            delay=delay,
            addresses=[address],
            evidence_dir=str(office.config.evidence_folder),
            public_only=public_only,
        )
        if not trial.of("article"):
            told = next(iter(trial.of("outcome")), None)
            raise NotStored(address, told["reason"] if told else "", told["detail"] if told else "it was not fetched")
        run.summary = gathered.to_summary()
        read_anew(store, office.config, gathered.changed)
    return gathered


def clip_file(office: Office, store: Store, clip: Clip) -> tuple[Saved, Scan]:
    """Store a clip and its file, and tag it; the same file with the same title again changes what is read of it, not
    how many there are.

    Raises InputError for a file, date or title that cannot be used.
    """
    with recorded(store, "clip", {"file": clip.file.name}) as run:
        record, scan = _read_clip(office, store, clip)
        saved = save_article(store, record, run.id, find_now())
        run.summary, run.status = {saved.reason: 1}, "findings" if scan.problem else ""
        read_anew(store, office.config, [saved.id])
    return saved, scan


def _read_clip(office: Office, store: Store, clip: Clip) -> tuple[Record, Scan]:
    """Put a clip's file into the evidence; return the article to store."""
    if not clip.title.strip():
        raise InputError("--title: a clip needs its headline")
    try:
        published = parse_published(clip.date, office.zone)
    except ValueError as error:
        raise InputError(f"--date: {str(error).removeprefix('published_at ')}") from None
    scan = read_scan(clip.file, clip.title.strip())
    payload, outlet = clip.file.read_bytes(), find_outlet(office, clip.outlet)
    if clip.outlet.strip().lower() == outlet:
        ensure_outlet(store, outlet, clip.outlet.strip())
    url = name_clip(payload, outlet, clip.title.strip())
    about = {"outlet": outlet, "canonical-address": url, "title": clip.title, "file": clip.file.name}
    evidence = append_resource(office.config.evidence_folder, url, payload, find_kind(clip.file), find_now(), about)
    by_hand = dict.fromkeys(("title", "published_at", *(["byline"] if clip.byline else [])), "manual")
    record = {
        "url": url,
        "outlet": outlet,
        "title": clip.title.strip(),
        "text": scan.text,
        "published_at": published.isoformat(),
        "byline": clip.byline,
        "origin": "clip",
        "extractor": scan.reader or "manual",
        "fields": {**by_hand, **({"text": scan.reader} if scan.text else {})},
        "evidence": asdict(evidence),
    }
    return record, scan


def find_outlet(office: Office, name: str) -> str:
    """Return the id of an outlet named by id, domain or name; an unknown name is kept as its own id."""
    named = next((recipe.id for recipe in office.recipes.values() if recipe.name.lower() == name.strip().lower()), None)
    return named or name_outlet(office, name)
