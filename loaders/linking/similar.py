"""SIMILAR_TO: clauses of two districts that give alike support, and duplicates in two policies of one district.

Compares neighbours in blocks of one topic; which pairs may not be drawn together is for conflicts.py.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from graph.model import Edge, Value
from loaders.linking.matters import all_matters
from loaders.linking.neighbours import Neighbours
from loaders.linking.settings import linking_settings
from loaders.linking.views import ClauseView, PolicyView
from loaders.linking.wording import Likeness, Wording

_Ranked: TypeAlias = "tuple[bool, float, str, str, _Pair]"
"""Sorts pairs: what one district pays twice first, for it must not be lost behind other districts, then the most alike, then by ids."""


@dataclass(frozen=True, slots=True, eq=False)
class Similarity:
    """How alike the support of two clauses is: shared topics and matters (sorted), equal amounts, honors, wording."""

    one: ClauseView
    other: ClauseView
    topics: tuple[str, ...]
    matters: tuple[str, ...]
    amounts: int
    honors: tuple[str, ...]
    likeness: Likeness
    twice: bool

    @property
    def score(self) -> float:
        """0 to 1: wording counts half; a shared matter, equal amounts and a shared honor for the rest."""
        known = _base_score(len(self.topics), len(self.matters), self.amounts, bool(self.honors))
        return round(0.5 * self.likeness.score + known, 3)

    @property
    def is_duplicate(self) -> bool:
        """Whether both give the same support: alike words, or the same matter or honor with an equal amount or alike words."""
        thresholds = linking_settings().thresholds
        if not self.twice:
            return False
        if self.likeness.score >= thresholds.duplicate_wording:
            return True
        if not self.matters and not self.honors:
            return False
        return self.amounts > 0 or self.likeness.score >= thresholds.duplicate_service_wording


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
    topics = tuple(topic for topic in one.topics if topic in other.topics)
    matters = _matters_of(one.matters & other.matters, frozenset(topics))
    return Similarity(
        one=one,
        other=other,
        topics=topics,
        matters=matters,
        amounts=len(one.amounts & other.amounts),
        honors=tuple(sorted(set(one.honors).intersection(other.honors))),
        likeness=wording.likeness(one, other),
        twice=twice,
    )


def _base_score(topics: int, matters: int, amounts: int, honor: bool) -> float:
    """What the score is without the wording."""
    return 0.1 * min(topics, 2) + 0.15 * bool(matters) + 0.05 * min(amounts, 2) + 0.05 * honor


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
        best: dict[str, list[_Ranked]] = {}
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
            for _, _, _, _, pair in best.pop(one.id, ()):
                if not pair.is_linked:
                    pair.is_linked = True
                    yield _edge(pair.similarity or self._compare(pair.one, pair.other), self._wording)
                pair.similarity = None

    def _found(
        self,
        pair: tuple[ClauseView, ClauseView],
        looking: Sequence[ClauseView],
        best: Mapping[str, list[_Ranked]],
    ) -> Similarity | None:
        """How alike two clauses are, None where they are not similar or could not be one of the best of those that look."""
        one, other = pair
        if (
            one.policy is other.policy
            or one.policy.level != other.policy.level
            or not _may_be_similar(one, other)
        ):
            return None
        if not _may_be_chosen(one, other, [best.get(clause.id, ()) for clause in looking], self._wording):
            return None
        found = self._compare(one, other)
        return found if _is_similar(found) else None

    def _compare(self, one: ClauseView, other: ClauseView) -> Similarity:
        twice = not _is_kin(one.policy, other.policy, self._carried_out)
        return compare(one, other, self._wording, twice=twice)


def _rank(found: Similarity, looking: Sequence[ClauseView], best: dict[str, list[_Ranked]]) -> None:
    """Puts a pair among the best of those of its clauses that look, where it belongs there."""
    one, other = found.one, found.other
    entry = (not _duplicate(found), -found.score, one.id, other.id, _Pair(one, other, found))
    for clause in looking:
        ranked = best.setdefault(clause.id, [])
        insort(ranked, entry)
        del ranked[linking_settings().caps.similar_links :]


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


def _may_be_chosen(
    one: ClauseView, other: ClauseView, places: Sequence[Sequence[_Ranked]], wording: Wording
) -> bool:
    """Whether the wording, were it as alike as the words of the two clauses allow, makes them similar and one of the best of one of the
    clauses that have these places."""
    thresholds = linking_settings().thresholds
    topics = one.topic_set & other.topic_set
    matters = _matters_of(one.matters & other.matters, topics)
    amounts = len(one.amounts & other.amounts)
    honor = bool(one.honors and not set(one.honors).isdisjoint(other.honors))
    known = _base_score(len(topics), len(matters), amounts, honor)

    def likeness_for(score: float) -> float:
        # Scores are rounded to three digits.
        return 2 * (score - known - 0.001)

    if not matters and topics <= linking_settings().wide_topics:
        needed = thresholds.duplicate_wording
    else:
        needed = likeness_for(thresholds.similar_score)
    needed = max(needed, likeness_for(min(_score_to_beat(ranked, duplicate=False) for ranked in places)))
    if same_district(one, other):
        twice = thresholds.duplicate_wording
        if matters or honor:
            twice = 0.0 if amounts else min(twice, thresholds.duplicate_service_wording)
        beaten = min(_score_to_beat(ranked, duplicate=True) for ranked in places)
        needed = min(needed, max(twice, likeness_for(beaten)))
    return needed <= 0 or (needed <= 1 and wording.most(one, other) >= needed)


def _score_to_beat(ranked: Sequence[_Ranked], *, duplicate: bool) -> float:
    """The least score with which a pair comes among the best that a clause has: 0 where there is room, infinite where no score does."""
    if len(ranked) < linking_settings().caps.similar_links:
        return 0.0
    is_single, score, *_ = ranked[-1]
    if duplicate:
        return 0.0 if is_single else -score
    return -score if is_single else math.inf


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
    if not found.matters and set(found.topics) <= settings.wide_topics:
        return found.likeness.score >= settings.thresholds.duplicate_wording
    return found.score >= settings.thresholds.similar_score


def _duplicate(found: Similarity) -> bool:
    return same_district(found.one, found.other) and found.is_duplicate


def _edge(found: Similarity, wording: Wording) -> Edge:
    properties: dict[str, Value] = {
        "score": found.score,
        "duplicate": _duplicate(found),
        "topic": found.topics[0],
        "why": why_similar(found, wording),
    }
    return Edge("SIMILAR_TO", found.one.id, found.other.id, properties)


def why_similar(found: Similarity, wording: Wording) -> str:
    """One sentence: what agrees."""
    reasons = []
    if found.matters:
        reasons.append("同为" + "、".join(found.matters))
    if found.honors:
        reasons.append("同奖“" + "”“".join(found.honors[:3]) + "”")
    if found.amounts:
        reasons.append(f"{found.amounts}项数额相同")
    if words := wording.told(found.likeness):
        reasons.append("共同用语:" + "、".join(words))
    return ";".join(reasons) or "同一事项"
