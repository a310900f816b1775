"""Cues by zone, negation, evidence, abstention and the trained models of tone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlp.annotation import Source
from nlp.components.sentences import make_sentences
from nlp.components.tone import ToneFinder, find_evidence, find_lengths, find_quoted, lean_on
from nlp.components.tone_cues import CUES, CueCounter, weigh_cues
from nlp.extensions import join_source, prepare_doc, register_extensions
from nlp.language import IndonesianNews
from nlp.linear import LinearModel, ModelError, load_model, save_model
from nlp.parts import POOLED, find_parts, pool_scores
from nlp.terms import count_terms
from tests.nlp.conftest import OURS, Tag

TONES = ("positif", "netral", "negatif")


@pytest.fixture(scope="module")
def nlp() -> IndonesianNews:
    register_extensions()
    return IndonesianNews()


@pytest.fixture(scope="module")
def counter(nlp: IndonesianNews) -> CueCounter:
    return CueCounter(nlp)


def cues(counter: CueCounter, nlp: IndonesianNews, title: str, text: str) -> list[tuple[str, str, str, bool]]:
    doc = nlp.make_doc(join_source(Source("a", title, text)))
    doc._.title_length = len(title)
    found = counter.find(doc, len(title), find_quoted(doc))
    return [(cue.category, cue.zone, doc.text[cue.start : cue.end], cue.turned) for cue in found]


def test_cues_by_zone(counter: CueCounter, nlp: IndonesianNews) -> None:
    text = 'Jembatan ambruk.\n\nWarga mendesak.\n\n"Kami kecewa sekali, sudah bertahun-tahun begini," kata Murni.'
    found = cues(counter, nlp, "Warga Keluhkan Jembatan", text)
    assert ("complaint", "title", "Keluhkan", False) in found
    assert ("failure", "lead", "ambruk", False) in found
    assert ("complaint", "body", "mendesak", False) in found
    assert ("complaint", "quoted", "kecewa", False) in found


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Audit tahun ini tanpa temuan.", "scandal"),
        ("Tidak ada kelangkaan di pasar.", "failure"),
        ("Pemkab mencegah korupsi di kampung.", "scandal"),
        ("Bantuan belum disalurkan.", "delivery"),
    ],
)
def test_negation_and_verbs_of_fighting_turn_a_cue(
    counter: CueCounter, nlp: IndonesianNews, text: str, category: str
) -> None:
    assert any(kind == category and turned for kind, _, _, turned in cues(counter, nlp, "Kabar", text))


def test_a_negation_within_a_phrase_turns_nothing_behind_it(counter: CueCounter, nlp: IndonesianNews) -> None:
    found = cues(counter, nlp, "Kabar", "Pemkab meraih opini Wajar Tanpa Pengecualian (WTP) dari BPK.")
    assert [(text, turned) for kind, _, text, turned in found if kind == "achievement"] == [
        ("meraih", False),
        ("Wajar Tanpa Pengecualian", False),
        ("WTP", False),
    ]


@pytest.mark.parametrize(
    "text", ["Warga mengikuti pemeriksaan kesehatan di balai.", "Laporan hasil pemeriksaan diserahkan."]
)
def test_not_every_examination_is_a_scandal(counter: CueCounter, nlp: IndonesianNews, text: str) -> None:
    assert not any(kind == "scandal" for kind, *_ in cues(counter, nlp, "Kabar", text))


def test_features_are_densities_with_announced_names(counter: CueCounter, nlp: IndonesianNews) -> None:
    def features(text: str) -> dict[str, float]:
        doc = nlp.make_doc("Kabar\n\n" + text)
        doc._.title_length = 5
        return weigh_cues(counter.find(doc, 5, []), find_lengths(doc, []))

    once = features("Lead.\n\n" + "Warga kecewa karena jembatan di kampung itu belum dibangun sampai hari ini juga. ")
    thrice = features(
        "Lead.\n\n" + "Warga kecewa karena jembatan di kampung itu belum dibangun sampai hari ini juga. " * 3
    )
    assert set(once) <= set(CUES)
    assert once["body:complaint"] == pytest.approx(thrice["body:complaint"], rel=0.1)


def test_evidence_speaks_for_the_label_only(counter: CueCounter, nlp: IndonesianNews) -> None:
    source = Source("a", "Siswa Terima Beasiswa", "Warga kecewa. Audit tanpa temuan.")
    doc = prepare_doc(nlp.make_doc(join_source(source)), source, None)  # type: ignore[arg-type]
    found = counter.find(doc, len(source.title), [])
    assert [(e.where, e.text) for e in find_evidence(doc, found, "positif")][:1] == [("title", "Beasiswa")]
    assert "temuan" in [e.text for e in find_evidence(doc, found, "positif")]
    assert [e.text for e in find_evidence(doc, found, "negatif")] == ["kecewa"]
    assert find_evidence(doc, found, "netral") == ()


def model(bias: tuple[float, float, float], temperature: float = 1.0) -> LinearModel:
    """A model that says the same of every text."""
    return LinearModel(
        labels=TONES,
        terms={"sama": 0},
        cues=CUES,
        idf=np.ones(1, dtype=np.float32),
        weights=np.zeros((3, 1), dtype=np.float32),
        cue_mean=np.zeros(len(CUES), dtype=np.float32),
        cue_scale=np.ones(len(CUES), dtype=np.float32),
        cue_weights=np.zeros((3, len(CUES)), dtype=np.float32),
        bias=np.array(bias, dtype=np.float32),
        temperature=temperature,
    )


def test_an_unsure_decision_is_netral_for_review(nlp: IndonesianNews) -> None:
    source = Source("a", "Kabar", "Teks.")
    doc = prepare_doc(nlp.make_doc(join_source(source)), source, None)  # type: ignore[arg-type]
    finder = ToneFinder(nlp, model((0.1, 0.0, 0.0)), model((3.0, 0.0, 0.0)), sure=0.5, own=1.0)
    finder(doc)
    assert (doc._.tone.label, doc._.tone.review) == ("netral", True)
    assert (doc._.headline_tone.label, doc._.headline_tone.review) == ("positif", False)
    assert doc._.headline_tone.score == pytest.approx(np.exp(3) / (np.exp(3) + 2), abs=0.02)


def test_a_tone_that_no_word_speaks_for_is_netral_for_review(nlp: IndonesianNews) -> None:
    source = Source("a", "Kabar", "Gedung itu dibuka dan meraih penghargaan.")
    doc = prepare_doc(nlp.make_doc(join_source(source)), source, None)  # type: ignore[arg-type]
    for bias, told in (((0.0, 0.0, 3.0), ("netral", True)), ((3.0, 0.0, 0.0), ("positif", False))):
        ToneFinder(nlp, model(bias), model((0.0, 3.0, 0.0)), sure=0.5, own=1.0)(doc)
        assert (doc._.tone.label, doc._.tone.review) == told


def test_an_unclear_headline_leans_on_its_article() -> None:
    unclear = {"positif": 0.34, "netral": 0.33, "negatif": 0.33}
    article = {"positif": 0.05, "netral": 0.15, "negatif": 0.8}
    leaned = lean_on(unclear, article, 0.7)
    assert max(leaned, key=leaned.__getitem__) == "negatif"
    assert leaned["netral"] > leaned["positif"]
    assert sum(leaned.values()) == pytest.approx(1)


def test_a_clear_headline_stands_against_its_article() -> None:
    clear = {"positif": 0.98, "netral": 0.01, "negatif": 0.01}
    leaned = lean_on(clear, {"positif": 0.1, "netral": 0.1, "negatif": 0.8}, 0.7)
    assert max(leaned, key=leaned.__getitem__) == "positif"


def test_parts_are_the_title_and_sentences_that_say_something(nlp: IndonesianNews) -> None:
    text = (
        "Jembatan itu ambruk tadi pagi. Ya.\n\nWarga menunggu dinas datang. Belum ada.\n\nKini jembatan itu utuh lagi."
    )
    source = Source("a", "Jembatan Ambruk di Muara Pinang", text)
    doc = make_sentences(nlp, "id_sentences", [])(
        prepare_doc(nlp.make_doc(join_source(source)), source, None)  # type: ignore[arg-type]
    )
    parts = [(part.place, doc.text[part.start : part.end].strip()) for part in find_parts(doc)]
    assert parts == [
        ("title", "Jembatan Ambruk di Muara Pinang"),
        ("lead", "Jembatan itu ambruk tadi pagi."),
        ("short", "Ya."),
        ("body", "Warga menunggu dinas datang."),
        ("short", "Belum ada."),
        ("last", "Kini jembatan itu utuh lagi."),
    ]


def test_pooled_scores_keep_the_strongest_sentences_of_a_long_article() -> None:
    praise, blame = [0.1, 0.2, 0.9, *[0.1] * 8], [0.1, 0.9, 0.9, 0.8, *[0.1] * 7]
    pooled = pool_scores(["title", "lead", "short", *["body"] * 8], [praise, blame])  # type: ignore[list-item]
    assert set(pooled) == set(POOLED)
    assert (pooled["negatif:most"], pooled["negatif:second"]) == pytest.approx((0.9, 0.8))
    assert (pooled["negatif:title"], pooled["negatif:lead"]) == pytest.approx((0.1, 0.9))
    assert pooled["negatif:last"] == pooled["negatif:mean"] == pytest.approx(0.25)
    assert pool_scores(["short"], [[0.9], [0.1]]) == {}


def test_a_model_survives_the_disk(tmp_path: Path) -> None:
    before = model((0.5, 0.25, -1.0), temperature=0.7)
    save_model(before, tmp_path / "m.npz")
    after = load_model(tmp_path / "m.npz", CUES)
    terms = count_terms("Sama sama saja. Lain.")
    assert after.scores(terms, {}) == pytest.approx(before.scores(terms, {}))
    assert (after.terms, after.labels, after.multi) == (before.terms, before.labels, False)


def test_a_model_of_other_cues_is_refused(tmp_path: Path) -> None:
    save_model(model((0, 0, 0)), tmp_path / "m.npz")
    with pytest.raises(ModelError, match="train again"):
        load_model(tmp_path / "m.npz", CUES[1:])
    (tmp_path / "broken.npz").write_bytes(b"no archive")
    with pytest.raises(ModelError, match="no model"):
        load_model(tmp_path / "broken.npz", CUES)


CLEAR = {
    "negatif": (
        "Bertahun-tahun Rusak Parah, Warga Muara Pinang Keluhkan Jalan yang Tak Kunjung Diperbaiki",
        (
            "Warga mendesak Pemkab Selasih memperbaiki jalan yang rusak parah. Janji perbaikan tak pernah ditepati.\n\n"
            '"Kami kecewa, sudah lima tahun mengeluh tetapi tidak ada tindak lanjut dari dinas," keluh Murni.\n\n'
            "Sampai berita ini ditulis, Dinas Pekerjaan Umum belum memberi tanggapan."
        ),
    ),
    "positif": (
        "Pemkab Selasih Raih Penghargaan, 400 Siswa Terima Beasiswa",
        (
            "Pemkab Selasih meraih penghargaan terbaik tingkat provinsi dan menyerahkan beasiswa kepada 400 siswa.\n\n"
            '"Alhamdulillah, kami sangat terbantu, tahun ini tidak perlu lagi meminjam," kata Murni, penerimanya.\n\n'
            "Bantuan disalurkan gratis tanpa potongan. Angka putus sekolah turun menjadi nol."
        ),
    ),
    "netral": (
        "Polsek Muara Pinang Tangkap Dua Pencuri Sepeda Motor",
        (
            "Polisi menangkap dua pelaku pencurian sepeda motor di Muara Pinang, Kabupaten Selasih, Selasa.\n\n"
            '"Keduanya kami amankan di rumah kontrakan berikut barang bukti," kata Kapolsek.\n\n'
            "Para pelaku dijerat Pasal 363 KUHP."
        ),
    ),
}


@pytest.mark.parametrize("label", CLEAR)
def test_clear_cases(tag: Tag, label: str) -> None:
    title, text = CLEAR[label]
    found = tag(f"{text}\n\n{OURS}", title=title)
    assert (found.tone.label, found.headline_tone.label) == (label, label)


def test_tone_of_what_is_said_of_one_office(tag: Tag) -> None:
    title, text = CLEAR["negatif"]
    found = tag(f"{text}\n\n{OURS}", title=title)
    assert dict(found.opd_tone)["pemkab"].label == "negatif"


def test_where_others_are_told_of_and_no_government_there_is_no_tone(tag: Tag) -> None:
    text = "Kabupaten Selasih ramai. Warga berterima kasih, anak-anak senang menerima tas gratis."
    found = tag(f"{text}\n\n“Kami sangat terbantu,” kata Fulanah.", "PT Contoh Bagikan Tas Gratis di Selasih")
    assert (found.tone.label, found.headline_tone.label, found.tone.score) == ("netral", "netral", 1.0)
    helped = tag(f"{text}\n\nBupati membagikan tas itu.", "PT Contoh dan Bupati Bagikan Tas Gratis di Selasih")
    assert helped.tone.label == "positif"
