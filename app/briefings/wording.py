"""Words as they are printed: full-width punctuation in Chinese sentences (app.punctuation), titles in short, long words clipped."""

from __future__ import annotations

import re

from app.punctuation import kept_together, printed

__all__ = ["clipped", "kept_together", "printed", "short_title"]


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
