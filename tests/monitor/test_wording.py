"""Every text that a reader sees exists in every language, with the same fields to fill in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from monitor.render import labels, reasons
from monitor.render.wording import LOCALES, flatten, load_wording

MONITOR = Path(labels.__file__).resolve().parent.parent
IN_TEMPLATE = re.compile(r"""\bsay\("((?:[^"\\]|\\.)*)\"""")
LANGUAGES = sorted(path.stem for path in LOCALES.glob("*.po"))


def said_in_code() -> Iterator[str]:
    for path in MONITOR.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name == "say" and isinstance(node.args[0].value, str):
                    yield node.args[0].value


def said_in_templates() -> Iterator[str]:
    for path in MONITOR.rglob("*.j2"):
        yield from IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))


def said_by_label() -> Iterator[str]:
    for name, value in vars(reasons).items():
        yield from value.values() if name.isupper() and isinstance(value, dict) else ()
    for name, value in vars(labels).items():
        if name.isupper():
            yield from value.values() if isinstance(value, dict) else (value,)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def read_texts(lang: str) -> dict[str, tuple[str, ...]]:
    """Return the texts of a catalogue, each with its one form, or that for one and that for several."""
    texts = {}
    with (LOCALES / f"{lang}.po").open("rb") as stream:
        for message in read_po(stream, locale=lang, abort_invalid=True):
            text, forms = (part if isinstance(part, tuple) else (part,) for part in (message.id, message.string))
            if text[0] and all(forms):
                assert len(set(text)) == 1, "Indonesian has one form"
                texts[str(text[0])] = tuple(map(str, forms))
    return texts


ALL_TEXTS = sorted({*said_in_code(), *said_in_templates(), *said_by_label()})


def test_texts_are_found() -> None:
    assert len(ALL_TEXTS) > 50
    assert LANGUAGES == ["en"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_catalogue_is_complete_and_holds_nothing_else(lang: str) -> None:
    texts = read_texts(lang)
    assert [text for text in ALL_TEXTS if text not in texts] == []
    assert [text for text in texts if text not in ALL_TEXTS] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_translations_fill_in_the_same_fields(lang: str) -> None:
    texts = read_texts(lang).items()
    assert {text: forms for text, forms in texts if any(fields(text) != fields(said) for said in forms)} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_read_was_made_from_what_people_edit(lang: str) -> None:
    wording = load_wording(lang)
    texts = read_texts(lang).items()
    assert {text: forms for text, forms in texts if wording.say(text) != forms[-1]} == {}, "run `make words`"
    several = [(text, forms) for text, forms in texts if len(forms) > 1]
    assert {text for text, forms in several if wording.texts.ngettext(text, text, 1) != forms[0]} == set()


def test_one_is_told_apart_from_several_where_a_language_does() -> None:
    indonesian, english = load_wording("id"), load_wording("en")
    assert [english.say("{n} artikel", n=n) for n in (0, 1, "1", 2, "1,000")] == [
        "0 articles", "1 article", "1 article", "2 articles", "1,000 articles",
    ]  # fmt: skip
    assert [english.say("peristiwa", n=n) for n in (1, 3)] == ["story", "stories"]
    assert english.say("peristiwa") == "stories"  # above a column
    assert english.say("Belum ditanggapi dari {days} hari sebelumnya: {n}", days=7, n=1).startswith(
        "Still unanswered from the previous 7 days"
    )
    assert indonesian.say("{n} artikel", n=1) == "1 artikel"


def test_days_and_numbers_are_written_as_each_language_does() -> None:
    indonesian, english = load_wording("id"), load_wording("en")
    assert indonesian.day("2024-10-30") == "Rabu, 30 Oktober 2024"
    assert english.day("2024-10-30") == "Wednesday, 30 October 2024"
    assert indonesian.moment("2024-10-30T18:23:00+07:00") == "30 Okt 18.23"
    assert indonesian.number(1234.5) == "1.234,5"
    assert english.number(1234.5) == "1,234.5"
    assert indonesian.share(1, 3) == "33%"
    assert indonesian.share(0, 0) == "–"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Judul\nbaru", "Judul baru"),
        ("a\u202eb\u2066c", "a b c"),
        ("pem\u00adbangunan\u200b \ufeffjalan", "pembangunan jalan"),
        ("\u200b\u200b", ""),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 15 + "\u200b" + "x" * 15 + "\u200b" + "x" * 11),
        ("kata-" * 20, "kata-" * 20),
        ("\x1b[31mmerah", "[31mmerah"),
        ("  dua   spasi ", "dua spasi"),
        ("keluarga 👨‍👩‍👧", "keluarga 👨‍👩‍👧"),
    ],
)
def test_text_from_outside_becomes_one_printable_line(given: str, shown: str) -> None:
    assert flatten(given) == flatten(shown) == shown


def test_media_are_outlets_in_english_and_the_press_where_articles_are_counted() -> None:
    english = load_wording("en")
    assert english.say(labels.MENU["/outlets"]) == "Outlets"
    assert english.say("Media", n=1) == "Outlet", "above names"
    assert english.say(labels.COUNT_COLUMNS["earned"]) == "Press", "beside government and paid"


def test_a_clock_has_the_point_or_colon_of_its_language() -> None:
    at = "2024-10-30T18:23:00+07:00"
    assert [load_wording(lang).moment(at) for lang in ("id", "en")] == ["30 Okt 18.23", "30 Oct 18:23"]
    assert load_wording("en").published_on(at) == "Wednesday, 30 October 2024, 18:23"
