"""What the demonstration prints: the digest, the comparison with the truth, where the files are, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from shlex import quote
from typing import TextIO

from rich.console import Console
from rich.text import Text

from monitor.demo.check import Score, Verdict
from monitor.demo.workspace import Workspace
from monitor.digest.dataset import Dataset
from monitor.render.digest_text import STYLES, Line, print_lines
from monitor.render.digest_words import build_sheet
from monitor.render.wording import Wording


def print_report(data: Dataset, verdict: Verdict, place: Workspace, wording: Wording, stream: TextIO) -> None:
    """Print everything; colours on a terminal only."""
    print_lines(build_sheet(data, wording), stream)
    console = Console(file=stream, highlight=False, soft_wrap=True)
    parts = (
        _build_check(verdict, wording),
        _build_files(place, wording),
        _build_next(place, data, wording),
    )
    for line in chain.from_iterable(parts):
        console.print(Text(line.text, style=STYLES[line.style]))


def _build_check(verdict: Verdict, wording: Wording) -> Iterator[Line]:
    say = wording.say

    def of(score: Score) -> str:
        return say("{right} dari {n}", right=score.right, n=score.n)

    yield Line()
    yield Line(say("Diperiksa terhadap contoh yang kebenarannya diketahui"), "head")
    gathered = say(
        "Ditemukan {found} artikel. Tepat: judul {titles}, waktu terbit {times}, isi {texts}, penulis {bylines}.",
        found=of(verdict.found),
        titles=verdict.titles.right,
        times=verdict.times.right,
        texts=verdict.texts.right,
        bylines=of(verdict.bylines),
    )
    yield Line(f"  {gathered}", "" if verdict.complete else "alarm")
    yield Line(f"  {say('Perubahan dan penarikan terpantau: {revised}.', revised=of(verdict.revised))}")
    for label, names in ((say("Tidak ditemukan"), verdict.missing), (say("Tersimpan tanpa alasan"), verdict.extra)):
        if names:
            yield Line(f"  {label}: {', '.join(names)}", "alarm")
    tagged = say(
        "Label persis sama: kaitan {about}; "
        "OPD {opd}, tokoh {officials}, tempat {places}, pilar {pillars}, nada {tone}.",
        about=of(verdict.about),
        opd=verdict.opd.right,
        officials=verdict.officials.right,
        places=verdict.places.right,
        pillars=verdict.pillars.right,
        tone=of(verdict.tone),
    )
    yield Line(f"  {tagged}")
    yield Line(f"  {say('Salinan rilis dikenali: {copies}.', copies=of(verdict.copies))}")


def write_path(path: Path) -> str:
    """Return a path as people type it: from ``~`` where it lies in their folder, quoted where a shell needs it."""
    home = Path.home()
    return f"~/{quote(str(path.relative_to(home)))}" if path.is_relative_to(home) else quote(str(path))


def _build_files(place: Workspace, wording: Wording) -> Iterator[Line]:
    say = wording.say
    yield Line()
    yield Line(say("Berkas"), "head")
    for label, path in (
        (say("Basis data"), place.store),
        (say("Arsip halaman (WARC)"), place.evidence),
        (say("Ringkasan sebagai halaman"), place.digest),
    ):
        yield Line(f"  {label:<28}{write_path(path)}")


def _build_next(place: Workspace, data: Dataset, wording: Wording) -> Iterator[Line]:
    say, store = wording.say, write_path(place.store)
    yield Line()
    yield Line(say("Melihat-lihat contoh ini"), "head")
    yield Line(f"  pantau counts --by opd --store {store}")
    yield Line(f"  pantau articles --tone negatif --from {data.day} --store {store}")
    yield Line(say("Memantau media sungguhan"), "head")
    steps = (
        ("pantau outlets list", say("media yang sudah ada resepnya")),
        ("pantau refresh", say("ambil, beri label, dan kelompokkan sekali jalan")),
        ("pantau digest", say("ringkasan hari ini")),
        ("pantau run", say("terus memantau, dengan ringkasan pagi, siang, dan sore")),
    )
    for command, meaning in steps:
        yield Line(f"  {command:<22}{meaning}")
