"""Finds by their place on the page which lines of a paged document run on into the next.

The words decide only where the place does not; how a paged file gives lines and places is for pdf_pages.py.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from loaders.markers import NUMERAL, STARTS_ITEM

_SENTENCE_ENDS = "。；：！？;:!?…"
_NARROWED = str.maketrans("（）．", "().")

_MARKER = re.compile(rf"第{NUMERAL}+[章节条] ")
_ENDS_IN_MARKER = re.compile(rf"(?:^|[{_SENTENCE_ENDS} ])第{NUMERAL}+[章节条]$")

# What stays together at the start of a line, with the punctuation that may not end or begin one: "30%、", "〔2024〕288", "金，"
_CLOSING = "、，。；：？！）》」』】〉〕”’％),.;:!?%"
_FIRST_PIECE = re.compile(rf"[（《「『【〈〔“‘(]*(?:(?:[!-~]+[{_CLOSING}]*)+|.[{_CLOSING}]*)")
# Above its first piece: justified lines differ by a character.
_SLACK = 1.2

# Titles are set in 22 points over a text of 16, chapters in the text's size (GB/T 9704).
_TITLE_SIZE = 1.2

# From this many line distances on, a line stands apart from the one above.
_APART = 1.2

# A column narrower than this, in Chinese characters, is a list of short lines.
_NARROWEST = 12


class PageLine(NamedTuple):
    """A line of a page, in points from the page's lower left corner; `bottom` and `height` are a usual character's."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


class _Line(NamedTuple):
    text: str
    page: int
    indent: float  # from the left margin, in Chinese characters
    room: float  # to the right margin, likewise
    bottom: float
    height: float  # 1 for the running text


class _Layout(NamedTuple):
    """How the document marks the beginning of a paragraph."""

    is_indented: bool
    is_spaced: bool
    pitch: float  # distance of lines inside a paragraph, in points


def mark_continuations(pages: list[list[PageLine]]) -> list[list[bool]]:
    """For each line of each page, whether it continues the line before it, which may be the last of the page before."""
    if not any(pages):
        return [[] for _ in pages]
    lines = _place(pages)
    layout = _layout(lines)
    runs_on = [False, *(_runs_on(line, after, layout) for line, after in pairwise(lines))]
    answers = iter(runs_on)
    return [[next(answers) for _ in page] for page in pages]


def join(text: str, continuation: str) -> str:
    """A line and the one it runs on into. A blank at the end of a line is not printed: it is put back between Latin words,
    and around markers that end or begin a line inside a paragraph ("本办法。⏎第二条⏎支持…").
    """
    is_latin = text[-1].isascii() and text[-1].isalnum() and continuation[0].isascii()
    begins_item = _MARKER.match(continuation) or (text[-1] in _SENTENCE_ENDS and _begins_item(continuation))
    gap = " " if is_latin or begins_item or _ENDS_IN_MARKER.search(text) else ""
    return text + gap + continuation


def _begins_item(text: str) -> bool:
    return STARTS_ITEM.match(text[:12].translate(_NARROWED)) is not None


def _place(pages: list[list[PageLine]]) -> list[_Line]:
    """The lines by their distance from the margins: of their page, since pages may mirror each other."""
    lines = [line for page in pages for line in page]
    longer_half = sorted(lines, key=lambda line: len(line.text))[len(lines) // 2 :]
    em = median([(line.right - line.left) / _width(line.text) for line in longer_half])
    height = median([line.height for line in longer_half])
    em, height = max(em, 1.0), max(height, 1.0)
    placed = []
    for number, page in enumerate(pages):
        sample = page if len(page) >= 10 else lines
        left = -_outermost([-line.left for line in sample], em)
        right = _outermost([line.right for line in sample], em)
        is_narrow = right - left < _NARROWEST * em
        placed += [
            _Line(
                line.text,
                number,
                (line.left - left) / em,
                (right - line.right) / em + (_NARROWEST if is_narrow else 0),
                line.bottom,
                line.height / height,
            )
            for line in page
        ]
    return placed


def _width(text: str) -> float:
    """In Chinese characters; others take about half of one."""
    return max(1.0, sum(1.0 if character > "\u2e7f" else 0.5 for character in text))


def _outermost(ends: list[float], em: float) -> float:
    """The margin: the furthest place where a tenth of the lines end, at least two, within one character."""
    places = Counter(round(end / em) for end in ends)
    enough = max(2, len(ends) // 10)
    margin = max((at for at in places if places[at] + places[at - 1] >= enough), default=max(places))
    return max(end for end in ends if round(end / em) <= margin)


def _layout(lines: list[_Line]) -> _Layout:
    """Learns from the lines that surely begin a paragraph: those behind a line that is not filled."""
    pairs = [(line, after) for line, after in pairwise(lines) if line.page == after.page]
    inside = [line.bottom - after.bottom for line, after in pairs if _is_filled(line, after)]
    pitch = median(inside) if inside else 0.0
    begins = [(line, after) for line, after in pairs if not _is_filled(line, after)]
    indented = sum(1 for _, after in begins if 1 < after.indent < 5)
    spaced = sum(1 for line, after in begins if line.bottom - after.bottom > _APART * pitch)
    return _Layout(indented * 2 > len(begins) > 1, spaced * 2 > len(begins) > 1, pitch)


def _is_filled(line: _Line, after: _Line) -> bool:
    """Whether what begins the next line would not have fitted."""
    piece = _FIRST_PIECE.match(after.text)
    return line.room < (_width(piece[0] if piece else "") + _SLACK) * line.height


def _runs_on(line: _Line, after: _Line, layout: _Layout) -> bool:
    if abs(line.height - after.height) > 0.15 * line.height:
        return False
    if line.height > _TITLE_SIZE:  # a title goes on as long as its lines are filled or centred
        return after.bottom < line.bottom and all(
            title.indent > 1 or _is_filled(title, after) for title in (line, after)
        )
    if not _is_filled(line, after):
        return False
    ends_sentence = line.text[-1] in _SENTENCE_ENDS
    begins_item = _begins_item(after.text)
    if layout.is_indented:
        # hanging lines stand further in than the line above, and so do new paragraphs, but those behind a full stop
        return after.indent < 1 or not (ends_sentence or begins_item)
    if layout.is_spaced and line.page == after.page:
        return line.bottom - after.bottom < _APART * layout.pitch
    return not (ends_sentence or begins_item)
