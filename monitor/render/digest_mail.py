"""A digest as mail: HTML with plain text beside it, its chart as a picture by cid, the PDF where it was shortened.

Sending, and to whom, is left to others: the message has a subject but neither sender nor recipients.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid

from monitor.digest.dataset import Dataset
from monitor.digest.views import STAFF, View, apply_view
from monitor.render import labels
from monitor.render.digest_html import render_html
from monitor.render.digest_pdf import render_chart, render_pdf
from monitor.render.digest_text import render_text
from monitor.render.digest_words import build_sheet
from monitor.render.sheet import Entry
from monitor.render.wording import Wording

CLIPPED_FROM = 100_000  # bytes of HTML from which Gmail cuts a mail off (102 KB)
ENTRIES_TRIED = (None, 60, 25, 12, 6)  # of each kind: stories, releases, agencies
ENTRY_BYTES = 500  # the least that an entry takes in HTML


def build_mail(data: Dataset, wording: Wording, view: View = STAFF) -> EmailMessage:
    """Return the message; the same edition and view always gives the same ``X-Pantau-Dataset`` and subject."""
    whole = build_sheet(data, wording, view)
    many = sum(isinstance(block, Entry) for block in whole.blocks) * ENTRY_BYTES >= CLIPPED_FROM
    cid = make_msgid("chart", domain="pantau.invalid")
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = build_subject(data, wording, view)
    mail["X-Pantau-Dataset"] = data.id
    mail["X-Pantau-View"] = str(view)
    with ThreadPoolExecutor(1) as pool:  # typst works beside the rest
        attached = pool.submit(render_pdf, whole) if many else None
        chart = render_chart(whole)
        for most in ENTRIES_TRIED[many:]:
            sheet = whole if most is None else build_sheet(data, wording, view, most)
            page = render_html(sheet, f"cid:{cid[1:-1]}" if chart else None)
            if len(page.encode()) < CLIPPED_FROM:
                break
            attached = attached or pool.submit(render_pdf, whole)
        mail.set_content(render_text(sheet), cte="quoted-printable")
        mail.add_alternative(page, subtype="html", cte="quoted-printable")
        if chart:
            _, html = mail.iter_parts()
            html.add_related(chart, "image", "png", cid=cid, filename="pantau.png", disposition="inline")
        if attached:
            mail.add_attachment(attached.result(), "application", "pdf", filename=f"{data.id}.pdf")
    return mail


def build_subject(data: Dataset, wording: Wording, view: View = STAFF) -> str:
    """Return the subject: whose news, day, edition, and the two numbers, as the view has them, that decide whether to
    open it now.
    """
    shown = apply_view(data, view)
    counts = wording.say(
        "{n} artikel, {attention} perlu perhatian", n=shown.totals.articles, attention=len(shown.attention)
    )
    edition, whose = wording.say(labels.EDITIONS[data.edition]), data.names.get(view.opd, data.regency)
    return f"{whose}: {edition} {wording.short_day(data.day)}: {counts}"
