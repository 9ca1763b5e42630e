"""Reads quantities whose figures are Arabic digits: 200万元, 50、30万元, 10%-20%, 1:0.5, 3年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from loaders.amounts.numerals import read_arabic, read_chinese
from loaders.amounts.units import LONGEST_TERM, Quantity, Unit, patterns

# The figures in front of "万元" in 50、30万元, 20-200万元, 10亿元(含)至50亿元; at most so many characters are looked back.
_SHARED = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?(?:\(不?含\))?[、~至到和或及与/-])+$")
_SHARED_WINDOW = 60
_JOINTS = frozenset("、~至到和或及与/-")
# 第1-3年 counts, A1-3 names, 2.1-3 and 1,200-300 go on.
_RUNS_ON = re.compile(r".?(?:第|[A-Za-z]|[0-9][.,])")
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def read_arabic_ones(text: str) -> Iterator[Quantity]:
    """The quantities of a text with Arabic figures, in order."""
    done = 0
    for match in patterns().arabic.finditer(text):
        start, end = match.span()
        if match.lastgroup == "second":
            if ratio := _ratio(text, match):
                yield ratio
                done = end
            continue
        written = _read(match[0])
        if written is None or (written.unit.kind == "years" and text[start - 1 : start] == "第"):
            continue
        kind, name, _ = written.unit
        if start > done and text[start - 1] in _JOINTS:
            yield from _sharing(text, max(done, start - _SHARED_WINDOW), start, written.unit)
        for offset, length, value in written.listed:
            yield Quantity(kind, value, name, start + offset, start + offset + length)
        yield Quantity(kind, written.value, name, start + written.offset, end)
        done = end


class _Written(NamedTuple):
    """A figure with its unit as read: the value, where its own digits begin, and the figures of a list before it (10,20万元)."""

    unit: Unit
    value: float | None
    offset: int
    listed: list[tuple[int, int, float | None]]


@lru_cache(maxsize=4096)
def _read(written: str) -> _Written | None:
    """Reads one match of the pattern: the same few round amounts make up most of a text."""
    match = patterns().arabic.match(written)
    unit = _unit(match) if match else None
    if match is None or unit is None:
        return None
    figures = [match["figure"]]
    if unit.kind == "years":
        years = read_arabic(figures[0])
        # 2025年 is a date, and so is the rest of "3.2018年" behind an item's number
        if years is None or years * unit.size > LONGEST_TERM or years % Decimal("0.5"):
            return None
    if "," in figures[0] and read_arabic(figures[0]) is None:
        figures = figures[0].split(",")
    listed = []
    offset = 0
    for figure in figures[:-1]:
        listed.append((offset, len(figure), _value(figure, unit)))
        offset += len(figure) + 1
    value = _value(figures[-1], unit)
    if value is not None and match["rest"]:
        value += float(Decimal(match["rest"]) * 10_000)
    return _Written(unit, value, offset, listed)


def _unit(match: re.Match[str]) -> Unit | None:
    """The unit behind a figure, its multiplier included; None for months that make no whole years."""
    what = match.lastgroup
    units = patterns().units
    if what == "share":
        return units[match["share"]]
    if what == "years":
        return Unit("years", "year", Decimal(1))
    if what == "months":
        months = read_arabic(match["figure"])
        return Unit("years", "year", 1 / Decimal(12)) if months and months % 12 == 0 else None
    multiplier = match["multiplier"] if what == "unit" else match["bare"]
    scale = (read_chinese(multiplier) or Decimal(1)) if multiplier else Decimal(1)
    if what == "bare":
        return Unit("money", "CNY", scale)
    kind, name, size = units[match["unit"]]
    return Unit(kind, name, size * scale)


def _value(figure: str, unit: Unit) -> float | None:
    number = read_arabic(figure)
    return None if number is None else float(number * unit.size)


def _sharing(text: str, since: int, until: int, unit: Unit) -> Iterator[Quantity]:
    """The figures that stand before `until` and share the unit behind it; an item's number (1、50万元) is none."""
    run = _SHARED.search(text, since, until)
    if run is None or _RUNS_ON.match(text, max(0, run.start() - 2), run.start()):
        return
    opens_line = run.start() == 0 or text[run.start() - 1] in "\n。"
    if opens_line and text[until - 1] == "、" and run.end() - run.start() <= 3:
        return
    for figure in _FIGURE.finditer(text, run.start(), run.end()):
        yield Quantity(unit.kind, _value(figure[0], unit), unit.name, figure.start(), figure.end())


_LARGEST_RATIO = 20


def _ratio(text: str, match: re.Match[str]) -> Quantity | None:
    """1:0.5 → 0.5, 1:1 → 1, 0.5:1 → 0.5; None for times (18:00), scales (1:10000) and ratios of three."""
    start, end = match.span()
    if text[start - 1 : start] == ":" or end - start > 9 or match["second"].startswith("00"):
        return None
    upper, own = read_arabic(match["figure"]), read_arabic(match["second"])
    if not upper or own is None or 1 not in (upper, own) or own > _LARGEST_RATIO:
        return None
    value = upper if own == 1 and upper < 1 else own / upper
    return Quantity("ratio", float(value), "share", start, end)
