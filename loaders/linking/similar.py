"""SIMILAR_TO: clauses of two districts that give alike support, and duplicates in two policies of one district.

Compares neighbours in blocks of one topic; which pairs may not be drawn together is for conflicts.py.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from graph.model import Edge, Value
from loaders.linking.matters import all_matters
from loaders.linking.neighbours import iter_pairs
from loaders.linking.settings import linking_settings
from loaders.linking.views import ClauseView, PolicyView
from loaders.linking.wording import Likeness, Wording

_Ranked: TypeAlias = "tuple[bool, float, str, str, Similarity]"
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
        honors=tuple(sorted(set(one.clause.honors).intersection(other.clause.honors))),
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


def link_similar(
    policies: Iterable[PolicyView], carried_out: Mapping[str, set[str]], wording: Wording
) -> Iterator[Edge]:
    """The edges between clauses that share a topic, are of two policies and are alike; the best few of each clause.

    `carried_out` maps a policy's id to those it carries out: a guide that repeats its regulation pays nothing twice.
    """
    caps = linking_settings().caps
    clauses = [clause for policy in policies for clause in policy.clauses]

    def keys(clause: ClauseView) -> list[str]:
        return [*_place_keys(clause), *(f"3 {word}" for word in _rare_words(clause, wording))]

    best: dict[str, list[_Ranked]] = {}
    for one, other in iter_pairs(clauses, keys, _window):
        if one.policy is other.policy or one.policy.record.level != other.policy.record.level:
            continue
        if not _may_be_similar(one, other):
            continue
        places = [best.setdefault(clause.id, []) for clause in (one, other)]
        if not same_district(one, other) and not _may_be_chosen(one, other, places, wording):
            continue
        found = compare(one, other, wording, twice=not _is_kin(one.policy, other.policy, carried_out))
        if _is_similar(found):
            entry = (not _duplicate(found), -found.score, one.id, other.id, found)
            for ranked in places:
                insort(ranked, entry)
                del ranked[caps.similar_links :]
    chosen = {entry[2:4]: entry[4] for ranked in best.values() for entry in ranked}
    for _, found in sorted(chosen.items()):
        yield _edge(found, wording)


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


def _rare_words(clause: ClauseView, wording: Wording) -> list[str]:
    caps = linking_settings().caps
    return wording.rare_words(clause, caps.window, caps.rare_words) if clause.topics else []


def _window(key: str) -> int:
    """The whole of a district's own block, up to the window; fewer neighbours in a block of a city, fewest in one of the country."""
    caps = linking_settings().caps
    if key.startswith("0 "):
        return caps.window
    return caps.city_window if key.startswith("1 ") else caps.country_window


def _may_be_chosen(one: ClauseView, other: ClauseView, places: list[list[_Ranked]], wording: Wording) -> bool:
    """Whether the wording, were it as alike as the words of the two clauses allow, makes them similar and one of the best of either."""
    settings = linking_settings()
    topics = one.topic_set & other.topic_set
    matters = _matters_of(one.matters & other.matters, topics)
    known = _base_score(
        len(topics),
        len(matters),
        len(one.amounts & other.amounts),
        bool(one.clause.honors and not set(one.clause.honors).isdisjoint(other.clause.honors)),
    )
    fewest = settings.caps.similar_links
    wanted = min(-ranked[-1][1] if len(ranked) == fewest else 0.0 for ranked in places)
    # Scores are rounded to three digits.
    needed = 2 * (max(wanted, settings.thresholds.similar_score) - known - 0.001)
    if not matters and topics <= settings.wide_topics:
        needed = max(2 * (wanted - known - 0.001), settings.thresholds.duplicate_wording)
    return needed <= 0 or wording.most(one, other) >= needed


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
    if found.likeness.words:
        reasons.append("共同用语:" + "、".join(wording.rarest(found.likeness.words)))
    return ";".join(reasons) or "同一事项"
