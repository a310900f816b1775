"""The digest: what is counted, what wants attention, and that every format says the same."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.digest.build import Facts, build_dataset
from monitor.digest.dataset import Dataset, Gap
from monitor.digest.window import build_window
from monitor.names import Names
from monitor.render.digest_html import render_html
from monitor.render.digest_text import render_text
from monitor.render.digest_whatsapp import PART_CHARS, render_parts
from monitor.render.formats import render_digest
from monitor.render.wording import load_wording

ZONE = ZoneInfo("Asia/Jakarta")
DAY = date(2025, 3, 12)
NOW = datetime(2025, 3, 13, tzinfo=UTC)
NAMES = Names(
    opd={"dishub": "Dinas Perhubungan", "dinkes": "Dinas Kesehatan"},
    people={"bupati-a": "Rani Paramita"},
    pillars={"living": "Smart Living", "economy": "Smart Economy"},
    leaders=frozenset({"bupati-a"}),
)
Maker = Callable[..., dict[str, Any]]
NEGATIVE = {"label": "negatif", "score": 0.9, "evidence": [{"in": "text", "start": 0, "end": 9, "text": "jalan rusak"}]}


def build(*rows: dict[str, Any], edition: str = "harian", **facts: Any) -> Dataset:
    window = build_window(DAY, edition, {"pagi": time(7), "siang": time(12), "sore": time(17)}, ZONE)
    return build_dataset(Facts(window, NOW, rows, **facts), "contoh", "Kabupaten Contoh", ZONE, NAMES)


def test_an_empty_day_is_told_in_every_format() -> None:
    data = build()
    assert data.totals.articles == 0
    for form in ("text", "html", "whatsapp"):
        assert "Tidak ada berita tentang Kabupaten Contoh" in html.unescape(
            render_digest(data, form, load_wording("id"))
        )
    assert json.loads(render_digest(data, "json", load_wording("id")))["totals"]["articles"] == 0
    assert "No news about Kabupaten Contoh" in render_text(data, load_wording("en"))


def test_paid_owned_and_earned_are_never_mixed(row: Maker) -> None:
    data = build(
        row(1),
        row(2, kind="advertorial"),
        row(3, outlet="contohkab.example", outlet_kind="government", kind="release"),
        row(4, outlet="lain.example", copy_of={"id": 3, "url": "u", "share": 0.8, "latency_minutes": 30}),
        row(5, about="incidental"),
        row(6, about="none"),
    )
    totals = data.totals
    assert (totals.articles, totals.earned, totals.owned, totals.paid) == (4, 2, 1, 1)
    assert (totals.release_copies, totals.independent_newsrooms, totals.incidental) == (1, 1, 1)
    assert {channel: tones["n"] for channel, tones in data.tone.items()} == {"earned": 2, "owned": 1, "paid": 1}
    assert data.totals.stories == len(data.stories)


def test_negative_news_and_harsh_headlines_want_attention(row: Maker) -> None:
    data = build(
        row(1, tone=NEGATIVE, opd=[{"id": "dishub", "role": "actor"}, {"id": "dinkes", "role": "mentioned"}], story=7),
        row(
            2,
            outlet="b.example",
            tone=NEGATIVE,
            opd_tone={"dinkes": NEGATIVE},
            story=7,
            published_at="2025-03-12T08:00:00+07:00",
        ),
        row(3, headline_tone=NEGATIVE),
        row(4, tone=NEGATIVE, kind="advertorial"),
        row(5, tone=NEGATIVE, outlet_kind="government"),
    )
    assert [(entry.rule, entry.articles) for entry in data.attention] == [
        ("negative", (2, 1)),
        ("harsh_headline", (3,)),
    ]
    first = data.attention[0]
    assert first.opd == ("dinkes",)  # the office that the tone is towards answers, not the first one named
    assert first.since == "2025-03-12T08:00+07:00"
    text = render_text(data, load_wording("id"))
    assert text.index("Perlu perhatian") < text.index("Peristiwa")
    assert "Yang perlu menjawab: Dinas Kesehatan, sejak 12 Mar 08.00" in text


def test_a_story_is_told_once_with_all_its_outlets(row: Maker) -> None:
    quote = [{"speaker": "Rani", "speaker_id": "bupati-a", "text": "Ayo."}]
    data = build(
        row(1, story=3, outlet_name="Warta Contoh", kind="release", outlet_kind="government"),
        row(2, story=3, outlet="b.example", outlet_name="Kabar B", title="Laporan sendiri", quotes=quote),
        row(3, story=3, outlet="c.example", outlet_name="Kabar C"),
        row(4, story=3, outlet="d.example", outlet_name="Kabar D"),
    )
    (story,) = data.stories
    assert story.headline == "Laporan sendiri"  # the first newsroom's own report leads, not the release
    assert story.outlets == ("Warta Contoh", "Kabar B", "Kabar C", "Kabar D")
    assert story.independent == 3
    assert story.why == ("spread", "leader")
    assert story.speakers == ("Rani Paramita",)


def test_releases_are_listed_with_and_without_pickup(row: Maker) -> None:
    copy = row(
        9, outlet="b.example", outlet_name="Kabar B", copy_of={"id": 1, "url": "u", "share": 0.9, "latency_minutes": 45}
    )
    data = build(row(1, outlet_kind="government"), row(2, outlet_kind="government"), copies=[copy])
    assert [len(release.pickups) for release in data.releases] == [1, 0]
    assert data.releases[0].pickups[0].latency_minutes == 45
    assert "Rilis: 1 dari 2 dimuat media lain" in render_text(data, load_wording("id"))


def test_what_was_not_watched_and_not_annotated_is_said(row: Maker) -> None:
    gap = Gap("mati.example", "Warta Mati", "blocked", "2025-03-01T00:00:00Z")
    data = build(row(1), row(2, annotator=None, about=None, tone=None), gaps=[gap], watched=(3, 4), baseline=[2, 4])
    assert data.not_annotated == 1
    text = render_text(data, load_wording("id"))
    assert "Warta Mati: tidak terpantau sejak 1 Mar 2025 (akses ditolak situs)" in text
    assert "1 artikel belum dianalisis" in text
    assert "Media terpantau: 3 dari 4" in text
    assert "Rata-rata 2 hari yang sama sebelumnya: 3 artikel" in text


def test_an_article_found_late_is_named_but_not_counted(row: Maker) -> None:
    old = row(1, published_at="2025-03-01T09:00:00+07:00", first_seen_at="2025-03-12T02:00:00Z")
    data = build(old, edition="siang")
    assert data.totals.articles == 0
    assert [item.id for item in data.found_late] == [1]


def test_the_id_stands_for_the_facts(row: Maker) -> None:
    assert build(row(1)).id == build(row(1)).id
    assert build(row(1)).id != build(row(1, title="Judul lain")).id
    assert build(row(1)).id.startswith("contoh-2025-03-12-harian-")


def test_html_runs_nothing_and_loads_nothing(row: Maker) -> None:
    page = render_html(build(row(1, title='<script>alert(1)</script>\u202e & "x"', tone=NEGATIVE)), load_wording("id"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert not re.search(r"<(?:img|link|style|iframe)\b|@import|url\(", page)
    assert page.count("style=") > 20


def test_whatsapp_stays_within_a_message_and_keeps_addresses_whole(row: Maker) -> None:
    rows = [row(n, title=f"Judul *tebal* _nomor_ {n} " + "panjang " * 30, tone=NEGATIVE) for n in range(1, 60)]
    data = build(*rows)
    parts = render_parts(data, load_wording("id"))
    assert len(parts) > 1
    assert all(len(part) <= PART_CHARS for part in parts)
    together = "\n".join(parts)
    assert {entry["url"] for entry in rows} <= set(together.splitlines())
    assert "*tebal*" not in together


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(
        st.tuples(
            st.sampled_from(["reporting", "release", "advertorial"]),
            st.sampled_from(["local", "government", "national"]),
            st.sampled_from(["positif", "netral", "negatif"]),
            st.sampled_from([None, 1, 2]),
            st.text(max_size=80),
        ),
        max_size=12,
    )
)
def test_totals_agree_in_every_format_whatever_comes(
    row: Maker, drawn: list[tuple[str, str, str, int | None, str]]
) -> None:
    rows = [
        row(
            n,
            kind=kind,
            outlet_kind=outlet,
            outlet=f"{n}.example",
            tone={"label": tone, "evidence": []},
            story=story,
            title=title,
        )
        for n, (kind, outlet, tone, story, title) in enumerate(drawn, 1)
    ]
    data = build(*rows)
    totals = data.totals
    assert totals.earned + totals.owned + totals.paid == totals.articles == len(rows)
    assert sum(len(story.articles) for story in data.stories) == totals.articles
    assert sum(tone["n"] for tone in data.tone.values()) == totals.articles
    shown = json.loads(render_digest(data, "json", load_wording("en")))
    assert shown["totals"]["articles"] == totals.articles
    if rows:
        assert f"Articles about Kabupaten Contoh: {totals.articles}" in render_text(data, load_wording("en"))
        assert f"<strong>{totals.articles}</strong>" in render_html(data, load_wording("en"))
        assert f"Articles about Kabupaten Contoh: *{totals.articles}*" in render_parts(data, load_wording("en"))[0]
