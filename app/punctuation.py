"""Punctuation as Chinese is printed. Sentences of ours that come from queries, where they are typed for terminals, pass through here on
their way to a page or a briefing; quotes and titles of documents never do."""

from __future__ import annotations

import re

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
# "1,000" and "1:0.5" stay as they are
_SIGN = re.compile(r"(?<!\d)[,;:?!]|[,;:?!](?!\d)")
# a remark in brackets, not the bracket of a name (首台(套)) or a cite (第五条(1))
_REMARK = re.compile(r"\(([\u4e00-\u9fa5、，·\s]{3,})\)")
_UNIT = re.compile(r"(?<=\d) (?=[万亿元个对件条项处年])")


def printed(words: str) -> str:
    """A sentence of ours with the punctuation of print: "比例 20%,上限" → "比例 20%，上限". Quotes are left to their source."""
    return _SIGN.sub(lambda sign: _WIDE[sign[0]], words)


def in_print(words: str) -> str:
    """The same on a page of the explorer, where the brackets of remarks are those of print too."""
    return _REMARK.sub("（\\1）", printed(words))


def kept_together(words: str) -> str:
    """The words with figures that no line break parts from their unit: 3000 and 万元 stay on one line."""
    return _UNIT.sub("\u00a0", words)
