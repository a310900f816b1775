"""Headline and text of a clip as people put them right: what was misread from a picture is nobody's word.

The text of what was gathered stays as its outlet published it. A change is a correction like any other, and a version
of the article on the same evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.connection import Store, writing
from db.corrections import Correction, CorrectionRefused, find_corrections, find_retyped, insert_correction
from db.revisions import carry_evidence, keep_version
from db.rows import fetch_row, now_text


def retype_article(store: Store, said: Sequence[Correction]) -> list[int]:
    """Record what one person says at one time of a clip's headline, text or both, as one version of it that waits for
    annotation; return the corrections' ids. What is reverted is again as it was read.

    Raises CorrectionRefused, KeyError for an unknown article.
    """
    article_id, at = said[0].article_id, now_text(said[0].at)
    with writing(store):
        old = fetch_row(
            store,
            "SELECT a.origin, a.revision, t.title, t.text FROM articles a JOIN texts t ON t.article_id = a.id"
            " WHERE a.id = ?",
            (article_id,),
        )
        if old is None:
            raise KeyError(f"no article {article_id}")
        if old["origin"] != "clip":
            raise CorrectionRefused("title and text stay as the outlet published them: only those of a clip change")
        new = {one.field: one.value if one.action == "set" else _find_read(store, one) for one in said}
        ids = [insert_correction(store, one, old[one.field]) for one in said]
        keep_version(store, article_id)
        carry_evidence(store, article_id, old["revision"])
        for field, value in new.items():
            store.execute(f"UPDATE texts SET {field} = ? WHERE article_id = ?", (value, article_id))
        by = "person" if find_retyped(store, article_id) else "extraction"
        store.execute(
            "UPDATE articles SET revision = revision + 1, version_by = ?, version_at = ? WHERE id = ?",
            (by, at, article_id),
        )
    return ids


def _find_read(store: Store, said: Correction) -> str:
    """Return what stood in a field before people changed it."""
    read: str | None = None
    for row in find_corrections(store, [said.article_id]):
        if row["field"] == said.field:
            read = None if row["action"] == "revert" else row["before"] if read is None else read
    if read is None:
        raise CorrectionRefused(f"nobody has changed the {said.field} of article {said.article_id}")
    return read
