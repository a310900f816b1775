"""spaCy without its command line, until that is asked for."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
import nlp.extensions
assert "weasel" not in sys.modules and "typer" not in sys.modules
import spacy
assert spacy.info(silent=True)["platform"]
from spacy.cli import app
from spacy.cli.info import info_spacy
assert "weasel" in sys.modules
"""


def test_the_command_line_is_loaded_when_it_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
