"""Writes what the sample outlets syndicate: RSS, WordPress REST posts, sitemaps. Articles in, text out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from math import ceil

from monitor.demo.sample import SampleArticle, Site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NEWS_AGE = timedelta(hours=48)  # a news sitemap holds two days, as search engines ask
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
FULL_TEXT = {"wordpress", "newskit"}  # WordPress feeds carry the article, those of the other systems an excerpt


def render_feed(site: Site, articles: Sequence[SampleArticle], now: datetime) -> str:
    """RSS 2.0 with content:encoded where the theme is WordPress."""
    items = "\n".join(_item(site, article, now) for article in articles)
    return (
        f'{XML_HEAD}\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel><title>{escape(site.name)}</title>'
        f"<link>http://{site.host}/</link><description>Berita terkini</description><language>id</language>\n"
        f"{items}\n</channel></rss>\n"
    )


def _item(site: Site, article: SampleArticle, now: datetime) -> str:
    version = article.version(now)
    stamp = format_datetime(article.published_at.astimezone(UTC) if site.theme in FULL_TEXT else article.published_at)
    parts = [
        f"<item><title>{escape(version.title)}</title><link>{escape(article.url)}</link><pubDate>{stamp}</pubDate>",
        f"<category><![CDATA[{article.section}]]></category>",
        f'<guid isPermaLink="false">{site.host}-{article.number}</guid>',
        f"<description><![CDATA[<p>{version.pages[0][0][:140]} [&#8230;]</p>]]></description>",
    ]
    if site.theme in FULL_TEXT:
        parts.append(f"<dc:creator><![CDATA[{article.byline or 'admin'}]]></dc:creator>")
        parts.append(f"<content:encoded><![CDATA[{_html(article, now)}]]></content:encoded>")
    return "".join([*parts, "</item>"])


def _html(article: SampleArticle, now: datetime) -> str:
    """The body as an editor's HTML, with the caption that WordPress puts inside it."""
    figure = f"<figure><figcaption>{escape(article.caption)}</figcaption></figure>" if article.caption else ""
    return figure + "".join(f"<p>{escape(p, quote=False)}</p>\n" for page in article.version(now).pages for p in page)


def render_posts(
    path: str, query: Mapping[str, str], articles: Sequence[SampleArticle], now: datetime
) -> tuple[int, str, tuple[tuple[str, str], ...]]:
    """``/wp-json/wp/v2/posts`` with after, before, search, slug, page, per_page and _fields, as WordPress answers it.

    Returns status, JSON text and the total headers. https://developer.wordpress.org/rest-api/reference/posts/
    """
    if path.rstrip("/") == "/wp-json":
        return 200, json.dumps({"name": "WordPress", "namespaces": ["wp/v2"], "routes": {"/wp/v2/posts": {}}}), ()
    if path.rstrip("/") != "/wp-json/wp/v2/posts":
        return 404, _fault("rest_no_route", "Rute tidak ditemukan.", 404), ()
    found = [a for a in articles if _matches(a, query, now)]
    if query.get("order") == "asc":
        found.reverse()
    size = min(int(query.get("per_page", "10")), 100)
    page, pages = int(query.get("page", "1")), ceil(len(found) / size)
    if page > max(pages, 1):
        return 400, _fault("rest_post_invalid_page_number", "Nomor laman salah.", 400), ()
    posts = [_post(a, now) for a in found[(page - 1) * size : page * size]]
    wanted = {name.partition(".")[0] for name in query["_fields"].split(",")} if query.get("_fields") else None
    chosen = [{k: v for k, v in post.items() if wanted is None or k in wanted} for post in posts]
    totals = (("X-WP-Total", str(len(found))), ("X-WP-TotalPages", str(pages)))
    return 200, json.dumps(chosen, ensure_ascii=False), totals


def _fault(code: str, message: str, status: int) -> str:
    return json.dumps({"code": code, "message": message, "data": {"status": status}})


def _matches(article: SampleArticle, query: Mapping[str, str], now: datetime) -> bool:
    local = article.published_at.replace(tzinfo=None)
    utc = article.published_at.astimezone(UTC)

    def bound(value: str) -> bool | None:
        """Whether the article is later than ``value``; WordPress takes one without offset as the site's local time."""
        moment = datetime.fromisoformat(value)
        return local > moment if moment.tzinfo is None else utc > moment

    version, slug = article.version(now), _slug(article)
    return (
        ("after" not in query or bound(query["after"]) is True)
        and ("before" not in query or bound(query["before"]) is False)
        and query.get("search", "").lower() in f"{version.title} {version.text}".lower()
        and query.get("slug", slug) == slug
    )


def _slug(article: SampleArticle) -> str:
    return article.path.rstrip("/").rsplit("/", 1)[-1]


def _post(article: SampleArticle, now: datetime) -> dict[str, object]:
    version = article.version(now)
    return {
        "id": article.number,
        "date": article.published_at.replace(tzinfo=None).isoformat(),
        "date_gmt": article.published_at.astimezone(UTC).replace(tzinfo=None).isoformat(),
        "modified": version.since.replace(tzinfo=None).isoformat(),
        "modified_gmt": version.since.astimezone(UTC).replace(tzinfo=None).isoformat(),
        "slug": _slug(article),
        "status": "publish",
        "type": "post",
        "link": article.url,
        "title": {"rendered": escape(version.title, quote=False).replace("“", "&#8220;").replace("”", "&#8221;")},
        "content": {"rendered": _html(article, now), "protected": False},
        "excerpt": {"rendered": f"<p>{escape(version.pages[0][0][:140])} [&hellip;]</p>", "protected": False},
        "author": 1,
        "categories": [3],
    }


def render_sitemap(articles: Sequence[SampleArticle], now: datetime) -> str:
    """Sitemap 0.9 of all articles, oldest first, as archives are written. https://www.sitemaps.org/protocol.html"""
    rows = (
        f"<url><loc>{escape(a.url)}</loc><lastmod>{a.version(now).since.isoformat()}</lastmod></url>"
        for a in reversed(articles)
    )
    return f'{XML_HEAD}\n<urlset xmlns="{SITEMAP}">\n' + "\n".join(rows) + "\n</urlset>\n"


def render_news_sitemap(site: Site, articles: Sequence[SampleArticle], now: datetime) -> str:
    """Google news sitemap of the last two days, newest first."""
    rows = (
        f"<url><loc>{escape(a.url)}</loc><news:news><news:publication><news:name>{escape(site.name)}</news:name>"
        f"<news:language>id</news:language></news:publication><news:publication_date>{a.published_at.isoformat()}"
        f"</news:publication_date><news:title>{escape(a.version(now).title)}</news:title></news:news></url>"
        for a in articles
        if now - a.published_at <= NEWS_AGE
    )
    return f'{XML_HEAD}\n<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">\n' + "\n".join(rows) + "\n</urlset>\n"
