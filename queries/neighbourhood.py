"""The neighbourhood of a node, for a picture: nodes and edges up to so many steps away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from queries.catalog import fetch
from queries.reader import Reader, Row

SHARED = ("Topic", "Honor", "Industry")
"""Labels of nodes that the policies of a whole country have in common."""


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A node as a picture shows it; `distance` is how many steps it is from the middle."""

    id: str
    label: str
    name: str
    distance: int


@dataclass(frozen=True, slots=True)
class PictureEdge:
    """An edge between two nodes of the picture, with the sentence that it rests on (None where the edge has none); `rate` is the share
    of a match."""

    source: str
    target: str
    type: str
    cite: tuple[str, ...]
    quote: str | None
    document: str | None
    rate: float | None = None


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
    found = _Growing(node, limit)
    frontier = [node]
    for step in range(steps):
        rows = fetch(reader, "neighbourhood", {"ids": frontier, "types": types, "limit": limit + 1})
        before = set(found.nodes) | set(frontier)
        found.add(rows, step + 1)
        frontier = sorted(set(found.nodes) - before)
        if not frontier or found.cut:
            break
    return found.whole()


def neighbourhood_in(
    reader: Reader, label: str, node: str, policies: Sequence[str], *, limit: int = 200
) -> Neighbourhood:
    """What some policies (ids) and their clauses say of a node (id) that those of a whole country share (`label`: one of SHARED): the
    edges in the order of the policies and of their text, at most `limit`."""
    rows = fetch(reader, "neighbourhood_in", {"label": label, "node": node, "policies": list(policies)})
    order = {policy: number for number, policy in enumerate(policies)}
    found = _Growing(node, limit)
    # sorted() keeps the order of the text within a policy
    found.add(sorted(rows, key=lambda row: order[row["policy"]]), 1)
    return found.whole()


class _Growing:
    """Nodes and edges as rows bring them in, until there are `limit` edges."""

    def __init__(self, middle: str, limit: int) -> None:
        self.nodes: dict[str, PictureNode] = {}
        self.cut = False
        self._edges: dict[PictureEdge, None] = {}
        self._middle, self._limit = middle, limit

    def add(self, rows: Iterable[Row], distance: int) -> None:
        """What the rows of a query on neighbours bring in, so many steps from the middle."""
        for row in rows:
            edge = PictureEdge(
                row["source"],
                row["target"],
                row["type"],
                tuple(row["cite"] or ()),
                row["quote"],
                row["document"],
                row.get("rate"),
            )
            if edge not in self._edges and len(self._edges) >= self._limit:
                self.cut = True
                return
            self._edges[edge] = None
            for end in ("source", "target"):
                away = 0 if row[end] == self._middle else distance
                node = PictureNode(row[end], row[f"{end}_label"], row[f"{end}_name"] or row[end], away)
                self.nodes.setdefault(row[end], node)

    def whole(self) -> Neighbourhood:
        """All of it, the nearest nodes first."""
        ordered = sorted(
            self.nodes.values(), key=lambda item: (item.distance, item.label, item.name, item.id)
        )
        return Neighbourhood(tuple(ordered), tuple(self._edges), self.cut)
