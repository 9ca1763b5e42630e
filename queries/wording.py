"""Reads the wording that tells how amounts belong together (data/lexicons/offers.yaml), and the figures in a quote."""

from __future__ import annotations

import functools
import re
from typing import Any

import yaml

from data import LEXICONS

_FOLD = str.maketrans("\uff0c\uff1b\uff1a\u2236\uff08\uff09\uff05\uff0e\uff01", ",;::()%.!")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_SCALES = {"万": 10**4, "亿": 10**8, "千": 10**3}
_FIGURE = re.compile(
    r"1\s*[::]\s*(?P<ratio>\d+(?:\.\d+)?)"
    r"|(?P<share>\d+(?:\.\d+)?)\s*%"
    r"|(?P<plain>\d+(?:\.\d+)?)\s*(?P<scale>[万亿千])?"
    r"|(?P<word>[一二两三四五六七八九十])(?=\s*(?:个|年|自然))"
)


def fold(text: str) -> str:
    """The text with half-width punctuation, same length."""
    return text.translate(_FOLD)


@functools.cache
def pattern(key: str) -> re.Pattern[str]:
    """One pattern out of all those under `key` in the lexicon."""
    return re.compile("|".join(f"(?:{entry['pattern']})" for entry in _lexicon()[key]))


def topic_pairs(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters in a topic's name that tell what it is about: 算力租用与算力券 → 算力, 力租, 租用, 力券."""
    words = re.split("[与和、及或\\s]", name)
    pairs = {word[i : i + 2] for word in words for i in range(len(word) - 1)}
    return frozenset(pairs.difference(_lexicon()["generic"]))


@functools.cache
def _lexicon() -> Any:
    return yaml.load((LEXICONS / "offers.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def find_figure(quote: str, value: float, kind: str) -> tuple[int, int] | None:
    """Where in a quote the figure of that value stands (the last one); None where it is written in no figure ("全额")."""
    found = None
    for match in _FIGURE.finditer(quote):
        read = _read(match, kind)
        if read is not None and abs(read - value) < 1e-9 * max(1.0, abs(value)):
            found = match.span()
    return found


def read_money(figure: str, scale: str | None) -> float:
    """ "200", "万" → 2,000,000 yuan."""
    return float(figure) * _SCALES.get(scale or "", 1)


def read_shares(text: str) -> tuple[float, ...]:
    """ "40%、30%、30%" → (0.4, 0.3, 0.3)."""
    return tuple(float(figure) / 100 for figure in re.findall(r"(\d+(?:\.\d+)?)%", text))


def _read(match: re.Match[str], kind: str) -> float | None:
    if match["ratio"] is not None:
        return float(match["ratio"]) if kind in {"rate", "ratio"} else None
    if match["share"] is not None:
        return round(float(match["share"]) / 100, 12) if kind in {"rate", "ratio", "uplift"} else None
    if match["word"] is not None:
        return float(_DIGITS[match["word"]])
    return read_money(match["plain"], match["scale"])
