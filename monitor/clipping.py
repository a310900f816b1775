"""The clipping book (kliping): one entry per article with what a file or an auditor asks for, as PDF.

An entry holds an excerpt, never the whole text, which is its outlet's; the address stands in words and as QR code
(ISO/IEC 18004), the hash is that of the page in the evidence archive. Clips of print and television show their file.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter

import segno

from crawlers.errors import EvidenceError
from db.connection import Store, reading
from db.queries.filters import ArticleFilter
from db.queries.month import load_articles, load_tags, load_texts
from db.rows import Row, group_by
from monitor.clock import find_now, parse_instant
from monitor.errors import InputError
from monitor.evidence import read_page
from monitor.office import Office
from monitor.render import labels
from monitor.render.wording import Wording, flatten, soften
from monitor.report.build import find_office
from monitor.report.document import Link
from monitor.report.paper import can_set, compile_typst

EXCERPT = 420  # characters, about four lines
NOTE = 210  # characters below which a text is a mere note
# of eight patterns the one that suits addresses best on average: trying them all for each took four fifths of a book's
# time, and codes of it were read from blurred, leaning pictures as often as those of the best
PATTERN = 2
PICTURES = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"%PDF": "pdf"}


@dataclass(frozen=True, slots=True)
class Book:
    """What a clipping book is made of: articles, what they are tagged with, their texts, files of manual clips."""

    articles: Sequence[Row]
    tags: Mapping[int, Sequence[Row]]
    texts: Mapping[int, str]
    files: Mapping[int, bytes]
    stories: Mapping[int, int]  # story -> articles of it in the book
    total: int  # articles wanted, of which a limit may leave some out


def load_book(store: Store, office: Office, wanted: ArticleFilter, limit: int | None = None) -> Book:
    """Read the articles wanted, by time, at most ``limit`` of them."""
    with reading(store):
        articles = load_articles(store, wanted)
        chosen = articles[:limit] if limit else articles
        tags = group_by(load_tags(store, wanted), itemgetter("article_id"))
        texts = load_texts(store, [row["id"] for row in chosen])
        files = {
            row["id"]: data for row in chosen if row["origin"] == "clip" and (data := _read_file(store, office, row))
        }
    stories = Counter(row["story"] for row in chosen if row["story"] is not None)
    return Book(chosen, tags, texts, files, stories, len(articles))


def _read_file(store: Store, office: Office, row: Row) -> bytes | None:
    try:
        return read_page(store, office.config.evidence_folder, row["id"], None)[1]
    except (InputError, EvidenceError):
        return None


def render_book(book: Book, office: Office, span: tuple[str, str] | None, wording: Wording) -> bytes:
    """Return the book as PDF; ``span`` are its first and last day. Raises JobError when typst refuses."""
    say, files = wording.say, dict[str, bytes]()
    entries = []
    for number, row in enumerate(book.articles, 1):
        entry = build_entry(row, book, office, wording)
        if (picture := book.files.get(row["id"])) and (kind := find_kind(picture)):
            name = f"clip-{number}.{kind}"
            if is_readable(name, picture):
                files[name], entry["picture"] = picture, name
        entries.append(entry)
    period = " – ".join(dict.fromkeys(map(wording.day, span))) if span else say("Semua waktu")
    data = {
        "title": say("Kliping Berita"),
        "regency": office.profile.name,
        "office": find_office(office.profile, parse_instant(span[1]).date()) if span else office.profile.name,
        "period": period,
        "count": say("{n} artikel", n=wording.number(len(entries))),
        "warning": _warn(book, wording),
        "contents": say("Daftar isi"),
        "foot": say("Kliping memuat petikan, bukan naskah utuh; hak cipta tetap pada medianya."),
        "scan": say("Pindai untuk membuka"),
        "empty": say("Tidak ada artikel untuk periode dan penyaring ini."),
        "lang": wording.lang,
        "entries": entries,
    }
    return compile_typst("clipping.typ", data, files)


def build_entry(row: Row, book: Book, office: Office, wording: Wording) -> Row:
    """Return one entry as the template reads it: title, facts as pairs, excerpt, address, QR code."""
    say, names = wording.say, office.own_names
    at = parse_instant(row["published_at"]).astimezone(office.zone)
    tags = book.tags.get(row["id"], ())
    opd = "; ".join(names.name_of("opd", tag["id"]) for tag in tags if tag["what"] == "opd")
    story = row["story"]
    paid = row["channel"] != "earned"
    facts = [
        (
            say("Media", n=1),
            flatten(row["outlet_name"]) + (f" ({say('ditambahkan secara manual')})" if row["origin"] == "clip" else ""),
        ),
        (say("Terbit"), wording.published_on(at.isoformat())),
        (say("Penulis"), flatten(row["byline"] or "–")),
        (say("Kanal"), say(labels.CHANNELS[row["channel"]])),
        (say("Nada"), "–" if paid else say(labels.TONES.get(row["tone"], row["tone"] or "netral"))),
        (say("Perangkat daerah"), opd or "–"),
        (
            say("Peristiwa"),
            say("Peristiwa nomor {n}, {articles} artikel", n=story, articles=book.stories[story])
            if story is not None
            else "–",
        ),
        (say("Bukti halaman (SHA-256)"), row["sha256"] or say("tidak ada halaman tersimpan")),
    ]
    address = Link("", row["url"]).target
    return {
        "title": flatten(row["title"]),
        "outlet": flatten(row["outlet_name"]),
        "day": wording.short_day(at.date()),
        "facts": facts,
        "excerpt_head": say("Petikan"),
        "excerpt": cut_excerpt(book.texts.get(row["id"], "")),
        "address_head": say("Alamat"),
        "address": address,
        "shown": soften(address or ""),
        "qr": draw_qr(address) if address else None,
        "picture": None,
    }


def cut_excerpt(text: str) -> str:
    """Return the beginning of a text, cut at a word, with dots for what follows.

    At most three quarters of a text are shown, even of one that would fit: the whole is its outlet's. Mere notes are
    shown whole.
    """
    flat = flatten(text)
    if len(flat) < NOTE:
        return flat
    return flat[: min(EXCERPT, len(flat) * 3 // 4)].rpartition(" ")[0] + " …"


def draw_qr(address: str) -> str | None:
    """Return the QR code of an address as SVG; None for one too long for any."""
    try:
        code = segno.make(address, error="m", micro=False, mask=PATTERN)
    except segno.DataOverflowError:
        return None
    buffer = io.BytesIO()
    code.save(buffer, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None)
    return buffer.getvalue().decode()


def find_kind(data: bytes) -> str | None:
    """Return the ending that typst knows a picture by, or None for what it cannot show."""
    return next((kind for start, kind in PICTURES.items() if data.startswith(start)), None)


def is_readable(name: str, data: bytes) -> bool:
    """Say whether a picture can be set: a broken one must not cost the whole book."""
    return can_set("picture.typ", {"file": name}, {name: data})


def _warn(book: Book, wording: Wording) -> str:
    if book.total == len(book.articles):
        return ""
    n, all_ = wording.number(len(book.articles)), wording.number(book.total)
    return wording.say(
        "hanya memuat {n} artikel pertama dari {all}; persempit periode atau penyaringnya", n=n, all=all_
    )


def write_span(wanted: ArticleFilter, book: Book, office: Office) -> tuple[str, str] | None:
    """Return the first and last day that a book covers: those asked for, as far as they have come, else those of its
    articles; a book that leaves articles out ends with its last.
    """
    days = [parse_instant(row["published_at"]).astimezone(office.zone).date().isoformat() for row in book.articles]
    asked = wanted.since or wanted.until
    end = min(wanted.until - timedelta(seconds=1) if wanted.until else find_now(), find_now())
    first = wanted.since.astimezone(office.zone).date().isoformat() if wanted.since else min(days, default=None)
    whole = asked and book.total == len(book.articles)
    last = end.astimezone(office.zone).date().isoformat() if whole else max(days, default=first)
    return (first, max(first, last)) if first and last else None
