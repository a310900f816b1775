"""Makes the pictures of the READMEs: ``pantau demo``, then ``python docs/pictures.py STORE DAY``.

STORE is the demo's store, DAY its last day. Needs chromium, libreoffice, pdftoppm (poppler) and pngquant beside Pantau;
whoever only uses Pantau needs none of them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import typst

from db.alerts import find_alerts
from db.connection import open_store
from db.queries.filters import ArticleFilter
from monitor.alerts.rules import load_rules
from monitor.alerts.run import run_alerts
from monitor.clipping import load_book, render_book
from monitor.clock import day_end, day_start
from monitor.config import load_config
from monitor.counts import build_counts
from monitor.demo.run import choose_outlets
from monitor.demo.sample import load_sample, load_setting
from monitor.demo.workspace import build_config
from monitor.editions import build_edition
from monitor.office import load_office
from monitor.render.alert_text import render_alert
from monitor.render.counts_xlsx import render_xlsx
from monitor.render.formats import render_file
from monitor.render.wording import load_wording
from monitor.report.month import Month
from monitor.report.run import make_report, render_report
from monitor.web.server import serve_workspace

DOCS = Path(__file__).resolve().parent
COLOURS = "48"
BUBBLE = """#set page(width: 330pt, height: auto, margin: 10pt, fill: rgb("#e5ddd5"))
#set text(font: ("Liberation Sans", "DejaVu Sans"), size: 8pt, hyphenate: false)
#show regex("https?://\\\\S+"): it => text(fill: rgb("#027eb5"), it.text.split("").join(sym.zws))
#block(fill: white, radius: 6pt, inset: 8pt, width: 100%)[
  #for line in json("data.json") [
    #if line == "" { v(0.5em) } else if line.starts-with("_") [_#line.trim("_")_ \\ ] else {
      for (i, part) in line.split("*").enumerate() { if calc.odd(i) { strong(part) } else { part } }
      linebreak()
    }
  ]
]
"""
TERMINAL = """#set page(width: 560pt, height: auto, margin: 12pt, fill: rgb("#1b1f24"))
#set text(font: ("DejaVu Sans Mono", "Liberation Mono"), size: 7.4pt, fill: rgb("#e6edf3"))
#set par(leading: 0.45em)
#raw(json("data.json").join("\\n"))
"""
SHEETS = """#set page(width: auto, height: auto, margin: 8pt, fill: rgb("#cfd4da"))
#grid(columns: 2, gutter: 8pt, ..json("data.json").map(name => image(name, height: 400pt)))
"""


def main(source: Path, last: date) -> None:
    """Write every picture into this folder."""
    wording = load_wording("id")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        store_file = Path(shutil.copy(source, work / "sample.db"))  # alerts are raised in a copy
        office = choose_outlets(
            load_office(build_config(load_config({"store": store_file}), load_setting()[0])), load_sample(last)
        )
        month, span = Month(last.year, last.month), (day_start(last, office.zone), day_end(last, office.zone))
        with open_store(store_file) as store:
            data = replace(build_edition(store, office, last, "harian"), complete=True)
            report = make_report(store, office, month)
            book = load_book(store, office, ArticleFilter(since=span[0], until=span[1], about=("subject",)))
            (work / "k.pdf").write_bytes(render_book(book, office, (last.isoformat(), last.isoformat()), wording))
            counts = build_counts(store, ["opd"], ArticleFilter(), office.names, office.zone)
            (work / "c.xlsx").write_bytes(render_xlsx(counts, wording))
            now = datetime.combine(last, time(23, 30), office.zone)
            rules = load_rules(None)
            run_alerts(store, office, now)
            alerts = [render_alert(alert, rules, office.names, wording) for alert in find_alerts(store)]
        for form in ("text", "whatsapp", "html", "pdf"):
            (work / f"d.{form}").write_bytes(render_file(data, form, wording))  # type: ignore[arg-type]
        for form in ("docx", "pdf"):
            (work / f"r.{form}").write_bytes(render_report(report, form, wording, office))  # type: ignore[arg-type]
        text = (work / "d.text").read_text(encoding="utf-8").splitlines()
        set_text("terminal", TERMINAL, text[:48], work)
        set_text("whatsapp", BUBBLE, (work / "d.whatsapp").read_text(encoding="utf-8").splitlines()[:32], work)
        set_text("alert", BUBBLE, "\n\n".join(alerts).splitlines(), work)
        shoot_page((work / "d.html").as_uri(), "digest", 760, 1500)
        with serve_workspace(office) as address:
            shoot_page(f"{address}articles/{data.attention[0].articles[0]}", "workspace", 1100, 900)
            shoot_page(f"{address}?day={last}", "workspace-today", 500, 900)
        convert("c.xlsx", work)
        convert("r.docx", work, "word")
        set_pages("digest-pdf", [("d.pdf", 1), ("d.pdf", 3)], work)
        set_pages("report", [("word.pdf", 1), ("r.pdf", 4)], work)
        set_pages("clipping", [("k.pdf", 2), ("k.pdf", 3)], work)
        set_pages("counts", [("c.pdf", 2)], work)
    for picture in DOCS.glob("*.png"):
        subprocess.run(["pngquant", "--force", "--ext", ".png", COLOURS, picture], check=True)
        sys.stdout.write(f"{picture.name}: {picture.stat().st_size / 1000:.0f} KB\n")


def set_text(name: str, template: str, lines: list[str], work: Path) -> None:
    """Draw lines as a terminal or a chat shows them."""
    (work / "data.json").write_text(json.dumps(lines), encoding="utf-8")
    draw(name, template, work, 120)


def set_pages(name: str, pages: list[tuple[str, int]], work: Path) -> None:
    """Draw pages of PDF files side by side."""
    pictures = []
    for number, (file, page) in enumerate(pages):
        command = ["pdftoppm", "-png", "-r", "110", "-f", str(page), "-l", str(page), "-singlefile", work / file]
        subprocess.run([*command, work / f"{name}-{number}"], check=True)
        pictures.append(f"{name}-{number}.png")
    (work / "data.json").write_text(json.dumps(pictures), encoding="utf-8")
    draw(name, SHEETS, work, 150)


def draw(name: str, template: str, work: Path, ppi: int) -> None:
    """Set a typst document of one page as a picture."""
    (work / "main.typ").write_text(template, encoding="utf-8")
    typst.compile(work / "main.typ", output=DOCS / f"{name}.png", root=work, format="png", ppi=ppi)


def shoot_page(address: str, name: str, width: int, height: int) -> None:
    """Draw the top of a page as a browser shows it."""
    flags = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{height}"]
    shot = [f"--screenshot={DOCS / f'{name}.png'}", address]
    subprocess.run(["chromium", *flags, *shot], check=True, stderr=subprocess.DEVNULL)


def convert(name: str, work: Path, target: str | None = None) -> None:
    """Turn an office file into a PDF beside it, as LibreOffice prints it; ``target`` renames it."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", work / "made", work / name]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    made = work / "made" / f"{Path(name).stem}.pdf"
    made.replace(work / f"{target or Path(name).stem}.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
