"""Finds the clauses of upper levels that support what a clause supports: by topics, matters, sectors and wording.

What kind of link a counterpart makes is for city_level.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

import msgspec

from loaders.divisions import Division
from loaders.linking.matters import all_matters
from loaders.linking.neighbours import blocks_of, likeness_key
from loaders.linking.settings import linking_settings
from loaders.linking.views import ClauseView, PolicyView, matters_of
from loaders.linking.wording import Likeness, Wording

# What is held ready of an upper level's clauses: those of one city and province, for each set of industries that its districts' policies have.
_READY = 1 << 14
# Of sums that are told apart by more than this.
_ROUNDING = 1e-9


class Counterpart(msgspec.Struct, frozen=True, eq=False):
    """A clause of an upper level that supports what a clause supports: by which topic and matters, and how alike the wording is."""

    clause: ClauseView
    topic: str | None
    matters: tuple[str, ...]
    likeness: Likeness

    @property
    def score(self) -> tuple[bool, float, str]:
        """Sorts counterparts: clauses that are about the topic first, then those with more shared matters, then by likeness."""
        about = self.topic is None or self.topic in self.clause.topics
        return (about, len(self.matters) + self.likeness.score, self.clause.id)


_Fitting: TypeAlias = tuple[bool, int, ClauseView, tuple[str, ...]]
"""What may be a counterpart: whether it is about the topic itself, how many matters it shares, the clause, and these matters."""


class UpperLevels:
    """The clauses of municipal and provincial policies, by division and topic, and by division and narrow matter."""

    def __init__(self, policies: Iterable[PolicyView], wording: Wording) -> None:
        self._wording = wording
        self._settings = linking_settings()
        by_division: dict[str, list[ClauseView]] = {}
        for policy in policies:
            if policy.division is not None and policy.division.level in ("municipal", "provincial"):
                clauses = [clause for clause in policy.clauses if not self._names_a_form_only(clause)]
                by_division.setdefault(policy.division.code, []).extend(clauses)
        self._matters_for = lru_cache(_READY)(_matters_for)
        self._by_topic = {code: blocks_of(some, _named_topics) for code, some in by_division.items()}
        self._by_matter = {code: blocks_of(some, _narrow_matters) for code, some in by_division.items()}

    def counterparts(self, clause: ClauseView, upper: Division, *, aligned: bool) -> list[Counterpart]:
        """For each topic of the clause the best counterpart in each policy of `upper`, for the best few policies a topic.

        Where the text itself says that the city pays (not `aligned`), sector and field of the city's clause do not matter.
        """
        chosen: list[Counterpart] = []
        # A clause that grants nothing is about its first topic; the others are named in passing.
        topics = clause.topics if clause.pays else clause.topics[:1]
        for topic in topics:
            near = self._near(self._by_topic.get(upper.code, {}).get(topic, []), clause)
            fitting = [
                (topic in other.topics, len(matters), other, matters)
                for other in near
                if (matters := self._shared(clause, other, topic, any_field=not aligned)) is not None
                and (not aligned or _is_fit(clause, other, matters))
            ]
            chosen += self._best_of(clause, topic, fitting)
        return chosen

    def _best_of(self, clause: ClauseView, topic: str, fitting: list[_Fitting]) -> list[Counterpart]:
        """The best counterpart in each policy, of the best few policies. What cannot be among them any more is not compared."""
        most = self._settings.caps.upper_policies
        best: dict[str, Counterpart] = {}
        ranked: list[Counterpart] = []
        for about, count, other, matters in sorted(fitting, key=lambda one: one[:2], reverse=True):
            least = 0.0
            if len(ranked) == most:
                was_about, beaten, _ = ranked[-1].score
                # A likeness is at most 1.
                if (was_about, beaten) > (about, count + 1.0):
                    break
                if was_about == about:
                    least = beaten - count - _ROUNDING
            likeness = self._wording.likeness_from(clause, other, least)
            if likeness is None:
                continue
            keep_best(best, other.policy.id, Counterpart(other, topic, matters, likeness))
            ranked = self._best_policies(best)
            best = {one.clause.policy.id: one for one in ranked}
        return ranked

    def named_by(self, clause: ClauseView, narrow: list[str], upper: Division) -> list[Counterpart]:
        """Clauses of `upper` with one of the narrow matters that the words of a match name: these say what the city pays for."""
        best: dict[str, Counterpart] = {}
        for matter in narrow:
            for other in self._near(self._by_matter.get(upper.code, {}).get(matter, []), clause):
                shared = tuple(name for name in narrow if name in other.matters)
                likeness = self._wording.likeness(clause, other)
                keep_best(best, other.policy.id, Counterpart(other, None, shared, likeness))
        return self._best_policies(best)

    def _best_policies(self, best: dict[str, Counterpart]) -> list[Counterpart]:
        return sorted(best.values(), key=by_score, reverse=True)[: self._settings.caps.upper_policies]

    def _shared(
        self, clause: ClauseView, other: ClauseView, topic: str, *, any_field: bool
    ) -> tuple[str, ...] | None:
        """The matters of a topic that two clauses share; None where they are no counterparts."""
        held = self._matters_for(other, None if any_field else clause.policy.industries)
        if held is None:
            return None
        about = topic in other.topics
        matters = _matters_on(clause.matters & held, topic, about)
        if not matters and (topic in self._settings.wide_topics or not about):
            return None
        return matters

    def _near(self, block: list[ClauseView], clause: ClauseView) -> list[ClauseView]:
        """The whole block, or where it is long the part whose clauses are most like this one in matters and amounts."""
        limit = self._settings.caps.upper_candidates
        if len(block) <= limit:
            return block
        key, low, high = likeness_key(clause), 0, len(block)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if likeness_key(block[middle]) < key else (low, middle)
        start = max(0, min(low - limit // 2, len(block) - limit))
        return block[start : start + limit]

    def _names_a_form_only(self, clause: ClauseView) -> bool:
        """对与银行签订贷款合同并符合标准的项目给予贷款贴息支持: how is paid, and nothing that it is for."""
        if clause.pays:
            return False
        if sum(len(sentence.text) for sentence in clause.sentences) >= self._settings.thresholds.form_chars:
            return False
        matters = all_matters().by_name
        topics = {topic for name in clause.matters for topic in matters[name].topics} | set(clause.topics)
        return topics <= self._settings.form_topics


@lru_cache(1 << 16)
def _matters_on(shared: frozenset[str], topic: str, about: bool) -> tuple[str, ...]:
    """Those of the matters that belong to a topic, sorted; where a clause is not `about` it, those that tell of it by their name alone."""
    matters = all_matters()
    return tuple(
        name
        for name in matters.of_topic(shared, topic)
        if about or topic in matters.told_topics(frozenset((name,)))
    )


def _is_fit(clause: ClauseView, other: ClauseView, matters: tuple[str, ...]) -> bool:
    """Whether the same kind of fund may pay for both; a narrow matter (并购贷款贴息) counts across sectors."""
    if clause.policy.may_share_sector(other.policy):
        return True
    return bool(all_matters().narrow(frozenset(matters)))


def _named_topics(clause: ClauseView) -> frozenset[str]:
    """The topics of a clause and those that its matters tell: a city's clause lists many things, of which reading keeps the strongest."""
    told = all_matters().told_topics(clause.matters) if clause.topics else frozenset[str]()
    return told.union(clause.topics)


def _narrow_matters(clause: ClauseView) -> frozenset[str]:
    return frozenset(all_matters().narrow(clause.matters) if clause.topics else ())


def _matters_for(clause: ClauseView, industries: tuple[str, ...] | None) -> frozenset[str] | None:
    """The matters of the sentences that hold for a policy of these industries (None: for any); None where none of them does."""
    sentences = clause.sentences if industries is None else clause.sentences_for(industries)
    if not sentences:
        return None
    return matters_of(sentences)


def keep_best(best: dict[str, Counterpart], key: str, one: Counterpart) -> None:
    known = best.get(key)
    best[key] = max(known, one, key=by_score) if known else one


def by_score(one: Counterpart) -> tuple[bool, float, str]:
    return one.score
