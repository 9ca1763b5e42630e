"""How nodes and edges stand in the files of a graph on disk: each a line, written, read, told apart and united.

Whoever makes edges can make the lines too, so that the process that puts together what many have made has little left to do. The files are
graph.spool's, the form of a line is graph.packing's.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from graph.model import (
    Edge,
    EdgeKey,
    Node,
    checked_edge,
    edge_key,
    edge_problems,
    node_problems,
    united_edge,
    united_node,
)
from graph.packing import EdgeLines, pack, unpack_edge, unpack_node
from graph.schema import Schema

Entry = TypeVar("Entry")


class Kind(Protocol[Entry]):
    """How entries of one label or type are written, read, told apart and united."""

    def key(self, entry: Entry) -> Hashable: ...
    def write(self, entry: Entry) -> bytes: ...
    def read(self, line: bytes) -> Entry: ...
    def unite(self, statements: Sequence[Entry]) -> Entry: ...
    def problems(self, entry: Entry) -> list[str]: ...


class NodeKind:
    """Nodes of one label."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def key(self, node: Node) -> str:
        return node.id

    def write(self, node: Node) -> bytes:
        return pack(node.label, node.id, node.properties)

    def read(self, line: bytes) -> Node:
        return read_node(line)

    def unite(self, statements: Sequence[Node]) -> Node:
        return united_node(self._schema, statements)

    def problems(self, node: Node) -> list[str]:
        return node_problems(self._schema, node)


class EdgeKind:
    """Edges of one type."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def key(self, edge: Edge) -> EdgeKey:
        return edge_key(self._schema.edges[edge.type], edge)

    def write(self, edge: Edge) -> bytes:
        return pack(edge.type, edge.start, edge.end, edge.properties)

    def read(self, line: bytes) -> Edge:
        return read_edge(line)

    def unite(self, statements: Sequence[Edge]) -> Edge:
        return united_edge(self._schema, statements)

    def problems(self, edge: Edge) -> list[str]:
        return edge_problems(self._schema, edge)


class Packed(Generic[Entry]):
    """Entries of one label or type as lines, which may be taken from here, the hashes of their keys, and whether one may break the schema."""

    def __init__(self, kind: Kind[Entry]) -> None:
        self._kind: Kind[Entry] = kind
        self.lines: list[bytes] = []
        self.hashes = array("q")
        self.is_doubtful = False

    def add(self, entry: Entry) -> None:
        """Put an entry at the end."""
        self.hashes.append(hash(self._kind.key(entry)))
        self.is_doubtful = self.is_doubtful or bool(self._kind.problems(entry))
        self.lines.append(self._kind.write(entry) + b"\n")

    def add_all(self, lines: EdgeLines) -> None:
        """Put the entries of lines at the end, as they are."""
        self.hashes.frombytes(lines.hashes)
        self.is_doubtful = self.is_doubtful or lines.is_doubtful
        self.lines.append(lines.content)


class LineMaker:
    """Makes edges into lines, which `add_lines` of a graph puts in: those of one type in the order in which they were added."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._made: defaultdict[str, Packed[Edge]] = defaultdict(lambda: Packed(EdgeKind(schema)))

    def add(self, edge: Edge) -> None:
        """Put an edge to the lines of its type. Raises: ModelError for an unknown type or property."""
        checked = checked_edge(self._schema, edge.type, edge.start, edge.end, edge.properties)
        self._made[edge.type].add(checked)

    def lines(self) -> list[EdgeLines]:
        """All lines that were made."""
        return [
            EdgeLines(type_, b"".join(made.lines), made.hashes.tobytes(), made.is_doubtful)
            for type_, made in self._made.items()
        ]


def read_node(line: bytes) -> Node:
    """The node of a line."""
    label, id_, properties = unpack_node(line)
    return Node(label, id_, msgspec.json.decode(properties))


def read_edge(line: bytes) -> Edge:
    """The edge of a line."""
    type_, start, end, properties = unpack_edge(line)
    return Edge(type_, start, end, msgspec.json.decode(properties))
