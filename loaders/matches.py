"""Reads 配套: where a clause pays because, or in proportion as, the nation, province or city has paid or awarded."""

from __future__ import annotations

from loaders.amounts import ClauseAmounts
from loaders.plain import PlainView
from loaders.record import LevelMatch


def extract_matches(
    view: PlainView, amounts: list[ClauseAmounts], level: str | None
) -> list[list[LevelMatch]]:
    """Matches passage by passage; rate and cap are those of the passage's own benefits. `level` is the policy's own."""
    return [[] for _ in view.passages]
