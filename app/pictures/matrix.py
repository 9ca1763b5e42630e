"""A matrix: districts by topics, each cell with the look of its state and a short figure."""

from __future__ import annotations

from dataclasses import dataclass

from app.pictures.drawing import INK, RULE, Drawing, Picture, State, ink_on, shortened, text_width, wrapped

_CELL, _ROW, _MARGIN, _HEAD = 96, 40, 16, 62


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known at one place of the matrix; `name` is what a click gives back."""

    state: State
    label: str = ""
    tooltip: str = ""
    name: str | None = None
    shade: float = 0.85


def matrix(title: str, rows: list[str], columns: list[str], cells: dict[tuple[int, int], Cell]) -> Picture:
    """`cells[row, column]`; a place without a cell is not found in the loaded policies."""
    head = max((text_width(name, 14) for name in rows), default=0) + 24
    drawing = Drawing(
        max(_MARGIN * 2 + head + len(columns) * _CELL, 560), _MARGIN + _HEAD + len(rows) * _ROW + 44, title
    )
    for number, name in enumerate(columns):
        x = _MARGIN + head + number * _CELL
        for line, words in enumerate(wrapped(name, _CELL - 10, 13, 3)):
            drawing.text(x + 4, _MARGIN + 14 + line * 17, words, size=13, fill=INK)
    for row, name in enumerate(rows):
        y = _MARGIN + _HEAD + row * _ROW
        drawing.text(_MARGIN, y + 26, name, size=14)
        drawing.line(_MARGIN, y, _MARGIN + head, y, stroke=RULE, stroke_width="0.5")
        for column in range(len(columns)):
            cell = cells.get((row, column), Cell(State.NOT_FOUND))
            x = _MARGIN + head + column * _CELL
            group = drawing.group(cell.name, cell.tooltip or f"{name} · {columns[column]}:{cell.state.value}")
            drawing.cell(x + 2, y + 2, _CELL - 4, _ROW - 4, cell.state, into=group, shade=cell.shade)
            if cell.label:
                ink = ink_on(cell.state, cell.shade)
                drawing.text(
                    x + _CELL / 2,
                    y + 25,
                    shortened(cell.label, _CELL - 10, 12),
                    size=12,
                    into=group,
                    fill=ink,
                    text_anchor="middle",
                )
    drawing.legend(_MARGIN, _MARGIN + _HEAD + len(rows) * _ROW + 26)
    return drawing.finish()
