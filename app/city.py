"""The city that is looked at: where policies of several cities are loaded, every page speaks of one, and no page reads the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

from app.session import as_of, ask, rows, share
from queries.catalog import fetch
from queries.coverage import cities_of
from queries.reader import Reader, Row
from queries.timeline import PolicyOnDay, Timeline, timeline

T = TypeVar("T")


def cities() -> dict[str, str]:
    """Name → code of every city of which, or of whose districts, policies are loaded."""
    return dict(share(_loaded).cities)


def city_name() -> str | None:
    """The name of the city that is looked at; None where no city's policies are loaded."""
    known = cities()
    chosen = st.session_state.get("city")
    return chosen if chosen in known else next(iter(known), None)


def city() -> str | None:
    """Its code."""
    return cities().get(city_name() or "")


def places() -> list[Row]:
    """The city and its districts of which policies are loaded, behind the province and the nation that stand above it."""
    if len(cities()) < 2:
        return list(share(_loaded).places)
    own = city()
    return [*_above(), *(row for row in share(_loaded).places if row["city_code"] == own)]


def of_city(function: Callable[..., Sequence[T]], *args: Any, **kwargs: Any) -> list[T]:
    """A query function's answers on the places of the city, asked place by place where there are other cities; `district=` narrows
    them to one."""
    if kwargs.get("district") or len(cities()) < 2:
        return list(ask(function, *args, **kwargs))
    found: dict[T, None] = {}
    for place in places():
        found.update(dict.fromkeys(ask(function, *args, **{**kwargs, "district": place["district_code"]})))
    return list(found)


def timeline_of_city(district: str | None = None) -> Timeline:
    """The policies of the city, or of a district (code), with their states on the day."""
    if district or len(cities()) < 2:
        return ask(timeline, as_of(), district=district)
    above = [ask(timeline, as_of(), district=place["district_code"]) for place in _above()]
    parts = [*above, ask(timeline, as_of(), city=city())]
    return Timeline(
        as_of(),
        tuple(policy for part in parts for policy in part.policies),
        tuple(lapsing for part in parts for lapsing in part.lapsing),
    )


@dataclass(frozen=True, slots=True)
class _Loaded:
    """Places of which policies are loaded, thousands of a country, and the cities (name → code) that they belong to."""

    places: tuple[Row, ...]
    cities: dict[str, str]


def _loaded(reader: Reader) -> _Loaded:
    places = fetch(reader, "loaded_places", {})
    return _Loaded(tuple(places), cities_of(places))


def _above() -> list[Row]:
    """The province and the nation above the city, where policies of theirs are loaded."""
    uppers = {row["district_code"] for row in rows("upper_districts", district=city())}
    return [row for row in share(_loaded).places if row["district_code"] in uppers]


def policy_on_day(policy: str) -> PolicyOnDay | None:
    """A loaded policy (id) of any city; None where it is not loaded."""
    for known in timeline_of_city().policies:
        if known.policy == policy:
            return known
    for row in rows("policy_district", policy=policy):
        for known in ask(timeline, as_of(), district=row["district_code"]).policies:
            if known.policy == policy:
                return known
    return None
