"""Hands rows over as a py2neo Subgraph, for notebooks that still use py2neo (extra "py2neo"; its last release is of 2021).

Nothing else here depends on py2neo, and it opens no connection: the rows come from graph.store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

from graph.errors import UsageError
from queries.reader import Row

_NODE, _EDGE = {"node", "id", "properties"}, {"edge", "from", "to", "properties"}
"""What the plain form of each has."""


def to_subgraph(rows: Iterable[Row]) -> Any:
    """A py2neo.Subgraph of all nodes and edges in the cells of some rows, also within lists, maps and paths; each once.

    Cells are in the plain form that a store answers with: {"node", "id", "properties"} and {"edge", "from", "to", "properties"}; other
    cells are passed over. A node that is only an edge's end has its id and no label.

    Raises: UsageError where py2neo is not installed.
    """
    try:
        py2neo = import_module("py2neo")
    except ImportError:
        raise UsageError("没有安装 py2neo:请先 pip install policygraph[py2neo]") from None
    things = list(_things(list(rows)))
    nodes = {
        thing["id"]: py2neo.Node(thing["node"], id=thing["id"], **thing["properties"])
        for thing in things
        if "node" in thing
    }
    edges: dict[str, Any] = {}
    for thing in things:
        if "edge" in thing:
            start, end = (nodes.setdefault(id_, py2neo.Node(id=id_)) for id_ in (thing["from"], thing["to"]))
            # two rules between the same two clauses are two edges: what tells them apart is what they say
            edges.setdefault(
                repr(thing), py2neo.Relationship(start, thing["edge"], end, **thing["properties"])
            )
    return py2neo.Subgraph(list(nodes.values()), list(edges.values()))


def _things(cell: object) -> Iterator[Mapping[str, Any]]:
    """The nodes and edges in a cell."""
    match cell:
        case dict() if cell.keys() >= _NODE or cell.keys() >= _EDGE:
            yield cell
        case dict():
            for value in cell.values():
                yield from _things(value)
        case list():
            for value in cell:
                yield from _things(value)
