"""The kinds of briefings by name, for those who ask by name: the explorer's page and tests."""

from __future__ import annotations

from dataclasses import dataclass

from app.briefings.chain import chain
from app.briefings.changes import changes
from app.briefings.compare import compare
from app.briefings.conflicts import conflicts
from app.briefings.model import Briefing
from app.briefings.profile import profile
from graph.store import Store
from queries.amounts import Given

KINDS = ("compare", "profile", "chain", "conflicts", "changes")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a kind, its subject (topic, district, or the first day of a change), and for a chain the case in yuan."""

    kind: str
    subject: str
    city: str | None = None
    award: float | None = None
    cost: float | None = None


def answer(store: Store, question: Question, as_of: str) -> Briefing:
    """The briefing. Raises: UsageError with one sentence where the question has no answer."""
    match question.kind:
        case "compare":
            return compare(store, question.subject, as_of, question.city)
        case "profile":
            return profile(store, question.subject, as_of)
        case "chain":
            given = Given(question.award, None, question.cost)
            return chain(store, question.subject, given, as_of, question.city)
        case "conflicts":
            return conflicts(store, question.subject, as_of)
        case _:
            return changes(store, question.subject, as_of, question.city)
