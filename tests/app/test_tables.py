"""Tables: what cells show, and the files that are taken away."""

from __future__ import annotations

import io

import openpyxl

from app.address import Address
from app.pictures.drawing import State
from app.tables import (
    MOST_ROWS,
    Column,
    Row,
    Share,
    Table,
    Words,
    Yuan,
    csv_bytes,
    table_data,
    table_frame,
    xlsx_bytes,
)

TABLE = Table(
    "各区标准",
    (
        Column("地区", "name"),
        Column("状态"),
        Column("比例", "figure"),
        Column("上限", "figure"),
        Column("条款"),
    ),
    (
        Row(
            (
                "丰台区",
                State.SUPPORTED,
                Share(0.2),
                Yuan(2_000_000, 2_000_000),
                Words("第一条", under="若干措施", go=Address("reader", (("policy", "p"),))),
            ),
            "one",
        ),
        Row(("=1+1", State.NOT_LOADED, None, None, "<b>粗</b>")),
    ),
)


def test_cells_are_said_as_people_say_them_and_exact_on_hover() -> None:
    first = table_data(TABLE)["rows"][0]["cells"]
    assert [cell["text"] for cell in first] == ["丰台区", "支持", "20%", "200 万元", "第一条"]
    assert first[3]["hint"] == "2,000,000 元"
    assert first[1]["state"] == "supported"
    assert first[4]["go"]["href"] == "reader?policy=p"


def test_ranges_say_both_ends_on_hover() -> None:
    table = Table("x", (Column("再给"),), (Row((Yuan(0, 3_000_000),)), Row((Yuan(0, None),))))
    cells = [row["cells"][0] for row in table_data(table)["rows"]]
    assert [(cell["text"], cell["hint"]) for cell in cells] == [
        ("不超过 300 万元", "0 元 至 3,000,000 元"),
        ("不限额", "0 元 至 不限"),
    ]


def test_a_long_table_is_drawn_in_part_and_taken_away_whole() -> None:
    rows = [Row((f"第{number}条",), str(number)) for number in range(MOST_ROWS + 20)]
    table = Table("x", (Column("条款"),), rows)
    shown = [row["key"] for row in table_data(table)["rows"]]
    assert shown == [str(number) for number in range(MOST_ROWS)]
    # the row that is picked is there in any case, once
    assert [row["key"] for row in table_data(table, picked="1010")["rows"]] == [*shown, "1010"]
    assert [row["key"] for row in table_data(table, picked="3")["rows"]] == shown
    assert len(table_frame(table)) == MOST_ROWS + 20


def test_files_hold_exact_yuan_and_fractions() -> None:
    frame = table_frame(TABLE)
    assert list(frame.columns) == ["地区", "状态", "比例", "上限(元)", "条款"]
    assert frame.iloc[0].tolist() == ["丰台区", "支持", 0.2, 2_000_000, "第一条(若干措施)"]


def test_a_range_becomes_two_columns() -> None:
    table = Table("x", (Column("再给"),), (Row((Yuan(0, 3_000_000),)), Row((Yuan(100, 100),))))
    assert list(table_frame(table).columns) == ["再给至少(元)", "再给至多(元)"]


def test_csv_opens_in_excel_and_holds_no_formula() -> None:
    text = csv_bytes(table_frame(TABLE))
    assert text.startswith(b"\xef\xbb\xbf")
    # the second row has no amount, the first a whole one
    assert text.decode("utf-8-sig").splitlines()[1:] == [
        "丰台区,支持,0.2,2000000,第一条(若干措施)",
        "'=1+1,未收录文件,,,<b>粗</b>",
    ]


def test_excel_keeps_text_as_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table_frame(TABLE))))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert {"=1+1", "<b>粗</b>"} <= {cell.value for cell in cells}


def test_columns_in_which_nothing_is_said_are_left_out() -> None:
    table = Table("x", (Column("a"), Column("b")), (Row(("1", None)), Row(("2", "")))).without_empty()
    assert [column.name for column in table.columns] == ["a"]
    assert [row.cells for row in table.rows] == [("1",), ("2",)]
