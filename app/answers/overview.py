"""总览: what is loaded, district by district and policy by policy."""

from __future__ import annotations

from collections.abc import Sequence

from app.answers.places import CITY_KINDS, district_map
from app.evidence import Evidence, reader_address
from app.pictures.drawing import Picture, State
from app.pictures.tile_map import Tile
from app.punctuation import in_print
from app.tables import Row, Table, Words, columns
from app.texts import say
from loaders.plain import sentence_around
from loaders.record import PolicyRecord
from queries import reader
from queries.states import PolicyState
from queries.timeline import Lapsing, PolicyOnDay

MEANINGS = {
    State.SUPPORTED: "有文件在有效期内",
    State.EXPIRED: "收录的文件都已失效",
    State.NOT_LOADED: "未收录文件",
}

LAPSING_NAMED = 10
"""Policies that lapse within a year and are named; more of them would be a wall of titles."""


def finding(coverage: Sequence[reader.Row], as_of: str) -> str:
    """How much is loaded and in force, and how many districts are missing."""
    loaded = [row for row in coverage if row["policies"]]
    missing = [row for row in coverage if not row["policies"] and row["kind"] not in CITY_KINDS]
    words = say(
        "overview.finding",
        places=len(loaded),
        policies=sum(row["policies"] for row in loaded),
        live=sum(row["live"] for row in loaded),
        as_of=as_of,
    )
    return words + (say("overview.finding.missing", missing=len(missing)) if missing else "。")


def coverage_map(coverage: Sequence[reader.Row], policies: Sequence[PolicyOnDay]) -> Picture:
    """The map: how many policies of each district are loaded, and how many of them are in force."""

    def tile(row: reader.Row) -> Tile:
        name = row["district"]
        if not row["policies"]:
            return Tile(name, 0, 0, State.NOT_LOADED)
        lines = (
            say("overview.map.loaded", policies=row["policies"]),
            say("overview.map.live", live=row["live"]),
        )
        titles = [policy.policy_title for policy in policies if policy.district == name]
        state = State.SUPPORTED if row["live"] else State.EXPIRED
        return Tile(name, 0, 0, state, lines, "\n".join([name, *titles]))

    return district_map(say("overview.map"), coverage, tile, MEANINGS)


def policy_table(policies: Sequence[PolicyOnDay]) -> Table:
    """The policies with their state, and why."""
    rows = [
        Row(
            (
                policy.district,
                Words(policy.policy_title, under=policy.doc_number or "", go=reader_address(policy.policy)),
                Words(policy.state.label, state=look(policy.state)),
                in_print(policy.why) if policy.why != policy.state.label else "",
            )
        )
        for policy in policies
    ]
    heads = columns(district="name", policy="text", state="term", term="term")
    return Table(say("overview.table"), heads, rows)


def lapsing_sentence(lapsing: Sequence[Lapsing]) -> str:
    """Which policies lapse within a year, the first to lapse in front; the list of policies has the rest."""
    if not lapsing:
        return say("overview.lapsing.none")
    first = sorted(lapsing, key=lambda one: one.effective_to)[:LAPSING_NAMED]
    named = "、".join(f"{one.district}《{one.policy_title}》（{one.effective_to}）" for one in first)
    key = "overview.lapsing" if len(first) == len(lapsing) else "overview.lapsing.first"
    return say(key, count=len(lapsing), first=len(first), named=named)


def term_evidence(policy: PolicyOnDay, record: PolicyRecord) -> list[Evidence]:
    """The sentences from which a policy's term was read."""
    pieces = []
    for field in ("effective_from", "effective_to", "valid_years"):
        span = record.evidence.get(field)
        if span is None:
            continue
        clause = next((c for c in record.clauses if c.span[0] <= span[0] < c.span[1]), None)
        start, end = sentence_around(
            record.text, span[0], *(clause.span if clause else (0, len(record.text)))
        )
        cite = tuple(clause.cite) if clause else ()
        quote = record.text[start:end].strip()
        pieces.append(Evidence(policy.district, policy.policy, policy.policy_title, cite, quote))
    return list(dict.fromkeys(pieces))


def look(state: PolicyState) -> State:
    """The look of a policy's state: filled where it counts, hatched where it no longer does, empty where it does not yet."""
    if state.is_live:
        return State.SUPPORTED
    if state.is_lapsed:
        return State.EXPIRED
    return State.NOT_LOADED if state is PolicyState.NAMED_ONLY else State.NOT_FOUND
