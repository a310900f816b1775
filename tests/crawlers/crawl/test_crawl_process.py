"""The crawl as a process: signals, a reader that is gone, plans that cannot be used, and plain Scrapy."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from scrapy import Request, Spider

from crawlers.process import Records
from tests.crawlers.conftest import Answer, Site
from tests.crawlers.crawl.conftest import (
    ROOT,
    Crawl,
    address,
    article,
    build_plan,
    build_recipe,
    environment,
    listing,
    outcomes,
)


def answer_late() -> Answer:
    time.sleep(15)
    return Answer(b"")


def start_crawl(folder: Path) -> subprocess.Popen[bytes]:
    """Start a crawl whose records can be read, or not, while it runs."""
    child = subprocess.Popen(
        [sys.executable, "-m", "crawlers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment(),
    )
    assert child.stdin is not None
    child.stdin.write(json.dumps(build_plan(folder)).encode())
    child.stdin.close()
    return child


def wait_for(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_each_page_is_told_before_it_is_read(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", listing([1, 2]))
    for number in (1, 2):
        site.add(address(number), article(f"Warga menanam padi bersama {number}"))
    records = crawl()
    before = [(row["type"], row["url"]) for row, after in pairwise(records) if after["type"] == "article"]
    assert before == [("reading", row["url"]) for row in records if row["type"] == "article"]
    assert len(before) == 2
    assert [row["url"] for row in records if row["type"] == "reading" and row["source"]] == [f"{site.home}/kanal"]


def test_sigterm_ends_within_seconds_and_hands_on_what_there_is(site: Site, tmp_path: Path) -> None:
    build_recipe(site, tmp_path)
    site.add("/kanal", listing([1, 2, 3]))
    site.add(address(1), article("Panen"))
    site.pages[address(2)] = answer_late
    child = start_crawl(tmp_path)
    assert child.stdout is not None
    wait_for(lambda: site.asked(address(2)) > 0)
    child.send_signal(signal.SIGTERM)
    asked = time.monotonic()
    records = [json.loads(line) for line in child.stdout]
    child.stdout.close()
    assert child.wait(timeout=10) == 0
    assert time.monotonic() - asked < 5
    assert outcomes(records) == {address(1)[1:]: "stored", address(2)[1:]: "over_limit", address(3)[1:]: "over_limit"}
    assert records[-1]["stopped"] is True


def test_it_ends_when_nobody_reads_any_more(site: Site, tmp_path: Path) -> None:
    build_recipe(site, tmp_path)
    site.pages["/kanal"] = answer_late
    child = start_crawl(tmp_path)
    assert child.stdout is not None
    wait_for(lambda: site.asked("/kanal") > 0)
    child.stdout.close()
    assert child.wait(timeout=8) == 1


def test_whoever_watches_is_told_which_address_is_asked(site: Site, crawl: Crawl) -> None:
    site.add("/kanal", listing([1]))
    site.add(address(1), article("Panen"))
    told = [record["url"] for record in crawl(tell_requests=True) if record["type"] == "request"]
    assert told == [site.home + path for path in ("/robots.txt", "/kanal", address(1))]
    assert not [record for record in crawl() if record["type"] == "request"]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ('{"outlets": ["contoh.exampl"]}', "no outlet 'contoh.exampl'"),
        ('{"outlets": ["x"], "recipe_dirs": ["/nirgends"]}', "no such folder of recipes"),
        ("{}", "plan: outlets"),
    ],
)
def test_a_plan_that_cannot_be_used_ends_with_one_line(plan: str, said: str) -> None:
    done = subprocess.run(  # noqa: PLW1510 - the code is looked at below
        [sys.executable, "-m", "crawlers"],
        input=plan,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        env=environment(),
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_recipe_with_a_slip_is_a_finding_and_costs_no_other_outlet(site: Site, crawl: Crawl, tmp_path: Path) -> None:
    site.add("/kanal", listing([1]))
    site.add(address(1), article("Panen"))
    (tmp_path / "recipes/warta.toml").write_text('name = "Warta"\ndomains = ["warta.example"]\nkinds = "local"\n')
    records = crawl(outlets=["contoh", "warta"])
    assert outcomes(records) == {address(1)[1:]: "stored"}
    (finding,) = [r for r in records if r["type"] == "finding"]
    assert (finding["outlet"], finding["kind"]) == ("warta", "recipe")
    assert "warta.toml: kind: missing; kinds: unknown key" in finding["detail"]
    assert finding["detail"].endswith("; until that is mended the outlet is not crawled")
    assert records[-1]["type"] == "end"


def test_plain_scrapy_knows_the_outlets_and_exports_articles(site: Site, tmp_path: Path) -> None:
    build_recipe(site, tmp_path)
    site.add("/kanal", listing([1, 2]))
    for n in (1, 2):
        site.add(address(n), article(f"Panen {n}"))
    setting = ["-s", f"PANTAU_RECIPE_DIRS={tmp_path / 'recipes'}"]
    scrapy = [sys.executable, "-m", "scrapy"]
    listed = subprocess.run(
        [*scrapy, "list", *setting], capture_output=True, text=True, cwd=ROOT, env=environment(), timeout=60, check=True
    )
    assert "contoh" in listed.stdout.splitlines()
    out = tmp_path / "out.jsonl"
    subprocess.run(
        [*scrapy, "crawl", "contoh", "-O", str(out), "-a", "since=2026-01-01", "-a", "delay=0", *setting],
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        timeout=60,
        check=True,
    )
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert {row["title"] for row in rows} == {"Panen 1", "Panen 2"}


def test_pages_that_cannot_be_archived_end_the_crawl_and_no_more_are_asked_for(site: Site, tmp_path: Path) -> None:
    build_recipe(site, tmp_path)
    site.add("/kanal", listing(list(range(1, 21))))
    for n in range(1, 21):
        site.add(address(n), article(f"Panen {n}"))
    (tmp_path / "file").touch()
    plan = build_plan(tmp_path, evidence_dir=str(tmp_path / "file/evidence"))
    done = subprocess.run(  # noqa: PLW1510 - the code is looked at below
        [sys.executable, "-m", "crawlers"],
        input=json.dumps(plan), capture_output=True, text=True, timeout=60, cwd=ROOT, env=environment(),
    )  # fmt: skip
    assert done.returncode == 1
    assert "file/evidence (Not a directory): make room there, or check its permissions" in done.stderr
    assert not any('"error"' in line or '"article"' in line for line in done.stdout.splitlines())
    assert sum(site.asked(address(n)) for n in range(1, 21)) <= 3


def test_it_says_that_it_lives_while_work_goes_on_and_not_when_that_stands_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [0.0]
    monkeypatch.setattr("crawlers.process.time.monotonic", lambda: clock[0])
    reading, writing = os.pipe()
    with os.fdopen(reading) as told:
        records = Records(writing)
        for second in (30, 61, 90, 125, 305, 2000):
            clock[0] = second
            records.beat(gap=0)
        clock[0] = 2001
        records.note_request(Request("https://contoh.example/"), Spider("contoh"))
        for second in (2002, 4000):  # the host wants to be asked once in an hour
            clock[0] = second
            records.beat(gap=3600)
        os.close(writing)
        assert len(told.read().splitlines()) == 4, "at 61, 125, 2002, 4000: nothing moved for five minutes before 305"
