"""Filters: one row on top of a page, kept in the address, and taken along from page to page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.address import BOUND, put
from app.city import cities, city, places
from app.session import as_of, names, rows
from app.texts import say

_TAKEN, _PAGE, _ENTERING, _ASKED = "_taken_along", "_page", "_entering", "_asked_for"

T = TypeVar("T")


def enter(page: str, asked: Mapping[str, str] | None = None) -> None:
    """Notes which page is shown. On the first run after another page its filters take what a link asked for, else what was chosen on
    the pages before; on the first run of all they take what the address says."""
    before = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = page
    st.session_state[_ENTERING] = asked is not None or before not in {None, page}
    st.session_state[_ASKED] = dict(asked or {})
    for name, value in (asked or {}).items():
        if name not in BOUND:
            put(name, value)


def begin_with(key: str, default: T, options: Sequence[T] | None = None) -> None:
    """Sets what a widget of this key shows on the first run after another page, before it is drawn."""
    if options is not None and key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]
    if st.session_state.get(_ENTERING):
        wanted = st.session_state[_ASKED].get(key, _taken().get(key, default))
        st.session_state[key] = wanted if options is None or wanted in options else default


def choose(key: str, label: str, options: Sequence[str], default: str) -> str:
    """A filter of names; `options` are shown as they are, so they may be text of documents."""
    standard = default if default in options else options[0]
    begin_with(key, standard, options)
    start = options.index(standard)
    chosen = st.selectbox(label, options, index=start, key=key, bind="query-params") or standard
    if chosen == standard:
        _taken().pop(key, None)
    else:
        _taken()[key] = chosen
    return chosen


def choose_number(key: str, label: str, default: int, *, least: int, most: int, step: int) -> int:
    """A whole number, kept in the address and taken along."""
    begin_with(key, default)
    chosen = int(st.number_input(label, least, most, default, step, key=key, bind="query-params"))
    _taken()[key] = chosen
    return chosen


def choose_several(
    key: str, label: str, options: Sequence[str], none: str, *, most: int | None = None
) -> list[str]:
    """Several of the options; `none` is what the filter says where none is chosen."""
    begin_with(key, [])
    return st.multiselect(label, options, key=key, bind="query-params", placeholder=none, max_selections=most)


def choose_words(key: str, label: str, hint: str) -> str:
    """Words that a reader types."""
    begin_with(key, "")
    return st.text_input(label, key=key, bind="query-params", placeholder=hint).strip()


def choose_district(*, everywhere: bool = True, default: str = "") -> str | None:
    """The district's code; None means all. Only districts of the city of which policies are loaded are offered."""
    loaded = [row for row in places() if everywhere or row["kind"] in _DISTRICTS]
    known = {row["district"]: row["district_code"] for row in loaded}
    return _choose_named("district", known, everywhere, default)


def choose_topic(*, everything: bool = True, default: str = "") -> str | None:
    """The topic's code; None means all. `default` is a code."""
    known = {name.name: name.value for name in names("topic")}
    standard = next((name for name, code in known.items() if code == default), "")
    return _choose_named("topic", known, everything, standard)


def choose_industry() -> str | None:
    """The industry's id; None means all."""
    return _choose_named("industry", {name.name: name.value for name in names("industry")}, True, "")


def choose_city() -> None:
    """The city that every page speaks of, in the sidebar; asked for only where policies of several cities are loaded."""
    known = cities()
    if len(known) > 1:
        with st.sidebar:
            choose("city", say("filter.city"), list(known), next(iter(known)))


@contextmanager
def row_of_filters(*widths: int) -> Iterator[tuple[DeltaGenerator, ...]]:
    """The row on top of a page: places for filters of so many quarters of its width."""
    rest = 4 - sum(widths)
    yield tuple(st.columns([*widths, rest] if rest > 0 else list(widths))[: len(widths)])


def in_industry(industry: str | None) -> Callable[[str, str], bool]:
    """Whether a policy (id) or a clause (id) of it is meant for the industry; everything is where none is chosen."""
    if industry is None:
        return lambda _policy, _clause: True
    found = rows("industry_policies", industry=industry, city=city(), as_of=as_of())
    policies = {row["policy"] for row in found if row["clause"] is None}
    clauses = {row["clause"] for row in found}
    return lambda policy, clause: policy in policies or clause in clauses


_DISTRICTS = ("district", "development_area")


def _choose_named(key: str, known: dict[str, str], with_all: bool, default: str) -> str | None:
    options = [say("filter.all"), *known] if with_all else list(known)
    if not options:
        return None
    chosen = choose(key, say(f"filter.{key}"), options, default or options[0])
    return known.get(chosen)


def _taken() -> dict[str, Any]:
    taken: dict[str, Any] = st.session_state.setdefault(_TAKEN, {})
    return taken
