"""Commands on alerts: which were raised, what would fire now, and by which rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command, open_to_read
from monitor.cli.writing import write_json, write_listing, write_rows, write_text
from monitor.errors import DONE, FINDINGS, InputError

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.config import Config

alerts_group = typer.Typer(help="Alerts and the rules that raise them.", no_args_is_help=True)
app.add_typer(alerts_group, name="alerts")
ListFormat = Annotated[Literal["table", "text", "json"], typer.Option("--format", help="text: as recipients get it.")]


@command(alerts_group, "list")
def list_alerts(config: Config, limit: options.Count = 20, form: ListFormat = "table") -> int:
    """List alerts, the latest first: tier, rules that fired, headline; muted ones were held back by a cool-down."""
    from db.alerts import find_alerts
    from monitor.alerts.rules import load_rules
    from monitor.office import load_office
    from monitor.render.alert_text import render_alert
    from monitor.render.wording import load_wording

    with open_to_read(config) as store:
        rows = find_alerts(store, limit=limit)
    if form == "text":
        rules, names, wording = load_rules(config.alerts), load_office(config).names, load_wording(config.lang)
        write_text("".join(render_alert(row, rules, names, wording) + "\n\n" for row in rows))
        return DONE
    columns = ("id", "raised_at", "tier", "muted", "rules", "articles", "headline")
    if form == "json":
        write_json(rows)
    else:
        write_listing(config, [_flat(row) for row in rows], columns, "table")
    return DONE


@command(alerts_group, "check")
def check_alerts(
    config: Config,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="As of this ISO 8601 time instead of now, to try rules out.")
    ] = None,
    form: options.TableOrJson = "table",
) -> int:
    """Show which rules fire now and why; keeps and sends nothing. Exit code 1 for any."""
    from monitor.alerts.evaluate import check_rules
    from monitor.alerts.evidence import load_evidence
    from monitor.alerts.rules import load_rules
    from monitor.clock import find_now
    from monitor.office import load_office
    from monitor.render.alert_text import render_facts
    from monitor.render.wording import load_wording

    office = load_office(config)
    rules = load_rules(config.alerts, config.delivery.groups)
    moment = _parse_moment(at) if at else find_now()
    with open_to_read(config) as store:
        hits = [hit.to_row() for hit in check_rules(rules, load_evidence(store, office, rules, moment))]
    wording = load_wording(config.lang)
    rows = [{**hit, "why": " ".join(render_facts(hit["facts"], office.names, wording).split())} for hit in hits]
    if form == "json":
        write_json(rows)
    else:
        shown = [{**row, "articles": len(row["articles"])} for row in rows]
        write_rows(shown, ("rule", "tier", "target", "articles", "headline", "why"), "table")
    return FINDINGS if rows else DONE


@command(alerts_group, "rules")
def list_rules(
    config: Config,
    form: Annotated[Literal["table", "json", "toml"], typer.Option("--format", help="toml: the file.")] = "table",
) -> int:
    """List the rules in force; as TOML they are the beginning of a file of your own (`alerts` in config.toml)."""
    from monitor.alerts.rules import PACKAGED, load_rules

    rules = load_rules(config.alerts, config.delivery.groups)
    if form == "toml":
        write_text((config.alerts or PACKAGED).read_text(encoding="utf-8"))
        return DONE
    rows = []
    for rule in rules.rule:
        row = rule.model_dump(mode="json")
        name, given = row.pop("name")[config.lang], {key: row.pop(key) for key in ("id", "kind", "tier", "enabled")}
        rows.append({**given, "name": name, "parameters": row})
    write_rows(rows, ("id", "kind", "tier", "enabled", "name", "parameters"), form)
    return DONE


def _parse_moment(text: str) -> datetime:
    from monitor.clock import parse_instant

    try:
        return parse_instant(text)
    except ValueError:
        raise InputError(f"--at {text!r} is no ISO 8601 time, such as 2024-10-30T18:23+07:00") from None


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "rules": [hit["rule"] for hit in row["hits"]], "articles": len(row["articles"])}
