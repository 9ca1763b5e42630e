"""In what state a policy is on a day, and what that makes of a district's support for something.

The state itself is computed in the queries, by one CASE that is the same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class PolicyState(StrEnum):
    """What a policy is on a day."""

    IN_FORCE = "in_force"
    TERM_UNKNOWN = "term_unknown"
    """A term of years is stated, but not from when it runs: in force, as far as the text tells."""
    NO_TERM = "no_term"
    NOT_YET = "not_yet"
    DRAFT = "draft"
    EXPIRED = "expired"
    REPEALED = "repealed"
    NAMED_ONLY = "named_only"
    """Only named by another policy; its text was not loaded."""

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return _POLICY_LABELS[self]

    @property
    def is_live(self) -> bool:
        """Whether its supports can be counted on, as far as the text tells."""
        return self in _LIVE

    @property
    def is_lapsed(self) -> bool:
        """Whether it was in force once and is no longer."""
        return self in {PolicyState.EXPIRED, PolicyState.REPEALED}


class Support(StrEnum):
    """What is known of a district and a topic, honor or industry. The four are never mixed up."""

    SUPPORTED = "supported"
    NOT_FOUND = "not_found"
    """Policies of the district were loaded, and none speaks of it."""
    EXPIRED = "expired"
    NOTHING_LOADED = "nothing_loaded"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return _SUPPORT_LABELS[self]


def support_of(states: Iterable[PolicyState], loaded: int) -> Support:
    """What the states of all policies that speak of a thing make of it, where `loaded` policies of the district are in the graph."""
    known = list(states)
    if any(state.is_live for state in known):
        return Support.SUPPORTED
    if loaded == 0:
        return Support.NOTHING_LOADED
    return Support.EXPIRED if any(state.is_lapsed for state in known) else Support.NOT_FOUND


_LIVE = frozenset({PolicyState.IN_FORCE, PolicyState.TERM_UNKNOWN, PolicyState.NO_TERM})
_POLICY_LABELS = {
    PolicyState.IN_FORCE: "有效",
    PolicyState.TERM_UNKNOWN: "有效期起算日不明",
    PolicyState.NO_TERM: "未写期限",
    PolicyState.NOT_YET: "尚未施行",
    PolicyState.DRAFT: "征求意见稿",
    PolicyState.EXPIRED: "已失效",
    PolicyState.REPEALED: "已废止",
    PolicyState.NAMED_ONLY: "未收录",
}
_SUPPORT_LABELS = {
    Support.SUPPORTED: "支持",
    Support.NOT_FOUND: "已收录文件中未见",
    Support.EXPIRED: "已失效",
    Support.NOTHING_LOADED: "未收录文件",
}
