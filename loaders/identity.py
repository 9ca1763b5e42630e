"""Reads what a policy is: level, jurisdiction, kind, draft, document number, dates and term of validity."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.plain import PlainView
from loaders.types import Span


@dataclass(slots=True)
class Identity:
    """The record fields of the same names; `evidence` maps a field to the span it was read from (plain view)."""

    level: str | None = None
    jurisdiction: str | None = None
    kind: str | None = None
    draft: bool = False
    doc_number: str | None = None
    issued_on: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    valid_years: int | None = None
    evidence: dict[str, Span] = field(default_factory=dict)


def extract_identity(view: PlainView) -> Identity:
    """The identity of a policy; what the source does not say stays None."""
    return Identity()
