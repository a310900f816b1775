"""What the demonstration prints besides the digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.demo.report import write_path


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/home/humas/.local/share/pantau/demo/pantau.db", "~/.local/share/pantau/demo/pantau.db"),
        ("/home/humas/data kami/pantau.db", "~/'data kami/pantau.db'"),
        ("/srv/pantau.db", "/srv/pantau.db"),
        ("/home/humas2/pantau.db", "/home/humas2/pantau.db"),
    ],
)
def test_a_path_is_written_as_people_type_it(monkeypatch: pytest.MonkeyPatch, path: str, written: str) -> None:
    monkeypatch.setenv("HOME", "/home/humas")
    assert write_path(Path(path)) == written
