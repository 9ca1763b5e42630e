"""总览: what is loaded, five numbers, and the tile map of the districts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.address import putting
from app.answers.overview import coverage_map, finding, lapsing_sentence, policy_table, term_evidence
from app.city import city, places, timeline_of_city
from app.evidence import show_cards
from app.figures import show_figure
from app.filters import choose_district, choose_industry, in_industry, row_of_filters
from app.layout import aside, heading, numbers, say_finding
from app.session import as_of, names, record_of, rows
from app.tables import show_table
from app.texts import say
from queries.reader import Row
from queries.timeline import PolicyOnDay


def show() -> None:
    """The page."""
    with row_of_filters(1, 1) as (left, right):
        with left:
            district = choose_district()
        with right:
            industry = choose_industry()
    coverage = rows("coverage", city=city(), as_of=as_of())
    known = timeline_of_city()
    say_finding(finding(coverage, as_of()))
    _show_numbers(coverage)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        picture = coverage_map(coverage, known.policies)
        show_figure(picture, picture.title, then=putting("district"), remark=say("overview.click"))
    fits = in_industry(industry)
    shown = [policy for policy in timeline_of_city(district).policies if fits(policy.policy, "")]
    with right:
        heading(say("overview.table"))
        show_table(policy_table(shown))
        aside(lapsing_sentence(known.lapsing))
        _show_terms(shown)


def ask_ahead() -> None:
    """Asks what the page asks before anybody looks at it, so that the first reader finds the answers kept."""
    rows("coverage", city=city(), as_of=as_of())
    timeline_of_city()
    _links()
    names("industry")


def _links() -> list[Row]:
    return rows("link_counts", places=[place["district_code"] for place in places()], as_of=as_of())


def _show_numbers(coverage: Sequence[Row]) -> None:
    links = _links()
    numbers(
        {
            say("overview.policies"): sum(row["policies"] for row in coverage),
            say("overview.clauses"): sum(row["clauses"] for row in coverage),
            say("overview.benefits"): sum(row["benefits"] for row in coverage),
            say("overview.matches"): sum(row["matching"] for row in links),
            say("overview.conflicts"): sum(row["pairs"] for row in links),
        }
    )


def _show_terms(policies: Sequence[PolicyOnDay]) -> None:
    """The sentences on terms; they are looked for only once somebody wants to see them."""
    drawer = st.expander(say("overview.terms"), key="terms", on_change="rerun")
    if not drawer.open:
        return
    with drawer:
        records = ((policy, record_of(policy.policy)) for policy in policies)
        found = [
            piece
            for policy, record in records
            if record is not None
            for piece in term_evidence(policy, record)
        ]
        show_cards(found, "terms")
