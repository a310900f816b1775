"""Addresses as Apprise understands them: opened, described without their secrets, and used for one message.

The only module that speaks to Apprise, which never raises for a send: what it logs is the reason.
"""

from __future__ import annotations

import html
import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from tempfile import TemporaryDirectory

from apprise import Apprise, AppriseAsset, AppriseAttachment, NotifyFormat
from apprise.attachment.file import AttachFile
from apprise.plugins.base import NotifyBase

from monitor.errors import ConfigError
from monitor.notify.answers import find_refusal, hear_answers
from monitor.notify.groups import Accepted, Delivery

SMTP = frozenset(["mailto", "mailtos"])  # shows pictures inside a mail
MAIL = SMTP | frozenset(["mailgun", "o365", "postmark", "resend", "sendgrid", "ses", "smtp2go", "sparkpost"])
TAGGED = frozenset(["tgram"])  # chats that read HTML tags, not the marks of WhatsApp
FORMATS = {"html": NotifyFormat.HTML, "eml": NotifyFormat.HTML}  # all else is text
MARKS = (
    (re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])"), r"<i>\1</i>"),
)
ASSET = AppriseAsset(app_id="Pantau", app_desc="Pantau", app_url="")
REASONS = 2  # of the warnings of a failed try, the first ones; what follows is their consequence


@dataclass(frozen=True, slots=True)
class Address:
    """Where a recipient is reached."""

    url: str  # with its secrets
    label: str  # without them
    mail: bool
    pictures: bool  # takes a mail with pictures in it
    files: bool  # takes a mail with files beside it, as the mail services do that are asked over HTTP
    tagged: bool  # shows bold where HTML tags say so, not between asterisks
    has_title: bool  # shows a title apart from the text
    chars: int  # that one message may hold
    accepted: Accepted | None = None  # by what the answer is judged; None: by its status alone

    def __repr__(self) -> str:
        return f"Address({self.label})"


def open_address(delivery: Delivery, name: str, environ: Mapping[str, str] = os.environ) -> Address:
    """Return the address of a recipient. Raises ConfigError: unknown name, unset variable, no address, several."""
    if name not in delivery.recipients:
        raise ConfigError(f"recipient {name} is not in the configuration: add it to [delivery.recipients]")
    url = delivery.recipients[name]
    if url.startswith("$"):
        if not environ.get(url[1:]):
            raise ConfigError(f"recipient {name}: the environment variable {url[1:]} is not set")
        url = environ[url[1:]]
    plugin = Apprise.instantiate(url, asset=ASSET)
    if not isinstance(plugin, NotifyBase):
        raise ConfigError(f"recipient {name}: no address that Apprise knows, such as mailto:// or json://")
    if (count := len(plugin) // (plugin.retry + 1)) > 1:
        raise ConfigError(
            f"recipient {name} stands for {count} addresses: give each its own name, so that a try that"
            " reaches some of them is not repeated to those"
        )
    kinds = plugin.schemas()  # type: ignore[no-untyped-call]
    return Address(
        url,
        str(plugin.url(privacy=True)).partition("?")[0],  # type: ignore[no-untyped-call]
        mail=bool(kinds & MAIL),
        pictures=bool(kinds & SMTP),
        files=bool(kinds & MAIL) and plugin.attachment_support,
        tagged=bool(kinds & TAGGED),
        has_title=plugin.title_maxlen > 0,
        chars=plugin.body_maxlen,
        accepted=delivery.accepted.get(name),
    )


def send_message(address: Address, subject: str, body: str, form: str) -> str | None:
    """Send one message and return None, or in one line why it did not go out.

    ``form`` is text, marked (text with the marks of WhatsApp, turned into what the address shows), html, json, or eml.
    """
    sender = Apprise(asset=ASSET)
    plugin = Apprise.instantiate(address.url, asset=ASSET)
    assert isinstance(plugin, NotifyBase)  # as when the address was opened
    sender.add(plugin)
    title = subject if address.has_title else ""
    if form == "eml" and address.pictures:
        plugin.inline = True  # type: ignore[attr-defined]
    elif form == "marked" and (address.tagged or address.mail):
        body, form = tag_marks(body, "<br>\n" if address.mail else "\n"), "html"
    kind = FORMATS.get(form, NotifyFormat.TEXT)
    with TemporaryDirectory(prefix="pantau-") as folder, hear_answers() as answers:
        body, files = _unpack(body, Path(folder)) if form == "eml" else (body, None)
        result = sender.notify(body, title, body_format=kind, attach=files, log_level=logging.WARNING)
    if result:
        return find_refusal(answers, address.accepted, address.url) if address.accepted else None
    said = [" ".join(entry.message.split()) for entry in result.logs()]
    return "; ".join(said[:REASONS]) or "refused without a reason"


def tag_marks(text: str, line_break: str) -> str:
    """Return text with WhatsApp's ``*bold*`` and ``_italic_`` as HTML; addresses, on lines of their own, stay whole."""
    lines = []
    for line in html.escape(text, quote=False).split("\n"):
        if not line.startswith(("http://", "https://")):
            for mark, tag in MARKS:
                line = mark.sub(tag, line)
        lines.append(line)
    return line_break.join(lines)


def _unpack(mail: str, folder: Path) -> tuple[str, AppriseAttachment]:
    """Return the HTML of a mail and its pictures and files, which lie in ``folder`` as some services read them from
    there; the HTML names a picture by its file name, as Apprise wants it.
    """
    message = message_from_string(mail, EmailMessage, policy=default)
    files = AppriseAttachment()
    page = ""
    for part in message.walk():
        if name := part.get_filename():
            path = folder / str(len(files))
            path.write_bytes(part.get_content())
            files.add(AttachFile(str(path), name=name, mimetype=part.get_content_type()))  # type: ignore[no-untyped-call]
            if cid := part["Content-ID"]:
                page = page.replace(f"cid:{cid.strip('<>')}", f"cid:{name}")
        elif part.get_content_type() == "text/html":
            page = part.get_content()
    return page, files
