"""Tells by which rules, tables, models and profile articles are annotated, without loading any of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from nlp.profile import Profile


def find_version(profile: Profile, models: Path | None = None) -> str:
    """Return twelve characters that stand for the rules, tables and models of this package, the files of the profile
    and the models in ``models``.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent
    files = [
        p
        for p in package.rglob("*")
        if p.suffix in {".py", ".toml", ".npz", ".txt", ".json"} and not p.is_relative_to(package / "profiles")
    ]
    # A corpus trains models; it changes an annotation only through them.
    files = [p for p in files if not p.is_relative_to(package / "data" / "corpus")]
    own = sorted(models.glob("*.npz")) if models else []
    for path in [*sorted(files), *sorted(profile.source.glob("*.toml")), *own]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
