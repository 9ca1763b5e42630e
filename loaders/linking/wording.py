"""How alike two clauses are worded: their sentences' words, the rare ones counting more.

Segments with rjieba, each sentence once; what follows from a likeness is for the kinds of links.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from loaders.linking.settings import linking_settings
from loaders.linking.views import ClauseView

# Numbers are compared as amounts; a single character says too little.
_WORD = re.compile("[A-Za-z\u4e00-\u9fff]{2,}")

# Weights are whole numbers, so that sums come out the same in any order of words.
_SCALE = 1000
# Sentences of few words are alike by chance: this much weight is put to each of them.
_DAMPING = 50 * _SCALE
# In a corpus of two policies every word is common; words are weighed as if there were so many clauses, about those of 24 policies.
_LEAST_CLAUSES = 500
# Clauses whose words are held ready as sets, some 4 kB each; those of all clauses of a country would not fit into memory.
_READY = 1 << 14
# Ends a sentence among the numbers of a clause's words.
_END = 0
# So many words are told of a likeness.
_TOLD = 4
# A pair of sentences is the number of the one shifted by so much, and that of the other.
_PAIR_BITS = 32
_PAIR_MASK = (1 << _PAIR_BITS) - 1


class Likeness(NamedTuple):
    """How alike the two most alike sentences of two clauses are, 0 to 1, and which these are (see Wording.told)."""

    score: float
    pair: int


_UNLIKE = Likeness(0.0, 0)


class _Words(NamedTuple):
    """The words of a clause by their numbers: all, the sentences that have each, the root of each sentence's damped weight, the least such
    root."""

    all: frozenset[int]
    sentences: dict[int, tuple[int, ...]]
    roots: tuple[float, ...]
    least: float


class Wording:
    """Weighs words by the number of clauses that have them."""

    def __init__(self, clauses: Iterable[Sequence[Sequence[str]]]) -> None:
        """`clauses` are the words of each clause, sentence by sentence (see `cut`), in the order of their places."""
        self._numbers: dict[str, int] = {}
        self._names: list[str] = [""]
        self._times = array("l", [0])
        # The words of all clauses one after another, some 200 bytes a clause; where those of each begin, by the clause's place.
        self._cut_words = array("I")
        self._begins = array("Q", [0])
        for clause in clauses:
            words = self._numbered(clause)
            for number in set(words) - {_END}:
                self._times[number] += 1
            self._cut_words.extend(words)
            self._begins.append(len(self._cut_words))
        count = len(self._begins) - 1
        count = max(count, _LEAST_CLAUSES) + 1
        self._weights = [round(_SCALE * math.log(count / (times + 1)) ** 2) for times in self._times]
        self._unknown = round(_SCALE * math.log(count) ** 2)
        rarest_first = sorted(
            range(len(self._names)), key=lambda number: (-self._weights[number], self._names[number])
        )
        self._ranks = array("I", bytes(4 * len(rarest_first)))
        for rank, number in enumerate(rarest_first):
            self._ranks[number] = rank
        # Of the numbers alone: were it of this object, the two would hold one another, and some 300 bytes a clause would stay.
        self._words = lru_cache(_READY)(partial(_make_words, self._cut_words, self._begins, self._weights))

    def likeness(self, one: ClauseView, other: ClauseView) -> Likeness:
        """The likeness of the two most alike sentences of two clauses."""
        first, second = self._words(one.place), self._words(other.place)
        return self._most_alike(first, second, first.all & second.all)

    def likeness_from(self, one: ClauseView, other: ClauseView, least: float) -> Likeness | None:
        """The likeness of two clauses; None where it is less than `least`."""
        if least > 1:
            return None
        first, second = self._words(one.place), self._words(other.place)
        common = first.all & second.all
        # Were all that they share in the one sentence of each that has least besides: for a part of the cost of looking.
        if least > 0 and self._size(common) < least * first.least * second.least:
            return None
        found = self._most_alike(first, second, common)
        return found if found.score >= least else None

    def _most_alike(self, first: _Words, second: _Words, common: frozenset[int]) -> Likeness:
        """Asked for millions of pairs: what each shared word weighs is put to each pair of sentences that have it, the pair as one number."""
        sizes: dict[int, int] = {}
        size_of, weights, theirs = sizes.get, self._weights, second.sentences
        for word in common:
            weight, others = weights[word], theirs[word]
            for own in first.sentences[word]:
                for other in others:
                    pair = own << _PAIR_BITS | other
                    sizes[pair] = size_of(pair, 0) + weight
        best, alike, ties = 0.0, 0, list[int]()
        for pair, size in sizes.items():
            score = size / (first.roots[pair >> _PAIR_BITS] * second.roots[pair & _PAIR_MASK])
            if score > best:
                best, alike, ties = score, pair, []
            elif score == best:
                ties.append(pair)
        if not best:
            return _UNLIKE
        if ties:
            alike = min([alike, *ties], key=lambda pair: self._named(_in_both(first, second, pair)))
        return Likeness(min(best, 1.0), alike)

    def told(self, one: ClauseView, other: ClauseView, likeness: Likeness) -> list[str]:
        """The rarest of the words that make the likeness of two clauses, the rarest first; none of those that are not alike."""
        if not likeness.score:
            return []
        shared = _in_both(self._words(one.place), self._words(other.place), likeness.pair)
        return [self._names[number] for number in self._rarest(shared, _TOLD)]

    def rare_words(self, clause: ClauseView, most_clauses: int, most: int) -> list[int]:
        """The numbers of the rarest words of a clause that others have too, and no more than `most_clauses`; the rarest first."""
        known = set(self._cut_words[self._begins[clause.place] : self._begins[clause.place + 1]])
        return self._rarest((number for number in known if 1 < self._times[number] <= most_clauses), most)

    def _rarest(self, numbers: Iterable[int], most: int) -> list[int]:
        return sorted(numbers, key=self._ranks.__getitem__)[:most]

    def shared_words(self, one: str, other: str) -> list[str]:
        """Words that two texts share, the rarest first."""
        shared = set(cut(one)).intersection(cut(other))
        return sorted(shared, key=lambda word: (-self._weight(word), word))

    def _numbered(self, sentences: Sequence[Sequence[str]]) -> array[int]:
        words = array("I")
        for sentence in sentences:
            for word in sentence:
                number = self._numbers.get(word)
                if number is None:
                    number = self._numbers[word] = len(self._names)
                    self._names.append(word)
                    self._times.append(0)
                words.append(number)
            words.append(_END)
        return words

    def _size(self, words: Iterable[int]) -> int:
        return sum(map(self._weights.__getitem__, words))

    def _named(self, words: Iterable[int]) -> list[str]:
        return sorted(map(self._names.__getitem__, words))

    def _weight(self, word: str) -> int:
        number = self._numbers.get(word)
        return self._unknown if number is None else self._weights[number]


def _make_words(cut_words: array[int], begins: array[int], weights: Sequence[int], place: int) -> _Words:
    having: dict[int, tuple[int, ...]] = {}
    roots: list[float] = []
    own: list[int] = []
    for number in cut_words[begins[place] : begins[place + 1]]:
        if number != _END:
            own.append(number)
        elif own:
            for word in own:
                having[word] = (*having.get(word, ()), len(roots))
            roots.append(math.sqrt(sum(map(weights.__getitem__, own)) + _DAMPING))
            own = []
    return _Words(frozenset(having), having, tuple(roots), min(roots, default=1.0))


def cut(text: str) -> list[str]:
    """The words of a text that say something, each once, sorted."""
    words = set(filter(_WORD.fullmatch, _segmenter().cut(text)))
    return sorted(words - linking_settings().common_words)


def _in_both(first: _Words, second: _Words, pair: int) -> list[int]:
    """The words that two sentences share."""
    own, other = pair >> _PAIR_BITS, pair & _PAIR_MASK
    common = first.all & second.all
    return [word for word in common if own in first.sentences[word] and other in second.sentences[word]]


@cache
def _segmenter() -> Any:
    import rjieba  # its dictionary takes 0.2 s to load: only where links are made

    return rjieba
