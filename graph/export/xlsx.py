"""Excel: one sheet for each label and edge type that the graph has, with Chinese headings.

Text stays text: nothing that stands in a document is ever run as a formula or opened as a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, count, groupby, islice
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from graph.export.formulas import looks_like_formula
from graph.export.names import display_name, listed
from graph.model import Edge, Graph, Value
from graph.schema import Property

ROWS = 1_048_575
"""Of one sheet, without the heading; what is more goes on in a second one."""

CELL_CHARACTERS = 32_767

END_HEADINGS = ("起点 (from)", "起点名称", "终点 (to)", "终点名称")

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of making that stands in every file: the real one would change the bytes."""


def write(graph: Graph, path: Path) -> None:
    """Write a workbook. Lists are joined by " | ", dates are texts, numbers stay numbers in their unit."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": EPOCH})
        names = {node.id: display_name(node) for node in graph.nodes()}
        for label, nodes in groupby(graph.nodes(), key=lambda node: node.label):
            declared = graph.schema.nodes[label].properties
            node_rows = ([node.id, *_values(declared, node.properties)] for node in nodes)
            _write_sheets(workbook, label, ["id", *_headings(declared)], node_rows)
        for name, edges in groupby(graph.edges(), key=lambda edge: edge.type):
            declared = graph.schema.edges[name].properties
            edge_rows = ([*_ends(edge, names), *_values(declared, edge.properties)] for edge in edges)
            _write_sheets(workbook, name, [*END_HEADINGS, *_headings(declared)], edge_rows)


def _headings(declared: Mapping[str, Property]) -> list[str]:
    return [f"{prop.label} ({name})" for name, prop in declared.items()]


def _ends(edge: Edge, names: Mapping[str, str]) -> list[Value]:
    return [edge.start, names[edge.start], edge.end, names[edge.end]]


def _values(declared: Mapping[str, Property], properties: Mapping[str, Value]) -> list[Value | None]:
    return [properties.get(name) for name in declared]


def _write_sheets(
    workbook: Workbook, name: str, headings: list[str], rows: Iterable[Sequence[Value | None]]
) -> None:
    bold = workbook.add_format({"bold": True})
    as_text = workbook.add_format({"quote_prefix": True})
    remaining = iter(rows)
    for number in count(1):
        sheet_rows = islice(remaining, ROWS)
        first = next(sheet_rows, None)
        if first is None:
            return
        sheet = workbook.add_worksheet(name if number == 1 else f"{name} {number}")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, headings, bold)
        for row_number, row in enumerate(chain([first], sheet_rows), start=1):
            for column, value in enumerate(row):
                _write_cell(sheet, row_number, column, value, as_text)


def _write_cell(sheet: Worksheet, row: int, column: int, value: Value | None, as_text: Format) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float():
            sheet.write_number(row, column, value)
        case _:
            text = _cell_text(listed(value, " | "))
            # marked as text, so that it stays text when a person edits the cell
            sheet.write_string(row, column, text, as_text if looks_like_formula(text) else None)


def _cell_text(text: str) -> str:
    if len(text) <= CELL_CHARACTERS:
        return text
    note = f"…(共 {len(text)} 字)"
    return text[: CELL_CHARACTERS - len(note)] + note
