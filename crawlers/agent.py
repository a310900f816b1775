"""How Pantau introduces itself to the sites it asks: the name that robots.txt may address, and the user agent."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

AGENT = "Pantau"


def build_user_agent(contact: str | None = None) -> str:
    """Return the user agent; ``contact`` is an address that an outlet may write to."""
    try:
        release = version("pantau")
    except PackageNotFoundError:  # run from a checkout that was never installed
        release = "0"
    return f"{AGENT}/{release} (press-coverage monitor{f'; +{contact}' if contact else ''})"
