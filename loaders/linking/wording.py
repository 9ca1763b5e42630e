"""How alike two clauses are worded: their sentences' words, the rare ones counting more.

Segments with rjieba, each sentence once; what follows from a likeness is for the kinds of links.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
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
# Likenesses held ready, some 400 bytes each: what two clauses of a district shut out is asked for first, then what repeats the other.
_LIKENESSES = 1 << 16
# Ends a sentence among the numbers of a clause's words.
_END = 0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the two most alike sentences are, 0 to 1, and the numbers of the words that they share (see Wording.told)."""

    score: float
    shared: frozenset[int]


_UNLIKE = Likeness(0.0, frozenset())


class _Words(NamedTuple):
    """The words of a clause by their numbers: all, each sentence's with the root of its damped weight, and the least such root."""

    all: frozenset[int]
    sentences: list[tuple[frozenset[int], float]]
    least: float


class Wording:
    """Weighs words by the number of clauses that have them; clauses come in the order of their places, from 0."""

    def __init__(self, clauses: Iterable[ClauseView]) -> None:
        self._common = linking_settings().common_words
        self._numbers: dict[str, int] = {}
        self._names: list[str] = [""]
        self._times = array("l", [0])
        # The words of all clauses one after another, some 200 bytes a clause; where those of each begin, by the clause's place.
        self._cut_words = array("I")
        self._begins = array("Q", [0])
        count = 0
        for clause in clauses:
            assert clause.place == count
            count += 1
            words = self._cut_clause(clause)
            for number in set(words) - {_END}:
                self._times[number] += 1
            self._cut_words.extend(words)
            self._begins.append(len(self._cut_words))
        count = max(count, _LEAST_CLAUSES) + 1
        self._weights = [round(_SCALE * math.log(count / (times + 1)) ** 2) for times in self._times]
        self._unknown = round(_SCALE * math.log(count) ** 2)
        self._words = lru_cache(_READY)(self._make_words)
        self._likeness = lru_cache(_LIKENESSES)(self._find_likeness)

    def likeness(self, one: ClauseView, other: ClauseView) -> Likeness:
        """The likeness of the two most alike sentences of two clauses."""
        return self._likeness(*sorted((one.place, other.place)))

    def _find_likeness(self, place: int, other_place: int) -> Likeness:
        first, second = self._words(place), self._words(other_place)
        common = first.all & second.all
        if not common:
            return _UNLIKE
        best, shared = 0.0, frozenset[int]()
        parts = [(part, root) for words, root in second.sentences if (part := words & common)]
        for words, root in first.sentences:
            own = words & common
            for part, other_root in parts if own else ():
                both = own & part
                if both:
                    score = self._size(both) / (root * other_root)
                    if score > best or (score == best and self._named(both) < self._named(shared)):
                        best, shared = score, both
        return Likeness(min(best, 1.0), shared) if shared else _UNLIKE

    def told(self, likeness: Likeness) -> list[str]:
        """The rarest of the words that make a likeness, the rarest first."""
        return self.rarest(self._named(likeness.shared))

    def most(self, one: ClauseView, other: ClauseView) -> float:
        """What the likeness of two clauses is at most, for a tenth of its cost."""
        first, second = self._words(one.place), self._words(other.place)
        return min(1.0, self._size(first.all & second.all) / (first.least * second.least))

    def rare_words(self, clause: ClauseView, most_clauses: int, most: int) -> list[int]:
        """The numbers of the rarest words of a clause that others have too, and no more than `most_clauses`; the rarest first."""
        known = set(self._words_at(clause.place))
        shared = [self._names[number] for number in known if 1 < self._times[number] <= most_clauses]
        return [self._numbers[word] for word in self.rarest(shared, most)]

    def rarest(self, words: Iterable[str], most: int = 4) -> list[str]:
        """The rarest of some words, the rarest first."""
        return sorted(words, key=lambda word: (-self._weight(word), word))[:most]

    def shared_words(self, one: str, other: str) -> list[str]:
        """Words that two texts share, the rarest first."""
        shared = self._cut(one) & self._cut(other)
        return self.rarest(shared, len(shared))

    def _words_at(self, place: int) -> array[int]:
        return self._cut_words[self._begins[place] : self._begins[place + 1]]

    def _cut_clause(self, clause: ClauseView) -> array[int]:
        words = array("I")
        for sentence in clause.sentences:
            for word in sorted(self._cut(sentence.text)):
                number = self._numbers.get(word)
                if number is None:
                    number = self._numbers[word] = len(self._names)
                    self._names.append(word)
                    self._times.append(0)
                words.append(number)
            words.append(_END)
        return words

    def _make_words(self, place: int) -> _Words:
        sentences: list[tuple[frozenset[int], float]] = []
        own: list[int] = []
        for number in self._words_at(place):
            if number != _END:
                own.append(number)
            elif own:
                sentences.append((frozenset(own), math.sqrt(self._size(own) + _DAMPING)))
                own = []
        least = min((root for _, root in sentences), default=1.0)
        return _Words(frozenset[int]().union(*(words for words, _ in sentences)), sentences, least)

    def _cut(self, text: str) -> frozenset[str]:
        return frozenset(filter(_WORD.fullmatch, _segmenter().cut(text))) - self._common

    def _size(self, words: Iterable[int]) -> int:
        return sum(map(self._weights.__getitem__, words))

    def _named(self, words: Iterable[int]) -> list[str]:
        return sorted(map(self._names.__getitem__, words))

    def _weight(self, word: str) -> int:
        number = self._numbers.get(word)
        return self._unknown if number is None else self._weights[number]


@cache
def _segmenter() -> Any:
    import rjieba  # its dictionary takes 0.2 s to load: only where links are made

    return rjieba
