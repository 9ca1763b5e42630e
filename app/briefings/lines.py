"""Where a headline breaks: into lines of about one length, behind punctuation, and never between a figure and its unit."""

from __future__ import annotations

import itertools

from app.pictures.drawing import text_width

_RESERVE = 0.97
"""Fonts that run wider than the measured one still fit."""

# What a break costs beside the unevenness of the lines, in squares of an em.
_SEAMS = {"\uff0c": 0.0, "\uff1b": 0.0, "\uff1a": 0.0, "。": 0.0, "、": 6.0}
_ANYWHERE = 400.0
# No line begins with these, and none ends behind an opening bracket or a blank that keeps a unit with its figure.
_NO_START = "\uff0c\uff1b\uff1a。、\uff01\uff1f”》)\uff09%\u2013\u00a0"
_NO_END = "“《(\uff08\u00a0"


def broken(words: str, width: float, size: float) -> list[str]:
    """The words on as few lines as `width` allows at that type size, the lines of about one length."""
    room = width / size * _RESERVE
    full = text_width(words, 1)
    wanted = 1
    while True:
        lines = _into(words, wanted, room, full / wanted)
        if lines is not None:
            return lines
        wanted += 1


def _into(words: str, count: int, room: float, even: float) -> list[str] | None:
    """Exactly `count` lines within `room` (in em) at the least cost, None where they do not fit."""
    end = len(words)
    if count > end:
        return [words]
    widths = [0.0]
    for character in words:
        widths.append(widths[-1] + text_width(character, 1))
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for line in range(count):
        reached: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in best[line].items():
            for stop in range(start + 1, end + 1):
                wide = widths[stop] - widths[start]
                if wide > room:
                    break
                if (stop == end) is not (line == count - 1):
                    continue
                price = _price(words, stop)
                if price is None:
                    continue
                total = cost + (wide - even) ** 2 + price
                if stop not in reached or total < reached[stop][0]:
                    reached[stop] = (total, start)
        best.append(reached)
    if end not in best[count]:
        return None
    stops = [end]
    for line in range(count, 0, -1):
        stops.append(best[line][stops[-1]][1])
    stops.reverse()
    return [words[a:b].strip(" ") for a, b in itertools.pairwise(stops)]


def _price(words: str, stop: int) -> float | None:
    """What a break in front of `stop` costs; None where none may stand."""
    if stop == len(words):
        return 0.0
    before, after = words[stop - 1], words[stop]
    if after in _NO_START or before in _NO_END or (before.isascii() and after.isascii() and after != " "):
        return None
    return _SEAMS.get(before, _ANYWHERE)
