"""Finds the matters of a text: what it pays for, finer than the topics (data/lexicons/matters.yaml).

Which matters make a link is for the kinds of links.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from loaders.lexicon import LexiconError, WordFinder, read_lexicon

Breadth = Literal["narrow", "usual", "broad"]


class Matter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be paid for. `topics` it belongs to; `words` that show it.

    A narrow matter makes two clauses counterparts even where they share no topic; a broad one never does without a topic. A telling
    one says by its name alone that a clause is about the first of its topics.
    """

    name: str
    topics: tuple[str, ...]
    words: tuple[str, ...]
    breadth: Breadth = "usual"
    telling: bool = False


class Matters:
    """All matters, and the finder of their words."""

    def __init__(self, entries: list[Matter]) -> None:
        self.by_name = {matter.name: matter for matter in entries}
        meant = {word: matter.name for matter in entries for word in matter.words}
        self._finder = WordFinder(list(meant))
        self._names = list(meant.values())

    def find(self, text: str) -> frozenset[str]:
        """Names of the matters in a text without blanks, quotation marks and full-width punctuation."""
        return frozenset(self._names[index] for index, _, _ in self._finder.find(text))

    def of_topic(self, names: frozenset[str], topic: str) -> list[str]:
        """Those of the matters that belong to a topic, sorted."""
        return sorted(name for name in names if topic in self.by_name[name].topics)

    def told_topics(self, names: frozenset[str]) -> frozenset[str]:
        """The topics that the telling ones among the matters say."""
        told = (self.by_name[name] for name in names)
        return frozenset(matter.topics[0] for matter in told if matter.telling)

    def narrow(self, names: frozenset[str]) -> list[str]:
        """Those of the matters that are narrow, sorted."""
        return sorted(name for name in names if self.by_name[name].breadth == "narrow")

    def not_broad(self, names: frozenset[str]) -> list[str]:
        """Those of the matters that may link without a shared topic, sorted."""
        return sorted(name for name in names if self.by_name[name].breadth != "broad")


@cache
def all_matters() -> Matters:
    """The matters of the lexicon, read once. Raises LexiconError where an entry is broken or a word means two matters."""
    try:
        entries = msgspec.convert(read_lexicon("matters")["matters"], list[Matter])
    except (msgspec.ValidationError, KeyError, TypeError) as error:
        raise LexiconError(f"词表 matters.yaml:{error}") from error
    owners: dict[str, str] = {}
    for matter in entries:
        for word in matter.words:
            if owners.setdefault(word, matter.name) != matter.name:
                raise LexiconError(f"词表 matters.yaml:“{word}”同属“{owners[word]}”和“{matter.name}”")
    return Matters(entries)
