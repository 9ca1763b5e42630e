"""Tables: what a cell shows, says on hover and gives to files; shown on a page, and taken away as CSV and Excel."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import pandas as pd
import streamlit as st

from app.address import Address, Then
from app.components.mounts import mount_table
from app.layout import aside
from app.pictures.drawing import State
from app.spoken import exact_yuan, say_range, say_share
from app.texts import say
from graph.export.formulas import harmless

HEIGHT = 520
"""Of a table on a page, in pixels; longer ones scroll under their heads."""

MOST_ROWS = 1_000
"""Rows that are drawn: a thousand of six cells take a browser half a second, 15,000 twenty seconds. Files have all rows."""


@dataclass(frozen=True, slots=True)
class Yuan:
    """An amount, or a range of amounts, in yuan; `high` None means that no limit is known."""

    low: float
    high: float | None

    @classmethod
    def of(cls, amount: float | None) -> Yuan | None:
        """One amount; None stays None."""
        return None if amount is None else cls(amount, amount)


@dataclass(frozen=True, slots=True)
class Share:
    """A share: 0.3 is shown as 30%."""

    value: float

    @classmethod
    def of(cls, value: float | None) -> Share | None:
        """One share; None stays None."""
        return None if value is None else cls(value)


@dataclass(frozen=True, slots=True)
class Words:
    """Text with what is below it in small type, on hover, where it leads, and which stretches stand out."""

    text: str
    under: str = ""
    hint: str = ""
    go: Address | None = None
    state: State | None = None
    places: tuple[tuple[int, int], ...] = ()


Cell: TypeAlias = str | int | float | Yuan | Share | Words | State | None


Kind: TypeAlias = Literal["name", "short", "term", "text", "long", "figure"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: figures are set right, short words stay on one line, names and terms take two, texts share the rest, long ones most."""

    name: str
    kind: Kind = "text"


def columns(**kinds: Kind) -> tuple[Column, ...]:
    """Columns by the keys of their names: columns(district="name", cap="figure")."""
    return tuple(Column(say(f"column.{name}"), kind) for name, kind in kinds.items())


@dataclass(frozen=True, slots=True)
class Row:
    """A row; with a key it can be picked."""

    cells: tuple[Cell, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table and the name that its files have. Every row has a cell for every column."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row] = field(default=())

    def without_empty(self) -> Table:
        """The table without the columns in which no row says anything."""
        said = [
            at for at in range(len(self.columns)) if any(row.cells[at] not in _NOTHING for row in self.rows)
        ]
        rows = [Row(tuple(row.cells[at] for at in said), row.key) for row in self.rows]
        return Table(self.name, tuple(self.columns[at] for at in said), rows) if rows else self


_NOTHING: tuple[Cell, ...] = (None, "", Words(""))


def show_table(table: Table, *, picked: str = "", then: Then | None = None, height: int = HEIGHT) -> None:
    """Shows a table, of a long one the first rows, with buttons that save all of it as NAME.csv and NAME.xlsx. `then` is told the key of a
    row that was clicked."""
    mount_table(table_data(table, picked, height), f"table_{table.name}", then)
    if len(table.rows) > MOST_ROWS:
        aside(say("table.cut", shown=f"{MOST_ROWS:,}", count=f"{len(table.rows):,}"))
    save_buttons(table)


def save_buttons(table: Table) -> None:
    """Buttons that save a table as NAME.csv and NAME.xlsx; none for an empty one."""
    if not table.rows:
        return
    with st.container(horizontal=True, gap="small"):
        _button(say("table.csv"), lambda: csv_bytes(table_frame(table)), f"{table.name}.csv", "text/csv")
        _button(say("table.xlsx"), lambda: xlsx_bytes(table_frame(table)), f"{table.name}.xlsx", _XLSX)


def table_data(table: Table, picked: str = "", height: int = HEIGHT) -> dict[str, Any]:
    """What the table component is given: text for every cell, plain values to sort by. Of a long table the first rows, and the one that
    is picked."""
    shown = [row for at, row in enumerate(table.rows) if at < MOST_ROWS or (picked and row.key == picked)]
    return {
        "columns": [{"name": column.name, "kind": column.kind} for column in table.columns],
        "rows": [{"key": row.key, "cells": [_cell(cell) for cell in row.cells]} for row in shown],
        "picked": picked,
        "height": height,
        "empty": say("table.empty"),
        "wider": say("table.wider"),
    }


def table_frame(table: Table) -> pd.DataFrame:
    """The table for a file: amounts in exact yuan (a range gives two columns), shares as fractions, the rest as text."""
    columns: dict[str, list[Any]] = {}
    for number, column in enumerate(table.columns):
        cells = [row.cells[number] for row in table.rows]
        if any(isinstance(cell, Yuan) for cell in cells):
            lows = [_figure(cell.low) if isinstance(cell, Yuan) else None for cell in cells]
            highs = [_figure(cell.high) if isinstance(cell, Yuan) else None for cell in cells]
            if lows == highs:
                columns[f"{column.name}(元)"] = highs
            else:
                columns[f"{column.name}至少(元)"] = lows
                columns[f"{column.name}至多(元)"] = highs
        else:
            columns[column.name] = [_plain(cell) for cell in cells]
    # as they stand: of whole numbers with gaps pandas would make 1000000.0
    return pd.DataFrame(columns, dtype=object)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """CSV as Excel opens it: UTF-8 with a mark, no cell that is taken for a formula."""
    # DataFrame.map would make 1000000.0 of whole numbers with gaps again
    cells = {harmless(name): [harmless(value) for value in frame[name]] for name in frame.columns}
    text: str = pd.DataFrame(cells, dtype=object).to_csv(index=False)
    return text.encode("utf-8-sig")


def xlsx_bytes(frame: pd.DataFrame) -> bytes:
    """An Excel file with one sheet; text stays text."""
    buffer = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs=options) as writer:
        frame.to_excel(writer, index=False, sheet_name="表")
        sheet = writer.sheets["表"]
        for column, name in enumerate(frame.columns):
            longest = max([len(str(name)), *(len(str(value)) for value in frame[name])])
            sheet.set_column(column, column, min(60, 2 + 1.7 * longest))
    return buffer.getvalue()


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATE_CLASSES = {
    State.SUPPORTED: "supported",
    State.MENTIONED: "mentioned",
    State.NOT_FOUND: "not_found",
    State.EXPIRED: "expired",
    State.NOT_LOADED: "not_loaded",
}


def _button(label: str, make: Callable[[], bytes], file_name: str, mime: str) -> None:
    """The file is made when it is asked for."""
    st.download_button(label, make, file_name, mime, key=f"save_{file_name}", on_click="ignore")


def _cell(cell: Cell) -> dict[str, Any]:
    match cell:
        case None:
            return {"text": ""}
        case Yuan(low, high):
            exact = exact_yuan(low) if low == high else f"{exact_yuan(low)} 至 {_limit(high)}"
            return {"text": say_range(low, high), "order": low if high is None else high, "hint": exact}
        case Share(value):
            return {"text": say_share(value), "order": value}
        case State():
            return {"text": cell.value, "state": STATE_CLASSES[cell]}
        case Words():
            return _words(cell)
        case int() | float():
            return {"text": f"{cell:,}", "order": cell}
        case _:
            return {"text": cell}


def _words(cell: Words) -> dict[str, Any]:
    data: dict[str, Any] = {"text": cell.text, "under": cell.under, "hint": cell.hint}
    if cell.go is not None:
        data["go"] = cell.go.as_data()
    if cell.state is not None:
        data["state"] = STATE_CLASSES[cell.state]
    if cell.places:
        data["places"] = list(cell.places)
    return data


def _figure(amount: float | None) -> float | None:
    """Whole yuan as a whole number."""
    return int(amount) if amount is not None and amount == int(amount) else amount


def _limit(high: float | None) -> str:
    return "不限" if high is None else exact_yuan(high)


def _plain(cell: Cell) -> str | int | float | None:
    match cell:
        case Share(value):
            return value
        case State():
            return cell.value
        case Words():
            return f"{cell.text}({cell.under})" if cell.text and cell.under else cell.text or cell.under
        case Yuan():
            raise TypeError("amounts have columns of their own")
        case _:
            return cell
