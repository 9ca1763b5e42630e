"""总览: what is loaded, five numbers, and the tile map of the districts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app.address import putting
from app.answers.overview import coverage_map, finding, lapsing_sentence, policy_table, term_evidence
from app.city import city, of_city, timeline_of_city
from app.evidence import show_cards
from app.figures import show_figure
from app.filters import choose_district, choose_industry, in_industry, row_of_filters
from app.layout import aside, heading, numbers, say_finding
from app.session import as_of, record_of, rows
from app.tables import show_table
from app.texts import say
from graph.store import Store
from queries.chains import chains
from queries.conflicts import conflicts
from queries.reader import Row
from queries.timeline import PolicyOnDay, timeline


def _matching_clauses(store: Store, day: str, district: str | None = None) -> list[str]:
    found = chains(store, day, kind="cofunding", district=district)
    return list(dict.fromkeys(chain.ref.clause for chain in found))


def _pairs(store: Store, day: str, district: str | None = None) -> list[tuple[str, str]]:
    return [(pair.a.clause, pair.b.clause) for pair in conflicts(store, day, district=district)]


QUESTIONS: tuple[Callable[[Store, str], object], ...] = (timeline, _matching_clauses, _pairs)
"""What the page asks for a day; `policygraph explore` asks it while the browser opens."""


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


def _show_numbers(coverage: Sequence[Row]) -> None:
    numbers(
        {
            say("overview.policies"): sum(row["policies"] for row in coverage),
            say("overview.clauses"): sum(row["clauses"] for row in coverage),
            say("overview.benefits"): sum(row["benefits"] for row in coverage),
            say("overview.matches"): len(of_city(_matching_clauses, as_of())),
            say("overview.conflicts"): len(of_city(_pairs, as_of())),
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
