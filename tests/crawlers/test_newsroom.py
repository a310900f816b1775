"""The crawl process against the stand-in newsroom: every fault under its name, others unharmed, the meter's word on it.

Needs the newsroom of PANTAU_SHARED, set up by its ``setup.sh``; skipped without.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

import pytest

from crawlers.verdict import text_hash

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("PANTAU_SHARED", ROOT.parent / "shared"))
PYTHON = SHARED / "newsroom/.venv/bin/python"
NOW = "2026-02-01T08:00"
MOST_KIB = 400 * 1024
Record = dict[str, Any]
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PYTHON.is_file(), reason="needs the newsroom of PANTAU_SHARED, set up"),
]

# Outlet -> fault, its parameters, how addresses end, kind of the finding (None: nothing is lost, nothing to tell).
FAULTS: dict[str, tuple[str, dict[str, Any], str, str | None]] = {
    "riaubook.com": ("robots_disallow", {}, "robots", "robots"),
    "klikriau.com": ("robots_5xx", {}, "robots", "robots"),
    "potretnews.com": ("too_many", {"retry_after": 1}, "rate_limited", "rate_limited"),
    "goriau.com": ("too_many", {"retry_after": 2, "count": 3}, "stored", None),
    "cakaplah.com": ("unavailable", {"count": 3}, "stored", None),
    "riauonline.co.id": ("blocked", {}, "blocked", "blocked"),
    "riautrust.com": ("reset", {}, "connection", "connection"),
    "riaumandiri.co": ("truncated_gzip", {"on": "article"}, "bad_content", "bad_content"),
    "bgnnews.co.id": ("gzip_bomb", {}, "too_large", "too_large"),
    "infosiak.com": ("huge", {}, "too_large", "too_large"),
    "wartasiak.com": ("redirect_loop", {"on": "article"}, "redirect_loop", "redirect_loop"),
    "petah.id": ("redirect_away", {}, "redirected_away", "redirected_away"),
    "riauexpose.com": ("soft_404", {}, "soft_404", "soft_404"),
    "lintas10.com": ("empty_body", {}, "no_body", "layout"),
    "riauindependen.co.id": ("null_bytes", {}, "stored", None),
    "rakyat45.com": ("wrong_charset", {}, "stored", None),
    "benuanews.com": ("xml_bomb", {}, "stored", None),
    "metrojurnalis.com": ("bad_rss", {}, "stored", None),
    "riauterkini.com": ("future_dates", {}, "future_date", "future_date"),
    "dutametro.com": ("weekday_mismatch", {}, "stored", None),
    "riau24.com": ("crawl_delay", {"seconds": 0.3}, "stored", None),
}  # fmt: skip
HEALTHY = ("mediacenter.siakkab.go.id", "riau.harianhaluan.com")


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A running newsroom."""

    proxy: str

    def ask(self, command: str, **arguments: Any) -> Any:
        opener = build_opener(ProxyHandler({"http": self.proxy}))
        with opener.open(f"http://newsroom.control/{command}?{urlencode(arguments)}") as answer:
            return json.loads(answer.read())

    def crawl(self, **plan: Any) -> list[Record]:
        now = f"{NOW}:00+07:00"
        done = subprocess.run(
            [sys.executable, "-m", "crawlers"],
            input=json.dumps({"delay": 0, "now": now, "contact": "humas@kantor.example", **plan}),
            capture_output=True, text=True, timeout=280, cwd=ROOT, check=True,
            env={**os.environ, "http_proxy": self.proxy, "https_proxy": self.proxy, "no_proxy": ""},
        )  # fmt: skip
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("newsroom")
    port = folder / "port"
    with subprocess.Popen(
        [PYTHON, "newsroom.py", str(SHARED / "gold/dev"), "--now", NOW, "--port", "0", "--port-file", str(port),
         "--state", str(folder / "state")],
        cwd=SHARED / "newsroom", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    ) as process:  # fmt: skip
        deadline = time.monotonic() + 60
        while not (port.is_file() and port.read_text().strip()) and time.monotonic() < deadline:
            time.sleep(0.1)
        try:
            yield Newsroom(f"http://127.0.0.1:{port.read_text().strip()}")
        finally:
            process.terminate()


def count_reasons(records: list[Record]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        if record["type"] in ("article", "outcome"):
            counts[record["outlet"]][record.get("reason", "stored")] += 1
    return counts


def check_manners(hosts: dict[str, Any]) -> None:
    for host, seen in hosts.items():
        assert seen["disallowed_requests"] == 0, host
        assert seen["before_robots_txt"] == seen["after_robots_5xx"] == seen["faster_than_crawl_delay"] == 0, host
        assert seen["max_concurrency"] == 1, host
        assert all("humas@kantor.example" in agent for agent in seen["user_agents"]), host


def test_every_fault_ends_under_its_name_with_a_finding_and_harms_nobody_else(newsroom: Newsroom) -> None:
    newsroom.ask("reset")
    for outlet, (name, parameters, _, _) in FAULTS.items():
        newsroom.ask("fault", host=outlet, name=name, **parameters)
    outlets = [*FAULTS, *HEALTHY]
    records = newsroom.crawl(outlets=outlets, since="2026-01-28T00:00:00+07:00", keep_not_ours=True)
    counts = count_reasons(records)
    findings = {(record["outlet"], record["kind"]) for record in records if record["type"] == "finding"}
    for outlet, (name, _, reason, kind) in FAULTS.items():
        assert counts[outlet][reason], (outlet, name, counts[outlet])
        assert (outlet, kind) in findings if kind else not any(owner == outlet for owner, _ in findings), (outlet, name)
    for outlet in HEALTHY:
        assert counts[outlet]["stored"] >= 5, counts[outlet]
    assert records[-1]["type"] == "end"
    check_manners(newsroom.ask("stats")["hosts"])
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MOST_KIB
    newsroom.ask("reset")


def test_changed_articles_are_told_from_unchanged_and_removed_ones(newsroom: Newsroom) -> None:
    newsroom.ask("reset")
    plan = {"outlets": ["infosiak.com"], "since": "2026-01-28T00:00:00+07:00", "keep_not_ours": True}
    first = [record for record in newsroom.crawl(**plan) if record["type"] == "article"]
    same, changed, removed = (record["url"] for record in first[:3])
    newsroom.ask("edit", url=changed, title="Judul yang Diralat", at="2026-02-01T07:59:00+07:00")
    newsroom.ask("edit", url=removed, deleted="2026-02-01T07:59:00+07:00")
    rows = [
        {"url": record["url"], "outlet": record["outlet"], "text_hash": text_hash(record["title"], record["text"])}
        for record in first[:3]
    ]
    second = newsroom.crawl(outlets=["infosiak.com"], revisit=rows, addresses=["https://infosiak.com/"])
    reasons = {r["url"]: r.get("reason", r.get("title")) for r in second if r["type"] in ("article", "outcome")}
    assert (reasons[same], reasons[changed], reasons[removed]) == ("unchanged", "Judul yang Diralat", "gone")


def test_a_second_crawl_asks_for_changes_only_and_keeps_the_gap(newsroom: Newsroom) -> None:
    newsroom.ask("reset")
    plan = {"outlets": ["goriau.com"], "delay": 0.1}
    states = [record for record in newsroom.crawl(**plan) if record["type"] == "source"]
    first = newsroom.ask("stats")["hosts"]
    newsroom.crawl(**plan, states=states)
    hosts = newsroom.ask("stats")["hosts"]
    assert sum(seen["conditional_requests"] for seen in hosts.values()) > 0
    assert sum(seen["not_modified"] for seen in hosts.values()) > 0
    assert all(seen["min_gap_s"] is None or seen["min_gap_s"] >= 0.1 for seen in first.values())
    check_manners(hosts)


def test_of_what_stalls_no_host_ever_sees_two_requests_at_once(newsroom: Newsroom) -> None:
    newsroom.ask("reset")
    outlets = ("infosiak.com", "goriau.com", "riautrust.com")
    for outlet in outlets:
        newsroom.ask("fault", host=outlet, name="stall", on="article", share=0.5)
    counts = count_reasons(
        newsroom.crawl(outlets=outlets, since="2026-01-28T00:00:00+07:00", timeout=1.5, keep_not_ours=True)
    )
    assert all(counts[outlet]["timeout"] for outlet in outlets)
    check_manners(newsroom.ask("stats")["hosts"])
    newsroom.ask("reset")
