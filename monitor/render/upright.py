"""A picture as its camera held it, turned and of a size that its reader likes; drawn by typst."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

LONGEST = 3200  # pixels: enough for small print of a page of A3; beyond it the grain of a photo is read as well
DRAWING = f"""#set page(width: auto, height: auto, margin: 0pt)
#let picture(..size) = image(read("/picture", encoding: none), ..size)
#context {{
  let (width, height) = measure(picture())
  rotate(float(sys.inputs.turn) * 1deg, reflow: true, picture(width: {LONGEST}pt * (width / calc.max(width, height))))
}}"""


def draw_upright(path: Path, turn: float) -> bytes | None:
    """Return a picture as PNG, turned clockwise by so many degrees after what the camera noted of its position.

    None for one that cannot be drawn: TIFF, or a broken one.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="pantau-") as folder:
        root = Path(folder)
        shutil.copyfile(path, root / "picture")
        (root / "main.typ").write_text(DRAWING, encoding="utf-8")
        try:
            made = typst.compile(root / "main.typ", root=root, format="png", ppi=72.0, sys_inputs={"turn": str(turn)})
        except typst.TypstError:
            return None
    return made if isinstance(made, bytes) else bytes(made[0])
