"""Commands that send: an edition to groups, and what became of everything in the outbox."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import options
from monitor.cli.app import app, command, open_to_read
from monitor.cli.outputs import Day
from monitor.cli.writing import write_listing
from monitor.errors import DONE, FINDINGS, InputError

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.notify.queue import Planned
    from monitor.office import Office

outbox_group = typer.Typer(help="What was sent, waits or failed.", no_args_is_help=True)
app.add_typer(outbox_group, name="outbox")
COLUMNS = ("id", "what", "recipient", "group", "part", "state", "tries", "due_at", "sent_at", "detail")
UNSENT = {"failed", "unknown"}


@command(app, "send")
def send(
    config: Config,
    to: Annotated[list[str], typer.Option("--to", metavar="GROUP", help="Group of the configuration; repeatable.")],
    edition: Annotated[
        str | None, typer.Option(metavar="NAME|ID", help="pagi, siang, sore, harian, or the id of a frozen edition.")
    ] = None,
    date: Day = "today",
    preview: Annotated[bool, typer.Option("--preview", help="Show every message; send and keep nothing.")] = False,
    test: Annotated[bool, typer.Option("--test", help="Send a short test message instead of an edition.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Also to whom this edition was sent already.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Freeze the edition anew, by today's rules.")] = False,
    now: Annotated[bool, typer.Option("--now", help="Do not wait for the end of quiet hours.")] = False,
) -> int:
    """Send an edition to groups, to each recipient once. Exit code 1 when something did not go out."""
    from monitor.clock import find_now, parse_day
    from monitor.editions import freeze_edition
    from monitor.jobs import recorded, stop_on_signals
    from monitor.notify.queue import plan_edition, plan_test
    from monitor.notify.send import find_sendable, send_planned
    from monitor.office import load_office, open_office_store

    if test == (edition is not None):
        raise InputError("name either --edition or --test")
    office = load_office(config)
    day = parse_day(date, "--date", office.zone)
    with open_office_store(office) as store, stop_on_signals() as stop:
        if edition is None:
            data, what, planned = None, "test", plan_test(office, to, find_now())
        else:
            what, data = find_sendable(store, office, edition, day, fresh)
            mark = f"again {find_now().isoformat()}" if again else ""
            planned = plan_edition(office, to, data, mark, urgent=now)
        if preview:
            return show_messages(planned)
        with recorded(store, "send", {"edition": edition, "date": str(day), "to": to, "test": test}) as run:
            if data and not what:
                what = freeze_edition(store, data)
            rows = send_planned(store, office, what, planned, stop)
            code = report_rows(office, rows)
            run.status = "findings" if code == FINDINGS else ""
            run.summary = {"messages": len(rows), "sent": sum(row["state"] == "sent" for row in rows)}
    return code


@command(outbox_group, "list")
def list_outbox(config: Config, limit: options.Count = 50, form: options.TableOrJson = "table") -> int:
    """List messages, the latest first, with how their sending ended. Exit code 1 when any failed."""
    from db.outbox import find_messages

    with open_to_read(config) as store:
        rows = [show_row(row) for row in find_messages(store, limit=limit)]
    write_listing(config, rows, COLUMNS, form)
    return FINDINGS if any(row["state"] in UNSENT for row in rows) else DONE


@command(outbox_group, "show")
def show_outbox(
    config: Config,
    number: Annotated[int, typer.Argument(min=1, max=options.MOST, metavar="ID", help="From the list.")],
) -> int:
    """Show a message exactly as it was, or is to be, sent."""
    from db.outbox import find_message

    with open_to_read(config) as store:
        row = find_message(store, number)
    if row is None:
        raise InputError(f"no message {number} in the outbox: see `pantau outbox list`")
    where = f"{row['recipient']} ({row['recipients_group']}), {row['state']}"
    gone = f"(its text was dropped by [retention] messages; of an edition: pantau edition show {row['what']})"
    print_message(where, row["subject"], row["form"] if row["body"] else "text", row["body"] or gone)
    return DONE


@command(outbox_group, "deliver")
def deliver_outbox(
    config: Config,
    retry: Annotated[bool, typer.Option("--retry", help="Also what was given up or waits for its next try.")] = False,
) -> int:
    """Send what is due: what `pantau run` does every minute. Exit code 1 when something did not go out."""
    from db.outbox import requeue_failed
    from monitor.clock import find_now
    from monitor.jobs import recorded, stop_on_signals
    from monitor.notify.deliver import run_delivery
    from monitor.office import load_office, open_office_store

    office = load_office(config)
    with (
        open_office_store(office) as store,
        stop_on_signals() as stop,
        recorded(store, "delivery", {"retry": retry}) as run,
    ):
        if retry:
            requeue_failed(store, find_now())
        delivered = run_delivery(store, office, stop)
        run.summary, run.status = delivered.to_summary(), "findings" if delivered.faults else ""
    typer.echo(f"{delivered.sent} sent, {delivered.failed} failed, {delivered.unknown} unknown", err=True)
    return FINDINGS if delivered.faults else DONE


def report_rows(office: Office, rows: Sequence[dict[str, Any]]) -> int:
    """Write how each message fared; what waits for the end of quiet hours is no fault."""
    from monitor.clock import find_now

    quiet = office.config.delivery.find_quiet(find_now(), office.zone)
    shown = [show_row(row) for row in rows]
    for row in shown:
        if row["state"] == "waiting" and not row["tries"] and row["group"] in quiet:
            row["detail"] = "quiet hours: sent when they end, or with --now"
    write_listing(office.config, shown, COLUMNS, "table")
    unsent = [row for row in shown if row["state"] in UNSENT or (row["state"] == "waiting" and row["tries"])]
    return FINDINGS if unsent else DONE


def show_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return an outbox row as a person reads it, without the text."""
    part = f"{row['part']}/{row['parts']}"
    plain = {name: value for name, value in row.items() if name not in {"subject", "body", "key", "recipients_group"}}
    return {**plain, "group": row["recipients_group"], "part": part, "subject": row["subject"]}


def show_messages(planned: Sequence[Planned]) -> int:
    """Write messages as they would be sent."""
    for entry in planned:
        where = f"{entry.recipient} ({entry.group}), {entry.address.label}, {entry.part}/{entry.parts}"
        print_message(where, entry.message.subject, entry.message.form, entry.message.body)
    return DONE


def print_message(where: str, subject: str, form: str, body: str) -> None:
    """Write one message with a line above that says where it goes."""
    from monitor.notify.messages import show_body

    sys.stdout.write(f"=== {where}\n{subject}\n\n{show_body(form, body).rstrip()}\n\n")
