"""What a reader sees where something fails: a sentence that says what to do, and never a trace."""

from __future__ import annotations

from app.punctuation import in_print
from app.texts import say
from graph.errors import (
    BusyError,
    NoGraphError,
    PolicyGraphError,
    QueryError,
    QueryTimeoutError,
    StoreUnavailableError,
)

# From the particular to the general: the first that fits speaks.
_SENTENCES: tuple[tuple[type[PolicyGraphError], str], ...] = (
    (NoGraphError, "failure.no_graph"),
    (StoreUnavailableError, "failure.no_store"),
    (QueryTimeoutError, "failure.too_long"),
    (QueryError, "failure.query"),
    (BusyError, "failure.busy"),
)


def sentence_for(error: Exception) -> str:
    """The sentence: what a page can offer where the kind of failure is known, else the error's own."""
    for kind, key in _SENTENCES:
        if isinstance(error, kind):
            return say(key)
    return in_print(error.message) if isinstance(error, PolicyGraphError) else say("failure.other")
