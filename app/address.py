"""Addresses: the parameters that open one view of a page, so that a colleague sees what you see; and how a click changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlencode

import streamlit as st

BOUND = frozenset(
    {
        "as_of",
        "city",
        "district",
        "topic",
        "industry",
        "award",
        "cost",
        "kind",
        "view",
        "words",
        "topics",
        "labels",
        "types",
    }
)
"""Parameters that a widget of the same key keeps; the others are the pages' own."""

_GOING = "_going"


@dataclass(frozen=True, slots=True)
class Address:
    """A page of the explorer with the parameters that open one view of it."""

    page: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def href(self) -> str:
        """What a browser opens, relative to the explorer's own address."""
        return f"{self.page}?{urlencode(self.params)}" if self.params else self.page

    def as_data(self) -> dict[str, Any]:
        """What a component's link is made from."""
        return {"page": self.page, "params": dict(self.params), "href": self.href}


def put(name: str, value: str) -> None:
    """Puts a parameter into the address. A bound one only before its widget is drawn, so from a callback."""
    if name in BOUND:
        st.session_state[name] = value
    else:
        st.query_params[name] = value


def drop(*names: str) -> None:
    """Takes the pages' own parameters out of the address."""
    for name in names:
        if name in st.query_params:
            del st.query_params[name]


def param(name: str) -> str:
    """A parameter of the page's own, "" where the address has none."""
    return st.query_params.get(name, "")


Then: TypeAlias = Callable[[str], None]
"""What is done with the name of what was clicked, before the page is drawn again."""


def putting(name: str) -> Then:
    """Puts what was clicked into the address as this parameter."""
    return lambda told: put(name, told)


def choosing(key: str, trigger: str, then: Then | None) -> Callable[[], None]:
    """A callback that hands on what a component (key) just told by its trigger."""

    def store() -> None:
        told = _told(key, trigger)
        if then is not None and isinstance(told, str):
            then(told)

    return store


def leaving(key: str) -> Callable[[], None]:
    """A callback that notes the page and parameters that a link of a component (key) asks for."""

    def store() -> None:
        told = _told(key, "go")
        if isinstance(told, Mapping):
            st.session_state[_GOING] = dict(told)

    return store


def leave(address: Address) -> None:
    """Asks for another page; the next run goes there."""
    st.session_state[_GOING] = {"page": address.page, "params": dict(address.params)}


def asked_page() -> Mapping[str, Any] | None:
    """The page and parameters that a link asked for, once."""
    asked: Mapping[str, Any] | None = st.session_state.pop(_GOING, None)
    return asked


def _told(key: str, trigger: str) -> object:
    state = st.session_state.get(key)
    return None if state is None else state.get(trigger)
