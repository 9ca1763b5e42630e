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

# Weights are whole numbers, so that sums come out the same in any order of words.
_SCALE = 1000
# Sentences of few words are alike by chance: this much weight is put to each of them.
_DAMPING = 50 * _SCALE
# In a corpus of two policies every word is common; words are weighed as if there were so many clauses, about those of 24 policies.
_LEAST_CLAUSES = 500


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the two most alike sentences are, 0 to 1, and the words that they share, in no order (see Wording.rarest)."""

    score: float
    words: frozenset[str]


_UNLIKE = Likeness(0.0, frozenset())


class Wording:
    """Weighs words by the number of clauses that have them; makes no difference between orders of clauses."""

    def __init__(self, clauses: Iterable[ClauseView]) -> None:
        self._common = linking_settings().common_words
        found: Counter[str] = Counter()
        clauses = list(clauses)
        for clause in clauses:
            found.update({word for sentence in clause.sentences for word in self._cut(sentence.text)})
        count = max(len(clauses), _LEAST_CLAUSES) + 1
        self._weights = {
            word: round(_SCALE * math.log(count / (times + 1)) ** 2) for word, times in found.items()
        }
        self._unknown = round(_SCALE * math.log(count) ** 2)
        self._sentences: dict[str, list[tuple[frozenset[str], int]]] = {}

    def likeness(self, one: ClauseView, other: ClauseView) -> Likeness:
        """The likeness of the two most alike sentences of two clauses."""
        best, shared = 0.0, frozenset[str]()
        for words, size in self._weighed(one):
            for other_words, other_size in self._weighed(other):
                common = words & other_words
                if common:
                    score = self._size(common) / math.sqrt((size + _DAMPING) * (other_size + _DAMPING))
                    if score > best or (score == best and sorted(common) < sorted(shared)):
                        best, shared = score, common
        return Likeness(min(best, 1.0), shared) if shared else _UNLIKE

    def rarest(self, words: Iterable[str], most: int = 4) -> list[str]:
        """The rarest of some words, the rarest first."""
        return sorted(words, key=lambda word: (-self._weights.get(word, self._unknown), word))[:most]

    def shared_words(self, one: str, other: str) -> list[str]:
        """Words that two texts share, the rarest first."""
        shared = self._cut(one) & self._cut(other)
        return self.rarest(shared, len(shared))

    def _weighed(self, clause: ClauseView) -> list[tuple[frozenset[str], int]]:
        known = self._sentences.get(clause.id)
        if known is None:
            cut = (self._cut(sentence.text) for sentence in clause.sentences)
            known = self._sentences[clause.id] = [(words, self._size(words)) for words in cut if words]
        return known

    def _cut(self, text: str) -> frozenset[str]:
        return frozenset(filter(_WORD.fullmatch, _segmenter().cut(text))) - self._common

    def _size(self, words: Iterable[str]) -> int:
        return sum(map(self._weights.__getitem__, words))


@cache
def _segmenter() -> Any:
    import rjieba  # its dictionary takes 0.2 s to load: only where links are made

    return rjieba
