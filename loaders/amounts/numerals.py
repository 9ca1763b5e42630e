"""Reads written numbers: "1,000.5" and 三千二百 become exact decimals.

Knows no units; which number belongs to which unit is for quantities.py. Clause numbers are read by markers.py.
"""

from __future__ import annotations

import re
from decimal import Decimal

# 壹贰叁 are what contracts write; 两 stands in 两年, 两亿元.
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")
}
_DIGITS["两"] = 2
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_WAN, _YI = 10_000, 100_000_000

# Both patterns begin with a set of characters, so that the search skips what is none of them, and give nothing back: a run
# of digits that is no amount is left behind in one step, however long.
_NUMERALS = "".join([*_DIGITS, *_TENS]) + "万亿"

CHINESE_NUMERAL = f"[{_NUMERALS}](?<![0-9.第{_NUMERALS}][{_NUMERALS}])[{_NUMERALS}]*+"
"""A whole run of Chinese numerals, as a pattern. One behind a digit is that digit's multiplier, one behind 第 an ordinal."""

ARABIC_NUMERAL = "[0-9](?<![0-9][0-9])(?<![0-9][.,][0-9])[0-9]*+(?:[.,][0-9]++)*+"
"""A whole run of digits, points and commas that may or may not be one number: `read_arabic` tells."""

_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
# Fifteen digits are what a float holds exactly, and more yuan than there are.
_LONGEST = 18


def read_arabic(text: str) -> Decimal | None:
    """ "1,000.5" → 1000.5; None where it is no number ("1.2.3", "10,20") or longer than any amount is."""
    if len(text) > _LONGEST or not _ARABIC.fullmatch(text):
        return None
    return Decimal(text.replace(",", ""))


def read_chinese(text: str) -> Decimal | None:
    """三千二百 → 3200, 百 → 100, 一亿五千万 → 150000000, 二〇 → 20; None where it is no number, or a nonsensical one.

    A multiplier without a digit counts once, as in 百万平米 and 过亿.
    """
    if not text or len(text) > _LONGEST:
        return None
    if all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            section += (1 if digit is None else digit) * _TENS[c]
            digit = None
        elif c == "万":
            total += (section + (digit or 0) or 1) * _WAN
            section, digit = 0, None
        elif c == "亿":
            total = (total + section + (digit or 0) or 1) * _YI
            section, digit = 0, None
        else:
            return None
    return Decimal(total + section + (digit or 0))
