"""What a query needs of a store: one method. Which server answers, and how, is graph.store's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

Row: TypeAlias = dict[str, Any]
"""A row of an answer: column → value, as the query's head declares them."""


class Reader(Protocol):
    """Something that runs a reading query; graph.store.Store is one."""

    def run(self, query: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """All rows of `query`. Raises: graph.errors.StoreError and its children."""
        ...
