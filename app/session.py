"""What a browser session works with: the open store, the date, and answers that are kept until the graph changes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import msgspec
import streamlit as st

from graph.bookkeeping import read_record
from graph.builds import build_state
from graph.settings import read_settings
from graph.store import Store
from loaders.record import PolicyRecord
from queries.catalog import fetch
from queries.names import Name, Names
from queries.reader import Row

P = ParamSpec("P")
R = TypeVar("R")


@st.cache_resource(show_spinner=False, on_release=Store.close)
def open_store() -> Store:
    """The store, opened once for all sessions. Raises: StoreError where no server answers."""
    return Store.connect(read_settings())


def fingerprint() -> str:
    """What tells one graph from the next: answers kept under it are never those of an older build."""
    store = open_store()
    database = store.database()
    return database if store.settings.is_embedded and database else str(_neo4j_content())


def as_of() -> str:
    """The date of the sidebar, ISO."""
    chosen = st.session_state.get("as_of")
    return (chosen if isinstance(chosen, datetime.date) else datetime.date.today()).isoformat()


def ask(function: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    """A query function's answer on the open store: `ask(chains, as_of(), topic="first-use")`, kept until the graph changes."""
    name = f"{function.__module__}.{function.__qualname__}"
    result: R = _ask(fingerprint(), name, args, tuple(sorted(kwargs.items())), function)
    return result


def share(function: Callable[[Store], R]) -> R:
    """Like `ask`, but all are given the same object, which nobody may change: what is large and looked at often is not copied each time."""
    result: R = _share(fingerprint(), f"{function.__module__}.{function.__qualname__}", function)
    return result


def rows(query: str, **parameters: Any) -> list[Row]:
    """The rows of a named query, kept until the graph changes."""
    return ask(_rows, query, tuple(sorted(parameters.items())))


def names(entity: str) -> list[Name]:
    """Every thing of a kind ("district", "topic", …) that the graph knows."""
    return ask(_names, entity)


def record_of(policy: str) -> PolicyRecord | None:
    """The record that a policy (id) was read into; None where its text was not loaded."""
    return _record(fingerprint(), policy)


def is_under_construction() -> bool:
    """Whether a Neo4j is being filled just now; the embedded server never shows a build that is not complete."""
    store = open_store()
    return not store.settings.is_embedded and build_state(store).state == "under_construction"


@st.cache_data(max_entries=400, show_spinner=False)
def _ask(
    fingerprint: str,  # noqa: ARG001  what answers are kept under
    name: str,  # noqa: ARG001
    args: tuple[Any, ...],
    kwargs: tuple[tuple[str, Any], ...],
    _function: Callable[..., Any],
) -> Any:
    return _function(open_store(), *args, **dict(kwargs))


@st.cache_resource(max_entries=20, show_spinner=False)
def _share(
    fingerprint: str,  # noqa: ARG001
    name: str,  # noqa: ARG001
    _function: Callable[[Store], Any],
) -> Any:
    return _function(open_store())


@st.cache_resource(max_entries=60, show_spinner=False)
def _record(fingerprint: str, policy: str) -> PolicyRecord | None:  # noqa: ARG001
    store = open_store()
    query = "MATCH (p:Policy {id: $policy}) WHERE p.in_corpus RETURN p.document AS document, p.part AS part"
    for row in store.run(query, {"policy": policy}):
        stored = read_record(store.run, row["document"], row["part"])
        if stored is not None:
            return msgspec.json.decode(stored.body, type=PolicyRecord)
    return None


def _rows(store: Store, query: str, parameters: tuple[tuple[str, Any], ...]) -> list[Row]:
    return fetch(store, query, dict(parameters))


def _names(store: Store, entity: str) -> list[Name]:
    return Names(store).all(entity)


@st.cache_data(ttl=5, show_spinner=False)
def _neo4j_content() -> str | None:
    return build_state(open_store()).content
