"""``python -m crawlers``: reads a plan from standard input, writes records as JSON Lines to standard output, logs to
standard error.

Ends with a record of type ``end``. SIGTERM ends it within seconds, what was fetched is handed on; a closed output
(the parent is gone) ends it at once.
"""

from __future__ import annotations

import gc
import sys

# Nothing of ours up here: `worker` begins with this module too, and needs none of it.


def main() -> int:
    """Run one crawl. Returns 0, or 2 for a plan or recipe that cannot be used."""
    gc.disable()  # what is loaded now stays: the collector comes by when the crawl begins
    # First, for Scrapy looks up the source of every frame that leads to this import.
    import scrapy.core.downloader.contextfactory  # noqa: F401

    from crawlers.errors import CrawlersError
    from crawlers.plan import parse_plan
    from crawlers.process import run_plan

    try:
        run_plan(parse_plan(sys.stdin.read()))
    except CrawlersError as fault:
        sys.stderr.write(f"crawl: {fault}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
