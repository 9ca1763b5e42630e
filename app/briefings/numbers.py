"""How Excel and PowerPoint show exact numbers: as many decimals as the values have, at most two, and never a lonely point."""

from __future__ import annotations

from collections.abc import Iterable

from app.briefings.model import Unit

_BEFORE = {"CNY": "#,##0", "share": "0", "count": "0", "year": "0"}
_MOST_DECIMALS = 2


def number_format(unit: Unit, values: Iterable[float]) -> str:
    """The number format for values of a unit: 20% for 0.2, 1,000 for 1000, 1,000.50 for 1000.5.

    "0.##%" would show 0.2 as "20.%".
    """
    factor = 100 if unit == "share" else 1
    decimals = max((_decimals(value * factor) for value in values), default=0)
    return _BEFORE[unit] + ("." + "0" * decimals if decimals else "") + ("%" if unit == "share" else "")


def _decimals(value: float) -> int:
    told = f"{value:.{_MOST_DECIMALS}f}".rstrip("0")
    return len(told) - told.index(".") - 1
