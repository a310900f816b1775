"""Options that several commands share, so that one word means one thing everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from monitor.filters import Conditions

MOST = 2**63 - 1  # SQLite's largest integer
Since = Annotated[str | None, typer.Option("--since", metavar="DAY", help="First day, YYYY-MM-DD, today or yesterday.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Last day, included.")]
From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="First day, YYYY-MM-DD, today or yesterday.")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day, included.")]
Outlets = Annotated[list[str] | None, typer.Option("--outlet", metavar="ID", help="Only this outlet; repeatable.")]
Opds = Annotated[
    list[str] | None, typer.Option("--opd", metavar="ID", help="Only articles naming this OPD; repeatable.")
]
Pillars = Annotated[
    list[str] | None, typer.Option("--pillar", metavar="ID", help="Only this Smart City pillar; repeatable.")
]
Tones = Annotated[
    list[str] | None, typer.Option("--tone", metavar="LABEL", help="positif, netral or negatif; repeatable.")
]
Abouts = Annotated[
    list[str] | None, typer.Option("--about", metavar="LABEL", help="subject, incidental or none; repeatable.")
]
Article = Annotated[str, typer.Argument(metavar="ID|URL", help="Number or address of a stored article.")]
Query = Annotated[str | None, typer.Option("--query", metavar="WORDS", help="Only articles with these words.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, max=MOST, help="At most so many.")]
Count = Annotated[int, typer.Option("--limit", min=1, max=MOST, help="At most so many.")]  # where there is a default
TableOrJson = Annotated[Literal["table", "json"], typer.Option("--format", help="How to write it.")]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
Delay = Annotated[
    float | None,
    typer.Option(
        min=0, metavar="SECONDS", help="Between requests to one host; less than the recipe's only on loopback."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write here instead of standard output.",
        callback=lambda file: None if file == Path("-") else file,  # by custom the standard output itself
    ),
]


@dataclass(frozen=True, slots=True)
class Span(Conditions):
    """Days and outlets; whose name stands behind an option is read by it."""

    since: From = None
    until: To = None
    outlet: Outlets = None


@dataclass(frozen=True, slots=True)
class Selection(Span):
    """Also what articles are tagged with, and their words."""

    opd: Opds = None
    pillar: Pillars = None
    tone: Tones = None
    about: Abouts = None
    query: Query = None
