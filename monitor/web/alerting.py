"""The page of what asks for somebody now: alerts that were raised, and messages that did not go out."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from db.alerts import find_alerts
from db.outbox import find_unsent
from monitor.alerts.rules import load_rules
from monitor.render.alert_text import render_facts
from monitor.web.visit import Reading

router = APIRouter()
LATEST = 50


@router.get("/alerts")
def show_alerts(visit: Reading) -> HTMLResponse:
    """Show the latest alerts with the rules that fired and their articles, and the messages not sent."""
    rules = load_rules(visit.office.config.alerts)
    alerts = [
        {
            **row,
            "reasons": [
                (
                    rules.name_of(hit["rule"], visit.wording.lang),
                    render_facts(hit["facts"], visit.names, visit.wording),
                )
                for hit in row["hits"]
            ],
        }
        for row in find_alerts(visit.store, limit=LATEST)
    ]
    return visit.render("alerts", alerts=alerts, messages=find_unsent(visit.store, LATEST))
