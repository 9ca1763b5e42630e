"""Cypher 查询: a read-only console with its limits on the screen, and saved questions with a sentence each."""

from __future__ import annotations

import datetime

import streamlit as st

from app.answers.cypher import answer_table, choices, is_for_readers, label_of, saved_table, say_word
from app.city import cities
from app.failures import sentence_for
from app.filters import choose, row_of_filters
from app.layout import aside, code, notice, say_finding
from app.punctuation import in_print
from app.session import as_of, ask, names, open_store
from app.tables import show_table
from app.texts import say
from graph.errors import QueryTimeoutError, StoreError, StoreUnavailableError, UsageError
from queries.catalog import ENTITY_TYPES, NamedQuery, Parameter, load_query, query_names
from queries.console import ROWS, SECONDS, run_cypher
from queries.parameters import Given, run_query
from queries.reader import Reader, Row

_MANY = frozenset({"policy", "agency"})

EXAMPLE = "MATCH (d:District)<-[:APPLIES_IN]-(p:Policy)\nWHERE p.in_corpus\nRETURN d.name AS 地区, count(p) AS 政策\nORDER BY 政策 DESC"


def show() -> None:
    """The page."""
    views = {say(f"cypher.view.{view}"): view for view in ("saved", "own")}
    with row_of_filters(1) as (first,), first:
        view = views[choose("view", say("cypher.view"), list(views), next(iter(views)))]
    say_finding(say("cypher.finding"))
    aside(say("cypher.limits", rows=f"{ROWS:,}", seconds=f"{SECONDS:g}"))
    if view == "saved":
        _show_saved()
    else:
        _show_own()


def _show_own() -> None:
    with st.form("own", border=False):
        query = st.text_area(say("cypher.query"), EXAMPLE, height=180, key="cypher", bind="query-params")
        asked = st.form_submit_button(say("cypher.run"), type="primary")
    if not asked:
        return
    try:
        answer = run_cypher(open_store(), query)
    except (StoreUnavailableError, QueryTimeoutError, UsageError) as error:
        notice(sentence_for(error), failed=True)
        return
    except StoreError as error:
        notice(say("cypher.refused"), failed=True)
        code(error.message)
        return
    if answer.notice:
        notice(say("cypher.cut", rows=f"{ROWS:,}"))
    aside(say("cypher.rows", count=f"{len(answer.rows):,}"))
    show_table(answer_table(answer))


def _show_saved() -> None:
    queries = {
        in_print(query.question): query for query in map(load_query, query_names()) if is_for_readers(query)
    }
    query = queries[choose("question", say("cypher.saved"), list(queries), next(iter(queries)))]
    given = _parameters(query)
    missing = [
        in_print(p.meaning)
        for p in query.parameters
        if not p.optional and p.default is None and not given.get(p.name)
    ]
    if missing:
        notice(say("cypher.missing", names="、".join(missing)))
    else:
        _show_answer(query, given)
    with st.expander(say("cypher.text")):
        code(query.cypher)


def _show_answer(query: NamedQuery, given: dict[str, Given]) -> None:
    try:
        found = ask(_run, query.name, tuple(given.items()))
    except UsageError as error:
        notice(in_print(error.message))
        return
    aside(say("cypher.rows", count=f"{len(found):,}") + say("cypher.order", order=in_print(query.order)))
    topics = {name.value: name.name for name in names("topic")}
    show_table(saved_table(query, found, topics))


def _run(store: Reader, name: str, given: tuple[tuple[str, Given], ...]) -> list[Row]:
    return run_query(store, name, dict(given)).rows


def _parameters(query: NamedQuery) -> dict[str, Given]:
    """A widget for each parameter; the date is the sidebar's."""
    asked = [
        parameter for parameter in query.parameters if parameter.type != "date" or parameter.name != "as_of"
    ]
    given: dict[str, Given] = {}
    if any(parameter.name == "as_of" for parameter in query.parameters):
        given["as_of"] = as_of()
    places = st.columns(4)
    for number, parameter in enumerate(asked):
        with places[number % 4]:
            given[parameter.name] = _parameter(query, parameter)
    return given


def _parameter(query: NamedQuery, parameter: Parameter) -> Given:
    label, key = label_of(parameter), f"{query.name}_{parameter.name}"
    if parameter.type == "topics":
        known = {name.name: name.value for name in names("topic")}
        chosen = st.multiselect(
            label, list(known), list(known)[:1], key=key, bind="query-params", placeholder=say("filter.all")
        )
        return [known[name] for name in chosen]
    if parameter.type in _MANY and len(cities()) > 1:
        # of a whole country too many to list: a name is typed, and told apart by the question itself
        return st.text_input(label, key=key, bind="query-params") or None
    if parameter.type in ENTITY_TYPES - {"clause"}:
        found = {name.name: name.value for name in names(parameter.type) if name.loaded}
        first = [say("cypher.any")] if parameter.optional else []
        return found.get(st.selectbox(label, [*first, *found], key=key, bind="query-params") or "")
    if parameter.type == "boolean":
        return st.checkbox(label, value=parameter.default == "true", key=key, bind="query-params")
    if parameter.type == "date":
        later = datetime.date.today() + datetime.timedelta(days=365)
        day = st.date_input(label, later, key=key, bind="query-params", format="YYYY-MM-DD")
        return day if isinstance(day, datetime.date) else None
    words = {say_word(value): value for value in choices(parameter)}
    if words:
        everything = [say("cypher.any")] if parameter.optional else []
        standard = say_word(parameter.default) if parameter.default else ""
        options = [*everything, *words]
        start = options.index(standard) if standard in options else 0
        return words.get(st.selectbox(label, options, index=start, key=key, bind="query-params") or "")
    return st.text_input(label, parameter.default or "", key=key, bind="query-params") or None
