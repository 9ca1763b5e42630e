"""Words as they are printed: full-width punctuation in Chinese sentences, titles in short, long words clipped."""

from __future__ import annotations

import re

_WIDE = {",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "?": "\uff1f", "!": "\uff01"}
# "1,000" and "1:0.5" stay as they are
_SIGN = re.compile(r"(?<!\d)[,;:?!]|[,;:?!](?!\d)")


def printed(words: str) -> str:
    """A sentence of ours with the punctuation of print: "比例 20%,上限" → with a full-width comma. Quotes are left to their source."""
    return _SIGN.sub(lambda sign: _WIDE[sign[0]], words)


def kept_together(words: str) -> str:
    """The words with figures that no line break parts from their unit: 3000 and 万元 stay on one line."""
    return re.sub(r"(?<=\d) (?=[万亿元个对件条项处年])", "\u00a0", words)


def short_title(title: str, district: str = "") -> str:
    """A title without what its cite says already: the district in front, 关于, 关于印发 … 的通知."""
    words = title
    for name in ("北京市", district, district.removeprefix("北京")):
        words = words.removeprefix(name) if len(words) > len(name) + 4 else words
    inner = re.fullmatch(r".*关于印发(.{6,})的通知", words)
    return inner[1] if inner else words.removeprefix("关于")


def clipped(words: str, most: int) -> str:
    """At most so many characters, cut with …"""
    return words if len(words) <= most else words[: most - 1] + "…"
