"""The mail of a digest as Gmail and Outlook take it: every element, property and value is one that they heed."""

from __future__ import annotations

import io
import re
import tomllib
import zlib
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from monitor.digest.dataset import Base, Gap
from monitor.digest.views import View
from monitor.render.formats import render_file
from monitor.render.wording import load_wording
from tests.monitor.conftest import stored_row
from tests.monitor.digest.conftest import COMPLAINT, NEGATIVE, build

CLIENTS = tomllib.loads(Path(__file__).with_name("mail_clients.toml").read_text(encoding="utf-8"))
MSO = re.compile(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", re.DOTALL)
VOID = {"meta", "br", "img"}
Tag = tuple[str, dict[str, str | None]]


class Page(HTMLParser):
    """Collects elements, and closings that do not fit."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.open: list[str] = []
        self.misfits: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misfits.append(tag)


def styles(tag: Tag) -> dict[str, str]:
    pairs = (part.partition(":") for part in (tag[1].get("style") or "").split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def full_day(row: Callable[..., dict[str, Any]]) -> bytes:
    quotes = [{"speaker": "Camat", "speaker_id": None, "opd": None}]
    data = build(
        row(1, tone=COMPLAINT, title="Jalan <b>rusak</b> & banjir 😀 " + "panjang" * 30, quotes=quotes),
        row(2, tone=NEGATIVE, story=1, opd=[{"id": "dishub", "role": "actor"}]),
        row(3, outlet_kind="government"),
        row(4, kind="advertorial", pillars=[{"id": "living", "score": 1.0, "evidence": []}]),
        baseline=[Base("2025-03-05", 2, 1)],
        gaps=[Gap("mati.example", "Warta Mati", "blocked", "2025-03-01T00:00:00Z")],
        related=[row(5, copy_of={"id": 3, "url": "u", "share": 0.9, "latency_minutes": 300})],
    )
    return render_file(data, "eml", load_wording("id"))


MAILS: dict[str, Callable[[], bytes]] = {
    "full": lambda: full_day(stored_row),
    "leadership": lambda: render_file(build(stored_row(1, tone=NEGATIVE)), "eml", load_wording("en"), View("pimpinan")),
    "empty": lambda: render_file(build(), "eml", load_wording("id")),
    "long": lambda: render_file(
        build(*(stored_row(n, title=f"Judul {n}", outlet=f"{n}.example", tone=NEGATIVE) for n in range(1, 300))),
        "eml",
        load_wording("id"),
    ),
}


@pytest.fixture(params=MAILS, scope="module")
def mail(request: pytest.FixtureRequest) -> Any:
    return message_from_bytes(MAILS[request.param](), policy=default)


@pytest.fixture
def page(mail: Any) -> str:
    return str(mail.get_body(("html",)).get_content())


def test_only_elements_and_properties_that_all_programs_heed(page: str) -> None:
    tags = Page(page).tags
    assert {name for name, _ in tags} - set(CLIENTS["elements"]) == set()
    wrong = {
        (name, key)
        for name, attributes in tags
        for key in styles((name, attributes))
        if name not in CLIENTS["css"].get(key, {"on": ()})["on"]
    }
    assert wrong == set()


def test_what_word_does_not_heed_is_said_by_attributes_as_well(page: str) -> None:
    missing = {
        (tag[0], key)
        for tag in Page(page).tags
        for key, value in styles(tag).items()
        if (attribute := CLIENTS["css"][key].get("attribute"))
        and attribute not in tag[1]
        and not (tag[0] == "body" or value == "auto")
    }
    assert missing == set()
    for comment in MSO.findall(page):
        assert "width=" in comment or "PixelsPerInch" in comment or comment.startswith("</td>")
    assert sum('width="680"' in comment for comment in MSO.findall(page)) == 1  # Word knows no max-width


def test_no_value_that_needs_what_they_drop(page: str) -> None:
    written = " ".join(f"{attributes.get('style') or ''};" for _, attributes in Page(page).tags).lower()
    assert [value for value in CLIENTS["values"] if value in written] == []
    fonts = {font.strip(" '\"") for stack in re.findall(r"font-family:([^;]+)", written) for font in stack.split(",")}
    assert fonts <= {font.lower() for font in CLIENTS["fonts"]}
    assert not re.search(r"<style|<script|<link|class=|\bon\w+=", page)


def test_elements_are_closed_in_order_with_the_comments_read_and_unread(page: str) -> None:
    for shown in (page, MSO.sub(r"\1", page).replace("<xml>", "").replace("</xml>", "")):
        read = Page(re.sub(r"</?o:[^>]+>", "", shown))
        assert (read.misfits, read.open) == ([], [])


def test_text_is_readable_where_colours_are_turned_round(page: str) -> None:
    """Dark mode turns text and background round together only where both are said, and never pictures."""
    assert '<meta name="color-scheme" content="light">' in page
    outer = next(tag for tag in Page(page).tags if tag[0] == "table")
    assert outer[1]["bgcolor"] == "#ffffff"
    uncoloured = [tag for tag in Page(page).tags if tag[0] in {"p", "h1", "h2", "a"} and "color" not in styles(tag)]
    assert [tag for tag in uncoloured if "font-size:1px" not in (tag[1]["style"] or "")] == []


def test_pictures_come_along_have_words_and_an_opaque_ground(mail: Any, page: str) -> None:
    pictures = {
        part["Content-ID"]: part.get_content() for part in mail.walk() if part.get_content_maintype() == "image"
    }
    shown = [tag[1] for tag in Page(page).tags if tag[0] == "img"]
    assert {f"<{(tag['src'] or '').removeprefix('cid:')}>" for tag in shown} == set(pictures)
    assert all(tag["alt"] and (tag["width"] or "").isdecimal() for tag in shown)
    for content in pictures.values():
        stream = io.BytesIO(content)
        stream.seek(25)
        assert stream.read(1) == b"\x02" or is_white_at_corner(content)  # without alpha


def is_white_at_corner(png: bytes) -> bool:
    """Say whether the first pixel of a PNG with alpha is opaque white."""
    data, at = b"", 8
    while at < len(png):
        size, kind = int.from_bytes(png[at : at + 4], "big"), png[at + 4 : at + 8]
        data += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    return zlib.decompress(data)[1:5] == b"\xff\xff\xff\xff"


def test_gmail_shows_it_whole_and_text_programs_too(mail: Any, page: str) -> None:
    assert len(page.encode()) < CLIENTS["clipped"]
    plain = mail.get_body(("plain",)).get_content()
    assert mail["X-Pantau-Dataset"] in plain
    assert mail["X-Pantau-Dataset"] in page
    assert max(map(len, mail.as_bytes().splitlines())) <= 998  # what SMTP carries in a line
