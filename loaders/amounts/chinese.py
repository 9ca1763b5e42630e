"""Reads quantities whose figures are Chinese characters: 三千万元, 过亿, 百万平米, 百分之二十, 三成, 三年, 全额补贴."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from loaders.amounts.numerals import ARABIC_NUMERAL, CHINESE_NUMERAL, read_arabic, read_chinese
from loaders.amounts.units import LONGEST_TERM, Patterns, Quantity, patterns

# Behind these a bare 亿 is money (过亿企业), otherwise it counts something (千亿参数).
_EXCEEDING = frozenset("过超破逾上达近")
_LEAST_EXCEEDED = 1_000_000
# Single multipliers are units in a table's head (单位:万元), not amounts; 亿元以上 is one.
_BARE_MULTIPLIERS = frozenset("十百千万")
_HEADS = frozenset("(:/")
# 一元, 十元 are words (一元化, 多元) more often than amounts.
_LEAST_MONEY = 100
# 上一年, 每一年度 and 任意一个年度 name a year; they are no term.
_CALENDAR = frozenset("上下前后本每同意某当满")
_BEFORE_TENTHS = frozenset("按照予补奖贴助的")


def read_chinese_ones(text: str) -> Iterator[Quantity]:
    """The quantities of a text with Chinese figures, in order."""
    compiled = patterns()
    for match in compiled.chinese.finditer(text):
        value = read_chinese(match["figure"])
        quantity = None if value is None else _READERS[match.lastgroup or ""](text, match, value, compiled)
        if quantity:
            yield quantity


def _read_years(text: str, match: re.Match[str], value: Decimal, _: Patterns) -> Quantity | None:
    before = text[match.start() - 1 : match.start()]
    if value > LONGEST_TERM or before == "第" or (value == 1 and before in _CALENDAR):
        return None
    return Quantity("years", float(value), "year", *match.span())


def _read_tenths(text: str, match: re.Match[str], value: Decimal, _: Patterns) -> Quantity | None:
    if (
        len(match["figure"]) > 1
        or value >= 10
        or text[match.start() - 1 : match.start()] not in _BEFORE_TENTHS
    ):
        return None
    return Quantity("share", float(value / 10), "share", *match.span())


def _read_unit(text: str, match: re.Match[str], value: Decimal, compiled: Patterns) -> Quantity | None:
    figure = match["figure"]
    if figure in _BARE_MULTIPLIERS or (figure == "亿" and text[match.start() - 1 : match.start()] in _HEADS):
        return None
    kind, name, size = compiled.units[match["unit"]]
    if kind == "money" and value < _LEAST_MONEY:
        return None
    return Quantity(kind, float(value * size), name, *match.span())


def _read_class(text: str, match: re.Match[str], value: Decimal, compiled: Patterns) -> Quantity | None:
    """千亿级产业集群; not 千亿级参数."""
    if compiled.counted.match(text, match.end()):
        return None
    return Quantity("money", float(value), "CNY", *match.span())


def _read_bare(text: str, match: re.Match[str], value: Decimal, compiled: Patterns) -> Quantity | None:
    if text[match.start() - 1 : match.start()] not in _EXCEEDING or value < _LEAST_EXCEEDED:
        return None
    return _read_class(text, match, value, compiled)


_READERS = {
    "years": _read_years,
    "tenths": _read_tenths,
    "unit": _read_unit,
    "class": _read_class,
    "bare": _read_bare,
}

# 按照市级补助额度的1/3
_FRACTION = re.compile(r"(?<![0-9A-Za-z/.])([1-9])/([2-9])(?=[的给予补,。;、]|$)")
_PARTS = re.compile(
    rf"(?P<whole>百|千|万|[二三四五])分之(?P<part>{ARABIC_NUMERAL}|{CHINESE_NUMERAL}(?:点{CHINESE_NUMERAL})?)"
)


def read_parts(text: str) -> Iterator[Quantity]:
    """百分之二十 → 0.2, 千分之三点五 → 0.0035, 三分之一 and 1/3 → 1/3, 全额补贴 → 1, 减半补贴 → 1/2."""
    if "全额" in text:
        for match in patterns().whole.finditer(text):
            yield Quantity("share", 1.0, "share", *match.span())
    if "减半" in text:
        for match in patterns().half.finditer(text):
            yield Quantity("share", 0.5, "share", *match.span())
    if "/" in text:
        for match in _FRACTION.finditer(text):
            if match[1] < match[2]:
                yield Quantity("share", int(match[1]) / int(match[2]), "share", *match.span())
    if "分之" in text:
        for match in _PARTS.finditer(text):
            number, whole = _number(match["part"]), read_chinese(match["whole"])
            value = float(number / whole) if number is not None and whole else None
            yield Quantity("share", value, "share", *match.span())


def _number(part: str) -> Decimal | None:
    if part[0].isascii():
        return read_arabic(part)
    left, _, right = part.partition("点")
    whole, tail = read_chinese(left), read_chinese(right) if right else Decimal(0)
    return None if whole is None or tail is None else Decimal(f"{whole}.{tail}")
