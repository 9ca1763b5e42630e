"""What a browser session works with: the open store, the date, and answers that are kept until the graph changes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from app.texts import say
from graph.builds import build_state
from graph.settings import read_settings
from graph.store import Store
from queries.catalog import fetch
from queries.names import Name, Names
from queries.reader import Row

P = ParamSpec("P")
R = TypeVar("R")


@st.cache_resource(show_spinner=False)
def open_store() -> Store:
    """The store, opened once for all sessions. Raises: StoreError where no server answers."""
    return Store.connect(read_settings())


def fingerprint() -> str:
    """What tells one graph from the next: answers kept under it are never those of an older build."""
    store = open_store()
    return store.database() or str(_neo4j_content())


def as_of() -> str:
    """The date of the sidebar, ISO."""
    chosen = st.session_state.get("as_of")
    return (chosen if isinstance(chosen, datetime.date) else datetime.date.today()).isoformat()


def ask(function: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    """A query function's answer on the open store: `ask(chains, as_of(), topic="first-use")`, kept until the graph changes."""
    name = f"{function.__module__}.{function.__qualname__}"
    result: R = _ask(fingerprint(), name, args, tuple(sorted(kwargs.items())), function)
    return result


def rows(query: str, **parameters: Any) -> list[Row]:
    """The rows of a named query, kept until the graph changes."""
    return ask(_rows, query, tuple(sorted(parameters.items())))


def names(entity: str) -> list[Name]:
    """Every thing of a kind ("district", "topic", …) that the graph knows."""
    return ask(_names, entity)


def is_under_construction() -> bool:
    """Whether a Neo4j is being filled just now; the embedded server never shows a build that is not complete."""
    store = open_store()
    return not store.settings.is_embedded and build_state(store).state == "under_construction"


def choose_district(key: str, *, everywhere: bool) -> str | None:
    """The district filter, kept in the address; None means all."""
    known = {name.name: name.value for name in names("district") if name.value in _loaded()}
    options = [say("filter.all"), *known] if everywhere else list(known)
    chosen = st.selectbox(say("filter.district"), options, key=key, bind="query-params")
    return known.get(chosen or "")


def choose_topic(key: str, *, everything: bool, default: str | None = None) -> str | None:
    """The topic filter, kept in the address; None means all."""
    known = {name.name: name.value for name in names("topic")}
    options = [say("filter.all"), *known] if everything else list(known)
    start = next((at for at, option in enumerate(options) if known.get(option) == default), 0)
    chosen = st.selectbox(say("filter.topic"), options, index=start, key=key, bind="query-params")
    return known.get(chosen or "")


def _loaded() -> set[str]:
    return {row["district_code"] for row in rows("coverage", city=None, as_of=as_of()) if row["policies"]}


@st.cache_data(max_entries=400, show_spinner=False)
def _ask(
    fingerprint: str,  # noqa: ARG001  what answers are kept under
    name: str,  # noqa: ARG001
    args: tuple[Any, ...],
    kwargs: tuple[tuple[str, Any], ...],
    _function: Callable[..., Any],
) -> Any:
    return _function(open_store(), *args, **dict(kwargs))


def _rows(store: Store, query: str, parameters: tuple[tuple[str, Any], ...]) -> list[Row]:
    return fetch(store, query, dict(parameters))


def _names(store: Store, entity: str) -> list[Name]:
    return Names(store).all(entity)


@st.cache_data(ttl=5, show_spinner=False)
def _neo4j_content() -> str | None:
    return build_state(open_store()).content
