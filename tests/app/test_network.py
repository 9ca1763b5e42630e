"""The graph picture: what is drawn, that no two labels share a line, and that its file holds text as text."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

from app.answers.network import FIRST_LEFT, LINE, MOST_AT_FIRST, gather, height_of, places, start_choices
from app.answers.network_data import embedded_json
from app.evidence import Evidence, in_its_sentence
from queries.neighbourhood import Neighbourhood, PictureEdge, PictureNode


def node(id_: str, label: str = "Clause", distance: int = 1) -> PictureNode:
    return PictureNode(id_, label, id_, distance)


def edge(source: str, target: str, type_: str = "ABOUT") -> PictureEdge:
    return PictureEdge(source, target, type_, (), "原文", "a.txt")


def around(middle: str, *others: str, inward: bool = False) -> Neighbourhood:
    nodes = (node(middle, "Topic", 0), *(node(other) for other in others))
    edges = tuple(edge(other, middle) if inward else edge(middle, other) for other in others)
    return Neighbourhood(nodes, edges, False)


def test_edges_run_from_left_to_right() -> None:
    subgraph = gather("t", {"t": around("t", "a", "b", inward=True), "a": around("a", "x")}, (), ())
    spots = places(subgraph, {})
    assert spots["t"][0] == 0
    assert spots["a"][0] == spots["b"][0] == -FIRST_LEFT
    assert spots["x"][0] == 0  # one step to the right of a


def test_no_two_labels_share_a_line() -> None:
    others = [f"n{number}" for number in range(40)]
    spots = places(gather("t", {"t": around("t", *others)}, (), ()), {})
    by_column: dict[float, list[float]] = {}
    for x, y in spots.values():
        by_column.setdefault(x, []).append(y)
    for lines in by_column.values():
        lines.sort()
        assert all(below - above >= LINE for above, below in pairwise(lines))
    assert 420 <= height_of(spots) <= 900


def test_at_most_sixty_nodes_at_first_and_the_rest_is_told() -> None:
    others = [f"n{number:03}" for number in range(100)]
    subgraph = gather("t", {"t": around("t", *others)}, (), ())
    assert len(subgraph.nodes) == MOST_AT_FIRST + 1
    assert subgraph.left_out == 100 - MOST_AT_FIRST


def test_filters_keep_labels_and_edge_types() -> None:
    found = {
        "t": Neighbourhood(
            (node("t", "Topic", 0), node("a"), node("h", "Honor")),
            (edge("t", "a"), edge("t", "h", "REWARDS")),
            False,
        )
    }
    assert set(gather("t", found, ["Honor"], ()).nodes) == {"t", "h"}
    assert set(gather("t", found, (), ["ABOUT"]).nodes) == {"t", "a"}


def test_things_of_one_name_are_told_apart() -> None:
    rows = [{"label": "Policy", "name": "办法", "id": "1"}, {"label": "Policy", "name": "办法", "id": "2"}]
    assert start_choices(rows) == {"政策 · 办法": "1", "政策 · 办法（2）": "2"}


def test_a_bare_mention_is_shown_in_its_sentence() -> None:
    text = "第一句。对租用算力的企业,发放算力券;第三句"
    mention = Evidence("丰台区", "p", "措施", ("第一条",), "算力券")
    shown = in_its_sentence(mention, text)
    assert shown.quote == "对租用算力的企业,发放算力券"
    assert [shown.quote[start:end] for start, end in shown.places] == ["算力券"]
    assert in_its_sentence(replace(mention, quote="别处"), text).quote == "别处"


def test_json_in_a_page_can_end_no_element() -> None:
    content = {"title": "</script><script>alert(1)</script>", "sign": "a&b\u2028c"}
    text = embedded_json(content)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == content
