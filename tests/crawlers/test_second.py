"""The slow extractor's process: it holds nothing up, is begun anew when it dies, and outlives nobody."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

from crawlers.second import SecondReader

ROOT = Path(__file__).resolve().parents[2]
PAGE = (
    "<html lang=en><body><article>"
    + "<p>The council met and spoke of the bridge.</p>" * 40
    + "</article></body></html>"
)


def test_the_loop_goes_on_while_a_page_is_read() -> None:
    long = PAGE.replace("<article>", "<article>" + "<div><p>Rain fell on the old town again.</p></div>" * 4000)

    async def run() -> tuple[float, float, str]:
        reader, gaps = SecondReader(), [0.0]

        async def tick() -> None:
            while True:
                before = time.monotonic()
                await asyncio.sleep(0.005)
                gaps.append(time.monotonic() - before)

        await reader.read(PAGE)  # the worker is there
        ticking, start = asyncio.create_task(tick()), time.monotonic()
        text = await reader.read(long)
        took = time.monotonic() - start
        ticking.cancel()
        reader.close()
        return took, max(gaps), text

    took, gap, text = asyncio.run(run())
    assert "The council met" in text
    assert took > 0.2
    assert gap < took / 2


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
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
