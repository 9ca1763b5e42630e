"""Questions to every kind of briefing on the bundled policies, shared by the tests of what briefings say and how they look."""

from __future__ import annotations

from app.briefings.kinds import answer
from app.briefings.model import Briefing
from app.briefings.question import Question
from graph.store import Store

DAY, LATER = "2026-11-23", "2029-01-01"
QUESTIONS = {
    "compare": (Question("compare", "算力租用与算力券"), DAY),
    "compare-many": (Question("compare", "研发投入补助"), DAY),
    "profile": (Question("profile", "丰台区"), DAY),
    "profile-other": (Question("profile", "石景山区"), DAY),
    "chain": (Question("chain", "首台(套)首批次与首试首用", award=5_000_000), DAY),
    "chain-cost": (Question("chain", "算力租用与算力券", cost=5_000_000), DAY),
    "conflicts": (Question("conflicts", "石景山区"), DAY),
    "conflicts-none": (Question("conflicts", "丰台区"), DAY),
    "changes": (Question("changes", DAY), LATER),
}
"""Name → question and day."""


def every_briefing(store: Store) -> dict[str, Briefing]:
    """A briefing for each of the questions."""
    return {name: answer(store, question, day) for name, (question, day) in QUESTIONS.items()}
