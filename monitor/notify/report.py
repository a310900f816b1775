"""Sends last month's report to the groups that asked for it: as files by mail, elsewhere its summary and where it is.

The report itself is ``monitor.report``'s, on which day it is made ``monitor.service_watch``'s.
"""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from html import escape

from db.connection import Store
from monitor.notify.addresses import Address
from monitor.notify.groups import Filed, Group
from monitor.notify.messages import Message, split_messages
from monitor.notify.queue import note_unreachable, plan_messages, queue_planned
from monitor.office import Office
from monitor.render.wording import Wording, load_wording
from monitor.report.compose import compose_summary
from monitor.report.dataset import Report
from monitor.report.document import Text
from monitor.report.run import render_report

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def queue_report(store: Store, office: Office, edition_id: str, data: Report, now: datetime) -> int:
    """Queue a month's report for the groups that get it, once however often it is made; return how many messages are
    new.

    A recipient without a usable address becomes a finding. Raises JobError, Busy when a file cannot be made.
    """
    names = [name for name, group in office.config.delivery.groups.items() if group.report]

    @cache  # a file is made once, and a mail that several get is kept once
    def build_mail(forms: tuple[Filed, ...], lang: str) -> Message:
        return build_report_mail(data, forms, office, load_wording(lang))

    def make(_name: str, group: Group, address: Address, wording: Wording) -> list[Message]:
        if address.files:
            return [build_mail(group.report, wording.lang)]
        subject, texts = write_report(data, wording)
        texts.append(
            wording.say(
                "Berkas laporan lengkap ({forms}) tidak dapat dikirim lewat saluran ini; unduhlah di Pantau, pada"
                " halaman Edisi, bulan {month}.",
                forms=wording.listing([form.upper() for form in group.report]), month=wording.month(data.month),
            )
        )  # fmt: skip
        return split_messages(subject, ["\n\n".join([f"*{subject}*", *texts])], address)

    planned = plan_messages(
        office, names, make, lambda _group: f"report {data.month}", refuse=note_unreachable(store, now)
    )
    return queue_planned(store, planned, edition_id, now)


def build_report_mail(data: Report, forms: tuple[Filed, ...], office: Office, wording: Wording) -> Message:
    """Return a mail with the summary as text and the report as files. Raises JobError, Busy."""
    subject, texts = write_report(data, wording)
    texts.append(wording.say("Laporan lengkap terlampir."))
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    mail.set_content("\n\n".join(texts), cte="quoted-printable")
    mail.add_alternative("".join(f"<p>{escape(text)}</p>\n" for text in texts), subtype="html", cte="quoted-printable")
    for form in forms:
        main, sub = TYPES[form].split("/")
        name = f"laporan-{data.profile}-{data.month}.{form}"
        mail.add_attachment(render_report(data, form, wording, office), main, sub, filename=name)
    return Message(subject, mail.as_string(), "eml")


def write_report(data: Report, wording: Wording) -> tuple[str, list[str]]:
    """Return the subject and what the summary of the report says."""
    title = wording.say("Laporan Bulanan Pemberitaan Media")
    texts = [block.text for block in compose_summary(data, wording) if isinstance(block, Text)]
    return f"{data.regency}: {title}, {wording.month(data.month)}", texts
