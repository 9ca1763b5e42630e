"""Finds the bodies that a policy names and resolves them to canonical names; says who issues, interprets, implements."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.plain import PlainView
from loaders.record import AdministeredBy, Mention, Unresolved


@dataclass(slots=True)
class Agencies:
    """Mentions of responsible bodies passage by passage, the policy's administration, and names left unresolved."""

    by_passage: list[list[Mention]]
    administered_by: list[AdministeredBy] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)


def extract_agencies(view: PlainView, jurisdiction: str | None) -> Agencies:
    """The bodies of a policy of `jurisdiction`; names get the jurisdiction in front, as the gold has them."""
    return Agencies([[] for _ in view.passages])
