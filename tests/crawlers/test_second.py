"""The slow extractor's process: it holds nothing up, is begun anew when it dies, and outlives nobody."""

from __future__ import annotations

import asyncio
import multiprocessing
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers import second
from crawlers.extract.page import Page
from crawlers.recipe import Recipe
from crawlers.second import SecondReader, read_page

ROOT = Path(__file__).resolve().parents[2]
PAGE = (
    "<html lang=en><body><article>"
    + "<p>The council met and spoke of the bridge.</p>" * 40
    + "</article></body></html>"
)


def test_the_loop_goes_on_while_a_page_is_read() -> None:
    async def run() -> tuple[bool, str]:
        reader = SecondReader()
        await reader.read(PAGE)  # the worker is there
        reading = asyncio.create_task(reader.read(PAGE))
        for _ in range(10):  # turns of the loop, in the first of which the page is handed over
            await asyncio.sleep(0)
        went_on = not reading.done()
        text = await reading
        reader.close()
        return went_on, text

    went_on, text = asyncio.run(run())
    assert "The council met" in text
    assert went_on


def test_the_process_begins_without_the_rest_of_the_crawl() -> None:
    asked = "import sys, crawlers.__main__, crawlers.worker; print(*(m for m in sys.modules if 'crawlers' in m))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    begun = {"crawlers", "crawlers.__main__", "crawlers.worker", "crawlers.extract", "crawlers.extract.outside"}
    assert set(done.stdout.split()) == begun


def test_text_and_day_of_a_foreign_page_come_from_elsewhere() -> None:
    recipe = Recipe.model_validate({"id": "a.example", "name": "A", "domains": ["a.example"], "kind": "local"})
    html = PAGE.replace("<article>", "<article><h1>A bridge is discussed</h1>")
    page = Page("https://a.example/news/bridge", html.encode(), "text/html", datetime(2025, 6, 1, tzinfo=UTC))
    asked: list[str | None] = []

    async def read(html: str, url: str | None = None, broad: bool = False) -> str:
        asked.append("default mode" if broad else url)
        return "2025-03-04" if url else "The council met and told more of the bridge than the page does. " * 20

    found = asyncio.run(read_page(page, recipe, read))
    assert asked == [None, "default mode", page.url]
    assert "told more of the bridge" in found.text
    assert found.published_at is not None
    assert (found.published_at.date().isoformat(), found.fields["published_at"]) == ("2025-03-04", "trafilatura")


def test_the_day_of_a_foreign_page_is_read_by_the_worker() -> None:
    async def run() -> str:
        reader = SecondReader()
        dated = PAGE.replace("<article>", '<article><time datetime="2025-03-04">4 March</time>')
        try:
            return await reader.read(dated, "https://a.example/news/bridge")
        finally:
            reader.close()

    assert asyncio.run(run()) == "2025-03-04"


def test_a_worker_that_died_is_replaced() -> None:
    async def run() -> str:
        reader = SecondReader()
        await reader.read(PAGE)
        for worker in multiprocessing.active_children():
            worker.kill()
        text = await reader.read(PAGE)
        reader.close()
        return text

    assert "spoke of the bridge" in asyncio.run(run())
    assert not multiprocessing.active_children()


def test_pages_that_wait_while_workers_take_over_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "PAGES_PER_WORKER", 3)

    async def run() -> list[str]:
        reader = SecondReader()
        texts = [reader.read(PAGE) for _ in range(8)]
        try:
            return await asyncio.wait_for(asyncio.gather(*texts), 60)
        finally:
            reader.close()

    assert len([text for text in asyncio.run(run()) if "spoke of the bridge" in text]) == 8


def test_the_worker_ends_when_its_parent_is_gone() -> None:
    script = (
        "import asyncio, multiprocessing, os\n"
        "from crawlers.second import SecondReader\n"
        "if __name__ == '__main__':\n"
        f"    asyncio.run(SecondReader().read({PAGE!r}))\n"
        "    os.write(1, str(multiprocessing.active_children()[0].pid).encode())\n"
        "    os._exit(1)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    worker, deadline = int(done.stdout), time.monotonic() + 10
    while is_alive(worker):
        assert time.monotonic() < deadline, "an orphan is left"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return "Z" not in state.rpartition(")")[2].split()[0]
