"""跨区对比: which districts support the same thing, and how much."""

from __future__ import annotations

import streamlit as st

from app.address import drop, param, put
from app.answers.compare import (
    MARKED_FROM,
    PLACE,
    cite_choice,
    clause_choices,
    clauses_in_force,
    evidence,
    finding,
    finding_of_all,
    first_pair,
    matrix_table,
    narrowed,
    standards_table,
    topic_map,
    topic_matrix,
    two_clauses,
)
from app.city import city
from app.evidence import show_cards, show_evidence
from app.figures import show_figure
from app.filters import choose_industry, choose_topic, in_industry, row_of_filters
from app.layout import aside, heading, say_finding
from app.session import as_of, ask, names, rows
from app.tables import save_buttons, show_table
from app.texts import say
from queries.compare import Comparison, compare
from queries.differences import alike, side_by_side

DEFAULT_TOPIC = "compute-rental"


def show() -> None:
    """The page: one topic on the map of districts, or all topics as a matrix."""
    with row_of_filters(1, 1) as (left, right):
        with left:
            topic = choose_topic(default=DEFAULT_TOPIC)
        with right:
            industry = choose_industry()
    known = {name.value: name.name for name in names("topic")}
    topics = [topic] if topic else list(known)
    comparison = narrowed(ask(compare, topics, as_of(), city=city()), in_industry(industry))
    if topic is None:
        _show_matrix(comparison)
    else:
        _show_topic(known[topic], comparison)


def _show_matrix(comparison: Comparison) -> None:
    say_finding(finding_of_all(comparison.cells))
    picture = topic_matrix(comparison)
    show_figure(picture, picture.title, then=_open_cell, remark=say("compare.matrix.click"))
    save_buttons(matrix_table(comparison))


def _look_at(district: str) -> None:
    """A district's tile puts its clause on the left, whatever was laid side by side before."""
    drop("a", "b")
    put("first", district)


def _open_cell(name: str) -> None:
    district, _, topic = name.partition(PLACE)
    put("topic", topic)
    put("first", district)


def _show_topic(topic_name: str, comparison: Comparison) -> None:
    say_finding(finding(topic_name, comparison.summary(comparison.topics[0])))
    left, right = st.columns(2, gap="medium")
    with left:
        coverage = rows("coverage", city=city(), as_of=as_of())
        picture = topic_map(topic_name, coverage, comparison)
        show_figure(picture, picture.title, then=_look_at)
    with right:
        show_evidence(evidence(comparison), "compare", expanded=True, height=600)
    heading(say("compare.table.title"))
    show_table(standards_table(topic_name, comparison))
    _show_side_by_side(comparison)


def _show_side_by_side(comparison: Comparison) -> None:
    choices = clause_choices(comparison)
    if len(choices) < 2:
        return
    heading(say("compare.beside"))
    cites = list(choices)
    pairs = ask(alike, clauses_in_force(comparison))
    cites_of = {clause: cite for cite, clause in choices.items()}
    first, second = cites_of.get(param("a")), cites_of.get(param("b"))
    if first is None or second is None or first == second:
        first, second = first_pair(choices, pairs, param("first"))
    left, right = st.columns(2)
    a = left.selectbox(
        say("compare.beside.a"), cites, index=cites.index(first), format_func=cite_choice, key=f"a_{first}"
    )
    others = [cite for cite in cites if cite != a]
    b = right.selectbox(
        say("compare.beside.b"),
        others,
        index=others.index(second) if second in others else 0,
        format_func=cite_choice,
        key=f"b_{a}_{second}",
    )
    if (a, b) != (first, second):
        put("a", choices[a])
        put("b", choices[b])
    pair = ask(side_by_side, choices[a], choices[b], as_of())
    marked = pair.likeness >= MARKED_FROM
    key = "compare.beside.marked" if marked else "compare.beside.unmarked"
    aside(say(key, share=round(pair.likeness * 100)))
    show_cards(two_clauses(pair, marked=marked), "beside", columns=2)
