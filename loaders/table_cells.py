"""Finds the cells of tables in a document's text: rows of Markdown (| a | b |), and rows whose cells tabs part.

Marks where one cell ends and the next begins; what the cells of an award's table say is for amounts/tables.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.markers import NUMERAL

CELL = "\u2003"
"""What stands between two cells of a row in a cleaned text: a wide blank, which matches as a blank."""

MARK = "\ufdd0"
"""Stands for CELL while blanks are being folded; Unicode keeps this character out of every text."""

Edit = tuple[int, int, str]

_NUMBERED_ROW = re.compile(rf"^(?P<number>\d{{1,3}}){CELL}", re.MULTILINE)

_LINE = re.compile(r"[^\n]+")
# "| --- | :-: |" below the head of a table; no pattern here gives anything back, so that a line of blanks takes no longer than another
_RULE = re.compile(r"[ \t]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?")
_PIPE = re.compile(r"(?:(?<![ \t])[ \t]++)?[|\uff5c][ \t]*+")
_TAB = re.compile(r"(?:(?<! ) ++)?\t[ \t]*+")
# "第一条\t为…": the tab behind a marker parts no cells
_BEHIND_MARKER = re.compile(
    rf"\s*(?:第{NUMERAL}+[章节条]|{NUMERAL}+、|[(\uff08]{NUMERAL}+[)\uff09]|\d{{1,2}}[.、])$"
)
# Such a line has at least so many pipes, or it is a trail of links, not a row.
_LEAST_PIPES = 2


def mark_cells(text: str) -> Iterator[Edit]:
    """Edits that put MARK between the cells of each table and drop what else draws it; a table has two rows or more."""
    if "|" not in text and "\t" not in text and "\uff5c" not in text:
        return
    run: list[re.Match[str]] = []
    for line in [*_LINE.finditer(text), None]:
        parts = _kind(line[0]) if line else ""
        if run and (
            line is None or parts != _kind(run[0][0]) or text[run[-1].end() : line.start()].count("\n") > 1
        ):
            if len(run) > 1:
                yield from _edits(run)
            run = []
        if line and parts:
            run.append(line)


def _kind(line: str) -> str:
    """What parts the cells of a line: "|", a tab, or "" where it is no row."""
    if line.count("|") + line.count("\uff5c") >= _LEAST_PIPES or _RULE.fullmatch(line):
        return "|" if "|" in line or "\uff5c" in line else ""
    inner = line.strip()
    at = inner.find("\t")
    return "\t" if at > 0 and not _BEHIND_MARKER.fullmatch(inner[:at].rstrip()) else ""


def _edits(rows: list[re.Match[str]]) -> Iterator[Edit]:
    for row in rows:
        line, start = row[0], row.start()
        if _RULE.fullmatch(line):
            yield start, row.end(), ""
            continue
        parts = list((_PIPE if _kind(line) == "|" else _TAB).finditer(line))
        for part in parts:
            is_edge = part.start() == 0 or part.end() == len(line)
            yield start + part.start(), start + part.end(), "" if is_edge else MARK


def numbered_rows(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Where the cells stand, [start, end), that number the rows of a cleaned text's tables 1, 2, 3 …; a table that goes on counts on."""
    rows: list[tuple[int, int]] = []
    for match in _NUMBERED_ROW.finditer(text, start):
        if int(match["number"]) == len(rows) + 1:
            rows.append(match.span("number"))
    return rows if len(rows) > 1 else []
