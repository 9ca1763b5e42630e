"""What a briefing is asked: the command and the explorer's page fill it in, app.briefings.kinds answers it."""

from __future__ import annotations

from dataclasses import dataclass, field

KINDS = ("compare", "profile", "chain", "conflicts", "changes")
STANDARD_AWARD = 5_000_000.0
"""The case that is worked out where none is given: a city's award of 5 million yuan."""


@dataclass(frozen=True, slots=True)
class Export:
    """An earlier build of the graph, as `policygraph export --format jsonl` wrote it: the file's name and what it holds."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a kind, its subject (topic, district, or the first day of a change), for a chain the case in yuan, and for
    changes between two builds the earlier one."""

    kind: str
    subject: str
    city: str | None = None
    award: float | None = None
    national_award: float | None = None
    cost: float | None = None
    since: Export | None = None
