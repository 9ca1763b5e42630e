"""The edge of a derived exclusion: two clauses, and the sentence that keeps them apart.

Which clauses are kept apart is for conflicts.py, cases.py and contradictions.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.model import Edge, Value
from loaders.evidence import evidence
from loaders.linking.views import ClauseView
from loaders.record import Pair

Kind = Literal["exclusive", "duplicate", "temporal", "contradiction"]


@dataclass(frozen=True, slots=True)
class Ground:
    """Why two clauses shut each other out: the clause `by` that says so and where (`span`), and the properties of the edge."""

    by: ClauseView
    span: Pair
    scope: str
    rule: str
    kind: Kind
    why: str
    strength: Literal["sure", "arguable"] = "sure"
    topic: str | None = None


def derived_pair(one: ClauseView, other: ClauseView, ground: Ground) -> Edge:
    """The edge between the two, from the lesser id to the greater."""
    properties: dict[str, Value] = {
        "scope": ground.scope,
        "rule": ground.rule,
        "derived": True,
        "by": ground.by.id,
        "kind": ground.kind,
        "strength": ground.strength,
        "why": ground.why,
        **evidence(ground.by.policy.record, ground.span),
    }
    if ground.topic is not None:
        properties["topic"] = ground.topic
    start, end = sorted((one.id, other.id))
    return Edge("EXCLUDES", start, end, properties)


def first_shared_topic(one: ClauseView, other: ClauseView) -> str | None:
    """The first of one clause's topics that the other has too."""
    return next((topic for topic in one.topics if topic in other.topics), None)
