"""A briefing as an Excel workbook: the page, its sources with their sentences, and the data behind it with exact values."""

from __future__ import annotations

import datetime
import io
from typing import Any

import xlsxwriter

from app.briefings.model import Briefing, Cell, Table
from app.briefings.wording import printed

_FORMATS = {"CNY": "#,##0.##", "share": "0.##%", "count": "0", "year": "0"}
_BAD_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def made(briefing: Briefing) -> bytes:
    """The workbook; text is text, never a formula."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    day = datetime.datetime.fromisoformat(briefing.as_of)
    book.set_properties({"title": briefing.headline, "created": day})
    writer = _Writer(book)
    writer.page(briefing)
    writer.table("表", briefing.table)
    writer.sources(briefing)
    for number, table in enumerate(briefing.data, 1):
        writer.table(f"数据{number} {table.title}", table)
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any) -> None:
        self._book = book
        font = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        self._plain = book.add_format({**font, "text_wrap": True})
        self._head = book.add_format({**font, "bold": True, "bottom": 1})
        self._title = book.add_format({**font, "bold": True, "font_size": 14})
        self._exact = {unit: book.add_format({**font, "num_format": form}) for unit, form in _FORMATS.items()}

    def page(self, briefing: Briefing) -> None:
        sheet = self._sheet("要点")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 3, 18)
        sheet.write_string(0, 0, printed(briefing.headline), self._title)
        sheet.write_string(1, 0, printed(briefing.basis), self._plain)
        row = 3
        for column, name in enumerate(("数字", "说法", "准确值(元、比例或个数)", "来源")):
            sheet.write_string(row, column, name, self._head)
        for figure in briefing.figures:
            row += 1
            sheet.write_string(row, 0, printed(figure.label), self._plain)
            sheet.write_string(row, 1, figure.words, self._plain)
            sheet.write_string(row, 2, "; ".join(f"{value:.10g}" for value in figure.values), self._plain)
            sheet.write_string(row, 3, _marks(figure.notes), self._plain)
        for title, lines in (
            ("另外", [point.words for point in briefing.points]),
            ("本页不知道的", list(briefing.unknown)),
        ):
            row += 2
            sheet.write_string(row, 0, title, self._head)
            for words in lines:
                row += 1
                sheet.write_string(row, 1, printed(words), self._plain)

    def table(self, name: str, table: Table) -> None:
        """Each cell as it is said, and where it is a number, its exact value in a column beside it."""
        sheet = self._sheet(name)
        exact = [any(row[i].value is not None for row in table.rows) for i in range(len(table.columns))]
        noted = [any(row[i].notes for row in table.rows) for i in range(len(table.columns))]
        place = 0
        places = []
        for i, column in enumerate(table.columns):
            places.append(place)
            sheet.set_column(place, place, min(60.0, 10 + 12 * column.share), self._plain)
            sheet.write_string(0, place, column.name, self._head)
            for extra, wanted in ((f"{column.name}(准确值)", exact[i]), (f"{column.name}(来源)", noted[i])):
                if wanted:
                    place += 1
                    sheet.write_string(0, place, extra, self._head)
            place += 1
        for number, row in enumerate(table.rows, 1):
            for i, cell in enumerate(row):
                self._cell(sheet, number, places[i], cell, exact[i])
        sheet.freeze_panes(1, 0)

    def sources(self, briefing: Briefing) -> None:
        sheet = self._sheet("来源")
        names = ("序号", "地区", "政策", "文号", "条款", "原文")
        for column, (name, width) in enumerate(zip(names, (6, 16, 40, 22, 16, 90), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, self._head)
        for row, source in enumerate(briefing.sources, 1):
            sheet.write_number(row, 0, source.number, self._exact["count"])
            words = (
                source.district,
                source.policy_title,
                source.doc_number or "",
                "".join(source.cite),
                source.quote,
            )
            for column, text in enumerate(words, 1):
                sheet.write_string(row, column, text, self._plain)
        sheet.freeze_panes(1, 0)

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell, with_exact: bool) -> None:
        sheet.write_string(row, column, cell.words, self._plain)
        if with_exact:
            column += 1
            if cell.value is not None:
                sheet.write_number(row, column, cell.value, self._exact[cell.unit or "count"])
        if cell.notes:
            sheet.write_string(row, column + 1, _marks(cell.notes), self._plain)

    def _sheet(self, name: str) -> Any:
        return self._book.add_worksheet(name.translate(_BAD_IN_NAME)[:31])


def _marks(notes: tuple[int, ...]) -> str:
    return "、".join(map(str, notes))
