"""Articles in the data that pages drawn by scripts carry for them: Next.js, Nuxt, Inertia. The pages may hold no text.

Only reads; whether the page's own markup is believed instead is ``page``'s to decide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

DEPTH = 12  # of nesting that is looked into
_BODIES = ("content", "body", "content_html", "article_body", "html", "text", "isi", "konten", "badan", "naskah")
_MOST_BLOCKS = 1000
_TAGS = (  # of a block by its kind: Editor.js, Draft.js, Sanity, Slate, ProseMirror, Contentful, WordPress
    (
        re.compile(
            r"(?:core/)?(?:paragraph|block|unstyled|(?:block)?quote)|(?:rich[-_]?)?te(?:xt|ks)|paragraf|kutipan"
        ),
        "p",
    ),
    (re.compile(r"(?:core/)?head(?:er|ing).{0,8}|sub[-_]?(?:judul|title)"), "h3"),
    (re.compile(r"(?:un)?(?:ordered-)?list[-_]?item"), "li"),
)
_KINDS = ("type", "_type", "nodeType", "blockName", "jenis", "tipe", "kind")  # where a block tells what it is
_INNER = ("blocks", "content", "children", "innerBlocks", "root", "document")  # where blocks hold others
_RUNS = ("text", "value", "content", "children", "items", "teks", "isi")  # where a block has its text
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")  # of a key in camelCase or snake_case
_OF_NO_DAY = frozenset(["by", "updated", "modified", "update", "is", "status", "event", "start", "end", "timezone"])
_ROLES = ("role", "peran", "jabatan", "position")  # where it is told what somebody did
_DID_NOT_WRITE = re.compile(r"editor|redaktur|penyunting|foto|photo|kamera|camera|video|desain|design", re.IGNORECASE)
_DAYS = tuple(  # what keys hold a word of, the surest first: published_at, tanggal_terbit; date; createdAt
    frozenset(words.split())
    for words in (
        "publish published publication pub terbit diterbitkan tayang ditayangkan rilis release released",
        "date tanggal tgl waktu datetime",
        "created dibuat posted",
    )
)
_NUXT_CALL = re.compile(
    r"__NUXT__\s*=\s*\(function\(([\w$,\s]*)\)\s*{\s*return\s*({.*})\s*}\s*\((.*)\)\s*\)\s*;?\s*$", re.DOTALL
)
_SET = re.compile(r"\b[\w$]+\s*=\s*(?=[{\[])")  # of a variable, to data
_ELEMENTS = 50  # looked at on a page that shows no text
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<name>[A-Za-z_$][\w$]*)(?P<colon>\s*:)?')


def find_state_article(scripts: list[LexborNode], drawn: list[LexborNode]) -> dict[str, Any]:
    """Return the article object in a page's data, with the keys ``title`` and ``content``; empty when there is none.

    `drawn` are the elements that scripts draw in: Nuxt's, whose data may stand in a call, Inertia's, which hold theirs.
    """
    named = {node.id: node for node in reversed(scripts)}
    if node := named.get("__NEXT_DATA__"):
        return find_article(_load(node.text()))
    if node := named.get("__NUXT_DATA__"):
        values = _load(node.text())
        return find_article(unflatten(values)) if isinstance(values, list) else {}
    for told in (node.attributes.get("data-page") or "" for node in drawn):
        if told.startswith("{"):
            return find_article(_load(told))
    for node in scripts if drawn else ():
        if "src" not in node.attributes and (match := _NUXT_CALL.search(node.text())):
            return find_article(_call(*match.groups()))
    return {}


def find_hidden_article(tree: LexborHTMLParser, claims: str) -> dict[str, Any]:
    """Return the same of a page that shows no text: from what its scripts set or its elements carry, whatever the name.

    Among several the one that the page is called as in its `claims`, which are in lower case. For such pages only: to
    look into all scripts of a page costs as much as to parse it.
    """
    for node in tree.css("div, main, section")[:_ELEMENTS]:
        told = (value for value in node.attributes.values() if value and value.startswith('{"'))
        if found := next((article for value in told if (article := find_article(_load(value)))), None):
            return found
    for node in tree.css('script[type="application/json"]'):  # the state of Angular, SvelteKit, islands
        if found := find_article(_load(node.text()), claims):
            return found
    for node in tree.css("script:not([src])"):
        for match in _SET.finditer(node.text()):
            try:
                data, _ = json.JSONDecoder().raw_decode(match.string, match.end())
            except (ValueError, RecursionError):
                continue
            if found := find_article(data):
                return found
    return {}


def find_article(data: Any, claims: str = "") -> dict[str, Any]:
    """Return the object with a title and the longest body, one whose title is in `claims` before any other."""
    best: dict[str, Any] = {}
    most = (False, 200)
    for item in _walk(data):
        title = item.get("title") or item.get("headline") or item.get("judul")
        if not isinstance(title, str) or not title:
            continue
        body = next((body for k in _BODIES if (body := _as_markup(item.get(k)))), "")
        rank = (" ".join(title.lower().split()) in claims, len(body))
        if rank > most and len(body) > 200:
            best, most = {**item, "title": title, "content": body}, rank
    return best


def list_days(article: dict[str, Any]) -> Iterator[Any]:
    """Yield the values under keys that tell when something was published, by what each system calls it."""
    parts = {key: {part.lower() for part in _PART.findall(key)} for key in article if isinstance(key, str)}
    for words in _DAYS:
        for key, named in parts.items():
            if not named.isdisjoint(words) and named.isdisjoint(_OF_NO_DAY) and article[key]:
                yield article[key]


def may_have_written(person: dict[str, Any]) -> bool:
    """Say whether somebody named in a page's data has no other part in it than to write."""
    return not any(_DID_NOT_WRITE.search(str(person.get(key) or "")) for key in _ROLES)


def is_editor(person: Any) -> bool:
    """Say whether somebody among several authors is told to be an editor or photographer by trade (``jobTitle``)."""
    return isinstance(person, dict) and bool(_DID_NOT_WRITE.search(str(person.get("jobTitle") or "")))


def _as_markup(value: Any) -> str:
    """Return a body as a fragment of HTML: it may be one, or the blocks that an editor keeps, also as text."""
    if isinstance(value, str) and value.startswith(('{"', "[{")):
        value = _load(value) or value
    return value if isinstance(value, str) else "".join(_write_blocks(value))


def _write_blocks(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the paragraphs, headings and items of a tree of blocks, whatever its editor calls their parts."""
    if isinstance(value, list):
        for item in value[:_MOST_BLOCKS]:
            yield from _write_blocks(item, depth)
    if not isinstance(value, dict) or depth > DEPTH:
        return
    kind = next((told.lower() for key in _KINDS if isinstance(told := value.get(key), str) and told), "")
    inner = value.get("data")
    data = inner if isinstance(inner, dict) else value
    if isinstance(items := data.get("items"), list) and "list" in kind:
        yield from (f"<li>{_write_text(item)}</li>" for item in items)
    elif isinstance(markup := value.get("innerHTML"), str) and markup.strip():
        yield markup
    elif tag := next((tag for pattern, tag in _TAGS if pattern.fullmatch(kind)), ""):
        markup = data.get("html")
        yield markup if isinstance(markup, str) else f"<{tag}>{_write_text(data)}</{tag}>"
    else:
        yield from (part for key in _INNER for part in _write_blocks(value.get(key), depth + 1))


def _write_text(value: Any, depth: int = 0) -> str:
    """Return the text of a block: its own, or that of the runs it is made of."""
    if isinstance(value, str) or depth > DEPTH:
        return value if isinstance(value, str) else ""
    if isinstance(value, list):
        return "".join(_write_text(item, depth + 1) for item in value)
    if not isinstance(value, dict):
        return ""
    return next((text for key in _RUNS if (text := _write_text(value.get(key), depth + 1))), "")


def unflatten(values: list[Any]) -> Any:
    """Return the first of Nuxt's flattened values (the npm package devalue) with its references followed."""
    made: dict[int, Any] = {}

    def build(index: Any, depth: int) -> Any:
        if not isinstance(index, int) or not 0 <= index < len(values) or depth > DEPTH:
            return None
        if index in made:
            return made[index]
        value = values[index]
        made[index] = None  # of what refers to itself
        if isinstance(value, dict):
            value = {key: build(inner, depth + 1) for key, inner in value.items()}
        elif isinstance(value, list) and value and isinstance(value[0], str):  # ["Reactive", 3], ["Date", "2024-06-…"]
            last = value[-1]
            value = last if isinstance(last, str) else build(last, depth)
        elif isinstance(value, list):
            value = [build(inner, depth + 1) for inner in value]
        made[index] = value
        return value

    return build(0, 0)


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _call(names: str, body: str, values: str) -> Any:
    """Read what ``(function(a,b){return {…}}(1,"x"))`` returns, where it is nothing but data."""
    given = _load(f"[{re.sub(r'void 0', 'null', values)}]")
    if not isinstance(given, list):
        return None
    known = dict(zip((name.strip() for name in names.split(",")), given, strict=False))

    def write(token: re.Match[str]) -> str:
        name = token["name"]
        if name is None:
            return token[0]
        if token["colon"]:
            return f'"{name}":'
        return name if name in ("true", "false", "null") else json.dumps(known.get(name))

    return _load(_TOKEN.sub(write, body))


def _walk(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEPTH:
        return
    if isinstance(data, dict):
        yield data
    inner = data.values() if isinstance(data, dict) else data[:200] if isinstance(data, list) else ()
    for value in inner:
        if isinstance(value, dict | list):
            yield from _walk(value, depth + 1)
