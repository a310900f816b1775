"""The text of pages of other languages: trafilatura's, and when it is not."""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

from crawlers.extract.generic import measure_likeness
from crawlers.extract.page import Extraction, Page, extract_page
from tests.crawlers.extract.invented import NOW

TITLE = "Old ferry terminal reopens after eleven years"
LINES = (
    "The council voted on Tuesday night to reopen the old ferry terminal after eleven years of debate over its cost.",
    "Engineers who examined the pier in March found that the timber piles were sounder than anybody had expected.",
    "Opponents argued that the money would be better spent on buses, which carry four times as many passengers.",
    "A first boat is planned for the spring of next year, with fares that match those of the city's old trams.",
)
OTHER = tuple(
    f"Sign up for our evening letter number {n} and never miss what the harbour has to tell you." for n in range(9)
)


def read(precise: str, broad: str = "", lines: tuple[str, ...] = LINES) -> Extraction:
    """Extract the page with what stands in for trafilatura's two modes."""

    def stand_in(_html: str, **mode: bool) -> str:
        return broad if mode.get("broad") else precise

    html = (
        f'<html lang=en><head><title>{TITLE}</title><meta property="article:published_time" content="2025-06-03T09:45:00-04:00"></head>'
        f"<body><article><h1>{TITLE}</h1>{''.join(f'<p>{line}</p>' for line in lines)}</article></body></html>"
    )
    page = Page("https://post.example/ferry", html.encode(), "text/html; charset=utf-8", NOW)
    return extract_page(page, None, stand_in)


def test_what_surrounds_an_article_goes_and_its_short_lines_stay() -> None:
    inside = ["Who pays", "Photo credit: none", "- a first stop", "Share this"]
    given = "\n".join(
        [TITLE, "3 June 2025, 09:45", *LINES[:2], *inside, *LINES[2:], "© 2025 The Post. All rights reserved."]
    )
    found = read(given)
    assert found.extractor == "trafilatura"
    want = [*LINES[:2], "Who pays", "Photo credit: none", "a first stop", "Share this", *LINES[2:]]
    assert found.text.split("\n\n") == want


def test_rows_of_a_table_are_text() -> None:
    found = read("\n".join([*LINES[:3], "| Route | Fare |", "|---|---|", "| Harbour | 2.40 |", LINES[3]]))
    assert found.text.split("\n\n") == [*LINES[:3], "Route | Fare", "Harbour | 2.40", LINES[3]]


def test_two_of_three_that_agree_are_believed() -> None:
    padded = "\n".join([*LINES, *OTHER])
    assert read(padded, "\n".join(LINES)).extractor == "generic"
    assert read(padded, padded).text.endswith(OTHER[-1])


def test_a_page_of_which_precision_mode_finds_next_to_nothing() -> None:
    assert read("", "").text.split("\n\n") == list(LINES)
    assert read(LINES[0], LINES[0]).text.split("\n\n") == list(LINES)
    shown = read("", "\n".join(LINES), lines=("Ferry.",))
    assert (shown.extractor, shown.text.split("\n\n")) == ("trafilatura", list(LINES))


def test_a_language_that_parts_no_words() -> None:
    rows = "".join(
        f"<p>市议会周二晚上投票决定，在就费用问题争论十一年之后重新开放旧渡轮码头，第{n}部分将于明年春天启用并向居民开放。</p>"
        for n in "一二三四五"
    )
    others = "<h3><a href=/b>新渡轮 春天 启用 向居民 开放</a></h3>" * 12
    html = f'<html><head><title>旧渡轮码头重新开放</title><meta property="article:published_time" content="2025-06-03T09:45:00+08:00"></head><body><article><h1>旧渡轮码头重新开放</h1>{rows}</article>{others}</body></html>'
    found = extract_page(Page("https://post.example/ferry", html.encode(), "text/html; charset=utf-8", NOW))
    assert (found.title, found.problem, found.extractor) == ("旧渡轮码头重新开放", None, "trafilatura")
    assert found.text.count("市议会周二晚上投票决定") == 5


def test_likeness() -> None:
    assert measure_likeness(LINES[0], LINES[0]) == 1.0
    assert measure_likeness(LINES[0], LINES[1]) == 0.0
    assert measure_likeness("two words", "two words") == 1.0
    assert 0.6 < measure_likeness(" ".join(LINES[:2]), LINES[0]) < 0.7


def test_a_short_page_that_says_it_is_indonesian_is() -> None:
    rows = "".join(f"<p>Acara ringan selesai sore, panitia pulang membawa bibit buah nomor {n}.</p>" for n in range(5))
    html = f"<html lang=id-ID><head><title>Acara ringan selesai sore</title></head><body><article><h1>Acara ringan selesai sore</h1><p>3 Juni 2025 16:45</p>{rows}</article></body></html>"
    found = extract_page(Page("https://post.example/acara", html.encode(), "text/html; charset=utf-8", NOW))
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2025-06-03T16:45:00+07:00"
