"""The grammar of a writer's name in a printed line: behind a label, up to what is no name any more.

Where on a page names are looked for, and which is believed, is ``byline``'s to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from crawlers.extract.dates import MONTHS
from crawlers.extract.words import label_pattern, line_pattern, load_words, lower_pattern, word_set

BREAK = re.compile(r"\s+[-–—|•·●∙▪]+(?:\s+|$)|\s*[|•·●∙▪;]\s*|,\s+(?=\d)|\s{2,}")
_DAYS = "senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SHORT_DAYS = "sen|sel|rab|kam|jum|sab|min|mon|tue|wed|thu|fri|sat|sun"
_WEEKDAY = re.compile(rf",?\s*\b(?:{_DAYS})\b.*$", re.IGNORECASE)
SHORT_DAY = re.compile(rf",?\s*\b(?:{_SHORT_DAYS})[.,]*$", re.IGNORECASE)
_SHORT_DATED = re.compile(rf",\s*(?:{_SHORT_DAYS})[.,]*\s+\d.*$", re.IGNORECASE)  # "operator, Sel, 03/06/2025"
TIME_ONLY = re.compile(  # a line that tells nothing but a weekday, a clock, or that one follows
    rf"\W*(?:{_DAYS}|pukul|pkl|jam|waktu|(?:pukul|pkl|jam)?\W*\d{{1,2}}[.:]\d\d(?:[.:]\d\d)?(?: wi[bt]a?)?)\W*",
    re.IGNORECASE,
)
_ON_DAY = re.compile(
    rf"\s+(?i:on|pada|di|dalam|in)\s+(?:(?i:{_SHORT_DAYS}|kategori|rubrik|kanal|category)\b|\d|[A-Z][a-z]+ \d).*$"
    r"|\s+/\s+(?i:in|on|di|dalam|pada)\s.*$"
)
_AGO = re.compile(r",?\s*(?<!\w)(?:\d{1,3}\s*|se)[a-z]{3,7}\s+(?:yang\s+)?(?:lalu|ago)\b.*$", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf",?\s*\b(?:{'|'.join(MONTHS)})\.?\s+\d{{1,2}}(?!\d).*$", re.IGNORECASE)
_NEXT_LABEL = re.compile(r"[\s,(/]+[A-Za-z]{2,14} ?:\s*\S.*$")  # "Rina Amelia, foto: Deni", "rina Dibaca: 12 kali"
_DATED = re.compile(r"(?:\d|\b(?:wib|wita|wit|lalu|ago))$", re.IGNORECASE)
DOMAIN = re.compile(r"\w\.(?:com|co|id|net|org|tv|info|news)\b", re.IGNORECASE)
_ISO_DAY = re.compile(r"[\s,(]*\b(?:19|20)\d\d-\d\d-\d\d.*$")
_MAIL = re.compile(r"[\s(]*[\w.+-]+@\w.*$")
_CLOCK = re.compile(r",?\s*\(?(?:\b(?:pukul|pkl|jam)\W+)?(?<![\w.:])\d{1,2}[.:]\d\d(?![\w.]).*$")
_INITIALS = re.compile(r"\s*[(\[][a-z0-9/]{1,8}[)\]]$")
SHORTENED = re.compile(r"(?:^|\s)(?:[A-Z]\.|\w[\w.]*\.\w+\.)$")  # "Lina M.", "S.Sos.": the dot is the name's
_AND = re.compile(r"[&/+]|\b(?:dan|and)\b")
_LABEL, _SHORT_NAME = 22, 3  # characters that a label alone has at most, a name beside it at least
_INITIAL = re.compile(r"[a-z][A-Za-z\d]{1,15}(?:/[a-z\d]{1,10})?")  # how small papers sign
_PLACE = r"[A-Z][\w'’-]*"  # a word of its name
_NAME = re.compile(r"(?:(?:dr|drg|drh|ir)\. ?)?[A-Z][\w.'’`-]*(?:,? ?[ /,&][\w.'’`/&()-]+){0,6},?")


def labelled(text: str, kind: str) -> Iterator[str]:
    """Yield the names that stand behind a label of the kind "author" or "editor" in a line."""
    if not _has_label(text):
        return
    bare = cut_places(join_labels(text.strip(), kind))
    if line_pattern("byline", "role").fullmatch(bare):  # "Wartawan Daerah" names nobody
        return
    other = label_pattern("editor" if kind == "author" else "author")
    for match in label_pattern(kind).finditer(bare):
        if not match["mark"] and match["label"].lower() in word_set("byline", "marked"):
            continue
        lead = bare[: match.start()].strip(" -–—|([:•·*")
        deed = match["label"].lower().endswith(("oleh", "by"))  # "3 Juni 2025 oleh rina"; "Penulis lepas" is a trade
        parted = lead[-1:] in "|-)" or _ends_part(bare[: match.start()]) or (deed and _DATED.search(lead))
        if lead and not match["mark"] and not parted:
            continue
        rest = bare[match.end() :].lstrip(" :-–—")
        cut = min(
            (
                m.start()
                for m in (*other.finditer(rest), *label_pattern(kind).finditer(rest))
                if m.start() and (m["mark"] or _ends_part(rest[: m.start()]))
            ),
            default=len(rest),
        )
        if (name := clean_name(rest[:cut])) and (match["mark"] or deed or not name[0].islower()):
            yield name


def join_writers(lines: Iterable[str]) -> Iterator[str]:
    """Yield the authors that lines name behind a label; those of neighbours with one label wrote together."""
    before, together = "", list[str]()
    for line in lines:
        label = match["label"].lower() if (match := label_pattern("author").match(line)) else ""
        names = list(labelled(line, "author"))
        if together and (not label or label != before or not names):
            yield ", ".join(dict.fromkeys(together))
            together = []
        if label:
            before, together = label, [*together, *names[:1]]
        else:
            yield from names
    if together:
        yield ", ".join(dict.fromkeys(together))


def join_labels(text: str, kind: str) -> str:
    """Return "Reporter: Rina Amelia" for "Redaktur & Reporter: Rina Amelia", who is both; `kind` as in `labelled`."""
    return _pair_pattern().sub(load_words()["byline"][kind][0], text) if ":" in text and _AND.search(text) else text


def cut_places(text: str) -> str:
    """Take off a line the place that somebody writes from.

    "Kontributor Hulu: Rina", "Kontributor Hulu, Rina Amelia" and "Kontributor: Rina, Hulu" name Rina.
    """
    if not any(mark in text for mark in (":", ",", " dari ")):
        return text
    before, apart, behind = _place_patterns()
    return behind.sub(r"\1", apart.sub(r"\1: ", before.sub(r"\1: ", text)))


@cache
def _place_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    placed, posted, desks = (
        "|".join(re.escape(label).replace(r"\ ", r"\s+") for label in load_words()["byline"][key])
        for key in ("placed", "posted", "desks")
    )
    words = rf"{_PLACE}(?:\s{_PLACE}){{0,2}}"
    return (
        re.compile(rf"(?<!\w)((?i:{placed}))\s+(?!Foto\b){words}\s*:\s*(?=[A-Z])"),
        re.compile(rf"(?<!\w)((?i:{posted}))\s+{_PLACE},\s+(?=[A-Z][\w.'’-]*\s+[A-Z])"),
        re.compile(
            rf"((?<!\w)(?i:{desks})\s*:?\s*(?!(?i:{placed})\b)[A-Z][^,|/:]{{3,40}}?)"
            rf"(?:,\s+(?=\w{{4}})|\s+dari\s+){words}\s*(?:\([^()]*\)\s*)?$"
        ),
    )


@lru_cache(1024)  # asked of a line for authors and for editors
def _has_label(text: str) -> bool:
    """Say whether a line holds any label, which few do: in lower case that is told in half the time."""
    return bool(_label_pattern().search(text.lower()))


@cache
def _label_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_label()})\b")


def _any_label() -> str:
    """Return the pattern of every label of author and editor."""
    labels = sorted((*word_set("byline", "author"), *word_set("byline", "editor")), key=len, reverse=True)
    return "|".join(re.escape(label).replace(r"\ ", r"\s+") for label in labels)


@cache
def _pair_pattern() -> re.Pattern[str]:
    one = _any_label()
    return re.compile(rf"(?<!\w)(?:{one})\s*(?:[&/+]|dan\b|and\b)\s*(?:{one})(?=\s*:)", re.IGNORECASE)


def join_rows(lines: list[str]) -> list[str]:
    """Return "Reporter: Rina Amelia" for lines of label and name: the cells of a row, a term and its meaning.

    Where every label has a name before it and the last one none behind it, as in cards, the name stands first.
    """
    labels = {}
    for index, line in enumerate(lines):
        label = line.rstrip(" :") if len(line) < _LABEL else ""
        if label and any(label_pattern(kind).fullmatch(label) for kind in ("author", "editor")):
            labels[index] = label
    if labels and not any(lines[at].endswith(":") for at in labels):
        behind = lines[max(labels) + 1 : max(labels) + 2]
        named = any(is_name(line) or is_account(line) for line in behind)
        if all(at and is_name(lines[at - 1]) for at in labels) and not named:
            return [f"{label}: {lines[at - 1]}" for at, label in labels.items()]
    rows = []
    for index, label in labels.items():
        said = next((text for line in lines[index + 1 : index + 3] if (text := line.lstrip(" :"))), "")
        if len(said) >= _SHORT_NAME and is_name(said):
            rows.append(f"{label}: {said}")
    return rows


def split_card(text: str, pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of a block: two for a card that says in the same line what somebody is, else the one."""
    label = pieces[1].rstrip(" :") if len(pieces) == 2 and len(pieces[1]) < _LABEL else ""
    return pieces if label and any(label_pattern(kind).fullmatch(label) for kind in ("author", "editor")) else (text,)


def clean_name(text: str) -> str:
    """Cut a name out of what follows a label: up to a separator, a date, a weekday; without trailing initials."""
    if " " in text and line_pattern("byline", "role").fullmatch(text):  # a desk may sign with the one word
        return ""
    text = _SHORT_DATED.sub("", text.replace(" ,", ","))
    text = _AGO.sub("", text)  # before the days of the week, of which "minggu" is one
    text = _MONTH_FIRST.sub("", _CLOCK.sub("", _WEEKDAY.sub("", _ON_DAY.sub("", text))))
    while (label := label_pattern("author").match(text)) and (
        label["mark"] or text[label.end() :].lstrip()[:1].isupper()
    ):
        text = text[label.end() :].lstrip()
    text = _MAIL.sub("", text) if "@" in text else text
    text = _ISO_DAY.sub("", text)
    if ":" in text and (label := _NEXT_LABEL.search(text)):
        before = text[: label.start()]
        text = "" if before.endswith(".") and not SHORTENED.search(before) else before  # a sentence: a caption's
    text = (
        re.sub(r",?\s*(?<!\w)\d{1,2}[\s/-].*$", "", text) if re.search(r"\d{1,2}[\s/-]\w+[\s/-]\d{2,4}", text) else text
    )
    text = BREAK.split(text.strip(" -–—|•·"), maxsplit=1)[0]
    text = _INITIALS.sub("", text).strip(' ,:;-–—|/*"“”')
    text = _cut_role(text if SHORTENED.search(text) else text.strip(" .,"))
    if text.endswith(")") and "(" not in text:
        text = text[:-1].strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    words = text.split()
    if (
        not 1 <= len(words) <= 8
        or (words[-1].lower() in ("by", "oleh") and label_pattern("author").fullmatch(text))
        or len(text) > 60
        or not any(c.isalpha() for c in text)
        or text.startswith(("http", "@"))
    ):
        return ""
    return "" if {w.lower().strip(",.") for w in words} & word_set("byline", "never") else text


def _cut_role(text: str) -> str:
    """Take what somebody is, or for what desk, off the end of the name: "Rina Amelia, Reporter", "Rina (Biro Hulu)"."""
    match = re.search(r"\s*[,(/-]\s*([A-Za-z. ]{4,24})\)?$", text)
    told = match and any(line_pattern("byline", kind).fullmatch(match[1]) for kind in ("role", "desk"))
    return text[: match.start()] if match and told else text


def with_role(text: str) -> str:
    """Return the name in a line that says behind it what it is: "Rina Amelia, Reporter"; blank for any other."""
    bare = text.strip(" |–—-")
    bare = bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare
    name = _cut_role(bare)
    return clean_name(name) if name != bare and is_name(name.strip()) else ""


def is_name(text: str) -> bool:
    """Say whether a short text could be a writer's name."""
    return bool(_NAME.fullmatch(text)) and bool(clean_name(text)) and not line_pattern("line", "whole").fullmatch(text)


def stands_alone(text: str) -> bool:
    """Say whether a short text beside a date, without a label, could be a writer's name or initials.

    Months are none, nor phrases such as "Catatan dari lapangan".
    """
    lower = text.lower()
    named = is_name(text) or _INITIAL.fullmatch(text)
    return (
        bool(named)
        and lower not in MONTHS
        and lower not in word_set("byline", "sections")
        and _phrase_words().isdisjoint(lower.split())
    )


@cache
def _phrase_words() -> frozenset[str]:
    return word_set("page", "stopwords") - {"dan"}


def is_generic(name: str) -> bool:
    """Say whether a name is an account's or a desk's, which says nothing of who wrote."""
    return bool(lower_pattern("byline", "generic").fullmatch(name.strip().lower()))


def is_account(name: str) -> bool:
    """Say whether a name is written as that of an account, or as initials: somebody's full name tells more."""
    return " " not in name and name == name.lower()


def _ends_part(text: str) -> bool:
    return bool(re.search(r"[|•·;,/)(\-–—]\s*$|\s{2,}$", text))
