"""Makes the report of a month: builds the dataset, freezes it when asked, writes a format."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from db.connection import Store
from db.editions import find_edition, save_edition
from db.queries.editions import list_editions
from db.samples import find_scores
from monitor.clock import find_now, find_today
from monitor.editions import REPORT
from monitor.errors import InputError, UnknownName
from monitor.office import Office
from monitor.render.wording import Wording
from monitor.report.build import build_report
from monitor.report.compose import compose_report
from monitor.report.dataset import Report
from monitor.report.gather import load_facts
from monitor.report.month import Month
from monitor.report.notes import find_notes_file, load_notes, save_notes
from monitor.report.quality import read_quality

Format = Literal["docx", "pdf", "xlsx", "html", "json"]


def make_report(store: Store, office: Office, month: Month) -> Report:
    """Return the dataset of a month as today's rules and the store's present content give it."""
    config = office.config
    facts = load_facts(store, office, month, find_now())
    notes = load_notes(find_notes_file(config.store, month))
    quality = read_quality(find_scores(store))
    names = office.own_names
    return build_report(facts, office.profile, office.zone, names, office.chosen, notes, quality)


def freeze_report(store: Store, data: Report, month: Month) -> str:
    """Keep a report unchangeably and return the id of its edition; the same report is kept once."""
    return str(save_edition(store, REPORT, month.first, data.to_json(), find_now())["id"])


def load_frozen(store: Store, edition_id: str) -> Report:
    """Return a frozen report as it was kept.

    Raises UnknownName, and InputError for one of a version that this one cannot read.
    """
    row = find_edition(store, edition_id)
    if row is None or row["kind"] != REPORT:
        known = [str(one["id"]) for one in list_editions(store, [REPORT])]
        raise UnknownName("frozen report", edition_id, known, "pantau edition list")
    try:
        return TypeAdapter(Report).validate_python({**row["dataset"], "frozen_id": row["dataset"].get("id", "")})
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise InputError(f"report {edition_id} lacks {place}: it was frozen by another version of pantau") from None


def take_back_notes(store: Path, month: Month, edited: Path, data: Report) -> Report:
    """Take the notes of an edited Word report of the same month into the notes kept, and into the dataset."""
    from monitor.report.word import extract_notes

    identity, notes = extract_notes(edited)
    if not notes or not identity.startswith(f"{data.profile}-{data.month}-"):
        return data
    merged = {**data.notes, **notes}
    save_notes(find_notes_file(store, month), merged)
    return replace(data, notes=merged)


def render_report(data: Report, form: Format, wording: Wording, office: Office, template: Path | None = None) -> bytes:
    """Return the report in a format. Raises InputError for a broken template, JobError when setting fails."""
    match form:
        case "json":
            return (json.dumps(data.to_json(), ensure_ascii=False, indent=1) + "\n").encode()
        case "xlsx":
            from monitor.report.workbook import render_xlsx

            return render_xlsx(data, wording)
        case "html":
            from monitor.report.page import render_html

            return render_html(compose_report(data, wording)).encode()
        case "pdf":
            from monitor.report.paper import render_pdf

            return render_pdf(compose_report(data, wording))
        case "docx":
            from monitor.report.word import render_docx

            day = max(find_today(office.zone), date.fromisoformat(data.through))
            return render_docx(compose_report(data, wording), day, wording, template)
