"""Reads a whole graph, or counts it, through any function that runs queries. How these reach a server is graph.store's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from graph.model import Graph
from graph.schema import Schema

Row: TypeAlias = dict[str, Any]
Parameters: TypeAlias = Mapping[str, object]
Run: TypeAlias = Callable[[str, Parameters], list[Row]]
"""Runs one query and returns its rows."""


def read_graph(schema: Schema, run: Run) -> Graph:
    """Every node and edge that `run` can see and that schema.yaml declares; bookkeeping is left out."""
    graph = Graph(schema)
    for label in schema.nodes:
        for row in run(f"MATCH (n:{label}) RETURN n.id AS id, properties(n) AS properties", {}):
            properties = dict(row["properties"])
            properties.pop("id", None)
            graph.add_node(label, row["id"], properties)
    for name, edge in schema.edges.items():
        # With the label of its start: the embedded engine is slow to find edges of a type alone.
        for start in dict.fromkeys(label for ends in edge.ends for label in ends.start):
            query = (
                f"MATCH (a:{start})-[r:{name}]->(b) "
                "RETURN a.id AS start, b.id AS end, properties(r) AS properties"
            )
            for row in run(query, {}):
                graph.add_edge(name, row["start"], row["end"], row["properties"])
    return graph


def count_graph(schema: Schema, run: Run) -> tuple[dict[str, int], dict[str, int]]:
    """How many nodes of each label and edges of each type `run` can see, none left out for being 0."""
    labels = {label: _count(run, f"MATCH (o:{label})") for label in schema.nodes}
    types = {name: _count(run, f"MATCH ()-[o:{name}]->()") for name in schema.edges}
    return labels, types


def _count(run: Run, pattern: str) -> int:
    total: int = run(f"{pattern} RETURN count(o) AS total", {})[0]["total"]
    return total
