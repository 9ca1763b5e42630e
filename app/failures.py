"""What a reader sees where something fails: a sentence that says what to do, and never a trace."""

from __future__ import annotations

from app.texts import say
from graph.errors import (
    BusyError,
    NoGraphError,
    PolicyGraphError,
    QueryError,
    QueryTimeoutError,
    StoreError,
    StoreUnavailableError,
    UsageError,
)

# From the particular to the general: the first that fits speaks.
_SENTENCES: tuple[tuple[type[PolicyGraphError], str], ...] = (
    (NoGraphError, "failure.no_graph"),
    (StoreUnavailableError, "failure.no_store"),
    (QueryTimeoutError, "failure.too_long"),
    (QueryError, "failure.query"),
    (BusyError, "failure.busy"),
    (StoreError, "failure.store"),
)


def sentence_for(error: Exception) -> str:
    """The sentence. A reader's own mistake (UsageError) has its sentence with it; the rest is told by kind."""
    if isinstance(error, UsageError):
        return error.message
    for kind, key in _SENTENCES:
        if isinstance(error, kind):
            return say(key)
    return say("failure.other")
