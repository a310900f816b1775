"""Rules and tiers as ``monitor/data/alerts.toml`` or an installation's own file has them.

What each key means is told in that file, for whoever writes one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from monitor.errors import ConfigError
from monitor.notify.groups import Group, Strict

PACKAGED = Path(__file__).resolve().parent.parent / "data" / "alerts.toml"
Hours = Annotated[int, Field(ge=1, le=24 * 31)]
Share = Annotated[float, Field(ge=0, le=1)]


def _compile(value: object) -> object:
    return re.compile(value, re.IGNORECASE) if isinstance(value, str) else value


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compile)]


class Name(Strict):
    """What readers call a rule or tier, by language."""

    id: str
    en: str

    def of(self, lang: str) -> str:
        """Return the name in a language."""
        return self.en if lang == "en" else self.id


class Tier(Strict):
    """How pressing an alert is; ``quiet``: it waits for the end of quiet hours."""

    id: str
    name: Name
    quiet: bool


class _Rule(Strict):
    id: str
    tier: str
    name: Name
    enabled: bool = True
    cooldown_hours: Annotated[int, Field(ge=0)] = 0  # after an alert that was told, on the same target


class NegativeStory(_Rule):
    """A negative story that several newsrooms report by themselves."""

    kind: Literal["negative_story"]
    hours: Hours
    newsrooms: Annotated[int, Field(ge=1)]
    negative_share: Share


class Spike(_Rule):
    """More articles than the base leads one to expect."""

    kind: Literal["spike"]
    window_hours: Annotated[int, Field(ge=1, le=24)]
    per: Literal["all", "opd"]
    count: Literal["independent", "earned"] = "independent"
    tone: Literal["positif", "netral", "negatif"] | None = None
    base_days: Annotated[int, Field(ge=7, le=366)] = 28
    least_days: Annotated[int, Field(ge=3)] = 14
    least_articles: Annotated[int, Field(ge=2)]
    deviations: Annotated[float, Field(gt=0)]


class HarshHeadline(_Rule):
    """A negative headline that names who governs."""

    kind: Literal["harsh_headline"]
    hours: Hours
    names: tuple[Literal["leader", "opd", "government"], ...] = Field(min_length=1)
    least_score: Share = 0.0


class Notice(_Rule):
    """An outlet's correction or right-of-reply notice."""

    kind: Literal["notice"]
    hours: Hours
    title: tuple[Pattern, ...] = ()
    edges: tuple[Pattern, ...] = ()
    edge_chars: Annotated[int, Field(ge=1)] = 400


Rule = Annotated[NegativeStory | Spike | HarshHeadline | Notice, Field(discriminator="kind")]


class Rules(Strict):
    """All rules of an installation."""

    tier: tuple[Tier, ...] = Field(min_length=1)  # the most pressing first
    rule: tuple[Rule, ...]

    @model_validator(mode="after")
    def _check(self) -> Rules:
        tiers, ids = {tier.id for tier in self.tier}, [rule.id for rule in self.rule]
        for rule in self.rule:
            if rule.tier not in tiers:
                raise ValueError(f"rule {rule.id} has tier {rule.tier!r}; tiers are {', '.join(sorted(tiers))}")
            if ids.count(rule.id) > 1:
                raise ValueError(f"rule {rule.id} occurs twice")
        return self

    def rank(self, tier: str) -> int:
        """Return the place of a tier, 0 the most pressing; one that is not in the rules any more comes last."""
        return next((place for place, row in enumerate(self.tier) if row.id == tier), len(self.tier))

    def find_tier(self, tier: str) -> Tier:
        """Return a tier by id, also one of an earlier version of the rules."""
        unknown = Tier(id=tier, name=Name(id=tier, en=tier), quiet=True)
        return next((row for row in self.tier if row.id == tier), unknown)

    def name_of(self, rule: str, lang: str) -> str:
        """Return the name of a rule, the id for one that does not exist any more."""
        return next((row.name.of(lang) for row in self.rule if row.id == rule), rule)


def load_rules(path: Path | None = None, groups: Mapping[str, Group] | None = None) -> Rules:
    """Read the packaged rules, or those of ``path``; ``groups`` may only name tiers that they have.

    Raises ConfigError naming file, rule and key.
    """
    rules = _read(path or PACKAGED)
    known = [tier.id for tier in rules.tier]
    for name, group in (groups or {}).items():
        if group.alerts is not None and group.alerts not in known:
            raise ConfigError(f"group {name}: alerts = {group.alerts!r} is no tier; tiers are {', '.join(known)}")
    return rules


def _read(file: Path) -> Rules:
    data: dict[str, Any] = {}
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        return Rules.model_validate(data)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} cannot be read ({error}): name another with `alerts` in config.toml") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file} is no valid TOML: {error}") from None
    except re.error as error:
        raise ConfigError(f"{file}: {error.pattern!r} is no regular expression: {error.msg}") from None
    except ValidationError as error:
        raise ConfigError(f"{file}: {_explain(error, data)}") from None


def _explain(error: ValidationError, data: Mapping[str, Any]) -> str:
    """Return the fault that is the cause of others: a key that does not exist before one that is therefore missing."""
    first = min(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
    keys = [str(part) for part in first["loc"]]
    if len(keys) > 1 and keys[1].isdecimal():  # a table of the file: told by its id, without the kind that follows
        table = data[keys[0]][int(keys[1])]
        keys = [f"{keys[0]} {table.get('id', keys[1])}", *(key for key in keys[2:] if key != table.get("kind"))]
    if first["type"] == "extra_forbidden":
        return f"{keys[0]}: unknown key {keys[-1]}"
    return ": ".join([*keys, first["msg"].removeprefix("Value error, ")])
