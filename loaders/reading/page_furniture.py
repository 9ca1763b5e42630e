"""Tells page numbers and repeated headers of a paged document from its text.

Looks only at the first and last lines of pages; how pages are put together is for from_pdf.py.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from loaders.lexicon import read_lexicon

# A running header and a page number may both stand above the text, or below it.
_EDGE_LINES = 3

# "北京市人民政府公报 2024年第3期" has 16 characters; a sentence that most pages repeat is no header.
_LONGEST_HEADER = 40
_SENTENCE_ENDS = "。；：，、"
_LEAST_REPEATS = 3

_LAST_BRACKET = re.compile(r"[（(][^（()）]*[)）]$")

# "— 3 —", "- 3 -", "3", "第 3 页", "第3页 共10页", "3/10", "Page 3 of 10"
_PAGE_NUMBER = re.compile(
    r"[\s—–\-－·•|]*(?:第|Page|page|P\.?)?\s*(\d{1,4})\s*(?:页|頁)?"
    r"\s*(?:(?:[/／,，|]|of|共|\(共|（共)\s*(?:共\s*)?\d{1,4}\s*(?:页|頁)?\s*[)）]?)?[\s—–\-－·•|]*"
)


def mark_page_furniture(pages: list[list[str]]) -> list[list[str | None]]:
    """For each line of each page, why it is page furniture; None where it is text.

    A page number counts where its figure runs on with the pages. A line counts as a running header or footer where
    more than half of the pages, and at least three, repeat it word for word at one place of their edge; where it
    may be the policy's title, its first occurrence stays.
    """
    reasons: list[list[str | None]] = [[None] * len(page) for page in pages]
    for number, at in _page_numbers(pages):
        reasons[number][at] = "页码"
    for number, at in _repeated_lines(pages):
        reasons[number][at] = "页眉或页脚"
    return reasons


def _edges(page: list[str]) -> list[int]:
    """The places of a page's first and last lines."""
    return [at for at in range(len(page)) if at < _EDGE_LINES or at >= len(page) - _EDGE_LINES]


def _page_numbers(pages: list[list[str]]) -> list[tuple[int, int]]:
    """(page, line) of the lines that number the pages: their figure less the page's place is the same on most pages."""
    found = [
        (number, at, int(match[1]) - number)
        for number, page in enumerate(pages)
        for at in _edges(page)
        if (match := _PAGE_NUMBER.fullmatch(page[at]))
    ]
    shifts = Counter(shift for _, _, shift in found)
    # one page has no run of numbers: there only the number 1 counts
    shift = max(shifts, key=lambda shift: (shifts[shift], -abs(shift)), default=None)
    if shift is None or (shifts[shift] < 2 and (len(pages) > 1 or shift != 1)):
        return []
    return [(number, at) for number, at, own in found if own == shift]


def _repeated_lines(pages: list[list[str]]) -> list[tuple[int, int]]:
    """(page, line) of lines that most pages repeat at one place of their edge."""
    places: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        for at in _edges(page):
            words = "".join(page[at].split())
            if len(words) <= _LONGEST_HEADER and words[-1] not in _SENTENCE_ENDS:
                for place in {at, at - len(page)}:  # counted from the top and from the bottom
                    places.setdefault((words, place), []).append((number, at))
    return [
        place
        for (words, _), repeated in places.items()
        if len(repeated) >= _LEAST_REPEATS and len(repeated) * 2 > len(pages)
        for place in repeated[_may_be_title(words) :]
    ]


def _may_be_title(words: str) -> bool:
    """ "某区支持办法", "若干措施（试行）": ends in a word that says the kind of a policy; "某市人民政府公报" does not."""
    return _LAST_BRACKET.sub("", words).endswith(_kinds())


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(
        word for kind in read_lexicon("policy_kinds")["kinds"] for word in kind["words"] if len(word) > 1
    )
