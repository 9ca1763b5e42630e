"""Pairs of clauses worth comparing: those that stand near one another in a block, never all pairs.

The sorted-neighbourhood method (Hernández and Stolfo 1995): clauses that share a key form a block, a block is sorted so that like stands
by like, and each clause is compared with those up to `window` places beside it. Cost grows with the number of clauses.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import accumulate

from loaders.linking.views import ClauseView, by_city

Keys = Callable[[ClauseView], Iterable[Hashable]]
Window = Callable[[Hashable], int]
"""How many places on either side of it a clause is compared with, in the block of a key."""


def iter_pairs(
    clauses: Iterable[ClauseView], keys: Keys, window: int
) -> Iterator[tuple[ClauseView, ClauseView]]:
    """Pairs of clauses that share a key, each once, the one with the lesser id first; all of them where no block exceeds the window.

    The order is the same whatever the order of `clauses`.
    """
    near = Neighbours(clauses, keys, lambda _: window)
    for place, one in enumerate(near.ordered):
        for other in near.later(place):
            yield (one, other) if one.id < other.id else (other, one)


class Neighbours:
    """The clauses `ordered` city by city, so that what is cached of one is at hand for the next, and the neighbours of each.

    The same whatever the order of the clauses that were given.
    """

    def __init__(self, clauses: Iterable[ClauseView], keys: Keys, window: Window) -> None:
        self.ordered = sorted(clauses, key=lambda clause: (by_city(clause.policy), clause.id))
        self._stretches = _Stretches(self.ordered, keys, window)

    def around(self, place: int) -> list[int]:
        """The places of the neighbours of the clause at a place, in their order."""
        near: set[int] = set()
        for stretch in self._stretches.around(place):
            near.update(stretch)
        near.discard(place)
        return sorted(near)

    def later(self, place: int) -> list[ClauseView]:
        """The neighbours that come after the clause at a place, so that each pair comes once."""
        return [self.ordered[other] for other in self.around(place) if other > place]


class _Stretches:
    """For each clause the stretches of its blocks that it stands amid.

    Held in arrays of numbers, for a country has millions of places in blocks: where a clause stands in a block is a slot, and slots of one
    block lie side by side.
    """

    def __init__(self, ordered: Sequence[ClauseView], keys: Keys, window: Window) -> None:
        blocks: dict[Hashable, array[int]] = {}
        for index, clause in enumerate(ordered):
            for key in keys(clause):
                blocks.setdefault(key, array("I")).append(index)
        rank = _ranks(ordered)
        self._members, self._begins, self._ends = array("I"), array("I"), array("I")
        while blocks:
            key, block = blocks.popitem()
            if len(block) > 1:
                self._add(sorted(block, key=rank.__getitem__), window(key))
        self._slots, self._first = self._slots_of(len(ordered))

    def around(self, index: int) -> Iterator[array[int]]:
        """The stretches around the clause of an index, itself included."""
        for slot in self._slots[self._first[index] : self._first[index + 1]]:
            yield self._members[self._begins[slot] : self._ends[slot]]

    def _add(self, block: list[int], width: int) -> None:
        first, end = len(self._members), len(self._members) + len(block)
        self._members.extend(block)
        self._begins.extend(max(first, slot - width) for slot in range(first, end))
        self._ends.extend(min(end, slot + width + 1) for slot in range(first, end))

    def _slots_of(self, count: int) -> tuple[array[int], array[int]]:
        """The slots of all clauses, those of one side by side, and where those of each begin."""
        sizes = array("I", bytes(4 * count))
        for index in self._members:
            sizes[index] += 1
        first = array("I", accumulate(sizes, initial=0))
        free, slots = first[:-1], array("I", bytes(4 * len(self._members)))
        for slot, index in enumerate(self._members):
            slots[free[index]] = slot
            free[index] += 1
        return slots, first


def _ranks(ordered: Sequence[ClauseView]) -> array[int]:
    """The rank of each clause by likeness: what has the same matters and amounts is looked at once, for few clauses differ in them."""
    kinds = {(clause.matters, clause.amounts) for clause in ordered}
    by_kind = sorted(kinds, key=lambda kind: (sorted(kind[0]), sorted(kind[1])))
    ranks = {kind: rank for rank, kind in enumerate(by_kind)}
    of_clause = array("I", (ranks[clause.matters, clause.amounts] for clause in ordered))
    found = array("I", bytes(4 * len(ordered)))
    for place, index in enumerate(
        sorted(range(len(ordered)), key=lambda index: (of_clause[index], ordered[index].id))
    ):
        found[index] = place
    return found


def blocks_of(
    clauses: Iterable[ClauseView], keys: Callable[[ClauseView], Iterable[str]]
) -> dict[str, list[ClauseView]]:
    """The clauses that have each key, so sorted that those with the same matters and amounts stand together."""
    blocks: dict[str, list[ClauseView]] = {}
    for clause in clauses:
        for key in keys(clause):
            blocks.setdefault(key, []).append(clause)
    for block in blocks.values():
        block.sort(key=likeness_key)
    return blocks


def likeness_key(clause: ClauseView) -> tuple[object, ...]:
    """Sorts clauses so that those with the same matters and amounts stand together."""
    return sorted(clause.matters), sorted(clause.amounts), clause.id


def topics_of(clause: ClauseView) -> frozenset[str]:
    """The topics of a clause as keys."""
    return frozenset(clause.topics)
