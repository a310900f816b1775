"""What people say of the machine's labels, end to end: it holds, it teaches, and it measures."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.connection import open_store
from db.samples import find_scores
from monitor.errors import InputError
from monitor.names import Names
from monitor.report.quality import read_quality
from monitor.samplesheet import load_sheet
from monitor.sampling import parse_answers, score_answers, wilson
from nlp.train import Training

Pantau = Callable[..., Any]
TEXT = (
    "SELASIH JAYA – Dinas Kesehatan Kabupaten Selasih membuka posko bagi warga.\n\n"
    "“Silakan datang ke posko setiap pagi sampai akhir pekan,” kata Bu Rini, Rabu."
)


def article(number: int, **changes: Any) -> dict[str, Any]:
    row = {
        "url": f"https://warta.example/{number}",
        "outlet": "warta.example",
        "title": f"Posko dibuka di Kabupaten Selasih tahap {number}",
        "text": TEXT,
        "published_at": f"2025-03-{number:02d}T09:00+07:00",
    }
    return row | changes


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the annotated store lies of which each test gets a copy: the pipeline is loaded once."""
    return tmp_path_factory.mktemp("kept") / "pantau.db"


@pytest.fixture
def annotated(pantau: Pantau, tmp_path: Path, kept: Path) -> Pantau:
    """Give a command line whose store holds four annotated articles."""
    store = tmp_path / "data" / "pantau.db"
    if kept.exists():
        store.parent.mkdir()
        shutil.copyfile(kept, store)
        return pantau
    lines = [json.dumps(article(number)) for number in (1, 2, 3)]
    lines.append(json.dumps(article(4, title="Pasar ramai", text="Harga cabai turun di kota lain.")))
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert pantau("import", tmp_path / "in.jsonl").code == 0
    assert pantau("annotate").code == 0
    shutil.copyfile(store, kept)
    return pantau


def shown(pantau: Pantau, number: int) -> dict[str, Any]:
    return dict(json.loads(pantau("articles", "show", number).out))


def test_corrections_outlive_annotation(annotated: Pantau) -> None:
    before = shown(annotated, 1)
    pillar, opd = "economy", "dinkes"
    for words in (
        ("tone", "negatif", "--by", "rina", "--note", "warga mengeluh"),
        ("pillars", pillar),
        ("opd", "--clear"),
        ("speaker", "1", "Bu", "Rini", "Lestari"),
        ("kind", "advertorial"),
        ("story", "--clear"),
    ):
        assert annotated("correct", 1, *words).code == 0, words
    assert annotated("correct", 2, "opd", "--add", opd).code == 0

    def check() -> None:
        row = shown(annotated, 1)
        assert (row["tone"]["label"], row["kind"], row["opd"], row["story"]) == ("negatif", "advertorial", [], None)
        assert [tag["id"] for tag in row["pillars"]] == [pillar]
        assert row["quotes"][0]["speaker"] == "Bu Rini Lestari"
        assert opd in [tag["id"] for tag in shown(annotated, 2)["opd"]]

    check()
    assert annotated("annotate", "--all").code == 0
    check()
    assert annotated("correct", 1, "tone", "--revert").code == 0
    assert shown(annotated, 1)["tone"]["label"] == before["tone"]["label"]


def test_who_replaces_another_persons_word_is_told(annotated: Pantau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", "ani")  # commands that run as the service's account
    assert "replaces" not in annotated("correct", 1, "tone", "netral").err
    assert "replaces" not in annotated("correct", 1, "tone", "positif").err  # one's own
    annotated("correct", 1, "opd", "--add", "dinkes")
    told = annotated("correct", 1, "tone", "negatif", "--by", "budi").err.splitlines()
    assert told[-1].startswith("this replaces what ani said at ")
    assert told[-1].endswith("WIB: tone set positif")
    told = annotated("correct", 1, "opd", "dinkes", "--by", "budi").err.splitlines()
    assert told[-1].endswith("opd add dinkes")
    assert "replaces" not in annotated("correct", 1, "pillars", "--clear", "--by", "budi").err


def test_corrections_are_listed_and_exported_as_training_data(annotated: Pantau) -> None:
    assert annotated("corrections", "export").out == ""
    annotated("correct", 1, "tone", "positif", "--by", "rina")
    annotated("correct", 1, "tone", "negatif", "--by", "rina")
    annotated("correct", "https://warta.example/2", "pillars", "--clear")
    rows = json.loads(annotated("corrections", "list", "--json").out)
    assert [(row["article_id"], row["value"], row["in_force"]) for row in rows] == [
        (1, "positif", False), (1, "negatif", True), (2, None, True),
    ]  # fmt: skip
    assert [row["value"] for row in json.loads(annotated("corrections", "list", "--article", 2, "--json").out)] == [
        None
    ]
    examples = [json.loads(line) for line in annotated("corrections", "export").out.splitlines()]
    assert [(e["id"], e["tone"], e["pillars"], e["headline_tone"]) for e in examples] == [
        ("cor-1", "negatif", None, None), ("cor-2", None, [], None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("tonne", "negatif"), "did you mean tone"),
        (("tone", "bagus"), "positif, netral, negatif"),
        (("opd", "dinkess"), "did you mean dinkes"),
        (("tone",), "give either a VALUE"),
        (("opd", "dinkes", "--clear"), "give either a VALUE"),
        (("tone", "--add", "netral"), "cannot add tone"),
        (("speaker", "9", "Bu Rini"), "none is number 9"),
        (("copy_of", "77"), "no article '77'"),
        (("copy_of", "1"), "another stored article"),
    ],
)
def test_corrections_that_cannot_be_meant_are_refused(
    annotated: Pantau, words: tuple[str, ...], complaint: str
) -> None:
    answer = annotated("correct", 1, *words)
    assert answer.code == 2
    assert complaint in answer.complaint
    assert json.loads(annotated("corrections", "list", "--json").out) == []


def test_training_without_a_correction_to_learn_from_changes_nothing(annotated: Pantau, tmp_path: Path) -> None:
    annotated("correct", 1, "opd", "--clear")
    answer = annotated("train", "--json")
    assert (answer.code, json.loads(answer.out)) == (0, [])
    assert "1 corrected articles; nothing to learn from" in answer.err
    assert list((tmp_path / "data" / "pantau-models").iterdir()) == []


def test_training_installs_what_is_no_worse_and_refuses_the_rest(
    annotated: Pantau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def train(profile: str, extra: list[Any], folder: Path) -> list[Training]:
        seen.extend(extra)
        (folder / "tone.npz").write_bytes(b"new")
        return [Training("tone", 9, 0.8, 0.81, 0.8, True), Training("pillars", 9, 0.8, 0.7, 0.9, False)]

    monkeypatch.setattr("nlp.train.train_models", train)
    annotated("correct", 1, "tone", "negatif")
    answer = annotated("train", "--json")
    assert answer.code == 1
    assert {row["model"]: (row["old"], row["new"], row["outcome"].split(":")[0]) for row in json.loads(answer.out)} == {
        "tone": (0.8, 0.81, "installed"), "pillars": (0.9, 0.7, "refused"),
    }  # fmt: skip
    folder = tmp_path / "data" / "pantau-models"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"tone.npz": b"new"}
    assert [row["tone"] for row in seen] == ["negatif"]
    (folder / "tone.npz").unlink()
    monkeypatch.setattr("nlp.train.train_models", lambda *_: [Training("tone", 9, 0.8, 0.8, 0.8, True)])
    again = annotated("train")  # the very model that is at work: nothing to install
    assert (again.code, list(folder.iterdir())) == (0, [])
    assert "the same as before" in again.out


def fill(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Code articles as a person would who finds the first to be about something else."""
    for row in rows:
        subject = "Kabupaten Selasih" in row["title"] and row["article"] != "1"
        row["about"] = "subject" if subject else "none"
        if subject:
            row |= {"tone": "positif", "kind": "reporting", "opd": "dinkes", "pillars": "-"}
    return rows


def test_a_blind_sample_is_drawn_coded_and_scored(annotated: Pantau, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    assert annotated("sample", "--month", "2025-03", "--n", 4, "-o", sheet).code == 0
    first = sheet.read_bytes()
    assert annotated("sample", "--month", "2025-03", "--n", 4, "-o", sheet).code == 0
    assert sheet.read_bytes() == first
    reader = csv.DictReader(io.StringIO(first.decode("utf-8-sig"), newline=""), delimiter=";")
    rows = list(reader)
    assert sorted(row["article"] for row in rows) == ["1", "2", "3", "4"]
    assert {row[name] for row in rows for name in ("about", "tone", "opd", "pillars", "kind")} == {""}
    assert annotated("sample", "score", sheet).complaint.endswith("columns after it")
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=",")  # as LibreOffice saves it
        writer.writeheader()
        writer.writerows(fill(rows))
    answer = annotated("sample", "score", sheet, "--json")
    assert answer.code == 0, answer.err
    (scores,) = json.loads(answer.out)
    about = scores["tasks"]["about"]
    assert (about["tp"], about["fp"], about["fn"]) == (2, 1, 0)
    assert scores["tasks"]["kind"]["tp"] == 2
    assert "opd" in annotated("sample", "score", sheet).out
    with open_store(tmp_path / "data" / "pantau.db", read_only=True) as store:
        quality = read_quality(find_scores(store))
    assert quality is not None
    assert (quality.articles, quality.tasks["about"].fp) == (4, 1)


def test_a_sample_comes_back_from_a_workbook(annotated: Pantau, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    assert annotated("sample", "--month", "2025-03", "--n", 2, "-o", path).code == 0
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head = [cell.value for cell in page[1]]
    page.cell(2, head.index("about") + 1).value = "subject"
    book.save(path)
    assert annotated("sample", "score", path).code == 0
    assert annotated("sample", "--month", "2024-01").code == 2


def test_tallies_of_a_sample() -> None:
    def drawn(number: int, stratum: str, **told: Any) -> dict[str, Any]:
        empty = {"about": "subject", "kind": "reporting", "tone": "netral", "headline_tone": "netral"}
        sets: dict[str, Any] = {"opd": [], "officials": [], "places": [], "pillars": []}
        return {"article_id": number, "stratum": stratum, "told": empty | sets | told}

    def said(about: str, **changes: Any) -> dict[str, Any]:
        row: dict[str, Any] = {"about": about, "kind": "", "tone": "netral", "headline_tone": ""}
        return row | {"opd": [], "officials": [], "places": [], "pillars": []} | changes

    sample = {
        "id": 1,
        "month": "2025-03",
        "strata": {"subject": 20, "rest": 100},
        "articles": [drawn(1, "subject", opd=["a", "b"]), drawn(2, "subject", opd=["a"]), drawn(3, "rest")],
    }
    answers = {1: said("subject", opd=["a", "c"], tone="positif"), 2: said("none"), 3: said("subject", opd=["a"])}
    scores = score_answers(sample, answers, "2025-04-02")
    opd = scores["tags"]["opd"]
    assert {tag: (row["tp"], row["fp"], row["fn"]) for tag, row in opd.items()} == {
        "a": (1, 1, 0), "b": (0, 1, 0), "c": (0, 0, 1),
    }  # fmt: skip
    assert (scores["tasks"]["opd"]["precision"], scores["tasks"]["opd"]["recall"]) == (1 / 3, 1 / 2)
    assert scores["tags"]["tone"]["netral"]["fp"] == 1
    assert scores["tasks"]["about"]["fn"] == 10  # one of one in the rest: 100 of 100, on two of twenty subjects
    with pytest.raises(InputError, match="not of sample"):
        score_answers(sample, {9: said("none")}, "2025-04-02")


def test_intervals_of_shares() -> None:
    low, high = wilson(8, 10) or (0, 0)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)  # Newcombe 1998
    assert wilson(0, 0) is None
    assert (wilson(10, 10) or (0, 0))[1] == 1


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"about": "ya"}, "about is one of"),
        ({"opd": "dinkess"}, "unknown opd"),
        ({"sample": ""}, "must stay as they were drawn"),
        ({"about": ""}, "nothing is coded yet"),
    ],
)
def test_faults_of_a_sheet_are_named(change: dict[str, str], complaint: str) -> None:
    row = {"sample": "1", "article": "3", "about": "subject", "opd": "dinkes"} | change
    with pytest.raises(InputError, match=complaint):
        parse_answers([row], Names(opd={"dinkes": "Dinas Kesehatan"}))


def test_sheets_that_are_none_are_refused(tmp_path: Path) -> None:
    for data in (b"PK\x03\x04 broken", b"\xff\xfe", b"sample;article\n"):
        (tmp_path / "x").write_bytes(data)
        with pytest.raises(InputError):
            load_sheet(tmp_path / "x")
    (tmp_path / "x").write_text("sample;title\n1;'- Awal\n", encoding="utf-8")
    assert load_sheet(tmp_path / "x") == [{"sample": "1", "title": "- Awal"}]
