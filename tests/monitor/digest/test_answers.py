"""What wants an answer and has one already, told in the same edition."""

from __future__ import annotations

from monitor.digest.views import View
from monitor.render.formats import render_digest
from monitor.render.wording import load_wording
from tests.monitor.digest.conftest import COMPLAINT, NEGATIVE, Maker, build


def test_what_the_government_was_heard_on_since_says_so_and_comes_last(row: Maker) -> None:
    def at(hour: int, day: int = 12) -> str:
        return f"2025-03-{day:02d}T{hour:02d}:00:00+07:00"

    quote = [{"speaker": "Kadis", "speaker_id": None, "text": "Segera diperbaiki.", "opd": "dishub"}]
    complaint = row(1, title="Jalan putus", tone=COMPLAINT, story=3, published_at=at(8))
    reply = row(2, title="Alat berat turun", story=3, published_at=at(17), quotes=quote)
    still = row(4, title="Lampu mati", tone=NEGATIVE, story=5, published_at=at(9))
    before = row(6, title="Dinas bicara dulu", story=5, published_at=at(7), quotes=quote)
    data = build(complaint, reply, still, before)
    assert [(entry.headline, entry.heard_at) for entry in data.attention] == [
        ("Lampu mati", None),
        ("Jalan putus", "2025-03-12T17:00+07:00"),
    ]
    for form in ("text", "whatsapp", "html"):
        told = " ".join(render_digest(data, form, load_wording("id")).split())
        assert told.count("sudah ada pernyataan pemerintah daerah, 12 Mar 17.00") == 1
    alone = " ".join(render_digest(build(complaint, reply), "text", load_wording("id"), View("pimpinan")).split())
    assert "belum diketahui (sudah ada pernyataan pemerintah daerah, 12 Mar 17.00)" in alone
    tomorrow = reply | {"published_at": at(8, 13)}  # the edition stays as it was
    assert build(complaint, related=[tomorrow]).attention[0].heard_at is None
