"""检索: find clauses by the words in them."""

from __future__ import annotations

import streamlit as st

from app.address import putting
from app.answers.search import finding, hit_evidence, hit_map, hit_table
from app.city import city, places
from app.evidence import show_evidence
from app.figures import show_figure
from app.filters import (
    choose_district,
    choose_industry,
    choose_words,
    in_industry,
    row_of_filters,
)
from app.layout import notice, say_finding
from app.session import as_of, ask, rows
from app.tables import show_table
from app.texts import say
from queries.search import Hit, search, words_apart

LIMIT = 200
SHOWN_WHOLE = 12
"""Clauses that the drawer shows whole; the table has a line on each."""


def show() -> None:
    """The page."""
    with row_of_filters(2, 1, 1) as (first, second, third):
        with first:
            words = choose_words("words", say("search.words"), say("search.placeholder"))
        with second:
            district = choose_district()
        with third:
            industry = choose_industry()
    if not words:
        notice(say("search.ask"))
        return
    asked, hits = words, _hits(words, district, industry)
    if not hits:
        words = words_apart(asked)
        hits = _hits(words, district, industry)
    say_finding(finding(asked, words, hits, LIMIT))
    if not hits:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        show_figure(
            hit_map(words, hits, rows("coverage", city=city(), as_of=as_of())),
            say("search.map", words=words),
            then=putting("district"),
        )
    with right:
        show_evidence(hit_evidence(hits[:SHOWN_WHOLE]), "search", expanded=True, height=600)
    show_table(hit_table(hits, words.split()))


def _hits(words: str, district: str | None, industry: str | None) -> list[Hit]:
    fits = in_industry(industry)
    own = tuple(row["district_code"] for row in places()) if district is None else (district,)
    found = ask(search, words, as_of(), places=own, limit=LIMIT)
    return [hit for hit in found if fits(hit.ref.policy, hit.ref.clause)]
