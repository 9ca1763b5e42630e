"""The errors that a person can do something about: one base and its few children.

The sentences stand where the errors are raised; how they are shown is the application's.
"""

from __future__ import annotations


class PolicyGraphError(Exception):
    """What went wrong and the way out, in one sentence. `exit_code` is what a command ends with."""

    exit_code = 1

    @property
    def message(self) -> str:
        """The sentence, without the class name."""
        return str(self)


class UsageError(PolicyGraphError):
    """A command, parameter or setting that cannot be meant so."""

    exit_code = 2


class SchemaError(PolicyGraphError):
    """schema.yaml, or a graph that breaks it."""


class ModelError(PolicyGraphError):
    """A node or edge that says two things at once, or leads to a node that is not there."""


class StoreError(PolicyGraphError):
    """The server is not there, refuses, or holds something that this version cannot read."""


class StoreUnavailableError(StoreError):
    """No server answers; a retry may help."""


class NoGraphError(StoreError):
    """Nothing has been built yet."""


class QueryError(StoreError):
    """The server refuses the query itself: its text, its parameters, or a write by a reader."""

    exit_code = 2


class QueryTimeoutError(StoreError):
    """The query ran longer than its limit and was ended."""


class BusyError(StoreError):
    """Another build holds the lock."""
