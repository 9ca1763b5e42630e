"""Reads and checks schema.yaml: which nodes, edges and properties there are.

What a graph holds is graph.model's, constraints are graph.store's, the page for people is graph.model_page's.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from graph.errors import SchemaError

PATH = Path(__file__).with_name("schema.yaml")

PropertyType = Literal["string", "integer", "number", "boolean", "date", "strings"]
IndexKind = Literal["unique", "range", "fulltext"]
"""unique: also a constraint; range: found by value; fulltext: found by the words in it."""


class Property(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a property holds. `unit` says what a number counts; `values` is a closed list, empty: all.

    A `union` property is a list whose values from two documents are united; of these the first `most` in their order are kept, None: all.
    """

    type: PropertyType
    label: str
    meaning: str
    unit: str | None = None
    required: bool = False
    values: tuple[str, ...] = ()
    index: IndexKind | None = None
    union: bool = False
    most: int | None = None

    def united(self, values: Iterable[str]) -> list[str]:
        """What a union property holds of values, each once."""
        return sorted(set(values))[: self.most]


class Ends(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which labels an edge type may lead from and to."""

    start: tuple[str, ...] = msgspec.field(name="from")
    end: tuple[str, ...] = msgspec.field(name="to")


class NodeType(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One node label, its Chinese `label`, how it is drawn, its properties with those of its groups."""

    name: str
    label: str
    meaning: str
    colour: str
    shape: str
    key: tuple[str, ...]
    properties: dict[str, Property]

    @functools.cached_property
    def form(self) -> type[msgspec.Struct]:
        """What the properties of a node must convert to; see `_form`."""
        return _form(self.name, self.properties)


class EdgeType(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One edge type. `key` names the properties that tell two edges between the same nodes apart."""

    name: str
    label: str
    meaning: str
    ends: tuple[Ends, ...]
    key: tuple[str, ...]
    style: str
    colour: str | None
    properties: dict[str, Property]

    @functools.cached_property
    def form(self) -> type[msgspec.Struct]:
        """What the properties of an edge must convert to; see `_form`."""
        return _form(self.name, self.properties)

    def allows(self, start_label: str, end_label: str) -> bool:
        """Whether an edge of this type may lead from a node of one label to a node of the other."""
        return any(start_label in ends.start and end_label in ends.end for ends in self.ends)


_FORM_TYPES: dict[PropertyType, Any] = {
    "string": str,
    "date": datetime.date,
    "integer": int,
    "number": float,
    "boolean": bool,
    "strings": list[str],
}


def _form(name: str, properties: dict[str, Property]) -> type[msgspec.Struct]:
    """Properties as a type: converting to it tells ten times as fast as looking at each of them whether all are as declared.

    Numbers that are not finite pass; graph.model looks for those.
    """
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for prop, declared in properties.items():
        type_ = Literal[declared.values] if declared.values else _FORM_TYPES[declared.type]
        fields.append((prop, type_) if declared.required else (prop, type_, None))
    return msgspec.defstruct(f"{name}Form", fields, kw_only=True, forbid_unknown_fields=True)


class BookkeepingType(msgspec.Struct, frozen=True, kw_only=True):
    """A label that the store keeps beside the graph; it is no content."""

    name: str
    meaning: str
    properties: dict[str, Property]


class Schema(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that schema.yaml declares, in its order."""

    version: int
    nodes: dict[str, NodeType]
    edges: dict[str, EdgeType]
    bookkeeping: dict[str, BookkeepingType]


class _Node(msgspec.Struct, forbid_unknown_fields=True):
    label: str
    meaning: str
    colour: str
    shape: Literal["square", "dot", "diamond", "hexagon", "triangle", "star"]
    key: tuple[str | tuple[str], ...]
    use: tuple[str, ...] = ()
    properties: dict[str, Property] = {}


class _Edge(msgspec.Struct, forbid_unknown_fields=True):
    label: str
    meaning: str
    ends: tuple[Ends, ...]
    style: Literal["quiet", "arrow", "accent", "dashed", "solid"]
    key: tuple[str, ...] = ()
    colour: str | None = None
    use: tuple[str, ...] = ()
    properties: dict[str, Property] = {}


class _Bookkeeping(msgspec.Struct, forbid_unknown_fields=True):
    meaning: str
    properties: dict[str, Property]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    groups: dict[str, dict[str, Property]]
    everywhere: dict[str, Property]
    nodes: dict[str, _Node]
    edges: dict[str, _Edge]
    bookkeeping: dict[str, _Bookkeeping]


@functools.cache
def load_schema() -> Schema:
    """The schema that this version of the program is made for. Raises: SchemaError."""
    return parse_schema(PATH.read_text(encoding="utf-8"))


def parse_schema(text: str) -> Schema:
    """Read and check the text of a schema.yaml. Raises: SchemaError that names the entry."""
    try:
        file = msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), _File)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise SchemaError(f"schema.yaml cannot be read: {error}") from error
    schema = Schema(
        version=file.version,
        nodes={name: _node_type(file, name, node) for name, node in file.nodes.items()},
        edges={name: _edge_type(file, name, edge) for name, edge in file.edges.items()},
        bookkeeping={
            name: BookkeepingType(name=name, meaning=kept.meaning, properties=kept.properties)
            for name, kept in file.bookkeeping.items()
        },
    )
    problems = check_schema(schema)
    if problems:
        raise SchemaError("schema.yaml does not hold: " + "; ".join(problems))
    return schema


def _node_type(file: _File, name: str, node: _Node) -> NodeType:
    return NodeType(
        name=name,
        label=node.label,
        meaning=node.meaning,
        colour=node.colour,
        shape=node.shape,
        key=tuple(part if isinstance(part, str) else f"({part[0]})" for part in node.key),
        properties=_properties(file, name, node.use, node.properties),
    )


def _edge_type(file: _File, name: str, edge: _Edge) -> EdgeType:
    return EdgeType(
        name=name,
        label=edge.label,
        meaning=edge.meaning,
        ends=edge.ends,
        key=edge.key,
        style=edge.style,
        colour=edge.colour,
        properties=_properties(file, name, edge.use, edge.properties),
    )


def _properties(
    file: _File, owner: str, groups: tuple[str, ...], own: dict[str, Property]
) -> dict[str, Property]:
    merged = dict(own)
    for group in groups:
        if group not in file.groups:
            raise SchemaError(f"schema.yaml: {owner} uses the group {group}, which is not declared")
        merged |= file.groups[group]
    return merged | file.everywhere


def check_schema(schema: Schema) -> list[str]:
    """What is wrong with the schema as a whole: one sentence each, none where it holds.

    One name has one type wherever it stands, keys name declared properties, ends name declared labels.
    """
    problems = []
    types: dict[str, str] = {}
    declared: list[NodeType | EdgeType] = [*schema.nodes.values(), *schema.edges.values()]
    for owner in declared:
        for name, prop in owner.properties.items():
            if types.setdefault(name, prop.type) != prop.type:
                problems.append(f"{owner.name}.{name} is {prop.type} here and {types[name]} elsewhere")
            if prop.union and prop.type != "strings":
                problems.append(f"{owner.name}.{name} is united, so it must be a list of strings")
        problems += [
            f"the key of {owner.name} names {key}, which is no property of it"
            for key in owner.key
            if not key.startswith("(") and key not in owner.properties
        ]
    for edge in schema.edges.values():
        labels = {label for ends in edge.ends for label in (*ends.start, *ends.end)}
        problems += [
            f"{edge.name} leads to {label}, which is no label" for label in labels - set(schema.nodes)
        ]
    return problems
