"""空白分析: what other districts support and this one does not."""

from __future__ import annotations

import streamlit as st

from app.address import param, putting
from app.answers.gaps import (
    distance_sentence,
    distance_table,
    finding,
    gap_matrix,
    gap_table,
    honor_evidence,
    industry_evidence,
    mentions,
    topic_evidence,
)
from app.answers.places import CITY_KINDS
from app.city import city
from app.evidence import Evidence, show_evidence
from app.figures import show_figure
from app.filters import choose, choose_district, row_of_filters
from app.layout import aside, heading, notice, say_finding
from app.session import as_of, ask, names, rows
from app.tables import show_table
from app.texts import say
from queries.compare import Comparison, compare
from queries.gaps import KIND_LABELS, DistrictGaps, Gap, distances, gaps
from queries.reader import Row
from queries.support import honor_support, industry_policies


def show() -> None:
    """The page."""
    kinds = {label: kind for kind, label in KIND_LABELS.items()}
    with row_of_filters(1, 1) as (left, right):
        with left:
            district = choose_district(everywhere=False)
        with right:
            kind = kinds[choose("kind", say("gaps.kind"), list(kinds), next(iter(kinds)))]
    if district is None:
        notice(say("gaps.no_district"))
        return
    found = ask(gaps, district, as_of(), (kind,))
    known = [gap for gap in found.gaps if gap.kind == kind]
    districts = _districts()
    others = sum(bool(row["policies"]) for row in districts if row["district_code"] != district)
    compared = _compared(known)
    only_mentioned = mentions(compared)
    say_finding(finding(found, kind, others, only_mentioned))
    if not known:
        return
    gap = next((gap for gap in known if gap.code == param("gap")), known[0])
    picture = gap_matrix(found, kind, districts, only_mentioned)
    show_figure(picture, picture.title, then=putting("gap"), remark=say("gaps.click"))
    left, right = st.columns([6, 5], gap="medium")
    with left:
        heading(say("gaps.table.title"))
        show_table(gap_table(found, kind, only_mentioned), picked=gap.code, then=putting("gap"))
    with right:
        heading(say("gaps.evidence", name=gap.name))
        show_evidence(_evidence(gap, found, compared), "gaps", expanded=True, height=480)
    if kind == "topic":
        _show_distances(found)


def _show_distances(found: DistrictGaps) -> None:
    heading(say("gaps.distances.title"))
    own = ask(distances, found.supported, found.district_code, as_of(), city=found.city_code)
    aside(distance_sentence(own, found.district))
    show_table(distance_table(own, found.district))


def _districts() -> list[Row]:
    return [row for row in rows("coverage", city=city(), as_of=as_of()) if row["kind"] not in CITY_KINDS]


def _compared(known: list[Gap]) -> Comparison | None:
    """What the districts give for the topics that are gaps; None where none is a topic."""
    topics = [gap.code for gap in known if gap.kind == "topic"]
    return ask(compare, topics, as_of(), city=city()) if topics else None


def _evidence(gap: Gap, found: DistrictGaps, compared: Comparison | None) -> list[Evidence]:
    if compared is not None:
        return topic_evidence(compared, gap.code, found.district_code)
    ids = {name.name: name.value for name in names(gap.kind)}
    if gap.kind == "honor":
        return honor_evidence(ask(honor_support, ids[gap.code], as_of(), city=city()), found.district_code)
    return industry_evidence(ask(industry_policies, ids[gap.code], as_of(), city=city()), found.district)
