"""Rows as a py2neo Subgraph: each node and edge once, wherever in a row it stands."""

from __future__ import annotations

from queries.reader import Row
from queries.subgraph import to_subgraph

POLICY = {"node": "Policy", "id": "policy-1", "properties": {"title": "甲区若干措施"}}
CLAUSE = {"node": "Clause", "id": "clause-1", "properties": {"cite": ["第一条"]}}
HAS = {"edge": "HAS_CLAUSE", "from": "policy-1", "to": "clause-1", "properties": {"order": 0}}


def _ends(rows: list[Row]) -> list[tuple[str, str, str]]:
    edges = to_subgraph(rows).relationships
    return sorted((edge.start_node["id"], type(edge).__name__, edge.end_node["id"]) for edge in edges)


def test_nodes_have_label_id_and_properties() -> None:
    (node,) = to_subgraph([{"p": POLICY}]).nodes
    assert set(node.labels) == {"Policy"}
    assert dict(node) == {"id": "policy-1", "title": "甲区若干措施"}


def test_an_edge_leads_between_the_nodes_of_any_row() -> None:
    rows = [{"c": CLAUSE}, {"r": HAS}, {"p": POLICY}]
    assert _ends(rows) == [("policy-1", "HAS_CLAUSE", "clause-1")]
    (edge,) = to_subgraph(rows).relationships
    assert edge["order"] == 0
    assert edge.start_node["title"] == "甲区若干措施"


def test_what_stands_in_lists_maps_and_paths_is_found_once() -> None:
    path = [POLICY, CLAUSE, HAS]
    found = to_subgraph([{"path": path, "more": {"all": [CLAUSE, POLICY]}}, {"path": path}])
    assert len(found.nodes) == 2
    assert len(found.relationships) == 1


def test_two_edges_that_say_different_things_stay_two() -> None:
    rules = [
        {"edge": "EXCLUDES", "from": "clause-1", "to": "clause-2", "properties": {"by": by}}
        for by in ("clause-8", "clause-9")
    ]
    found = to_subgraph([{"rules": rules}])
    assert sorted(edge["by"] for edge in found.relationships) == ["clause-8", "clause-9"]
    assert len(found.nodes) == 2


def test_a_node_that_only_an_edge_names_has_its_id_alone() -> None:
    (edge,) = to_subgraph([{"r": HAS}]).relationships
    assert dict(edge.end_node) == {"id": "clause-1"}
    assert set(edge.end_node.labels) == set()


def test_numbers_and_text_are_passed_over() -> None:
    assert not to_subgraph([{"title": "甲区若干措施", "clauses": 3, "rates": [0.3], "cap": None}]).nodes
