"""What commands print: tables in Chinese on a terminal, progress on standard error. Only here is rich imported."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

T = TypeVar("T")


def is_terminal() -> bool:
    """Whether standard output is a terminal that a person looks at."""
    return sys.stdout.isatty()


def show_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[str] = ()
) -> None:
    """Prints a table; columns named in `right` are set flush right. Cell text is data: rich markup in it is not read."""
    table = Table(title=title, title_justify="left", header_style="bold", show_lines=False)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    _output().print(table)


def show_notes(notes: Iterable[tuple[str, str]]) -> None:
    """Prints (mark, text) pairs over the whole width, the marks in a margin of their own. Text is data, as in `show_table`."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style="dim")
    grid.add_column(overflow="fold")
    for mark, text in notes:
        grid.add_row(mark, text)
    _output().print(grid)


def _output() -> Console:
    # Piped output has no width of its own; 160 columns keep a sentence on one or two lines.
    return Console(markup=False, highlight=False, width=None if is_terminal() else 160)


@contextmanager
def progress(description: str, total: int | None = None) -> Iterator[Any]:
    """A progress bar on standard error, shown on a terminal only; call the result with the number of finished steps."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(description, total=total)
        yield lambda steps=1: bars.advance(task, steps)


def track(items: Iterable[T], description: str, total: int | None = None) -> Iterator[T]:
    """The same items, with a progress bar on standard error while they pass."""
    with progress(description, total) as advance:
        for item in items:
            yield item
            advance()


@contextmanager
def steps_shown() -> Iterator[tuple[Callable[[str, int | None], None], Callable[[int], None]]]:
    """One bar after the other on standard error, shown on a terminal only: (begin a step, advance in it)."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        current: list[TaskID] = []

        def begin(description: str, total: int | None) -> None:
            for task in current:
                bars.remove_task(task)
            current[:] = [bars.add_task(description, total=total)]

        def advance(steps: int) -> None:
            for task in current:
                bars.advance(task, steps)

        yield begin, advance
