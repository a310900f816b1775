"""An invented page, in parts that tests put together."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

from datetime import UTC, datetime

from crawlers.extract.page import Extraction, Hints, Page, extract_page
from crawlers.recipe import Recipe

NOW = datetime(2025, 6, 11, 8, 0, tzinfo=UTC)
TITLE = "Warga Kampung Melati Panen Nanas di Lahan Bekas Terbakar"
FIRST = "MELATI, Warta Contoh - Warga Kampung Melati memanen nanas pertama mereka pada Selasa (3/6/2025) di lahan yang dulu terbakar."
PARAGRAPHS = (
    FIRST,
    "Kebun seluas dua hektare itu dikerjakan bersama oleh empat puluh keluarga sejak awal tahun lalu.",
    "“Kami mulai dengan seribu bibit dan cangkul pinjaman,” ujar Ketua Kelompok Tani Melati, Rusdi Anwar.",
    "Menurut dia, hasil panen dijual ke pasar kecamatan dan sebagian diolah menjadi selai oleh ibu-ibu kampung.",
    "Pemerintah kampung berencana menambah saluran air agar lahan tidak lagi kering pada musim kemarau mendatang.",
)
TEASER = "Puluhan perahu hias meramaikan pawai sungai yang digelar panitia pada akhir pekan ini di tepian kota."
LINKS = "".join(f'<li><a href="/b/{n}">Judul berita lain nomor {n} yang panjang sekali</a></li>' for n in range(8))


def read(
    page: str, url: str = "https://warta.example/berita/1/warga-panen", recipe: Recipe | None = None, **hints: object
) -> Extraction:
    return extract_page(Page(url, page.encode(), "text/html; charset=utf-8", NOW, Hints(**hints)), recipe)  # type: ignore[arg-type]


def paragraphs(tag: str = "p", extra: str = "") -> str:
    rows = [f"<{tag}>{p}</{tag}>" for p in PARAGRAPHS]
    return "".join([*rows[:2], extra, *rows[2:]])


BODIES = {
    "paragraphs": f"<article>{paragraphs()}</article>",
    "divs": f"<div class=x1>{paragraphs('div')}</div>",
    "breaks": f"<div>{'<br><br>'.join(PARAGRAPHS)}</div>",
    "bare first paragraph": f"<div>{FIRST}<br><br>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[1:])}</div>",
    "unclosed": "<table><tr><td>" + "".join(f"<p>{p}" for p in PARAGRAPHS),
    "parts between advertisements": "<div class=ad>ADVERTISEMENT</div>".join(
        f"<div class=part><p>{p}</p></div>" for p in PARAGRAPHS
    ),
    "own dateline": f"<div><strong>MELATI, Warta Contoh</strong> - <p>{FIRST.partition(' - ')[2]}</p>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[1:])}</div>",
    "read also": f"<div>{paragraphs(extra='<p><b>Baca Juga: <a href=/z>Pawai Perahu Hias Meriahkan Kota</a></b></p>')}</div>",
    "read also in a span": f"<div>{paragraphs(extra='<span class=baca-juga>Baca juga: <a href=/z>Pawai Perahu Hias Meriahkan Kota</a></span>')}</div>",
    "wrapped each": "".join(f"<div class=w><div class=c><p>{p}</p></div></div>" for p in PARAGRAPHS),
    "form around all": f"<form>{paragraphs()}</form>",
    "lead apart": f"<div class=lead><p>{FIRST}</p></div><div class=body>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[1:])}</div>",
    "excerpt before": f"<p class=sum>{FIRST[:70]}...</p><div>{paragraphs()}</div>",
}
AROUND = {
    "plain": "{}",
    "lists on both sides": f"<ul class=m>{LINKS}</ul>{{}}<div><h3>Berita Terkait</h3><ul>{LINKS}</ul></div>",
    "teasers ahead": "".join(
        f"<div class=t><h4><a href=/{n}>Judul teras nomor {n} yang panjang</a></h4><p>{TEASER}</p></div>"
        for n in range(5)
    )
    + "{}",
    "teasers behind": "{}<section><h3>Related Posts</h3>"
    + "".join(
        f"<div class=t><h4><a href=/{n}>Judul teras nomor {n} yang panjang</a></h4><p>{TEASER}</p></div>"
        for n in range(4)
    )
    + "</section>",
    "comments": "{}<div class=k><h3>Komentar (6)</h3>"
    + "".join(
        f"<div><b>Warga {n}</b><div>Semoga program ini berlanjut dan sampai juga ke kampung kami yang jauh, nomor {n}.</div></div>"
        for n in range(6)
    )
    + "</div>",
    "furniture": "<div>Sebarkan artikel ini<a href=f>Facebook</a> <a href=w>WhatsApp</a></div>{}<p>Ikuti kami di Google News</p>"
    "<div id=respond><p>Alamat email Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *</p></div><div>Copyright © 2025 Warta. All Rights Reserved.</div>",
}
JSON_LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"%s","datePublished":"%s","author":{"name":"%s"}}</script>'
