"""图谱: the part of the graph around a node, laid out in columns along its edges, and what each node and edge says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.schema import load_schema
from queries import reader
from queries.neighbourhood import Neighbourhood, PictureEdge, PictureNode

MOST_AT_FIRST = 60
"""Nodes around the first one; the rest is told by number, and filters bring it in."""

COLUMN, LINE = 330, 34
"""Distance of columns and of lines, in the picture's own units: a label of some 20 characters fits between."""

FIRST_LEFT = 210
"""Distance from the middle to the first column on its left: no label stands between the two."""


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Nodes and edges to draw. `left_out` neighbours of the first node are not drawn, and with `has_more` still others were not read."""

    start: str
    nodes: Mapping[str, PictureNode]
    edges: Sequence[PictureEdge]
    opened: Collection[str]
    left_out: int
    has_more: bool


def gather(
    start: str, found: Mapping[str, Neighbourhood], labels: Collection[str], types: Collection[str]
) -> Subgraph:
    """What the opened nodes (`found`: id → its neighbourhood) bring in. `labels` and `types`: only these, empty for all."""
    nodes: dict[str, PictureNode] = {}
    edges: dict[PictureEdge, None] = {}
    left_out: set[str] = set()
    for opened, neighbourhood in found.items():
        known = {node.id: node for node in neighbourhood.nodes}
        if opened in known:
            nodes.setdefault(opened, known[opened])
        for edge in neighbourhood.edges:
            if types and edge.type not in types:
                continue
            other = edge.target if edge.source == opened else edge.source
            if other not in nodes:
                if labels and known[other].label not in labels:
                    continue
                if opened == start and len(nodes) > MOST_AT_FIRST:
                    left_out.add(other)
                    continue
                nodes[other] = known[other]
            edges.setdefault(edge)
    return Subgraph(
        start, nodes, list(edges), [id_ for id_ in found if id_ in nodes], len(left_out), found[start].cut
    )


def places(subgraph: Subgraph, order: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Where each node stands: a column for each step along the edges (from left to right), one line a node, so that no label lies
    on another. `order` is what nodes of a column are sorted by behind the place of what they hang on."""
    columns = _columns(subgraph)
    lines: dict[str, int] = {subgraph.start: 0}
    by_column: defaultdict[int, list[str]] = defaultdict(list)
    for id_, column in columns.items():
        by_column[column].append(id_)
    neighbours = _neighbours(subgraph.edges)
    found: dict[str, tuple[float, float]] = {}
    for column in sorted(by_column, key=abs):
        ids = by_column[column]
        ids.sort(
            key=lambda id_: (
                _mean_line(id_, neighbours, lines),
                subgraph.nodes[id_].label,
                order.get(id_, ""),
                id_,
            )
        )
        for line, id_ in enumerate(ids):
            lines[id_] = line
            found[id_] = (_across(column), (line - (len(ids) - 1) / 2) * LINE)
    return found


def _across(column: int) -> float:
    return column * COLUMN if column >= 0 else (column + 1) * COLUMN - FIRST_LEFT


def height_of(spots: Mapping[str, tuple[float, float]]) -> int:
    """How high the picture is, in pixels."""
    tallest = max((abs(y) for _, y in spots.values()), default=0)
    return int(min(900, max(420, 2 * tallest + 110)))


def start_choices(names: Sequence[reader.Row]) -> dict[str, str]:
    """What a reader can begin with: 政策 · title → id; things of one name are told apart by a number."""
    schema = load_schema()
    choices: dict[str, str] = {}
    for row in names:
        words = f"{schema.nodes[row['label']].label} · {row['name']}"
        number = 2
        told = words
        while told in choices:
            told = f"{words}（{number}）"
            number += 1
        choices[told] = row["id"]
    return choices


def _columns(subgraph: Subgraph) -> dict[str, int]:
    """Steps from the first node: to the right along an edge, to the left against it."""
    columns = {subgraph.start: 0}
    frontier = [subgraph.start]
    outgoing: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for edge in subgraph.edges:
        outgoing[edge.source].append((edge.target, 1))
        outgoing[edge.target].append((edge.source, -1))
    while frontier:
        reached = []
        for id_ in frontier:
            for other, step in outgoing[id_]:
                if other not in columns:
                    columns[other] = columns[id_] + step
                    reached.append(other)
        frontier = reached
    return {id_: columns.get(id_, 0) for id_ in subgraph.nodes}


def _neighbours(edges: Sequence[PictureEdge]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        found[edge.source].append(edge.target)
        found[edge.target].append(edge.source)
    return found


def _mean_line(id_: str, neighbours: Mapping[str, list[str]], lines: Mapping[str, int]) -> float:
    placed = [lines[other] for other in neighbours.get(id_, ()) if other in lines]
    return sum(placed) / len(placed) if placed else 0.0
