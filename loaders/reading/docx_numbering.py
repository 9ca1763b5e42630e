"""The numbers that Word shows in front of paragraphs but keeps out of their text: 第一条, （一）, 1.

Reads word/numbering.xml and the styles that use it, and counts along; which paragraphs there are is for from_docx.py.
Source of the rules: ECMA-376 part 1, section 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9


def chinese_numeral(number: int) -> str:
    """10 → 十, 12 → 十二, 20 → 二十, 105 → 一百〇五; from 10,000 on in plain digits."""
    if not 0 < number < 10_000:
        return str(number)
    text = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            text += _DIGITS[digit] + unit
        elif text and number % size and not text.endswith("〇"):
            text += "〇"
    return text.removeprefix("一") if 10 <= number < 20 else text


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _letters(first: str) -> Callable[[int], str]:
    """1 → a, 26 → z, 27 → aa, 28 → bb, as Word counts on."""
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    text = ""
    for sign, size in zip(
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        strict=True,
    ):
        count, number = divmod(number, size)
        text += sign * count
    return text


# Word's names of number formats (ST_NumberFormat). What is not here is written in plain digits.
_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese_numeral,
    "chineseCountingThousand": chinese_numeral,
    "japaneseCounting": chinese_numeral,
    "taiwaneseCounting": chinese_numeral,
    "taiwaneseCountingThousand": chinese_numeral,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: chinese_numeral(number).translate(_LEGAL),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "decimalEnclosedCircle": _one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _one_of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _one_of("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _: "",
}


@dataclass(slots=True)
class _Level:
    start: int
    format: str
    text: str  # "第%1条": %1 is the number of the first level
    legal: bool  # all numbers of `text` in plain digits
    gap: str  # between number and paragraph


@dataclass(slots=True)
class _List:
    """An abstract numbering: its levels, and the last number given out at each level (None: none yet)."""

    levels: dict[int, _Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """Gives the paragraphs of one document their numbers, in document order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        """`numbering` and `styles` are the root elements of word/numbering.xml and word/styles.xml, None if missing."""
        self._style_of: dict[str, tuple[str | None, Any | None]] = {}
        self._lists: dict[str, _List] = {}
        self._list_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_lists(numbering)

    def label(self, paragraph_properties: Any | None) -> str:
        """The number in front of the next paragraph with these properties (w:pPr), with its gap; "" for none."""
        number_id, depth = self._place(paragraph_properties)
        numbered = self._lists.get(self._list_of.get(number_id, ""))
        if numbered is None or depth not in numbered.levels:
            return ""
        self._count(numbered, number_id, depth)
        level = numbered.levels[depth]
        if level.format == "bullet":
            return ""
        text = _PLACEHOLDER.sub(lambda match: self._number(numbered, level, int(match[1]) - 1), level.text)
        return text + level.gap if text else ""

    def _count(self, numbered: _List, number_id: str, depth: int) -> None:
        counts, levels = numbered.counts, numbered.levels
        restart = self._restarts.get(number_id, {}).pop(depth, None)  # holds for its first use alone
        last = counts[depth]
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = levels[depth].start if last is None else last + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)

    @staticmethod
    def _number(numbered: _List, shown: _Level, depth: int) -> str:
        level = numbered.levels.get(depth)
        if level is None:
            return ""
        count = numbered.counts[depth]
        number = level.start if count is None else count
        return str(number) if shown.legal else _FORMATS.get(level.format, str)(number)

    def _place(self, properties: Any | None) -> tuple[str, int]:
        """The numbering that a paragraph belongs to and its level; its style's where it names none itself."""
        own = _child(properties, "w:numPr")
        number_id, depth = _value(_child(own, "w:numId")), _value(_child(own, "w:ilvl"))
        style = _value(_child(properties, "w:pStyle"))
        seen: set[str] = set()
        while number_id is None and style is not None and style not in seen:
            seen.add(style)
            style, inherited = self._style_of.get(style, (None, None))
            number_id = _value(_child(inherited, "w:numId"))
            depth = depth or _value(_child(inherited, "w:ilvl"))
        return number_id or "0", _integer(depth, 0)

    def _read_styles(self, styles: Any) -> None:
        for style in styles.iterchildren(qn("w:style")):
            numbering = _child(_child(style, "w:pPr"), "w:numPr")
            self._style_of[style.get(qn("w:styleId"), "")] = (_value(_child(style, "w:basedOn")), numbering)

    def _read_lists(self, numbering: Any) -> None:
        for abstract in numbering.iterchildren(qn("w:abstractNum")):
            levels = dict(_read_level(level) for level in abstract.iterchildren(qn("w:lvl")))
            self._lists[abstract.get(qn("w:abstractNumId"), "")] = _List(levels)
        for number in numbering.iterchildren(qn("w:num")):
            number_id = number.get(qn("w:numId"), "")
            self._list_of[number_id] = _value(_child(number, "w:abstractNumId")) or ""
            self._restarts[number_id] = {
                _integer(override.get(qn("w:ilvl")), 0): _integer(_value(start), 1)
                for override in number.iterchildren(qn("w:lvlOverride"))
                if (start := _child(override, "w:startOverride")) is not None
            }


def _read_level(level: Any) -> tuple[int, _Level]:
    gap = _value(_child(level, "w:suff"))
    return _integer(level.get(qn("w:ilvl")), 0), _Level(
        start=_integer(_value(_child(level, "w:start")), 0),
        format=_value(_child(level, "w:numFmt")) or "decimal",
        text=_value(_child(level, "w:lvlText")) or "",
        legal=_child(level, "w:isLgl") is not None,
        gap="" if gap == "nothing" else " ",
    )


def _child(element: Any | None, name: str) -> Any | None:
    return None if element is None else element.find(qn(name))


def _value(element: Any | None) -> str | None:
    return None if element is None else element.get(qn("w:val"))


def _integer(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else default
