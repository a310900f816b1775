"""A writer killed at any moment loses nothing that it reported and doubles nothing when it starts again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.connection import open_store

ARTICLES = 400
WRITER = """
import sys
from datetime import UTC, datetime
from db.annotations import pending, save_annotations
from db.articles import save_article
from db.connection import open_store
from db.runs import mark_interrupted, save_outcomes, start_run
import os
store = open_store(sys.argv[1])
mark_interrupted(store)
run = start_run(store, "crawl", os.getpid())
for n in range(int(sys.argv[2])):
    url = f"https://a.example/{n}"
    record = {"url": url, "outlet": "a.example", "title": f"Judul {n}", "text": "Isi berita. " * 50,
              "published_at": datetime(2025, 3, 1, tzinfo=UTC), "aliases": [url + "/amp"]}
    saved = save_article(store, record)
    save_outcomes(store, run, [{"url": url, "outlet": "a.example", "reason": saved.reason}])
    if n % 10 == 9:
        rows = [{"id": row["id"], "revision": row["revision"], "about": "subject", "opd": [{"id": "x", "mentions": []}]}
                for row in pending(store, "v1")]
        save_annotations(store, rows)
    print(url, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 23, 150])
def test_a_killed_writer_loses_and_doubles_nothing(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "pantau.db"
    command = [sys.executable, "-c", WRITER, str(path), str(ARTICLES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        reported = [writer.stdout.readline().strip() for _ in range(lines)]
        time.sleep(0.01)
        os.kill(writer.pid, signal.SIGKILL)
        reported += [line.strip() for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    store = open_store(path)
    urls = {row[0] for row in store.execute("SELECT url FROM articles")}
    assert set(reported) <= urls
    half_done = """SELECT COUNT(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM texts WHERE article_id = a.id)
                   OR (SELECT COUNT(*) FROM addresses WHERE article_id = a.id) <> 2"""
    assert store.execute(half_done).fetchone()[0] == 0
    assert store.execute("SELECT (SELECT COUNT(*) FROM annotations) = (SELECT COUNT(*) FROM tags)").fetchone()[0]
    store.close()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    store = open_store(path, read_only=True)
    counts = [
        store.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("articles", "texts", "annotations")
    ]
    assert counts == [ARTICLES] * 3
    assert store.execute("SELECT COUNT(*) FROM revisions").fetchone()[0] == 0
    assert [row[0] for row in store.execute("SELECT status FROM runs ORDER BY id")] == ["interrupted", "running"]
    assert store.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    store.close()


def test_two_writers_at_once_store_each_article_once(tmp_path: Path) -> None:
    path = tmp_path / "pantau.db"
    command = [sys.executable, "-c", WRITER.replace("mark_interrupted(store)\n", "\n"), str(path), "60"]
    writers = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    store = open_store(path, read_only=True)
    assert store.execute("SELECT COUNT(*) FROM articles").fetchone()[0] == 60
    assert store.execute("SELECT COUNT(*) FROM revisions").fetchone()[0] == 0
    store.close()
