"""The digest: what is counted, what wants attention, and that every format says the same."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.policy import default
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from monitor.digest.build import Facts, build_dataset
from monitor.digest.changes import compare_datasets
from monitor.digest.dataset import Base, Dataset, Gap, parse_dataset
from monitor.digest.views import STAFF, View, apply_view, parse_view
from monitor.digest.window import PROMPT, build_window, list_earlier
from monitor.errors import InputError
from monitor.names import Names
from monitor.render.changes_text import render_changes
from monitor.render.digest_html import render_html
from monitor.render.digest_whatsapp import PART_CHARS, render_parts
from monitor.render.digest_words import build_sheet
from monitor.render.formats import render_digest, render_file
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
    assert "No news about Kabupaten Contoh" in render_digest(data, "text", load_wording("en"))


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
    data = build(row(1, outlet_kind="government"), row(2, outlet_kind="government"), related=[copy])
    assert [len(release.pickups) for release in data.releases] == [1, 0]
    assert data.releases[0].pickups[0].latency_minutes == 45
    assert "Rilis: 1 dari 2 dimuat media lain" in render_digest(data, "text", load_wording("id"))


def test_what_was_not_watched_and_not_annotated_is_said(row: Maker) -> None:
    gap = Gap("mati.example", "Warta Mati", "blocked", "2025-03-01T00:00:00Z")
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


def test_a_chat_names_only_some_of_what_came_late(row: Maker) -> None:
    old = {"published_at": "2025-03-01T09:00:00+07:00", "first_seen_at": "2025-03-12T02:00:00Z"}
    text = "\n".join(render_parts(build(*(row(n, **old) for n in range(1, 31)), edition="siang"), load_wording("id")))
    assert "Baru ditemukan: 30 artikel" in text
    assert text.count("https://") == 10
    assert "dan 20 lainnya; selengkapnya dalam surel atau PDF" in text


def test_a_clip_has_no_address_that_opens_nothing(row: Maker) -> None:
    data = build(row(1, url="ni:///sha-256;abc?clip=1", outlet_name="Radio Contoh", tone=NEGATIVE), row(2))
    for view in ("staf", "pimpinan"):
        for form in ("text", "html", "whatsapp"):
            text = render_digest(data, form, load_wording("id"), parse_view(view, NAMES.opd))  # type: ignore[arg-type]
            assert "ni:///" not in text
            assert view == "pimpinan" or "ditambahkan secara manual" in text
    assert "ni:///" not in read_pdf(data)


def test_the_id_stands_for_the_facts(row: Maker) -> None:
    assert build(row(1)).id == build(row(1)).id
    assert build(row(1)).id != build(row(1, title="Judul lain")).id
    assert build(row(1)).id.startswith("contoh-2025-03-12-harian-")


def test_html_runs_nothing_and_loads_nothing(row: Maker) -> None:
    page = render_digest(
        build(row(1, title='<script>alert(1)</script>\u202e & "x"', tone=NEGATIVE)), "html", load_wording("id")
    )
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert not re.search(r"<(?:img|link|style|iframe)\b|@import|url\(", page)
    assert page.count("style=") > 20


def test_whatsapp_stays_within_a_message_and_keeps_addresses_whole(row: Maker) -> None:
    rows = [row(n, title=f"Judul *tebal* _nomor_ {n} " + "panjang " * 30, tone=NEGATIVE) for n in range(1, 40)]
    data = build(*rows)
    parts = render_parts(data, load_wording("id"))
    assert len(parts) > 1
    assert all(len(part) <= PART_CHARS for part in parts)
    together = "\n".join(parts)
    assert {entry["url"] for entry in rows} <= set(together.splitlines())
    assert "*tebal*" not in together


def test_whatsapp_of_a_crowded_day_says_how_many_it_leaves_to_the_mail(row: Maker) -> None:
    data = build(*(row(n, title=f"Judul {n}", tone=NEGATIVE if n % 2 else None) for n in range(1, 301)))
    for lang, said in (("id", "dan {} lainnya; selengkapnya dalam surel atau PDF"), ("en", "the mail or the PDF: {}")):
        text = "\n".join(render_parts(data, load_wording(lang)))
        assert said.format(110) in text  # of 150 that want attention
        assert said.format(260) in text  # of 300 stories
        assert len(re.findall(r"^40\. ", text, re.MULTILINE)) == 2
        assert not re.search(r"^41\. ", text, re.MULTILINE)


def read_pdf(data: Dataset, view: View = STAFF) -> str:
    reader = PdfReader(io.BytesIO(render_file(data, "pdf", load_wording("id"), view)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


COMPLAINT = NEGATIVE | {"evidence": [{"in": "text", "start": 0, "end": 7, "text": "keluhan", "rule": "complaint"}]}


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


def test_the_leadership_reads_five_lines(row: Maker) -> None:
    data = build(row(1, tone=COMPLAINT, title="Jalan rusak"), row(2), row(3, outlet_kind="government"))
    for lang, form in (("id", "text"), ("id", "whatsapp"), ("en", "text"), ("en", "whatsapp")):
        text = render_digest(data, form, load_wording(lang), View("pimpinan"))  # type: ignore[arg-type]
        numbered = re.findall(r"^(\d)\. ", text, re.MULTILINE)
        assert numbered == ["1", "2", "3", "4", "5"]
        assert data.id in text
    empty = render_digest(build(), "whatsapp", load_wording("id"), View("pimpinan"))
    assert "1. Tidak ada berita tentang Kabupaten Contoh pada periode ini." in empty


def test_an_opd_reads_only_what_names_it_under_the_same_id(row: Maker) -> None:
    health = {"opd": [{"id": "dinkes", "role": "actor"}], "title": "Vaksinasi"}
    roads = {"opd": [{"id": "dishub", "role": "actor"}], "title": "Jalan rusak", "tone": NEGATIVE}
    data = build(row(1, **health, story=1), row(2, **roads), row(3, outlet="b.example", title="Lain", story=1))
    shown = apply_view(data, parse_view("opd:dinkes", NAMES.opd))
    assert shown.id == data.id
    assert shown.totals == replace(shown.totals, articles=1, earned=1, independent_newsrooms=1, stories=1)
    assert [story.articles for story in shown.stories] == [(1,)]
    assert shown.attention == ()
    assert sum(tone["n"] for tone in shown.tone.values()) == 1
    for form in ("text", "html", "whatsapp"):
        text = render_digest(data, form, load_wording("id"), View("opd", "dinkes"))  # type: ignore[arg-type]
        assert "Vaksinasi" in text
        assert "Jalan rusak" not in text
        assert data.id in text
    assert "Jalan rusak" not in read_pdf(data, View("opd", "dinkes"))
    assert "Jalan rusak" in read_pdf(data)


def test_a_view_mistyped_names_what_there_is() -> None:
    with pytest.raises(InputError, match="did you mean dishub"):
        parse_view("opd:dishb", NAMES.opd)
    with pytest.raises(InputError, match="choose staf, pimpinan or opd:ID"):
        parse_view("bupati", NAMES.opd)


def test_titles_stay_titles_in_every_format(row: Maker) -> None:
    nasty = (
        "#let x = 1; $alpha$ \\input{a} @ref <label> *t* _m_ `k` ~c~ = judul // komentar"
        ' \u202ebalik\u2066 \x07 😀 عنوان {{ d }} % "k"'
    )
    data = build(row(1, title=nasty, outlet_name="#panic()", story=None), row(2, title="Biasa", tone=NEGATIVE))
    pdf = read_pdf(data)
    assert "#let x = 1; $alpha$ \\input{a} @ref <label> *t* _m_" in pdf.replace("“", '"')
    assert "#panic()" in pdf
    parts = render_parts(data, load_wording("id"))
    assert "#let x = 1; $alpha$ \\input{a} @ref <label> t m k c = judul" in parts[0]
    assert parts[0].count("*") % 2 == 0
    for form in ("text", "html", "whatsapp"):
        text = render_digest(data, form, load_wording("id"))  # type: ignore[arg-type]
        assert not set(text) & {"\u202e", "\u2066", "\x07"}
        assert "{{ d }}" in html.unescape(text)


def test_mail_has_plain_text_pictures_by_cid_and_nothing_to_load(row: Maker) -> None:
    data = build(row(1, tone=NEGATIVE), baseline=[Base("2025-03-05", 2, 1)])
    mail = message_from_bytes(render_file(data, "eml", load_wording("id")), policy=default)
    assert mail["Subject"].strip() == "Kabupaten Contoh: Edisi harian 12 Mar 2025: 1 artikel, 1 perlu perhatian"
    plain, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None and page is not None
    assert data.id in plain.get_content()
    text = page.get_content()
    (cid,) = re.findall(r'src="cid:([^"]+)"', text)
    pictures = {
        part["Content-ID"]: part.get_content() for part in mail.walk() if part.get_content_type() == "image/png"
    }
    assert pictures[f"<{cid}>"].startswith(b"\x89PNG")
    assert re.search(r'<img [^>]*alt="Jumlah artikel setiap hari Rabu pada jam yang sama: 5/3 2, 12/3 1"', text)
    assert not re.search(r"<(?:script|link|style|iframe|form)\b|javascript:|@import|url\(|https?://(?!warta)", text)
    assert [tag for tag in re.findall(r"<(?:p|h1|h2|th|a|span|img)\b[^>]*>", text) if "style=" not in tag] == []
    assert "class=" not in text


def test_a_mail_too_long_for_gmail_is_shortened_and_says_so(row: Maker) -> None:
    rows = [row(n, title=f"Judul {n}", outlet=f"{n}.example", tone=NEGATIVE) for n in range(1, 250)]
    copies = [row(n, copy_of={"id": 500, "url": "u", "share": 0.9, "latency_minutes": 5}) for n in range(600, 900)]
    data = build(*rows, row(500, outlet_kind="government"), related=copies)
    mail = message_from_bytes(render_file(data, "eml", load_wording("id")), policy=default)
    page = mail.get_body(("html",))
    assert page is not None
    text = page.get_content()
    assert len(text.encode()) < 102_000
    assert "lainnya; selengkapnya dalam lampiran" in text
    (attached,) = list(mail.iter_attachments())
    whole = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(attached.get_content())).pages)
    assert all(f"Judul {n}" in whole for n in (1, 128, 249))
    assert whole.count("90% teks sama") == 300


def test_a_long_list_of_agencies_is_shortened_with_the_rest(row: Maker) -> None:
    data = build(row(1, opd=[{"id": "dishub", "role": "actor"}]))
    agencies = tuple(replace(data.opd[0], id=f"opd-{n}", name=f"Dinas Nomor {n}") for n in range(1, 40))
    data, wording = replace(data, opd=agencies), load_wording("id")
    pages = [render_html(build_sheet(data, wording, most=most)) for most in (None, 12)]
    told = [len(re.findall(r"Dinas Nomor \d+", page)) for page in pages]
    assert told == [39, 12]
    assert "dan 27 lainnya; selengkapnya dalam lampiran" in pages[1]


def test_what_earlier_editions_did_not_tell_is_told_now(row: Maker) -> None:
    missed = row(1, published_at="2025-03-12T06:30:00+07:00", first_seen_at="2025-03-11T23:40:00Z")
    data = build(row(2, first_seen_at="2025-03-12T03:00:00Z"), edition="siang", untold=[missed])
    assert [item.id for item in data.items] == [1, 2]
    assert data.carried_over == (1,)
    assert "Termasuk 1 artikel dari periode sebelumnya" in render_digest(data, "text", load_wording("id"))


def test_editions_follow_each_other_without_gap_or_overlap() -> None:
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


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(
        st.tuples(
            st.sampled_from(["reporting", "release", "advertorial"]),
            st.sampled_from(["local", "government", "national"]),
            st.sampled_from(["positif", "netral", "negatif"]),
            st.sampled_from([None, 1, 2]),
            st.text(max_size=80),
            st.sets(st.sampled_from(["dishub", "dinkes"])),
        ),
        max_size=12,
    )
)
def test_totals_agree_in_every_format_whatever_comes(
    row: Maker, drawn: list[tuple[str, str, str, int | None, str, set[str]]]
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
            opd=[{"id": key, "role": "actor"} for key in sorted(opd)],
        )
        for n, (kind, outlet, tone, story, title, opd) in enumerate(drawn, 1)
    ]
    data = build(*rows)
    totals = data.totals
    assert totals.earned + totals.owned + totals.paid == totals.articles == len(rows)
    assert sum(len(story.articles) for story in data.stories) == totals.articles
    assert sum(tone["n"] for tone in data.tone.values()) == totals.articles
    for line in data.opd:  # what a head of an OPD reads agrees with its line in everybody's table
        theirs = apply_view(data, View("opd", line.id))
        assert theirs.opd == (line,)
        assert theirs.totals.articles == line.articles == sum(len(story.articles) for story in theirs.stories)
        assert theirs.totals.stories == len(theirs.stories)
        assert {key: theirs.tone["earned"][key] for key in line.tones} == line.tones
    shown = json.loads(render_digest(data, "json", load_wording("en")))
    assert shown["totals"]["articles"] == totals.articles
    if rows:
        assert f"Articles about Kabupaten Contoh: {totals.articles}" in render_digest(data, "text", load_wording("en"))
        assert f"<strong>{totals.articles}</strong>" in render_digest(data, "html", load_wording("en"))
        assert f"Articles about Kabupaten Contoh: *{totals.articles}*" in render_parts(data, load_wording("en"))[0]
        assert f"{totals.articles} artikel tentang Kabupaten Contoh" in read_pdf(data)
        tone = data.tone["earned"]
        said = [
            f"{say} {tone[key]}"
            for key, say in (("positif", "positive"), ("netral", "neutral"), ("negatif", "negative"))
        ]
        for form in ("text", "html", "whatsapp"):
            text = re.sub(r"<[^>]+>", "", render_digest(data, form, load_wording("en")))  # type: ignore[arg-type]
            assert f"Tone (n = {tone['n']})" in text or not tone["n"]
            assert all(words in text for words in said) or not tone["n"]
            assert data.id in text


def test_an_outlet_that_is_read_in_part_is_not_called_unwatched(row: Maker) -> None:
    lost = Gap("mati.example", "Warta Mati", "blocked", "2025-03-01T00:00:00Z", missing=2.0)
    partly = Gap("ubah.example", "Warta Ubah", "layout_changed", "2025-03-02T00:00:00Z", partly=True)
    text = " ".join(render_digest(build(row(1), gaps=[lost, partly]), "text", load_wording("id")).split())
    assert "Warta Ubah: terpantau sebagian sejak 2 Mar 2025 (tata halaman berubah)" in text
    assert "karena 1 media tidak terpantau" in text
    text = render_digest(build(row(1), gaps=[partly]), "text", load_wording("id"))
    assert "mungkin lebih rendah" not in text
