"""A briefing as an Excel workbook: the page, its sources with their sentences, and the data behind it with exact values."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter

from app.briefings.model import Briefing, Table, Unit
from app.briefings.numbers import number_format
from app.briefings.wording import printed
from app.pictures.drawing import text_width

_UNITS = {"CNY": "元", "share": "比例", "count": "个数", "year": "年"}
_WIDEST = 60.0
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
    quotes = {source.number: source.quote for source in briefing.sources}
    writer.table("表", briefing.table, quotes)
    writer.sources(briefing)
    for number, table in enumerate(briefing.data, 1):
        writer.table(f"数据{number} {table.title}", table, quotes)
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any) -> None:
        self._book = book
        font = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        self._plain = book.add_format({**font, "text_wrap": True})
        self._head = book.add_format({**font, "bold": True, "bottom": 1})
        self._title = book.add_format({**font, "bold": True, "font_size": 14})
        self._font = font
        self._numbers: dict[str, Any] = {}

    def page(self, briefing: Briefing) -> None:
        sheet = self._sheet("要点")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 5, 14)
        sheet.write_string(0, 0, printed(briefing.headline), self._title)
        sheet.write_string(1, 0, printed(briefing.basis), self._plain)
        row = 3
        for column, name in enumerate(("数字", "说法", "准确值", "准确值(上端)", "单位", "来源")):
            sheet.write_string(row, column, name, self._head)
        for figure in briefing.figures:
            row += 1
            sheet.write_string(row, 0, printed(figure.label), self._plain)
            sheet.write_string(row, 1, figure.words, self._plain)
            for column, value in enumerate(figure.values[:2], 2):
                sheet.write_number(row, column, value, self._number(figure.unit, value))
            sheet.write_string(row, 4, _UNITS[figure.unit], self._plain)
            sheet.write_string(row, 5, _marks(figure.notes), self._plain)
        for title, lines in (
            ("另外", [point.words for point in briefing.points]),
            ("本页不知道的", list(briefing.unknown)),
        ):
            row += 2
            sheet.write_string(row, 0, title, self._head)
            for words in lines:
                row += 1
                sheet.write_string(row, 1, printed(words), self._plain)

    def table(self, name: str, table: Table, quotes: Mapping[int, str]) -> None:
        """Each cell as it is said, where it is a number its exact value in a column beside it, and last the sentences of the row."""
        sheet = self._sheet(name)
        exact = [any(row[i].value is not None for row in table.rows) for i in range(len(table.columns))]
        place = 0
        places = []
        for i, column in enumerate(table.columns):
            places.append(place)
            sheet.set_column(place, place, _width(column.name, (row[i].words for row in table.rows)))
            sheet.write_string(0, place, column.name, self._head)
            if exact[i]:
                place += 1
                sheet.set_column(place, place, 16)
                sheet.write_string(0, place, f"{column.name}(准确值)", self._head)
            place += 1
        noted = any(cell.notes for row in table.rows for cell in row)
        if noted:
            sheet.set_column(place, place, 10)
            sheet.set_column(place + 1, place + 1, _WIDEST)
            sheet.write_string(0, place, "来源", self._head)
            sheet.write_string(0, place + 1, "原文", self._head)
        for number, row in enumerate(table.rows, 1):
            for i, cell in enumerate(row):
                sheet.write_string(number, places[i], cell.words, self._plain)
                if cell.value is not None:
                    form = self._number(cell.unit or "count", cell.value)
                    sheet.write_number(number, places[i] + 1, cell.value, form)
            if noted:
                notes = tuple(sorted({note for cell in row for note in cell.notes}))
                sheet.write_string(number, place, _marks(notes), self._plain)
                sheet.write_string(number, place + 1, "\n".join(quotes[n] for n in notes), self._plain)
        sheet.freeze_panes(1, 1)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), place + (1 if noted else -1))

    def sources(self, briefing: Briefing) -> None:
        sheet = self._sheet("来源")
        names = ("序号", "地区", "政策", "文号", "条款", "原文")
        for column, (name, width) in enumerate(zip(names, (6, 16, 40, 22, 16, 90), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, self._head)
        for row, source in enumerate(briefing.sources, 1):
            sheet.write_number(row, 0, source.number, self._number("count", source.number))
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

    def _number(self, unit: Unit, value: float) -> Any:
        """The cell format for a value of a unit."""
        form = number_format(unit, [value])
        if form not in self._numbers:
            self._numbers[form] = self._book.add_format({**self._font, "num_format": form})
        return self._numbers[form]

    def _sheet(self, name: str) -> Any:
        return self._book.add_worksheet(name.translate(_BAD_IN_NAME)[:31])


def _width(name: str, words: Iterable[str]) -> float:
    """Wide enough for the heading and most cells; longer ones wrap."""
    longest = max((text_width(line, 1) for cell in words for line in cell.split("\n")), default=0)
    return min(_WIDEST, 4 + 2 * max(text_width(name, 1), longest))


def _marks(notes: tuple[int, ...]) -> str:
    return "、".join(map(str, notes))
