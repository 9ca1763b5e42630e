"""Gaps: topics, industries and honors that other districts of the city support and this one does not.

Four states are kept apart: supported, not found in the loaded policies, expired, nothing loaded.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.errors import UsageError
from queries.catalog import fetch
from queries.compare import Cell, Comparison, compare
from queries.names import topic_names
from queries.reader import Reader, Row
from queries.states import Support

Kind = Literal["topic", "honor", "industry"]
_QUERIES: dict[Kind, str] = {
    "topic": "district_topics",
    "honor": "district_honors",
    "industry": "district_industries",
}
KIND_LABELS: dict[Kind, str] = {"topic": "支持事项", "honor": "资质荣誉", "industry": "产业"}


@dataclass(frozen=True, slots=True)
class Gap:
    """A thing that others support and this district does not, or no longer. `code` is a topic's code, else the name itself.

    `others` are the districts that support it; `loaded_others` how many other districts have loaded policies at all.
    `pending`: a draft, or a policy not yet in force, speaks of it.
    """

    kind: Kind
    code: str
    name: str
    support: Support
    pending: bool
    others: tuple[str, ...]
    loaded_others: int


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a district is from the others on a topic that it supports, in yuan and as a share.

    `median_*` and `best_*` are over the districts that state such a figure, this one included; None where none does.
    """

    topic: str
    topic_name: str
    own_cny: float | None
    median_cny: float | None
    best_cny: float | None
    best_cny_districts: tuple[str, ...]
    own_share: float | None
    median_share: float | None
    best_share: float | None
    best_share_districts: tuple[str, ...]
    districts: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class DistrictGaps:
    """A district among the others of its city. `loaded` policies of it are in the graph: 0 means that nothing can be said. `supported` are
    the topics (codes) that its policies in force support."""

    district_code: str
    district: str
    city_code: str
    city: str
    loaded: int
    supported: tuple[str, ...]
    gaps: tuple[Gap, ...]


def gaps(
    reader: Reader, district: str, as_of: str, kinds: Iterable[Kind] = ("topic", "industry", "honor")
) -> DistrictGaps:
    """The gaps of a district (code), those that most others fill first. Raises: UsageError where it is no district of a city."""
    city, topics = _city_topics(reader, district, as_of)
    own = _row_of(topics, district)
    found = []
    for kind in kinds:
        rows = topics if kind == "topic" else fetch(reader, _QUERIES[kind], {"city": city, "as_of": as_of})
        found += _gaps(kind, rows, district, topic_names(reader) if kind == "topic" else {})
    return DistrictGaps(
        district_code=district,
        district=own["district"],
        city_code=city,
        city=own["city"],
        loaded=own["loaded"],
        supported=tuple(own["supported"]),
        gaps=tuple(found),
    )


def distances(
    reader: Reader, topics: Sequence[str], district: str, as_of: str, *, city: str
) -> list[Distance]:
    """How far a district (code) is from the others of its city (code) on each of the topics (codes) that it supports. Reads all that the
    city's districts give for them, which takes longer than `gaps`."""
    if not topics:
        return []
    table = compare(reader, topics, as_of, city=city)
    return [_distance(table, topic, district) for topic in topics]


def topic_states(reader: Reader, as_of: str, *, city: str | None = None) -> dict[tuple[str, str], Support]:
    """District code and topic code → what is known, for every district of the city and every topic: the whole matrix."""
    topics = topic_names(reader)
    return {
        (row["district_code"], topic): _state(row, topic)
        for row in fetch(reader, "district_topics", {"city": city, "as_of": as_of})
        for topic in topics
    }


def _city_topics(reader: Reader, district: str, as_of: str) -> tuple[str, list[Row]]:
    """The city (code) of a district, and what its districts support."""
    uppers = fetch(reader, "upper_districts", {"district": district})
    city = next((row["district_code"] for row in uppers if row["distance"] == 1), None)
    rows = fetch(reader, "district_topics", {"city": city, "as_of": as_of}) if city else []
    if city is None or all(row["district_code"] != district for row in rows):
        raise UsageError(f"{district} 不是已收录政策的城市下的区,无法与邻区比较")
    return city, rows


def _row_of(rows: list[Row], district: str) -> Row:
    return next(row for row in rows if row["district_code"] == district)


def _gaps(kind: Kind, rows: list[Row], district: str, names: Mapping[str, str]) -> list[Gap]:
    own = _row_of(rows, district)
    others = [row for row in rows if row["district_code"] != district]
    found = []
    for code in sorted({code for row in others for code in row["supported"]}):
        state = _state(own, code)
        if state is not Support.SUPPORTED:
            found.append(
                Gap(
                    kind=kind,
                    code=code,
                    name=names.get(code, code),
                    support=state,
                    pending=code in own["pending"],
                    others=tuple(row["district"] for row in others if code in row["supported"]),
                    loaded_others=sum(row["loaded"] > 0 for row in others),
                )
            )
    return sorted(found, key=lambda gap: (-len(gap.others), gap.name))


def _state(row: Row, code: str) -> Support:
    if code in row["supported"]:
        return Support.SUPPORTED
    if row["loaded"] == 0:
        return Support.NOTHING_LOADED
    return Support.EXPIRED if code in row["expired"] else Support.NOT_FOUND


def _distance(table: Comparison, topic: str, district: str) -> Distance:
    cells = [cell for cell in table.cells if cell.topic == topic]
    cell = next(cell for cell in cells if cell.district_code == district)
    sums = [(c.largest_cny, c.district) for c in cells if c.largest_cny is not None]
    shares = [(c.largest_share, c.district) for c in cells if c.largest_share is not None]
    return Distance(
        topic=topic,
        topic_name=cell.topic_name,
        own_cny=cell.largest_cny,
        median_cny=_median(sums),
        best_cny=max((value for value, _ in sums), default=None),
        best_cny_districts=_best(sums),
        own_share=cell.largest_share,
        median_share=_median(shares),
        best_share=max((value for value, _ in shares), default=None),
        best_share_districts=_best(shares),
        districts=sum(c.support is Support.SUPPORTED for c in cells),
        cell=cell,
    )


def _median(values: list[tuple[float, str]]) -> float | None:
    return round(statistics.median([value for value, _ in values]), 6) if values else None


def _best(values: list[tuple[float, str]]) -> tuple[str, ...]:
    best = max((value for value, _ in values), default=None)
    return tuple(district for value, district in values if value == best)
