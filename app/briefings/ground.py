"""What every briefing rests on: the open graph, the day, the places, the numbers of documents, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.answers.places import CITY_KINDS
from app.briefings.model import Point, Sources
from app.pictures.drawing import State
from app.pictures.tile_map import short_name
from graph.builds import version_digits
from graph.errors import UsageError
from graph.store import Store
from queries.catalog import fetch
from queries.clauses import ClauseRef
from queries.compare import Standard
from queries.coverage import loaded_cities, open_names
from queries.names import Names
from queries.reader import Row
from queries.states import PolicyState, Support
from queries.timeline import Timeline, timeline

STATES = {
    Support.SUPPORTED: State.SUPPORTED,
    Support.NOT_FOUND: State.NOT_FOUND,
    Support.EXPIRED: State.EXPIRED,
    Support.NOTHING_LOADED: State.NOT_LOADED,
}


@dataclass(frozen=True, slots=True)
class Ground:
    """The graph on a day. `coverage` holds the rows of the query of that name for `city` (code; None: all that is loaded)."""

    store: Store
    names: Names
    as_of: str
    city: str | None
    coverage: tuple[Row, ...]
    timeline: Timeline
    basis: str

    @classmethod
    def of(cls, store: Store, as_of: str, city: str | None = None) -> Ground:
        """Reads the ground; `city` is a name or code. Raises: UsageError where policies of several cities are loaded and none is named."""
        names = Names(store)
        code = names.resolve("district", city) if city else _only_city(store)
        coverage = fetch(store, "coverage", {"city": code, "as_of": as_of})
        known = timeline(store, as_of, city=code)
        policies = sum(row["policies"] for row in coverage)
        basis = f"按 {as_of} 的效力,收录 {policies} 件政策;图谱版本 {version_digits(store)[:8]}"
        return cls(store, names, as_of, code, tuple(coverage), known, basis)

    @property
    def districts(self) -> list[Row]:
        """The rows of the districts, without the city itself."""
        return [row for row in self.coverage if row["kind"] not in CITY_KINDS]

    @property
    def loaded(self) -> list[str]:
        """Names of the districts of which policies are loaded."""
        return [row["district"] for row in self.districts if row["policies"]]

    @property
    def places(self) -> list[str]:
        """Codes of the city and the districts of which policies are loaded: what is asked place by place reads no other city."""
        return [row["district_code"] for row in self.coverage if row["policies"]]

    def sources(self) -> Sources:
        """An empty list of footnotes that knows the documents' numbers."""
        return Sources({policy.policy: policy.doc_number for policy in self.timeline.policies})

    def unknown(self, policies: Iterable[str], *more: str) -> tuple[str, ...]:
        """What the page does not know: districts with nothing loaded, unread amounts, unresolved names, terms that are open, and `more`.

        `policies` are the ids of those that the page speaks of.
        """
        told = [
            _nothing_loaded(self.districts),
            self._unread(),
            self._open(),
            self._terms(set(policies)),
            *more,
        ]
        return tuple(words for words in told if words)

    def _unread(self) -> str:
        unread = [(row["district"], row["unread"]) for row in self.coverage if row["unread"]]
        if not unread:
            return "原文中的金额、比例和日期都已读出,没有未读的数额。"
        places = "、".join(f"{name} {count} 处" for name, count in unread)
        return f"有 {sum(count for _, count in unread)} 处数额没有读懂,未计入本页:{places}。"

    def _open(self) -> str:
        names = {one.name for one in open_names(self.store, city=self.city)}
        if not names:
            return "文中提到的部门和文件都已认定,没有未定的名称。"
        return f"有 {len(names)} 个名称可指几件事物,没有认定:{_some(sorted(names), 3)}。"

    def _terms(self, policies: set[str]) -> str:
        open_terms = [
            policy
            for policy in self.timeline.policies
            if policy.policy in policies and policy.state is PolicyState.TERM_UNKNOWN
        ]
        no_terms = [
            policy
            for policy in self.timeline.policies
            if policy.policy in policies and policy.state is PolicyState.NO_TERM
        ]
        parts = []
        if open_terms:
            parts.append(f"{len(open_terms)} 件只写有效年数、起算日不明")
        if no_terms:
            parts.append(f"{len(no_terms)} 件未写期限")
        return f"本页所引政策中,{'、'.join(parts)},按仍有效计。" if parts else ""


def the_ref(sources: Sources, ref: ClauseRef, quote: str) -> int:
    """The footnote for a sentence of a clause."""
    return sources.note(
        district=ref.district,
        policy=ref.policy,
        policy_title=ref.policy_title,
        cite=ref.cite,
        quote=quote,
        clause=ref.clause,
    )


def best_by_sum(standards: Sequence[Standard]) -> Standard | None:
    """The standard with the largest sum, else with the largest share; the first of equals."""
    known = [s for s in standards if s.largest_cny is not None or s.share is not None]
    return max(known, key=lambda s: (s.largest_cny or 0, s.share or 0), default=None)


def some_names(names: Iterable[str], most: int = 6) -> str:
    """Districts in short, at most so many: 海淀、朝阳等 8 个区."""
    return _some([short_name(name) for name in names], most, "个区")


def said(*points: str | None) -> tuple[Point, ...]:
    """Sentences without sources, empty ones left out."""
    return tuple(Point(words) for words in points if words)


def _some(names: list[str], most: int, unit: str = "个") -> str:
    shown = "、".join(names[:most])
    return shown if len(names) <= most else f"{shown}等 {len(names)} {unit}"


def _nothing_loaded(districts: list[Row]) -> str:
    empty = [short_name(row["district"]) for row in districts if not row["policies"]]
    if not empty:
        return ""
    return f"{len(empty)} 个区没有收录任何文件,不能说它们不支持:{'、'.join(empty)}。"


def _only_city(store: Store) -> str | None:
    cities = loaded_cities(store)
    if len(cities) > 1:
        raise UsageError(f"图谱中有几座城市的政策({'、'.join(cities)}):请用 --city 指明一座。")
    return next(iter(cities.values()), None)
