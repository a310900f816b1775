"""Pages of lists to walk."""

from __future__ import annotations

import json
from datetime import timedelta

from crawlers.sources.walk import Reply
from tests.crawlers.conftest import NOW

HOME = "https://kabar.example"
Pages = dict[str, str | bytes | Reply]


def card(number: int, when: str) -> str:
    title = f"Warga membangun jembatan nomor {number}"
    path = f"/b/{10000 + number}/warga-membangun-jembatan-{number}"
    return f'<div class="c"><a href="{path}"><h3>{title}</h3></a><span>{when}</span></div>'


def page(*cards: str, more: str = "") -> str:
    old = '<a href="/b/10999/banjir-besar-yang-lama-sekali">Banjir besar yang lama sekali</a> <i>12 Januari 2019</i>'
    side = f'<ul class="s"><li>{old}</li></ul>'
    return f"<html><body><nav><a href='/kanal/desa'>Desa</a></nav>{''.join(cards)}{more}{side}</body></html>"


def numbered(pages: int, link: str, per_page: int = 4) -> Pages:
    site: Pages = {}
    for n in range(1, pages + 1):
        cards = [
            card(i, (NOW - timedelta(days=i)).strftime("%d/%m/%Y %H:%M"))
            for i in range((n - 1) * per_page, n * per_page)
        ]
        target = link.format(n=n + 1, offset=n * per_page)
        site[HOME + ("/l" if n == 1 else link.format(n=n, offset=(n - 1) * per_page))] = page(
            *cards, more=f'<div class="p"><b>{n}</b><a href="{target}">{n + 1}</a></div>' if n < pages else ""
        )
    return site


def jsonp_rows(start: int) -> list[dict[str, str]]:
    row = {"title": f"B {start}", "url": f"/desa/9{start}/berita-desa-kita", "date": "2026-03-01 10:00:00"}
    return [row] if start < 60 else []


def answer(number: int, kind: str) -> str:
    rows = [
        {"judul": f"Panen raya ke-{i}", "url": f"{HOME}/baca/{5000 + i}/panen-raya-hulu-ke-{i}"}
        for i in range(number * 4 - 4, number * 4)
    ]
    if kind == "rows":
        return json.dumps(
            {"data": {"data": rows, "next_page_url": f"{HOME}/muat?page={number + 1}" if number < 4 else None}}
        )
    if kind == "markup in data":
        return json.dumps(
            {"status": True, "html": "".join(f"<a href='{row['url']}'>{row['judul']} di hulu</a>" for row in rows)}
        )
    return "".join(f"<a href='{row['url']}'>{row['judul']} di hulu</a>" for row in rows)
