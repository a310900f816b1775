"""Paper on a machine without any font: complete all the same, by the fonts that typst and vl-convert bring."""

from __future__ import annotations

import io

import pytest
import typst
from pypdf import PdfReader

from monitor.digest.dataset import Base
from monitor.errors import Busy, JobError
from monitor.render.formats import render_file
from monitor.render.wording import flatten, load_wording
from monitor.report import paper
from monitor.report.compose import compose_report
from tests.monitor.conftest import stored_row
from tests.monitor.digest.conftest import build
from tests.monitor.report.conftest import WORDING, make, no_charts  # noqa: F401
from tests.monitor.reporting import HOSTILE, some_articles


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    real = typst.compile
    monkeypatch.setattr(
        typst, "compile", lambda *args, **options: real(*args, **options | {"ignore_system_fonts": True})
    )
    monkeypatch.setattr(paper, "SETTER", paper.SETTER.replace("format=", "ignore_system_fonts=True, format="))


def read_text(data: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_a_digest_needs_no_font_of_the_machine() -> None:
    rows = [stored_row(n, title=title) for n, title in enumerate(HOSTILE, 1)]
    text = read_text(render_file(build(*rows, baseline=[Base("2025-03-05", 2, 1)]), "pdf", load_wording("id")))
    for title in (*HOSTILE[:3], HOSTILE[4]):  # of the fourth, the letters that no font at hand has are boxes
        assert "".join(flatten(title).split())[:80] in text
    assert "terbalik" in text


@pytest.mark.parametrize(
    ("title", "own"), [("Bupati: “Jalan Selesai” – 2 km", True), ("שלום", False), ("Selamat 🎉", False)]
)
def test_the_machine_is_asked_for_fonts_only_where_a_digest_needs_them(
    title: str, own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = typst.compile
    monkeypatch.setattr(
        typst,
        "compile",
        lambda *args, **options: (asked.append(options["ignore_system_fonts"]), real(*args, **options))[1],
    )
    render_file(build(stored_row(1, title=title)), "pdf", load_wording("id"))
    assert asked == [own]


def test_a_report_needs_no_font_of_the_machine(no_charts: None) -> None:  # noqa: F811
    text = read_text(paper.render_pdf(compose_report(make(some_articles(len(HOSTILE))), WORDING)))
    assert "LaporanBulananPemberitaanMedia" in text
    assert "".join(flatten(HOSTILE[0]).split()) in text


def test_a_report_is_set_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch, no_charts: None) -> None:  # noqa: F811
    """Typst keeps hundreds of megabytes of each month that it has set: a service would grow with every report."""
    monkeypatch.delattr(typst, "compile")
    assert paper.render_pdf(compose_report(make(some_articles(1)), WORDING)).startswith(b"%PDF")
    with pytest.raises(JobError, match=r"picture\.typ: file not found"):
        paper.compile_typst("picture.typ", {"file": "none.png"}, {})


def test_a_document_that_takes_too_long_is_stopped_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "LIMIT", 0.0)
    with pytest.raises(JobError, match=r"longer than 0 s over picture\.typ and was stopped: narrow the period"):
        paper.compile_typst("picture.typ", {"file": "none.png"}, {})
    assert not paper.SETTING.locked()


def test_who_waits_too_long_for_another_document_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "PATIENCE", 0.0)
    with paper.taking_turn(), pytest.raises(Busy, match="another document is still being set"):
        paper.compile_typst("picture.typ", {"file": "none.png"}, {})
