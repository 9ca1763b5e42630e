"""Where each district's tile stands on a city's map: as data/lexicons/tiles.yaml has it, else in rows by code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from app.pictures.drawing import Picture, State
from app.pictures.tile_map import Tile, tile_map
from data import LEXICONS
from queries.reader import Row

_A_ROW = 5

CITY_KINDS = ("city", "province", "country")


def district_map(
    title: str,
    coverage: Sequence[Row],
    tile: Callable[[Row], Tile],
    meanings: Mapping[State, str] | None = None,
) -> Picture:
    """A tile map of a city and its districts. `coverage` holds the rows of the query of that name for one city, `tile` says what a
    district's tile shows (its place is set here)."""
    city = next((row for row in coverage if row["kind"] in CITY_KINDS), None)
    districts = [row for row in coverage if row["kind"] not in CITY_KINDS]
    places = _places(city["district"] if city else "", [row["district"] for row in districts])
    by_name = {row["district"]: row for row in districts}
    tiles = [_placed(tile(by_name[name]), spot) for name, spot in places.items() if name in by_name]
    upper = None if city is None else tile(city)
    return tile_map(title, upper, tiles, meanings) if meanings else tile_map(title, upper, tiles)


def _placed(tile: Tile, spot: tuple[int, int]) -> Tile:
    column, row = spot
    return Tile(tile.name, column, row, tile.state, tile.lines, tile.tooltip, tile.shade)


def _places(city: str, districts: list[str]) -> dict[str, tuple[int, int]]:
    known: dict[str, list[int]] = next(
        (place["tiles"] for place in _lexicon().values() if place["name"] == city), {}
    )
    places = {name: (spot[0], spot[1]) for name, spot in known.items()}
    below = 1 + max((row for _, row in places.values()), default=-1)
    others = [name for name in districts if name not in places]
    for number, name in enumerate(others):
        places[name] = (number % _A_ROW, below + number // _A_ROW)
    return places


@cache
def _lexicon() -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(
        (LEXICONS / "tiles.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return content
