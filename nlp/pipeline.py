"""Assembles the pipeline: the language and one factory per component, in the order in which they need each other."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language

from nlp.components import (  # noqa: F401 - importing registers the factories
    about,
    gazetteer,
    kind,
    officials,
    opd,
    opd_phrases,
    pillars,
    places,
    quotes,
    scoring,
    sentences,
    spans,
    tone,
)
from nlp.language import IndonesianNews

# name of the factory -> whether it takes the profile; each reads what those above it left
COMPONENTS = {
    "id_sentences": False,
    "gazetteer": True,
    "opd_phrases": True,
    "about": True,
    "opd": True,
    "places": True,
    "officials": True,
    "quotes": True,
    "pillars": True,
    "tone": False,
    "kind": False,
    "spans": False,
}
# component -> its settings that are model files
MODELS = {"pillars": {"model": "pillars.npz"}, "tone": {"body": "tone.npz", "headline": "headline.npz"}}


def build_pipeline(profile: str, models: Path | None = None) -> Language:
    """Return the pipeline for a profile id or folder; a model that lies in ``models`` goes before the packaged one."""
    nlp = IndonesianNews()
    for name, takes_profile in COMPONENTS.items():
        settings = (
            {key: str(models / file) for key, file in MODELS.get(name, {}).items() if (models / file).is_file()}
            if models
            else {}
        )
        nlp.add_pipe(name, config={**settings, **({"profile": profile} if takes_profile else {})})
    return nlp
