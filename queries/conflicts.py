"""Conflicts: pairs that may not both be drawn, duplicates inside a district, rules that contradict, matches on what has lapsed.

The rules themselves are queries.rules's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from queries.catalog import fetch
from queries.chains import Chain, chains
from queries.reader import Reader, Row
from queries.rules import (
    KEEPS,
    SCOPES,
    ExclusionRule,
    Rules,
    StackingRule,
    covers,
    load_rules,
    reaches_upper,
)
from queries.states import PolicyState


@dataclass(frozen=True, slots=True)
class Side:
    """One of two clauses that collide."""

    clause: str
    policy: str
    policy_title: str
    cite: tuple[str, ...]
    heading: str | None
    state: PolicyState
    quote: str

    @property
    def name(self) -> str:
        """Title and cite."""
        return f"《{self.policy_title}》{''.join(self.cite)}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two supports that one applicant could want together and may not draw together.

    `rule_name`, `rule_quote` say which sentence forbids it, `reach` and `keeps` what it reaches and what one may keep; `allowed_by`
    are sentences of either policy that speak of drawing supports together and so bear on the pair.
    """

    a: Side
    b: Side
    district_code: str
    district: str
    topic: str | None
    topic_name: str | None
    scope: str
    rule: str
    strength: str | None
    why: str | None
    duplicate: bool
    rule_clause: str
    rule_title: str
    rule_cite: tuple[str, ...]
    rule_quote: str
    allowed_by: tuple[StackingRule, ...]

    @property
    def keeps(self) -> str:
        """What one may keep, in Chinese."""
        return KEEPS[self.rule]

    @property
    def reach(self) -> str:
        """What the rule reaches, in Chinese."""
        return SCOPES[self.scope]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two clauses that give alike support: in one district (`duplicate`), or in two."""

    a: Side
    b: Side
    a_district: str
    b_district: str
    score: float
    duplicate: bool
    why: str | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sentences of which one allows what the other forbids, or that answer one question differently. `why` is in Chinese."""

    kind: str
    a_name: str
    a_district: str
    a_quote: str
    b_name: str
    b_district: str
    b_quote: str
    why: str


def conflicts(
    reader: Reader,
    as_of: str,
    *,
    district: str | None = None,
    topic: str | None = None,
    policy: str | None = None,
    clause: str | None = None,
    live: bool = True,
) -> list[Conflict]:
    """Pairs derived from rules and topics, in the order of the query conflicts. With `live`, only where both policies are in force."""
    given = {"district": district, "topic": topic, "policy": policy, "clause": clause, "as_of": as_of}
    rules = load_rules(reader, as_of, live=False)
    found = (_conflict(row, rules) for row in fetch(reader, "conflicts", given))
    return [pair for pair in found if not live or (pair.a.state.is_live and pair.b.state.is_live)]


def duplicates(
    reader: Reader, as_of: str, *, district: str | None = None, topic: str | None = None, live: bool = True
) -> list[Duplicate]:
    """Clauses of two policies of one district that give the same support."""
    return [
        pair for pair in similar(reader, as_of, district=district, topic=topic, live=live) if pair.duplicate
    ]


def similar(
    reader: Reader, as_of: str, *, district: str | None = None, topic: str | None = None, live: bool = True
) -> list[Duplicate]:
    """Alike clauses, the most alike first; with `live`, only of policies in force."""
    given = {"district": district, "topic": topic, "duplicate": None, "as_of": as_of}
    pairs = (
        Duplicate(
            _side(row, "a"),
            _side(row, "b"),
            row["a_district"],
            row["b_district"],
            row["score"],
            row["duplicate"],
            row["why"],
        )
        for row in fetch(reader, "similar_clauses", given)
    )
    return [pair for pair in pairs if not live or (pair.a.state.is_live and pair.b.state.is_live)]


def temporal_conflicts(reader: Reader, as_of: str, *, district: str | None = None) -> list[Chain]:
    """Clauses in force that match something that is no longer, or not yet, in force."""
    late = {PolicyState.EXPIRED, PolicyState.REPEALED, PolicyState.DRAFT, PolicyState.NOT_YET}
    return [
        chain
        for chain in chains(reader, as_of, district=district)
        if chain.ref.state.is_live and chain.steps[0].state in late
    ]


def contradictions(reader: Reader, as_of: str, *, live: bool = True) -> list[Contradiction]:
    """Rules that contradict one another, by kind and name: inside a policy, inside a district, between levels, between districts."""
    rules = load_rules(reader, as_of, live=live)
    found = [*_inside_policies(rules), *_inside_districts(rules), *_between_levels(rules)]
    return sorted(
        set(found), key=lambda item: (item.kind, item.a_name, item.b_name, item.a_quote, item.b_quote)
    )


def stacking_across_levels(reader: Reader, as_of: str) -> tuple[list[StackingRule], list[ExclusionRule]]:
    """Sentences that let city and district support be drawn together, and those by which a district's rule reaches the city's support."""
    rules = load_rules(reader, as_of, live=False)
    allow = [rule for rule in rules.stackings if _crosses_levels(rule)]
    restrict = [rule for rule in rules.exclusions if reaches_upper(rule)]
    return allow, restrict


def _crosses_levels(rule: StackingRule) -> bool:
    """A city's "municipal" speaks of the city's own funds; only a district's leads up, and only an upper level's "district" down."""
    if rule.ref.level == "district":
        return rule.scope in {"municipal", "provincial", "national"}
    return rule.scope == "district"


def _inside_policies(rules: Rules) -> Iterator[Contradiction]:
    """A policy that lets two supports be drawn and forbids it: usually an exception (另有规定的除外), which a reader must weigh."""
    for allow in rules.stackings:
        for forbid in rules.exclusions:
            if allow.ref.policy != forbid.ref.policy or forbid.scope in {"clause", "same_level_funds"}:
                continue
            if allow.scope in {"municipal", "provincial", "district"} and not reaches_upper(forbid):
                continue
            # Vouchers are another policy's as well; 国际、全国赛事各一次 speaks of this policy's own supports.
            if forbid.scope == "same_district" and allow.scope not in {"vouchers", "same_district"}:
                continue
            if covers(allow.holds_for, forbid.holds_for) or not forbid.holds_for:
                why = "同一政策既允许同时享受,又规定不重复"
                if "另有规定的除外" in forbid.quote or "除明确可以叠加" in forbid.quote:
                    why += ";后者写明另有规定的除外"
                yield _pair("exception", allow, forbid, why)


def _inside_districts(rules: Rules) -> Iterator[Contradiction]:
    """不再享受 against 从优: by one policy the firm gets nothing more, by the other the better of the two."""
    reaching = [rule for rule in rules.exclusions if rule.scope == "same_district"]
    for a in reaching:
        for b in reaching:
            if a.ref.district_code != b.ref.district_code or a.ref.policy == b.ref.policy:
                continue
            if a.rule == "not_again" and b.rule in {"best", "highest"}:
                yield _pair("district_rules", a, b, "一件规定不再享受同类政策,另一件规定从优(从高)取一项")


def _between_levels(rules: Rules) -> Iterator[Contradiction]:
    """One sentence lets city and district support be drawn together, another district's rule forbids it."""
    forbidding = [rule for rule in rules.exclusions if reaches_upper(rule)]
    for allow in rules.stackings:
        if not _crosses_levels(allow) or allow.holds_for:
            continue
        for forbid in forbidding:
            if allow.ref.policy == forbid.ref.policy:
                continue
            if allow.ref.level != "district":
                why = "上级鼓励或允许下级配套,下级规定与上级政策不重复"
            else:
                why = "一地允许市、区两级同时享受,另一地规定与上级政策不重复"
            yield _pair("levels", allow, forbid, why)


def _pair(
    kind: str, a: StackingRule | ExclusionRule, b: StackingRule | ExclusionRule, why: str
) -> Contradiction:
    return Contradiction(kind, a.ref.name, a.ref.district, a.quote, b.ref.name, b.ref.district, b.quote, why)


def _conflict(row: Row, rules: Rules) -> Conflict:
    a, b = _side(row, "a"), _side(row, "b")
    bearing = tuple(
        rule
        for rule in rules.stackings
        if any(rule.ref.policy == side.policy and covers(rule.holds_for, side.cite) for side in (a, b))
    )
    return Conflict(
        a=a,
        b=b,
        district_code=row["district_code"],
        district=row["district"],
        topic=row["topic"],
        topic_name=row["topic_name"],
        scope=row["scope"],
        rule=row["rule"],
        strength=row["strength"],
        why=row["why"],
        duplicate=row["duplicate"],
        rule_clause=row["rule_clause"],
        rule_title=row["rule_title"],
        rule_cite=tuple(row["rule_cite"]),
        rule_quote=row["rule_quote"],
        allowed_by=bearing,
    )


def _side(row: Row, side: str) -> Side:
    return Side(
        clause=row[side],
        policy=row[f"{side}_policy"],
        policy_title=row[f"{side}_title"],
        cite=tuple(row[f"{side}_cite"]),
        heading=row.get(f"{side}_heading"),
        state=PolicyState(row[f"{side}_state"]),
        quote=row[f"{side}_quote"],
    )
