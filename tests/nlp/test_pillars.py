"""Terms, exclusions and attendance lists; what a profile's pillars score with and without a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.annotation import Source
from nlp.components.pillars import Pillars, load_for
from nlp.components.pillars_terms import TermFinder, cue_names, find_zones, parse_pillars, score_hits, weigh_hits
from nlp.components.pillars_topics import TopicFinder
from nlp.extensions import join_source, register_extensions
from nlp.language import IndonesianNews
from nlp.linear import ModelError
from nlp.profile import load_profile
from tests.nlp.conftest import CONTOH, OURS, Tag

TABLE = parse_pillars(load_profile(CONTOH).pillars)


@pytest.fixture(scope="module")
def nlp() -> IndonesianNews:
    register_extensions()
    return IndonesianNews()


@pytest.fixture(scope="module")
def finder(nlp: IndonesianNews) -> TermFinder:
    return TermFinder(nlp, TABLE)


def terms(finder: TermFinder, nlp: IndonesianNews, title: str, text: str) -> list[tuple[str, str, str]]:
    doc = nlp.make_doc(join_source(Source("a", title, text)))
    return [(hit.pillar, hit.term, hit.zone) for hit in finder.find(doc, len(title))]


def test_terms_by_zone(finder: TermFinder, nlp: IndonesianNews) -> None:
    text = "Petugas memungut sampah.\n\nWarga membantu.\n\nSisa banjir dibersihkan."
    assert terms(finder, nlp, "Sampah Menumpuk", text) == [
        ("environment", "sampah", "title"),
        ("environment", "sampah", "lead"),
        ("environment", "banjir", "body"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Disiplin pegawai di lingkungan Pemkab dibahas.",
        "Warga mengikuti jalan sehat.",
        "Turut hadir Kepala Bagian pelayanan publik dan penggiat UMKM.",
        "Negeri Seribu Dermaga bersolek.",
    ],
)
def test_phrases_that_hold_a_term_and_mean_something_else(finder: TermFinder, nlp: IndonesianNews, text: str) -> None:
    assert terms(finder, nlp, "Kabar", text) == []


def test_a_repeated_term_is_one_topic(finder: TermFinder, nlp: IndonesianNews) -> None:
    doc = nlp.make_doc("Kabar\n\n" + "sampah lagi. " * 9)
    few, many = finder.find(doc, 5)[:2], finder.find(doc, 5)
    zones = find_zones(doc.text, 5)
    assert len(many) == 9
    assert weigh_hits(many, zones) == weigh_hits(few, zones)
    assert score_hits(many) == score_hits(few)


def test_weak_terms_alone_make_no_pillar() -> None:
    finder = TermFinder(IndonesianNews(), TABLE)
    doc = IndonesianNews().make_doc("Jalan bersih\n\njalan, lingkungan, bersih, jalan")
    assert score_hits(finder.find(doc, 12)) == {}


def test_features_have_the_names_that_are_announced(finder: TermFinder, nlp: IndonesianNews) -> None:
    doc = nlp.make_doc("Beasiswa siswa\n\nBanjir di jalan rusak, sampah, umkm.")
    features = weigh_hits(finder.find(doc, 14), find_zones(doc.text, 14))
    assert set(features) <= set(cue_names(finder.pillars))
    assert sum(value for name, value in features.items() if name.endswith(":share")) == pytest.approx(1)


def test_without_a_model_the_terms_decide(nlp: IndonesianNews) -> None:
    component = Pillars(nlp, TABLE, None)
    source = Source("a", "Panen Raya di Batu Layar", "Sampah tidak ada. Panen raya dibuka, pelaku UMKM ikut.")
    doc = nlp.make_doc(join_source(source))
    doc._.source, doc._.title_length = source, len(source.title)
    (tag,) = component(doc)._.pillars
    assert tag.id == "economy"
    assert [(e.where, e.text) for e in tag.evidence] == [
        ("title", "Panen Raya"),
        ("text", "Panen raya"),
        ("text", "UMKM"),
    ]
    for evidence in tag.evidence:
        printed = source.title if evidence.where == "title" else source.text
        assert printed[evidence.start : evidence.end] == evidence.text


def test_evidence_and_score_in_the_pipeline(tag: Tag) -> None:
    title = "Sampah Menumpuk di Muara Pinang, Warga Selasih Keluhkan Bau"
    text = f"{OURS}\n\nTumpukan sampah di tepi sungai belum diangkut. Sampah plastik hanyut saat banjir."
    found = tag(text, title=title)
    assert [p.id for p in found.pillars] == ["environment"]
    assert 0.5 <= found.pillars[0].score <= 1
    assert found.pillars[0].evidence[0].where == "title"


def test_a_pillar_that_no_term_speaks_for_shows_the_words_by_which_the_model_knows_it(tag: Tag) -> None:
    title, text = "Pasangan Isbat Nikah di Selasih", f"{OURS}\n\nNikah massal itu diikuti keluarga, anak dan orang tua."
    (found,) = tag(text, title=title).pillars
    assert (found.id, {evidence.rule for evidence in found.evidence}) == ("society", {"word"})
    assert [(evidence.where, evidence.text) for evidence in found.evidence][:2] == [
        ("title", "Isbat"),
        ("title", "Nikah"),
    ]
    for evidence in found.evidence:
        printed = title if evidence.where == "title" else text
        assert printed[evidence.start : evidence.end] == evidence.text


def test_an_article_about_nothing_of_ours_has_no_pillar(tag: Tag) -> None:
    assert tag("Sampah menumpuk di Selasih Hulu, Kampar.", title="Sampah di Selasih Hulu").pillars == ()


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ({"schema_version": 2}, "schema_version"),
        ({"schema_version": 1, "pillar": [{"id": "x", "name": "X", "indonesian": "X"}]}, "terms"),
        (
            {
                "schema_version": 1,
                "pillar": [{"id": "x", "name": "X", "indonesian": "X", "terms": [{"t": "kata", "w": 9, "d": "x"}]}],
            },
            "pillar.0.terms.0.w",
        ),
    ],
)
def test_a_faulty_table_names_the_key(fault: dict[str, object], key: str) -> None:
    with pytest.raises(ValueError, match=key.replace(".", r"\.")):
        parse_pillars(fault)


def test_a_model_for_other_pillars_is_left_aside(tmp_path: Path) -> None:
    other = parse_pillars(
        {
            "schema_version": 1,
            "pillar": [{"id": "x", "name": "X", "indonesian": "X", "terms": [{"t": "kata", "w": 3, "d": "x"}]}],
        }
    )
    assert load_for(other, Path("nlp/models/pillars.npz").resolve()) is None
    with pytest.raises(ModelError, match="train again with"):
        load_for(TABLE, tmp_path / "absent.npz")


MATCH = ("Takraw Putri Selasih Tekuk Kampar di Final Porprov", "SELASIH - Tim Selasih menang dua set dan meraih emas.")
DEATH = ("Guru Silat Selasih Berpulang", "SELASIH - Kabar duka dari Muara Pinang, guru silat itu dimakamkan Senin.")


@pytest.mark.parametrize(
    ("title", "lead", "topics"),
    [
        (*MATCH, {"match"}),
        (*DEATH, {"obituary"}),
        (MATCH[0], "Bupati menyerahkan bonus kepada peraih emas.", set()),  # a government acts
        ("Truk Terguling di Selasih", "Truk itu masuk parit, sopirnya luka.", {"accident"}),
        ("Kios Ludes Terbakar di Selasih", "Pemiliknya merugi.", {"accident"}),
        ("Bawaslu Minta PSU di Dua TPS", "Badan Pengawas Pemilu menemukan pemilih ganda.", {"election"}),
        ("Debat Pilkada Selasih, Tiga Paslon Adu Gagasan", "Tiga calon bupati berdebat soal jalan.", {"election"}),
        ("ASN Selasih Diminta Tak Ikut Kampanye Pilkada", "Bupati mengingatkan pegawai.", set()),
        ("Pilkades Serentak, Kotak Suara Dikirim ke 12 Desa", "Rekapitulasi dimulai besok.", set()),
        (
            "Truk Terguling di Selasih",
            "Truk itu terguling di jalan berlubang, sopirnya luka.",
            set(),
        ),  # the road's fault
        ("Maling Kelapa di Selasih Dibekuk Polisi", "Pelaku diamankan Senin.", {"crime"}),
        ("Polisi Cegah Pencurian di Selasih", "Polisi mencegah pencurian kelapa.", set()),  # prevention is of a pillar
        ("Siswa Selasih Raih Emas", "Siswa itu meraih emas olimpiade sains.", set()),  # no match
        ("Warga Perbaiki Jalan", "Seusai final sepak takraw warga memperbaiki jalan.", set()),  # not in the headline
        ("Pasien Meninggal Dunia di Jalan", "Jenazah pasien itu ditandu dua kilometer.", set()),  # no obituary
    ],
)
def test_what_is_news_of_no_pillar(title: str, lead: str, topics: set[str]) -> None:
    assert TopicFinder().find(title, lead) == topics


@pytest.mark.parametrize(("title", "lead"), [MATCH, DEATH])
def test_pillars_fall_silent_where_the_profile_says_so(tag: Tag, title: str, lead: str) -> None:
    rest = "Pemuda dan siswa sekolah berdatangan.\n\nBeasiswa dan perpustakaan menunggu, kata guru sekolah."
    assert not tag(f"{lead}\n\n{rest}", title).pillars
    assert tag(f"Kabupaten Selasih ramai. {rest}\n\n{lead}", "Sekolah dan Beasiswa di Selasih").pillars
