"""SIMILAR_TO: clauses of two districts that give alike support, and duplicates in two policies of one district.

Compares neighbours in blocks of one topic; which pairs may not be drawn together is for conflicts.py.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import msgspec

from graph.model import Edge, Value
from loaders.linking.matters import all_matters
from loaders.linking.neighbours import Neighbours
from loaders.linking.settings import linking_settings
from loaders.linking.views import ClauseView, PolicyView
from loaders.linking.wording import Likeness, Wording

_Ranked: TypeAlias = "tuple[bool, float, str, str, _Pair]"
"""Sorts pairs: what one district pays twice first, for it must not be lost behind other districts, then the most alike, then by ids."""


_NONE = frozenset[str]()


class Shared(NamedTuple):
    """What the support of two clauses has in common but for its wording: topics, matters (sorted), equal amounts, honors."""

    topics: frozenset[str]
    matters: tuple[str, ...]
    amounts: int
    honors: frozenset[str]

    @property
    def score(self) -> float:
        """What a shared matter, equal amounts and a shared honor make of the score of a similarity."""
        topics, amounts = min(len(self.topics), 2), min(self.amounts, 2)
        return 0.1 * topics + 0.15 * bool(self.matters) + 0.05 * amounts + 0.05 * bool(self.honors)


class Similarity(msgspec.Struct, frozen=True, eq=False):
    """How alike the support of two clauses is. `score` is 0 to 1: wording counts half, what is `shared` besides for the rest; `twice`
    where one may pay what the other pays too."""

    one: ClauseView
    other: ClauseView
    shared: Shared
    likeness: Likeness
    score: float
    twice: bool

    @property
    def topic(self) -> str:
        """The first of one clause's topics that the other has too; they must share one."""
        return next(topic for topic in self.one.topics if topic in self.shared.topics)

    @property
    def is_duplicate(self) -> bool:
        """Whether both give the same support: alike words, or the same matter or honor with an equal amount or alike words."""
        thresholds = linking_settings().thresholds
        if not self.twice:
            return False
        if self.likeness.score >= thresholds.duplicate_wording:
            return True
        if not self.shared.matters and not self.shared.honors:
            return False
        return self.shared.amounts > 0 or self.likeness.score >= thresholds.duplicate_service_wording


@dataclass(slots=True, eq=False)
class _Pair:
    """Two similar clauses that wait for their turn; how similar is kept until the first of them had it, and found out again if need be, for
    the likenesses of a country would not fit into memory."""

    one: ClauseView
    other: ClauseView
    similarity: Similarity | None
    is_linked: bool = False


def compare(one: ClauseView, other: ClauseView, wording: Wording, *, twice: bool = True) -> Similarity:
    """The similarity of two clauses; `twice` where one may pay what the other pays too."""
    return _similarity(one, other, _shared_by(one, other), wording.likeness(one, other), twice)


def _similarity(
    one: ClauseView, other: ClauseView, shared: Shared, likeness: Likeness, twice: bool
) -> Similarity:
    return Similarity(one, other, shared, likeness, round(0.5 * likeness.score + shared.score, 3), twice)


def _shared_by(one: ClauseView, other: ClauseView) -> Shared:
    topics = one.topic_set & other.topic_set
    matters = _matters_of(one.matters & other.matters, topics)
    honors = frozenset(one.honors).intersection(other.honors) if one.honors and other.honors else _NONE
    return Shared(topics, matters, len(one.amounts & other.amounts), honors)


@lru_cache(1 << 16)
def _matters_of(shared: frozenset[str], topics: frozenset[str]) -> tuple[str, ...]:
    """Those of the matters that belong to one of the topics, sorted."""
    return tuple(sorted({name for topic in topics for name in all_matters().of_topic(shared, topic)}))


def _is_kin(one: PolicyView, other: PolicyView, carried_out: Mapping[str, set[str]]) -> bool:
    return other.id in carried_out.get(one.id, ()) or one.id in carried_out.get(other.id, ())


class SimilarLinks:
    """The edges between clauses that share a topic, are of two policies and are alike; the best few of each clause.

    `carried_out` maps a policy's id to those it carries out: a guide that repeats its regulation pays nothing twice. What a part of the
    policies adds is told for itself: a pair with a clause outside the part is looked at once for the sake of either clause, so that the
    edges are the same however the policies are parted.
    """

    def __init__(
        self, policies: Iterable[PolicyView], carried_out: Mapping[str, set[str]], wording: Wording
    ) -> None:
        clauses = (clause for policy in policies for clause in policy.clauses)
        self._near = Neighbours(clauses, lambda clause: _keys(clause, wording), _window)
        self._carried_out = carried_out
        self._wording = wording

    def links(self, places: range) -> Iterator[Edge]:
        """The edges for which the clauses at some places, in the order of `loaders.linking.neighbours.Neighbours`, look."""
        best: defaultdict[str, _Best] = defaultdict(_Best)
        for place in places:
            one = self._near.ordered[place]
            for other_place in self._near.around(place):
                if other_place < place and other_place in places:
                    continue
                other = self._near.ordered[other_place]
                looking = (one, other) if other_place in places else (one,)
                found = self._found((one, other) if one.id < other.id else (other, one), looking, best)
                if found is not None:
                    _rank(found, looking, best)
            # No pair of this clause comes any more: its best are the best.
            for _, _, _, _, pair in best.pop(one.id, _Best()).ranked:
                if not pair.is_linked:
                    pair.is_linked = True
                    yield _edge(pair.similarity or self._compare(pair.one, pair.other), self._wording)
                pair.similarity = None

    def _found(
        self,
        pair: tuple[ClauseView, ClauseView],
        looking: Sequence[ClauseView],
        best: Mapping[str, _Best],
    ) -> Similarity | None:
        """How alike two clauses are, None where they are not similar or could not be one of the best of those that look."""
        one, other = pair
        if (
            one.policy is other.policy
            or one.policy.level != other.policy.level
            or not _may_be_similar(one, other)
        ):
            return None
        shared = _shared_by(one, other)
        needed = _likeness_needed(one, other, shared, [best[clause.id] for clause in looking])
        likeness = self._wording.likeness_from(one, other, needed)
        if likeness is None:
            return None
        found = _similarity(one, other, shared, likeness, self._twice(one, other))
        return found if _is_similar(found) else None

    def _compare(self, one: ClauseView, other: ClauseView) -> Similarity:
        return compare(one, other, self._wording, twice=self._twice(one, other))

    def _twice(self, one: ClauseView, other: ClauseView) -> bool:
        return not _is_kin(one.policy, other.policy, self._carried_out)


class _Best:
    """The best pairs of a clause, and the least scores with which one more comes among them, as a duplicate or not: 0 where there is room,
    infinite where no score does."""

    __slots__ = ("duplicate_to_beat", "ranked", "to_beat")

    def __init__(self) -> None:
        self.ranked: list[_Ranked] = []
        self.to_beat = self.duplicate_to_beat = 0.0

    def add(self, entry: _Ranked) -> None:
        """Put a pair where it belongs; the last leaves where they are too many."""
        most = linking_settings().caps.similar_links
        insort(self.ranked, entry)
        del self.ranked[most:]
        if len(self.ranked) == most:
            is_single, score, *_ = self.ranked[-1]
            self.to_beat = -score if is_single else math.inf
            self.duplicate_to_beat = 0.0 if is_single else -score


def _rank(found: Similarity, looking: Sequence[ClauseView], best: Mapping[str, _Best]) -> None:
    """Puts a pair among the best of those of its clauses that look, where it belongs there."""
    one, other = found.one, found.other
    entry = (not _duplicate(found), -found.score, one.id, other.id, _Pair(one, other, found))
    for clause in looking:
        best[clause.id].add(entry)


def _keys(clause: ClauseView, wording: Wording) -> Iterator[str | int]:
    """Topics, each with a place, and the numbers of rare words."""
    yield from _place_keys(clause)
    yield from _rare_words(clause, wording)


def _place_keys(clause: ClauseView) -> Iterator[str]:
    """Topics within the district, within the city or province above it, and in the country: each has neighbours of its own, so that a
    district's duplicates and a city's comparisons are found however long the list of a topic is."""
    policy = clause.policy
    for topic in clause.topics:
        if policy.division is not None:
            yield f"0 {policy.division.code} {topic}"
        if policy.uppers:
            yield f"1 {policy.uppers[0].code} {topic}"
        yield f"2 {topic}"


def _rare_words(clause: ClauseView, wording: Wording) -> list[int]:
    caps = linking_settings().caps
    return wording.rare_words(clause, caps.window, caps.rare_words) if clause.topics else []


def _window(key: Hashable) -> int:
    """The whole of a district's own block, up to the window; fewer neighbours in a block of a city, fewest in one of the country."""
    caps = linking_settings().caps
    if not isinstance(key, str):
        return caps.country_window
    if key.startswith("0 "):
        return caps.window
    return caps.city_window if key.startswith("1 ") else caps.country_window


def _likeness_needed(one: ClauseView, other: ClauseView, shared: Shared, places: Sequence[_Best]) -> float:
    """How alike the wording of two clauses must be at least, so that they are similar and one of the best of one of the clauses that have
    these places."""
    thresholds = linking_settings().thresholds
    # Scores are rounded to three digits.
    known = shared.score + 0.001
    if not shared.matters and shared.topics <= linking_settings().wide_topics:
        needed = thresholds.duplicate_wording
    else:
        needed = 2 * (thresholds.similar_score - known)
    needed = max(needed, 2 * (min([best.to_beat for best in places]) - known))
    if same_district(one, other):
        twice = thresholds.duplicate_wording
        if shared.matters or shared.honors:
            twice = 0.0 if shared.amounts else min(twice, thresholds.duplicate_service_wording)
        beaten = min([best.duplicate_to_beat for best in places])
        needed = min(needed, max(twice, 2 * (beaten - known)))
    return needed


def same_district(one: ClauseView, other: ClauseView) -> bool:
    """Whether two clauses are of one division that is known."""
    return one.policy.division is not None and one.policy.division == other.policy.division


def _may_be_similar(one: ClauseView, other: ClauseView) -> bool:
    """Whether a comparison is worth its time: under wide topics alone, clauses must share a matter or an amount."""
    if one.topic_set.isdisjoint(other.topic_set):
        return False
    if not one.matters.isdisjoint(other.matters) or not one.amounts.isdisjoint(other.amounts):
        return True
    return not linking_settings().wide_topics.issuperset(one.topic_set & other.topic_set)


def _is_similar(found: Similarity) -> bool:
    if same_district(found.one, found.other) and found.is_duplicate:
        return True
    settings = linking_settings()
    if not found.shared.matters and found.shared.topics <= settings.wide_topics:
        return found.likeness.score >= settings.thresholds.duplicate_wording
    return found.score >= settings.thresholds.similar_score


def _duplicate(found: Similarity) -> bool:
    return same_district(found.one, found.other) and found.is_duplicate


def _edge(found: Similarity, wording: Wording) -> Edge:
    properties: dict[str, Value] = {
        "score": found.score,
        "duplicate": _duplicate(found),
        "topic": found.topic,
        "why": why_similar(found, wording),
    }
    return Edge("SIMILAR_TO", found.one.id, found.other.id, properties)


def why_similar(found: Similarity, wording: Wording) -> str:
    """One sentence: what agrees."""
    reasons = []
    shared = found.shared
    if shared.matters:
        reasons.append("同为" + "、".join(shared.matters))
    if shared.honors:
        reasons.append("同奖“" + "”“".join(sorted(shared.honors)[:3]) + "”")
    if shared.amounts:
        reasons.append(f"{shared.amounts}项数额相同")
    if words := wording.told(found.one, found.other, found.likeness):
        reasons.append("共同用语:" + "、".join(words))
    return ";".join(reasons) or "同一事项"
