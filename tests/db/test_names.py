"""Names that readers choose among."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from db.articles import save_article
from db.connection import Store
from db.outlets import save_outlets
from db.queries.names import find_outlets_to_choose


def test_outlets_of_other_regions_are_not_offered(store: Store, record: Callable[..., dict[str, Any]]) -> None:
    names = {"far.example": "Warta Jauh", "near.example": "kabar Dekat", "once.example": "Suara Sekali"}
    save_outlets(store, [{"id": key, "name": name} for key, name in names.items()])
    save_article(store, record(1, outlet="once.example"))
    offered = find_outlets_to_choose(store, ["near.example"])
    assert list(offered.items()) == [("near.example", "kabar Dekat"), ("once.example", "Suara Sekali")]
