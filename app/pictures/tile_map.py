"""A tile map: one square a district, in the place where its neighbours are its neighbours. No outlines."""

from __future__ import annotations

from dataclasses import dataclass

from app.pictures.drawing import INK, MUTED, Drawing, Picture, State, ink_on, shortened

_TILE, _GAP, _MARGIN = 104, 8, 16


@dataclass(frozen=True, slots=True)
class Tile:
    """One place: where it stands, its state, and at most two short lines of what is known ("30%", "上限 50 万元")."""

    name: str
    column: int
    row: int
    state: State
    lines: tuple[str, ...] = ()
    tooltip: str = ""
    shade: float = 1.0


def tile_map(title: str, upper: Tile | None, tiles: list[Tile]) -> Picture:
    """The map of `tiles`, with the upper level (the city) as a wide tile above."""
    columns = 1 + max((tile.column for tile in tiles), default=0)
    rows = 1 + max((tile.row for tile in tiles), default=0)
    width = 2 * _MARGIN + columns * (_TILE + _GAP) - _GAP
    top = _MARGIN + (56 + _GAP if upper else 0)
    drawing = Drawing(max(width, 560), top + rows * (_TILE + _GAP) + 40, title)
    if upper:
        _draw(drawing, upper, _MARGIN, _MARGIN, width - 2 * _MARGIN, 56)
    for tile in tiles:
        x, y = _MARGIN + tile.column * (_TILE + _GAP), top + tile.row * (_TILE + _GAP)
        _draw(drawing, tile, x, y, _TILE, _TILE)
    drawing.legend(_MARGIN, top + rows * (_TILE + _GAP) + 20)
    return drawing.finish()


def _draw(drawing: Drawing, tile: Tile, x: float, y: float, width: float, height: float) -> None:
    group = drawing.group(tile.name, tile.tooltip or f"{tile.name}:{tile.state.value}")
    drawing.cell(x, y, width, height, tile.state, into=group, shade=tile.shade)
    ink = ink_on(tile.state, tile.shade)
    hatched = (
        {"stroke": "#FFFFFF", "stroke_width": "4", "paint_order": "stroke"}
        if tile.state is State.EXPIRED
        else {}
    )
    drawing.text(
        x + 10,
        y + 26,
        shortened(_short(tile.name), width - 16, 16),
        size=16,
        into=group,
        fill=ink,
        font_weight="600",
        **hatched,
    )
    for number, line in enumerate(tile.lines[:3]):
        colour = ink if tile.state is State.SUPPORTED else (INK if tile.state is State.EXPIRED else MUTED)
        drawing.text(
            x + 10,
            y + 50 + number * 20,
            shortened(line, width - 16, 13),
            size=13,
            into=group,
            fill=colour,
            **hatched,
        )


def _short(name: str) -> str:
    """丰台区 → 丰台, 北京经济技术开发区 → 经开区: what fits a square."""
    if name.endswith("经济技术开发区"):
        return "经开区"
    return name.removesuffix("区") if len(name) <= 4 else name
