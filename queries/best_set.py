"""The best set of items of which some exclude one another: exact, by branch and bound. Knows nothing of policies.

Items may share limits: of a group of items no more than so much counts.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import networkx as nx

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Limit(Generic[T]):
    """Of all `items` together at most `most` counts."""

    items: frozenset[T]
    most: float


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """A compatible set and what it comes to under the limits."""

    items: frozenset[T]
    value: float


def value_of(items: Iterable[T], values: Mapping[T, float], limits: Sequence[Limit[T]]) -> float:
    """What a set comes to: the sum, where the items of a limit count no more than it allows.

    Limits must be nested or disjoint; a limit inside another is applied first.
    """
    chosen = list(items)
    amounts = {item: values[item] for item in chosen}
    for limit in sorted(limits, key=lambda limit: len(limit.items)):
        members = [item for item in chosen if item in limit.items]
        if sum(amounts[item] for item in members) > limit.most:
            # What the group comes to stands on one of its items: no figure is divided, so sums stay exact.
            amounts |= dict.fromkeys(members, 0.0) | {members[0]: limit.most}
    return sum(amounts.values())


def best_choice(
    values: Mapping[T, float],
    conflicts: Iterable[tuple[T, T]],
    limits: Sequence[Limit[T]] = (),
    *,
    with_item: T | None = None,
) -> Choice[T]:
    """The compatible set that comes to the most, and among these the largest, then the first by the order of `values`.

    With `with_item`, the best of the sets that hold it. `values` are not negative. Exact; parts that neither conflict nor share a
    limit are solved apart.
    """
    graph: nx.Graph[T] = nx.Graph()
    graph.add_nodes_from(values)
    graph.add_edges_from((a, b) for a, b in conflicts if a != b)
    blocked = set() if with_item is None else set(graph[with_item])
    linked = graph.copy()
    for limit in limits:
        nx.add_path(linked, [item for item in values if item in limit.items])
    order = {item: place for place, item in enumerate(values)}
    chosen: set[T] = set()
    for component in nx.connected_components(linked):
        items = sorted(component - blocked, key=lambda item: (-values[item], order[item]))
        forced = [with_item] if with_item is not None and with_item in component else []
        parts = [limit for limit in limits if limit.items & component]
        chosen |= _Search(graph, values, parts, items).run(forced)
    return Choice(frozenset(chosen), value_of(chosen, values, limits))


def runner_up(
    best: Choice[T],
    values: Mapping[T, float],
    conflicts: Sequence[tuple[T, T]],
    limits: Sequence[Limit[T]] = (),
) -> Choice[T] | None:
    """The best of the other sets to which nothing can be added; None where there is nothing to choose between.

    A set to which nothing can be added and that is not the best one holds an item that the best one leaves out.
    """
    left_out = [item for item in values if item not in best.items]
    found = [best_choice(values, conflicts, limits, with_item=item) for item in left_out]
    order = {item: place for place, item in enumerate(values)}
    return max(
        found,
        key=lambda choice: (
            choice.value,
            len(choice.items),
            [-place for place in sorted(order[i] for i in choice.items)],
        ),
        default=None,
    )


@dataclass(slots=True)
class _Search(Generic[T]):
    """Branch and bound over `items`, dearest first."""

    graph: nx.Graph[T]
    values: Mapping[T, float]
    limits: Sequence[Limit[T]]
    items: list[T]
    best: tuple[float, int] = (-1.0, -1)
    found: frozenset[T] = frozenset()

    def run(self, forced: list[T]) -> frozenset[T]:
        rest = [item for item in self.items if item not in forced]
        self._branch(list(forced), rest)
        return self.found

    def _branch(self, chosen: list[T], rest: list[T]) -> None:
        value = value_of(chosen, self.values, self.limits)
        if (value, len(chosen)) > self.best:
            self.best, self.found = (value, len(chosen)), frozenset(chosen)
        if not rest or (value + self._bound(rest), len(chosen) + len(rest)) <= self.best:
            return
        first, others = rest[0], rest[1:]
        neighbours = self.graph[first]
        self._branch([*chosen, first], [item for item in others if item not in neighbours])
        if any(item in neighbours for item in others):
            self._branch(chosen, others)

    def _bound(self, rest: list[T]) -> float:
        """No set of `rest` comes to more: items are laid into groups that exclude one another, and of each the dearest counts."""
        groups: list[list[T]] = []
        total = 0.0
        for item in rest:
            group = next((g for g in groups if all(other in self.graph[item] for other in g)), None)
            if group is None:
                groups.append([item])
                total += self.values[item]
            else:
                group.append(item)
        return total
