"""What this installation does and with which profile: defaults, then the config file, then ``PANTAU_*``, then options.

The file is ``config.toml`` in the user's config folder (or where ``PANTAU_CONFIG`` says); facts about the regency
belong into its profile, facts about an outlet into its recipe, not here. Nothing is kept globally: the loaded
``Config`` is handed on.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, ValidationError, field_validator

from crawlers.errors import list_keys
from monitor.errors import ConfigError, find_nearest
from monitor.notify.groups import Delivery, Strict

DEFAULT_PROFILE = "siak"
ENVIRONMENT = ("store", "profile", "lang", "evidence", "contact", "workers")  # settable as PANTAU_<NAME>
WRITTEN = {  # how TOML has it, for what pydantic names by Python's types
    "tuple_type": 'write a list in brackets, such as ["…"]',
    "path_type": "write a path in quotes",
    "dict_type": "write a table under a [heading]",
    "string_type": "write a text in quotes",
    "string_pattern_mismatch": 'write "pimpinan", "staf" or "opd:ID"',  # a view: no other text follows a pattern
}


def default_store() -> Path:
    """Return where the store lies when nobody says otherwise."""
    return Path(platformdirs.user_data_dir("pantau")) / "pantau.db"


class Schedule(Strict):
    """When the service works; clock times are those of the profile's timezone."""

    refresh_minutes: int = Field(10, ge=1, le=1440)  # the shortest turn of a source; each waits for its own
    editions: Mapping[Literal["pagi", "siang", "sore"], time] = {"pagi": time(7), "siang": time(12), "sore": time(17)}
    grace_minutes: int = Field(60, ge=1)  # how late a missed edition is still made, for a machine that was off
    report_day: int = Field(2, ge=1, le=28)  # of the month, from which last month's report is made for who gets it

    @property
    def clocks(self) -> dict[str, time]:
        """The hour at which each edition closes."""
        return {str(name): clock for name, clock in self.editions.items()}


class Retention(Strict):
    """How many days what is of passing use is kept; articles and their evidence are kept for good."""

    not_ours: int = Field(90, ge=1)  # address, title and date of an article that names nothing of the profile
    messages: int = Field(90, ge=1)  # texts and files of what was sent; that it was sent, and the edition, stay
    outcomes: int = Field(90, ge=1)  # how each address ended in each run; after that only their counts


class Backup(Strict):
    """Where the service keeps copies of the store, and how many; one is made each day."""

    folder: Path | None = None  # one that exists, best on another disk; None: made beside the store
    keep: int = Field(3, ge=0)  # 0: none are made. Each takes as much room as the store

    @field_validator("folder")
    @classmethod
    def _home(cls, value: Path | None) -> Path | None:
        if value == Path():
            raise ValueError("write a path, or `keep = 0` for no backups")
        return value.expanduser() if value else None


class Web(Strict):
    """Where the workspace is found; other machines are answered only when people are registered to sign in."""

    enabled: bool = True
    host: str = "127.0.0.1"  # address to listen at; 0.0.0.0 for all of the machine's
    port: int | None = Field(None, ge=0, le=65535)  # None: 8377, or a free one where that is taken; 0: a free one
    names: tuple[str, ...] = ()  # further names under which browsers reach it, such as pantau.example.go.id


class Config(Strict):
    """The whole configuration; every key can stand in ``config.toml``."""

    store: Path = Field(default_factory=default_store)
    profile: str = DEFAULT_PROFILE  # id of a packaged profile, or a folder
    lang: Literal["id", "en"] = "id"
    evidence: Path | None = None  # WARC files; None: a folder beside the store
    recipes: tuple[Path, ...] = ()  # folders of recipes read after the packaged ones; default `own_recipes`
    discovery: tuple[str, ...] = ()  # aggregators asked for the keywords besides the outlets, such as news.google.com
    contact: str = ""  # address or mail in the crawler's user agent, so that an outlet can reach the office
    timeout: float = Field(20, gt=0)  # seconds that an outlet's answer may take; a recipe may have its own
    unanswered_days: int = Field(7, ge=0, le=60)  # how long a digest reminds of what nobody has answered; 0: not at all
    workers: int = Field(2, ge=1, le=64)  # processes that annotate
    schedule: Schedule = Schedule()
    retention: Retention = Retention()
    backup: Backup = Backup()
    delivery: Delivery = Delivery()
    web: Web = Web()
    alerts: Path | None = None  # rules of alerts instead of the packaged ones
    verbosity: int = 0  # -1 quiet, 0 usual, 1 and 2 more

    @field_validator("store", "evidence", "recipes", "alerts", mode="after")
    @classmethod
    def _home(cls, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(path.expanduser() for path in value)
        return value.expanduser() if value is not None else None

    @field_validator("profile")
    @classmethod
    def _at_home(cls, value: str) -> str:
        return str(Path(value).expanduser()) if value.startswith("~") else value

    @property
    def evidence_folder(self) -> Path:
        """Where fetched pages are archived."""
        return self.evidence or self.store.with_name(f"{self.store.stem}-evidence")

    @property
    def backup_folder(self) -> Path:
        """Where the service keeps copies of the store."""
        return self.backup.folder or self.store.with_name(f"{self.store.stem}-backups")

    @property
    def models_folder(self) -> Path:
        """Where ``pantau train`` puts models of the office's own, which go before the packaged ones."""
        return self.store.with_name(f"{self.store.stem}-models")

    @property
    def crawl_log(self) -> Path | None:
        """Where the crawl's own log goes, written anew by each; None shows it on standard error (-v)."""
        return None if self.verbosity > 0 else self.store.with_name(f"{self.store.stem}-crawl.log")

    @property
    def log_file(self) -> Path:
        """Where the service writes its log."""
        return self.store.with_name(f"{self.store.stem}.log")


def find_config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the config file is looked for."""
    named = environ.get("PANTAU_CONFIG")
    return Path(named).expanduser() if named else Path(platformdirs.user_config_dir("pantau")) / "config.toml"


def own_recipes(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the office's own recipes where none is configured; it is read once it exists."""
    return find_config_file(environ).with_name("recipes")


def load_config(options: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """Merge file, environment and options (None: not given), later ones winning.

    Raises ConfigError naming the file or variable and the key.
    """
    file = find_config_file(environ)
    layers: dict[str, Any] = dict(_load_file(file, must_exist="PANTAU_CONFIG" in environ))
    came_from = dict.fromkeys(layers, str(file))
    if (own := own_recipes(environ)).is_dir():
        layers.setdefault("recipes", (own,))
    if isinstance(profile := layers.get("profile"), str) and (file.parent / profile).is_dir():
        layers["profile"] = str(file.parent / profile)  # a service starts in another folder than a person
    for name in ENVIRONMENT:
        if value := environ.get(f"PANTAU_{name.upper()}"):
            layers[name], came_from[name] = value, f"PANTAU_{name.upper()}"
    for name, value in (options or {}).items():
        if value is not None:
            layers[name], came_from[name] = value, f"--{name}"
    try:
        return Config.model_validate(layers)
    except ValidationError as error:
        raise ConfigError(_explain(error, came_from)) from None


def _load_file(file: Path, must_exist: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise ConfigError(f"{file} (from PANTAU_CONFIG) does not exist: create it or unset PANTAU_CONFIG") from None
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} cannot be read ({error}): check its permissions and that it is UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file} is no valid TOML: {error}") from None


def _explain(error: ValidationError, came_from: Mapping[str, str]) -> str:
    first = error.errors()[0]
    keys = [str(part) for part in first["loc"]]
    where = came_from.get(keys[0], "configuration")
    if first["type"] == "extra_forbidden":
        known = list_keys(Config, first["loc"])
        near = find_nearest(keys[-1], known, 1)
        hint = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(known)}"
        return f"{where}: unknown key {'.'.join(keys)}: {hint}"
    if first["type"] == "value_error":  # a rule over a whole section, which may hold passwords: not shown
        return f"{where}: {'.'.join(keys)}: {first['ctx']['error']}"
    secret = keys[:2] == ["delivery", "recipients"]  # an address may hold a password
    if first["type"] == "missing":  # its input is the whole section
        return f"{where}: {'.'.join(keys)} is missing"
    given = "" if secret else f" = {first['input']!r}"
    return f"{where}: {'.'.join(keys)}{given}: {WRITTEN.get(first['type'], first['msg'])}"
