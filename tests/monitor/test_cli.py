"""The command line: where options may stand, what goes to which stream, and one clear line for whatever is wrong."""

from __future__ import annotations

import inspect
import io
import json
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from monitor.cli.app import app
from tests.monitor.conftest import ARTICLE, CONTOH

Pantau = Callable[..., Any]
NO_TABLE = {"pantau why", "pantau articles show", "pantau evidence show"}  # one thing, in words or as JSON


def test_common_options_stand_before_or_after_the_command(pantau: Pantau, filled: Pantau, tmp_path: Path) -> None:
    store = str(tmp_path / "data" / "pantau.db")
    for arguments in (("--store", store, "-q", "articles", "--json"), ("articles", "--json", "-q", "--store", store)):
        answer = pantau(*arguments)
        assert answer.code == 0
        assert [row["url"] for row in json.loads(answer.out)] == [ARTICLE["url"]]
    other = pantau("--store", store, "articles", "--store", tmp_path / "none.db")  # the later one holds
    assert other.code == 2
    assert "none.db" in other.complaint


def test_without_a_command_the_help_is_shown(pantau: Pantau) -> None:
    answer = pantau()
    assert answer.code == 2
    assert "digest" in answer.out


def list_commands(group: Any, path: str = "pantau") -> Iterator[tuple[str, dict[str, Any]]]:
    if group.callback:
        yield path, inspect.unwrap(group.callback).__annotations__  # a wrapper carries none from Python 3.14 on
    for name, inner in getattr(group, "commands", {}).items():
        yield from list_commands(inner, f"{path} {name}")


def test_what_writes_json_is_asked_for_it_in_the_same_two_ways() -> None:
    found = dict(list_commands(get_command(app)))
    forms = {path for path, given in found.items() if "'json'" in str(given.get("form"))}
    assert len(forms) > 20
    assert forms == {path for path, given in found.items() if "json" in given} - NO_TABLE


def test_version_is_told(pantau: Pantau) -> None:
    assert pantau("--version").out.startswith("pantau ")


def test_data_goes_to_standard_output_and_messages_do_not(filled: Pantau, tmp_path: Path) -> None:
    answer = filled("import", tmp_path / "one.jsonl")
    assert (answer.code, answer.out) == (0, "")
    assert "unchanged 1" in answer.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["artikel"], "No such command 'artikel'"),
        (["digest", "--tanggal", "x"], "No such option"),
        (["digest", "--date", "2025-02-30"], "--date '2025-02-30' is no day: write YYYY-MM-DD"),
        (["digest", "--date", "2999-01-01"], "has not come yet"),
        (["digest", "--edition", "malam"], "'--edition': 'malam' is not one of"),
        (["articles", "--from", "2025-02-02", "--to", "2025-02-01"], "--to 2025-02-01 lies before --from 2025-02-02"),
        (["articles", "--outlet", "warta.exampel"], "unknown outlet 'warta.exampel': did you mean warta.example?"),
        (["articles", "--tone", "positive"], "did you mean positif?"),
        (["counts", "--by", "opdd"], "did you mean opd"),
        (["counts", "--by", "outlet", "--outlet", "zzz"], "unknown outlet 'zzz'"),
        (["articles", "show", "999"], "no article '999'"),
        (["import", "none.jsonl"], "none.jsonl cannot be read"),
        (["extract", "none.html"], "none.html cannot be read"),
        (["crawl", "--outlet", "infopublikk"], "infopublikk"),
        (["crawl", "--outlet", "zzz"], "unknown outlet 'zzz': "),
        (["articles", "--tone", "jelek"], "choose positif, netral, negatif"),
        (["evidence", "show", "1", "--version", "2"], "--page"),
        (["crawl", "--since", "kapan"], "--since 'kapan' is no day"),
        (["crawl", "--limit", "0"], "limit"),
        (["evaluate", "none.jsonl"], "none.jsonl cannot be read"),
        (["--profile", "atlantis", "digest"], "no profile 'atlantis'"),
        (["profile", "check", "--profile", "atlantis"], "no profile 'atlantis'"),
        (["articles", "show", "9" * 20], "no article"),
        (["articles", "--limit", "9" * 20], "--limit"),
        (["counts", "--by", "opd", "--story", "9" * 20], "--story"),
        (["outbox", "show", "9" * 20], "ID"),
        (["outlets", "probe", "http://[x"], "is no web address"),
        (["alerts", "check", "--at", "9999-12-31T23:59-12:00"], "is no ISO 8601 time"),
        (["clip", "http://[x"], "is no web address"),
        (["extract", "http://[x"], "is no web address"),
        (["extract", "none.html", "--url", "http://[x"], "is no web address"),
    ],
)
def test_wrong_input_gets_one_line_and_code_2(filled: Pantau, arguments: list[str], said: str) -> None:
    answer = filled(*arguments)
    assert answer.code == 2
    assert said in answer.complaint
    assert "Traceback" not in answer.err
    assert answer.complaint.startswith("pantau: ")


def test_search_finds_words_and_says_when_there_is_nothing(filled: Pantau) -> None:
    assert ARTICLE["title"] in filled("search", "pasar").out
    assert filled("search", 'pasar AND ("').code == 1
    none = filled("search", "tidakada")
    assert (none.code, "no article matches" in none.err) == (1, True)


def test_a_list_without_articles_says_so_on_the_side(filled: Pantau) -> None:
    for form in ("table", "jsonl", "csv", "json"):
        none = filled("articles", "--query", "tidakada", "--format", form)
        assert (none.code, "no article matches" in none.err) == (0, True)
    assert filled("articles", "--query", "tidakada", "-q").err == ""
    assert "no article" not in filled("articles").err


def test_runs_are_recorded(filled: Pantau) -> None:
    (run_row,) = json.loads(filled("runs", "--json").out)
    assert (run_row["job"], run_row["status"], run_row["summary"]["stored"]) == ("import", "done", 1)


@pytest.mark.parametrize(
    "command",
    [
        ["import", "none.jsonl"],
        ["clip", "none.pdf", "--title", "T", "--outlet", "Koran", "--date", "2025-01-31"],
        ["clip", "http://[x"],
    ],
)
def test_what_was_asked_wrongly_is_no_failed_run(pantau: Pantau, command: list[str]) -> None:
    assert pantau(*command).code == 2
    (run_row,) = json.loads(pantau("runs", "--json").out)
    assert (run_row["job"], run_row["status"]) == (command[0], "refused")
    assert run_row["summary"]["error"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "Judul \ud83d"}, "half a character, '\\ud83d'"),
        ({"url": 5}, "url is no text"),
        ({"url": "http://[x"}, "url 'http://[x' is no address"),
        ({"byline": ["Rina"]}, "byline is no text"),
        ({"markers": 5}, "markers is no list of texts"),
        ({"markers": [5]}, "markers is no list of texts"),
        ({"text": None}, "text is missing or no text"),
        ({"published_at": "kemarin"}, "is no ISO 8601 time"),
        ({"published_at": "0001-01-01T00:00+07:00"}, "is no ISO 8601 time"),
    ],
)
def test_articles_that_cannot_be_tagged_are_named_and_the_rest_is(
    pantau: Pantau, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], said: str
) -> None:
    good = {"id": 7, "title": "Pasar", "text": "Pasar dibuka."}
    lines = "".join(json.dumps(row) + "\n" for row in (good | change, good))
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    answer = pantau("tag")
    assert answer.code == 1
    (line,) = (line for line in answer.err.splitlines() if "standard input, line 1: " in line)
    assert said in line
    assert [json.loads(line)["id"] for line in answer.out.splitlines()] == [7]


def test_an_address_beyond_ascii_is_fetched(pantau: Pantau) -> None:
    asked = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if self.path == "/robots.txt":
                self.send_error(404)
                return
            self.wfile.write(b"no answer of HTTP at all")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        answer = pantau("extract", f"http://127.0.0.1:{server.server_port}/berita–siang ini")
        server.shutdown()
        thread.join()
    assert asked == ["/robots.txt", "/berita%E2%80%93siang%20ini"]
    assert (answer.code, "cannot be fetched" in answer.complaint) == (3, True)


def test_a_server_that_does_not_answer_is_waited_for_as_configured(pantau: Pantau, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("timeout = 0.1\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        answer = pantau("extract", f"http://127.0.0.1:{deaf.getsockname()[1]}/berita")
    assert (answer.code, "timed out" in answer.complaint) == (3, True)


def test_an_import_with_faults_ends_with_code_1(pantau: Pantau, tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text("{\n" + json.dumps(ARTICLE) + "\n", encoding="utf-8")
    answer = pantau("import", path)
    assert answer.code == 1
    assert f"{path}, line 1: broken JSON" in answer.err
    assert len(json.loads(pantau("articles", "--json").out)) == 1


def test_outlets_are_listed_and_checked(pantau: Pantau) -> None:
    rows = json.loads(pantau("outlets", "list", "--json").out)
    assert {"id", "name", "domains", "kind", "verified", "last_success_at"} <= set(rows[0])
    answer = pantau("outlets", "check", "--stored", "--outlet", rows[0]["id"], "--json")
    assert answer.code == 1
    assert json.loads(answer.out)[0]["status"] == "never"


def test_a_page_from_a_file_becomes_an_article(pantau: Pantau, tmp_path: Path) -> None:
    paragraph = "Warga kampung bergotong royong memperbaiki jembatan kayu yang rusak sejak musim hujan tahun lalu. " * 3
    page = (
        '<html><head><meta property="og:title" content="Jembatan Kayu Diperbaiki">'
        '<meta property="article:published_time" content="2025-03-12T09:00:00+07:00"></head>'
        f"<body><article><h1>Jembatan Kayu Diperbaiki</h1><p>{paragraph}</p><p>{paragraph}</p></article></body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    answer = pantau("extract", tmp_path / "page.html", "--url", "https://warta.example/jembatan-kayu-diperbaiki")
    article = json.loads(answer.out)
    assert answer.code == 0
    assert article["title"] == "Jembatan Kayu Diperbaiki"
    assert article["published_at"] == "2025-03-12T09:00:00+07:00"
    assert article["outlet"] == "warta.example"


def test_an_empty_page_is_a_finding(pantau: Pantau, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html></html>", encoding="utf-8")
    answer = pantau("extract", tmp_path / "page.html")
    assert answer.code == 1
    assert json.loads(answer.out)["problem"]


def test_an_outlet_of_the_profile_without_a_recipe_is_told_before_any_work(pantau: Pantau, tmp_path: Path) -> None:
    profile = shutil.copytree(CONTOH, tmp_path / "salinan")
    file = profile / "profile.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("outlets = []", 'outlets = ["tanpa.resep.example"]'), "utf-8"
    )
    for command in ("refresh", "run", "crawl"):
        answer = pantau(command, "--profile", profile)
        assert (answer.code, "tanpa.resep.example" in answer.complaint) == (2, True)


def test_a_reader_who_has_seen_enough_is_no_fault() -> None:
    command = [sys.executable, "-m", "monitor", "profile", "show", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, said = process.communicate()
    assert (process.returncode, said) == (0, b"")


def test_streams_may_be_closed() -> None:
    """As by a scheduler that starts commands with none (`>&-`)."""

    def run(*arguments: str) -> int:
        command = shlex.join([sys.executable, "-m", "monitor", *arguments])
        return subprocess.run(["sh", "-c", f"exec {command} <&- >&- 2>&-"], check=False).returncode

    assert run("profile", "check", "--profile", str(CONTOH)) in {0, 1}
    assert run("profile", "nope") == 2
