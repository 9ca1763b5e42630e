"""Pairs: items one below the other, in groups, and an arc between any two that shut each other out."""

from __future__ import annotations

from dataclasses import dataclass

from app.pictures.drawing import (
    ACCENT_PALE,
    INK,
    MUTED,
    PAPER,
    RULE,
    Drawing,
    Picture,
    shortened,
    text_width,
)

_MARGIN, _ROW, _TEXT, _ARCS, _DOT = 16, 26, 560, 300, 4
_SURE, _ARGUABLE = "#C00000", "#D98880"


@dataclass(frozen=True, slots=True)
class Item:
    """One support; `figure` is set right beside it, `faint` where it is left out."""

    name: str
    label: str
    figure: str = ""
    tooltip: str = ""
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Items under a heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Two items that may not both be drawn; `sure` or arguable."""

    a: str
    b: str
    sure: bool = True
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """What a sure and an arguable arc mean."""

    sure: str
    arguable: str


def pairs(title: str, groups: list[Group], links: list[Link], legend: Legend) -> Picture:
    """The items by group, from top to bottom, and the arcs to their right; the further apart, the wider the arc."""
    heights: dict[str, float] = {}
    y = float(_MARGIN)
    for group in groups:
        y += _ROW + 6
        for item in group.items:
            heights[item.name] = y + _ROW / 2
            y += _ROW
    drawing = Drawing(2 * _MARGIN + _TEXT + _ARCS, y + 40, title)
    at = float(_MARGIN)
    for group in groups:
        drawing.text(_MARGIN, at + 20, shortened(group.heading, _TEXT, 14), size=14, fill=MUTED)
        drawing.line(_MARGIN, at + _ROW, _MARGIN + _TEXT, at + _ROW, stroke=RULE, stroke_width="1")
        at += _ROW + 6
        for item in group.items:
            _draw_item(drawing, item, at)
            at += _ROW
    for link in links:
        if link.a in heights and link.b in heights:
            _draw_link(drawing, link, heights[link.a], heights[link.b], y - _MARGIN)
    _draw_legend(drawing, legend, y + 24)
    return drawing.finish()


def _draw_item(drawing: Drawing, item: Item, y: float) -> None:
    group = drawing.group(item.name, item.tooltip or item.label)
    fill = PAPER if item.faint else ACCENT_PALE
    drawing.rect(_MARGIN, y + 2, _TEXT, _ROW - 4, into=group, fill=fill)
    room = _TEXT - 24 - (text_width(item.figure, 14) + 16 if item.figure else 0)
    ink = MUTED if item.faint else INK
    drawing.text(_MARGIN + 8, y + 18, shortened(item.label, room, 14), size=14, into=group, fill=ink)
    if item.figure:
        drawing.text(
            _MARGIN + _TEXT - 14, y + 18, item.figure, size=14, into=group, fill=ink, text_anchor="end"
        )


def _draw_link(drawing: Drawing, link: Link, y1: float, y2: float, tallest: float) -> None:
    x = _MARGIN + _TEXT + 4
    bulge = 36 + (_ARCS - 60) * 4 / 3 * abs(y2 - y1) / max(tallest, 1)
    group = drawing.group(f"{link.a}|{link.b}", link.tooltip or None)
    style = (
        {"stroke": _SURE, "stroke_dasharray": "7 4"}
        if link.sure
        else {"stroke": _ARGUABLE, "stroke_dasharray": "2 4"}
    )
    d = f"M{x:.0f},{y1:.1f} C{x + bulge:.1f},{y1:.1f} {x + bulge:.1f},{y2:.1f} {x:.0f},{y2:.1f}"
    drawing.path(d, into=group, stroke_width="1.5", **style)
    for y in (y1, y2):
        drawing.rect(x - _DOT / 2, y - _DOT / 2, _DOT, _DOT, into=group, fill=style["stroke"])


def _draw_legend(drawing: Drawing, legend: Legend, y: float) -> None:
    x = float(_MARGIN)
    for words, colour, dashes in ((legend.sure, _SURE, "7 4"), (legend.arguable, _ARGUABLE, "2 4")):
        if not words:
            continue
        drawing.line(x, y - 4, x + 34, y - 4, stroke=colour, stroke_width="1.5", stroke_dasharray=dashes)
        drawing.text(x + 42, y, words, size=13, fill=MUTED)
        x += 42 + text_width(words, 13) + 26
