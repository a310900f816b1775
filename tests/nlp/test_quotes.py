"""Direct speech in every form, what only looks like it, and who speaks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.annotation import Source
from nlp.components.quotes_marks import find_marked
from nlp.components.spans import publish_spans
from nlp.language import IndonesianNews
from tests.nlp.conftest import OURS, Tag

SAID = "Airnya sudah mengalir sejak subuh"


def marked(text: str) -> list[str]:
    return [text[m.start : m.end] for m in find_marked(text)]


@pytest.mark.parametrize(
    "text",
    [
        f'"{SAID}," kata Murni.',
        f"“{SAID},” kata Murni.",
        f"«{SAID},» kata Murni.",
        f"''{SAID},'' kata Murni.",
        f"'{SAID},' kata Murni.",
        f"‘{SAID},’ kata Murni.",
        f'“{SAID}," kata Murni.',
        f'"{SAID},” kata Murni.',
        f"”{SAID},” kata Murni.",
        f'" {SAID}, " kata Murni.',
        f'"{SAID}, "kata Murni.',
        f'mengatakan,"{SAID},"kata Murni.',
        f'"{SAID},"kata Murni.',
    ],
)
def test_marks_of_every_kind(text: str) -> None:
    assert marked(text) == [SAID + ","]


def test_unclosed_ends_with_its_paragraph() -> None:
    assert marked(f'Murni berkata:\n\n"{SAID}. \n\nWarga pulang.') == [SAID + "."]


def test_a_quotation_that_runs_over_two_paragraphs_and_closes_there() -> None:
    assert marked(f'"{SAID}.\n\nBesok giliran kampung sebelah," kata Murni.') == [
        f"{SAID}.\n\nBesok giliran kampung sebelah,"
    ]


def test_continued_paragraphs_each_open_anew() -> None:
    assert marked(f'"{SAID}.\n\n"Besok giliran kampung sebelah," kata Murni.') == [
        SAID + ".",
        "Besok giliran kampung sebelah,",
    ]


def test_of_nested_quotations_only_the_outer_one() -> None:
    inner = 'Dia bilang "besok saja" kepada kami,'
    assert marked(f'"{inner}" kata Murni.') == [inner]
    assert marked("\"Dia bilang, 'besok saja', lalu pergi,\" kata Murni.") == ["Dia bilang, 'besok saja', lalu pergi,"]


def test_apostrophes_and_inches_are_no_marks() -> None:
    assert marked("Jum'at malam RSUD Rafi'an memasang pipa 6\" dan 8\" di Ma'rifat.") == []


@given(st.text(alphabet="ab ,.\n\"'“”‘’«»`", max_size=60))
def test_marked_stretches_never_overlap_and_lie_within_the_text(text: str) -> None:
    found = find_marked(text)
    for one in found:
        assert 0 <= one.opened_at <= one.start <= one.end <= one.closed_at <= len(text)
    for before, after in pairwise(found):
        assert before.end <= after.start


@pytest.mark.parametrize(
    "text",
    [
        'Warga membentangkan spanduk bertuliskan "Kembalikan Dermaga Kami Sekarang Juga" di pagar.',
        'Ia membacakan puisi berjudul "Sungai di Depan Rumah Nenek" pada penutupan.',
        "Bagi warga, 'hadiah' itu tidak ada artinya.",
        'Banjir yang lazim disebut "air bangar" datang lagi.',
        'Kegiatan itu bertema "Bersama Membangun Kampung Tangguh" dan diikuti 40 orang.',
    ],
)
def test_titles_banners_and_scare_quotes_are_no_speech(tag: Tag, text: str) -> None:
    assert tag(f"{OURS} {text}").quotes == ()


# text, then (speaker, speaker_id) of each quotation
SPEAKERS = {
    "after, with name": (f'"{SAID}," kata Murni Yanti, warga setempat.', [("Murni Yanti", None)]),
    "after, office and name": (
        f'"{SAID}," ujar Kepala Dinas Kesehatan Selasih, Hendrawan Sikumbang, Senin (3/5/2024).',
        [("Hendrawan Sikumbang", "hendrawan")],
    ),
    "rank parts office from name": (
        f'"{SAID}," jelas Kapolsek Muara Pinang AKP Doni Saputra SH.',
        [("Doni Saputra", None)],
    ),
    "age in brackets": (f'"{SAID}," tutur Tukiman (61), petani karet.', [("Tukiman", None)]),
    "before, with colon": (f'Bupati Selasih Suryani Bakar berpesan: "{SAID}."', [("Suryani Bakar", "suryani")]),
    "verb in front": (f'Kata Murni, "{SAID}."', [("Murni", None)]),
    "verb behind its subject": (f'"{SAID}," begitu Murni berpesan.', [("Murni", None)]),
    "unknown verb": (f'"{SAID}," ketus Murni.', [("Murni", None)]),
    "ujarnya goes to the subject before": (
        f'Ketua kelompok tani, Wagimin, mengaku lega. "{SAID}," ujarnya.',
        [("Wagimin", None)],
    ),
    "ujarnya across a paragraph that is about nobody": (
        f'Bupati Suryani Bakar meninjau bendungan.\n\nBendungan itu dibangun tahun lalu.\n\n"{SAID}," ujarnya.',
        [("Suryani Bakar", "suryani")],
    ),
    "agent of a passive": (f'Acara dibuka Bupati Suryani Bakar. "{SAID}," katanya.', [("Suryani Bakar", "suryani")]),
    "menurut within a sentence": (
        f'Pipa, menurut Wagimin, baru diganti. "{SAID}," tambahnya.',
        [("Wagimin", None)],
    ),
    "split in two": (f'"{SAID}," kata Murni, "dan tidak keruh lagi."', [("Murni", None), ("Murni", None)]),
    "two sentences of one speaker": (
        f'"{SAID}," kata Murni. "Besok giliran kampung sebelah."',
        [("Murni", None), ("Murni", None)],
    ),
    "continued paragraph takes the speaker named behind": (
        f'Wagimin meninjau pipa.\n\n"{SAID}.\n\n"Besok giliran kampung sebelah," kata Murni.',
        [("Murni", None), ("Murni", None)],
    ),
    "melalui hands over": (
        f'Kapolres Selasih melalui Kasi Humas, Rudi Hartono, mengatakan jalan dibuka. "{SAID}," katanya.',
        [("Rudi Hartono", None)],
    ),
    "didampingi does not": (
        f'Bupati Suryani Bakar didampingi Hendrawan Sikumbang mengatakan pipa selesai. "{SAID}," katanya.',
        [("Suryani Bakar", "suryani")],
    ),
    "melalui pesan singkat names nobody": (
        f'Wagimin, petani, melalui pesan singkat mengatakan pipa selesai. "{SAID}," katanya.',
        [("Wagimin", None)],
    ),
    "an office goes back to its holder": (
        f'Ketua Komisi III, Rosmiati, menyoroti pipa. Warga menunggu.\n\n"{SAID}," kata sang ketua.',
        [("Rosmiati", None)],
    ),
    "a bare office of the registry": (
        f'Bupati Selasih Suryani Bakar datang. Pipa selesai.\n\n"{SAID}," kata Bupati.',
        [("Suryani Bakar", "suryani")],
    ),
    "office only": (f'"{SAID}," kata Camat Batu Layar.', [("Camat Batu Layar", None)]),
    "the short name goes back to the full one": (
        f'Rosmiati Siregar, guru, menunggu.\n\n"{SAID}," kata Rosmiati.',
        [("Rosmiati Siregar", None)],
    ),
    "a new subject takes over": (
        f'"{SAID}," kata Murni.\n\nSopir truk, Bejo, menunggu sejak subuh. "Setoran habis di jalan," keluhnya.',
        [("Murni", None), ("Bejo", None)],
    ),
    "attendance does not": (
        f'Bupati Suryani Bakar memberi sambutan. Turut hadir Ketua DPRD Selasih Guntur Wibawa.\n\n"{SAID}," katanya.',
        [("Suryani Bakar", "suryani")],
    ),
    "a name behind a relative clause": (
        f'Petugas yang memimpin pengukuran, Rahmadani, mengangguk. "{SAID}," ucapnya.',
        [("Rahmadani", None)],
    ),
}


@pytest.mark.parametrize("case", SPEAKERS)
def test_who_speaks(tag: Tag, case: str) -> None:
    text, expected = SPEAKERS[case]
    found = tag(f"{OURS}\n\n{text}")
    assert [(q.speaker, q.speaker_id) for q in found.quotes] == expected


def test_offsets_verb_and_office_of_the_speaker(tag: Tag) -> None:
    text = f'{OURS}\n\n"{SAID}," ujar Kepala Dinas Kesehatan Selasih Hendrawan Sikumbang.'
    (quote,) = tag(text).quotes
    assert text[quote.start : quote.end] == quote.text == SAID + ","
    assert (quote.where, quote.verb, quote.opd) == ("text", "ujar", "dinkes")


def test_quotation_in_a_headline(tag: Tag) -> None:
    title = 'Suryani Bakar: "Jangan Tunggu Banjir"'
    (quote,) = tag(OURS, title=title).quotes
    assert (quote.where, quote.text, quote.speaker_id) == ("title", "Jangan Tunggu Banjir", "suryani")
    assert title[quote.start : quote.end] == quote.text


def test_name_and_colon_alone_is_no_quotation(tag: Tag) -> None:
    assert tag(OURS, title="Suryani Bakar: Jangan Tunggu Banjir").quotes == ()


def test_a_clause_before_the_colon_of_a_headline_is_nobody_s_name(tag: Tag) -> None:
    text = f"{OURS} Hal itu disampaikan Darman Lubis, warga setempat."
    clause, *_ = tag(text, title='Dewan Ingatkan Dinas: "Jangan Tunggu Banjir"').quotes
    assert (clause.where, clause.text, clause.speaker) == ("title", "Jangan Tunggu Banjir", None)
    named, *_ = tag(text, title='DARMAN LUBIS: "Jangan Tunggu Banjir"').quotes
    assert (named.where, (named.speaker or "").casefold()) == ("title", "darman lubis")


@pytest.mark.parametrize("lead", ["Guru Madrasah Selasih Mengadu", "Pedagang Pasar Baru Menolak Pindah", "Warga"])
def test_a_crowd_in_a_headline_is_nobody_who_spoke(tag: Tag, lead: str) -> None:
    clause, *_ = tag(OURS, title=f'{lead}: "Kami Mengajar, Bukan Mengemis"').quotes
    assert (clause.text, clause.speaker) == ("Kami Mengajar, Bukan Mengemis", None)


def test_whoever_says_a_headline_s_words_in_the_text_said_them(tag: Tag) -> None:
    text = f'{OURS}\n\n"Sudah lama. Kami mengajar, bukan mengemis," kata Darman Lubis, guru.'
    for lead in ("Guru Selasih Mengadu", "Dewan Ingatkan Dinas"):
        headed, said = tag(text, title=f'{lead}: "Kami Mengajar, Bukan Mengemis"').quotes
        assert (headed.speaker, said.speaker) == ("Darman Lubis", "Darman Lubis")


def test_what_somebody_does_in_a_headline_is_not_their_name(tag: Tag) -> None:
    text = f"{OURS} Hal itu disampaikan Darman Lubis, warga setempat."
    for lead, name in (("Bupati Menjawab", "Bupati"), ("Darman Lubis Mengadu", "Darman Lubis")):
        headed, *_ = tag(text, title=f'{lead}: "Kami Tidak Tinggal Diam"').quotes
        assert headed.speaker == name


def test_paraphrase_is_kept_apart(tag: Tag) -> None:
    found = tag(f"{OURS}\n\nBupati Suryani Bakar mengatakan pipa selesai bulan depan.")
    assert found.quotes == ()
    assert [(q.speaker_id, q.indirect, q.text) for q in found.indirect] == [
        ("suryani", True, "Bupati Suryani Bakar mengatakan pipa selesai bulan depan.")
    ]


def test_component_on_a_hand_built_doc() -> None:
    nlp = IndonesianNews()
    nlp.add_pipe("id_sentences")
    component = nlp.create_pipe("quotes")
    doc = nlp(f'Kabar\n\n"{SAID}," kata Murni.')
    doc._.source, doc._.title_length = Source("a", "Kabar", doc.text[7:]), 5
    publish_spans(component(doc))
    assert [span.text for span in doc.spans["quotes"]] == [SAID + ","]
    assert doc._.quotes[0].speaker == "Murni"
