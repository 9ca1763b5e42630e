"""A chain: boxes in columns from the nation to the city to the districts, and arrows that carry rate and cap."""

from __future__ import annotations

from dataclasses import dataclass

from app.pictures.drawing import ACCENT, ACCENT_PALE, INK, MUTED, PAPER, Drawing, Picture, wrapped

_BOX_WIDTH, _COLUMN_GAP, _ROW_GAP, _MARGIN, _TOP = 260, 210, 18, 16, 44
_LINE = 19


@dataclass(frozen=True, slots=True)
class Box:
    """One step: a clause, programme or policy. `hanging`: its target is not in the corpus, a draft, or no longer in force."""

    name: str
    column: int
    title: str
    lines: tuple[str, ...] = ()
    hanging: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one box to another, with what is paid on the way ("50%,上限 300 万元")."""

    start: str
    end: str
    label: str = ""
    hanging: bool = False


def chain(title: str, heads: list[str], boxes: list[Box], arrows: list[Arrow]) -> Picture:
    """Boxes stand in the column they name, in their order; arrows run from left to right."""
    heights = {box.name: _height(box) for box in boxes}
    places: dict[str, tuple[float, float]] = {}
    bottoms = [float(_TOP)] * len(heads)
    for box in boxes:
        places[box.name] = (_MARGIN + box.column * (_BOX_WIDTH + _COLUMN_GAP), bottoms[box.column])
        bottoms[box.column] += heights[box.name] + _ROW_GAP
    _centre(boxes, places, bottoms)
    width = 2 * _MARGIN + len(heads) * (_BOX_WIDTH + _COLUMN_GAP) - _COLUMN_GAP
    drawing = Drawing(width, max(bottoms) + 34, title)
    for column, head in enumerate(heads):
        drawing.text(_MARGIN + column * (_BOX_WIDTH + _COLUMN_GAP), 26, head, size=14, fill=MUTED)
    drawn = [arrow for arrow in arrows if arrow.start in places and arrow.end in places]
    for arrow in drawn:
        _draw_arrow(drawing, arrow, places, heights)
    # behind all lines, so that none runs through a label
    for arrow in drawn:
        _draw_label(drawing, arrow, places, heights)
    for box in boxes:
        _draw_box(drawing, box, *places[box.name], heights[box.name])
    drawing.text(_MARGIN, max(bottoms) + 20, "虚线：所指未收录、为征求意见稿或已失效", size=12, fill=MUTED)
    return drawing.finish()


def _height(box: Box) -> float:
    lines = len(wrapped(box.title, _BOX_WIDTH - 24, 14, 2)) + len(box.lines) + (1 if box.hanging else 0)
    return 20 + lines * _LINE


def _centre(boxes: list[Box], places: dict[str, tuple[float, float]], bottoms: list[float]) -> None:
    """Moves shorter columns down to the middle of the longest."""
    longest = max(bottoms)
    for box in boxes:
        x, y = places[box.name]
        places[box.name] = (x, y + (longest - bottoms[box.column]) / 2)


def _draw_box(drawing: Drawing, box: Box, x: float, y: float, height: float) -> None:
    group = drawing.group(box.name, box.hanging or box.title)
    dash = {"stroke_dasharray": "3 4"} if box.hanging else {}
    fill = PAPER if box.hanging else ACCENT_PALE
    drawing.rect(
        x, y, _BOX_WIDTH, height, into=group, fill=fill, stroke=ACCENT, stroke_width="1.2", rx="3", **dash
    )
    at = y + 26
    for words in wrapped(box.title, _BOX_WIDTH - 24, 14, 2):
        drawing.text(x + 12, at, words, size=14, into=group, font_weight="600")
        at += _LINE
    for words in box.lines:
        drawing.text(x + 12, at, wrapped(words, _BOX_WIDTH - 24, 13, 1)[0], size=13, into=group, fill=INK)
        at += _LINE
    if box.hanging:
        drawing.text(
            x + 12, at, wrapped(box.hanging, _BOX_WIDTH - 24, 12, 1)[0], size=12, into=group, fill=MUTED
        )


def _draw_arrow(
    drawing: Drawing, arrow: Arrow, places: dict[str, tuple[float, float]], heights: dict[str, float]
) -> None:
    (x1, y1), (x2, y2) = places[arrow.start], places[arrow.end]
    x1, y1, y2 = x1 + _BOX_WIDTH, y1 + heights[arrow.start] / 2, y2 + heights[arrow.end] / 2
    bend = (x1 + x2) / 2
    style = {
        "stroke": MUTED if arrow.hanging else ACCENT,
        "stroke_width": "1.6",
        "marker_end": f"url(#arrow{'-grey' if arrow.hanging else ''})",
    }
    if arrow.hanging:
        style["stroke_dasharray"] = "3 4"
    drawing.path(
        f"M{x1:.0f},{y1:.0f} C{bend:.0f},{y1:.0f} {bend:.0f},{y2:.0f} {x2 - 4:.0f},{y2:.0f}",
        into=None,
        **style,
    )


def _draw_label(
    drawing: Drawing, arrow: Arrow, places: dict[str, tuple[float, float]], heights: dict[str, float]
) -> None:
    x, y = places[arrow.end]
    y += heights[arrow.end] / 2
    halo = {"stroke": PAPER, "stroke_width": "5", "paint_order": "stroke"}
    words = wrapped(arrow.label, _COLUMN_GAP - 24, 13, 2)
    for number, line in enumerate(words):
        drawing.text(
            x - 14,
            y - 10 - (len(words) - 1 - number) * 17,
            line,
            size=13,
            into=None,
            fill=ACCENT,
            text_anchor="end",
            **halo,
        )
