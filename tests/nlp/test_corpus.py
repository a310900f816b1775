"""The open corpus keeps to its guide, its splits stay apart, and two passes of labelling agree."""

from __future__ import annotations

import json
import math
import os
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from nlp.agreement import (
    CORPUS,
    OF_ARTICLES,
    PILLARS,
    SECOND_PASS,
    SPLITS,
    CorpusError,
    find_differences,
    load_corpus,
    load_units,
    main,
    measure_agreement,
    measure_kappa,
    measure_pillars,
    pair_units,
)

Row = Mapping[str, Any]
FIELDS = ["id", "type", "title", "text", "about", "pillars", "tone", "headline_tone", "kind", "place_context", "group"]
TONES = {"positif", "netral", "negatif"}
ABOUT = {"subject", "incidental", "none"}
KINDS = {"reporting", "release", "advertorial"}
ORIGIN_WORDS = 12  # so many words in a row are no chance, titles and offices apart
SPLIT_WORDS = 7
FLOORS = {"about": 0.85, "tone": 0.75, "headline_tone": 0.70}
PILLAR_FLOOR = 0.80
SECOND_PASS_UNITS = 600
SHARED = Path(os.environ.get("PANTAU_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))


@pytest.fixture(scope="module")
def splits() -> dict[str, list[Row]]:
    return {split: list(load_units(CORPUS / f"{split}.jsonl").values()) for split in SPLITS}


@pytest.fixture(scope="module")
def units(splits: dict[str, list[Row]]) -> list[Row]:
    return [row for rows in splits.values() for row in rows]


def words(row: Row) -> list[str]:
    return re.findall(r"\w+", f"{row['title']} {row['text']}".lower())


def runs(tokens: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(tokens[i : i + length]) for i in range(len(tokens) - length + 1)}


def test_every_unit_keeps_to_the_guide(units: list[Row]) -> None:
    for row in units:
        assert list(row) == FIELDS, row["id"]
        assert row["about"] in ABOUT, row["id"]
        assert row["tone"] in TONES, row["id"]
        assert row["pillars"] == sorted(set(row["pillars"]) & set(PILLARS)), row["id"]
        assert row["place_context"], row["id"]
        if row["about"] == "none":
            assert not row["pillars"], row["id"]
            assert row["tone"] == "netral", row["id"]


def test_the_type_decides_which_fields_are_filled(units: list[Row]) -> None:
    for row in units:
        match row["type"]:
            case "article":
                assert row["title"], row["id"]
                assert row["kind"] in KINDS, row["id"]
                assert row["headline_tone"] in TONES, row["id"]
                assert 80 <= len(row["text"].split()) <= 300, row["id"]
            case "headline":
                assert row["title"], row["id"]
                assert not row["text"], row["id"]
                assert (row["kind"], row["headline_tone"]) == (None, row["tone"]), row["id"]
            case "paragraph":
                assert row["text"], row["id"]
                assert not row["title"], row["id"]
                assert (row["kind"], row["headline_tone"]) == (None, None), row["id"]
            case other:
                pytest.fail(f"{row['id']}: unknown type {other}")


def test_the_corpus_is_as_large_and_as_mixed_as_its_card_says(units: list[Row]) -> None:
    types = Counter(row["type"] for row in units)
    assert types["article"] >= 900
    assert types["headline"] + types["paragraph"] >= 4900
    subjects = [row for row in units if row["about"] == "subject"]
    tones = Counter(row["tone"] for row in subjects)
    assert all(tones[tone] >= 0.18 * len(subjects) for tone in TONES)
    assert sum(not row["pillars"] for row in subjects) >= 0.1 * len(subjects)
    assert sum(row["place_context"] != "siak" for row in units) >= 0.25 * len(units)


def test_no_text_stands_twice(units: list[Row]) -> None:
    texts = Counter(" ".join(words(row)) for row in units)
    assert [text for text, n in texts.items() if n > 1] == []


def test_splits_share_neither_groups_nor_wording(splits: dict[str, list[Row]]) -> None:
    groups = [{row["group"] for row in rows} for rows in splits.values()]
    wording = [set().union(*(runs(words(row), SPLIT_WORDS) for row in rows)) for rows in splits.values()]
    for i, j in ((0, 1), (0, 2), (1, 2)):
        assert not groups[i] & groups[j]
        assert not wording[i] & wording[j]


def test_every_split_holds_every_label(splits: dict[str, list[Row]]) -> None:
    for rows in splits.values():
        subjects = [row for row in rows if row["about"] == "subject"]
        assert {row["about"] for row in rows} == ABOUT
        assert {row["tone"] for row in subjects} == TONES
        assert {pillar for row in subjects for pillar in row["pillars"]} == set(PILLARS)


@pytest.mark.shared
def test_no_text_comes_from_the_evaluation_set(units: list[Row]) -> None:
    folder = SHARED / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip("needs the reference material that PANTAU_SHARED names")
    seen: set[tuple[str, ...]] = set()
    for path in folder.glob("*.txt"):
        plain = re.sub(r"\[\[[^|\]]*\||\]\]", "", path.read_text(encoding="utf-8"))
        seen |= runs(re.findall(r"\w+", plain.lower()), ORIGIN_WORDS)
    assert [row["id"] for row in units if runs(words(row), ORIGIN_WORDS) & seen] == []


def test_kappa_of_a_known_table() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, expected 0.5.
    pairs: list[tuple[str, str]] = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    result = measure_kappa("x", pairs)
    assert result.n == 50
    assert result.observed == pytest.approx(0.7)
    assert result.kappa == pytest.approx(0.4)


def test_kappa_says_nothing_where_nothing_varies() -> None:
    assert math.isnan(measure_kappa("x", [("y", "y")] * 3).kappa)
    assert measure_kappa("x", []).n == 0


def unit(key: str, **labels: object) -> Row:
    row = {"id": key, "type": "article", "about": "subject", "pillars": [], "tone": "netral", "headline_tone": "netral"}
    return row | labels


def test_tones_and_pillars_count_on_common_subjects_only() -> None:
    pairs = [
        (unit("a", pillars=["living", "economy"]), unit("a", pillars=["living"], tone="negatif")),
        (unit("b", headline_tone=None), unit("b", headline_tone=None)),
        (unit("c"), unit("c", about="incidental", tone="positif")),
        (unit("d", type="headline"), unit("d")),
    ]
    counts = {row.label: row.n for row in measure_agreement(pairs)}
    singles = {"about": 4, "tone": 3, "headline_tone": 2, OF_ARTICLES: 1}
    assert counts == singles | dict.fromkeys(PILLARS, 3)
    assert measure_pillars(pairs) == pytest.approx(2 / 3)
    differences = [(d.id, d.label) for d in find_differences(pairs)]
    assert differences == [("a", "tone"), ("a", "pillars"), ("c", "about"), ("c", "tone")]


def test_a_unit_that_does_not_exist_is_named() -> None:
    with pytest.raises(CorpusError, match="zz-9"):
        pair_units({"a": unit("a")}, {"zz-9": unit("zz-9")})


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text('{"id": "a"}\n{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"train\.jsonl:2: a stands here twice"):
        load_units(path)
    path.write_text("[]\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"train\.jsonl:1: not an object"):
        load_units(path)


def test_the_command_prints_a_table_and_the_differences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for split, rows in zip(SPLITS, ([unit("a")], [unit("b", pillars=["society"])], [unit("c")]), strict=True):
        (tmp_path / f"{split}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["--corpus", str(tmp_path)]) == 2
    assert "second_pass.jsonl is missing" in capsys.readouterr().err
    second = [unit("a"), unit("b", pillars=["society"], tone="positif")]
    (tmp_path / SECOND_PASS).write_text("".join(json.dumps(row) + "\n" for row in second), encoding="utf-8")
    assert main(["--corpus", str(tmp_path), "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["label", "n", "observed", "kappa"]
    assert lines[2].split() == ["tone", "2", "0.500", "0.000"]
    assert lines[-1] == "b\ttone\tnetral\tpositif"


def test_a_sheet_shows_no_labels(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sheet", "40"]) == 0
    sheet = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [set(row) for row in sheet] == [{"id", "type", "title", "text", "place_context"}] * 40
    assert {row["type"] for row in sheet} == {"article", "headline", "paragraph"}


def test_two_passes_agree() -> None:
    pairs = pair_units(load_corpus(), load_units(CORPUS / SECOND_PASS))
    assert len(pairs) >= SECOND_PASS_UNITS
    kappas = {row.label: row.kappa for row in measure_agreement(pairs)}
    assert {label: kappas[label] for label, floor in FLOORS.items() if not kappas[label] >= floor} == {}
    assert measure_pillars([(a, b) for a, b in pairs if a["about"] == b["about"] == "subject"]) >= PILLAR_FLOOR
