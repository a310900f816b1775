"""First drafts of an outlet's recipe and of its sample page, for a person to review.

The page keeps the site's structure and none of its words: what is saved may be kept and passed on. The recipe's example
fails until somebody has put down what the page must give.
"""

from __future__ import annotations

import json
import re
import tomllib
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, Tag

from crawlers.extract.decode import decode_page

_REMOVED = [
    "script",
    "style",
    "noscript",
    "svg",
    "iframe",
    "form",
    "template",
    "video",
    "audio",
    "object",
    "ins",
    "source",
]
_KEPT_ATTRIBUTES = {
    "class", "id", "itemprop", "itemtype", "itemscope", "rel", "datetime", "property", "name", "type", "charset",
    "lang", "d-time", "data-date", "role",
}  # fmt: skip
_SPOKEN = {"alt", "title", "content", "aria-label"}
_DATED = re.compile(r"\d{1,2}[ /.-](?:\w{3,9}|\d{1,2})[ /.-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}[.:]\d\d(?:[.:]\d\d)?")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_ALIKE = 3  # siblings of one tag and class that stay
_SHARE = 0.6  # of the addresses that one pattern must fit to be proposed

Row = Mapping[str, Any]


@lru_cache(maxsize=1)
def _load_words() -> dict[str, Any]:
    return tomllib.loads(files("crawlers").joinpath("draft.toml").read_text(encoding="utf-8"))


def build_skeleton(body: bytes, content_type: str | None) -> str:
    """Return a page's structure with filler instead of its words; dates and labels stay, as structure hangs on them."""
    soup = BeautifulSoup(decode_page(body, content_type) or "", "lxml")
    for script in soup.find_all("script", type="application/ld+json"):
        script.replace_with(_scrubbed_script(soup, script))
    for node in soup.find_all(_REMOVED):
        if node.get("data-kept") is None:
            node.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    _thin_out(soup)
    for tag in soup.find_all(True):
        if tag.name == "script":
            del tag["data-kept"]
            continue
        tag.attrs = {
            name: kept for name, value in tag.attrs.items() if (kept := _attribute(tag, name, value)) is not None
        }
    for text in soup.find_all(string=True):
        if text.parent and text.parent.name != "script" and type(text) is NavigableString and text.strip():
            text.replace_with(_scrub(str(text)))
    return re.sub(r"\n\s*\n+", "\n", str(soup)) + "\n"


def _thin_out(soup: BeautifulSoup) -> None:
    """Leave three of many alike: items of lists, links of menus; never paragraphs that may be the article."""
    for parent in soup.find_all(True):
        alike: Counter[tuple[str, str]] = Counter()
        for child in list(parent.find_all(True, recursive=False)):
            kind = (child.name, " ".join(child.get_attribute_list("class")) if child.get("class") else "")
            alike[kind] += 1
            if alike[kind] > _MOST_ALIKE and child.name not in {"p", "br", "meta", "link", "script", "h2", "h3"}:
                child.decompose()


def _attribute(tag: Tag, name: str, value: Any) -> Any:
    if name == "href":
        return "/contoh" if tag.name == "a" else None
    if name in _KEPT_ATTRIBUTES:
        return value
    return _scrub(str(value)) if name in _SPOKEN else None


def _scrubbed_script(soup: BeautifulSoup, script: Tag) -> Tag:
    """Return linked data with its words replaced; keys, types and dates stay."""
    node = soup.new_tag("script", type="application/ld+json")
    node["data-kept"] = ""
    try:
        data = json.loads(script.string or "")
    except (json.JSONDecodeError, RecursionError):
        data = {}
    node.string = json.dumps(_scrub_data(data), ensure_ascii=False)
    return node


def _scrub_data(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _scrub_data(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_scrub_data(inner, key) for inner in value]
    if not isinstance(value, str) or (key.startswith("@") and key != "@id"):
        return value
    return "https://contoh.example/" if value.startswith("http") else _scrub(value)


@lru_cache(maxsize=1)
def _spoken_dates() -> frozenset[str]:
    """Words that a line with a date may keep: names of days and months, zones, labels."""
    known = _load_words()
    return frozenset(word for phrase in (*known["calendar"], *known["labels"]) for word in phrase.split())


def _scrub(text: str) -> str:
    """Return filler of as many words, the same for the same text; short dates and labels stay."""
    words, known = text.split(), _load_words()
    if len(text) <= 80 and _DATED.search(text):
        return _WORD.sub(lambda match: match[0] if match[0].lower() in _spoken_dates() else "Nama", text)
    lower = text.lower()
    labels: list[str] = known["labels"]
    if len(words) <= 4 and (label := next((word for word in labels if re.search(rf"\b{word}\b", lower)), "")):
        return label.capitalize() + (":" if ":" in text else "")
    filler: list[str] = known["words"]
    start = zlib.crc32(" ".join(words).lower().encode("utf-8", "replace"))
    made = " ".join(filler[(start + n) % len(filler)] for n in range(len(words)))
    made = made[:1].upper() + made[1:] + ("." if text.rstrip().endswith((".", "!", "?", '"', "”")) else "")
    return f"{' ' if text[:1].isspace() else ''}{made}{' ' if text[-1:].isspace() else ''}"


def find_name(rows: Sequence[Row]) -> str:
    """Return the name that a probed site gives itself, or a blank string."""
    return next((row["facts"].get("name", "") for row in rows if row["what"] == "home"), "")


def render_recipe(name: str, domain: str, rows: Sequence[Row], page: str | None, timezone: str) -> str:
    """Return the text of a recipe from what a probe found (records of type ``probe``).

    `page` is the name of the sample page that the example refers to; None when no article could be read. `timezone` is
    that of the office: most outlets that it looks at keep the same hours.
    """
    home = next((row for row in rows if row["what"] == "home"), None)
    system = home["facts"].get("system", "") if home else ""
    further = [name for name in home["facts"].get("domains", []) if name.startswith("*.")] if home else []
    lines = [
        f"# Drafted from what the site offers; made by: {system or 'unknown'}. Review it, then set verified = true.",
        f"name = {_quote(name)}",
        f"domains = {_quote([domain, *further])}",
        f'kind = "{_kind_of(domain)}"  # government, local, provincial, national or agency',
        f"timezone = {_quote(timezone)}  # of times that it prints without one",
    ]
    if pattern := propose_pattern(home["facts"].get("articles", []) if home else []):
        lines.append(f"article_url = ['{pattern}']")
    for row in rows:
        kind = {"rest": "wp_json", "feed": "feed", "sitemap": "sitemap"}.get(row["what"])
        if kind and row["status"] == "ok":
            lines += ["", "[[source]]", f"kind = {_quote(kind)}", f"url = {_quote(row['url'])}  # {row['detail']}"]
    lines += ["", "# Whatever the sources above miss.", "[[source]]", 'kind = "auto"']
    if home and home["url"].startswith("http://"):
        lines.append(f"url = {_quote(home['url'])}  # no TLS")
    sample = next((row for row in rows if row["what"] == "article" and row["status"] == "ok"), None)
    if page and sample:
        lines += _render_example(page, sample)
    return "\n".join(lines) + "\n"


def _kind_of(domain: str) -> str:
    """Return what kind of outlet a domain tells of: those of governments end alike, all others look local."""
    return "government" if domain.endswith(tuple(_load_words()["governments"])) else "local"


def _render_example(page: str, sample: Row) -> list[str]:
    parts = sample["facts"]["parts"]
    path = re.sub(r"[a-z]{4,}(?:[-_][\w]+)+", "judul-contoh", urlsplit(sample["url"]).path)
    address = urlsplit(sample["url"])._replace(path=path).geturl()
    lines = [
        "",
        "# The page is the site's structure with filler words. Put an invented article in its place, then say what",
        "# must be read from it: until then this example fails.",
        "[[example]]",
        f"page = {_quote(page)}",
        f"url = {_quote(address)}",
        f"title = {_quote(_load_words()['review'])}",
        f"published_at = {_quote(parts['published_at'])}",
    ]
    return [*lines, "must = []  # short pieces of the text", "must_not = []  # furniture that the page shows beside it"]


def propose_pattern(urls: Sequence[str]) -> str | None:
    """Return the path pattern that most article addresses share, or None when there is none that tells them apart."""
    patterns = Counter(_pattern_of(urlsplit(url).path) for url in urls)
    if not patterns:
        return None
    best, times = patterns.most_common(1)[0]
    telling = r"\d" in best or best.count("/") > 2
    return best if telling and times >= 3 and times >= _SHARE * len(urls) else None


def _pattern_of(path: str) -> str:
    made = []
    for segment in path.strip("/").split("/"):
        if segment.isdigit():
            made.append({4: r"\d{4}", 2: r"\d\d"}.get(len(segment), r"\d+"))
        elif re.search(r"\d{3,}", segment) and "-" in segment:
            # Each number by its own length where that is a date's, whatever stands behind the last one is the headline.
            head = re.match(r"[a-z_]*-?(?:\d+-)+", segment)
            numbers = (
                re.sub(r"\d+", lambda m: {4: r"\d{4}", 2: r"\d\d"}.get(len(m[0]), r"\d+"), head[0]) if head else ""
            )
            made.append(numbers + r"[\w.-]+")
        elif segment.count("-") + segment.count("_") >= 2:
            made.append(r"[\w.-]+")
        else:
            made.append(r"[\w-]+" if len(made) == 0 and path.count("/") > 2 else re.escape(segment).replace(r"\-", "-"))
    return "^/" + "/".join(made)


def _quote(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
