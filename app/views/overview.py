"""总览: what is loaded, five numbers, and the tile map of the districts."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st
import yaml

from app.figures import show_figure
from app.pictures.drawing import Picture, State
from app.pictures.tile_map import Tile, tile_map
from app.session import as_of, ask, names, rows
from app.tables import show_rows
from app.texts import say
from data import LEXICONS
from queries.chains import chains
from queries.conflicts import conflicts
from queries.reader import Row
from queries.states import PolicyState


def show() -> None:
    """The page."""
    coverage = rows("coverage", city=None, as_of=as_of())
    loaded = [row for row in coverage if row["policies"]]
    empty = [row for row in coverage if not row["policies"] and row["kind"] != "city"]
    policies, live = sum(row["policies"] for row in loaded), sum(row["live"] for row in loaded)
    st.markdown(
        "### "
        + say(
            "overview.finding",
            places=len(loaded),
            policies=policies,
            live=live,
            as_of=as_of(),
            empty=len(empty),
        )
    )
    _show_numbers(loaded)
    left, right = st.columns([3, 2])
    with left:
        picture = _map(coverage)
        clicked = show_figure(picture, say("overview.map")) if picture else None
        st.caption(say("overview.click"))
    with right:
        _show_policies(clicked or "")


def _show_numbers(loaded: list[Row]) -> None:
    numbers = {
        "overview.policies": sum(row["policies"] for row in loaded),
        "overview.clauses": sum(row["clauses"] for row in loaded),
        "overview.benefits": sum(row["benefits"] for row in loaded),
        "overview.matches": len(ask(chains, as_of(), kind="cofunding")),
        "overview.conflicts": len(ask(conflicts, as_of())),
    }
    for column, (label, number) in zip(st.columns(len(numbers)), numbers.items(), strict=True):
        column.metric(say(label), f"{number:,}")


def _map(coverage: list[Row]) -> Picture | None:
    """The tile map of the first city that has places; each tile says how many policies are loaded and in force."""
    by_name = {row["district"]: row for row in coverage}
    for place in _places().values():
        if place["name"] not in by_name:
            continue
        tiles = [_tile(name, by_name.get(name), *spot) for name, spot in place["tiles"].items()]
        return tile_map(say("overview.map"), _tile(place["name"], by_name[place["name"]], 0, 0), tiles)
    return None


def _tile(name: str, row: Row | None, column: int, line: int) -> Tile:
    if row is None or not row["policies"]:
        return Tile(name, column, line, State.NOT_LOADED)
    state = State.SUPPORTED if row["live"] else State.EXPIRED
    lines = (say("overview.map.line", policies=row["policies"]), say("overview.map.live", live=row["live"]))
    return Tile(name, column, line, state, lines, f"{name}:{'、'.join(row['documents'])}")


def _show_policies(district: str) -> None:
    code = next((name.value for name in names("district") if name.name == district), None)
    found = rows("policies_as_of", district=code, level=None, as_of=as_of())
    show_rows(
        [
            {
                "地区": row["district"],
                "政策": row["policy_title"],
                "状态": PolicyState(row["state"]).label,
                "有效期至": row["effective_to"],
            }
            for row in found
        ],
        "政策清单",
    )


@cache
def _places() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((LEXICONS / "tiles.yaml").read_text(encoding="utf-8"))
    return content
