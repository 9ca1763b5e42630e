"""A tile map: one square a district, in the place where its neighbours are its neighbours. No outlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from app.pictures.drawing import (
    FOUR_STATES,
    INK,
    MUTED,
    Drawing,
    Picture,
    State,
    ink_on,
    shortened,
    text_width,
)

_TILE, _GAP, _MARGIN, _UPPER, _WORDS = 106, 6, 8, 46, 14

TILE_TEXT, TILE_SIZE = _TILE - 12, _WORDS
"""Pixels that a line of a tile has, and the size of its type."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One place: where it stands, its state, and at most three short lines of what is known ("30%", "上限 50 万元")."""

    name: str
    column: int
    row: int
    state: State
    lines: tuple[str, ...] = ()
    tooltip: str = ""
    shade: float = 1.0


def tile_map(
    title: str, upper: Tile | None, tiles: list[Tile], meanings: Mapping[State, str] = FOUR_STATES
) -> Picture:
    """The map of `tiles`, with the upper level (the city) as a wide tile above; `meanings` says what the looks mean here."""
    columns = 1 + max((tile.column for tile in tiles), default=0)
    rows = 1 + max((tile.row for tile in tiles), default=0)
    width = 2 * _MARGIN + columns * (_TILE + _GAP) - _GAP
    top = _MARGIN + (_UPPER + _GAP if upper else 0)
    legend = 2 * _MARGIN + sum(46 + text_width(meaning, 13) for meaning in meanings.values())
    drawing = Drawing(max(width, legend), top + rows * (_TILE + _GAP) + 34, title)
    if upper:
        _draw_wide(drawing, upper, width - 2 * _MARGIN)
    for tile in tiles:
        x, y = _MARGIN + tile.column * (_TILE + _GAP), top + tile.row * (_TILE + _GAP)
        _draw(drawing, tile, x, y)
    drawing.legend(_MARGIN, top + rows * (_TILE + _GAP) + 20, meanings)
    return drawing.finish()


def short_name(name: str) -> str:
    """丰台区 → 丰台, 浦东新区 → 浦东, 北京经济技术开发区 → 经开区: what fits a square or a column's head."""
    if name.endswith("经济技术开发区"):
        return "经开区"
    if name.endswith("新区") and len(name) == 4:
        return name.removesuffix("新区")
    return name.removesuffix("区") if 3 <= len(name) <= 4 else name


def _draw_wide(drawing: Drawing, tile: Tile, width: float) -> None:
    """The upper level's tile: name and lines in one row."""
    group = _box(drawing, tile, _MARGIN, _MARGIN, width, _UPPER)
    indent = text_width(tile.name, 16) + 30
    words = " · ".join(tile.lines)
    drawing.text(
        _MARGIN + indent,
        _MARGIN + 29,
        shortened(words, width - indent - 10, _WORDS),
        size=_WORDS,
        into=group,
        fill=_ink(tile),
        **_halo(tile),
    )


def _draw(drawing: Drawing, tile: Tile, x: float, y: float) -> None:
    group = _box(drawing, tile, x, y, _TILE, _TILE)
    for number, line in enumerate(tile.lines[:3]):
        drawing.text(
            x + 10,
            y + 51 + number * 20,
            shortened(line, TILE_TEXT, _WORDS),
            size=_WORDS,
            into=group,
            fill=_ink(tile),
            **_halo(tile),
        )


def _box(drawing: Drawing, tile: Tile, x: float, y: float, width: float, height: float) -> ET.Element:
    group = drawing.group(tile.name, tile.tooltip or f"{tile.name}：{tile.state.value}")
    drawing.cell(x, y, width, height, tile.state, into=group, shade=tile.shade)
    drawing.text(
        x + 10,
        y + 29,
        shortened(short_name(tile.name), width - 16, 16),
        size=16,
        into=group,
        fill=ink_on(tile.state, tile.shade),
        font_weight="600",
        **_halo(tile),
    )
    return group


def _ink(tile: Tile) -> str:
    match tile.state:
        case State.SUPPORTED:
            return ink_on(tile.state, tile.shade)
        case State.EXPIRED | State.MENTIONED:
            return INK
        case _:
            return MUTED


def _halo(tile: Tile) -> dict[str, str]:
    """Words on hatching stand on a white rim."""
    if tile.state is not State.EXPIRED:
        return {}
    return {"stroke": "#FFFFFF", "stroke_width": "4", "paint_order": "stroke"}
