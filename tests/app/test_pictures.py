"""Pictures: four states with four looks, text as text, and files that stand for themselves."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from app.answers.places import district_map
from app.pictures.chain import Arrow, Box, chain
from app.pictures.drawing import Drawing, State, shortened, text_width, wrapped
from app.pictures.fonts import has_chinese_font
from app.pictures.matrix import Cell, matrix
from app.pictures.pairs import Group, Item, Legend, Link, pairs
from app.pictures.tile_map import Tile, short_name, tile_map

HOSTILE = '</svg><script>alert("1")</script>&'


def _looks() -> dict[State, tuple[str | None, ...]]:
    found = {}
    for state in State:
        drawing = Drawing(100, 100, "x")
        drawing.cell(0, 0, 10, 10, state)
        box = ET.fromstring(drawing.finish().svg)[-1]
        found[state] = tuple(box.get(name) for name in ("fill", "stroke", "stroke-dasharray"))
    return found


def test_every_state_has_a_look_of_its_own() -> None:
    looks = _looks()
    assert len(State) == len(set(looks.values())) == 5
    assert (
        looks[State.NOT_FOUND][0] != looks[State.NOT_LOADED][0]
    )  # not collected is never taken for not supported


@pytest.mark.parametrize(
    "picture",
    [
        tile_map(HOSTILE, None, [Tile(HOSTILE, 0, 0, State.SUPPORTED, (HOSTILE,), HOSTILE)]),
        matrix(HOSTILE, [HOSTILE], [HOSTILE], {(0, 0): Cell(State.EXPIRED, HOSTILE, HOSTILE, HOSTILE)}),
        chain(HOSTILE, [HOSTILE], [Box("a", 0, HOSTILE, (HOSTILE,), HOSTILE)], [Arrow("a", "a", HOSTILE)]),
        pairs(
            HOSTILE,
            [Group(HOSTILE, (Item("a", HOSTILE, HOSTILE, HOSTILE), Item("b", "b")))],
            [Link("a", "b", True, HOSTILE)],
            Legend(HOSTILE, HOSTILE),
        ),
    ],
    ids=["tile_map", "matrix", "chain", "pairs"],
)
def test_text_of_documents_is_no_markup_in_a_picture_or_its_page(picture: object) -> None:
    from app.pictures.drawing import Picture

    assert isinstance(picture, Picture)
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(picture.svg).iter()}
    assert "script" not in tags
    assert "<script" not in picture.to_html()


def test_a_picture_asks_the_network_for_nothing() -> None:
    page = tile_map("图", None, [Tile("丰台区", 0, 0, State.SUPPORTED)]).to_html()
    assert re.findall(r'(?:src|href)="?(?!#)[^"]*', page) == []


def test_a_picture_is_written_as_png() -> None:
    if not has_chinese_font():
        pytest.skip("no Chinese font on this machine: PNG cannot be written")
    assert tile_map("图", None, [Tile("丰台区", 0, 0, State.SUPPORTED)]).to_png().startswith(b"\x89PNG")


def test_words_are_cut_to_fit() -> None:
    assert shortened("支持人工智能科技创新", 80, 14) == "支持人工…"
    assert text_width("支持a", 10) == pytest.approx(25.6)
    assert wrapped("一二三四五六七", 30, 10, 2) == ["一二三", "四五…"]


@pytest.mark.parametrize(
    ("name", "short"),
    [("丰台区", "丰台"), ("北京经济技术开发区", "经开区"), ("永嘉县", "永嘉县"), ("门头沟区", "门头沟")],
)
def test_places_have_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_tiles_of_beijing_stand_where_their_neighbours_are_and_of_other_cities_in_rows() -> None:
    def rows(city: str, districts: list[str]) -> list[dict[str, object]]:
        places = [
            {"district": city, "kind": "city"},
            *({"district": name, "kind": "district"} for name in districts),
        ]
        return [{**place, "policies": 1, "district_code": ""} for place in places]

    def titles(city: str, districts: list[str]) -> list[tuple[str, float, float]]:
        picture = district_map(
            "图", rows(city, districts), lambda row: Tile(row["district"], 0, 0, State.SUPPORTED)
        )
        root = ET.fromstring(picture.svg)
        spots = []
        for group in root.iter("{http://www.w3.org/2000/svg}g"):
            box = group.find("{http://www.w3.org/2000/svg}rect")
            assert box is not None
            spots.append((group.get("data-id") or "", float(box.get("x") or 0), float(box.get("y") or 0)))
        return spots

    beijing = {name: (x, y) for name, x, y in titles("北京市", ["海淀区", "丰台区", "通州区"])}
    assert beijing["海淀区"][1] < beijing["丰台区"][1]  # north of it
    assert beijing["丰台区"][0] < beijing["通州区"][0]  # west of it
    wenzhou = titles("温州市", [f"区{number}" for number in range(6)])
    assert len({(x, y) for _, x, y in wenzhou}) == 7
