"""What trafilatura finds on a page, for where the own chain is not at home or not sure: see ``generic``.

Imports nothing of ours, for the process that reads such pages (``worker``) needs nothing else.
"""

from __future__ import annotations


def read_generic(html: str, *, broad: bool = False) -> str:
    """Return a page's text as trafilatura finds it, a paragraph a line; many times slower than all else here.

    `broad` asks its default mode, which rather takes too much.
    """
    import trafilatura  # takes as long to load as all else, and most crawls never need it

    return trafilatura.extract(html, favor_precision=not broad, include_comments=False) or ""


def read_day(html: str, url: str) -> str:
    """Return the day that trafilatura finds, as ISO 8601 has it, or nothing; as slow as `read_generic`.

    Its search of the whole page, which takes any date for the one of publication, comes last, and a first of January
    that only that finds is the year of a copyright.
    """
    import trafilatura  # see above

    for whole in (False, True):
        found = trafilatura.extract_metadata(html, default_url=url, extensive=whole)
        if found and found.date and not (whole and found.date.endswith("-01-01")):
            return found.date
    return ""
