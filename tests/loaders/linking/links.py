"""Reads links out of an assembled graph by titles and cites, so that tests need no ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.model import Edge, Graph
from loaders.assemble import assemble
from loaders.record import PolicyRecord

Link = tuple[str, str]


def graph_of(*records: PolicyRecord) -> Graph:
    """The graph of some records, which keeps the schema."""
    graph = assemble(records).graph
    assert graph.check() == []
    return graph


def links(graph: Graph, type_: str, **wanted: Any) -> dict[Link, dict[str, Any]]:
    """(start, end) → properties, of edges that have the properties wanted. A clause is called "甲 第一条", other nodes by name or title."""
    return {
        (name(graph, edge.start), name(graph, edge.end)): edge.properties
        for edge in _chosen(graph, type_, wanted)
    }


def pairs(graph: Graph, type_: str, **wanted: Any) -> set[frozenset[str]]:
    """The two ends of edges without direction."""
    return {frozenset((name(graph, e.start), name(graph, e.end))) for e in _chosen(graph, type_, wanted)}


def _chosen(graph: Graph, type_: str, wanted: dict[str, Any]) -> Iterable[Edge]:
    for edge in graph.edges(type_):
        if all(edge.properties.get(key) == value for key, value in wanted.items()):
            yield edge


def name(graph: Graph, id_: str) -> str:
    """What tests call a node."""
    node = graph.node(id_)
    assert node is not None
    properties = node.properties
    if node.label == "Clause":
        return f"{properties['policy_title']} {' '.join(properties['cite'])}"  # type: ignore[arg-type]
    return str(properties.get("title") or properties.get("name") or properties.get("code"))
