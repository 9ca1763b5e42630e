"""Pairs of clauses worth comparing: those that stand near one another in a block, never all pairs.

The sorted-neighbourhood method (Hernández and Stolfo 1995): clauses that share a key form a block, a block is sorted so that like stands
by like, and each clause is compared with those up to `window` places behind it. Cost grows with the number of clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from loaders.linking.views import ClauseView

Keys = Callable[[ClauseView], frozenset[str]]


def iter_pairs(
    clauses: Iterable[ClauseView], keys: Keys, window: int
) -> Iterator[tuple[ClauseView, ClauseView]]:
    """Pairs of clauses that share a key, each once, the one with the lesser id first; all of them where no block exceeds the window.

    The order is the same whatever the order of `clauses`.
    """
    clauses = list(clauses)
    known = {clause.id: keys(clause) for clause in clauses}
    for key, block in sorted(blocks_of(clauses, lambda clause: known[clause.id]).items()):
        for index, one in enumerate(block):
            own = known[one.id]
            for other in block[index + 1 : index + 1 + window]:
                if key == min(own & known[other.id]):
                    yield (one, other) if one.id < other.id else (other, one)


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
