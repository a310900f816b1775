"""What a page says about itself to machines: JSON-LD, meta elements, links, and the data of pages drawn by scripts.

Read as claims; ``published``, ``titles`` and ``byline`` weigh them against what the reader sees.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.addresses import join_address
from crawlers.extract.blocks import INVISIBLE
from crawlers.extract.state import find_state_article, is_editor, may_have_written

_WRAPPING = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$")
NESTED = 4  # lists and graphs in one another that are looked into
ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|NewsItem|Review|AdvertiserContent)", re.IGNORECASE)
DATE_KEYS = (
    "article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dtk:createddate",
    "content_publisheddate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "article:published",
    "og:published_time",
    "published_time",
    "datecreated",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "article_date_original",
    "originalpublicationdate",
    "og:article:published_time",
    "rnews:datepublished",
    "bt:pubdate",
    "og:pubdate",
    "published_at",
    "published",
    "article.created",
    "creation_date",
    "dcterms.issued",
    "dcterms.date",
    "dcsext.articlefirstpublished",
    "cxenseparse:publishtime",
    "prism.publicationdate",
    "vr:published_time",
    "ptime",
    "pdate",
    "citation_publication_date",
    "timestamp",
    "date",
)
MODIFIED_KEYS = ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified")
AUTHOR_KEYS = (
    "content_author",
    "article:author_name",
    "author",
    "article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
)
# in the data of a page drawn by scripts
_STATE_AUTHORS = ("authors", "author", "writer", "penulis", "reporter", "wartawan", "pewarta", "author_name")
_NAMES = ("name", "nama", "full_name", "fullName", "nama_lengkap", "display_name", "displayName")  # of somebody
SECTION_KEYS = ("article:section", "content_category", "parsely-section", "cxenseparse:section", "section", "category")


@dataclass(slots=True)
class Metadata:
    """The claims; empty where the page makes none."""

    meta: dict[str, str] = field(default_factory=dict)  # name or property, lower case -> first content
    article: dict[str, Any] = field(default_factory=dict)  # the JSON-LD object of the article
    next_article: dict[str, Any] = field(default_factory=dict)  # in the data of a page drawn by scripts
    stated: tuple[Any, ...] = ()  # when it was published, told elsewhere in JSON-LD or by microdata
    title: str = ""  # <title>
    canonical: str | None = None
    amp: str | None = None
    shortlink: str | None = None
    language: str = ""
    keywords: tuple[str, ...] = ()
    category: str = ""  # the first that a link beside the headline is marked as

    def first(self, keys: tuple[str, ...]) -> str:
        """Return the first of these meta elements that says something."""
        return next((self.meta[key] for key in keys if self.meta.get(key)), "")


def read_metadata(tree: LexborHTMLParser, url: str) -> Metadata:
    """Gather a page's claims; `url` is its address, against which links are resolved."""
    out = Metadata()
    found: dict[str | None, list[LexborNode]] = defaultdict(list)
    for node in tree.css("meta, link[rel][href], h1, script, div#__nuxt, div[data-page]"):  # a walk over the whole page
        found[node.tag].append(node)
    for node in found["meta"]:
        attributes = node.attributes
        item = attributes.get("itemprop")
        name = attributes.get("property") or attributes.get("name") or item
        if name and (content := (attributes.get("content") or "").strip()):
            out.meta.setdefault(name.lower(), content)
            if item:
                out.meta.setdefault(item.lower(), content)
    for node in found["link"]:
        attributes = node.attributes
        rel = (attributes.get("rel") or "").lower()
        if rel not in ("canonical", "amphtml", "shortlink"):  # style sheets and icons, by the dozen
            continue
        link = join_address(url, attributes.get("href") or "") or None
        if rel == "canonical":
            out.canonical = out.canonical or link
        elif rel == "amphtml":
            out.amp = link
        else:
            out.shortlink = link
    if head := tree.css_first("title"):
        out.title = fold(head.text())
    if tree.root and (root := tree.css_first("html")):
        out.language = (root.attributes.get("lang") or "").lower()
    out.keywords = tuple(k for part in out.first(("keywords", "news_keywords")).split(",") if (k := part.strip()))
    out.category = _find_category(found["h1"])
    objects = list(_ld_objects(found["script"]))
    _name_authors(objects)
    out.article = _pick_article(objects, url, out)
    if not out.article.get("datePublished") and "article:published_time" not in out.meta:
        out.stated = (*_find_dates_of_pages(objects), *_find_microdata(tree), *_find_uploads(objects, out))
    out.next_article = find_state_article(found["script"], found["div"])
    return out


def _find_category(headings: list[LexborNode]) -> str:
    """Return the first link marked ``rel="category"`` (WordPress) in the smallest box of a headline that holds one.

    What lies outside of the headline's article belongs to other articles.
    """
    for node in headings:
        box = node.parent
        while box is not None and box.tag not in ("body", "html"):
            if link := box.css_first('a[rel~="category"]'):
                return fold(link.text())
            box = None if box.tag in ("article", "main") else box.parent
    return ""


def fold(text: str) -> str:
    """Fold whitespace, undo entities that were escaped twice, leave out what nobody sees."""
    if "&" in text:
        text = html.unescape(text)
    return " ".join((text if text.isascii() else INVISIBLE.sub("", text)).split())


def claimed_names(page: Metadata) -> Iterator[tuple[str, str]]:
    """Yield who wrote, as the page tells machines, and where it stands."""
    authors = next((who for role in _STATE_AUTHORS if (who := page.next_article.get(role))), None)
    for value, source in (
        (authors, "next_data"),
        (page.article.get("author"), "json-ld"),
        (page.first(AUTHOR_KEYS), "meta"),
    ):
        if name := name_of(value):
            yield name, source


def claimed_organisation(page: Metadata) -> str:
    """Return the author that the page tells machines where that is no person, else a blank string."""
    authors = page.article.get("author")
    told = [who for who in (authors if isinstance(authors, list) else [authors]) if isinstance(who, dict)]
    return name_of(authors) if told and all("Organization" in str(who.get("@type")) for who in told) else ""


def name_of(value: Any) -> str:
    """Return the name or names in what a page or feed states, blank where it holds none."""
    if isinstance(value, list):
        wrote = [item for item in value if not is_editor(item)] or value
        names = [n for item in wrote[:4] if (n := name_of(item))]
        return ", ".join(dict.fromkeys(names))
    if isinstance(value, dict):
        if not may_have_written(value):
            return ""
        return name_of(next((value[key] for key in _NAMES if value.get(key)), None))
    if not isinstance(value, str) or value.startswith(("http://", "https://")):
        return ""
    name = fold(value).strip(" ,;")
    return name if 0 < len(name) <= 80 else ""


def _ld_objects(scripts: list[LexborNode]) -> Iterator[dict[str, Any]]:
    for node in scripts:
        if "ld+json" not in (node.attributes.get("type") or "").lower():
            continue
        text = node.text().strip().rstrip(";")
        if not (text.startswith(("{", "[")) and text.endswith(("}", "]"))):
            text = _WRAPPING.sub("", node.text()).strip().rstrip(";")
        try:
            data = json.loads(html.unescape(text) if text.startswith(("{&quot;", "[&quot;")) else text, strict=False)
        except (ValueError, RecursionError):
            yield from _salvage(text)
            continue
        yield from _flatten(data)


def _name_authors(objects: list[dict[str, Any]]) -> None:
    """Put what a graph says of somebody in the place of the ``@id`` by which an article names him (JSON-LD 1.1)."""
    known = {item["@id"]: item for item in objects if isinstance(item.get("@id"), str)}
    for item in objects:
        if authors := item.get("author"):
            listed = authors if isinstance(authors, list) else [authors]
            named = [
                known.get(who.get("@id"), who) if isinstance(who, dict) and len(who) == 1 else who for who in listed
            ]
            item["author"] = named if isinstance(authors, list) else named[0]


def _flatten(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects of a graph or list, and those that a page names as what it is about."""
    if isinstance(data, list) and depth < NESTED:
        for item in data:
            yield from _flatten(item, depth + 1)
    elif isinstance(data, dict):
        graph = data.get("@graph")
        if isinstance(graph, list):
            yield from _flatten(graph, depth + 1)
        else:
            yield data
            if isinstance(about := data.get("mainEntity"), dict):
                yield from _flatten(about, depth + 1)


def _salvage(text: str) -> Iterator[dict[str, Any]]:
    """Read the few fields that matter out of JSON-LD that is no JSON; of several articles those of the first."""
    if not ARTICLE_TYPES.search(text):
        return
    found: dict[str, str] = {}
    for name, value in re.findall(r'"(headline|datePublished|dateModified)"\s*:\s*"((?:[^"\\]|\\.)*)"', text):
        found.setdefault(name, value)
    if author := re.search(r'"author"\s*:\s*[\[{][^\]}]*?"name"\s*:\s*"((?:[^"\\]|\\.)*)"', text):
        found["author"] = author[1]
    if found:
        yield {"@type": "NewsArticle", **found}


def _find_dates_of_pages(objects: list[dict[str, Any]]) -> Iterator[Any]:
    """Yield when the first article or page was published, where none could be told to be the one."""
    pages = (o for o in objects if re.search("Article|Posting|WebPage", str(o.get("@type", ""))))
    yield from [at for o in pages if (at := o.get("datePublished"))][:1]


def _find_microdata(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield the date of publication that elements are marked with, where they state but one."""
    nodes = tree.css('[itemprop~="datePublished"], time[pubdate], [property~="dc:created"][content]')
    found = {n.attributes.get("datetime") or n.attributes.get("content") or "" for n in nodes if n.tag != "meta"}
    if len(found) == 1:
        yield found.pop()


def _find_uploads(objects: list[dict[str, Any]], page: Metadata) -> Iterator[Any]:
    """Yield when a film was put up that is called as the page itself is; any other stands beside an article."""
    claimed = fold(page.meta.get("og:title") or page.title).lower()
    for film in objects:
        if film.get("@type") == "VideoObject" and (name := fold(str(film.get("name") or "")).lower()):
            yield from [film.get("uploadDate")] if name in claimed else []


def _pick_article(objects: list[dict[str, Any]], url: str, page: Metadata) -> dict[str, Any]:
    """Choose the object that is this page's article, not one of those it lists."""
    articles = [o for o in objects if ARTICLE_TYPES.search(str(o.get("@type", "")))]
    if len(articles) > 1:
        here = {urlsplit(u).path.rstrip("/") for u in (url, page.canonical or url)}
        claimed = fold(page.meta.get("og:title") or page.title).lower()

        def rank(item: dict[str, Any]) -> tuple[bool, bool]:
            link = item.get("mainEntityOfPage") or item.get("url") or item.get("@id") or ""
            link = str(link.get("@id") or link.get("url") or "") if isinstance(link, dict) else str(link)
            headline = fold(str(item.get("headline") or item.get("name") or "")).lower()
            path = urlsplit(join_address("", link)).path.rstrip("/")
            return (bool(headline) and headline[:60] in claimed, bool(link) and path in here)

        articles.sort(key=rank, reverse=True)
        if not any(rank(articles[0])):
            return {}
    return articles[0] if articles else {}
