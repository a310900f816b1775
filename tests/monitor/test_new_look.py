"""An outlet that gives its pages a new look has revised none of its articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.extract.page import Page, extract_page
from db.articles import save_article
from db.connection import open_store

TITLE = "Warga Tepian Panen Jagung Empat Puluh Hektare"
FIRST = "Warga Kampung Tepian memanen jagung seluas empat puluh hektare pada Senin pagi bersama para penyuluh."
REST = [
    "Panen itu yang kedua tahun ini, kata Ketua Kelompok Tani Marsudi, yang menyebut hasilnya tujuh ton.",
    "“Harganya sedang bagus, kami berharap jalan ke ladang segera diperbaiki,” ujar Marsudi di tepi ladang itu.",
]
LAST = "Penyuluh Dewi Lestari mengatakan bibit berikutnya dibagikan bulan depan kepada dua ratus petani."
META = (
    f'<title>{TITLE} | Kabar Kenanga</title><meta property="og:title" content="{TITLE}">'
    '<meta property="article:published_time" content="2026-03-02T08:00:00+07:00">'
)


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def old_look(last: str = LAST) -> str:
    body = paragraphs(f"TEPIAN, KABAR KENANGA – {FIRST}", *REST, f"{last} (rin)", "Dibaca 120 kali")
    return (
        f'<html><head>{META}</head><body><ul><li><a href="/">Beranda</a></li></ul><div class="post"><h1>{TITLE}</h1>'
        f'<div class="info">Senin, 2 Maret 2026 08:00 WIB</div><div class="entry">{body}</div></div></body></html>'
    )


def signed_in_a_box(last: str = LAST) -> str:
    body = paragraphs(f"<strong>Tepian</strong> - {FIRST}", *REST, last)
    return (
        f"<html><head>{META}</head><body><main><article><header><h1>{TITLE}</h1>"
        f"<address>Rina Amelia</address><time>2 Maret 2026, 08.00</time></header><section>{body}</section>"
        '<div class="related"><h3>Berita Terkait</h3><ul><li><a href="/a">Harga cabai naik di pasar</a></li></ul></div>'
        "</article></main></body></html>"
    )


def signed_below(last: str = LAST) -> str:
    body = "<br><br>".join([FIRST, *REST, last, "(Rina Amelia)", "Editor: Budi Santoso"])
    return f'<html><head>{META}</head><body><h1>{TITLE}</h1><div class="text">{body}</div></body></html>'


@pytest.mark.parametrize("new_look", [signed_in_a_box, signed_below])
def test_a_new_look_is_no_revision_and_a_changed_number_is(tmp_path: Path, new_look: Callable[..., str]) -> None:
    looks = [old_look(), new_look(), new_look(LAST.replace("dua ratus", "tiga ratus"))]
    reasons = []
    with open_store(tmp_path / "p.db") as store:
        for hour, html in enumerate(looks, 3):
            now = datetime(2026, 3, 2, hour, tzinfo=UTC)
            found = extract_page(Page("https://kabarkenanga.example/panen", html.encode(), None, now), None)
            record: dict[str, Any] = {"url": "https://kabarkenanga.example/panen", "outlet": "kabarkenanga.example"}
            record |= {"title": found.title, "text": found.text, "published_at": found.published_at}
            reasons.append(save_article(store, record, now=now).reason)
    assert reasons == ["stored", "unchanged", "revised"]
