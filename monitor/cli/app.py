"""The command-line application: common options before or after the command, and how a function becomes a command.

Commands live in the sibling modules, one theme each; they take the loaded ``Config`` first and return an exit code or
None. Heavy packages are imported inside the commands, so that ``pantau --help`` stays fast.
"""

from __future__ import annotations

import functools
import inspect
import itertools
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_origin, get_type_hints

import typer

from monitor.cli.options import Json
from monitor.cli.writing import pick_format

if TYPE_CHECKING:
    from db.connection import Store as Database
    from monitor.config import Config

PANEL = "Common options"
Store = Annotated[Path | None, typer.Option(help="Store to work on (env PANTAU_STORE).", rich_help_panel=PANEL)]
Profile = Annotated[str | None, typer.Option(help="Profile id or folder (env PANTAU_PROFILE).", rich_help_panel=PANEL)]
Lang = Annotated[Literal["id", "en"] | None, typer.Option(help="Language of what readers see.", rich_help_panel=PANEL)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only warnings and errors.", rich_help_panel=PANEL)]
Verbose = Annotated[
    int, typer.Option("--verbose", "-v", count=True, help="More detail; twice for all.", rich_help_panel=PANEL)
]
COMMON = {
    "store": (Store, None),
    "profile": (Profile, None),
    "lang": (Lang, None),
    "quiet": (Quiet, False),
    "verbose": (Verbose, 0),
}

app = typer.Typer(
    name="pantau",
    help="Watch what the press writes about a local government: gather, tag, count, report.",
    epilog="Exit codes: 0 done, 1 done with findings, 2 wrong usage or input, 3 failed.",
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pantau {version('pantau')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    store: Store = None,
    profile: Profile = None,
    lang: Lang = None,
    quiet: Quiet = False,
    verbose: Verbose = 0,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Keep the common options given before the command; without a command show the help."""
    ctx.obj = {"store": store, "profile": profile, "lang": lang, "quiet": quiet, "verbose": verbose}
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
        raise typer.Exit(2)


def command(group: typer.Typer, name: str) -> Callable[[Callable[..., int | None]], Callable[..., int | None]]:
    """Register a function ``(config, ...) -> exit code`` as command ``name``, with the common options added."""

    def register(function: Callable[..., int | None]) -> Callable[..., int | None]:
        group.command(name)(with_config(function))
        return function

    return register


def default_command(group: typer.Typer) -> Callable[[Callable[..., int | None]], Callable[..., int | None]]:
    """Register a function as what a group does when none of its commands is named."""

    def register(function: Callable[..., int | None]) -> Callable[..., int | None]:
        group.callback(invoke_without_command=True)(with_config(function))
        return function

    return register


def with_config(function: Callable[..., int | None]) -> Callable[..., None]:
    """Wrap a ``(config, ...) -> exit code`` function so that typer sees the common options instead of ``config``.

    A parameter that is a dataclass becomes one option per field that says how it is asked for; what writes in several
    forms gets ``--json`` as the short way to name that ``form``, and one that is not named goes by the file's ending.
    """
    hints = get_type_hints(function, localns={"Config": object}, include_extras=True)
    own = [p.replace(annotation=hints[p.name]) for p in inspect.signature(function).parameters.values()][1:]
    options = {p.name: _list_options(p) for p in own}
    if "form" in hints:
        options["json"] = [_build_option("json", Json, False)]
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    common = [_build_option(name, annotation, default) for name, (annotation, default) in COMMON.items()]
    parameters = [context, *itertools.chain.from_iterable(options.values()), *common]

    @functools.wraps(function)
    def run(ctx: typer.Context, **values: Any) -> None:
        given = {name: values.pop(name) for name in COMMON}
        if ctx.invoked_subcommand is not None:
            ctx.find_root().obj.update({name: value for name, value in given.items() if value})
            return  # the function is a group's default, and one of the group's commands was named
        if "form" in hints and values.pop("json") and values["form"] != "jsonl":  # which is JSON too
            values["form"] = "json"
        if {"form", "output"} <= hints.keys():
            source = ctx.get_parameter_source("form")
            named = values["form"] == "json" or (source is not None and source.name != "DEFAULT")
            values["form"] = pick_format(hints["form"], values["form"], named, values["output"])
        for bundle in (p for p in own if is_dataclass(p.annotation)):
            values[bundle.name] = bundle.annotation(**{p.name: values.pop(p.name) for p in options[bundle.name]})
        code = function(build_config(ctx.find_root().obj, given), **values)
        if code:
            raise typer.Exit(code)

    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    del run.__wrapped__  # typer must see the signature above, not the wrapped one
    return run


def _list_options(parameter: inspect.Parameter) -> list[inspect.Parameter]:
    """Return a parameter as typer is to see it: a dataclass as those of its fields that are options."""
    if not is_dataclass(kind := parameter.annotation):
        return [_build_option(parameter.name, kind, parameter.default)]
    hints = get_type_hints(kind, include_extras=True)
    asked = [field for field in fields(kind) if get_origin(hints[field.name]) is Annotated]
    return [_build_option(field.name, hints[field.name], field.default) for field in asked]


def _build_option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def build_config(before: dict[str, Any], after: dict[str, Any]) -> Config:
    """Load the configuration with the options given before and after the command, the latter winning; start the log."""
    from monitor.config import load_config
    from monitor.logs import start_log

    options = {name: after[name] or before[name] for name in ("store", "profile", "lang")}
    quiet = before["quiet"] or after["quiet"]
    options["verbosity"] = -1 if quiet else before["verbose"] + after["verbose"]
    config = load_config(options)
    start_log(config.verbosity)
    return config


def open_to_read(config: Config) -> Database:
    """Open the store for a command that changes nothing. Raises StoreMissing and the other StoreErrors."""
    from db.connection import open_store

    return open_store(config.store, read_only=True)
