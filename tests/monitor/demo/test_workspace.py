"""Where the demonstration works: never on a store that is not its own, and anew when the sample's dates have moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monitor.config import Config
from monitor.demo import workspace
from monitor.demo.sample import RECIPES, load_sample
from monitor.demo.workspace import build_config, prepare_workspace, write_mark
from monitor.errors import InputError
from monitor.office import load_office

DAY = date(2026, 11, 20)


def test_usual_store_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "default_store", lambda: tmp_path / "pantau.db")
    config = build_config(Config(store=tmp_path / "pantau.db", evidence=tmp_path / "arsip"), "x")
    assert config.store == tmp_path / "demo" / "pantau.db"
    assert config.evidence_folder.parent == tmp_path / "demo"
    assert (config.profile, config.recipes) == ("x", (RECIPES,))
    named = build_config(Config(store=tmp_path / "other.db"), "x")
    assert named.store == tmp_path / "other.db"


def test_foreign_store_is_refused_and_kept(tmp_path: Path) -> None:
    store = tmp_path / "kantor.db"
    store.write_bytes(b"work of months")
    with pytest.raises(InputError, match="not a store of the demonstration"):
        prepare_workspace(Config(store=store), DAY)
    assert store.read_bytes() == b"work of months"


def test_store_of_the_same_day_is_used_again(tmp_path: Path) -> None:
    config = Config(store=tmp_path / "demo.db")
    assert prepare_workspace(config, DAY).fresh
    config.store.write_bytes(b"filled")
    write_mark(config.store, DAY, complete=True)
    assert not prepare_workspace(config, DAY).fresh
    assert config.store.read_bytes() == b"filled"


@pytest.mark.parametrize(("day", "complete"), [(date(2026, 11, 19), True), (DAY, False)])
def test_store_of_another_day_or_cut_short_is_made_anew(tmp_path: Path, day: date, complete: bool) -> None:
    config = Config(store=tmp_path / "demo.db")
    place = prepare_workspace(config, day)
    config.store.write_bytes(b"filled")
    place.evidence.mkdir()
    (place.evidence / "a.warc.gz").write_bytes(b"page")
    write_mark(config.store, day, complete)
    assert prepare_workspace(config, DAY).fresh
    assert not config.store.exists()
    assert not place.evidence.exists()


def test_every_command_on_the_sample_s_store_watches_its_outlets_and_no_others(tmp_path: Path) -> None:
    config = Config(store=tmp_path / "demo.db")
    assert len(load_office(config).chosen) > 100
    prepare_workspace(config, DAY)
    office = load_office(config)
    assert sorted(office.chosen) == sorted(load_sample(DAY).sites)
    assert set(office.chosen) <= office.recipes.keys()
