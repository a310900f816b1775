"""The digest as one HTML page that mail programs show as well: inline styles, no scripts, nothing loaded."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor.digest.dataset import Dataset
from monitor.render import labels
from monitor.render.wording import Wording, flatten


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("monitor.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["flat"] = flatten
    return environment


def render_html(data: Dataset, wording: Wording) -> str:
    """Return the whole page."""
    template = _environment().get_template("digest.html.j2")

    def name(keys: tuple[str, ...]) -> str:
        return ", ".join(data.names.get(key, key) for key in keys)

    values: dict[str, Any] = {"d": data, "w": wording, "say": wording.say, "labels": labels, "name": name}
    return template.render(**values)
