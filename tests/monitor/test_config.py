"""Configuration: which layer wins, and what is said when one of them is wrong."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from monitor.config import DEFAULT_PROFILE, load_config
from monitor.errors import ConfigError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text('store = "/srv/file.db"\nprofile = "file"\nlang = "en"\n', encoding="utf-8")
    return path


def test_later_layers_win(file: Path) -> None:
    environ = {"PANTAU_CONFIG": str(file), "PANTAU_PROFILE": "environment", "PANTAU_STORE": "/srv/environment.db"}
    config = load_config({"store": Path("/srv/option.db"), "profile": None}, environ)
    assert config.store == Path("/srv/option.db")
    assert config.profile == "environment"
    assert config.lang == "en"
    assert config.evidence_folder == Path("/srv/option-evidence")


def test_defaults_without_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    config = load_config({}, {})
    assert config.profile == DEFAULT_PROFILE
    assert config.schedule.editions == {"pagi": time(7), "siang": time(12), "sore": time(17)}


def test_recipes_beside_the_file_are_read_unless_others_are_named(file: Path) -> None:
    environ = {"PANTAU_CONFIG": str(file)}
    assert load_config({}, environ).recipes == ()
    (file.parent / "recipes").mkdir()
    assert load_config({}, environ).recipes == (file.parent / "recipes",)
    file.write_text('recipes = ["/srv/recipes"]\n', encoding="utf-8")
    assert load_config({}, environ).recipes == (Path("/srv/recipes"),)


def test_home_is_filled_in(tmp_path: Path) -> None:
    config = load_config({"store": Path("~/x.db")}, {})
    assert "~" not in str(config.store)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stor = 1", "unknown key stor: did you mean store?"),
        ("[schedule]\nrefresh = 5", "unknown key schedule.refresh: did you mean refresh_minutes?"),
        ("[retention]\nnotours = 5", "unknown key retention.notours: did you mean not_ours?"),
        ("[retention]\nnot_ours = 0", "retention.not_ours = 0"),
        ("lang = 'fr'", "lang = 'fr'"),
        ("workers = 0", "workers = 0"),
        ("recipes = '/srv/recipes'", "recipes = '/srv/recipes': write a list in brackets"),
        ("store = 5", "store = 5: write a path in quotes"),
        ("[delivery]\nrecipients = {a = ['tgram://KEY/1']}", "delivery.recipients.a: write a text in quotes"),
        ("store = ", "no valid TOML"),
        ('[delivery.groups.a]\nto = ["b"]', "delivery: group a names recipient 'b', which is not among them (none)"),
        ('[delivery.recipients]\nx = "json://u:secret@h"\n[delivery.groups.a]\nto = ["b"]', "not among them (x)"),
        ("[delivery.groups.a]\nto = []", "delivery.groups.a.to = []"),
        (
            '[delivery]\nrecipients = {b = "json://h"}\ngroups = {a = {to = ["b"], vew = "staf"}}',
            "delivery.groups.a.vew: did you mean view?",
        ),
        (
            '[delivery]\nrecipients = {b = "json://h"}\ngroups = {a = {to = ["b"], view = "semua"}}',
            'delivery.groups.a.view = \'semua\': write "pimpinan", "staf" or',
        ),
        (
            '[delivery]\nrecipients = {b = "json://h/secret"}\ngroups = {a = {recipients = ["b"]}}',
            "delivery.groups.a.to is missing",
        ),
        ("[delivery]\nretry_minuts = [1]", "delivery.retry_minuts: did you mean retry_minutes?"),
    ],
)
def test_faults_name_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"config\.toml") as caught:
        load_config({}, {"PANTAU_CONFIG": str(path)})
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="create it or unset PANTAU_CONFIG"):
        load_config({}, {"PANTAU_CONFIG": str(tmp_path / "none.toml")})


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(ConfigError, match="PANTAU_WORKERS: workers = 'many'"):
        load_config({}, {"PANTAU_WORKERS": "many", "PANTAU_STORE": "/srv/x.db"})


def test_a_profile_of_ones_own_is_named_from_the_file_that_names_it(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    (tmp_path / "kami").mkdir()
    environ = {"PANTAU_CONFIG": str(file)}
    for written, meant in (("kami", str(tmp_path / "kami")), ("lain", "lain"), ("~/kami", str(Path.home() / "kami"))):
        file.write_text(f'profile = "{written}"\n', encoding="utf-8")
        assert load_config({}, environ).profile == meant
