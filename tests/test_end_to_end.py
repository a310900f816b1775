"""The whole monitor as an office runs it: the command line, real spiders over HTTP, real annotation, a store on disk.

The web is the sample newsroom on loopback. Also what must hold when a process is killed in the middle.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from monitor.clock import find_now, find_today
from monitor.demo.newsroom import Newsroom
from monitor.demo.sample import RECIPES, Sample, load_sample, load_setting
from monitor.demo.server import serve_newsroom
from nlp.profile import find_folder

PROFILE, TIMEZONE = load_setting()
LAST_DAY = find_today(ZoneInfo(TIMEZONE)) - timedelta(days=1)
PATIENCE_S = 120  # for a step that takes seconds on an idle machine
STOP_S = 10  # what a service manager grants
MANY = 160  # articles: several batches of annotation
Environment = dict[str, str]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sample() -> Sample:
    return load_sample(LAST_DAY)


@pytest.fixture(scope="module")
def proxy(sample: Sample) -> Iterator[str]:
    with serve_newsroom(Newsroom(sample, find_now())) as address:
        yield address


@pytest.fixture
def office(proxy: str, tmp_path: Path) -> Environment:
    """Give the environment of an installation that reaches the newsroom only."""
    config = tmp_path / "config.toml"
    config.write_text(f"recipes = [{json.dumps(str(RECIPES))}]\n", encoding="utf-8")
    kept = {
        key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy") and "PANTAU" not in key
    }
    return kept | {
        "http_proxy": proxy,
        "https_proxy": proxy,
        "PANTAU_CONFIG": str(config),
        "PANTAU_STORE": str(tmp_path / "pantau.db"),
        "PANTAU_PROFILE": PROFILE,
    }


@contextmanager
def start(office: Environment, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Start a command; whatever the test finds, it is gone afterwards."""
    command = [sys.executable, "-m", "monitor", *map(str, arguments)]
    with subprocess.Popen(command, env=office, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def pantau(office: Environment, *arguments: object, code: int = 0) -> str:
    with start(office, *arguments) as process:
        out, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == code, err
    return out


def crawl(sample: Sample, *more: object) -> list[object]:
    outlets = [part for host in sample.sites for part in ("--outlet", host)]
    return ["crawl", *outlets, "--since", LAST_DAY - timedelta(days=30), *more]


def count(office: Environment, sql: str) -> int:
    """Ask the store from outside, as a person with the sqlite3 shell would; 0 while it does not exist yet."""
    try:
        with closing(sqlite3.connect(f"file:{office['PANTAU_STORE']}?mode=ro", uri=True)) as connection:
            return int(connection.execute(sql).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def wait_until(holds: Callable[[], bool], process: subprocess.Popen[str] | None = None) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        assert process is None or process.poll() is None, "the process ended before it could be killed"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a process as the machine would, and see that it leaves no children behind."""
    left = children(process.pid)
    assert left, "there was no work under way"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    wait_until(lambda: not any(map(is_running, left)))


def articles(office: Environment) -> dict[str, Any]:
    """Return all stored articles by address, without what differs from one crawl to the next."""
    rows = [json.loads(line) for line in pantau(office, "articles", "--format", "jsonl").splitlines()]
    assert len({row["url"] for row in rows}) == len(rows)
    kept = ("title", "text", "published_at", "byline", "about", "opd", "quotes")
    return {row["url"]: {key: row[key] for key in kept} for row in rows}


def test_from_the_web_to_the_digest(office: Environment, sample: Sample) -> None:
    pantau(office, *crawl(sample, "--delay", 0))
    stored = articles(office)
    assert len(stored) > len(sample.articles) / 2
    pantau(office, "annotate")
    day = LAST_DAY.isoformat()
    digest = json.loads(pantau(office, "digest", "--date", day, "--format", "json"))
    assert digest["totals"]["articles"] == len(digest["items"]) > 5
    assert digest["not_annotated"] == 0
    text = pantau(office, "digest", "--date", day)
    assert digest["id"] in text
    assert all(item["url"] in stored for item in digest["items"])
    by_channel = json.loads(pantau(office, "counts", "--by", "day", "--from", day, "--to", day, "--json"))
    assert sum(row["articles"] for row in by_channel) == digest["totals"]["articles"]
    before = count(office, "SELECT COUNT(*) FROM articles")
    pantau(office, *crawl(sample, "--delay", 0))
    assert count(office, "SELECT COUNT(*) FROM articles") == before
    assert count(office, "SELECT COUNT(*) FROM revisions") == 0


def test_a_kill_during_the_crawl_loses_and_doubles_nothing(office: Environment, sample: Sample, tmp_path: Path) -> None:
    with start(office, *crawl(sample, "--delay", 0.05)) as process:
        wait_until(lambda: count(office, "SELECT COUNT(*) FROM articles") >= 5, process)
        kill(process)
    survived = count(office, "SELECT COUNT(*) FROM articles")
    assert survived >= 5
    assert count(office, "SELECT COUNT(*) FROM articles WHERE id NOT IN (SELECT article_id FROM evidence)") == 0
    pantau(office, *crawl(sample, "--delay", 0))
    undisturbed = office | {"PANTAU_STORE": str(tmp_path / "undisturbed.db")}
    pantau(undisturbed, *crawl(sample, "--delay", 0))
    assert articles(office) == articles(undisturbed)
    runs = json.loads(pantau(office, "runs", "--json"))
    assert [run["status"] for run in runs] == ["done", "interrupted"]


def test_a_kill_during_annotation_loses_and_doubles_nothing(office: Environment, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(MANY):
            stream.write(json.dumps(make_article(number)) + "\n")
    undisturbed = office | {"PANTAU_STORE": str(tmp_path / "undisturbed.db")}
    for installation in (office, undisturbed):
        pantau(installation, "import", path)
    with start(office, "annotate") as process:
        wait_until(lambda: count(office, "SELECT COUNT(*) FROM annotations") > 0, process)
        kill(process)
    assert 0 < count(office, "SELECT COUNT(*) FROM annotations") < MANY
    for installation in (office, undisturbed):
        pantau(installation, "annotate")
        assert count(installation, "SELECT COUNT(*) FROM annotations") == MANY
        assert count(installation, "SELECT COUNT(*) FROM articles WHERE linked_revision <> revision") == 0
    assert articles(office) == articles(undisturbed)
    assert json.loads(pantau(office, "runs", "--json"))[1]["status"] == "interrupted"


def make_article(number: int) -> dict[str, str]:
    """Return an invented article; each names an office and quotes somebody, so that annotation has work to do."""
    names = ("Pasar", "Jembatan", "Sekolah", "Posyandu", "Dermaga", "Taman")
    text = (
        f"Pemerintah Kabupaten Siak memperbaiki {names[number % 6].lower()} nomor {number} pada pekan ini. "
        f'"Kami kerjakan bertahap mulai dari RT {number}," kata Kepala Dinas Kesehatan Siak.\n\n'
    )
    return {
        "url": f"https://warta.example/{number}",
        "outlet": "warta.example",
        "title": f"{names[number % 6]} Nomor {number} Diperbaiki",
        "text": text + " ".join(f"kegiatan-{number}-{step}" for step in range(150)) + ".",
        "published_at": f"2025-03-{number % 28 + 1:02d}T09:00+07:00",
    }


def test_a_crawl_that_is_asked_to_stop_keeps_what_it_has(office: Environment, sample: Sample) -> None:
    with start(office, *crawl(sample, "--delay", 0.2)) as process:
        wait_until(lambda: count(office, "SELECT COUNT(*) FROM articles") >= 2, process)
        asked = time.monotonic()
        process.terminate()
        process.communicate(timeout=PATIENCE_S)
        assert time.monotonic() - asked < STOP_S
    assert process.returncode == 3
    assert json.loads(pantau(office, "runs", "--json"))[0]["status"] == "stopped"
    assert len(articles(office)) >= 2


def test_a_store_that_was_lost_is_restored_from_its_last_copy(office: Environment, sample: Sample) -> None:
    pantau(office, *crawl(sample, "--delay", 0, "--limit", 5))
    copy, store = pantau(office, "backup").strip(), Path(office["PANTAU_STORE"])
    before = articles(office)
    pantau(office, *crawl(sample, "--delay", 0))
    lost = articles(office)
    assert 0 < len(before) < len(lost)
    for file in store.parent.glob(f"{store.name}*"):
        file.unlink()
    shutil.copy(copy, store)
    assert articles(office) == before
    rows = {row["check"]: row for row in json.loads(pantau(office, "doctor", "--json", code=1))}
    assert {rows[check]["status"] for check in ("store", "evidence", "backup")} == {"ok"}
    pantau(office, "evidence", "verify")  # the pages that came after the copy are of no article, and no fault
    pantau(office, *crawl(sample, "--delay", 0))
    assert articles(office) == lost
    pantau(office, "evidence", "verify")


def test_the_service_works_at_once_and_stops_within_ten_seconds(office: Environment) -> None:
    only = "\n[schedule]\nrefresh_minutes = 60\n"
    config = Path(office["PANTAU_CONFIG"])
    config.write_text(config.read_text(encoding="utf-8") + only, encoding="utf-8")
    profile = copy_profile(config.parent)
    with start(office | {"PANTAU_PROFILE": str(profile)}, "run") as process:
        wait_until(lambda: count(office, "SELECT COUNT(*) FROM articles") >= 2, process)
        busy = pantau(office, "refresh", code=3)
        assert busy == ""
        asked = time.monotonic()
        process.terminate()
        _, err = process.communicate(timeout=PATIENCE_S)
        assert time.monotonic() - asked < STOP_S
    assert process.returncode == 0, err
    assert count(office, "SELECT COUNT(*) FROM runs WHERE finished_at IS NULL") == 0
    assert count(office, "SELECT COUNT(*) FROM runs WHERE job = 'refresh'") == 1
    assert count(office, "SELECT COUNT(*) FROM runs WHERE job = 'backup' AND status = 'done'") == 1


def copy_profile(folder: Path) -> Path:
    """Return a profile that watches the newsroom's outlets only."""
    copy = Path(shutil.copytree(find_folder(PROFILE), folder / "profile"))
    text = (copy / "profile.toml").read_text(encoding="utf-8")
    hosts = json.dumps(sorted(path.stem for path in RECIPES.glob("*.toml")))
    assert "\noutlets = []\n" in text
    (copy / "profile.toml").write_text(text.replace("\noutlets = []\n", f"\noutlets = {hosts}\n"), encoding="utf-8")
    return copy
