"""The kinds of briefings by name, for all who ask: the command, the explorer's page and tests."""

from __future__ import annotations

from app.briefings.chain import chain
from app.briefings.changes import changes
from app.briefings.changes_since_build import changes_since_build
from app.briefings.compare import compare
from app.briefings.conflicts import conflicts
from app.briefings.model import Briefing, in_reading_order
from app.briefings.profile import profile
from app.briefings.question import Question
from graph.store import Store
from queries.amounts import Given


def answer(store: Store, question: Question, as_of: str) -> Briefing:
    """The briefing, its footnotes in reading order. Raises: UsageError with one sentence where the question has no answer."""
    return in_reading_order(_answer(store, question, as_of))


def _answer(store: Store, question: Question, as_of: str) -> Briefing:
    match question.kind:
        case "compare":
            return compare(store, question.subject, as_of, question.city)
        case "profile":
            return profile(store, question.subject, as_of)
        case "chain":
            given = Given(question.award, question.national_award, question.cost)
            return chain(store, question.subject, given, as_of, question.city)
        case "conflicts":
            return conflicts(store, question.subject, as_of)
        case "changes" if question.since is not None:
            return changes_since_build(store, question.since, as_of, question.city)
        case _:
            return changes(store, question.subject, as_of, question.city)
