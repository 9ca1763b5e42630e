"""A process of its own that unpacks one PDF: prints its pages' text as JSON, or why there is none.

Kept apart so that a forged file that unpacks to gigabytes, or breaks the reader, ends this process and nothing else.
Started by from_pdf.py with path, page limit, character limit and memory limit; makes no decision about the text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from math import isfinite
from statistics import median
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

# By which share of a character's height a gap must exceed the line's other gaps to be a blank. A blank has 0.25 and more,
# and between Chinese and Latin characters programs leave 0.25 of their own accord. Justified lines are stretched evenly.
_GAP = 0.2
_MIXED_GAP = 0.28


def print_pages(path: str, most_pages: int, most_characters: int) -> None:
    """Prints {"pages": [{"lines": [[text, left, right, bottom, height], …], "pictures": n}, …]}, lengths in points,
    or {"problem": "password" | "damaged" | "long"}. Pictures are counted only where a page has no text."""
    json.dump(_read_pages(path, most_pages, most_characters), sys.stdout)


def _read_pages(path: str, most_pages: int, most_characters: int) -> dict[str, Any]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return {"problem": "password" if locked else "damaged"}
    if len(document) > most_pages:
        return {"problem": "long"}
    pages: list[dict[str, Any]] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            return {"problem": "damaged"}
        lines = list(_lines(text_page))
        characters += sum(len(line[0]) for line in lines)
        if characters > most_characters:
            return {"problem": "long"}
        pages.append({"lines": lines, "pictures": 0 if lines else _count_pictures(page)})
        text_page.close()
        page.close()
    return {"pages": pages}


_Line = tuple[str, float, float, float, float]


def _lines(text_page: pypdfium2.PdfTextPage) -> Iterator[_Line]:
    """The lines that are not blank: text, left and right end, and of a usual character the bottom and the height."""
    line: list[_Character] = []
    is_invisible = _is_invisible(text_page)
    for character in _characters(text_page):
        if character.sign == "\n":
            yield from _measured(line, is_invisible)
            line = []
        else:
            line.append(character)
    yield from _measured(line, is_invisible)


def _is_invisible(text_page: pypdfium2.PdfTextPage) -> bool:
    """Whether the text is what recognition laid over a picture: in order, though its words may overlap a little."""
    first = raw.FPDFText_GetTextObject(text_page, 0)
    return bool(first) and raw.FPDFTextObj_GetTextRenderMode(first) == raw.FPDF_TEXTRENDERMODE_INVISIBLE


class _Character(NamedTuple):
    """`is_gap`: a blank or break that the page has not; PDFium puts it where the next character stands apart."""

    sign: str
    left: float
    bottom: float
    right: float
    top: float
    is_gap: bool


def _characters(text_page: pypdfium2.PdfTextPage) -> Iterator[_Character]:
    unit = 0  # PDFium counts in units of UTF-16
    for sign in text_page.get_text_range():
        index = max(0, raw.FPDFText_GetCharIndexFromTextIndex(text_page, unit))
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
        is_gap = raw.FPDFText_IsGenerated(text_page, index) == 1
        yield _Character(sign, left, bottom, right, top, is_gap)
        unit += 2 if sign > "\uffff" else 1


def _measured(line: list[_Character], is_invisible: bool) -> Iterator[_Line]:
    printed = [character for character in line if not character.is_gap]
    shown = [character for character in printed if not character.sign.isspace()]
    if not shown:
        return
    # LibreOffice paints “” and blanks of another font before the words between them
    if not is_invisible and any(after.left < before.left for before, after in pairwise(printed)):
        printed.sort(key=lambda character: character.left)
    text = "".join(_signs(printed)).strip()
    place = (
        min(character.left for character in shown),
        max(character.right for character in shown),
        median(character.bottom for character in shown),
        median(character.top - character.bottom for character in shown),
    )
    left, right, bottom, height = (round(length, 1) if isfinite(length) else 0.0 for length in place)
    yield text, left, right, bottom, height


def _signs(printed: list[_Character]) -> Iterator[str]:
    """The line's characters, with a blank wherever the page leaves a wide gap and none where it leaves a narrow one."""
    gaps = [after.left - before.right for before, after in pairwise(printed)]
    usual = median(gaps) if gaps else 0.0
    for (before, after), gap in zip(pairwise(printed), gaps, strict=True):
        yield before.sign
        if before.sign.isspace() or after.sign.isspace():
            continue
        least = _MIXED_GAP if _is_mixed(before.sign, after.sign) else _GAP
        if gap - usual > least * (before.top - before.bottom):
            yield " "
    yield printed[-1].sign


def _is_mixed(*signs: str) -> bool:
    """Whether one is a Latin letter or figure and the other a Chinese character."""
    return (
        any(sign.isascii() for sign in signs)
        and all(sign.isalnum() for sign in signs)
        and not "".join(signs).isascii()
    )


def _count_pictures(page: pypdfium2.PdfPage) -> int:
    return sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource  # not on Windows, where the time limit must do
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


if __name__ == "__main__":
    _limit_memory(int(sys.argv[4]))
    print_pages(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
