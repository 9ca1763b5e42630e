"""Conflicts: pairs that may not both be drawn, duplicates inside a district, rules that contradict, matches on what has lapsed.

The rules themselves are queries.rules's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from queries.catalog import ALL_ROWS, fetch
from queries.chains import Chain, chains
from queries.clauses import clause_texts
from queries.names import topic_names
from queries.reader import Reader, Row
from queries.rules import (
    KEEPS,
    SCOPES,
    ExclusionRule,
    StackingRule,
    covers,
    load_rules,
    load_stackings,
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
    clauses: Sequence[str] | None = None,
    live: bool = True,
) -> list[Conflict]:
    """Supports that may not both be drawn, derived from rules and topics, in the order of the query conflicts. With `live`, only where both policies are in force.

    `clauses` (ids) picks the pairs that one of them is part of, whatever the district.
    """
    if clauses is None:
        # Most pairs of a district that keeps its old policies are of such as have lapsed.
        asked = {"district": district, "topic": topic, "policy": policy, "live": live or None, "as_of": as_of}
        rows = fetch(reader, "exclusive_pairs", asked)
    else:
        found_links = fetch(reader, "clause_conflict_links", {"clauses": list(clauses), "kinds": list(PAIRS)})
        rows = [row for row in found_links if topic in {None, row["topic"]}]
    links = _Links(reader, rows, as_of)
    bearing: defaultdict[str, list[StackingRule]] = defaultdict(list)
    for rule in load_stackings(reader, as_of, districts=links.districts(), live=False):
        bearing[rule.ref.policy].append(rule)
    topics = topic_names(reader)
    told = (row for row in links.rows if not live or links.are_live(row))
    found = (_conflict(row, links, bearing, topics) for row in told)
    return [pair for pair in found if policy in {None, pair.a.policy, pair.b.policy}]


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
    texts = clause_texts(reader, (row[side] for row in rows for side in ("a", "b")))
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
    rows = fetch(reader, "conflict_links", {"district": district, "kinds": ["contradiction"]})
    links = _Links(reader, rows, as_of)
    rules = load_rules(reader, as_of, districts=links.districts(), live=False)
    sentences = [(rule.ref.clause, rule.quote) for rule in rules.stackings]
    sentences += [(rule.ref.clause, rule.quote) for rule in rules.exclusions]
    stated: dict[str, list[str]] = {}
    for clause, quote in sentences:
        stated.setdefault(clause, []).append(quote)
    found = []
    for row in links.rows:
        if live and not links.are_live(row):
            continue
        a, b = links.side(row["a"]), links.side(row["b"])
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


class _Links:
    """Rows of the queries on conflict links in the order of the query conflicts, and the clauses that they name: each is read once, however
    many pairs it is part of."""

    def __init__(self, reader: Reader, rows: list[Row], as_of: str) -> None:
        named = {row[end] for row in rows for end in ("a", "b", "rule_clause")}
        found = fetch(reader, "clauses", {"clauses": sorted(named), "as_of": as_of}) if named else []
        self.clauses = {row["clause"]: row for row in found}
        self._places = {
            clause: (row["policy_title"], row["policy"], row["place"]) for clause, row in self.clauses.items()
        }
        self._sides: dict[str, Side] = {}
        self.rows = sorted(rows, key=self._order)

    def districts(self) -> set[str]:
        """Where the policies of both clauses of all pairs hold."""
        return {self.clauses[row[end]]["district_code"] for row in self.rows for end in ("a", "b")}

    def are_live(self, row: Row) -> bool:
        """Whether the policies of both clauses of a pair are in force."""
        return self.side(row["a"]).state.is_live and self.side(row["b"]).state.is_live

    def side(self, clause: str) -> Side:
        """One of the clauses of a pair."""
        if clause not in self._sides:
            row = self.clauses[clause]
            self._sides[clause] = Side(
                clause=clause,
                policy=row["policy"],
                policy_title=row["policy_title"],
                cite=tuple(row["cite"]),
                state=PolicyState(row["state"]),
                quote=row["quote"],
            )
        return self._sides[clause]

    def _order(self, row: Row) -> tuple[object, ...]:
        return (
            self.clauses[row["a"]]["district_code"],
            self._places[row["a"]],
            self._places[row["b"]],
            row["scope"],
            row["rule"],
            row["span_start"],
        )


def _conflict(
    row: Row, links: _Links, bearing: Mapping[str, list[StackingRule]], topics: Mapping[str, str]
) -> Conflict:
    a, b = links.side(row["a"]), links.side(row["b"])
    place, stating = links.clauses[row["a"]], links.clauses[row["rule_clause"]]
    return Conflict(
        a=a,
        b=b,
        district_code=place["district_code"],
        district=place["district"],
        topic=row["topic"],
        topic_name=topics.get(row["topic"]),
        scope=row["scope"],
        rule=row["rule"],
        strength=row["strength"],
        why=row["why"],
        kind=row["kind"] or "exclusive",
        rule_clause=row["rule_clause"],
        rule_title=stating["policy_title"],
        rule_cite=tuple(stating["cite"]),
        rule_quote=row["rule_quote"],
        allowed_by=_allowed_by(a, b, bearing),
    )


def _allowed_by(a: Side, b: Side, bearing: Mapping[str, list[StackingRule]]) -> tuple[StackingRule, ...]:
    # Most policies have no such sentence, and there are thousands of pairs.
    policies = [policy for policy in dict.fromkeys((a.policy, b.policy)) if policy in bearing]
    return tuple(
        rule
        for policy in policies
        for rule in bearing[policy]
        if any(side.policy == policy and covers(rule.holds_for, side.cite) for side in (a, b))
    )


def _side(row: Row, side: str, texts: dict[str, str]) -> Side:
    return Side(
        clause=row[side],
        policy=row[f"{side}_policy"],
        policy_title=row[f"{side}_title"],
        cite=tuple(row[f"{side}_cite"]),
        state=PolicyState(row[f"{side}_state"]),
        quote=texts[row[side]],
    )
