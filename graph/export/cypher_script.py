"""A Cypher script that makes the graph in an empty Neo4j: `cypher-shell --file graph.cypher`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from graph import ddl
from graph.model import Edge, Graph, Value

Item = TypeVar("Item")

BATCH = 200
"""Nodes or edges of one statement: few enough that a person can read it and a server can parse it."""


def write(graph: Graph, path: Path) -> None:
    """Write the script in UTF-8, one statement a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{statement};\n" for statement in statements(graph))


def statements(graph: Graph) -> Iterator[str]:
    """The statements in the order to run them: constraints, nodes, edges."""
    yield from ddl.neo4j_statements(graph.schema)
    for label, nodes in groupby(graph.nodes(), key=lambda node: node.label):
        for node_batch in _batches(list(nodes)):
            rows = ", ".join(_literal({"id": node.id, **node.properties}) for node in node_batch)
            yield f"UNWIND [{rows}] AS row CREATE (n:{label}) SET n = row"
    for (type_, start, end), edges in groupby(_by_ends(graph), key=lambda item: item[0]):
        for edge_batch in _batches([edge for _, edge in edges]):
            rows = ", ".join(_edge_row(edge) for edge in edge_batch)
            yield (
                f"UNWIND [{rows}] AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
                f"CREATE (a)-[r:{type_}]->(b) SET r = row.properties"
            )


def _by_ends(graph: Graph) -> list[tuple[tuple[str, str, str], Edge]]:
    """Edges with their type and the labels of their ends, sorted by these; the order inside stays the graph's."""
    labels = {node.id: node.label for node in graph.nodes()}
    keyed = [((edge.type, labels[edge.start], labels[edge.end]), edge) for edge in graph.edges()]
    return sorted(keyed, key=lambda item: item[0])


def _edge_row(edge: Edge) -> str:
    ends = f"start: {_literal(edge.start)}, end: {_literal(edge.end)}"
    return f"{{{ends}, properties: {_literal(edge.properties)}}}"


def _literal(value: Value | dict[str, Value]) -> str:
    """A value in Cypher's own spelling. A JSON string is a Cypher string: both escape by backslash."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_literal(item)}" for key, item in sorted(value.items())) + "}"
        case bool():
            return "true" if value else "false"
        case list():
            return "[" + ", ".join(_literal(item) for item in value) + "]"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return repr(value)


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
