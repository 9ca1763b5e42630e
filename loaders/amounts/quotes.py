"""Finds the shortest run of text that supports an amount: from the cue that makes it what it is, up to the amount itself.

The conventions are those of the gold quotes: 最高200万元; 每年不超过500万元; 主营业务收入首次达到10亿元; 最高100万元、50万元.
"""

from __future__ import annotations

from loaders.amounts.phrases import Chain
from loaders.amounts.units import Quantity

# The cues that a quote begins with, by role; the first of them in front of the amount counts.
_BEGINS = {
    "benefit": frozenset(
        (
            "give",
            "cap",
            "limit",
            "counter",
            "yearly",
            "annual",
            "total",
            "once",
            "raise",
            "raise_to",
            "award",
            "term",
            "each",
        )
    ),
    "threshold": frozenset(("metric", "floor", "each", "limit")),
}
_OTHERS = frozenset(
    ("floor", "goal", "growth", "metric", "pool", "found", "payout", "valid", "term", "limit", "cap")
)


def quote_span(chain: Chain, quantity: Quantity) -> tuple[int, int]:
    """[start, end) of the quote for one quantity of a chain: the chain up to this quantity, with the bound behind its last."""
    start = _start(chain)
    end = quantity.end
    if quantity is chain.quantities[-1] and chain.role == "threshold":
        end = max(end, chain.tail)
    elif chain.role == "benefit" and chain.bound and quantity is chain.quantities[-1]:
        end = chain.tail
    return start, end


def _start(chain: Chain) -> int:
    begins = _BEGINS.get(chain.role, _OTHERS)
    if chain.role == "benefit" and chain.quantities[0].kind == "share":
        base = next((token for token in reversed(chain.window) if token.cue == "base"), None)
        if base:
            following = next((token for token in chain.window if token.start == base.end), None)
            return following.start if following and following.cue in ("limit", "cap") else base.end
    return next((token.start for token in chain.window if token.cue in begins), chain.start)
