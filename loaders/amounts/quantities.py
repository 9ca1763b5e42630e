"""Finds every quantity in a text: money, shares, ratios, areas and terms of years, with value, unit and place.

Says what stands there, not what it is for: benefit or condition is for roles.py.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from graph.errors import PolicyGraphError
from loaders.amounts.arabic import read_arabic_ones
from loaders.amounts.chinese import read_chinese_ones, read_parts
from loaders.amounts.units import Quantity
from loaders.types import Span


class AmountError(PolicyGraphError):
    """A figure in front of a unit that cannot be read; the message quotes it."""


class Money(NamedTuple):
    """An amount of money: `amount` in `currency` (CNY, USD, …) and where it stands."""

    amount: float
    currency: str
    span: Span


# So much of an unreadable figure is quoted.
_QUOTED = 40


def parse_money(text: str) -> list[Money]:
    """Reads every amount of money in cleaned text, in order of appearance.

    "最高200万元" gives [Money(2_000_000, "CNY", Span(2, 7))]; "第二十条" gives [].
    万 is 10^4 and 亿 is 10^8; "50、30万元" gives both figures. Offsets count characters of `text`.

    Raises: AmountError if the figure before a money unit cannot be read, as in "1.2.3万元".
    Source: units and their spellings from data/lexicons/units.yaml.
    """
    found = []
    for quantity in find_quantities(text):
        if quantity.kind == "money":
            if quantity.value is None:
                written = text[quantity.start : quantity.end]
                raise AmountError(f"“{written[-_QUOTED:]}”不是可读的金额,请核对原文的数字。")
            found.append(Money(quantity.value, quantity.unit, Span(quantity.start, quantity.end)))
    return found


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of a plain text, in order, none overlapping; of a list or range that shares a unit each figure."""
    found = [*read_arabic_ones(text), *read_chinese_ones(text), *read_parts(text)]
    found.sort(key=lambda quantity: quantity.start)
    if any(quantity.unit != "CNY" for quantity in found if quantity.kind == "money"):
        _share_currency(text, found)
    kept = []
    end = 0
    for quantity in found:
        # "1千亿元" also reads as 亿元 from its third character on
        if quantity.start >= end:
            kept.append(quantity)
            end = quantity.end
    return kept


_BETWEEN_FIGURES = re.compile(r"(?:\(不?含\))?[、~至到和或-]")


def _share_currency(text: str, quantities: list[Quantity]) -> None:
    """200万-500万美元: a bare 万 takes the foreign currency of the figure that it is joined with."""
    for at in range(len(quantities) - 1, 0, -1):
        left, right = quantities[at - 1], quantities[at]
        if (
            right.kind == left.kind == "money"
            and right.unit != "CNY" == left.unit
            and text[left.end - 1] in "万亿"
            and _BETWEEN_FIGURES.fullmatch(text, left.end, right.start)
        ):
            left.unit = right.unit
