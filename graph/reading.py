"""Reads a whole graph, or counts it, through any function that runs queries. How these reach a server is graph.store's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from graph.model import Growing
from graph.schema import Schema

Row: TypeAlias = dict[str, Any]
Parameters: TypeAlias = Mapping[str, object]
Run: TypeAlias = Callable[[str, Parameters], list[Row]]
"""Runs one query and returns its rows."""


NODES_AT_ONCE = 2_000
"""Of each answer: a server makes the whole of one in its memory, and some nodes have thousands of edges."""

Put = TypeVar("Put", bound=Growing)


def read_into(graph: Put, run: Run) -> Put:
    """Put every node and edge that `run` can see and that schema.yaml declares into a graph, some at a time; bookkeeping is left out."""
    starts = {start for edge in graph.schema.edges.values() for ends in edge.ends for start in ends.start}
    for label in graph.schema.nodes:
        ids = [row["id"] for row in run(f"MATCH (n:{label}) RETURN n.id AS id", {})]
        for first in range(0, len(ids), NODES_AT_ONCE):
            some = {"ids": ids[first : first + NODES_AT_ONCE]}
            _read_nodes(graph, label, run, some)
            if label in starts:
                _read_edges(graph, label, run, some)
    return graph


def _read_nodes(graph: Growing, label: str, run: Run, ids: Parameters) -> None:
    query = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN id, properties(n) AS properties"
    for row in run(query, ids):
        properties = dict(row["properties"])
        properties.pop("id", None)
        graph.add_node(label, row["id"], properties)


def _read_edges(graph: Growing, label: str, run: Run, ids: Parameters) -> None:
    query = (
        f"UNWIND $ids AS id MATCH (a:{label} {{id: id}})-[r]->(b) "
        "RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS properties"
    )
    for row in run(query, ids):
        if row["type"] in graph.schema.edges:
            graph.add_edge(row["type"], row["start"], row["end"], row["properties"])


def count_graph(schema: Schema, run: Run) -> tuple[dict[str, int], dict[str, int]]:
    """How many nodes of each label and edges of each type `run` can see, none left out for being 0."""
    labels = {label: _count(run, f"MATCH (o:{label})") for label in schema.nodes}
    types = {name: _count(run, f"MATCH ()-[o:{name}]->()") for name in schema.edges}
    return labels, types


def _count(run: Run, pattern: str) -> int:
    total: int = run(f"{pattern} RETURN count(o) AS total", {})[0]["total"]
    return total
