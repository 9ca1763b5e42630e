"""Derived EXCLUDES of kind contradiction: rules of one district, or of a city and its districts, that cannot both hold.

The ends are the clauses that state the rules; which of them comes first is for the reader.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from graph.model import Edge
from loaders.linking.derived_pair import Ground, derived_pair
from loaders.linking.exclusions import Allowance, PolicyRules, Rule
from loaders.linking.settings import linking_settings
from loaders.linking.views import city_of

_CHOOSING = ("best", "highest", "choose_one")


def link_district_contradictions(members: Sequence[PolicyRules]) -> Iterator[Edge]:
    """Rules of one division's policies that cannot both hold; of very many policies the first in the order of their ids."""
    members = sorted(members, key=lambda member: member.policy.id)
    for member in members:
        for allowance in member.allowances:
            if allowance.stacking.with_ not in ("municipal", "district"):
                yield from _allowed_yet_excluded(member, allowance)
    for one, other in combinations(members[: linking_settings().caps.window], 2):
        for strict, lenient in ((one, other), (other, one)):
            yield from _barring_and_choosing(strict, lenient)


def link_upper_contradictions(members: Iterable[PolicyRules]) -> Iterator[Edge]:
    """Sentences that allow drawing the city's and the district's support, and rules of districts of the same city that forbid it."""
    members = sorted(members, key=lambda member: member.policy.id)
    allowing: dict[str, list[Allowance]] = {}
    for member in members:
        for allowance in member.allowances:
            city = city_of(member.policy)
            if city is not None and allowance.stacking.clause is None and _joins_levels(allowance):
                allowing.setdefault(city, []).append(allowance)
    seen: Counter[str] = Counter()
    cap = linking_settings().caps.contradictions
    for rule in (rule for member in members for rule in member.rules if rule.reaches_upper):
        for allowance in allowing.get(city_of(rule.policy) or "", []):
            if seen[rule.clause.id] >= cap:
                break
            if (
                allowance.policy is not rule.policy
                and max(seen[rule.clause.id], seen[allowance.clause.id]) < cap
            ):
                seen.update((rule.clause.id, allowance.clause.id))
                why = "一方明文允许市、区两级同时享受,另一方规定与上级政策不重复享受"
                yield _contradiction(allowance, rule, "municipal", why)


def _joins_levels(allowance: Allowance) -> bool:
    """A district's sentence that lets the city's support be drawn too, or a city's that lets its districts'."""
    division = allowance.policy.division
    wanted = "municipal" if division is not None and division.level == "district" else "district"
    return allowance.stacking.with_ == wanted


def _allowed_yet_excluded(member: PolicyRules, allowance: Allowance) -> Iterator[Edge]:
    """三券联动补贴叠加 beside 从高从优不重复 in the same policy."""
    for rule in member.rules:
        general = rule.exclusion.clause is None and rule.exclusion.scope in ("within_policy", "same_district")
        if general and rule.clause is not allowance.clause:
            why = f"一处明文允许叠加({allowance.stacking.with_}),另一处规定不重复享受"
            yield _contradiction(allowance, rule, rule.exclusion.scope, why)
            return


def _barring_and_choosing(strict: PolicyRules, lenient: PolicyRules) -> Iterator[Edge]:
    """不再享受本区其他政策 in one policy and 从优不重复 in another: the first shuts out what the second lets one choose."""
    barring, choosing = _of_district(strict, ("not_again",)), _of_district(lenient, _CHOOSING)
    if barring and choosing and not _of_district(strict, _CHOOSING):
        why = "一方规定不再享受本地区其他政策,另一方规定从优选择"
        yield _contradiction(choosing[0], barring[0], "same_district", why)


def _of_district(member: PolicyRules, kinds: tuple[str, ...]) -> list[Rule]:
    """The rules of a policy that are about the whole policy and the district's others."""
    return [
        rule
        for rule in member.rules
        if rule.exclusion.scope == "same_district"
        and rule.exclusion.rule in kinds
        and rule.exclusion.clause is None
    ]


def _contradiction(other: Allowance | Rule, rule: Rule, scope: str, why: str) -> Edge:
    ground = Ground(rule.clause, rule.exclusion.span, scope, rule.exclusion.rule, "contradiction", why)
    return derived_pair(other.clause, rule.clause, ground)
