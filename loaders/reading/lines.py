"""Lines out of paragraphs and table rows, the same for every format that has them.

Which paragraphs there are is for the formats; joining and cleaning lines is for loaders/clean.py.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from loaders.types import Dropped, Span

# Everything else that ends a line somewhere: Windows and old Mac files, Word's soft break, Unicode's separators.
_OTHER_BREAKS = re.compile("\r\n?|[\v\x85\u2028\u2029]")
_HAS_OTHER_BREAKS = "\r\v\x85\u2028\u2029"


class Reading(NamedTuple):
    """What a format gives: text with "\\n" between lines and "\\f" between pages, and what it left out.

    The spans of `dropped` are empty: they stand in `text` where the dropped words would stand.
    """

    text: str
    dropped: tuple[Dropped, ...] = ()


class LeftOut(NamedTuple):
    """Words that a format leaves out, why, and the number of the line before which they would stand."""

    line: int
    reason: str
    words: str


def join_lines(lines: list[str], left_out: list[LeftOut]) -> Reading:
    """A reading of these lines; what was left out gets its place in their text."""
    text = "\n".join(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    places = [min(starts[item.line], len(text)) for item in left_out]
    return Reading(
        text,
        tuple(
            Dropped(item.reason, Span(at, at), item.words) for at, item in zip(places, left_out, strict=True)
        ),
    )


def unify_line_breaks(text: str) -> str:
    """The text with "\\n" as its only line break; "\\f", a page break, stays."""
    if any(mark in text for mark in _HAS_OTHER_BREAKS):
        return _OTHER_BREAKS.sub("\n", text)
    return text


def lines_of(text: str) -> list[str]:
    """The lines of a text that are not blank, stripped."""
    return [stripped for line in unify_line_breaks(text).split("\n") if (stripped := line.strip())]


def row_lines(cells: list[list[str]]) -> list[str]:
    """A table row, each cell given as its lines: one line with tabs where every cell has one, else cell after cell.

    Cells of several paragraphs hold numbered items, and tables that only lay out a page hold whole documents:
    their lines must stay lines.
    """
    filled = [cell for cell in cells if cell]
    if all(len(cell) == 1 for cell in filled):
        return ["\t".join(cell[0] for cell in filled)] if filled else []
    return [line for cell in filled for line in cell]
