"""The digest in its forms: every one says the same, in a size that its channel holds, and no title becomes markup."""

from __future__ import annotations

import html
import io
import json
import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from monitor.digest.dataset import Base
from monitor.digest.views import View, apply_view, parse_view
from monitor.render.digest_html import render_html
from monitor.render.digest_mail import ENTRY_BYTES
from monitor.render.digest_pdf import list_facts
from monitor.render.digest_whatsapp import PART_CHARS, count_chars, render_parts
from monitor.render.digest_words import build_sheet
from monitor.render.formats import render_digest, render_file
from monitor.render.sheet import Entry
from monitor.render.wording import load_wording
from tests.monitor.digest.conftest import NAMES, NEGATIVE, Maker, build, read_pdf, taker


def test_an_empty_day_is_told_in_every_format() -> None:
    data = build()
    assert data.totals.articles == 0
    for form in ("text", "html", "whatsapp"):
        assert "Tidak ada berita tentang Kabupaten Contoh" in html.unescape(
            render_digest(data, form, load_wording("id"))
        )
    assert json.loads(render_digest(data, "json", load_wording("id")))["totals"]["articles"] == 0
    assert "No news about Kabupaten Contoh" in render_digest(data, "text", load_wording("en"))


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
            text = render_digest(data, form, load_wording("id"), parse_view(view, NAMES.opd))
            assert "ni:///" not in text
            assert view == "pimpinan" or "ditambahkan secara manual" in text
    assert "ni:///" not in read_pdf(data)


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
    rows = [row(n, title=f"Judul *tebal* _nomor_ {n} " + "panjang " * 30, tone=NEGATIVE) for n in range(1, 21)]
    data = build(*rows)
    parts = render_parts(data, load_wording("id"))
    assert len(parts) > 1
    assert all(len(part) <= PART_CHARS for part in parts)
    together = "\n".join(parts)
    assert {entry["url"] for entry in rows} <= set(together.splitlines())
    assert "*tebal*" not in together


def test_whatsapp_cuts_an_entry_that_no_message_holds_and_loses_nothing_of_it(row: Maker) -> None:
    address = f"https://warta.example/{'x' * PART_CHARS}"
    data = build(
        *(row(n, title=f"Judul {n}", url=address if n == 2 else f"https://warta.example/{n}") for n in (1, 2, 3))
    )
    parts = render_parts(data, load_wording("id"))
    assert max(map(count_chars, parts)) <= PART_CHARS
    numbers, texts = zip(*(part.split("\n", 1) for part in parts), strict=True)
    assert list(numbers) == [f"({number}/{len(parts)})" for number in range(1, len(parts) + 1)]
    assert "".join(texts).count("x") >= PART_CHARS
    assert [text for text in texts if re.match(r"\(\d+/\d+\)", text)] == [], "numbered once"


def test_whatsapp_of_a_crowded_day_says_how_many_it_leaves_to_the_mail(row: Maker) -> None:
    data = build(*(row(n, title=f"Judul {n}", tone=NEGATIVE if n % 2 else None) for n in range(1, 301)))
    rest = {"id": "dan {} lainnya; selengkapnya dalam surel atau PDF", "en": "{} more; all of them in the mail or the"}
    for lang, said in rest.items():
        text = "\n".join(render_parts(data, load_wording(lang)))
        assert said.format(130) in text  # of 150 that want attention
        assert said.format(270) in text  # of 280 stories besides the 20 that are told already
        assert len(re.findall(r"^10\. ", text, re.MULTILINE)) == 2
        assert not re.search(r"^21\. ", text, re.MULTILINE)


def test_whatsapp_tells_a_story_again_only_where_there_is_more_of_it(row: Maker) -> None:
    alone, more = row(1, title="Jalan rusak", tone=NEGATIVE), row(2, title="Puskesmas tutup", tone=NEGATIVE, story=5)
    data = build(alone, more, row(3, title="Puskesmas pindah", outlet="b.example", story=5), row(4, title="Lomba"))
    text = "\n".join(render_parts(data, load_wording("id")))
    others = text[text.index("*Peristiwa lain*") :]
    assert "Jalan rusak" not in others
    assert "Puskesmas pindah" in others  # the rest of the story, not its headline again
    assert "Puskesmas tutup" not in others
    assert "Lomba" in others


def test_offices_that_stand_in_a_line_bear_their_acronyms_and_the_last_ones_are_counted(row: Maker) -> None:
    data = build(row(1, opd=[{"id": key, "role": "actor"} for key in ("dishub", "dinkes", "a", "b")], tone=NEGATIVE))
    data = replace(data, short={"dinkes": "Dinkes"})
    assert data.name(("dishub", "dinkes")) == "Dinas Perhubungan, Dinkes"
    assert data.name(("dishub", "dinkes", "a"), 2) == "Dinas Perhubungan, Dinkes +1"
    assert "OPD: Dinas Perhubungan, Dinkes, a, b" in render_digest(data, "text", load_wording("id"))
    older = replace(data, short={})  # frozen before acronyms were kept
    assert older.name(("dinkes",)) == "Dinas Kesehatan"


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
        text = render_digest(data, form, load_wording("id"))
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
    copies = [taker(n, 500) for n in range(600, 900)]
    data = build(*rows, row(500, outlet_kind="government"), copies=copies)
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


def test_no_entry_takes_less_html_than_a_mail_takes_for_granted() -> None:
    sheet = build_sheet(build(), load_wording("id"))
    pages = [render_html(replace(sheet, blocks=(Entry("", "", ()),) * n)) for n in (0, 1)]
    assert len(pages[1]) - len(pages[0]) > ENTRY_BYTES


def test_a_chat_names_each_outlet_that_took_a_release_over_once(row: Maker) -> None:
    copies = [taker(n, 1, f"Media {n % 3}") for n in range(600, 900)]
    text = render_digest(build(row(1, outlet_kind="government"), copies=copies), "whatsapp", load_wording("id"))
    assert "→ Media 0, Media 1, Media 2\n" in text


def test_who_printed_a_release_before_its_own_page_came_out_was_not_late(row: Maker) -> None:
    copies = [taker(600, 1, "Media A", minutes=-300), taker(601, 1, "Media B", minutes=300)]
    text = render_digest(build(row(1, outlet_kind="government"), copies=copies), "text", load_wording("id"))
    assert "→ Media A: 90% teks sama, 5 jam lebih dulu\n" in text
    assert "→ Media B: 90% teks sama, 5 jam kemudian\n" in text


def test_a_chat_says_whose_space_a_story_stands_in(row: Maker) -> None:
    paid = row(1, title="Pesona danau", kind="advertorial")
    text = render_digest(build(paid, row(2, title="Pasar ramai")), "whatsapp", load_wording("id"))
    assert re.search(r"Pesona danau\*\n[^\n]* · berbayar 1\n", text)
    assert re.search(r"Pasar ramai\*\n[^\n]* · netral 1\n", text)


def test_on_paper_an_endless_address_may_break_and_still_leads_to_its_page() -> None:
    url = f"https://warta.example/baca-judul?token={'x' * 200}"
    drawn = list_facts(Entry("Judul", url, ()))
    assert drawn["url"] == url
    assert drawn["address"].replace("\u200b", "") == url
    assert max(map(len, re.split(r"[\u200b?/=-]", drawn["address"]))) <= 15
    assert list_facts(Entry("Judul", url[:60], ()))["address"] == url[:60]


def test_on_paper_a_long_section_begins_a_page_and_a_short_one_does_not(row: Maker) -> None:
    for articles, begins in ((3, []), (40, ["Peristiwa", "Semua artikel"])):
        data = build(
            *(row(n, title=f"Judul {n}", outlet=f"{n}.example", tone=NEGATIVE) for n in range(1, articles + 1))
        )
        reader = PdfReader(io.BytesIO(render_file(data, "pdf", load_wording("id"))))
        first = [page.extract_text().lstrip().splitlines()[0].strip() for page in reader.pages]
        assert [line for line in first[1:] if "Judul" not in line] == begins
        addresses = [
            note.get_object().get("/A", {}).get("/URI") for page in reader.pages for note in page.get("/Annots", ())
        ]
        assert {entry.url for entry in data.items} == set(addresses)


def test_a_long_list_of_agencies_is_shortened_with_the_rest(row: Maker) -> None:
    data = build(row(1, opd=[{"id": "dishub", "role": "actor"}]))
    agencies = tuple(replace(data.opd[0], id=f"opd-{n}", name=f"Dinas Nomor {n}") for n in range(1, 40))
    data, wording = replace(data, opd=agencies), load_wording("id")
    pages = [render_html(build_sheet(data, wording, most=most)) for most in (None, 12)]
    told = [len(re.findall(r"Dinas Nomor \d+", page)) for page in pages]
    assert told == [39, 12]
    assert "dan 27 lainnya; selengkapnya dalam lampiran" in pages[1]


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
            text = re.sub(r"<[^>]+>", "", render_digest(data, form, load_wording("en")))
            assert f"Tone (n = {tone['n']})" in text or not tone["n"]
            assert all(words in text for words in said) or not tone["n"]
            assert data.id in text
