"""Conflicts: pairs that may not both be drawn, duplicates inside a district, rules that contradict, matches on what has lapsed.

The rules themselves are queries.rules's.
"""

from __future__ import annotations

from dataclasses import dataclass

from queries.catalog import ALL_ROWS, fetch
from queries.chains import Chain, chains
from queries.clauses import clause_texts
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

PAIRS = ("exclusive", "duplicate")
"""Kinds of derived pairs that are supports an applicant must choose between."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two clauses that collide."""

    clause: str
    policy: str
    policy_title: str
    cite: tuple[str, ...]
    state: PolicyState
    quote: str

    @property
    def name(self) -> str:
        """Title and cite."""
        return f"《{self.policy_title}》{''.join(self.cite)}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two supports that one applicant could want together and may not draw together; `kind` is exclusive or duplicate.

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
    kind: str
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

    a: Side
    a_quote: str
    b: Side
    b_quote: str
    scope: str
    strength: str | None
    why: str | None


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
    """Supports that may not both be drawn, derived from rules and topics, in the order of the query conflicts. With `live`, only where both policies are in force."""
    given = {
        "district": district,
        "topic": topic,
        "policy": policy,
        "clause": clause,
        "kinds": list(PAIRS),
        "limit": ALL_ROWS,
        "as_of": as_of,
    }
    rows = fetch(reader, "conflicts", given)
    rules = load_rules(reader, as_of, districts=_districts(rows), live=False)
    texts = _texts(reader, rows, as_of)
    found = (_conflict(row, rules, texts) for row in rows)
    return [pair for pair in found if not live or (pair.a.state.is_live and pair.b.state.is_live)]


def duplicates(
    reader: Reader, as_of: str, *, district: str | None = None, topic: str | None = None, live: bool = True
) -> list[Duplicate]:
    """Clauses of two policies of one district that give the same support."""
    return similar(reader, as_of, district=district, topic=topic, duplicate=True, live=live)


def similar(
    reader: Reader,
    as_of: str,
    *,
    district: str | None = None,
    topic: str | None = None,
    duplicate: bool | None = None,
    live: bool = True,
    limit: int = ALL_ROWS,
) -> list[Duplicate]:
    """Alike clauses, the most alike first; with `live`, only of policies in force. `duplicate` picks those of one district, or the rest."""
    given = {"district": district, "topic": topic, "duplicate": duplicate, "limit": limit, "as_of": as_of}
    rows = fetch(reader, "similar_clauses", given)
    texts = _texts(reader, rows, as_of)
    pairs = (
        Duplicate(
            _side(row, "a", texts),
            _side(row, "b", texts),
            row["a_district"],
            row["b_district"],
            row["score"],
            row["duplicate"],
            row["why"],
        )
        for row in rows
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


def contradictions(
    reader: Reader, as_of: str, *, district: str | None = None, live: bool = True
) -> list[Contradiction]:
    """Rules that contradict one another, inside a district or between a city and its districts, in the order of the query conflicts."""
    given = {"district": district, "kinds": ["contradiction"], "limit": ALL_ROWS, "as_of": as_of}
    rows = fetch(reader, "conflicts", given)
    rules = load_rules(reader, as_of, districts=_districts(rows), live=False)
    sentences = [(rule.ref.clause, rule.quote) for rule in rules.stackings]
    sentences += [(rule.ref.clause, rule.quote) for rule in rules.exclusions]
    stated: dict[str, list[str]] = {}
    for clause, quote in sentences:
        stated.setdefault(clause, []).append(quote)
    found = []
    texts = _texts(reader, rows, as_of)
    for row in rows:
        a, b = _side(row, "a", texts), _side(row, "b", texts)
        if live and not (a.state.is_live and b.state.is_live):
            continue
        a_quote, b_quote = (
            row["rule_quote"]
            if side.clause == row["rule_clause"]
            else "\uff1b".join(dict.fromkeys(stated.get(side.clause, [side.quote])))
            for side in (a, b)
        )
        found.append(Contradiction(a, a_quote, b, b_quote, row["scope"], row["strength"], row["why"]))
    return found


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


def _conflict(row: Row, rules: Rules, texts: dict[str, str]) -> Conflict:
    a, b = _side(row, "a", texts), _side(row, "b", texts)
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
        kind=row["kind"] or "exclusive",
        rule_clause=row["rule_clause"],
        rule_title=row["rule_title"],
        rule_cite=tuple(row["rule_cite"]),
        rule_quote=row["rule_quote"],
        allowed_by=bearing,
    )


def _districts(rows: list[Row]) -> set[str]:
    """Where the policies of both clauses of some pairs hold."""
    return {row[side] for row in rows for side in ("district_code", "b_district_code")}


def _texts(reader: Reader, rows: list[Row], as_of: str) -> dict[str, str]:
    return clause_texts(reader, (row[side] for row in rows for side in ("a", "b")), as_of)


def _side(row: Row, side: str, texts: dict[str, str]) -> Side:
    return Side(
        clause=row[side],
        policy=row[f"{side}_policy"],
        policy_title=row[f"{side}_title"],
        cite=tuple(row[f"{side}_cite"]),
        state=PolicyState(row[f"{side}_state"]),
        quote=texts[row[side]],
    )
