"""Prints an answer in the form that was asked for: a table on a terminal, JSON, CSV or Markdown. Knows no question.

What the columns are called in Chinese comes from the caller; JSON and CSV keep their English names.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import click

from app.console import is_terminal, show_table
from graph.builds import build_state
from graph.errors import UsageError
from graph.settings import read_settings
from graph.store import Store
from queries.amounts import yuan
from queries.parameters import parse_date

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("table", "json", "csv", "md")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in a row, its Chinese label, and how its value is told to a person (None: as it is).

    `use` "told" is for people only (a sentence made of several figures), "data" for JSON and CSV only.
    """

    key: str
    label: str
    tell: Callable[[Any], str] | None = None
    right: bool = False
    use: Literal["both", "told", "data"] = "both"


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list of rows; `empty` is the sentence for none."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    empty: str = "没有。"


def show(sections: Sequence[Section], form: str | None, *, notes: Sequence[str] = ()) -> None:
    """Prints sections, then notes. CSV holds one section only, so with several each gets a line with its key in front."""
    chosen = form or ("table" if is_terminal() else "json")
    if chosen == "json":
        _show_json(sections, notes)
    elif chosen == "csv":
        _show_csv(sections)
    else:
        for section in sections:
            (_show_table if chosen == "table" else _show_markdown)(section)
        for note in notes:
            click.echo(note)


def format_option(command: F) -> F:
    """`--format table|json|csv|md`."""
    help_text = "不给则终端上为表格,否则为 json。"
    return click.option("--format", "form", type=click.Choice(FORMATS), default=None, help=help_text)(command)


def as_of_option(command: F) -> F:
    """`--as-of 2028-01-01`."""
    help_text = "按这一天判断是否有效,如 2028-01-01。"
    return click.option(
        "--as-of", "as_of", default="today", show_default=True, callback=_day, help=help_text
    )(command)


@contextmanager
def opened_store() -> Iterator[Store]:
    """The store with a graph in it. Raises: UsageError where nothing was built yet."""
    with Store.connect(read_settings()) as store:
        if build_state(store).state == "none":
            raise UsageError("图谱还是空的:请先运行 policygraph build")
        yield store


def parse_yuan(_context: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """An option's amount: 5000000, 500万, 1.2亿. Raises: UsageError."""
    if value is None:
        return None
    from queries.parameters import parse_number

    try:
        return parse_number(value)
    except ValueError:
        raise UsageError(f"--{parameter.name} 须是金额,如 5000000 或 500万,给的是“{value}”") from None


def tell_yuan(value: float | None) -> str:
    """1500000 → 150万元."""
    return "" if value is None else yuan(value)


def tell_share(value: float | None) -> str:
    """0.3 → 30%."""
    return "" if value is None else f"{value * 100:.6g}%"


def tell_list(value: Sequence[str] | None) -> str:
    """A list in one line."""
    return "" if not value else "、".join(map(str, value))


def tell_cite(value: Sequence[str] | None) -> str:
    """第五条, (1) → 第五条(1)."""
    return "" if not value else "".join(value)


def tell_bool(value: bool | None) -> str:
    """是 or 否."""
    return "" if value is None else "是" if value else "否"


def _day(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    return parse_date(value, "--as-of")


def _told_columns(section: Section) -> list[tuple[Column, list[str]]]:
    """The columns for people with their cells; a column without any content is left out."""
    columns = [column for column in section.columns if column.use != "data"]
    told = [(column, [_told(column, row[column.key]) for row in section.rows]) for column in columns]
    return [(column, cells) for column, cells in told if any(cells)]


def _data_columns(section: Section) -> list[Column]:
    return [column for column in section.columns if column.use != "told"]


def _told(column: Column, value: Any) -> str:
    if column.tell is not None:
        return column.tell(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return tell_bool(value)
    if isinstance(value, list | tuple):
        return tell_list(value)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _show_table(section: Section) -> None:
    if not section.rows:
        click.echo(f"{section.title}:{section.empty}")
        return
    told = _told_columns(section)
    right = [column.label for column, _ in told if column.right]
    rows = list(zip(*(cells for _, cells in told), strict=True))
    show_table(section.title, [column.label for column, _ in told], rows, right=right)


def _show_markdown(section: Section) -> None:
    click.echo(f"### {section.title}\n")
    if not section.rows:
        click.echo(f"{section.empty}\n")
        return
    told = _told_columns(section)
    click.echo("| " + " | ".join(column.label for column, _ in told) + " |")
    click.echo("|" + "|".join(" ---: " if column.right else " --- " for column, _ in told) + "|")
    for row in zip(*(cells for _, cells in told), strict=True):
        click.echo("| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in row) + " |")
    click.echo()


def _show_json(sections: Sequence[Section], notes: Sequence[str]) -> None:
    rows: dict[str, Any] = {
        section.key: [
            {column.key: row[column.key] for column in _data_columns(section)} for row in section.rows
        ]
        for section in sections
    }
    only = (
        next(iter(rows.values()))
        if len(rows) == 1 and not notes
        else {**rows, **({"notes": notes} if notes else {})}
    )
    click.echo(json.dumps(only, ensure_ascii=False, indent=1))


def _show_csv(sections: Sequence[Section]) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    several = len(sections) > 1
    for section in sections:
        writer.writerow([*(["section"] if several else []), *(column.key for column in section.columns)])
        for row in section.rows:
            values = [
                "/".join(v) if isinstance(v := row[c.key], list | tuple) else v for c in section.columns
            ]
            writer.writerow([*([section.key] if several else []), *values])
    click.echo(stream.getvalue(), nl=False)
