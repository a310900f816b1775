"""A crawl that gives no sign of life is ended and told, and holds up nothing: what it stored stays."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db.addresses import articles_to_revisit, known_addresses
from db.articles import save_article
from db.findings import find_findings
from db.queries.articles import count_articles
from db.runs import count_outcomes, find_runs
from monitor import child
from monitor.child import Hung
from monitor.clock import find_now
from monitor.config import load_config
from monitor.gather import Wish, find_held
from monitor.ingest import run_crawl
from monitor.jobs import recorded
from monitor.office import load_office, open_office_store
from monitor.refresh import find_round, run_refresh
from monitor.why import ask_why

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


READING = {"type": "reading", "outlet": "kabar.example", "url": "https://kabar.example/2/berat", "source": False}


def test_the_page_that_a_child_hung_on_ends_so_and_is_left_out_after_the_second_time(
    pantau: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "COMMAND", hang([*SAID, READING], deaf=False))
    office = load_office(load_config())
    with closing(open_office_store(office)) as store:
        for left_out in (False, True):
            with (
                pytest.raises(Hung, match=f"minutes, while it read {READING['url']}, and"),
                recorded(store, "c") as run,
            ):
                run_crawl(store, PLAN, run.id, threading.Event(), silent=0.5)
            assert count_outcomes(store, run.id)["hung"] == 1
            assert (READING["url"] in known_addresses(store)) == left_out
        assert READING["url"] in find_findings(store)[0]["detail"]
        monkeypatch.setattr("monitor.why.look_at_site", lambda *_: pytest.fail("it would hang there again"))
        assert ask_why(office, store, READING["url"], threading.Event()).cause == "no_recipe"
        known = replace(office, recipes={**office.recipes, "kabar.example": next(iter(office.recipes.values()))})
        answer = ask_why(known, store, READING["url"], threading.Event())
        assert (answer.cause, "pantau clip --file" in answer.fix) == ("hung", True)


@pytest.mark.parametrize("last", [ARTICLE, {"type": "alive"}, {**READING, "source": True}])
def test_no_page_is_blamed_that_was_not_being_read(
    pantau: Any, monkeypatch: pytest.MonkeyPatch, last: dict[str, Any]
) -> None:
    monkeypatch.setattr(child, "COMMAND", hang([READING, last], deaf=False))
    with closing(open_office_store(load_office(load_config()))) as store:
        with pytest.raises(Hung), recorded(store, "c") as run:
            run_crawl(store, PLAN, run.id, threading.Event(), silent=0.5)
        assert "hung" not in count_outcomes(store, run.id)


def test_an_outlet_of_which_a_list_hung_is_left_out_for_longer_each_time_until_it_is_read(
    pantau: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, now = load_office(load_config()), find_now()
    culprit, other = office.asked[:2]
    listing = {**READING, "outlet": culprit, "url": f"https://{culprit}/feed/", "source": True}
    monkeypatch.setattr(child, "COMMAND", hang([listing], deaf=False))
    with closing(open_office_store(office)) as store:
        assert find_round(office, store)[:2] == (culprit, other)
        for hours, waits in ((0, 8), (9, 9), (30, 30), (400, 7 * 24)):
            monkeypatch.setattr("monitor.ingest.find_now", lambda hours=hours: now + timedelta(hours=hours))
            with pytest.raises(Hung), recorded(store, "c") as run:
                run_crawl(store, {"outlets": [culprit, other]}, run.id, threading.Event(), silent=0.5)
            for away, held in ((waits - 0.5, {culprit}), (waits + 0.5, set())):
                assert find_held(store, now + timedelta(hours=hours + away)) == held
        assert find_round(office, store)[0] == other
        told = {row["outlet"]: row for row in find_findings(store)}
        assert (told[culprit]["kind"], told[other]["kind"], told[culprit]["times"]) == ("hung_list", "hung", 4)
        assert listing["url"] in told[culprit]["detail"]
        monkeypatch.setattr(child, "COMMAND", ("sh", "-c", 'echo \'{"type": "end"}\''))
        with recorded(store, "c") as run:
            run_crawl(store, {"outlets": [other]}, run.id, threading.Event())
            assert [row["outlet"] for row in find_findings(store)] == [culprit]
            run_crawl(store, {"outlets": [culprit]}, run.id, threading.Event())
        assert find_findings(store) == []


def test_an_article_that_hung_when_looked_at_again_waits_for_its_next_look(
    pantau: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "COMMAND", hang([{**READING, "url": ARTICLE["url"]}], deaf=False))
    with closing(open_office_store(load_office(load_config()))) as store, recorded(store, "c") as run:
        article = {**ARTICLE, "published_at": find_now().isoformat()}
        save_article(store, article, run.id, find_now() - timedelta(hours=2))
        assert articles_to_revisit(store, find_now())
        with pytest.raises(Hung):
            run_crawl(store, PLAN, run.id, threading.Event(), silent=0.5)
        assert not articles_to_revisit(store, find_now())


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
