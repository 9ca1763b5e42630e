"""What the graph covers, and names in it that may be one body or stay open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from queries.catalog import fetch
from queries.reader import Reader, Row


@dataclass(frozen=True, slots=True)
class DistrictCoverage:
    """How much of a district is loaded; `unread` counts amounts, shares and dates that no rule accounts for."""

    district_code: str
    district: str
    kind: str
    policies: int
    live: int
    clauses: int
    benefits: int
    unread: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MaybeOne:
    """Two agencies that may be one body, and why; nobody has decided yet (a decision goes into data/corrections)."""

    a: str
    a_name: str
    a_clauses: int
    b: str
    b_name: str
    b_clauses: int
    why: str


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name that may mean several things of the graph, and one of them."""

    label: str
    id: str
    name: str
    doc_number: str | None
    candidate: str
    candidate_name: str


def coverage(reader: Reader, as_of: str, *, city: str | None = None) -> list[DistrictCoverage]:
    """Every district of the graph (or of a city) with what is loaded of it."""
    return [
        DistrictCoverage(**{**row, "documents": tuple(sorted(row["documents"]))})
        for row in fetch(reader, "coverage", {"city": city, "as_of": as_of})
    ]


def loaded_cities(reader: Reader) -> dict[str, str]:
    """Name → code of the cities of which, or of whose districts, policies are loaded, in the order of the districts' codes."""
    return cities_of(fetch(reader, "loaded_places", {}))


def cities_of(places: Iterable[Row]) -> dict[str, str]:
    """Name → code of the cities that rows of `loaded_places` belong to, in their order."""
    return {row["city"]: row["city_code"] for row in places if row["city"]}


def maybe_one(reader: Reader, *, district: str | None = None) -> list[MaybeOne]:
    """Agencies of one district whose names differ only by characters that one leaves out (信息技术局, 信息技术产业局)."""
    by_district: defaultdict[str, list[Row]] = defaultdict(list)
    for row in fetch(reader, "agency_names", {"district": district}):
        by_district[row["district_code"]].append(row)
    return [
        pair
        for rows in by_district.values()
        for i, a in enumerate(rows)
        for b in rows[i + 1 :]
        if (pair := _pair(a, b)) is not None
    ]


def open_names(reader: Reader, *, city: str | None = None) -> list[OpenName]:
    """Names of policies and agencies that stay open between candidates; of a city (code) those that its policies name."""
    return [OpenName(**row) for row in fetch(reader, "open_names", {"city": city})]


def _pair(a: Row, b: Row) -> MaybeOne | None:
    if b["agency"] in a["candidates"] or a["agency"] in b["candidates"]:
        why = "原文的名称可能指其中之一"
    elif _abbreviates(a["name"], b["name"]) or _abbreviates(b["name"], a["name"]):
        why = "一个名称是另一个的简写"
    else:
        return None
    return MaybeOne(a["agency"], a["name"], a["clauses"], b["agency"], b["name"], b["clauses"], why)


def _abbreviates(short: str, full: str) -> bool:
    """Whether `short` leaves some characters of `full` out, keeps their order, begins alike and ends alike (局, 委, 办)."""
    if len(short) >= len(full) or short[-1] != full[-1] or short[:2] != full[:2]:
        return False
    return re.fullmatch(".*".join(map(re.escape, short)), full) is not None
