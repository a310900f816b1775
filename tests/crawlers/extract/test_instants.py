"""When pages of other languages say they were published: what publishers write into heads, elements and scripts.

Every page is invented; each shape is one that some publishing system writes.
"""
# ruff: noqa: E501 - pages of HTML read better unbroken

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.extract.page import Extraction, Page, extract_page

TITLE = "Ferry returns to the harbour"
SENTENCES = (
    "The council voted on Tuesday night to reopen the old ferry terminal after eleven years of debate over its cost.",
    "Engineers who examined the pier in March found that the timber piles were sounder than anybody had expected.",
    "Opponents argued that the money would be better spent on buses, which carry four times as many passengers.",
)


def read(head: str, line: str = "", foot: str = "", url: str = "https://post.example/ferry-returns") -> Extraction:
    text = "".join(f"<p>{s}</p>" for s in SENTENCES)
    page = f"<html lang=en><head><title>{TITLE} | The Post</title>{head}</head><body><nav><a href=/>Home</a></nav><article><h1>{TITLE}</h1>{line}{text}</article>{foot}</body></html>"
    return extract_page(Page(url, page.encode(), "text/html; charset=utf-8", datetime(2025, 6, 11, 8, tzinfo=UTC)))


def is_told(found: Extraction, expected: str) -> bool:
    return found.published_at == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param('<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry returns","datePublished":"2019-03-04T10:15:30Z","dateModified":"2019-03-05T10:15:30Z"}</script>', "2019-03-04T10:15:30+00:00", id="ld plain"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-03-04T10:15:30.000Z"}</script>', "2019-03-04T10:15:30+00:00", id="ld millis"),
        pytest.param('<meta property="article:published_time" content="Mon Mar 04 10:15:30 CET 2019">', "2019-03-04T10:15:30+01:00", id="meta as Java prints it"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-03-04T10:15:30+0100"}</script>', "2019-03-04T10:15:30+01:00", id="ld nocolon"),
        pytest.param('<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"P"},{"@type":"WebPage","datePublished":"2019-03-04T10:15:30+00:00","dateModified":"2019-03-06T10:15:30+00:00"},{"@type":"BreadcrumbList"}]}</script>', "2019-03-04T10:15:30+00:00", id="ld graph webpage (yoast)"),
        pytest.param('<script type="application/ld+json">{"@graph":[{"@type":"Organization"}]}</script><script type="application/ld+json">[{"@type":"BreadcrumbList"},{"@type":["NewsArticle","Article"],"datePublished":"2019-03-04T10:15:30-0500"}]</script>', "2019-03-04T10:15:30-05:00", id="ld graph + second block"),
        pytest.param('<script type="application/ld+json">{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"Ferry returns","datePublished":"2019-03-04T10:15:30Z"}}</script>', "2019-03-04T10:15:30+00:00", id="ld mainEntity"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","mainEntityOfPage":{"@type":"WebPage","@id":"https://post.example/x"},"datePublished":"2019-03-04T10:15:30Z"}</script>', "2019-03-04T10:15:30+00:00", id="ld mainEntityOfPage rev"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry returns","datePublished":"2019-03-04T10:15:30Z",}</script>', "2019-03-04T10:15:30+00:00", id="ld trailing comma"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","description":"a\tb\nc","datePublished":"2019-03-04T10:15:30Z"}</script>', "2019-03-04T10:15:30+00:00", id="ld control char"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","headline":"He said "no" to it","datePublished":"2019-03-04T10:15:30Z","dateModified":"2020-03-04T10:15:30Z"}</script>', "2019-03-04T10:15:30+00:00", id="ld unescaped quotes"),
        pytest.param('<script type="application/ld+json"><!--\n{"@type":"NewsArticle","datePublished":"2019-03-04T10:15:30Z"}\n--></script>', "2019-03-04T10:15:30+00:00", id="ld html comment"),
        pytest.param('<script type="application/ld+json">//<![CDATA[\n{"@type":"NewsArticle","datePublished":"2019-03-04T10:15:30Z"}\n//]]></script>', "2019-03-04T10:15:30+00:00", id="ld cdata"),
        pytest.param('<script type="application/ld+json">/*<![CDATA[*/\n{"@type":"NewsArticle","datePublished":"2019-03-04T10:15:30Z"}\n/*]]>*/</script>', "2019-03-04T10:15:30+00:00", id="ld cdata /* */"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-03-04T10:15:30Z"};</script>', "2019-03-04T10:15:30+00:00", id="ld semicolon"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry returns","datePublished":"2019-03-04T10:15:30Z","related":[{"@type":"NewsArticle","headline":"Other","datePublished":"2018-01-01T01:01:01Z"},]}</script>', "2019-03-04T10:15:30+00:00", id="ld two broken, list after"),
        pytest.param('<script type="application/ld+json; charset=utf-8">{"@type":"NewsArticle","datePublished":"2019-03-04T10:15:30Z"}</script>', "2019-03-04T10:15:30+00:00", id="ld type charset"),
        pytest.param('<script type="application/LD+JSON">{"@type":"NewsArticle","datePublished":"2019-03-04T10:15:30Z"}</script>', "2019-03-04T10:15:30+00:00", id="ld type case"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","headline":"Quite another wording","datePublished":"2019-03-04T10:15:30Z"}</script><script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Related","datePublished":"2018-01-01T01:01:01Z"}]}</script><script type="application/ld+json">{"@type":"Article","headline":"Sidebar","datePublished":"2017-01-01T01:01:01Z"}</script>', "2019-03-04T10:15:30+00:00", id="ld several articles, no match"),
        pytest.param('<script type="application/ld+json">{"@type":"LiveBlogPosting","datePublished":"2019-03-04T10:15:30Z","liveBlogUpdate":[{"@type":"BlogPosting","datePublished":"2019-03-05T01:01:01Z"}]}</script>', "2019-03-04T10:15:30+00:00", id="ld liveblog"),
        pytest.param('<script type="application/ld+json">{"@type":"VideoObject","uploadDate":"2018-01-01T01:01:01Z"}</script><meta property="article:published_time" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="ld VideoObject uploadDate only + og"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2019-03-09T10:15:30Z","dateCreated":"2019-03-03T09:00:00Z","datePublished":"2019-03-04T10:15:30Z"}</script>', "2019-03-04T10:15:30+00:00", id="ld modified first, dateCreated"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":["2019-03-04T10:15:30Z"]}</script>', "2019-03-04T10:15:30+00:00", id="ld datePublished list"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":{"@type":"xsd:dateTime","@value":"2019-03-04T10:15:30Z"}}</script>', "2019-03-04T10:15:30+00:00", id="ld datePublished @value"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":1551694530000}</script>', "2019-03-04T10:15:30+00:00", id="ld epoch ms number"),
        pytest.param('<script type="application/ld+json">{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2019-03-04T10:15:30Z&quot;}</script>', "2019-03-04T10:15:30+00:00", id="ld entities"),
        pytest.param('<script type="application/ld+json">{"@type":"http://schema.org/NewsArticle","http://schema.org/x":1,"datePublished":"2019-03-04T10:15:30Z"}</script>', "2019-03-04T10:15:30+00:00", id="ld schema: url type"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-03-04"}</script><meta property="article:published_time" content="2019-03-04T10:15:30+01:00">', "2019-03-04T10:15:30+01:00", id="ld bare day, meta exact"),
        pytest.param('<script>window.__DATA__={"article":{"datePublished":"2019-03-04T10:15:30Z","dateModified":"2019-03-05T10:15:30Z"}}</script>', "2019-03-04T10:15:30+00:00", id="js state"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-03-04T23:59:59-11:00"}</script>', "2019-03-04T23:59:59-11:00", id="ld newer than visit ok?"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2019-03-04T10:15:30&#43;01:00"}</script>', "2019-03-04T10:15:30+01:00", id="ld entity in the value"),
        pytest.param('<script type="application/ld+json">{"@type":"NewsArticle","dateCreated":"2019-03-01T10:15:30Z"}</script><meta property="article:published_time" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="ld created before published"),
        pytest.param('<script>self.push([1,"{\\"datePublished\\":\\"2019-03-04T10:15:30Z\\"}"])</script>', "2019-03-04T10:15:30+00:00", id="js escaped"),
    ],
)  # fmt: skip
def test_what_scripts_state(head: str, expected: str) -> None:
    assert is_told(read(head), expected)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("<meta content='2019-03-04T10:15:30+01:00' property=article:published_time>", "2019-03-04T10:15:30+01:00", id="meta published_time"),
        pytest.param("<meta property='article:modified_time' content='2019-03-09T10:15:30+01:00'><meta property='article:published_time' content='2019-03-04T10:15:30+01:00'>", "2019-03-04T10:15:30+01:00", id="meta modified only before"),
        pytest.param('<meta name="date" content="2019-03-04T10:15:30+01:00">', "2019-03-04T10:15:30+01:00", id="meta name=date"),
        pytest.param('<meta name="DC.date" content="2019-03-04T10:15:30+01:00">', "2019-03-04T10:15:30+01:00", id="meta DC.date"),
        pytest.param('<meta name="DC.date.issued" scheme="W3CDTF" content="2019-03-04T10:15:30+01:00">', "2019-03-04T10:15:30+01:00", id="meta DC.date.issued"),
        pytest.param('<meta name="dcterms.date" content="2019-03-04T10:15:30+01:00">', "2019-03-04T10:15:30+01:00", id="meta dcterms.date"),
        pytest.param('<meta name="dcterms.issued" content="2019-03-04T10:15:30+01:00">', "2019-03-04T10:15:30+01:00", id="meta dcterms.issued"),
        pytest.param('<meta name="DCSext.articleFirstPublished" content="2019-03-04T10:15:30+01:00">', "2019-03-04T10:15:30+01:00", id="meta dcsext.articlefirstpublished"),
        pytest.param('<meta name="sailthru.date" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta sailthru"),
        pytest.param('<meta name="sailthru.date" content="Mon, 04 Mar 2019 10:15:30 -0500">', "2019-03-04T10:15:30-05:00", id="meta sailthru rfc"),
        pytest.param('<meta name="parsely-pub-date" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta parsely"),
        pytest.param('<meta name="parsely-page" content=\'{"title":"x","pub_date":"2019-03-04T10:15:30Z","authors":["A"]}\'>', "2019-03-04T10:15:30+00:00", id="meta parsely-page json"),
        pytest.param('<meta name="cXenseParse:recs:publishtime" content="2019-03-04T10:15:30+0100">', "2019-03-04T10:15:30+01:00", id="meta cxense"),
        pytest.param('<meta property="cXenseParse:publishtime" content="2019-03-04T10:15:30+0100">', "2019-03-04T10:15:30+01:00", id="meta cxense 2"),
        pytest.param('<meta name="pubdate" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta pubdate"),
        pytest.param('<meta name="publish-date" content="2019-03-04 10:15:30">', "2019-03-04T10:15:30+00:00", id="meta publish-date"),
        pytest.param('<meta property="og:pubdate" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta og:pubdate"),
        pytest.param('<meta property="og:article:published_time" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta og:article:published_time"),
        pytest.param('<meta itemprop="datePublished" content="2019-03-04T10:15:30-05:00">', "2019-03-04T10:15:30-05:00", id="meta itemprop"),
        pytest.param('<meta itemprop="datePublished" name="x:whatever" content="2019-03-04T10:15:30-05:00">', "2019-03-04T10:15:30-05:00", id="meta itemprop+name other"),
        pytest.param('<meta name="ptime" content="20190304101530"><meta name="utime" content="20190304161530"><meta name="pdate" content="20190304">', "2019-03-04T10:15:30+00:00", id="meta ptime nyt"),
        pytest.param('<meta name="pdate" content="20190304">', "2019-03-04T00:00:00+00:00", id="meta pdate"),
        pytest.param('<meta name="published_at" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta published_at"),
        pytest.param('<meta name="published" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta published"),
        pytest.param('<meta name="article.created" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta article.created"),
        pytest.param('<meta name="creation_date" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta creation_date"),
        pytest.param('<meta name="prism.publicationDate" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta prism"),
        pytest.param('<meta property="vr:published_time" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta vr:published_time"),
        pytest.param('<meta itemprop="dateCreated" content="2019-03-04T10:15:30Z">', "2019-03-04T10:15:30+00:00", id="meta blogger"),
        pytest.param('<meta name="citation_publication_date" content="2019/03/04">', "2019-03-04T00:00:00+00:00", id="meta citation"),
        pytest.param('<meta name="pubdate" content="1551694530">', "2019-03-04T10:15:30+00:00", id="meta epoch s"),
        pytest.param('<meta property="article:published_time" content="1551694530000">', "2019-03-04T10:15:30+00:00", id="meta epoch ms"),
        pytest.param('<meta name="pubdate" content="2019-03-04 10:15:30 EST">', "2019-03-04T10:15:30-05:00", id="meta EST"),
        pytest.param('<meta name="date" content="July 4, 2019 10:15 AM EDT">', "2019-07-04T10:15:00-04:00", id="meta EDT am"),
        pytest.param('<meta name="date" content="Mon Mar 04 2019 10:15:30 GMT+0100 (CET)">', "2019-03-04T10:15:30+01:00", id="meta js date"),
        pytest.param('<meta name="date" content="Mon Mar 4 10:15:30 UTC 2019">', "2019-03-04T10:15:30+00:00", id="meta unix date"),
        pytest.param('<meta name="date" content="2019-03-04 10:15:30 CET">', "2019-03-04T10:15:30+01:00", id="meta CET"),
        pytest.param('<meta name="date" content="04.07.2019 10:15 CEST">', "2019-07-04T10:15:00+02:00", id="meta CEST"),
        pytest.param('<meta name="date" content="2019-03-04 10:15:30 +0100">', "2019-03-04T10:15:30+01:00", id="meta offset space"),
        pytest.param('<meta name="date" content="Mon, 04 Mar 2019 10:15:30 GMT">', "2019-03-04T10:15:30+00:00", id="meta rfc GMT"),
        pytest.param('<meta name="date" content="3/4/2019 10:15:30 AM">', "2019-03-04T10:15:30+00:00", id="meta us slash"),
        pytest.param('<meta name="date" content="20190304T101530Z">', "2019-03-04T10:15:30+00:00", id="meta compact"),
        pytest.param('<meta name="date" content="2019-03-04T10:15:30+01:00[Europe/Berlin]">', "2019-03-04T10:15:30+01:00", id="meta zone name"),
        pytest.param('<meta name="date" content=" 2019-03-04T10:15:30Z ">', "2019-03-04T10:15:30+00:00", id="meta spaces T"),
        pytest.param('<meta name="date" content="04.03.2019 10:15">', "2019-03-04T10:15:00+00:00", id="meta 24h german"),
    ],
)  # fmt: skip
def test_what_meta_elements_state(head: str, expected: str) -> None:
    assert is_told(read(head), expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param('<p>By Jane Miller <time itemprop="dateModified" datetime="2019-03-09T10:15:30+01:00">09/03/2019</time> <time itemprop="datePublished" datetime="2019-03-04T10:15:30+01:00">04/03/2019</time></p>', "2019-03-04T10:15:30+01:00", id="time itemprop"),
        pytest.param('<p><time pubdate datetime="2019-03-04T10:15:30+01:00">4 March</time></p>', "2019-03-04T10:15:30+01:00", id="time pubdate"),
        pytest.param('<p><a href=/x rel=bookmark><time class="entry-date published" datetime="2019-03-04T10:15:30+01:00">March 4, 2019</time><time class="updated" datetime="2019-03-08T10:15:30+01:00">March 8, 2019</time></a></p>', "2019-03-04T10:15:30+01:00", id="time entry-date wp"),
        pytest.param('<p>Updated <time class="updated" datetime="2019-03-08T10:15:30+01:00">March 8, 2019</time></p><p>Published <time class="published" datetime="2019-03-04T10:15:30+01:00">March 4, 2019</time></p>', "2019-03-04T10:15:30+01:00", id="time updated first"),
        pytest.param('<p><time datetime="2019-03-04T10:15:30Z">6 years ago</time></p>', "2019-03-04T10:15:30+00:00", id="time relative label"),
        pytest.param('<p><abbr class="published" title="2019-03-04T10:15:30-05:00">March 4</abbr></p>', "2019-03-04T10:15:30-05:00", id="abbr published title"),
        pytest.param('<p><span itemprop="datePublished" content="2019-03-04T10:15:30-05:00">March 4, 2019</span></p>', "2019-03-04T10:15:30-05:00", id="span itemprop content"),
        pytest.param('<p><time data-time="1551694530000" datetime="1551694530000">March 4, 2019</time></p>', "2019-03-04T10:15:30+00:00", id="time epoch"),
        pytest.param('<p><time datetime="2019-03-04 10:15">March 4, 2019</time></p>', "2019-03-04T10:15:00+00:00", id="time no zone"),
        pytest.param("<p>By Jane Miller</p><p>March 4, 2019 10:15 a.m. EST</p>", "2019-03-04T10:15:00-05:00", id="text EST"),
        pytest.param("<p>Updated 8:15 PM ET, Mon March 4, 2019</p>", "2019-03-04T20:15:00-05:00", id="text ET"),
    ],
)  # fmt: skip
def test_what_lines_state(line: str, expected: str) -> None:
    assert is_told(read("", line), expected)


def test_an_element_at_the_foot_adds_the_time_of_the_day() -> None:
    foot = (
        '<footer><p>Posted in <a href=/c>Towns</a> on <time datetime="2019-03-04T10:15:30Z">4 March</time></p></footer>'
    )
    assert is_told(read("", "<p>4 March 2019</p>", foot), "2019-03-04T10:15:30+00:00")


def test_a_number_in_the_address_is_no_date_abroad() -> None:
    head = '<meta property="article:published_time" content="2019-03-04T10:15:30Z">'
    assert is_told(read(head, url="https://post.example/1203154321/ferry-returns"), "2019-03-04T10:15:30+00:00")
    assert is_told(read(head, url="https://post.example/01/12/2018/ferry-returns"), "2019-03-04T10:15:30+00:00")


def test_a_change_is_no_publication() -> None:
    line = '<p>Updated <time datetime="2019-03-09T10:15:30Z" itemprop="dateModified">9 March</time></p>'
    data = '<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2019-03-09T10:15:30Z","datePublished":"2019-03-04"}</script>'
    assert is_told(read(data, line), "2019-03-04T00:00:00+00:00")
