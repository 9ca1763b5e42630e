"""SIMILAR_TO: clauses of two districts that give alike support, and duplicates in two policies of one district.

Compares neighbours in blocks of one topic; which pairs may not be drawn together is for conflicts.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.model import Edge, Value
from loaders.linking.matters import all_matters
from loaders.linking.neighbours import iter_pairs
from loaders.linking.settings import linking_settings
from loaders.linking.views import ClauseView, PolicyView
from loaders.linking.wording import Likeness, Wording


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
        found = 0.5 * self.likeness.score + 0.1 * min(len(self.topics), 2)
        found += 0.15 * bool(self.matters) + 0.05 * min(self.amounts, 2) + 0.05 * bool(self.honors)
        return round(found, 3)

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
    shared = one.matters & other.matters
    matters = {matter for topic in topics for matter in all_matters().of_topic(shared, topic)}
    return Similarity(
        one=one,
        other=other,
        topics=topics,
        matters=tuple(sorted(matters)),
        amounts=len(one.amounts & other.amounts),
        honors=tuple(sorted(set(one.clause.honors) & set(other.clause.honors))),
        likeness=wording.likeness(one, other),
        twice=twice,
    )


def _is_kin(one: PolicyView, other: PolicyView, carried_out: Mapping[str, set[str]]) -> bool:
    return other.id in carried_out.get(one.id, ()) or one.id in carried_out.get(other.id, ())


def link_similar(
    policies: Iterable[PolicyView], carried_out: Mapping[str, set[str]], wording: Wording
) -> Iterator[Edge]:
    """The edges between clauses that share a topic, are of two policies and are alike; the best few of each clause.

    `carried_out` maps a policy's id to those it carries out: a guide that repeats its regulation pays nothing twice.
    """
    settings = linking_settings()
    clauses = [clause for policy in policies for clause in policy.clauses]
    best: dict[str, list[Similarity]] = {}
    for one, other in iter_pairs(clauses, _keys, settings.caps.window):
        if one.policy is other.policy or one.policy.record.level != other.policy.record.level:
            continue
        if not _may_be_similar(one, other):
            continue
        found = compare(one, other, wording, twice=not _is_kin(one.policy, other.policy, carried_out))
        if _is_similar(found):
            for clause in (one, other):
                ranked = best.setdefault(clause.id, [])
                ranked.append(found)
                if len(ranked) > 4 * settings.caps.similar_links:
                    best[clause.id] = _best(ranked)
    chosen = {(found.one.id, found.other.id): found for ranked in best.values() for found in _best(ranked)}
    for _, found in sorted(chosen.items()):
        yield _edge(found, wording)


def _keys(clause: ClauseView) -> frozenset[str]:
    """Topics within the district first, so that its duplicates meet however long the list of a topic is."""
    division = clause.policy.division
    home = {f"0 {division.code} {topic}" for topic in clause.topics} if division else set()
    return frozenset(home | {f"1 {topic}" for topic in clause.topics})


def same_district(one: ClauseView, other: ClauseView) -> bool:
    """Whether two clauses are of one division that is known."""
    return one.policy.division is not None and one.policy.division == other.policy.division


def _may_be_similar(one: ClauseView, other: ClauseView) -> bool:
    """Whether a comparison is worth its time: under wide topics alone, clauses must share a matter or an amount."""
    if not one.matters.isdisjoint(other.matters) or not one.amounts.isdisjoint(other.amounts):
        return True
    return not linking_settings().wide_topics.issuperset(set(one.topics) & set(other.topics))


def _is_similar(found: Similarity) -> bool:
    if same_district(found.one, found.other) and found.is_duplicate:
        return True
    settings = linking_settings()
    if not found.matters and set(found.topics) <= settings.wide_topics:
        return found.likeness.score >= settings.thresholds.duplicate_wording
    return found.score >= settings.thresholds.similar_score


def _best(ranked: list[Similarity]) -> list[Similarity]:
    """The most alike; duplicates first, for what one district pays twice must not be lost behind other districts."""
    ordered = sorted(
        ranked,
        key=lambda found: (not _duplicate(found), -found.score, found.one.id, found.other.id),
    )
    return ordered[: linking_settings().caps.similar_links]


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
