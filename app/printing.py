"""Prints an answer in the form that was asked for: a table on a terminal, JSON, CSV or Markdown. Knows no question.

What the columns are called in Chinese comes from the caller; JSON and CSV keep their English names.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal, TypeVar

import click

from app.console import is_terminal, show_notes, show_table
from app.markup import in_markdown
from app.spoken import say_share, say_steps, say_yuan
from graph.builds import build_state
from graph.errors import UsageError
from graph.export.formulas import harmless
from graph.settings import read_settings
from graph.store import Store
from queries.parameters import parse_date

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("table", "json", "csv", "md")

_SHARED_CHARS = 24


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in a row, its Chinese label, and how its value is told to a person (None: as it is).

    `path` is where an answer holds the value (ref.district), its key where none is given.

    `use` "told" is for people only (a sentence made of several figures), "data" for JSON and CSV only. A `quote` is a sentence of a
    document: on a terminal it stands below the table over the whole width, for a narrow column would cut it into twenty lines.
    """

    key: str
    label: str
    tell: Callable[[Any], str] | None = None
    right: bool = False
    use: Literal["both", "told", "data"] = "both"
    quote: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list of rows; `empty` is the sentence for none."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    empty: str = "没有。"

    @classmethod
    def of(
        cls, key: str, title: str, columns: Sequence[Column], answers: Iterable[object], empty: str = "没有。"
    ) -> Section:
        """A row for each answer (a dataclass), read where the columns say."""
        readers = {column.key: attrgetter(column.path or column.key) for column in columns}
        rows = [{name: read(answer) for name, read in readers.items()} for answer in answers]
        return cls(key, title, columns, rows, empty)


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
    """1500000 → 150 万元."""
    return "" if value is None else say_yuan(value)


def tell_share(value: float | None) -> str:
    """0.3 → 30%."""
    return "" if value is None else say_share(value)


def tell_figures(value: str | None) -> str:
    """A sentence of ours with the amounts in it as people say them: 最高2000000 → 最高 200 万元."""
    return "" if value is None else say_steps(value)


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
    """A table, and below it the sentences that its rows rest on, by the number of the row. What all rows share goes into the title."""
    if not section.rows:
        click.echo(f"{section.title}:{section.empty}")
        return
    told = _told_columns(section)
    quotes = [(column, cells) for column, cells in told if column.quote]
    shared = [(column, cells) for column, cells in told if _is_shared(column, cells)]
    kept = [entry for entry in told if entry not in quotes and entry not in shared]
    title = " · ".join([section.title, *(f"{column.label} {cells[0]}" for column, cells in shared)])
    numbers = [str(number) for number in range(1, len(section.rows) + 1)]
    columns = [*([""] if quotes else []), *(column.label for column, _ in kept)]
    rows = zip(*([numbers] if quotes else []), *(cells for _, cells in kept), strict=True)
    show_table(title, columns, rows, right=["", *(column.label for column, _ in kept if column.right)])
    if quotes:
        show_notes(_quoted_rows(quotes))
    click.echo()


def _is_shared(column: Column, cells: Sequence[str]) -> bool:
    """Whether a column says the same in each of several rows, shortly enough to be said once."""
    return not column.quote and len(cells) > 1 and len(set(cells)) == 1 and len(cells[0]) <= _SHARED_CHARS


def _quoted_rows(quotes: Sequence[tuple[Column, list[str]]]) -> Iterator[tuple[str, str]]:
    """(numbers of rows, sentence), rows with the same sentences together; named by their columns where there are several."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for number, texts in enumerate(zip(*(cells for _, cells in quotes), strict=True), start=1):
        rows.setdefault(texts, []).append(str(number))
    for texts, numbers in rows.items():
        named = [(column.label, text) for (column, _), text in zip(quotes, texts, strict=True) if text]
        for at, (label, text) in enumerate(named):
            yield ("、".join(numbers) if at == 0 else "", f"{label}:{text}" if len(quotes) > 1 else text)


def _show_markdown(section: Section) -> None:
    click.echo(f"### {section.title}\n")
    if not section.rows:
        click.echo(f"{section.empty}\n")
        return
    told = _told_columns(section)
    click.echo("| " + " | ".join(column.label for column, _ in told) + " |")
    click.echo("|" + "|".join(" ---: " if column.right else " --- " for column, _ in told) + "|")
    for row in zip(*(cells for _, cells in told), strict=True):
        click.echo("| " + " | ".join(in_markdown(" ".join(cell.split())) for cell in row) + " |")
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
        keys = [harmless(column.key) for column in section.columns]
        writer.writerow([*(["section"] if several else []), *keys])
        for row in section.rows:
            values = [
                "/".join(v) if isinstance(v := row[c.key], list | tuple) else v for c in section.columns
            ]
            writer.writerow([*([section.key] if several else []), *map(harmless, values)])
    click.echo(stream.getvalue(), nl=False)
