"""Finds what is no policy text on a page: navigation, footers, advertising, headlines of other pages.

Marks it with a reason; cutting it out is for split.py. What furniture looks like stands in data/lexicons/furniture.yaml.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from loaders.lexicon import read_lexicon
from loaders.lines import SHORT_LINE, Page
from loaders.markers import STARTS_ITEM
from loaders.types import Dropped, Span

# "温州市鹿城区商务局", "2025年3月1日": the end of a notice, never a headline
_SIGNATURE = re.compile(r"(?:局|委|委员会|办公室|政府|中心|厅|部|院)$|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")
# No line of furniture seen is longer than this, and no advertisement.
_LONGEST_FURNITURE, _LONGEST_ADVERTISEMENT = 200, 600


def mark_furniture(page: Page) -> None:
    """Marks lines that are furniture wherever they stand, advertising paragraphs, and furniture inside lines."""
    furniture, advertising = _kinds("lines"), _kinds("advertising")
    threshold = _lexicon()["advertising_threshold"]
    for at, line in enumerate(page.lines):
        text = line.text
        match = furniture.match(text) if len(text) <= _LONGEST_FURNITURE else None
        if match:
            page.reasons[at] = _reason(match)
        elif _may_advertise(text) and len({cue.lastindex for cue in advertising.finditer(text)}) >= threshold:
            page.reasons[at] = "广告"
    page.inline = [
        (match.start(), match.end(), reason)
        for inline, reason in _inline()
        for match in inline.finditer(page.folded)
    ]


def _may_advertise(line: str) -> bool:
    return SHORT_LINE < len(line) <= _LONGEST_ADVERTISEMENT and not STARTS_ITEM.match(line)


def mark_tail(page: Page, first: int, links: set[int]) -> None:
    """Marks headlines and links at the end of the page: short lines between pieces of furniture, from line `first` on.

    `links` are lines that look like titles of policies but have no policy behind them.
    """
    seen_furniture = False
    for at in range(len(page.lines) - 1, first - 1, -1):
        line = page.lines[at].text
        if page.reasons[at]:
            seen_furniture = True
        elif at in links:
            page.reasons[at] = "文件链接"
        elif not seen_furniture or len(line) > SHORT_LINE or line[-1] in "。;":
            return
        elif not _SIGNATURE.search(line) and not STARTS_ITEM.match(line):
            page.reasons[at] = "新闻标题或链接"


def dropped(page: Page) -> list[Dropped]:
    """All that is marked on a page, in order; spans count characters of the document's text."""
    offsets = page.mapped.offsets()
    marked = [(line.start, line.end, why) for line, why in zip(page.lines, page.reasons, strict=True) if why]
    found = []
    for start, end, reason in sorted([*marked, *page.inline]):
        span = Span(offsets.to_source(start), offsets.to_source(end - 1) + 1)
        found.append(Dropped(reason, span, page.document.text[span.start : span.end]))
    return found


def _lexicon() -> Any:
    return read_lexicon("furniture")


@cache
def _kinds(key: str) -> re.Pattern[str]:
    """One pattern for all entries under `key`; which of them it was stands in the group's number."""
    return re.compile("|".join(f"({entry['pattern']})" for entry in _lexicon()[key]))


def _reason(match: re.Match[str]) -> str:
    return str(_lexicon()["lines"][(match.lastindex or 1) - 1]["reason"])


@cache
def _inline() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(entry["pattern"]), entry["reason"]) for entry in _lexicon()["inline"]]
