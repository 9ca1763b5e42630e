"""The neighbourhood of a node, for a picture: nodes and edges up to so many steps away."""

from __future__ import annotations

from dataclasses import dataclass

from queries.catalog import fetch
from queries.reader import Reader


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A node as a picture shows it; `distance` is how many steps it is from the middle."""

    id: str
    label: str
    name: str
    distance: int


@dataclass(frozen=True, slots=True)
class PictureEdge:
    """An edge between two nodes of the picture, with the sentence that it rests on (None where the edge has none)."""

    source: str
    target: str
    type: str
    cite: tuple[str, ...]
    quote: str | None
    document: str | None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Nodes nearest first, edges in the order of the query; `cut` where there were more edges than the limit."""

    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    cut: bool


def neighbourhood(
    reader: Reader, node: str, *, steps: int = 1, types: list[str] | None = None, limit: int = 200
) -> Neighbourhood:
    """What lies within `steps` of a node (id), over edges of `types` (None: all), at most `limit` edges."""
    nodes: dict[str, PictureNode] = {}
    edges: dict[PictureEdge, None] = {}
    frontier, cut = [node], False
    for step in range(steps):
        rows = fetch(reader, "neighbourhood", {"ids": frontier, "types": types, "limit": limit + 1})
        before = set(nodes) | set(frontier)
        for row in rows:
            edge = PictureEdge(
                row["source"],
                row["target"],
                row["type"],
                tuple(row["cite"] or ()),
                row["quote"],
                row["document"],
            )
            if edge not in edges and len(edges) >= limit:
                cut = True
                break
            edges[edge] = None
            for end in ("source", "target"):
                distance = 0 if row[end] == node else step + 1
                nodes.setdefault(
                    row[end],
                    PictureNode(row[end], row[f"{end}_label"], row[f"{end}_name"] or row[end], distance),
                )
        frontier = sorted(set(nodes) - before)
        if not frontier or cut:
            break
    ordered = sorted(nodes.values(), key=lambda item: (item.distance, item.label, item.name, item.id))
    return Neighbourhood(tuple(ordered), tuple(edges), cut)
