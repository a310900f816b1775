"""Who speaks in passages that somebody wrote who did not know the rules: the share that is told right may only rise."""

from __future__ import annotations

from pathlib import Path

from nlp.annotate import Annotator
from nlp.annotation import Source
from nlp.evaluate_counts import is_speaker

PASSAGES = Path(__file__).resolve().parents[1] / "speech" / "passages.tsv"
FLOOR = 0.91


def test_most_speakers_are_told(annotator: Annotator) -> None:
    right = asked = 0
    for line in PASSAGES.read_text(encoding="utf-8").splitlines():
        names, text = line.split("\t")
        wanted = names.split("|")
        asked += len(wanted)
        found = annotator.annotate_one(Source("a", "Kabar", text.replace("\\n", "\n")), thorough=True)
        if len(found.quotes) == len(wanted):
            said = ({"speaker": q.speaker, "speaker_id": q.speaker_id} for q in found.quotes)
            right += sum(is_speaker(f"?{name}", quote) for name, quote in zip(wanted, said, strict=True))
    assert asked == 428
    assert right / asked >= FLOOR
