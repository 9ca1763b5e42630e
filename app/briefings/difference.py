"""What differs between two builds of the graph: policies that came, went or changed, clauses, and what they grant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import Graph


@dataclass(frozen=True, slots=True)
class Place:
    """A policy of a build, and the districts that it holds in."""

    policy: str
    title: str
    doc_number: str | None
    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Granted:
    """A benefit with the sentence that grants it."""

    kind: str
    value: float
    unit: str
    per: str | None
    period: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that is in one build only (the other text is None), or whose text or benefits differ.

    `lost` and `gained` are the benefits that only the earlier and only the later build has; `is_reading`: the text is the same, it
    was only read otherwise.
    """

    place: Place
    clause: str
    cite: tuple[str, ...]
    before: str | None
    after: str | None
    lost: tuple[Granted, ...]
    gained: tuple[Granted, ...]

    @property
    def is_reading(self) -> bool:
        """Whether only the reading changed."""
        return (
            self.before is not None and self.after is not None and _folded(self.before) == _folded(self.after)
        )

    def pairs(self) -> Iterator[tuple[Granted | None, Granted | None]]:
        """What was granted beside what is granted instead: of one kind and unit, in the order of the text; None where there is none."""
        left = list(self.gained)
        for before in self.lost:
            after = next((g for g in left if (g.kind, g.unit) == (before.kind, before.unit)), None)
            if after is not None:
                left.remove(after)
            yield before, after
        for after in left:
            yield None, after


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; policies in the order of their districts and titles, clauses in the order of the text."""

    earlier: tuple[Place, ...]
    later: tuple[Place, ...]
    came: tuple[Place, ...]
    went: tuple[Place, ...]
    clauses: tuple[ClauseChange, ...]

    @property
    def changed(self) -> tuple[Place, ...]:
        """The policies that are in both builds and have a clause that differs."""
        return tuple(dict.fromkeys(change.place for change in self.clauses))


def difference(earlier: Graph, later: Graph) -> Difference:
    """Compares by the ids that content gives: a policy by place, title and number, a clause by policy and cite.

    A clause whose words stand under another cite of the same policy has only moved, and is no change.
    """
    before, after = _Build(earlier), _Build(later)
    changes = [
        change
        for place in after.places.values()
        if place.policy in before.places
        for change in _clause_changes(before, after, place)
    ]
    return Difference(
        tuple(before.places.values()),
        tuple(after.places.values()),
        tuple(place for key, place in after.places.items() if key not in before.places),
        tuple(place for key, place in before.places.items() if key not in after.places),
        tuple(changes),
    )


class _Build:
    """A build by policy and clause."""

    def __init__(self, graph: Graph) -> None:
        self.places = _places(graph)
        self.clauses: defaultdict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
        for clause in sorted(graph.nodes("Clause"), key=lambda node: (node.properties["order"], node.id)):
            self.clauses[str(clause.properties["policy"])][clause.id] = clause.properties
        self.granted: defaultdict[str, list[Granted]] = defaultdict(list)
        benefits = {node.id: node.properties for node in graph.nodes("Benefit")}
        for edge in sorted(graph.edges("GRANTS"), key=lambda edge: benefits[edge.end]["order"]):
            self.granted[edge.start].append(_granted(benefits[edge.end], str(edge.properties["quote"])))


def _places(graph: Graph) -> dict[str, Place]:
    districts = {node.id: node.properties for node in graph.nodes("District")}
    holds_in: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for edge in graph.edges("APPLIES_IN"):
        where = districts[edge.end]
        holds_in[edge.start].append((str(where["code"]), str(where["name"])))
    policies = [node for node in graph.nodes("Policy") if node.properties["in_corpus"]]
    policies.sort(key=lambda node: (sorted(holds_in[node.id]), str(node.properties["title"]), node.id))
    return {
        node.id: Place(
            node.id,
            str(node.properties["title"]),
            None if (number := node.properties.get("doc_number")) is None else str(number),
            tuple(name for _, name in sorted(holds_in[node.id])),
        )
        for node in policies
    }


def _granted(properties: Mapping[str, Any], quote: str) -> Granted:
    return Granted(
        properties["kind"],
        properties["value"],
        properties["unit"],
        properties.get("per"),
        properties.get("period"),
        quote,
    )


def _clause_changes(before: _Build, after: _Build, place: Place) -> Iterator[ClauseChange]:
    old, new = before.clauses[place.policy], after.clauses[place.policy]
    counterparts = _counterparts(old, new)
    for clause, properties in new.items():
        other = counterparts.get(clause)
        lost = before.granted[other] if other else []
        gained = after.granted[clause]
        text = None if other is None else str(old[other]["text"])
        change = ClauseChange(
            place,
            clause,
            tuple(properties["cite"]),
            text,
            str(properties["text"]),
            _without(lost, gained),
            _without(gained, lost),
        )
        if change.before is None or not change.is_reading or change.lost or change.gained:
            yield change
    for clause in [clause for clause in old if clause not in counterparts.values()]:
        cite, text = tuple(old[clause]["cite"]), str(old[clause]["text"])
        yield ClauseChange(place, clause, cite, text, None, tuple(before.granted[clause]), ())


def _counterparts(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Later clause → the earlier one that it continues: the one of the same words, else the one of the same cite."""
    pairs = {
        clause: clause
        for clause in new
        if clause in old and _folded(new[clause]["text"]) == _folded(old[clause]["text"])
    }
    free = [clause for clause in old if clause not in pairs]
    for clause in [clause for clause in new if clause not in pairs]:
        words = _folded(new[clause]["text"])
        moved = next((other for other in free if _folded(old[other]["text"]) == words), None)
        if moved is not None:
            pairs[clause] = moved
            free.remove(moved)
    pairs |= {clause: clause for clause in new if clause not in pairs and clause in free}
    return pairs


def _without(some: list[Granted], others: list[Granted]) -> tuple[Granted, ...]:
    """Those of `some` that `others` do not grant, whatever the words around them."""
    left = Counter(map(_worth, others))
    only = []
    for one in some:
        if left[_worth(one)]:
            left[_worth(one)] -= 1
        else:
            only.append(one)
    return tuple(only)


def _worth(one: Granted) -> tuple[str, float, str, str | None, str | None]:
    return one.kind, one.value, one.unit, one.per, one.period


def _folded(text: str) -> str:
    """Without blanks and line breaks, which cleaning may set otherwise."""
    return "".join(text.split())
