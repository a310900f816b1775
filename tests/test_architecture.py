"""The shape of the house: who may import whom, how large modules and functions may be, and which words stay in data."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("crawlers", "nlp", "db", "monitor")
OURS_ALLOWED = {"crawlers": set(), "nlp": set(), "db": set(), "monitor": {"crawlers", "nlp", "db"}}
# third-party package -> path prefixes that may import it; what is not named here may be imported anywhere
THIRD_PARTY = {
    "scrapy": ("crawlers/",),
    "twisted": ("crawlers/",),
    "selectolax": ("crawlers/",),
    "bs4": ("crawlers/",),
    "lxml": ("crawlers/",),
    "trafilatura": ("crawlers/",),
    "dateparser": ("crawlers/",),
    "warcio": ("crawlers/",),
    "spacy": ("nlp/",),
    "sklearn": ("nlp/fitting",),
    "scipy": ("nlp/fitting",),
    "sqlite_utils": ("db/",),
    "sqlite3": ("db/",),
    "apscheduler": ("monitor/service",),
    "fastapi": ("monitor/web/",),
    "starlette": ("monitor/web/",),
    "uvicorn": ("monitor/web/",),
    "typer": ("monitor/cli",),
    "apprise": ("monitor/notify/addresses",),
    "requests": ("monitor/notify/answers",),
    "altair": ("monitor/charts",),
    "vl_convert": ("monitor/charts",),
    "typst": ("monitor/render/", "monitor/report/"),
    "docx": ("monitor/report/",),
    "docxtpl": ("monitor/report/",),
    "xlsxwriter": ("monitor/render/",),
}
MODULE_LINES = 300
FUNCTION_LINES = 50
NAMES_THAT_SAY_NOTHING = {"utils.py", "helpers.py", "misc.py", "common.py"}
BROAD_EXCEPTS = 4  # per page, per job, CLI, web
SQL = re.compile(r"\b(?:SELECT\b.+\bFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b", re.DOTALL)

SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_import_only_what_the_table_allows(package: str) -> None:
    found = {
        (relative(path), name)
        for path, tree in TREES.items()
        if path.is_relative_to(ROOT / package)
        for name in imported(tree)
        if name in PACKAGES and name != package and name not in OURS_ALLOWED[package]
    }
    assert not found


@pytest.mark.parametrize("library", THIRD_PARTY)
def test_third_party_packages_stay_in_their_place(library: str) -> None:
    found = {
        relative(path)
        for path, tree in TREES.items()
        if library in set(imported(tree)) and not relative(path).startswith(THIRD_PARTY[library])
    }
    assert not found


def name_module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_module(path): tree for path, tree in TREES.items()}


def imported_modules(tree: ast.Module) -> Iterator[str]:
    """Modules of ours that are needed to load this one: imports within functions, and for types, come later."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else node.module for name in inner)


def test_modules_do_not_need_each_other_in_a_ring() -> None:
    needs = {name: {other for other in imported_modules(tree) if other in MODULES} for name, tree in MODULES.items()}
    assert set(TopologicalSorter(needs).static_order()) >= set(MODULES)  # raises CycleError, which names the ring


def test_only_db_speaks_sql() -> None:
    found = {
        f"{relative(path)}:{node.lineno}"
        for path, tree in TREES.items()
        if not path.is_relative_to(ROOT / "db")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value))
        or (isinstance(node, ast.Attribute) and node.attr in {"execute", "executemany", "conn"})
    }
    assert not found


def test_sql_numbers_no_parameters() -> None:
    """Python 3.12 up to 3.12.3 warns of ``?1`` in a row of values (https://github.com/python/cpython/issues/117995)."""
    numbered = [
        f"{relative(path)}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"[ (]\?\d", node.value)
        if path.is_relative_to(ROOT / "db")
    ]
    assert not numbered, f"write ? or :name at {numbered}"


def test_what_begins_with_a_line_is_used_in_its_own_module_only() -> None:
    found = set()
    for path, tree in TREES.items():
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
        ours = [(n, alias) for n in imports for alias in n.names if (n.module or "").split(".")[0] in PACKAGES]
        modules = {alias.asname or alias.name for node, alias in ours if f"{node.module}.{alias.name}" in MODULES}
        found |= {f"{relative(path)}: {alias.name}" for _, alias in ours if alias.name.startswith("_")}
        found |= {
            f"{relative(path)}: {node.value.id}.{node.attr}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
            if node.value.id in modules and node.attr.startswith("_")
        }
    assert not found


def test_what_others_may_use_says_what_it_does() -> None:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    mute = {
        f"{relative(path)}:{node.lineno} {node.name}"
        for path, tree in TREES.items()
        for node in tree.body
        if isinstance(node, kinds) and not node.name.startswith("_") and not ast.get_docstring(node)
    }
    assert not mute


def test_modules_are_small_and_say_what_they_do() -> None:
    long = {relative(p): n for p in SOURCES if (n := p.read_text(encoding="utf-8").count("\n")) > MODULE_LINES}
    mute = {relative(p) for p, tree in TREES.items() if not ast.get_docstring(tree)}
    assert not long
    assert not mute
    assert not {relative(p) for p in SOURCES if p.name in NAMES_THAT_SAY_NOTHING}


def test_functions_are_short() -> None:
    long = {
        f"{relative(path)}:{node.lineno} {node.name}": lines
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert not long


def test_only_four_places_catch_broadly() -> None:
    found = [
        f"{relative(path)}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
        and not isinstance(node.body[-1], ast.Raise)  # cleaning up and raising on swallows nothing
    ]
    assert len(found) <= BROAD_EXCEPTS, found


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)


def names_of_profiles() -> set[str]:
    """Names of regencies, kecamatan, kampung and persons of every profile, and of outlets of every recipe."""
    names: set[str] = set()
    for folder in [*(ROOT / "nlp/profiles").iterdir(), ROOT / "tests/profiles/contoh"]:
        for file, tables in (
            ("places.toml", ("regency", "kecamatan")),
            ("people.toml", ("person",)),
            ("profile.toml", ()),
        ):
            if not (folder / file).is_file():
                continue
            data = tomllib.loads((folder / file).read_text(encoding="utf-8"))
            names |= {row["name"] for table in tables for row in data.get(table, [])}
            names |= {data["name"]} if "name" in data else set()
    for recipe in (ROOT / "crawlers/outlets").glob("*.toml"):
        names.add(tomllib.loads(recipe.read_text(encoding="utf-8"))["name"])
    names |= {folder.name for folder in (ROOT / "nlp/profiles").iterdir()}
    return {name for name in names if len(name) > 3}


def test_no_name_of_a_profile_or_outlet_in_code() -> None:
    # A name that is also an ordinary English or Indonesian word is let through in lower case.
    pattern = re.compile(r"\b(" + "|".join(sorted(map(re.escape, names_of_profiles()), key=len, reverse=True)) + r")\b")
    default_profile = ROOT / "monitor/config.py"  # names the default profile's id, as the command-line contract says
    templates = [p for p in (ROOT / "monitor").rglob("*") if p.suffix in {".html", ".j2", ".typ"}]
    found = {
        f"{relative(path)}:{number}: {match[0]}"
        for path in [*SOURCES, *templates]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := pattern.search(line)) and not (path == default_profile and "DEFAULT_PROFILE" in line)
    }
    assert not found
