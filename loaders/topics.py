"""Says what a clause's money is for (the closed list of topics) and which industries a policy is about."""

from __future__ import annotations

from loaders.plain import PlainView
from loaders.record import Mention


def extract_topics(view: PlainView) -> list[list[Mention]]:
    """Mentions of kind "topic" (name: the topic's id), passage by passage, the strongest first."""
    return [[] for _ in view.passages]


def extract_industries(view: PlainView) -> list[Mention]:
    """One to four mentions of kind "industry" for the policy, the strongest first."""
    return []
