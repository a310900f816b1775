"""What is said of recipients and groups before anything is sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monitor.notify.check import check_delivery
from tests.monitor.delivery.conftest import make_office


@pytest.mark.parametrize(
    ("view", "status", "said"),
    [
        ("staf", "ok", "1 groups"),
        ("opd:dinkes-p2kb", "ok", "1 groups"),
        ("opd:dinkes", "warning", "opd:dinkes of group pimpinan stands no more: its view stays empty, give the group"),
        ("opd:dinkesp", "error", "no such office: opd:dinkesp of group pimpinan"),
    ],
)
def test_a_group_whose_office_stands_no_more_or_never_did_is_told(
    tmp_path: Path, view: str, status: str, said: str
) -> None:
    office = make_office(tmp_path, {"kadis": "json://127.0.0.1:9"}, view=view)
    found, detail = check_delivery(office.config, office.profile, date(2026, 6, 1))
    assert (found, said in detail) == (status, True), detail
    assert check_delivery(office.config, office.profile, date(2025, 6, 1))[0] != "warning"
