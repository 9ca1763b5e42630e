"""Support seen from one side: an agency's clauses, what an honor earns, an industry's policies, the largest sums, what has no cap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from queries.catalog import fetch
from queries.clauses import ClauseFacts, ClauseRef, clause_ref, load_facts
from queries.compare import Standard, clause_standards
from queries.reader import Reader, Row
from queries.states import PolicyState


@dataclass(frozen=True, slots=True)
class AgencyClause:
    """A clause or policy that an agency has a task in. `support` tells the clauses that grant something from procedure and annex."""

    agency: str
    policy: str
    policy_title: str
    district: str
    state: PolicyState
    clause: str | None
    cite: tuple[str, ...]
    role: str
    support: bool
    quote: str
    document: str


@dataclass(frozen=True, slots=True)
class HonorSupport:
    """What a clause gives to holders of an honor: the standards whose words name it, all of the clause's where none does."""

    honor: str
    ref: ClauseRef
    standards: tuple[Standard, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class IndustryPolicy:
    """A policy (`clause` None) or clause that is meant for an industry."""

    industry: str
    policy: str
    policy_title: str
    district: str
    level: str | None
    state: PolicyState
    clause: str | None
    cite: tuple[str, ...]
    quote: str
    document: str


@dataclass(frozen=True, slots=True)
class LargeSum:
    """A single cap or outright amount, in yuan."""

    ref: ClauseRef
    kind: str
    value_cny: float
    per: str | None
    period: str | None
    quote: str


def agency_clauses(reader: Reader, agency: str, as_of: str) -> list[AgencyClause]:
    """What an agency (id) administers, by policy and clause. A clause that names it twice in one role is one row."""
    rows = fetch(reader, "agency_clauses", {"agency": agency, "as_of": as_of})
    found: dict[tuple[str, str | None, tuple[str, ...], str], AgencyClause] = {}
    for row in rows:
        key = (row["policy"], row["clause"], tuple(row["cite"]), row["role"])
        found.setdefault(
            key,
            AgencyClause(
                agency=row["agency_name"],
                policy=row["policy"],
                policy_title=row["policy_title"],
                district=row["district"],
                state=PolicyState(row["state"]),
                clause=row["clause"],
                cite=tuple(row["cite"]),
                role=row["role"],
                support=row["support"],
                quote=row["quote"],
                document=row["document"],
            ),
        )
    return list(found.values())


def honor_support(
    reader: Reader, honor: str, as_of: str, *, city: str | None = None, live: bool = True
) -> list[HonorSupport]:
    """What an honor (id) earns in every district of a city (code; None: everywhere), by district and policy."""
    rows = fetch(reader, "honor_benefits", {"honor": honor, "city": city, "as_of": as_of})
    clauses = [row["clause"] for row in rows if not live or PolicyState(row["state"]).is_live]
    name = rows[0]["honor_name"] if rows else ""
    return [
        HonorSupport(name, facts.ref, _for_honor(facts, name), facts.text)
        for facts in load_facts(reader, clauses, as_of)
    ]


def industry_policies(
    reader: Reader, industry: str, as_of: str, *, city: str | None = None
) -> list[IndustryPolicy]:
    """Policies and clauses that are meant for an industry (id)."""
    rows = fetch(reader, "industry_policies", {"industry": industry, "city": city, "as_of": as_of})
    return [
        IndustryPolicy(
            industry=row["industry_name"],
            policy=row["policy"],
            policy_title=row["policy_title"],
            district=row["district"],
            level=row["level"],
            state=PolicyState(row["state"]),
            clause=row["clause"],
            cite=tuple(row["cite"]),
            quote=row["quote"],
            document=row["document"],
        )
        for row in rows
    ]


def largest_sums(
    reader: Reader,
    minimum_cny: float,
    as_of: str,
    *,
    level: str | None = "district",
    district: str | None = None,
    live: bool = True,
) -> list[LargeSum]:
    """Single caps and amounts of at least so many yuan, the largest first. A yearly cap is not multiplied by years."""
    rows = fetch(
        reader, "largest_caps", {"minimum": minimum_cny, "level": level, "district": district, "as_of": as_of}
    )
    return [
        LargeSum(clause_ref(row), row["kind"], row["value"], row["per"], row["period"], row["quote"])
        for row in rows
        if not live or PolicyState(row["state"]).is_live
    ]


def uncapped(
    reader: Reader, as_of: str, *, level: str | None = "district", district: str | None = None
) -> list[Standard]:
    """Shares to which the clause sets no cap at all, the largest share first: they have no single sum to rank."""
    rows: Sequence[Row] = fetch(
        reader, "rate_clauses", {"level": level, "district": district, "as_of": as_of}
    )
    clauses = [row["clause"] for row in rows if PolicyState(row["state"]).is_live]
    found = [
        standard
        for facts in load_facts(reader, clauses, as_of)
        for standard in clause_standards(facts)
        if standard.share is not None and not standard.caps_cny
    ]
    return sorted(found, key=lambda s: (-(s.share or 0), s.ref.district_code, s.ref.policy_title, s.quote))


def _for_honor(facts: ClauseFacts, name: str) -> tuple[Standard, ...]:
    """Of a row of awards (分别) the one for the honor."""
    standards = clause_standards(facts)
    wanted = _letters(name).removesuffix("企业")
    named = tuple(s for s in standards if wanted in _letters(s.label))
    return named or tuple(s for s in standards if wanted in _letters(s.quote)) or standards


def _letters(text: str) -> str:
    """Without quotation marks, brackets and blanks: 专精特新“小巨人”企业 → 专精特新小巨人企业."""
    return "".join(c for c in text if c.isalnum()).replace("国家级", "国家")
