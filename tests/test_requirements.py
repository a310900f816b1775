"""The pins hold for every Python that the project says it runs on, the oldest included."""

from __future__ import annotations

import tomllib
from importlib.metadata import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parent.parent
PINS = [Requirement(line) for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").split("\n") if line]


def test_every_pin_installs_under_the_oldest_python() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=") + ".0"
    too_new = {
        str(pin): wanted
        for pin in PINS
        if pin.marker is None or pin.marker.evaluate()
        if not SpecifierSet(wanted := metadata(pin.name)["Requires-Python"] or "").contains(oldest)
    }
    assert not too_new, f"pin the newest version that runs under Python {oldest}"
