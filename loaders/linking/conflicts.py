"""Derived EXCLUDES: pairs of paying clauses of one division that a rule keeps from being drawn together.

Rules come from exclusions.py; a pair needs a rule that reaches both clauses, and a topic or matter that both are about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.model import Edge
from loaders.linking.derived_pair import Ground, derived_pair
from loaders.linking.exclusions import PolicyRules, Rule
from loaders.linking.matters import all_matters
from loaders.linking.neighbours import iter_pairs
from loaders.linking.settings import linking_settings
from loaders.linking.similar import Similarity, compare, why_similar
from loaders.linking.views import ClauseView
from loaders.linking.wording import Wording


def link_conflicts(members: Sequence[PolicyRules], wording: Wording) -> Iterator[Edge]:
    """The pairs among the policies of one division, at most `conflict_links` for which a clause is the one who looks."""
    pairs = _Pairs(members)
    cap = linking_settings().caps.conflict_links
    found: dict[str, list[tuple[Similarity, Rule]]] = {}
    for one, other in iter_pairs(pairs.paying(), _keys, linking_settings().caps.window):
        rule = pairs.rule_for(one, other)
        if rule is None or pairs.may_stack(one, other):
            continue
        similarity = compare(one, other, wording)
        if _collide(similarity):
            for clause in (one, other):
                found.setdefault(clause.id, []).append((similarity, rule))
    chosen: dict[tuple[str, str], tuple[Similarity, Rule]] = {}
    for of_clause in found.values():
        for similarity, rule in sorted(of_clause, key=_strongest)[:cap]:
            chosen[similarity.one.id, similarity.other.id] = (similarity, rule)
    for _, (similarity, rule) in sorted(chosen.items()):
        yield derived_pair(similarity.one, similarity.other, _ground(similarity, rule, wording))


class _Pairs:
    """Knows the rules of one division's policies."""

    def __init__(self, members: Sequence[PolicyRules]) -> None:
        self._members = {member.policy.id: member for member in members}
        self._vouchers = linking_settings().voucher_topics

    def paying(self) -> Iterator[ClauseView]:
        for member in self._members.values():
            yield from member.policy.paying()

    def rule_for(self, one: ClauseView, other: ClauseView) -> Rule | None:
        """The rule that reaches both clauses: that of their one policy, or that of either for the district's other policies."""
        scope = "within_policy" if one.policy is other.policy else "same_district"
        reaching = [
            rule
            for policy in dict.fromkeys((one.policy.id, other.policy.id))
            for rule in self._members[policy].rules
            if rule.exclusion.scope == scope and (rule.holds_for(one) or rule.holds_for(other))
        ]
        return min(reaching, key=lambda rule: (rule.policy.id, rule.exclusion.span), default=None)

    def may_stack(self, one: ClauseView, other: ClauseView) -> bool:
        """Whether a sentence expressly lets the two be drawn together.

        支持算力券、模型券和数据券三券联动补贴叠加 lets different vouchers stack, not two of one kind.
        """
        kinds = self._vouchers & set(one.topics), self._vouchers & set(other.topics)
        different = bool(kinds[0]) and bool(kinds[1]) and not kinds[0] & kinds[1]
        for policy in dict.fromkeys((one.policy.id, other.policy.id)):
            for allowance in self._members[policy].allowances:
                stacking = allowance.stacking
                if stacking.with_ == "vouchers" and different:
                    return True
                if stacking.with_ == "within_policy" and one.policy is other.policy and stacking.clause:
                    return tuple(stacking.clause) in (one.cite, other.cite)
        return False


def _keys(clause: ClauseView) -> frozenset[str]:
    """Topics, and matters that are about one thing without a topic too."""
    return frozenset({*clause.topics, *all_matters().not_broad(clause.matters - clause.policy.subject)})


def _collide(found: Similarity) -> bool:
    """Whether two clauses may be drawn for one thing: under a wide topic they must share a matter, an amount or words besides."""
    settings = linking_settings()
    shared = found.shared
    if not shared.topics or shared.matters or shared.topics - settings.wide_topics:
        return True
    return shared.amounts > 0 or found.likeness.score >= settings.thresholds.collision_wording


def _strongest(pair: tuple[Similarity, Rule]) -> tuple[object, ...]:
    found, _ = pair
    return (not found.shared.topics, -found.score, found.one.id, found.other.id)


def _ground(found: Similarity, rule: Rule, wording: Wording) -> Ground:
    duplicate = (
        found.one.policy is not found.other.policy and bool(found.shared.topics) and found.is_duplicate
    )
    sure = bool(found.shared.matters) or duplicate or found.shared.amounts > 1
    shared = sorted(all_matters().not_broad(found.one.matters & found.other.matters))
    return Ground(
        by=rule.clause,
        span=rule.exclusion.span,
        scope=rule.exclusion.scope,
        rule=rule.exclusion.rule,
        kind="duplicate" if duplicate else "exclusive",
        why=why_similar(found, wording) if found.shared.topics else "同为" + "、".join(shared),
        strength="sure" if sure else "arguable",
        topic=found.topic if found.shared.topics else None,
    )
