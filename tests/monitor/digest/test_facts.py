"""The digest as facts: what is counted, what wants attention, what is missing, and what differs from today."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time
from itertools import pairwise

from monitor.digest.changes import compare_datasets
from monitor.digest.dataset import Base, Gap, parse_dataset
from monitor.digest.items import build_item
from monitor.digest.stories import build_attention
from monitor.digest.views import View
from monitor.digest.window import PROMPT, build_window, list_earlier
from monitor.render.changes_text import render_changes
from monitor.render.digest_entries import WAITING
from monitor.render.formats import render_digest
from monitor.render.wording import load_wording
from tests.monitor.digest.conftest import COMPLAINT, DAY, NAMES, NEGATIVE, ZONE, Maker, build, taker


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
    text = render_digest(data, "text", load_wording("id"))
    assert text.index("Perlu perhatian") < text.index("Peristiwa")
    assert "Perlu ditanggapi oleh: Dinas Kesehatan, sejak 12 Mar 08.00" in text


def test_an_office_of_the_government_answers_before_a_council_or_police(row: Maker) -> None:
    named = [{"id": "polres", "role": "actor"}, {"id": "dishub", "role": "mentioned"}]
    items = [build_item(row(1, tone=NEGATIVE, opd=named, opd_tone={"polres": NEGATIVE}), NAMES, ZONE)]
    assert build_attention(items, {}, {"polres"})[0].opd == ("dishub",)
    assert build_attention(items, {})[0].opd == ("polres",)
    alone = [replace(items[0], opd=("polres",))]
    assert build_attention(alone, {}, {"polres"})[0].opd == ("polres",)


def test_a_story_is_told_once_with_all_its_outlets(row: Maker) -> None:
    quote = [{"speaker": "Rani", "speaker_id": "bupati-a", "opd": None, "text": "Ayo."}]
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
    data = build(*(row(n, outlet_kind="government") for n in (1, 2)), copies=[taker(9, 1, minutes=45)])
    assert [len(release.pickups) for release in data.releases] == [1, 0]
    assert data.releases[0].pickups[0].latency_minutes == 45
    assert "Rilis: 1 dari 2 dimuat media lain" in render_digest(data, "text", load_wording("id"))


def test_what_was_not_watched_and_not_annotated_is_said(row: Maker) -> None:
    gap = Gap("mati.example", "Warta Mati", "blocked", "2025-02-28T20:00:00Z")  # where readers live it is March
    data = build(
        row(1),
        row(2, annotator=None, about=None, tone=None),
        gaps=[gap],
        watched=(3, 4),
        baseline=[Base("2025-03-05", 2, 1), Base("2025-02-26", 4, 3)],
    )
    assert data.not_annotated == 1
    text = render_digest(data, "text", load_wording("id"))
    assert "Warta Mati: tidak terpantau sejak 1 Mar 2025 (akses ditolak situs)" in text
    assert "1 artikel belum dianalisis" in text
    assert "Media terpantau: 3 dari 4" in text
    assert "Rata-rata pada hari yang sama dalam 2 pekan sebelumnya: 3 artikel" in " ".join(text.split())


def test_an_article_found_late_is_named_but_not_counted(row: Maker) -> None:
    old = row(1, published_at="2025-03-01T09:00:00+07:00", first_seen_at="2025-03-12T02:00:00Z")
    data = build(old, edition="siang")
    assert data.totals.articles == 0
    assert [item.id for item in data.found_late] == [1]


def test_the_id_stands_for_the_facts(row: Maker) -> None:
    assert build(row(1)).id == build(row(1)).id
    assert build(row(1)).id != build(row(1, title="Judul lain")).id
    assert build(row(1)).id.startswith("contoh-2025-03-12-harian-")


def test_a_complaint_comes_first_with_since_when_it_stands(row: Maker) -> None:
    before = row(1, tone=COMPLAINT, story=5, published_at="2025-03-03T08:00:00+07:00")
    praise = row(2, tone={"label": "positif", "evidence": []}, story=5, published_at="2025-03-01T08:00:00+07:00")
    today = row(3, tone=COMPLAINT, opd_tone={"dishub": COMPLAINT}, opd=[{"id": "dishub", "role": "mentioned"}], story=5)
    data = build(row(4, tone=NEGATIVE), today, related=[before, praise, today])
    assert [(entry.rule, entry.since[:10]) for entry in data.attention] == [
        ("complaint", "2025-03-03"),  # the praise before does not make the complaint older
        ("negative", "2025-03-12"),
    ]
    assert data.stories[0].began_at[:10] == "2025-03-01"
    text = render_digest(data, "text", load_wording("id"))
    assert "Perlu ditanggapi oleh: Dinas Perhubungan, sejak 3 Mar 08.00" in text
    assert "Berlangsung sejak 1 Mar 08.00" in text


def test_what_wants_attention_quotes_the_sentence_it_rests_on(row: Maker) -> None:
    text = "SELASIH – Pasar dibuka.\nWarga mengeluh soal parkir. Petugas belum datang."
    start = text.index("mengeluh")
    span = {"in": "text", "start": start, "end": start + 8, "text": "mengeluh", "rule": "complaint"}
    title = {"in": "title", "start": 0, "end": 5, "text": "Keluh", "rule": "complaint"}
    quoted = [
        build(row(1, text=text, tone=NEGATIVE | {"evidence": spans})).attention[0].evidence
        for spans in ([title, span], [title], [span | {"start": 0, "end": 8}], [])
    ]
    assert quoted == ["Warga mengeluh soal parkir.", "Keluh", "mengeluh", None]


def test_what_earlier_editions_did_not_tell_is_told_now(row: Maker) -> None:
    missed = row(1, published_at="2025-03-12T06:30:00+07:00", first_seen_at="2025-03-11T23:40:00Z")
    data = build(row(2, first_seen_at="2025-03-12T03:00:00Z"), edition="siang", untold=[missed])
    assert [item.id for item in data.items] == [1, 2]
    assert data.carried_over == (1,)
    assert "Termasuk 1 artikel dari periode sebelumnya" in render_digest(data, "text", load_wording("id"))


def test_the_editions_before_one_reach_back_without_a_gap() -> None:
    clocks = {"pagi": time(7), "siang": time(12), "sore": time(17)}
    window = build_window(DAY, "siang", clocks, ZONE)
    chain = [window, *list_earlier(window, clocks, ZONE)]
    assert [w.edition for w in chain[:4]] == ["siang", "pagi", "sore", "siang"]
    assert all(later.start == earlier.end for later, earlier in pairwise(chain))
    assert chain[-1].start <= window.start - PROMPT
    assert list_earlier(build_window(DAY, "harian", clocks, ZONE), clocks, ZONE) == []


def test_a_frozen_dataset_reads_back_as_it_was(row: Maker) -> None:
    data = build(row(1, tone=NEGATIVE, story=3), row(2, outlet_kind="government"), baseline=[Base("2025-03-05", 2, 1)])
    frozen = json.loads(json.dumps(data.to_json()))
    assert parse_dataset(frozen) == data
    assert parse_dataset(frozen | {"later": 1, "id": "kept"}).id == "kept"


def test_changes_are_found_one_by_one(row: Maker) -> None:
    before = build(row(1), row(2, title="Hilang"), row(3))
    after = build(row(1, tone=NEGATIVE, opd=[{"id": "dishub", "role": "actor"}]), row(3), row(4, title="Baru"))
    assert compare_datasets(before, before) == []
    found = {(change.what, change.field, change.before, change.after) for change in compare_datasets(before, after)}
    assert {
        ("tone", "negatif", 0, 1),
        ("tone", "netral", 3, 2),
        ("article", "tone", "netral", "negatif"),
        ("article", "opd", (), ("dishub",)),
        ("removed", "article", "Warta Contoh", None),
        ("added", "article", None, "Warta Contoh"),
        ("attention", "negative", None, "negative"),
        ("opd", "articles", 0, 1),
    } == found
    text = render_changes(compare_datasets(before, after), after.names, load_wording("id"))
    assert "Berita nomor 1 [nada]: netral → negatif" in text
    assert "Dinas Perhubungan: 0 → 1" in text


def test_an_office_without_its_network_does_not_read_the_names_of_all_outlets(row: Maker) -> None:
    gaps = [Gap(f"{n}.example", f"Warta {n}", "dns", "2025-03-01T00:00:00Z") for n in range(3)]
    text = render_digest(build(row(1), gaps=gaps, watched=(0, 3)), "text", load_wording("id"))
    assert "Semua media: tidak terpantau sejak 1 Mar 2025 (alamat tidak ditemukan)" in text
    text = render_digest(build(row(1), gaps=gaps[:2], watched=(1, 3)), "text", load_wording("id"))
    assert "Warta 0, Warta 1: tidak terpantau" in text


def test_an_outlet_that_is_read_in_part_is_not_called_unwatched(row: Maker) -> None:
    lost = Gap("mati.example", "Warta Mati", "blocked", "2025-03-01T00:00:00Z", missing=2.0)
    partly = Gap("ubah.example", "Warta Ubah", "layout_changed", "2025-03-02T00:00:00Z", partly=True)
    text = " ".join(render_digest(build(row(1), gaps=[lost, partly]), "text", load_wording("id")).split())
    assert "Warta Ubah: terpantau sebagian sejak 2 Mar 2025 (tata halaman berubah)" in text
    assert "karena 1 media tidak terpantau" in text
    text = render_digest(build(row(1), gaps=[partly]), "text", load_wording("id"))
    assert "mungkin lebih rendah" not in text


def test_what_earlier_days_left_unanswered_is_told_until_it_is_answered_or_old(row: Maker) -> None:
    def at(day: int, hour: int = 8) -> str:
        return f"2025-03-{day:02}T{hour:02}:00:00+07:00"

    quote = [{"text": "Kami perbaiki", "start": 0, "end": 1, "speaker": "A", "speaker_id": None, "opd": "dishub"}]
    copied = {"id": 8, "url": "u", "share": 1.0, "latency_minutes": 60}
    earlier = [
        row(1, title="Lampu padam", tone=NEGATIVE, published_at=at(10), opd=[{"id": "dishub", "role": "actor"}]),
        row(2, title="Parkir liar", tone=NEGATIVE, published_at=at(9), story=2),
        row(3, title="Sudah ditandai", tone=NEGATIVE, published_at=at(9)),
        row(4, title="Terlalu lama", tone=NEGATIVE, published_at=at(3)),
        row(5, title="Dijawab dinas", tone=NEGATIVE, published_at=at(8), story=5),
        row(6, title="Dinas bicara", published_at=at(8, 15), story=5, quotes=quote),
        row(7, title="Hari ini lagi", tone=NEGATIVE, published_at=at(11), story=7),
        row(8, title="Disalin, tak dijawab", tone=NEGATIVE, published_at=at(11), story=8),
        row(9, title="Salinan", published_at=at(11, 9), story=8, quotes=quote, copy_of=copied),
        row(10, title="Kanal sendiri diam", tone=NEGATIVE, published_at=at(7), story=2),
    ]  # fmt: skip
    data = build(row(20, tone=NEGATIVE, story=7), earlier=earlier, days=7, answered={3: "2025-03-09T02:00:00Z"})
    assert [entry.articles for entry in data.waiting] == [(8,), (1,), (10, 2)]
    text = render_digest(data, "text", load_wording("id"))
    assert "Belum ditanggapi dari 7 hari sebelumnya: 3" in text
    assert text.index("Perlu perhatian") < text.index("Belum ditanggapi") < text.index("\nPeristiwa")
    assert "Perlu ditanggapi oleh: Dinas Perhubungan, sejak 10 Mar 08.00" in text
    assert "Belum ditanggapi dari 7 hari sebelumnya: 3" in render_digest(data, "whatsapp", load_wording("id"))
    assert build(earlier=earlier).waiting == ()
    marked = build(earlier=earlier, days=7, answered={2: "2025-03-09T02:00:00Z"})
    assert all(2 not in entry.articles and 10 not in entry.articles for entry in marked.waiting)  # the whole story
    again = build(earlier=earlier, days=7, answered={10: "2025-03-07T02:00:00Z"})
    assert (2,) in [entry.articles for entry in again.waiting]  # complained of anew since


def test_nobody_has_to_answer_what_its_outlet_withdrew(row: Maker) -> None:
    gone = {"tone": NEGATIVE, "withdrawn_at": "2025-03-12T03:00:00Z"}
    earlier = [row(1, title="Dulu", published_at="2025-03-10T08:00:00+07:00", **gone)]
    data = build(row(2, title="Kini", **gone), row(3, title="Masih ada", tone=NEGATIVE), earlier=earlier, days=7)
    assert ([entry.headline for entry in data.attention], data.waiting) == (["Masih ada"], ())
    assert (data.totals.articles, data.tone["earned"]["negatif"]) == (2, 2)  # they came out all the same
    assert "Sudah ditanggapi: Kini (ditarik media)" in render_digest(data, "text", load_wording("id"))


def test_a_long_list_of_what_waits_is_counted_and_a_quiet_day_has_it_too(row: Maker) -> None:
    earlier = [
        row(key, title=f"Keluhan {key}", tone=NEGATIVE, published_at="2025-03-10T08:00:00+07:00") for key in range(1, 9)
    ]
    data = build(earlier=earlier, days=7)
    assert len(data.waiting) == 8
    for form in ("text", "whatsapp", "html"):
        told = render_digest(data, form, load_wording("id"))
        assert told.count("Keluhan ") == WAITING
        assert "dan 3 lainnya; semuanya pada halaman Hari ini di ruang kerja" in told
    five = render_digest(data, "text", load_wording("en"), View("pimpinan"))
    assert "Still unanswered from previous days: 8" in five
    assert "Keluhan" not in five


def test_nobody_asks_an_office_that_stands_no_more(row: Maker) -> None:
    old = row(1, tone=NEGATIVE, opd=[{"id": "dinkes", "role": "actor"}])
    (entry,) = build_attention([build_item(old, NAMES, ZONE)], {}, (), {"dinkes": ("dinkes-p2kb",)})
    assert (entry.opd, entry.former) == (("dinkes-p2kb",), {"dinkes-p2kb": ("dinkes",)})
    data = replace(build(old), names={**NAMES.opd, "dinkes-p2kb": "Dinas Kesehatan dan KB"}, attention=(entry,))
    asked = "Dinas Kesehatan dan KB (dahulu Dinas Kesehatan)"
    assert f"Perlu ditanggapi oleh: {asked}, sejak" in render_digest(data, "text", load_wording("id"))
    assert f"perlu ditanggapi oleh: {asked}" in " ".join(
        render_digest(data, "text", load_wording("id"), View("pimpinan")).split()
    )
    assert data.items[0].opd == ("dinkes",)  # tags and counts stay with the office of the time
    assert [line.id for line in data.opd] == ["dinkes"]
