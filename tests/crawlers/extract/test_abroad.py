"""Pages of other languages, and addresses of and on a page."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

import pytest

from tests.crawlers.extract.invented import TITLE, paragraphs, read


@pytest.mark.parametrize(
    ("url", "link", "expected"),
    [
        ("https://warta.example/b/judul", "?page=2", ("https://warta.example/b/judul?page=2", False)),
        ("https://warta.example/b/judul", "?page=all", ("https://warta.example/b/judul?page=all", True)),
        ("https://warta.example/b/judul", "?single=1", ("https://warta.example/b/judul?single=1", True)),
        ("https://warta.example/b/judul/", "/b/judul/2/", ("https://warta.example/b/judul/2/", False)),
        ("https://warta.example/b/judul?page=2", "?page=3", ("https://warta.example/b/judul?page=3", False)),
        ("https://warta.example/b/judul?page=all", "?page=2", (None, False)),
        ("https://warta.example/b/judul", "/b/lain?page=2", (None, False)),
        ("https://warta.example/b/judul", "https://lain.example/b/judul?page=2", (None, False)),
    ],
)
def test_the_link_to_an_articles_next_page(url: str, link: str, expected: tuple[str | None, bool]) -> None:
    html = f"<html lang=id><title>{TITLE}</title><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><div>{paragraphs()}</div><a href='{link}'>Lanjut</a>"
    found = read(html, url)
    assert (found.next_page, found.next_is_whole) == expected


def test_other_addresses_of_the_page() -> None:
    html = (
        f"<html lang=id><head><title>{TITLE}</title><link rel=canonical href='https://warta.example/b/judul'><link rel=amphtml href='/amp/b/judul'>"
        f"<link rel=shortlink href='https://warta.example/?p=7'></head><body><h1>{TITLE}</h1><p>3 Juni 2025 16:45 WIB</p><div>{paragraphs()}</div>"
    )
    found = read(html)
    assert found.canonical_url == "https://warta.example/b/judul"
    assert found.aliases == ("https://warta.example/amp/b/judul", "https://warta.example/?p=7")


def test_pages_of_other_languages() -> None:
    sentences = [
        "The council voted on Tuesday night to reopen the old ferry terminal after eleven years of debate over its cost.",
        "Engineers who examined the pier in March found that the timber piles were sounder than anybody had expected.",
        "“We are not buying nostalgia, we are buying a shorter way to work,” said Margaret Hollis, who chairs the harbour board.",
        "Opponents argued that the money would be better spent on buses, which carry four times as many passengers every day.",
        "A first boat is planned for the spring of next year, with fares that match those of the city's trams.",
    ]
    html = (
        '<html lang=en><head><title>Ferry returns | The Harbour Post</title><meta property="article:published_time" content="2025-06-03T09:45:00-04:00"></head>'
        f"<body><nav><a href=/>Home</a></nav><article><h1>Ferry returns</h1><p>By Jane Miller</p>{''.join(f'<p>{s}</p>' for s in sentences)}</article><footer>© 2025</footer>"
    )
    found = read(html)
    assert found.published_at is not None
    assert (found.title, found.published_at.isoformat()) == ("Ferry returns", "2025-06-03T09:45:00-04:00")
    assert " ".join(sentences).split() == found.text.split()
    assert found.byline == "Jane Miller"


ABROAD = (
    "Der Rat stimmte am Dienstagabend dafür, den alten Anleger nach elf Jahren des Streits über die Kosten wieder zu öffnen.",
    "Wer die Brücke im März untersucht hatte, fand die Pfähle in besserem Zustand, als irgendjemand in der Stadt erwartet hatte.",
    "Das Geld sei bei den Bussen besser angelegt, meinten die Gegner, denn diese beförderten jeden Tag viermal so viele Menschen.",
)


@pytest.mark.parametrize(
    ("head", "behind", "day"),
    [
        ('<p><time datetime="2019-07-03T10:18:46Z">Am 29. Juni 2019</time></p>', "", "2019-06-29"),  # changed later
        ('<p><time datetime="2019-03-04T10:18:46Z">04/03/2019</time></p>', "", "2019-03-04"),
        ("<p>von Klaus Muster, 8.5.12</p>", "", "2012-05-08"),
        ("<p>04/03/2019 von Klaus Muster</p>", "", "2019-03-04"),  # nobody there writes the month first
        ('<p><a href="/2017/08/08/">08.08.2017</a> <a href="/k">Klaus Muster</a> <a href="/s">Stadt und Hafen</a> <a href="/v">Verkehr und Wege</a></p>', "", "2017-08-08"),
        ("", "<dl><dt>Datum</dt><dd>12.01.2017</dd></dl>", "2017-01-12"),
        ("<p>Heute noch anmelden: join us today</p>", f"<p>{ABROAD[2]}</p><p>Stand: 2. Mai 2020</p>", "2020-05-02"),
    ],
)  # fmt: skip
def test_days_that_pages_of_other_languages_print(head: str, behind: str, day: str) -> None:
    title = "Der alte Anleger kehrt zurück"
    text = f"<p>{ABROAD[0]}</p>{behind}<p>{ABROAD[1]}</p><p>{ABROAD[2]}</p>"
    found = read(
        f"<html lang=de><title>{title}</title><body><article><h1>{title}</h1>{head}<div>{text}</div></article>"
    )
    assert found.published_at is not None
    assert found.published_at.date().isoformat() == day


@pytest.mark.parametrize(
    ("head", "line", "byline"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"Klara Muster"},{"name":"Jan Beispiel"}]}</script>', "<p class=author>Reporterin der Hafenpost</p>", "Klara Muster, Jan Beispiel"),
        ('<meta name="author" content="Von Klara Muster">', "", "Klara Muster"),
        ('<meta name="author" content="Hafenpost">', "<p class=author>Von Klara Muster</p>", "Klara Muster"),  # the site itself
        ("", "<p class=byline>von</p><p class=byline>Klara Muster</p>", "Klara Muster"),
        ("", "<p class=byline>3. Juli 2019</p>", None),
    ],
)  # fmt: skip
def test_names_on_pages_of_other_languages(head: str, line: str, byline: str | None) -> None:
    title = "Der alte Anleger kehrt zurück"
    text = "".join(f"<p>{sentence}</p>" for sentence in ABROAD)
    found = read(
        f"<html lang=de><title>{title}</title>{head}<body><article><h1>{title}</h1>{line}<div>{text}</div></article>",
        "https://www.hafenpost.example/anleger",
    )
    assert found.byline == byline


def test_a_kicker_before_the_headline_leaves_no_mark_in_it() -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in ABROAD)
    found = read(
        f"<html lang=de><title>Hafen: Der alte Anleger kehrt zurück</title><body><article><h1><span class=kicker>Hafen</span><span class=headline>: Der alte Anleger kehrt zurück</span></h1>{text}</article>"
    )
    assert found.title == "Der alte Anleger kehrt zurück"
