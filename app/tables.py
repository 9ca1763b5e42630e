"""Tables on a page: shown, and taken away as CSV and Excel."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from app.texts import say

# A cell that begins like this would be taken for a formula by a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def show_rows(
    rows: Sequence[Mapping[str, Any]], name: str, *, columns: Mapping[str, Any] | None = None
) -> None:
    """Shows rows (column → value) as a table, with buttons that save it as NAME.csv and NAME.xlsx."""
    frame = pd.DataFrame(list(rows))
    st.dataframe(frame, hide_index=True, column_config=dict(columns or {}), key=f"table_{name}")
    left, right, _ = st.columns([1, 1, 4])
    left.download_button(
        say("table.csv"), csv_bytes(frame), f"{name}.csv", "text/csv", key=f"csv_{name}", on_click="ignore"
    )
    right.download_button(
        say("table.xlsx"), xlsx_bytes(frame), f"{name}.xlsx", key=f"xlsx_{name}", on_click="ignore"
    )


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """CSV as Excel opens it: UTF-8 with a mark, no cell that is taken for a formula."""
    text: str = frame.map(_harmless).to_csv(index=False)
    return text.encode("utf-8-sig")


def xlsx_bytes(frame: pd.DataFrame) -> bytes:
    """An Excel file with one sheet; text stays text."""
    buffer = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs=options) as writer:
        frame.to_excel(writer, index=False, sheet_name="Sheet1")
        sheet = writer.sheets["Sheet1"]
        for column, name in enumerate(frame.columns):
            longest = max([len(str(name)), *(len(str(value)) for value in frame[name])])
            sheet.set_column(column, column, min(60, 2 + 1.7 * longest))
    return buffer.getvalue()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
