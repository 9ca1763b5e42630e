"""The markers that number Chinese legal texts, and the numerals in them: shared vocabulary of cleaning, splitting and segmenting."""

from __future__ import annotations

import re

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}

NUMERAL = "[一二三四五六七八九十百零〇两]"

STARTS_ITEM = re.compile(
    rf"第 ?(?:(?:{NUMERAL} ?)+|\d{{1,3}} ?)(?:[章节条编篇]|部分)|{NUMERAL}+ ?[、.]|\( ?(?:{NUMERAL}+|\d{{1,2}}) ?\)|\d{{1,2}} ?[、.](?!\d)|[①-⑳]"
    r"|(?:方向|专题|任务|政策|举措) ?\d|条款 ?[一二三四五六七八九十\d]|附件|附则|[\[【]"
)
"""Matches at the start of a line (punctuation folded) that opens an item of its own, so that no earlier line runs on into it."""


def chinese_number(text: str) -> int | None:
    """十二 → 12, 二十 → 20, 一百零三 → 103; blanks inside do not count; None where it is no number."""
    total = digit = 0
    seen = False
    for c in text:
        if c == " ":
            continue
        seen = True
        if c == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif c == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif c in _DIGITS:
            digit = _DIGITS[c]
        else:
            return None
    return total + digit if seen else None
