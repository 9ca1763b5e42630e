"""A matrix: districts by topics, each cell with the look of its state and a short figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.pictures.drawing import (
    FOUR_STATES,
    INK,
    RULE,
    Drawing,
    Picture,
    State,
    ink_on,
    shortened,
    text_width,
    wrapped,
)

_MARGIN, _MOST_HEAD, _HEAD_LINE = 16, 250, 17


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known at one place of the matrix; `name` is what a click gives back."""

    state: State
    label: str = ""
    tooltip: str = ""
    name: str | None = None
    shade: float = 0.85


def matrix(
    title: str,
    rows: list[str],
    columns: list[str],
    cells: dict[tuple[int, int], Cell],
    *,
    cell: tuple[int, int] = (52, 30),
    meanings: Mapping[State, str] = FOUR_STATES,
) -> Picture:
    """`cells[row, column]`, each `cell` pixels wide and high; a place without one is not found in the loaded policies. `meanings` says
    what the looks mean here."""
    width, height = cell
    head = min(_MOST_HEAD, max((text_width(name, 14) for name in rows), default=0) + 16)
    names = [wrapped(name, width - 6, 13, 3) for name in columns]
    top = _MARGIN + _HEAD_LINE * max(map(len, names), default=1) + 8
    legend = 2 * _MARGIN + sum(46 + text_width(meaning, 13) for meaning in meanings.values())
    drawing = Drawing(
        max(_MARGIN * 2 + head + len(columns) * width, legend), top + len(rows) * height + 44, title
    )
    for number, lines in enumerate(names):
        x = _MARGIN + head + (number + 0.5) * width
        for line, words in enumerate(lines):
            y = top - 8 - (len(lines) - 1 - line) * _HEAD_LINE
            drawing.text(x, y, words, size=13, fill=INK, text_anchor="middle")
    for row, name in enumerate(rows):
        y = top + row * height
        drawing.text(_MARGIN, y + height / 2 + 5, shortened(name, head - 10, 14), size=14)
        drawing.line(_MARGIN, y, _MARGIN + head, y, stroke=RULE, stroke_width="0.5")
        for column, column_name in enumerate(columns):
            found = cells.get((row, column), Cell(State.NOT_FOUND))
            place = (_MARGIN + head + column * width, y)
            _draw(drawing, found, place, cell, f"{column_name} · {name}：{found.state.value}")
    drawing.legend(_MARGIN, top + len(rows) * height + 26, meanings)
    return drawing.finish()


def _draw(
    drawing: Drawing, found: Cell, place: tuple[float, float], size: tuple[int, int], tooltip: str
) -> None:
    (x, y), (width, height) = place, size
    group = drawing.group(found.name, found.tooltip or tooltip)
    drawing.cell(x + 1.5, y + 1.5, width - 3, height - 3, found.state, into=group, shade=found.shade)
    if found.label:
        drawing.text(
            x + width / 2,
            y + height / 2 + 4,
            shortened(found.label, width - 6, 12),
            size=12,
            into=group,
            fill=ink_on(found.state, found.shade),
            text_anchor="middle",
        )
