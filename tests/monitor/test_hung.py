"""A crawl that gives no sign of life is ended and told, and holds up nothing: what it stored stays."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.findings import find_findings
from db.queries.articles import count_articles
from db.runs import find_runs
from monitor import child
from monitor.child import Hung
from monitor.config import load_config
from monitor.gather import Wish
from monitor.ingest import run_crawl
from monitor.jobs import recorded
from monitor.office import load_office, open_office_store
from monitor.refresh import run_refresh

PLAN = {"outlets": ["warta.example", "kabar.example"]}
ARTICLE = {
    "type": "article", "url": "https://kabar.example/1/panen", "outlet": "kabar.example", "title": "Panen raya",
    "text": "Warga Selasih memanen padi.", "published_at": "2026-03-09T02:00:00Z", "extractor": "selector",
    "fallback": False, "fields": {},
}  # fmt: skip
SAID = [{"type": "closed", "outlet": "warta.example"}, ARTICLE]


def hang(records: Sequence[dict[str, Any]], deaf: bool) -> tuple[str, ...]:
    """Return the command of a child that says something, and then nothing any more; a deaf one heeds no SIGTERM."""
    lines = "\n".join(json.dumps(record) for record in records)
    return ("sh", "-c", f"trap '' USR1 {'TERM' if deaf else ''}; echo '{lines}'; exec sleep 600")


@pytest.mark.parametrize("deaf", [False, True])
def test_a_silent_child_is_ended_and_names_what_it_left(
    pantau: Any, monkeypatch: pytest.MonkeyPatch, deaf: bool
) -> None:
    monkeypatch.setattr(child, "COMMAND", hang(SAID, deaf))
    monkeypatch.setattr(child, "STOP_SECONDS", 0.6)
    with closing(open_office_store(load_office(load_config()))) as store:
        with pytest.raises(Hung, match=r"no sign of life .* not finished: kabar.example$"), recorded(store, "c") as run:
            run_crawl(store, PLAN, run.id, threading.Event(), silent=2)
        assert [(row["outlet"], row["kind"]) for row in find_findings(store)] == [("kabar.example", "hung")]
        (latest,) = find_runs(store)
        assert (latest["status"], count_articles(store)) == ("failed", 1)


def test_one_that_says_that_it_lives_is_waited_for(pantau: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    beats = 'import time\nfor _ in range(25): print(\'{"type": "alive"}\', flush=True); time.sleep(0.2)\n'
    end = json.dumps({"type": "end"})
    monkeypatch.setattr(child, "COMMAND", (sys.executable, "-c", f"{beats}print({end!r})"))
    with closing(open_office_store(load_office(load_config()))) as store, recorded(store, "crawl") as run:
        assert run_crawl(store, PLAN, run.id, threading.Event(), silent=4).ended


def test_a_refresh_whose_crawl_hung_reads_what_that_stored(
    pantau: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(store: Any, office: Any, wish: Wish, *more: Any) -> None:
        raise Hung("the crawl gave no sign of life")

    rows = [{key: ARTICLE[key] for key in ("url", "outlet", "title", "text", "published_at")}]
    (tmp_path / "one.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert pantau("import", tmp_path / "one.jsonl").code == 0
    monkeypatch.setattr("monitor.refresh.run_gathering", fail)
    office = load_office(load_config())
    with closing(open_office_store(office)) as store:
        with pytest.raises(Hung), recorded(store, "refresh") as run:
            run_refresh(office, store, run, threading.Event(), ("warta.example",))
        assert run.status == "failed"
        assert run.summary["annotated"] == 1
