"""A free Cypher console: read-only by the server's own means and by queries.console_rules, with a time limit and a row limit
that are said when they cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph.errors import UsageError
from queries.console_rules import check_free_query
from queries.reader import Row

SECONDS = 10.0
ROWS = 1000


class Answered(Protocol):
    """Rows with their columns; graph.store.Answer is one."""

    @property
    def columns(self) -> list[str]: ...
    @property
    def rows(self) -> list[Row]: ...
    @property
    def cut(self) -> bool: ...


class LimitedReader(Protocol):
    """A store that ends a query in time and cuts its rows; graph.store.Store is one. It lets nobody write."""

    def answer(
        self,
        query: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        row_limit: int | None = None,
    ) -> Answered:
        """Rows of a query. Raises: QueryError for a write or a mistake, QueryTimeoutError."""
        ...


@dataclass(frozen=True, slots=True)
class ConsoleAnswer:
    """Columns and rows of a free query; `notice` says in Chinese that rows were cut, None where they were not."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]
    notice: str | None


def run_cypher(
    store: LimitedReader, query: str, *, seconds: float = SECONDS, rows: int = ROWS
) -> ConsoleAnswer:
    """Run one reading query of a reader's own.

    Raises: UsageError for an empty query or limits that are none, QueryError where the server refuses it (a write, a mistake),
    QueryTimeoutError where it ran longer than `seconds`.
    """
    if not query.strip():
        raise UsageError("请给出一条 Cypher 查询")
    if not seconds > 0 or rows < 1:
        raise UsageError("时间上限须大于 0 秒,行数上限至少 1 行")
    check_free_query(query)
    answer = store.answer(query, {}, timeout=seconds, row_limit=rows)
    notice = f"只显示前 {rows} 行,后面还有:请在查询里缩小范围,或用 --rows 放宽" if answer.cut else None
    return ConsoleAnswer(tuple(answer.columns), tuple(answer.rows), notice)
