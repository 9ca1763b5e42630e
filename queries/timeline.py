"""Policies in time: what is in force on a day, what lapses soon, what each repeal replaced, and the lineage of a policy."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from queries.catalog import fetch
from queries.parameters import parse_date
from queries.reader import Reader, Row
from queries.states import PolicyState


@dataclass(frozen=True, slots=True)
class PolicyOnDay:
    """A loaded policy and its state on a day. Dates are ISO strings; `effective_rule` is how the text gives a start without a date."""

    policy: str
    policy_title: str
    doc_number: str | None
    district: str
    level: str | None
    draft: bool
    state: PolicyState
    issued_on: str | None
    effective_from: str | None
    effective_rule: str | None
    effective_to: str | None
    valid_years: int | None
    document: str

    @property
    def why(self) -> str:
        """The state in a few words of Chinese, with what it rests on."""
        match self.state:
            case PolicyState.IN_FORCE:
                return f"有效期至 {self.effective_to}"
            case PolicyState.EXPIRED:
                return f"{self.effective_to} 到期" + ("(征求意见稿所写)" if self.draft else "")
            case PolicyState.TERM_UNKNOWN:
                return f"有效期 {self.valid_years} 年,起算日不明"
            case PolicyState.NOT_YET:
                return f"{self.effective_from} 起施行"
            case _:
                return self.state.label


@dataclass(frozen=True, slots=True)
class Repeal:
    """A policy and one that it replaced; `planned` where the new one is a draft, so that the old one still stands."""

    policy: str
    policy_title: str
    state: PolicyState
    planned: bool
    old_policy: str
    old_title: str
    old_doc_number: str | None
    old_in_corpus: bool
    document: str
    cite: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a policy: `relation` with `outgoing` True leads from it ("废止了"), False to it ("被…废止")."""

    relation: str
    outgoing: bool
    policy: str
    policy_title: str
    doc_number: str | None
    state: PolicyState
    in_corpus: bool
    document: str
    cite: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A policy in force that lapses on `effective_to`, and how many of its clauses grant something."""

    policy: str
    policy_title: str
    district: str
    effective_to: str
    clauses: int
    document: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is in force on a day, and what lapses within a year of it."""

    as_of: str
    policies: tuple[PolicyOnDay, ...]
    lapsing: tuple[Lapsing, ...]

    def in_state(self, *states: PolicyState) -> list[PolicyOnDay]:
        """The policies in these states, in the order of the table."""
        return [policy for policy in self.policies if policy.state in states]


def timeline(
    reader: Reader,
    as_of: str,
    *,
    city: str | None = None,
    district: str | None = None,
    level: str | None = None,
    days: int = 365,
) -> Timeline:
    """Every loaded policy (of a city and its districts, or of a district) with its state on a day, and those that lapse within `days` of it."""
    day = datetime.date.fromisoformat(parse_date(as_of))
    where = {"as_of": as_of, "city": city, "district": district}
    rows = fetch(reader, "policies_as_of", {**where, "level": level})
    until = (day + datetime.timedelta(days=days)).isoformat()
    lapsing = fetch(reader, "policies_lapsing", {**where, "until": until})
    return Timeline(
        as_of,
        tuple(
            PolicyOnDay(**{k: v for k, v in row.items() if k != "state"}, state=PolicyState(row["state"]))
            for row in rows
        ),
        tuple(Lapsing(**{k: v for k, v in row.items() if k != "district_code"}) for row in lapsing),
    )


def repeals(reader: Reader, as_of: str, *, policy: str | None = None) -> list[Repeal]:
    """What each repeal replaced; only those that a policy (id) makes or suffers, where one is named."""
    return [Repeal(**_typed(row)) for row in fetch(reader, "repeals", {"as_of": as_of, "policy": policy})]


def lineage(reader: Reader, policy: str, as_of: str) -> list[Relation]:
    """How a policy (id) relates to others: what it replaced and what replaced it, its basis, and who names it."""
    return [Relation(**_typed(row)) for row in fetch(reader, "lineage", {"policy": policy, "as_of": as_of})]


def _typed(row: Row) -> Row:
    return {**row, "state": PolicyState(row["state"]), "cite": tuple(row["cite"])}
