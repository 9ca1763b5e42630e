"""What the graph says: nodes, edges, their ids, how two statements of one thing merge, and the plain form.

No input or output: where it is kept is graph.store's, what may be said is graph.schema's.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeAlias

import msgspec

from graph.errors import ModelError
from graph.packing import ContentHash, EdgeLines, pack
from graph.positions import Positions
from graph.schema import EdgeType, NodeType, Property, Schema

Value: TypeAlias = str | int | float | bool | list[str]
"""What a property holds; a date is an ISO string. There is no null: what is unknown is absent."""

Properties: TypeAlias = Mapping[str, Value | None]

ID_DIGITS = 16
"""Hex digits of an id: 64 bits, at ten million nodes one chance in 400,000 that any two meet."""


def content_id(kind: str, *key: object) -> str:
    """An id made from what a thing is: `content_id("clause", policy_id, ["第五条", "(1)"])` → "clause-9c1f…".

    `key` is the natural key: strings, numbers, None, lists of these.
    """
    canonical = json.dumps([kind, *key], ensure_ascii=False, separators=(",", ":"))
    return f"{kind}-{hashlib.sha256(canonical.encode()).hexdigest()[:ID_DIGITS]}"


def coded_id(kind: str, code: str) -> str:
    """The id of a thing that has a published code: `coded_id("district", "110106")` → "district-110106"."""
    return f"{kind}-{code}"


class Node(msgspec.Struct, frozen=True):
    """A thing. `properties` holds what the schema declares for `label`, without `id` and without nulls."""

    label: str
    id: str
    properties: dict[str, Value]


class Edge(msgspec.Struct, frozen=True):
    """A relation from the node with id `start` to the node with id `end`."""

    type: str
    start: str
    end: str
    properties: dict[str, Value]


EdgeKey: TypeAlias = tuple[str, str, str, tuple[str, ...]]
"""What makes an edge one and the same: type, start, end and the values of the key properties (as JSON)."""


def edge_key(edge_type: EdgeType, edge: Edge) -> EdgeKey:
    """The key of an edge of that type."""
    parts = tuple(msgspec.json.encode(edge.properties.get(name)).decode() for name in edge_type.key)
    return edge.type, edge.start, edge.end, parts


class Statements(Protocol):
    """Nodes and edges, each once, as a store loads them: a Graph, or the larger ones of graph.spool."""

    schema: Schema

    def nodes(self) -> Iterable[Node]:
        """All nodes, in the same order each time, those of one label together."""

    def edges(self) -> Iterable[Edge]:
        """All edges, in the same order each time, those of one type together."""

    def node_lines(self) -> Iterable[bytes]:
        """The nodes in packed form (graph.packing), in the order of `nodes`."""

    def edge_lines(self) -> Iterable[bytes]:
        """The edges in packed form, in the same order each time."""

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many nodes of each label and edges of each type there are, in alphabetical order."""

    def check(self) -> list[str]:
        """What breaks the schema, one sentence a case; an empty list where all holds."""

    def positions(self) -> Positions:
        """The place of each node in the order of `nodes`, by its id."""

    def content_hash(self) -> str:
        """SHA-256 (hex): two that say the same have the same one, whatever their order."""


class Growing(Statements, Protocol):
    """Statements that can still be added to, in any order, and taken from."""

    def add_node(self, label: str, id: str, properties: Properties) -> object:
        """Put a node in, or unite it with the one of that id."""

    def add_edge(self, type: str, start: str, end: str, properties: Properties | None = None) -> object:
        """Put an edge in, or unite it with the one of the same type, ends and key properties."""

    def add_lines(self, lines: EdgeLines) -> None:
        """Put edges in that were made into lines already (graph.lines.LineMaker), each as `add_edge` does."""

    def remove_edges(self, type: str, one: Collection[str], other: Collection[str]) -> int:
        """Take out the edges of a type between any id of `one` and any of `other`, either way; returns how many."""


class Graph:
    """Nodes and edges, each once, in memory. Adding what is there already changes nothing; a contradiction raises."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._nodes: dict[str, Node] = {}
        self._edges: dict[EdgeKey, Edge] = {}

    def add_node(self, label: str, id: str, properties: Properties) -> Node:
        """Put a node in, or unite it with the one of that id. Nulls are left out, numbers become floats.

        Raises: ModelError for an unknown label or property, an empty id, or a property that says two things
        (other than united lists).
        """
        node = checked_node(self.schema, label, id, properties)
        known = self._nodes.get(id)
        if known is not None:
            node = united_node(self.schema, (known, node))
        self._nodes[id] = node
        return node

    def add_edge(self, type: str, start: str, end: str, properties: Properties | None = None) -> Edge:
        """Put an edge in, or unite it with the one of the same type, ends and key properties.

        Its ends may be added later. Raises: ModelError for an unknown type or property, or a contradiction.
        """
        edge = checked_edge(self.schema, type, start, end, properties or {})
        key = edge_key(self.schema.edges[type], edge)
        known = self._edges.get(key)
        if known is not None:
            edge = united_edge(self.schema, (known, edge))
        self._edges[key] = edge
        return edge

    def add_lines(self, lines: EdgeLines) -> None:
        """Put the edges of lines in, each as `add_edge` does."""
        for type_, start, end, properties in lines.unpacked():
            self.add_edge(type_, start, end, msgspec.json.decode(properties))

    def remove_edges(self, type: str, one: Collection[str], other: Collection[str]) -> int:
        """Take out the edges of a type between any id of `one` and any of `other`, either way; returns how many."""
        gone = [key for key, edge in self._edges.items() if edge.type == type and joins(edge, one, other)]
        for key in gone:
            del self._edges[key]
        return len(gone)

    def node(self, id: str) -> Node | None:
        """The node of that id, or None."""
        return self._nodes.get(id)

    def nodes(self, label: str | None = None) -> list[Node]:
        """All nodes, or those of one label, sorted by label and id."""
        chosen = (node for node in self._nodes.values() if label is None or node.label == label)
        return sorted(chosen, key=lambda node: (node.label, node.id))

    def edges(self, type: str | None = None) -> list[Edge]:
        """All edges, or those of one type, sorted by type, ends and key properties."""
        chosen = (item for item in self._edges.items() if type is None or item[1].type == type)
        return [edge for _, edge in sorted(chosen, key=lambda item: item[0])]

    def node_lines(self) -> Iterator[bytes]:
        """The nodes in packed form (graph.packing), in the order of `nodes`."""
        return (pack(node.label, node.id, node.properties) for node in self.nodes())

    def edge_lines(self) -> Iterator[bytes]:
        """The edges in packed form, in the order of `edges`."""
        return (pack(edge.type, edge.start, edge.end, edge.properties) for edge in self.edges())

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many nodes of each label and edges of each type there are, in alphabetical order."""
        labels = Counter(node.label for node in self._nodes.values())
        types = Counter(edge.type for edge in self._edges.values())
        return dict(sorted(labels.items())), dict(sorted(types.items()))

    def check(self) -> list[str]:
        """What breaks the schema, one sentence a case; an empty list where all holds."""
        problems: list[str] = []
        for node in self.nodes():
            problems += node_problems(self.schema, node)
        for edge in self.edges():
            problems += edge_problems(self.schema, edge)
            start, end = self._nodes.get(edge.start), self._nodes.get(edge.end)
            labels = [None if one is None else one.label for one in (start, end)]
            problems += ends_problems(self.schema, edge, *labels)
        return problems

    def to_jsonl(self) -> Iterator[str]:
        """The plain form: one JSON object a line without line break, nodes first, sorted."""
        for node in self.nodes():
            yield _line({"node": node.label, "id": node.id, "properties": _sorted(node.properties)})
        for edge in self.edges():
            yield _line(
                {
                    "edge": edge.type,
                    "from": edge.start,
                    "to": edge.end,
                    "properties": _sorted(edge.properties),
                }
            )

    def positions(self) -> Positions:
        """The place of each node in the order of `nodes`, by its id."""
        return Positions(node.id for node in self.nodes())

    def content_hash(self) -> str:
        """SHA-256 (hex) of schema version, nodes and edges: two graphs that say the same have the same one."""
        digest = ContentHash()
        for line in (*self.node_lines(), *self.edge_lines()):
            digest.add(line)
        return digest.hexdigest(self.schema.version)

    @classmethod
    def from_jsonl(cls, schema: Schema, lines: Iterable[str]) -> Graph:
        """Read the plain form back. Raises: ModelError for a line that is none of it, with its number."""
        graph = cls(schema)
        for number, line in enumerate(lines, start=1):
            try:
                entry = json.loads(line)
                if "node" in entry:
                    graph.add_node(entry["node"], entry["id"], entry["properties"])
                else:
                    graph.add_edge(entry["edge"], entry["from"], entry["to"], entry["properties"])
            except (ValueError, KeyError, TypeError) as error:
                raise ModelError(
                    f"line {number} is no node or edge in the plain form: {line[:80]}"
                ) from error
        return graph


def checked_node(schema: Schema, label: str, id: str, properties: Properties) -> Node:
    """The node as it is kept, its properties tidied. Raises: ModelError for an unknown label or property, or an empty id."""
    node_type = schema.nodes.get(label)
    if node_type is None:
        raise ModelError(f"{label} is no node label of schema.yaml")
    if not id:
        raise ModelError(f"a {label} has no id: {dict(properties)}")
    return Node(label, id, _tidied(node_type, properties))


def checked_edge(schema: Schema, type: str, start: str, end: str, properties: Properties) -> Edge:
    """The edge as it is kept, its properties tidied. Raises: ModelError for an unknown type or property."""
    edge_type = schema.edges.get(type)
    if edge_type is None:
        raise ModelError(f"{type} is no edge type of schema.yaml")
    return Edge(type, start, end, _tidied(edge_type, properties))


def united_node(schema: Schema, statements: Sequence[Node]) -> Node:
    """Statements of one node as one. Raises: ModelError where they contradict one another."""
    first = statements[0]
    for other in statements:
        if other.label != first.label:
            raise ModelError(f"{first.id} is a {first.label} and a {other.label}")
    united = _united(schema.nodes[first.label], first.id, [one.properties for one in statements])
    return Node(first.label, first.id, united)


def united_edge(schema: Schema, statements: Sequence[Edge]) -> Edge:
    """Statements of one edge as one. Raises: ModelError where they contradict one another."""
    first = statements[0]
    united = _united(schema.edges[first.type], _shown(first), [one.properties for one in statements])
    return Edge(first.type, first.start, first.end, united)


def node_problems(schema: Schema, node: Node) -> list[str]:
    """What in a node breaks the schema, one sentence a case."""
    return _property_problems(schema.nodes[node.label], node.id, node.properties)


def edge_problems(schema: Schema, edge: Edge) -> list[str]:
    """What in an edge breaks the schema, its ends aside."""
    return _property_problems(schema.edges[edge.type], _shown(edge), edge.properties)


def ends_problems(schema: Schema, edge: Edge, start: str | None, end: str | None) -> list[str]:
    """Whether an edge may lead from a node of one label to one of the other; None where there is no such node."""
    if start is None or end is None:
        return [f"{_shown(edge)}: one of its ends is not in the graph"]
    if not schema.edges[edge.type].allows(start, end):
        return [f"{_shown(edge)}: it may not lead from a {start} to a {end}"]
    return []


def joins(edge: Edge, one: Collection[str], other: Collection[str]) -> bool:
    """Whether an edge leads from one of some ids to one of others, or back."""
    return (edge.start in one and edge.end in other) or (edge.start in other and edge.end in one)


def _shown(edge: Edge) -> str:
    return f"{edge.type} {edge.start} → {edge.end}"


_AS_IT_IS = frozenset({str, float, bool})


def _tidied(owner: NodeType | EdgeType, properties: Properties) -> dict[str, Value]:
    """The properties without nulls, numbers as floats, lists copied (united ones sorted, each value once).

    An empty list that may be absent is absent: a server's bulk import cannot tell the two apart.
    """
    tidied: dict[str, Value] = {}
    declared = owner.properties
    for name, value in properties.items():
        if value is None:
            continue
        if name not in declared:
            raise ModelError(f"{name} is no property of {owner.name} in schema.yaml")
        if type(value) in _AS_IT_IS:
            tidied[name] = value
        elif isinstance(value, list | tuple):
            if value or declared[name].required:
                tidied[name] = declared[name].united(value) if declared[name].union else list(value)
        else:
            tidied[name] = float(value) if declared[name].type == "number" else value
    return tidied


def _united(
    owner: NodeType | EdgeType, name: str, statements: Sequence[dict[str, Value]]
) -> dict[str, Value]:
    """The properties of all. What only some of them have is kept; what several have must agree, or is a list to be united."""
    united: dict[str, Value] = {}
    lists: dict[str, set[str]] = {}
    for properties in statements:
        for prop, value in properties.items():
            before = united.setdefault(prop, value)
            if owner.properties[prop].union and isinstance(value, list):
                lists.setdefault(prop, set()).update(value)
            elif before != value:
                raise ModelError(f"{name}: {prop} is both {before!r} and {value!r}")
    return united | {prop: owner.properties[prop].united(values) for prop, values in lists.items()}


def _property_problems(owner: NodeType | EdgeType, name: str, properties: dict[str, Value]) -> list[str]:
    try:
        msgspec.convert(properties, owner.form)
    except msgspec.ValidationError:
        return _each_problem(owner, name, properties)
    if all(math.isfinite(value) for value in properties.values() if type(value) is float):
        return []
    return _each_problem(owner, name, properties)


def _each_problem(owner: NodeType | EdgeType, name: str, properties: dict[str, Value]) -> list[str]:
    problems = [
        f"{name}: {owner.name} needs {prop}"
        for prop, declared in owner.properties.items()
        if declared.required and prop not in properties
    ]
    for prop, value in properties.items():
        declared = owner.properties[prop]
        if not _fits(declared, value):
            problems.append(f"{name}: {prop} is {value!r}, which is no {declared.type}")
        elif declared.values and value not in declared.values:
            problems.append(f"{name}: {prop} is {value!r}, which is none of {', '.join(declared.values)}")
    return problems


def _fits(declared: Property, value: Value) -> bool:
    match declared.type:
        case "string":
            return isinstance(value, str)
        case "date":
            return isinstance(value, str) and _is_date(value)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, float) and math.isfinite(value)
        case "boolean":
            return isinstance(value, bool)
        case "strings":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _sorted(properties: dict[str, Value]) -> dict[str, Value]:
    return dict(sorted(properties.items()))


def _line(entry: dict[str, object]) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(", ", ": "))
