"""The slow generic extractor in a process of its own: a page that needs it holds up neither reactor nor other outlets.

One worker, begun with the first page that needs it; an outlet has one page with it at most, so that what waits is
bounded. It ends with this process, however that ends.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from crawlers import worker
from crawlers.extract.page import Extraction, Page, extract_page
from crawlers.recipe import Recipe

log = logging.getLogger(__name__)
PAGES_PER_WORKER = 500  # after which a new one takes over, whatever the parsers below have kept


class _Wanted(Exception):
    """The page at hand needs the generic extractor, for what it is called with: see `SecondReader.read`."""


async def read_page(page: Page, recipe: Recipe, read: Callable[..., Awaitable[str]] | None) -> Extraction:
    """Extract one article; `read` is waited for where the generic extractor is needed, which is called here if None."""
    if read is None:
        return extract_page(page, recipe)
    told: dict[tuple[str, str | None, bool], str] = {}

    def ask(html: str, url: str | None = None, *, broad: bool = False) -> str:
        wanted = (html, url, broad)
        if wanted not in told:
            raise _Wanted(*wanted)
        return told[wanted]

    while True:
        try:
            return extract_page(page, recipe, ask, ask)
        except _Wanted as fault:
            wanted = fault.args
        told[wanted] = await read(*wanted)  # and all else once more, which is little beside it


class SecondReader:
    """Reads pages with the generic extractor, one after the other, elsewhere."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._given = 0  # pages, to the present worker

    async def read(self, html: str, url: str | None = None, broad: bool = False) -> str:
        """Return the text of a page, `broad` as in `read_generic`; with its address, its day of publication instead.

        Raises RuntimeError when the worker dies of the page or takes too long, twice.
        """
        for _ in range(2):  # the first time another page may have been the cause
            pool = self._choose_pool()
            try:
                return await asyncio.get_running_loop().run_in_executor(pool, worker.read, html, url, broad)
            except BrokenProcessPool:
                if self._pool is pool:
                    self._pool = None
                log.info("the generic extractor's process died and is begun anew")
        raise RuntimeError(f"the generic extractor died of this page, or took more than {worker.SECONDS} s")

    def _choose_pool(self) -> ProcessPoolExecutor:
        """Return the pool whose worker reads the next page; one that has had its share ends with what it was given.

        The pool's own way to renew workers (``max_tasks_per_child``) stops for good where pages wait while a worker
        ends (CPython issue 115634).
        """
        if self._pool and self._given >= PAGES_PER_WORKER:
            self._pool.shutdown(wait=False)
            self._pool = None
        if self._pool is None:
            self._pool, self._given = _build_pool(), 0
        self._given += 1
        return self._pool

    def close(self) -> None:
        """End the worker; what it has not begun is dropped."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _build_pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")  # a fork would take reactor and connections along
    return ProcessPoolExecutor(1, context, worker.begin)
