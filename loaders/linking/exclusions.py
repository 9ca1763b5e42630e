"""EXCLUDES as a rule, and STACKS_WITH: what a sentence forbids or allows to be drawn together, and how far it reaches.

The pairs of clauses that follow from the rules are for conflicts.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import Edge, Value
from loaders.evidence import clause_at, evidence
from loaders.linking.settings import linking_settings
from loaders.linking.views import ClauseView, PolicyView, plain
from loaders.record import Exclusion, Stacking

# Scopes whose rule is about the policy itself; the others are about a district.
_OWN_SCOPES = frozenset({"within_policy", "annual_single", "clause"})


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """An exclusion and the clause that states it. `reaches_upper`: it names the upper level's policies too."""

    policy: PolicyView
    clause: ClauseView
    exclusion: Exclusion
    reaches_upper: bool

    def holds_for(self, clause: ClauseView) -> bool:
        """Whether the rule is for the whole policy, or for a clause above or equal to this one (第八条: 第八条1)."""
        limit = self.exclusion.clause
        return not limit or (clause.policy is self.policy and clause.cite[: len(limit)] == tuple(limit))


@dataclass(frozen=True, slots=True, eq=False)
class Allowance:
    """A stacking and the clause that states it."""

    policy: PolicyView
    clause: ClauseView
    stacking: Stacking


@dataclass(frozen=True, slots=True, eq=False)
class PolicyRules:
    """A policy with its exclusions and stackings, in the order of the text."""

    policy: PolicyView
    rules: list[Rule]
    allowances: list[Allowance]


def policy_rules(policy: PolicyView) -> PolicyRules:
    """The rules of a policy, each with the clause that states it."""
    return PolicyRules(policy, _rules_of(policy), _allowances_of(policy))


def _rules_of(policy: PolicyView) -> list[Rule]:
    rules = []
    for exclusion in sorted(policy.record.excludes, key=lambda fact: (fact.span, fact.scope, fact.rule)):
        clause = stating_clause(policy, exclusion)
        if clause is not None:
            upper = exclusion.scope == "municipal" or _names_upper(policy, exclusion.quote)
            rules.append(Rule(policy, clause, exclusion, upper))
    return rules


def _allowances_of(policy: PolicyView) -> list[Allowance]:
    allowances = []
    for stacking in sorted(policy.record.stacks, key=lambda fact: (fact.span, fact.with_)):
        clause = stating_clause(policy, stacking)
        if clause is not None:
            allowances.append(Allowance(policy, clause, stacking))
    return allowances


def stating_clause(policy: PolicyView, fact: Exclusion | Stacking) -> ClauseView | None:
    """The clause in which a rule stands; the last one in front of it where it stands in none; None in a policy without clauses."""
    if not policy.clauses:
        return None
    index = clause_at(policy.record, fact.span[0])
    if index is None:
        before = [i for i, one in enumerate(policy.record.clauses) if one.span[0] <= fact.span[0]]
        index = before[-1] if before else 0
    return policy.clauses[index]


def link_rules(member: PolicyRules) -> Iterator[Edge]:
    """The edges from the clauses that state rules to the policy or district that the rules are about."""
    policy = member.policy
    for rule in member.rules:
        for end, scope in _reach(policy, rule):
            properties: dict[str, Value] = {
                "scope": scope,
                "rule": rule.exclusion.rule,
                "derived": False,
                "by": rule.clause.id,
                **evidence(policy.record, rule.exclusion.span),
                **policy.corrected_by(rule.exclusion),
            }
            if rule.exclusion.clause:
                properties["holds_for"] = list(rule.exclusion.clause)
            yield Edge("EXCLUDES", rule.clause.id, end, properties)
    for allowance in member.allowances:
        stacking = allowance.stacking
        properties = {
            "scope": stacking.with_,
            **evidence(policy.record, stacking.span),
            **policy.corrected_by(stacking),
        }
        if stacking.clause:
            properties["holds_for"] = list(stacking.clause)
        yield Edge("STACKS_WITH", allowance.clause.id, _stacks_with(policy, stacking), properties)


def district_id(code: str) -> str:
    """The id of the District node of a division."""
    return f"district-{code}"


def _reach(policy: PolicyView, rule: Rule) -> Iterator[tuple[str, str]]:
    scope = rule.exclusion.scope
    if scope in _OWN_SCOPES or policy.division is None:
        yield policy.id, scope
        return
    if scope != "municipal":
        yield district_id(policy.division.code), scope
    if rule.reaches_upper:
        upper = next(iter(policy.uppers), policy.division)
        yield district_id(upper.code), "municipal"


def _stacks_with(policy: PolicyView, stacking: Stacking) -> str:
    if policy.division is not None:
        if stacking.with_ == "district":
            return district_id(policy.division.code)
        if stacking.with_ == "municipal":
            level = policy.division.level
            city = next((one for one in policy.uppers if level == "district"), policy.division)
            return district_id(city.code)
    return policy.id


def _names_upper(policy: PolicyView, quote: str) -> bool:
    cue = linking_settings().reaches_upper
    return any(cue.compiled(upper=name).search(plain(quote)) for name in policy.upper_names or ["\u0000"])
