"""What a recipient gets: an edition, alerts or a test as messages of a form that the address can show.

A message that is longer than the address takes is split between lines; nothing is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_string
from email.message import EmailMessage
from email.policy import default

from db.rows import Row
from monitor.alerts.rules import Rules
from monitor.digest.dataset import Dataset
from monitor.digest.views import parse_view
from monitor.names import Names
from monitor.notify.addresses import Address
from monitor.notify.groups import Group
from monitor.render.alert_text import render_alert
from monitor.render.digest_mail import build_mail, build_subject
from monitor.render.digest_whatsapp import MARK_CHARS, PART_CHARS, count_chars, number_parts, render_parts, split_text
from monitor.render.formats import render_digest
from monitor.render.wording import Wording


@dataclass(frozen=True, slots=True)
class Message:
    """One message; form is text, marked (as WhatsApp marks bold), html, json, or eml: a mail with its pictures."""

    subject: str
    body: str
    form: str


def build_edition_messages(
    data: Dataset, group: Group, names: Names, address: Address, wording: Wording
) -> list[Message]:
    """Return an edition as the messages that this address gets of it, in order.

    Raises UnknownName for the view of an OPD that the profile does not have.
    """
    view = parse_view(group.view, names.opd)
    subject = build_subject(data, wording, view)
    form = group.form if group.form != "auto" else "html" if address.mail else "whatsapp"
    match form:
        case "html" if address.pictures:
            return [Message(subject, build_mail(data, wording, view).as_string(), "eml")]
        case "html" | "json":
            return [Message(subject, render_digest(data, form, wording, view), form)]
        case "whatsapp":
            parts = render_parts(data, wording, view, min(PART_CHARS, address.chars))
        case _:
            return split_messages(subject, [render_digest(data, "text", wording, view)], address, "text")
    return split_messages(subject, parts, address)


def build_alert_messages(
    alert: Row, rules: Rules, names: Names, regency: str, address: Address, wording: Wording
) -> list[Message]:
    """Return an alert as the messages that this address gets of it, in order."""
    tier = rules.find_tier(alert["tier"]).name.of(wording.lang)
    subject = wording.say("Peringatan {tier}: {regency}", tier=tier, regency=regency)
    text = f"*{subject}*\n{render_alert(alert, rules, names, wording)}"
    return split_messages(subject, [text], address)


def build_test_message(regency: str, group: str, address: Address, wording: Wording) -> list[Message]:
    """Return what tells a recipient that he will be reached."""
    subject = wording.say("Uji kirim: {regency}", regency=regency)
    text = wording.say(
        "Ini pesan uji dari Pantau untuk grup {group}. Apabila Anda menerimanya, alamat ini sudah benar.", group=group
    )
    return split_messages(subject, [f"*{subject}*\n{text}"], address)


def show_body(form: str, body: str) -> str:
    """Return a message's text as a person can read it: of a mail the plain text and the names of its files."""
    if form != "eml":
        return body
    mail = message_from_string(body, EmailMessage, policy=default)
    plain = mail.get_body(("plain",))
    files = [name for part in mail.walk() if (name := part.get_filename())]
    return "\n".join([plain.get_content() if plain else "", *(f"[{name}]" for name in files)])


def split_messages(subject: str, parts: list[str], address: Address, form: str = "marked") -> list[Message]:
    """Return texts as messages, those that the address cannot take whole in numbered pieces."""
    if all(count_chars(part) <= address.chars for part in parts):
        return [Message(subject, part, form) for part in parts]
    pieces = [piece for part in parts for piece in split_text(part, address.chars - MARK_CHARS)]
    return [Message(subject, piece, form) for piece in number_parts(pieces)]
