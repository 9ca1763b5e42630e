"""Finds every quantity in a text: money, shares, ratios, areas and terms of years, with value, unit and place.

Says what stands there, not what it is for: benefit or condition is for extract.py. Units are data/lexicons/units.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from graph.errors import PolicyGraphError
from loaders.amounts.numerals import ARABIC_NUMERAL, CHINESE_NUMERAL, read_arabic, read_chinese
from loaders.lexicon import read_lexicon
from loaders.types import Span

QuantityKind = Literal["money", "share", "ratio", "area", "years"]


class AmountError(PolicyGraphError):
    """A figure in front of a unit that cannot be read; the message quotes it."""


@dataclass(slots=True)
class Quantity:
    """One quantity: `value` in `unit` (yuan, dollars, share as fraction, square metres, mu, years) at [start, end).

    `value` is None where the figure cannot be read ("1.2.3万元").
    """

    kind: QuantityKind
    value: float | None
    unit: str
    start: int
    end: int


class Money(NamedTuple):
    """An amount of money: `amount` in `currency` (CNY, USD, …) and where it stands."""

    amount: float
    currency: str
    span: Span


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
                raise AmountError(
                    f"“{text[quantity.start : quantity.end][-40:]}”不是可读的金额,请核对原文的数字。"
                )
            found.append(Money(quantity.value, quantity.unit, Span(quantity.start, quantity.end)))
    return found


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity of a plain text, in order; a list or range that shares one unit (50、30万元) gives each of its figures."""
    patterns = _patterns()
    found = list(_read_arabic_ones(text, patterns))
    found += _read_chinese_ones(text, patterns)
    if "全额" in text:
        found += [Quantity("share", 1.0, "share", m.start(), m.end()) for m in patterns.whole.finditer(text)]
    if "分之" in text:
        found += _read_parts(text)
    found.sort(key=lambda quantity: quantity.start)
    _share_currency(text, found)
    # "1千亿元" also reads as 亿元 from its fourth character on
    return [
        q for i, q in enumerate(found) if not i or q.start >= max(p.end for p in found[max(0, i - 3) : i])
    ]


_BETWEEN_FIGURES = re.compile(r"(?:\(不?含\))?[、~至到和或-]")


def _share_currency(text: str, quantities: list[Quantity]) -> None:
    """200万-500万美元: a bare 万 takes the foreign currency of the figure that it is joined with."""
    for left, right in zip(reversed(quantities[:-1]), reversed(quantities[1:]), strict=True):
        if (
            right.kind == left.kind == "money"
            and right.unit != "CNY" == left.unit
            and text[left.end - 1] in "万亿"
            and _BETWEEN_FIGURES.fullmatch(text, left.end, right.start)
        ):
            left.unit = right.unit


# --- patterns


class _Patterns(NamedTuple):
    arabic: re.Pattern[str]
    chinese: re.Pattern[str]
    whole: re.Pattern[str]
    counted: re.Pattern[str]
    units: dict[str, tuple[QuantityKind, str, Decimal]]


_MULTIPLIER = "万亿|[十百千]?亿|[十百千]?万|[千百]"
# "100多万元", "50余万元"
_ABOUT = "[多余]?"


@cache
def _patterns() -> _Patterns:
    lexicon = read_lexicon("units")
    units: dict[str, tuple[QuantityKind, str, Decimal]] = {}
    for currency, entry in lexicon["currencies"].items():
        units |= {word: ("money", currency, Decimal(1)) for word in entry["words"]}
    for unit, entry in lexicon["areas"].items():
        units |= {word: ("area", unit, Decimal(size)) for word, size in entry["words"].items()}
    scalable = _either(units)
    shares: dict[str, tuple[QuantityKind, str, Decimal]] = {
        word: ("share", "share", Decimal(str(size))) for word, size in lexicon["shares"]["words"].items()
    }
    years = lexicon["years"]
    between = f"(?:{_either(years['between'])})*"
    counted = f"{_either(lexicon['counted']['words'])}|[A-Za-z0-9]"
    arabic = re.compile(
        rf"(?P<figure>{ARABIC_NUMERAL}){_ABOUT}(?:"
        # 1亿5000万元
        rf"(?P<multiplier>{_MULTIPLIER})?(?:(?<=亿)(?P<rest>[0-9]+(?:\.[0-9]+)?万))?{_ABOUT}(?:\(不?含\))?(?P<unit>{scalable})(?!宇宙|素)"
        rf"|(?P<bare>(?:万亿|[十百千]?[亿万])(?!{counted}))"
        rf"|(?P<share>{_either(shares)})"
        rf"|(?P<years>{between}(?:{_either(years['words'])}))|(?P<months>{_either(years['months'])})"
        r"|:(?P<second>[0-9]+(?:\.[0-9]+)?)(?![0-9:.]))"
    )
    chinese = re.compile(
        rf"(?P<figure>{CHINESE_NUMERAL}){_ABOUT}(?:(?P<unit>{scalable})"
        rf"|(?P<years>{between}(?:{_either(years['words'])}))"
        # 过亿企业, 超百亿; 千亿级产业集群
        r"|(?P<class>(?<=亿)级)|(?P<bare>(?<=[亿万])(?!元))"
        # 按三成给予; never 成果, 成立
        r"|(?P<tenths>成)(?=[以的给予奖补支资,。;、)]))"
    )
    whole = "|".join(entry["pattern"] for entry in lexicon["whole"]["patterns"])
    return _Patterns(arabic, chinese, re.compile(whole), re.compile(counted), units | shares)


def _either(words: object) -> str:
    """One alternative a word, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


# --- figures in Arabic digits

# The figures in front of "万元" in 50、30万元, 20-200万元, 10亿元(含)至50亿元; at most so many characters are looked back.
_SHARED = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?(?:\(不?含\))?[、~至到和或及与/-])+$")
_SHARED_WINDOW = 60
# 第1-3年 counts, A1-3 names, 2.1-3 and 1,200-300 go on.
_RUNS_ON = re.compile(r".?(?:第|[A-Za-z]|[0-9][.,])")
_JOINTS = frozenset("、~至到和或及与/-")
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# A term of support is shorter than any year of a date.
_LONGEST_TERM = 50


def _read_arabic_ones(text: str, patterns: _Patterns) -> Iterator[Quantity]:
    done = 0
    for match in patterns.arabic.finditer(text):
        start, end = match.span()
        what = match.lastgroup
        if what == "second":
            if ratio := _ratio(text, match):
                yield ratio
                done = end
            continue
        unit = _unit(match, patterns)
        if unit is None:
            continue
        kind, name, scale = unit
        if kind == "years" and not _is_term(text, match["figure"], start):
            continue
        if text[start - 1] in _JOINTS and start > done:
            yield from _sharing(text, max(done, start - _SHARED_WINDOW), start, unit)
        figures = [match["figure"]]
        if "," in figures[0] and read_arabic(figures[0]) is None:
            figures = figures[0].split(",")
        at = start
        for figure in figures[:-1]:
            yield Quantity(kind, _value(read_arabic(figure), scale), name, at, at + len(figure))
            at += len(figure) + 1
        value = read_arabic(figures[-1])
        if value is not None and what == "unit" and match["rest"]:
            value += Decimal(match["rest"][:-1]) * 10_000 / scale
        yield Quantity(kind, _value(value, scale), name, at, end)
        done = end


def _unit(match: re.Match[str], patterns: _Patterns) -> tuple[QuantityKind, str, Decimal] | None:
    """Kind, unit and size of what stands behind a figure."""
    what = match.lastgroup
    if what == "share":
        return patterns.units[match["share"]]
    if what == "years":
        return "years", "year", Decimal(1)
    if what == "months":
        months = read_arabic(match["figure"])
        return ("years", "year", 1 / Decimal(12)) if months and months % 12 == 0 else None
    multiplier = match["multiplier"] if what == "unit" else match["bare"]
    scale = (read_chinese(multiplier) or Decimal(1)) if multiplier else Decimal(1)
    if what == "bare":
        return "money", "CNY", scale
    kind, name, size = patterns.units[match["unit"]]
    return kind, name, size * scale


def _value(number: Decimal | None, scale: Decimal) -> float | None:
    return None if number is None else float(number * scale)


def _sharing(
    text: str, since: int, until: int, unit: tuple[QuantityKind, str, Decimal]
) -> Iterator[Quantity]:
    """The figures that stand before `until` and share the unit behind it; an item's number (1、50万元) is none."""
    run = _SHARED.search(text, since, until)
    if run is None or _RUNS_ON.match(text, max(0, run.start() - 2), run.start()):
        return
    if (
        run.end() - run.start() <= 3
        and text[until - 1] == "、"
        and text[: run.start()][-1:] in ("", "\n", "。")
    ):
        return
    kind, name, scale = unit
    for figure in _FIGURE.finditer(text, run.start(), run.end()):
        yield Quantity(kind, _value(read_arabic(figure[0]), scale), name, figure.start(), figure.end())


def _is_term(text: str, figure: str, start: int) -> bool:
    """Whether "3年" can be a term: no date (2025年), no ordinal (第3年), no decimal of something else."""
    return (
        len(figure) <= 4
        and float(figure.replace(",", ".")) <= _LONGEST_TERM
        and text[start - 1 : start] != "第"
    )


def _ratio(text: str, match: re.Match[str]) -> Quantity | None:
    """1:0.5 → 0.5, 1:1 → 1, 0.5:1 → 0.5; None for times (18:00), scales (1:10000) and ratios of three."""
    first, second = match["figure"], match["second"]
    if (
        text[match.start() - 1 : match.start()] == ":"
        or len(first) > 4
        or len(second) > 4
        or second[:2] == "00"
    ):
        return None
    own, other = read_arabic(first), read_arabic(second)
    if own is None or other is None or not own or 1 not in (own, other) or other > 20:
        return None
    value = own if other == 1 and own < 1 else other / own
    return Quantity("ratio", float(value), "share", match.start(), match.end())


# --- figures in Chinese characters

# Behind these a bare 亿 is money (过亿企业), otherwise it counts something (千亿参数).
_EXCEEDING = frozenset("过超破逾上达近")
# Single multipliers are units in a table's head (单位:万元), not amounts; 亿元以上 is one.
_BARE_MULTIPLIERS = frozenset("十百千万")
_HEADS = frozenset("(:/")
_COUNTED_CLASS = ("参数", "用户", "流量", "数据", "访问", "的参数", "样本", "颗")
_SMALLEST_MONEY = 100
# 上一年, 每一年度 and 任意一个年度 name a year; they are no term.
_CALENDAR = frozenset("上下前后本每同意某当满")
_TENTHS_BEHIND = frozenset("按照予补奖贴助的")


def _read_chinese_ones(text: str, patterns: _Patterns) -> Iterator[Quantity]:
    for match in patterns.chinese.finditer(text):
        start, end = match.span()
        figure, what = match["figure"], match.lastgroup
        before = text[start - 1 : start]
        value = read_chinese(figure)
        if value is None:
            continue
        if what == "years":
            if value <= _LONGEST_TERM and before != "第" and not (value == 1 and before in _CALENDAR):
                yield Quantity("years", float(value), "year", start, end)
        elif what == "tenths":
            if len(figure) == 1 and value < 10 and before in _TENTHS_BEHIND:
                yield Quantity("share", float(value / 10), "share", start, end)
        elif what == "unit":
            kind, name, size = patterns.units[match["unit"]]
            if figure in _BARE_MULTIPLIERS or (figure == "亿" and before in _HEADS):
                continue
            if kind != "money" or value >= _SMALLEST_MONEY:
                yield Quantity(kind, float(value * size), name, start, end)
        elif what == "class":
            if not text.startswith(_COUNTED_CLASS, end):
                yield Quantity("money", float(value), "CNY", start, end)
        elif before in _EXCEEDING and value >= 1_000_000 and not patterns.counted.match(text, end):
            yield Quantity("money", float(value), "CNY", start, end)


_PARTS = re.compile(
    rf"(?P<whole>百|千|万|[二三四五])分之(?P<part>{ARABIC_NUMERAL}|{CHINESE_NUMERAL}(?:点{CHINESE_NUMERAL})?)"
)


def _read_parts(text: str) -> Iterator[Quantity]:
    """百分之二十 → 0.2, 千分之三点五 → 0.0035, 三分之一 → 1/3."""
    for match in _PARTS.finditer(text):
        whole = read_chinese(match["whole"])
        part = match["part"]
        if "点" in part:
            left, right = part.split("点")
            parts = [read_chinese(left), read_chinese(right)]
            number = None if None in parts else Decimal(f"{parts[0]}.{parts[1]}")
        else:
            number = read_arabic(part) if part[0].isascii() else read_chinese(part)
        yield Quantity(
            "share", None if number is None or not whole else float(number / whole), "share", *match.span()
        )
