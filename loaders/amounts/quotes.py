"""Finds the shortest run of text that supports an amount: from the cue that makes it what it is, up to the amount itself.

The conventions are those of the gold quotes: 最高200万元; 每年不超过500万元; 主营业务收入首次达到10亿元; 最高100万元、50万元.
"""

from __future__ import annotations

from loaders.amounts.cues import Token
from loaders.amounts.phrases import Chain
from loaders.amounts.units import Quantity

# The cues that a quote begins with, by role; the first of them in front of the amount counts.
_BENEFIT = frozenset(
    ("give", "cap", "limit", "counter", "yearly", "total", "once", "raise", "raise_to", "term", "each")
)
_THRESHOLD = frozenset(("metric", "floor", "each", "limit"))
_OTHER = frozenset(
    ("floor", "goal", "growth", "metric", "pool", "found", "payout", "valid", "term", "limit", "cap")
)


def quote_span(chain: Chain, quantity: Quantity) -> tuple[int, int]:
    """[start, end) of the quote for one quantity of a chain: the chain up to this quantity, and behind its last what bounds it."""
    end = quantity.end
    if quantity is chain.quantities[-1] and chain.role in ("benefit", "threshold"):
        end = max(end, chain.tail)
        if chain.period == "once":
            # 最高1000万元的一次性补贴
            end = next((token.end for token in chain.after if token.cue == "once"), end)
    return _start(chain), end


def _start(chain: Chain) -> int:
    window = chain.window
    if chain.role == "benefit":
        if chain.quantities[0].kind == "share" and (start := _behind_base(window)) is not None:
            return start
        for token in window:
            if token.cue in _BENEFIT:
                return token.start
        return next((token.start for token in reversed(window) if token.cue == "award"), chain.start)
    begins = _THRESHOLD if chain.role == "threshold" else _OTHER
    return next((token.start for token in window if token.cue in begins), chain.start)


def _behind_base(window: list[Token]) -> int | None:
    """Where the base of a share begins: 按照[不超过项目投资额的20%]; None where no base is named."""
    for token in reversed(window):
        if token.cue == "base":
            return token.end
    return None
