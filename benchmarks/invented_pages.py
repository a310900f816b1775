"""Article pages of invented sentences, for the benchmarks: plain ones, and such as a portal serves."""

from __future__ import annotations

import random
from functools import partial

WORDS = (
    "warga kampung kebun pasar sungai jembatan sekolah panen nanas perahu kelompok tani pemerintah kecamatan dermaga "
    "musim hujan saluran air jalan poros bibit harga pedagang pelajar perpustakaan guru lomba hadiah panitia tepian "
    "lahan keluarga anggaran rapat petugas posko"
)
JOINTS = "yang dan di untuk dengan dari pada akan tidak itu ini oleh para telah"
CREDIT = "Oleh Deni Saputra | Selasa, 3 Juni 2025 16:45 WIB"


def build_sentence(rng: random.Random) -> str:
    """Return an invented sentence of 8 to 22 words."""
    words = [rng.choice(JOINTS.split()) if i % 3 == 2 else rng.choice(WORDS.split()) for i in range(rng.randint(8, 22))]
    return " ".join(words).capitalize() + "."


def build_article(rng: random.Random, layout: int, least: int = 6, most: int = 16) -> tuple[str, str, str]:
    """Return (title, body as HTML, text) of an article in one of four layouts, of `least` to `most` paragraphs."""
    count = rng.randint(least, most)
    paragraphs = [" ".join(build_sentence(rng) for _ in range(rng.randint(1, 3))) for _ in range(count)]
    title = build_sentence(rng).rstrip(".").title()
    also = f'<p><strong>Baca juga: <a href="/z">{build_sentence(rng)}</a></strong></p>'
    body = [
        "".join(f"<p>{p}</p>{also if i == 2 else ''}" for i, p in enumerate(paragraphs)),
        "<br><br>".join(paragraphs),
        "".join(f"<div>{p}</div>" for p in paragraphs),
        f"{paragraphs[0]}<br><br>" + "".join(f"<p>{p}</p>" for p in paragraphs[1:]),
    ][layout]
    return title, body, "\n\n".join(paragraphs)


def build_page(rng: random.Random, layout: int, padding: int) -> tuple[str, str]:
    """Return (html, text) of a plain page, with `padding` list items on either side of the article."""
    title, body, text = build_article(rng, layout)
    lists = "".join(
        f'<li class="item"><a href="/baca/{n}"><img src="/foto/{n}.jpg" alt=""></a>'
        f'<h4><a href="/baca/{n}">{build_sentence(rng)[:60]}</a></h4><small>{n % 23 + 1} jam lalu</small></li>'
        for n in range(padding)
    )
    html = (
        f'<!doctype html><html lang="id"><head><title>{title} - Warta</title>'
        f'<meta property="og:title" content="{title}"></head><body><ul class="menu">{lists}</ul><h1>{title}</h1>'
        f"<div class=meta>{CREDIT}</div><div class=isi>{body}</div>"
        f"<div class=terkait><h3>Berita Terkait</h3><ul>{lists}</ul></div>"
        f"<div class=foot>Copyright © 2025 Warta. All Rights Reserved.</div></body></html>"
    )
    return html, text


def build_portal_page(rng: random.Random, layout: int) -> tuple[str, str]:
    """Return (html, text) of a page in the proportions of a real one.

    Modelled on 65 saved article pages of 60 to 450 kB, most of them of German, French and English outlets: bytes,
    elements of each kind, share of scripts and of attributes, text, nesting and gaps lie about their medians and means.
    """
    title, body, text = build_article(rng, layout, 20, 36)
    box = partial(_box, rng)
    path = box("breadcrumb", *(box("crumb", _link(rng, 12), tag="li") for _ in range(3)), tag="ul")
    meta = box("article-meta", box("credit", CREDIT, tag="span"), *(_button(rng) for _ in range(3)))
    share = box("share", *(box("share-item", _link(rng, 8, "i"), tag="li") for _ in range(5)), tag="ul")
    figure = box("lead-image", _image(rng), box("caption", build_sentence(rng), tag="figcaption"), tag="figure")
    tags = box("tags", *(box("tag", _link(rng, 10), tag="li") for _ in range(6)), tag="ul")
    head = box("article-head", path, f"<h1>{title}</h1>", meta, share)
    article = box("article", head, figure, box("article-body", box("isi", body)), _advert(rng), tags, tag="article")
    ranks = (box("rank-item", box("rank", str(n), tag="span"), _link(rng, 60), tag="li") for n in range(1, 16))
    side = box("sidebar", *(_advert(rng) for _ in range(14)), box("widget", "<h4>Terpopuler</h4>", box("", *ranks)))
    cards = box("terkait", "<h3>Berita Terkait</h3>", *(_card(rng, "h3" if n < 9 else "div") for n in range(26)))
    row = box("row", box("column", article, cards), box("column", side, *(_button(rng) for _ in range(5))))
    html = (
        f'<!doctype html>\n<html lang="id">\n<head>\n<title>{title} - Warta</title>\n'
        f'<meta property="og:title" content="{title}">\n{_claims(rng)}\n{_scripts(rng, 9)}</head>\n<body>\n'
        f"{box('page', box('wrapper', _header(rng), box('content', box('container', row)), _footer(rng)))}\n"
        f"{_scripts(rng, 8)}</body>\n</html>"
    )
    return html, text


def _header(rng: random.Random) -> str:
    items = (_box(rng, "menu-item", _link(rng, 18, "span" if n % 3 else ""), tag="li") for n in range(48))
    menu = _box(rng, "navbar", _box(rng, "menu", *items, tag="ul"), tag="nav")
    return _box(rng, "header", _box(rng, "container", menu, *(_button(rng) for _ in range(5))), tag="header")


def _footer(rng: random.Random) -> str:
    tags = ("div", "li", "div", "li")
    links = (_box(rng, "column", *(_box(rng, "", _link(rng, 16), tag=tag) for _ in range(9))) for tag in tags)
    return _box(rng, "footer", _box(rng, "container", *links), tag="footer")


def _attributes(rng: random.Random, name: str) -> str:
    """Return the attributes of an element: 60 characters in the mean, classes and what scripts look for."""
    extra = f' data-id="{rng.randrange(10**7)}" data-track="{name or "item"}-click"' if rng.random() < 0.35 else ""
    return f'class="{name} {name}--{rng.choice(("small", "wide", "first"))} js-{name}"{extra}' if name else ""


def _box(rng: random.Random, name: str, *inside: str, tag: str = "div") -> str:
    gap = "\n" + 6 * " "
    return f"<{tag} {_attributes(rng, name)}>{gap}{gap.join(inside)}\n</{tag}>"


def _button(rng: random.Random) -> str:
    icon = '<svg viewBox="0 0 24 24"><path d="M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z"></path></svg>'
    return f'<button type="button" {_attributes(rng, "button")}>{icon}</button>'


def _link(rng: random.Random, size: int, tag: str = "") -> str:
    label = build_sentence(rng)[:size].strip()
    slug = "-".join(build_sentence(rng).rstrip(".").lower().split()[:8])
    inner = f"<{tag}>{label}</{tag}>" if tag else label
    return f'<a {_attributes(rng, "link")} href="https://warta.example/baca/{rng.randrange(10**6)}/{slug}">{inner}</a>'


def _image(rng: random.Random) -> str:
    number = rng.randrange(10**8)
    sources = ", ".join(f"https://cdn.example/foto/{number}/{width}x.webp {width}w" for width in range(160, 1600, 120))
    return f'<img {_attributes(rng, "thumb")} src="/foto/{number}.jpg" srcset="{sources}" loading="lazy" alt="">'


def _card(rng: random.Random, heading: str) -> str:
    box = partial(_box, rng)
    meta = f"<span>Daerah</span> <small>{rng.randint(1, 23)} jam lalu</small>"
    label = box("card-title", _link(rng, 70), tag=heading)
    teaser = f"<p><strong>Warta</strong> {build_sentence(rng)}</p>"
    picture = f'<a href="/baca/{rng.randrange(10**6)}">{_image(rng)}</a>'
    return "<!-- kartu -->" + box("card", picture, box("card-body", label, teaser, meta))


def _advert(rng: random.Random) -> str:
    return _box(rng, "advert", _box(rng, "advert-inner", _box(rng, "advert-slot", "")), _script(rng, 120))


def _claims(rng: random.Random) -> str:
    """Return what stands in a page's head for machines."""
    metas = [f'<meta name="warta:{n}" content="{build_sentence(rng)[:50]}">' for n in range(28)]
    links = [f'<link rel="preload" as="style" href="https://cdn.example/aset/{rng.randrange(10**9)}.css">'] * 22
    return "\n".join([*metas, *links, f"<style>{'.a{margin:0}' * 60}</style>"])


def _scripts(rng: random.Random, count: int) -> str:
    return "".join(_script(rng, 1500) for _ in range(count))


def _script(rng: random.Random, size: int) -> str:
    lines: list[str] = []
    while sum(map(len, lines)) < size:
        names = [f"{rng.choice('abcdefgh')}{rng.randrange(4000):x}" for _ in range(6)]
        lines.append(f"var {names[0]}=function({names[1]}){{return {names[2]}.{names[3]}({names[4]}||'{names[5]}')}};")
    return f"<script>{''.join(lines)}</script>\n"
