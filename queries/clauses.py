"""A clause with everything that amounts are worked out from: its text, benefits, thresholds, matches and 晋级补差 rules.

What the benefits add up to is queries.offers's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import UsageError
from queries.catalog import fetch
from queries.reader import Reader, Row
from queries.states import PolicyState


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """Where a clause stands and whether its policy is in force."""

    clause: str
    district_code: str
    district: str
    level: str | None
    policy: str
    policy_title: str
    state: PolicyState
    cite: tuple[str, ...]
    heading: str | None
    document: str

    @property
    def cite_text(self) -> str:
        """The cite in one word: 第五条(1)."""
        return "".join(self.cite)

    @property
    def name(self) -> str:
        """Title and cite: 《…若干措施》第五条(1)."""
        return f"《{self.policy_title}》{self.cite_text}"


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a clause grants; `start` and `end` count characters of the clause's text."""

    kind: str
    value: float
    unit: str
    per: str | None
    period: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """An amount or area that is a condition; `start` and `end` count characters of the clause's text."""

    value: float
    unit: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LevelMatch:
    """The clause pays because, or in proportion as, an upper level has paid. `upper` is city or national."""

    upper: str
    rate: float | None
    cap: float | None
    target_name: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """A clause and its facts in the order of the text. `difference_quote` is the sentence on 晋级补差, where there is one."""

    ref: ClauseRef
    text: str
    benefits: tuple[Benefit, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    matches: tuple[LevelMatch, ...] = ()
    difference_quote: str | None = None


def clause_ref(row: Row) -> ClauseRef:
    """The place that a row of a query about clauses names."""
    return ClauseRef(
        clause=row["clause"],
        district_code=row["district_code"],
        district=row["district"],
        level=row["level"],
        policy=row["policy"],
        policy_title=row["policy_title"],
        state=PolicyState(row["state"]),
        cite=tuple(row["cite"]),
        heading=row["heading"],
        document=row["document"],
    )


def clause_texts(reader: Reader, clauses: Iterable[str]) -> dict[str, str]:
    """Clause id → its text, for those of the ids that are clauses."""
    return {clause: row["quote"] for clause, row in _texts(reader, sorted(set(clauses))).items()}


def load_facts(reader: Reader, clauses: Sequence[str], as_of: str) -> list[ClauseFacts]:
    """The facts of clauses (ids), in the order of the ids. Raises: UsageError for an id that is no clause."""
    wanted = list(dict.fromkeys(clauses))
    rows = {row["clause"]: row for row in fetch(reader, "clauses", {"clauses": wanted, "as_of": as_of})}
    for clause in wanted:
        if clause not in rows:
            raise UsageError(f"图中没有编号为 {clause} 的条款")
    return _with_facts(reader, [clause_ref(rows[clause]) for clause in wanted], rows)


def offered_facts(reader: Reader, refs: Sequence[ClauseRef]) -> list[ClauseFacts]:
    """What clauses whose places are known offer, in their order: texts, benefits and thresholds; what matches and rules add is not read."""
    texts = _texts(reader, [ref.clause for ref in refs])
    return [_facts(*facts, matches=[], rules=[]) for facts in _offered(reader, refs, texts)]


def _texts(reader: Reader, clauses: list[str]) -> dict[str, Row]:
    """Clause id → a row with its text as `quote`, and `span_start`."""
    rows = fetch(reader, "clause_texts", {"clauses": clauses}) if clauses else []
    return {row["clause"]: row for row in rows}


def _with_facts(reader: Reader, refs: Sequence[ClauseRef], texts: Mapping[str, Row]) -> list[ClauseFacts]:
    wanted = [ref.clause for ref in refs]
    matches = _by_clause(reader, "clause_matches", wanted)
    rules = _by_clause(reader, "clause_difference_rules", wanted)
    return [
        _facts(*facts, matches=matches[clause], rules=rules[clause])
        for clause, facts in zip(wanted, _offered(reader, refs, texts), strict=True)
    ]


def _offered(
    reader: Reader, refs: Sequence[ClauseRef], texts: Mapping[str, Row]
) -> Iterator[tuple[ClauseRef, Row, list[Row], list[Row]]]:
    wanted = [ref.clause for ref in refs]
    benefits = _by_clause(reader, "clause_benefits", wanted)
    thresholds = _by_clause(reader, "clause_thresholds", wanted)
    for clause, ref in zip(wanted, refs, strict=True):
        yield ref, texts[clause], benefits[clause], thresholds[clause]


def _by_clause(reader: Reader, query: str, clauses: list[str]) -> defaultdict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in fetch(reader, query, {"clauses": clauses}):
        grouped[row["clause"]].append(row)
    return grouped


def _facts(
    ref: ClauseRef,
    row: Row,
    benefits: list[Row],
    thresholds: list[Row],
    *,
    matches: list[Row],
    rules: list[Row],
) -> ClauseFacts:
    begin = row["span_start"]

    def place(fact: Row) -> tuple[str, int, int]:
        return fact["quote"], fact["span_start"] - begin, fact["span_end"] - begin

    # One sentence may match several targets of one level (a programme and the clause that it was led to).
    told = {(m["upper"], m["rate"], m["cap"], *place(m)): m for m in reversed(matches)}
    return ClauseFacts(
        ref=ref,
        text=row["quote"],
        benefits=tuple(
            Benefit(b["kind"], b["value"], b["unit"], b["per"], b["period"], *place(b)) for b in benefits
        ),
        thresholds=tuple(Threshold(t["value"], t["unit"], *place(t)) for t in thresholds),
        matches=tuple(
            LevelMatch(m["upper"], m["rate"], m["cap"], m["target_name"], *place(m))
            for m in reversed(told.values())
        ),
        difference_quote=rules[0]["quote"] if rules else None,
    )
