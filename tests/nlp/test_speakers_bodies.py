"""Where the name of a body ends and that of its head begins, though nothing parts them."""

from __future__ import annotations

import pytest

from nlp.components.speakers_passage import Passage
from nlp.components.speakers_phrases import parse_person


@pytest.mark.parametrize(
    ("phrase", "label"),
    [
        ("Wakil Ketua KPID dalam diskusi", "Wakil Ketua KPID"),
        ("Ketua KPID Rudi Hartono dalam diskusi", "Rudi Hartono"),
        ("Kasi Pidsus kepada wartawan", "Kasi Pidsus"),
        ("Ketua Komisi E menuding", "Ketua Komisi E"),
        ("Ketua Komisi E Rudi Hartono menuding", "Rudi Hartono"),
        ("Kepala Tata Usaha", "Kepala Tata Usaha"),
        ("Kepala Instalasi Gawat Darurat", "Kepala Instalasi Gawat Darurat"),
        ("Kepala Balai Pelaksana Jalan Nasional, Rabu", "Kepala Balai Pelaksana Jalan Nasional"),
        ("Kabid Penegakan Perda menyatakan", "Kabid Penegakan Perda"),
        ("Kabid Penegakan Perda Rudi Hartono menyatakan", "Rudi Hartono"),
        ("Manajer SPBU Lancang berdalih", "Manajer SPBU Lancang"),
        ("Kepala SMKN 1 Lancang menuturkan", "Kepala SMKN 1 Lancang"),
        ("Kepala Lapas baru mengetahuinya", "Kepala Lapas"),
        ("Kepala Dinas Surya Mulia mengatakan", "Surya Mulia"),
        ("Wakil Gubernur DKI Lancang Rudi Hartono pun", "Rudi Hartono"),
        ("Juru Bicara SAR Lancang Barat Rudi Hartono mengatakan", "Rudi Hartono"),
        ("Rudi Ramadhan, petani", "Rudi Ramadhan"),
        ("Rudi, Ramadhan lalu", "Rudi"),
    ],
)
def test_who_a_phrase_names(phrase: str, label: str) -> None:
    person = parse_person(Passage(phrase), 0, len(phrase))
    assert person and person.label == label
