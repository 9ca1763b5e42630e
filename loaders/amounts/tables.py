"""Reads amounts in tables: what a column's head (条件, 奖励金额, 最高限额) says of a bare amount below it, and in which unit.

Where cells end is known to the plain view; amounts whose own cell says what they are need no head.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal

from loaders.amounts.cues import Sentence
from loaders.amounts.numerals import read_arabic
from loaders.amounts.phrases import Chain, Phrase
from loaders.amounts.units import Quantity, Unit
from loaders.lexicon import read_lexicon
from loaders.plain import PlainView

Column = Literal["cap", "threshold", "benefit"]

# An amount whose cell has one of these in front of it is told by its own words.
_TELLING = frozenset(
    (
        "give",
        "award",
        "support",
        "cap",
        "limit",
        "floor",
        "each",
        "raise",
        "raise_to",
        "base",
        "metric",
        "growth",
        "pool",
        "payout",
    )
)


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a table at [start, end) of the plain text, its head at [start, body) among them; `columns` are what the head's
    cells say, `units` the units that they name (奖励金额(万元))."""

    start: int
    body: int
    end: int
    columns: list[Column | None]
    units: list[Unit | None]


class Tables:
    """The tables of a plain view."""

    def __init__(self, view: PlainView) -> None:
        self._text, self._cells = view.text, view.cells
        self._tables = list(_read(view)) if view.cells else []
        self._starts = [table.start for table in self._tables]

    def bare_figures(self) -> Iterator[Quantity]:
        """The figures that are a whole cell (50) below a head that names their unit, in order."""
        for table in self._tables:
            if not any(table.units):
                continue
            at = table.body + 1
            while at < table.end:
                first, last = _row_bounds(self._text, at)
                cells = self._cells[bisect_left(self._cells, first) : bisect_left(self._cells, last)]
                bounds = [first - 1, *cells, last]
                missing = max(len(table.units) - len(bounds) + 1, 0)
                for column, (a, b) in enumerate(pairwise(bounds), missing):
                    unit = table.units[column] if column < len(table.units) else None
                    written = self._text[a + 1 : b]
                    value = read_arabic(written) if unit else None
                    if unit and value is not None:
                        yield Quantity(unit.kind, float(value * unit.size), unit.name, a + 1, b)
                at = last + 1

    def table_start(self, position: int) -> int | None:
        """Where the table begins in which `position` stands; None where it stands in none."""
        table = self._table_at(position)
        return table.start if table else None

    def settle(self, sentence: Sentence, phrases: list[Phrase]) -> None:
        """Gives the bare amounts of a row the roles that the heads of their columns say."""
        if self._table_at(sentence.start) is None:
            return
        for phrase in phrases:
            for chain in phrase.chains:
                column = self._column_of(chain)
                if column and chain.quantities[0].value is not None:
                    _take(chain, column)

    def _table_at(self, position: int) -> _Table | None:
        at = bisect_right(self._starts, position) - 1
        return self._tables[at] if at >= 0 and position < self._tables[at].end else None

    def _column_of(self, chain: Chain) -> Column | None:
        table = self._table_at(chain.start)
        if table is None:
            return None
        first, last = _row_bounds(self._text, chain.start)
        begin, end = bisect_left(self._cells, first), bisect_left(self._cells, last)
        place = bisect_left(self._cells, chain.start, begin, end)
        cell_start = self._cells[place - 1] + 1 if place > begin else first
        if any(token.cue in _TELLING and token.start >= cell_start for token in chain.window) or chain.bound:
            return None
        # a cell that runs down over rows is missing at the row's left
        missing = len(table.columns) - (end - begin + 1)
        column = place - begin + max(missing, 0)
        return table.columns[column] if column < len(table.columns) else None


def _take(chain: Chain, column: Column) -> None:
    is_money = "money" in [quantity.kind for quantity in chain.quantities]
    if column == "threshold":
        chain.role, chain.rule, chain.is_award = "threshold", "表中条件栏", False
    else:
        chain.role, chain.rule, chain.is_award = "benefit", "表中奖励栏", is_money
        chain.capped = chain.capped or column == "cap"


def _read(view: PlainView) -> list[_Table]:
    tables: list[_Table] = []
    done = -1
    for at, cell in enumerate(view.cells):
        if cell < done:
            continue
        start, end = _row_bounds(view.text, cell)
        head = view.text[start:end]
        body, heads = end, _cells_of(head, [c - start for c in view.cells[at : bisect_left(view.cells, end)]])
        while (following := bisect_right(view.cells, end)) < len(view.cells):
            first, last = _row_bounds(view.text, view.cells[following])
            if first != end + 1:
                break
            end = last
        done = end
        tables.append(
            _Table(start, body, end, [_column(one) for one in heads], [_unit(one) for one in heads])
        )
    return tables


def _row_bounds(text: str, position: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return start, end if end >= 0 else len(text)


def _cells_of(row: str, parts: list[int]) -> list[str]:
    return [row[a + 1 : b].strip() for a, b in pairwise([-1, *parts, len(row)])]


_UNIT = re.compile(r"[(,](?:单位:?)?(万元|亿元|元|%|平方米)[^()]*\)?$")
_UNITS = {
    "元": Unit("money", "CNY", Decimal(1)),
    "万元": Unit("money", "CNY", Decimal(10_000)),
    "亿元": Unit("money", "CNY", Decimal(100_000_000)),
    "%": Unit("share", "share", Decimal("0.01")),
    "平方米": Unit("area", "m2", Decimal(1)),
}


@cache
def _unit(head: str) -> Unit | None:
    """The unit that a column's head names in brackets: 奖励金额(万元), 比例(%)."""
    found = _UNIT.search(head)
    return _UNITS[found[1]] if found else None


@cache
def _column(head: str) -> Column | None:
    """What a column's head says; a first row with figures in it heads nothing."""
    if any(character.isdigit() for character in head):
        return None
    for name, found in _patterns():
        if found.search(head):
            return name
    return None


@cache
def _patterns() -> list[tuple[Column, re.Pattern[str]]]:
    return [(entry["role"], re.compile(entry["pattern"])) for entry in read_lexicon("tables")["columns"]]
