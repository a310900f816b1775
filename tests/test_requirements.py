"""The pins hold for every Python that the project says it runs on, the oldest included."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.metadata import metadata, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = [Requirement(line) for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").split("\n") if line]


def test_every_pin_installs_under_the_oldest_python() -> None:
    oldest = PROJECT["requires-python"].removeprefix(">=") + ".0"
    too_new = {
        str(pin): wanted
        for pin in PINS
        if pin.marker is None or pin.marker.evaluate()
        if not SpecifierSet(wanted := metadata(pin.name).get("Requires-Python", "")).contains(oldest)
    }
    assert not too_new, f"pin the newest version that runs under Python {oldest}"


def test_pins_are_all_that_is_needed() -> None:
    """They are installed as they stand: pip is not let to add what one of them asks for, nor to weigh its versions."""
    pins = {canonicalize_name(pin.name): pin for pin in PINS if pin.marker is None or pin.marker.evaluate()}
    asked = [Requirement(line) for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"])]
    wanted = {str(need): need for need in asked if need.marker is None or need.marker.evaluate()}
    queue = list(wanted.values())
    while queue:
        new = {str(need): need for need in list_needs(queue.pop()) if str(need) not in wanted}
        wanted |= new
        queue += new.values()
    unmet = {text for text, need in wanted.items() if not is_met(need, pins.get(canonicalize_name(need.name)))}
    assert not unmet
    assert {canonicalize_name(need.name) for need in wanted.values()} == pins.keys(), "a pin that nothing asks for"


def list_needs(need: Requirement) -> Iterator[Requirement]:
    """Yield what an installed library asks for under this Python, with the extras that are wanted of it."""
    for line in requires(need.name) or []:
        inner = Requirement(line)
        if inner.name == "pip":
            continue  # every environment has one
        if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in ("", *need.extras)):
            yield inner


def is_met(need: Requirement, pin: Requirement | None) -> bool:
    """Say whether a pin's one version is among those asked for."""
    return pin is not None and all(need.specifier.contains(spec.version) for spec in pin.specifier)
