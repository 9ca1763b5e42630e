"""空白分析: what other districts of the city support and this one does not, and where it gives less."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from app.answers.compare import LOOKS, said
from app.evidence import Evidence
from app.pictures.drawing import EVERY_STATE, FOUR_STATES, Picture, State
from app.pictures.matrix import Cell, matrix
from app.pictures.tile_map import short_name
from app.tables import Column, Row, Share, Table, Words, Yuan
from app.texts import say
from queries import reader
from queries.compare import Comparison
from queries.gaps import KIND_LABELS, Distance, DistrictGaps, Gap, Kind
from queries.states import Support
from queries.support import HonorSupport, IndustryPolicy

SHOWN = 16
"""Rows of the picture; the table has the rest."""


Mentions: TypeAlias = Mapping[str, Collection[str]]
"""Topic (code) → the districts whose clauses only speak of it and state no sum, share, area or term."""


def mentions(comparison: Comparison | None) -> Mentions:
    """Where a topic is only spoken of; None where nothing was compared, for of industries and honors no standard is asked."""
    if comparison is None:
        return {}
    return {
        topic: [cell.district for cell in comparison.summary(topic).mentioning] for topic in comparison.topics
    }


def finding(found: DistrictGaps, kind: Kind, others: int, only_mentioned: Mentions) -> str:
    """How many things others support and this district does not, and which most of them have; `others` have policies loaded."""
    if found.loaded == 0:
        return say("gaps.finding.nothing_loaded", district=found.district)
    if others == 0:
        return say("gaps.finding.alone", city=found.city, district=found.district)
    gaps = [gap for gap in found.gaps if gap.kind == kind]
    thing = KIND_LABELS[kind]
    if not gaps:
        return say("gaps.finding.none", district=found.district, thing=thing)
    first = gaps[0]
    words = say(
        "gaps.finding",
        district=found.district,
        count=len(gaps),
        thing=thing,
        first=first.name,
        others=len(first.others),
        loaded=first.loaded_others,
    )
    silent = len(_only_mentioning(first, only_mentioned))
    words += say("gaps.finding.mentioned", count=silent) if silent else ""
    lapsed = sum(gap.support is Support.EXPIRED for gap in gaps)
    return words + (say("gaps.finding.lapsed", count=lapsed) if lapsed else "。")


def gap_matrix(
    found: DistrictGaps, kind: Kind, coverage: Sequence[reader.Row], only_mentioned: Mentions
) -> Picture:
    """Gaps by districts, this district first: who supports what it does not."""
    gaps = [gap for gap in found.gaps if gap.kind == kind][:SHOWN]
    loaded = {row["district"]: bool(row["policies"]) for row in coverage}
    own = found.district
    districts = [own, *(name for name in loaded if name != own)]
    cells = {}
    for row, gap in enumerate(gaps):
        for column, name in enumerate(districts):
            state = _state(gap, name, own, loaded, only_mentioned)
            cells[row, column] = Cell(state, "", f"{name} · {gap.name}：{state.value}", gap.code)
    title = say("gaps.matrix", district=own, thing=KIND_LABELS[kind])
    return matrix(
        title,
        [gap.name for gap in gaps],
        [short_name(name) for name in districts],
        cells,
        cell=(48, 28),
        meanings=EVERY_STATE if kind == "topic" else FOUR_STATES,
    )


def gap_table(found: DistrictGaps, kind: Kind, only_mentioned: Mentions) -> Table:
    """The gaps, those that most others fill first; a row can be picked."""
    rows = [
        Row(
            (
                gap.name,
                Words(say("gaps.pending"), state=State.NOT_FOUND) if gap.pending else LOOKS[gap.support],
                len(gap.others),
                _who(gap, only_mentioned),
            ),
            gap.code,
        )
        for gap in found.gaps
        if gap.kind == kind
    ]
    columns = (
        Column(KIND_LABELS[kind], "text"),
        Column(say("gaps.own", district=found.district), "term"),
        Column(say("gaps.others"), "figure"),
        Column(say("gaps.which"), "text"),
    )
    name = say("gaps.table", district=found.district, thing=KIND_LABELS[kind])
    return Table(name, columns, rows)


def distance_table(found: Sequence[Distance], district: str) -> Table:
    """What the district supports with less than the best: its own largest cap and share beside the median and the best."""
    rows = [
        Row(
            (
                distance.topic_name,
                Yuan.of(distance.own_cny),
                Yuan.of(distance.median_cny),
                Yuan.of(distance.best_cny),
                _short_names(distance.best_cny_districts),
                Share.of(distance.own_share),
                Share.of(distance.median_share),
                Share.of(distance.best_share),
                _short_names(distance.best_share_districts),
            ),
            distance.topic,
        )
        for distance in found
        if _is_behind(distance)
    ]
    figures = ("own_cap", "median", "best", "best_where", "own_share", "median", "best", "best_where")
    kinds = ("figure", "figure", "figure", "name", "figure", "figure", "figure", "name")
    columns = [Column(say("column.topic"), "text")]
    for number, (name, kind) in enumerate(zip(figures, kinds, strict=True)):
        what = say("column.cap" if number < 4 else "column.share")
        columns.append(Column(say(f"gaps.{name}", what=what), kind))  # type: ignore[arg-type]
    return Table(say("gaps.distances", district=district), tuple(columns), rows)


def distance_sentence(found: Sequence[Distance], district: str) -> str:
    """On how many topics the district gives less than another."""
    behind = sum(_is_behind(distance) for distance in found)
    return say("gaps.behind", district=district, supported=len(found), behind=behind)


def topic_evidence(comparison: Comparison, topic: str, district: str) -> list[Evidence]:
    """What the others' clauses say on a topic (code): the standards, else the clause."""
    pieces = []
    for cell in comparison.cells:
        if cell.topic != topic or cell.district_code == district:
            continue
        for clause in cell.clauses:
            standards = [s for s in clause.standards if s.on_topic]
            pieces += [Evidence.at(s.ref, s.quote, said(s)) for s in standards]
            pieces += [] if standards else [Evidence.at(clause.ref, clause.quote)]
    return pieces


def honor_evidence(found: Sequence[HonorSupport], district: str) -> list[Evidence]:
    """What the others' clauses give for an honor."""
    return [
        Evidence.at(one.ref, one.quote, "；".join(said(s) for s in one.standards))
        for one in found
        if one.ref.district_code != district and one.ref.state.is_live
    ]


def industry_evidence(found: Sequence[IndustryPolicy], own: str) -> list[Evidence]:
    """By which words the others' policies are meant for an industry; `own` is this district's name."""
    return [
        Evidence(one.district, one.policy, one.policy_title, one.cite, one.quote)
        for one in found
        if one.district != own and one.state.is_live
    ]


def _state(gap: Gap, name: str, own: str, loaded: dict[str, bool], only_mentioned: Mentions) -> State:
    if name == own:
        return LOOKS[gap.support]
    if name in _only_mentioning(gap, only_mentioned):
        return State.MENTIONED
    if name in gap.others:
        return State.SUPPORTED
    return State.NOT_FOUND if loaded[name] else State.NOT_LOADED


def _only_mentioning(gap: Gap, only_mentioned: Mentions) -> list[str]:
    silent = only_mentioned.get(gap.code, ())
    return [name for name in gap.others if name in silent]


def _who(gap: Gap, only_mentioned: Mentions) -> Words:
    silent = _short_names(tuple(_only_mentioning(gap, only_mentioned)))
    return Words(_short_names(gap.others), under=say("gaps.mentioned", names=silent) if silent else "")


def _short_names(districts: tuple[str, ...]) -> str:
    return "、".join(short_name(name) for name in districts)


def _is_behind(distance: Distance) -> bool:
    less_money = distance.best_cny is not None and (distance.own_cny or 0) < distance.best_cny
    less_share = distance.best_share is not None and (distance.own_share or 0) < distance.best_share
    return less_money or less_share
