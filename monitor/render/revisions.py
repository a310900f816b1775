"""What an outlet changed in an article after it was first seen, version by version."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any


def render_diff(versions: Sequence[Mapping[str, Any]]) -> str:
    """Return the changes between consecutive versions as a unified diff of title and paragraphs."""
    if len(versions) < 2:
        return ""
    parts = []
    for old, new in pairwise(versions):
        lines = difflib.unified_diff(
            [old["title"], "", *old["text"].split("\n")],
            [new["title"], "", *new["text"].split("\n")],
            f"version {old['number']}",
            f"version {new['number']}",
            old["version_at"],
            new["version_at"],
            n=1,
            lineterm="",
        )
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
