"""Filters: one row on top of a page, kept in the address, and taken along from page to page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.address import put
from app.session import as_of, names, rows
from app.texts import say

_TAKEN = "_taken_along"
_PAGE = "_page"


def enter(page: str, asked: Mapping[str, str] | None = None) -> None:
    """Notes which page is shown. On the first run of a page its filters take what a link asked for, else what was chosen before."""
    if asked is None and st.session_state.get(_PAGE) == page:
        return
    came_from_page = _PAGE in st.session_state
    st.session_state[_PAGE] = page
    wanted = dict(_taken()) if came_from_page else {}
    wanted |= dict(asked or {})
    for name, value in wanted.items():
        put(name, value)


def choose(key: str, label: str, options: Sequence[str], default: str) -> str:
    """A filter of names; `options` are shown as they are, so they may be text of documents."""
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]
    start = options.index(default) if default in options else 0
    chosen = st.selectbox(label, options, index=start, key=key, bind="query-params") or options[start]
    if chosen == options[start]:
        _taken().pop(key, None)
    else:
        _taken()[key] = chosen
    return chosen


def choose_district(*, everywhere: bool = True, default: str = "") -> str | None:
    """The district's code; None means all. Only districts of which policies are loaded are offered."""
    loaded = [row for row in rows("coverage", city=None, as_of=as_of()) if row["policies"]]
    known = {row["district"]: row["district_code"] for row in loaded}
    if not everywhere:
        known = {row["district"]: row["district_code"] for row in loaded if row["kind"] in _DISTRICTS}
    return _choose_named("district", known, everywhere, default)


def choose_topic(*, everything: bool = True, default: str = "") -> str | None:
    """The topic's code; None means all. `default` is a code."""
    known = {name.name: name.value for name in names("topic")}
    standard = next((name for name, code in known.items() if code == default), "")
    return _choose_named("topic", known, everything, standard)


def choose_industry() -> str | None:
    """The industry's id; None means all."""
    return _choose_named("industry", {name.name: name.value for name in names("industry")}, True, "")


def choose_city() -> str | None:
    """The code of the city that is looked at; asked for only where policies of several cities are loaded."""
    everywhere = rows("coverage", city=None, as_of=as_of())
    cities: dict[str, str] = {
        row["district"]: row["district_code"]
        for row in everywhere
        if row["kind"] == "city" and _has_policies(row["district_code"])
    }
    if len(cities) < 2:
        return next(iter(cities.values()), None)
    return cities[choose("city", say("filter.city"), list(cities), next(iter(cities)))]


@contextmanager
def row_of_filters(*widths: int) -> Iterator[tuple[DeltaGenerator, ...]]:
    """The row on top of a page: places for filters of so many quarters of its width."""
    rest = 4 - sum(widths)
    yield tuple(st.columns([*widths, rest] if rest > 0 else list(widths))[: len(widths)])


def in_industry(industry: str | None) -> Callable[[str, str], bool]:
    """Whether a policy (id) or a clause (id) of it is meant for the industry; everything is where none is chosen."""
    if industry is None:
        return lambda _policy, _clause: True
    found = rows("industry_policies", industry=industry, city=None, as_of=as_of())
    policies = {row["policy"] for row in found if row["clause"] is None}
    clauses = {row["clause"] for row in found}
    return lambda policy, clause: policy in policies or clause in clauses


_DISTRICTS = ("district", "development_area")


def _has_policies(city: str) -> bool:
    return any(row["policies"] for row in rows("coverage", city=city, as_of=as_of()))


def _choose_named(key: str, known: dict[str, str], with_all: bool, default: str) -> str | None:
    options = [say("filter.all"), *known] if with_all else list(known)
    if not options:
        return None
    chosen = choose(key, say(f"filter.{key}"), options, default or options[0])
    return known.get(chosen)


def _taken() -> dict[str, str]:
    taken: dict[str, str] = st.session_state.setdefault(_TAKEN, {})
    return taken
