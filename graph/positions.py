"""Where in a long list of ids each one stands, in 12 bytes an id: a dictionary of millions of ids would take a hundred each."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from graph.errors import StoreError

_PARTS = 1 << 8
"""The ids are sorted in so many parts, for sorting makes an object of each number."""


class ClashError(StoreError):
    """Two ids have one hash of those in `hashes`: the same id twice, or by chance, in ten million ids once in 400,000 builds."""

    def __init__(self, hashes: set[int]) -> None:
        super().__init__("两个节点的编号在内存中恰好相同(极罕见):请重新运行命令")
        self.hashes = hashes


class Positions:
    """The places of ids, from 0. Ids are told apart by Python's hash of 64 bits."""

    def __init__(self, ids: Iterable[str]) -> None:
        """Raises: ClashError."""
        self._hashes = [array("q") for _ in range(_PARTS)]
        self._places = [array("I") for _ in range(_PARTS)]
        for place, id_ in enumerate(ids):
            number = hash(id_)
            self._hashes[number % _PARTS].append(number)
            self._places[number % _PARTS].append(place)
        clashes = {number for part in range(_PARTS) for number in self._sort(part)}
        if clashes:
            raise ClashError(clashes)

    def find(self, id_: str) -> int | None:
        """The place of an id, None where it is not in the list."""
        number = hash(id_)
        hashes = self._hashes[number % _PARTS]
        at = bisect_left(hashes, number)
        if at == len(hashes) or hashes[at] != number:
            return None
        return self._places[number % _PARTS][at]

    def _sort(self, part: int) -> Iterator[int]:
        """Sort a part; returns the hashes that come more than once in it."""
        hashes, places = self._hashes[part], self._places[part]
        order = sorted(range(len(hashes)), key=hashes.__getitem__)
        self._hashes[part] = ordered = array("q", map(hashes.__getitem__, order))
        self._places[part] = array("I", map(places.__getitem__, order))
        return _twice(ordered)


def repeated(numbers: Iterable[int]) -> set[int]:
    """The numbers of 64 bits that come more than once."""
    parts = [array("q") for _ in range(_PARTS)]
    for number in numbers:
        parts[number % _PARTS].append(number)
    return {number for part in parts for number in _twice(sorted(part))}


def _twice(ordered: Iterable[int]) -> Iterator[int]:
    return (one for one, other in pairwise(ordered) if one == other)
