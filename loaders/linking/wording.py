"""How alike two clauses are worded: their sentences' words, the rare ones counting more.

Segments with rjieba; what follows from a likeness is for the kinds of links.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.linking.settings import linking_settings
from loaders.linking.views import ClauseView

# Numbers are compared as amounts; a single character says too little.
_WORD = re.compile("[A-Za-z\u4e00-\u9fff]{2,}")

# Sentences of few words are alike by chance: this much weight is put to each of them.
_DAMPING = 50.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the two most alike sentences are, 0 to 1, and the words that they share, the rarest first."""

    score: float
    words: tuple[str, ...]


class Wording:
    """Weighs words by the number of clauses that have them; makes no difference between orders of clauses."""

    def __init__(self, clauses: Iterable[ClauseView]) -> None:
        self._common = linking_settings().common_words
        self._words: dict[str, list[tuple[frozenset[str], float]]] = {}
        found: Counter[str] = Counter()
        self._count = 0
        for clause in clauses:
            self._count += 1
            found.update({word for sentence in clause.sentences for word in self._cut(sentence.text)})
        self._found = found

    def likeness(self, one: ClauseView, other: ClauseView) -> Likeness:
        """The likeness of the two most alike sentences of two clauses."""
        best, shared = 0.0, frozenset[str]()
        for words, size in self._weighed(one):
            for other_words, other_size in self._weighed(other):
                common = words & other_words
                if common:
                    score = self._size(common) / math.sqrt((size + _DAMPING) * (other_size + _DAMPING))
                    if score > best:
                        best, shared = score, common
        ranked = sorted(shared, key=lambda word: (-self._weight(word), word))
        return Likeness(min(best, 1.0), tuple(ranked[:4]))

    def shared_words(self, one: str, other: str) -> list[str]:
        """Words that two texts share, the rarest first."""
        shared = self._cut(one) & self._cut(other)
        return sorted(shared, key=lambda word: (-self._weight(word), word))

    def _weighed(self, clause: ClauseView) -> list[tuple[frozenset[str], float]]:
        known = self._words.get(clause.id)
        if known is None:
            cut = [self._cut(sentence.text) for sentence in clause.sentences]
            known = self._words[clause.id] = [(words, self._size(words)) for words in cut if words]
        return known

    def _cut(self, text: str) -> frozenset[str]:
        return frozenset(word for word in _segmenter().cut(text) if _WORD.fullmatch(word)) - self._common

    def _weight(self, word: str) -> float:
        return math.log((self._count + 1) / (self._found.get(word, 0) + 1))

    def _size(self, words: Iterable[str]) -> float:
        return math.fsum(self._weight(word) ** 2 for word in words)


@cache
def _segmenter() -> Any:
    import rjieba  # its dictionary takes 0.2 s to load: only where links are made

    return rjieba
