"""Pairs of clauses worth comparing: those that stand near one another in a block, never all pairs.

The sorted-neighbourhood method (Hernández and Stolfo 1995): clauses that share a key form a block, a block is sorted so that like stands
by like, and each clause is compared with those up to `window` places beside it. Cost grows with the number of clauses.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator

from loaders.linking.views import ClauseView

Keys = Callable[[ClauseView], Iterable[str]]
Window = Callable[[str], int]
"""How many places on either side of it a clause is compared with, in the block of a key."""


def iter_pairs(
    clauses: Iterable[ClauseView], keys: Keys, window: int | Window
) -> Iterator[tuple[ClauseView, ClauseView]]:
    """Pairs of clauses that share a key, each once, the one with the lesser id first; all of them where no block exceeds the window.

    The order is the same whatever the order of `clauses`.
    """
    ordered = sorted(clauses, key=_place)
    blocks: dict[str, array[int]] = {}
    for index, clause in enumerate(ordered):
        for key in keys(clause):
            blocks.setdefault(key, array("l")).append(index)
    stretches = _near(blocks, ordered, (lambda _: window) if isinstance(window, int) else window)
    for index, one in enumerate(ordered):
        near: set[int] = set()
        for stretch in stretches(index):
            near.update(stretch)
        for place in sorted(near):
            if place > index:
                other = ordered[place]
                yield (one, other) if one.id < other.id else (other, one)


def _place(clause: ClauseView) -> tuple[str, str, str]:
    """Clauses of one division together, so that what is cached of one is at hand for the next."""
    division = clause.policy.division
    return division.code if division else "", clause.policy.id, clause.id


def _near(
    blocks: dict[str, array[int]], ordered: list[ClauseView], window: Window
) -> Callable[[int], Iterator[array[int]]]:
    """For the clause of an index the stretches of its blocks that it stands amid.

    Arrays of numbers, for a country has millions of places in blocks.
    """
    rank = array("l", bytes(8 * len(ordered)))
    by_likeness = sorted(range(len(ordered)), key=lambda index: likeness_key(ordered[index]))
    for place, index in enumerate(by_likeness):
        rank[index] = place
    members, begins, ends = array("l"), array("l"), array("l")
    places: list[array[int]] = [array("l") for _ in ordered]
    for key, block in sorted(blocks.items()):
        first, size = len(members), len(block)
        width = window(key)
        for at, index in enumerate(sorted(block, key=rank.__getitem__) if size > 1 else ()):
            places[index].append(len(members))
            members.append(index)
            begins.append(max(first, first + at - width))
            ends.append(min(first + size, first + at + width + 1))

    def stretches(index: int) -> Iterator[array[int]]:
        for place in places[index]:
            yield members[begins[place] : ends[place]]

    return stretches


def blocks_of(clauses: Iterable[ClauseView], keys: Keys) -> dict[str, list[ClauseView]]:
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
