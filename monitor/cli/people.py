"""Commands on the people who may sign in to the workspace."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monitor.cli import options
from monitor.cli.app import app, command, open_to_read
from monitor.cli.writing import write_listing
from monitor.errors import DONE, InputError

if TYPE_CHECKING:
    from monitor.config import Config

group = typer.Typer(help="The people who may sign in to the workspace.", no_args_is_help=True)
app.add_typer(group, name="users")
Name = Annotated[str, typer.Argument(metavar="NAME", help="What the person signs in as; stands beside corrections.")]
Role = Annotated[Literal["editor", "reader"], typer.Option(help="An editor corrects and adds, a reader reads.")]


@command(group, "add")
def add_user(config: Config, name: Name, role: Role = "editor") -> int:
    """Register a person, or change role and password of one; the password is asked for, or read from standard input."""
    from db.users import save_user
    from monitor.clock import find_now
    from monitor.office import load_office, open_office_store
    from monitor.web.passwords import hash_password

    name = name.strip()
    if not name or not name.isprintable() or len(name) > 80:
        raise InputError("a name has 1 to 80 printable characters")
    if sys.stdin.isatty():
        password = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not password.isprintable():
        raise InputError("the password holds what no keyboard types, or is not UTF-8 text: choose another")
    with open_office_store(load_office(config)) as store:
        save_user(store, name, hash_password(password), role, find_now())
    typer.echo(f"{name} may sign in as {role}", err=True)
    return DONE


@command(group, "list")
def list_users(config: Config, form: options.TableOrJson = "table") -> int:
    """List who may sign in; while there is nobody, the workspace answers this machine only and asks for no name."""
    from db.users import find_users

    with open_to_read(config) as store:
        rows = find_users(store)
    write_listing(config, rows, ("name", "role", "since"), form)
    return DONE


@command(group, "remove")
def drop_user(config: Config, name: Name) -> int:
    """Take a person's access away at once; what they corrected stays."""
    from db.users import find_users, remove_user
    from monitor.errors import UnknownName
    from monitor.office import load_office, open_office_store

    with open_office_store(load_office(config)) as store:
        known = [row["name"] for row in find_users(store)]
        if not remove_user(store, name.strip()):
            raise UnknownName("person", name, known, "pantau users list")
    typer.echo(f"{name} can no longer sign in", err=True)
    return DONE
