"""Reads the names of departments: what the lexicons agency_kinds and agencies say of tails, stems, and bodies known by a short name.

Which place a department belongs to is for agency_places.py, where a text names one for agency_mentions.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.lexicon import LexiconError, WordFinder, read_lexicon

# So far back from its tail a department's name may begin; the longest of data/corpus, 机器人和智能制造产业局, has 12 characters.
WINDOW = 24
CENTRE, GOVERNMENT, AREA_BOARD = "中心", "人民政府", "管理委员会"


@dataclass(frozen=True, slots=True)
class Tail:
    """What a department's name ends in: `name` is its full form (委员会), `not_before` what may not follow (委托)."""

    name: str
    not_before: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body with a name of its own, known by its aliases within the division named `within`."""

    name: str
    within: str


class Kinds:
    """The lexicon of department names, made ready for reading from a tail backwards."""

    def __init__(self, kinds: dict[str, Any], agencies: dict[str, Any]) -> None:
        self.tails = {
            form: Tail(tail["name"], tail["not_before"])
            for tail in kinds["tails"]
            for form in (tail["name"], *tail["short"])
        }
        self.endings = tuple(self.tails)
        self.tail_ends = frozenset(tail[-1] for tail in self.tails)
        self.party = frozenset(kinds["party"])
        self.stems = {
            form: stem["name"] for stem in kinds["stems"] for form in (stem["name"], *stem["short"])
        }
        # 国家税务总局 stands in front of 广州市南沙区税务局
        self.national = {entry["department"]: entry["name"] for entry in kinds["national"]}
        self.wholes = {
            form: whole["name"] for whole in kinds["wholes"] for form in (whole["name"], *whole["short"])
        }
        self.ambiguous = {entry["short"]: list(entry["candidates"]) for entry in kinds["ambiguous"]}
        self.centre = tuple(word + CENTRE for word in kinds["centre_words"])
        self.area_names: dict[str, str] = kinds["area_names"]
        self.areas = tuple(kinds["areas"])
        self.departments = {
            (entry["of"], form): entry["name"]
            for entry in agencies["departments"]
            for form in (entry["name"], *entry["aliases"])
        }
        self.bodies = {
            form: Body(entry["name"], entry["within"])
            for entry in agencies["bodies"]
            for form in (entry["name"], *entry["aliases"])
        }
        # by the last two characters, the longest first
        self.body_ends: dict[str, list[str]] = {}
        for form in sorted(self.bodies, key=lambda form: (-len(form), form)):
            self.body_ends.setdefault(form[-2:], []).append(form)
        # a body's name is looked for where its last characters stand
        ends = {form[-2:] for form in self.bodies if not form.endswith(self.endings)}
        self.finder = WordFinder(sorted({*self.tails, *self.party, *ends}))
        self._stem = _backwards({*self.stems, *kinds["words"], *self._heads()})

    def _heads(self) -> Iterable[str]:
        """What stands in front of the tail of every whole, ambiguous and area department."""
        forms = [*self.wholes, *self.ambiguous, *(form for _, form in self.departments)]
        tails = sorted(self.tails, key=len, reverse=True)
        for form in forms:
            yield next(form[: -len(tail)] for tail in tails if form.endswith(tail))

    def stem_start(self, text: str, floor: int, tail_start: int) -> int:
        """Where the stem in front of a tail begins, not before `floor`; `tail_start` where there is none."""
        window = text[max(floor, tail_start - WINDOW) : tail_start]
        stem = self._stem.match(window[::-1])
        return tail_start - stem.end() if stem else tail_start

    def department(self, stem: str, tail: str) -> str:
        """The full name of a department without its place: ("发改", "委") is 发展和改革委员会; an ambiguous one and a centre stay as they are."""
        if stem + tail in self.ambiguous or tail == CENTRE:  # 人力社保中心 is a centre's full name
            return stem + tail
        full_tail = self.tails[tail].name if tail in self.tails else tail
        return str(self.wholes.get(stem + tail) or self.stems.get(stem, stem) + full_tail)

    def is_known(self, stem: str, tail: str) -> bool:
        """Whether a department of this name exists in many places, so that it needs no place in front to be one."""
        return stem in self.stems or stem + tail in self.wholes


def _backwards(words: Iterable[str]) -> re.Pattern[str]:
    """Matches a run of words, joined by 和, 与 or nothing, in reversed text."""
    choice = "|".join(word[::-1] for word in sorted(words, key=lambda word: (-len(word), word)) if word)
    return re.compile(rf"(?:{choice})(?:[和与及]?(?:{choice}))*")


@cache
def kinds() -> Kinds:
    """The lexicons of departments and bodies. Raises LexiconError where an entry lacks a part."""
    try:
        return Kinds(read_lexicon("agency_kinds"), read_lexicon("agencies"))
    except (KeyError, TypeError, StopIteration) as error:
        raise LexiconError(f"词表 agency_kinds.yaml 或 agencies.yaml 有不完整的条目:{error!r}") from error
