"""A clip or an import of which only the day is known: no view makes up an hour for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from monitor.config import load_config
from monitor.office import load_office
from monitor.render.wording import load_wording
from monitor.web.app import build_app
from tests.monitor.conftest import ARTICLE
from tests.monitor.web.conftest import HERE, HOME


@pytest.mark.parametrize(
    ("at", "said", "full"),
    [
        ("2025-03-12T00:00:00+07:00", "12 Mar", "Rabu, 12 Maret 2025"),
        ("2025-03-12T00:01:00+07:00", "12 Mar 00.01", "Rabu, 12 Maret 2025, 00.01"),
    ],
)
def test_midnight_is_a_day_alone(at: str, said: str, full: str) -> None:
    wording = load_wording("id")
    assert (wording.published(at), wording.published_on(at)) == (said, full)


def test_no_view_tells_an_hour_that_nobody_named(pantau: Any, tmp_path: Path) -> None:
    government = "Pemerintah Kabupaten Selasih membuka pasar itu pagi ini. Bupati Selasih hadir bersama warga."
    rows = [
        {**ARTICLE, "url": f"https://warta.example/{n}", "title": f"Pasar Selasih {n} dibuka", "text": government,
         "published_at": "2025-03-12"}
        for n in (1, 2)
    ]  # fmt: skip
    (tmp_path / "two.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert pantau("import", tmp_path / "two.jsonl").code == 0
    assert pantau("annotate").code == 0
    shown = [pantau("digest", "--date", "2025-03-12", "--format", form).out for form in ("text", "whatsapp", "html")]
    report = tmp_path / "report.html"
    assert pantau("report", "--month", "2025-03", "--format", "html", "-o", report).code in {0, 1}
    shown.append(report.read_text())
    with TestClient(build_app(load_office(load_config())), base_url=HOME, client=HERE) as browser:
        shown += [browser.get(page).text for page in ("/articles", "/articles/1", "/?day=2025-03-12&edition=harian")]
    for text in shown:
        assert "Pasar Selasih" in text
        assert text.replace("Periode 12 Mar 00.00 – 13 Mar 00.00", "").count("00.00") == 0
