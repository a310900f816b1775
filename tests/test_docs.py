"""The documentation is complete and true: commands are told of, examples can be typed, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from monitor.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.id.md")
PAGES = [path for path in ROOT.glob("*.md") if path.is_file()]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
EXAMPLE = re.compile(r"^\s*(?:\$ )?((?:\w+=\S+ )*pantau [^|<>#`]*)", re.MULTILINE)
INLINE = re.compile(r"`(pantau [^`|<>]*)`")


def walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command below ``command`` with the words that call it."""
    for name, inner in getattr(command, "commands", {}).items():
        yield (*path, name), inner
        yield from walk(inner, (*path, name))


COMMANDS = dict(walk(typer.main.get_command(app)))
LEAVES = {path: command for path, command in COMMANDS.items() if not hasattr(command, "commands")}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_has_help(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert command.help
    assert command.help.splitlines()[0].rstrip().endswith(".")
    assert [option.name for option in command.params if not getattr(option, "help", None)] == []


@pytest.mark.parametrize("page", READMES)
def test_readme_tells_of_every_command(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [" ".join(path) for path in LEAVES if f"pantau {' '.join(path)}" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_can_be_typed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```(?:\w+)?\n(.*?)```", text, re.DOTALL))
    examples = {*EXAMPLE.findall(blocks), *INLINE.findall(text)}
    assert {example: fault for example in examples if (fault := find_fault(example))} == {}


def find_fault(example: str) -> str | None:
    """Return what is wrong with an example command line; placeholders in capitals and dots stand for anything."""
    words = [word for word in shlex.split(example) if "=" not in word.split("-")[0]]
    words = words[words.index("pantau") + 1 :]
    plain = [word for word in words if not word.startswith("-")]
    path = next((tuple(plain[:length]) for length in (2, 1) if tuple(plain[:length]) in COMMANDS), None)
    if path is None:
        return None if not plain or plain[0].isupper() or plain[0] == "..." else f"no command {plain[0]}"
    known = {text for option in COMMANDS[path].params for text in (*option.opts, *option.secondary_opts)} | {
        "--help",
        "-h",
    }
    unknown = [word for word in words if word.startswith("-") and len(word) > 1 and word.split("=")[0] not in known]
    return f"no option {unknown[0]}" if unknown else None


@pytest.mark.parametrize(
    ("example", "fault"),
    [
        ("pantau digest --date 2025-01-01", None),
        ("http_proxy=http://x pantau crawl --outlet ID", None),
        ("pantau outlets list --json", None),
        ("pantau digset", "no command digset"),
        ("pantau digest --tanggal x", "no option --tanggal"),
    ],
)
def test_faults_of_examples_are_found(example: str, fault: str | None) -> None:
    assert find_fault(example) == fault


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
