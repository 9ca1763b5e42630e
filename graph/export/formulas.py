"""What a spreadsheet takes for a formula: shared by the workbooks, and by the CSV files that people open in Excel.

The CSV files for neo4j-admin keep their texts as they are (graph.export.neo4j_csv).
"""

from __future__ import annotations

from typing import Any

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A text that begins so would be run, or asked to be; the last four are the first ones in full width, which East Asian versions take too."""


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return text.startswith(FORMULA_SIGNS)


def harmless(value: Any) -> Any:
    """The value for a CSV cell: a text that looks like a formula gets an apostrophe in front; numbers stay numbers.

    A carriage return becomes a line feed: Python's writer leaves a cell with one without quotation marks, and what stands behind
    it would begin a row of its own.
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if looks_like_formula(text) else text
