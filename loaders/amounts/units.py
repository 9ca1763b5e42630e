"""What a quantity is, and the patterns of figures with their units, made from data/lexicons/units.yaml.

Reading the figures is for arabic.py and chinese.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from loaders.amounts.numerals import ARABIC_NUMERAL, CHINESE_NUMERAL
from loaders.lexicon import read_lexicon

QuantityKind = Literal["money", "share", "ratio", "area", "years"]

LONGEST_TERM = 50
"""In years: no support runs longer, and every year of a date is larger."""


class Quantity(msgspec.Struct):
    """One quantity: `value` in `unit` (CNY, USD, …, share as a fraction, m2, mu, year) at [start, end).

    `value` is None where the figure cannot be read ("1.2.3万元").
    """

    kind: QuantityKind
    value: float | None
    unit: str
    start: int
    end: int


class Unit(NamedTuple):
    """A unit behind a figure: what it measures, its name in the record, and how many of that one of it is."""

    kind: QuantityKind
    name: str
    size: Decimal


class Patterns(NamedTuple):
    """The compiled patterns. The group that matched last tells what stands behind the figure.

    `counted` are the words that make of a bare 1000万 a number of things.
    """

    arabic: re.Pattern[str]
    chinese: re.Pattern[str]
    whole: re.Pattern[str]
    half: re.Pattern[str]
    counted: re.Pattern[str]
    units: dict[str, Unit]


_MULTIPLIER = "万亿|[十百千]?亿|[十百千]?万|[千百]"
# 100多万元, 50余万元
_ABOUT = "[多余]?"


@cache
def patterns() -> Patterns:
    """The patterns of the lexicon, compiled once."""
    lexicon = read_lexicon("units")
    units = {
        word: Unit("money", currency, Decimal(1))
        for currency, entry in lexicon["currencies"].items()
        for word in entry["words"]
    } | {
        word: Unit("area", name, Decimal(size))
        for name, entry in lexicon["areas"].items()
        for word, size in entry["words"].items()
    }
    shares = {
        word: Unit("share", "share", Decimal(str(size))) for word, size in lexicon["shares"]["words"].items()
    }
    years = lexicon["years"]
    # 一年期LPR and 五年期以上贷款 name a rate of interest
    term = f"(?:{_either(years['between'])})*(?:{_either(years['words'])})(?!期(?:LPR|贷款|存款|国债|以上|市场报价))"
    counted = f"{_either(lexicon['counted']['words'])}|[A-Za-z0-9]"
    # 元宇宙 and 元素 are no money
    scalable = rf"(?P<unit>{_either(units)})(?!宇宙|素)"
    arabic = (
        rf"(?P<figure>{ARABIC_NUMERAL}){_ABOUT}(?:"
        # 1亿5000万元; 200万(不含)美元
        rf"(?P<multiplier>{_MULTIPLIER})?(?:(?<=亿)(?P<rest>[0-9]+(?:\.[0-9]+)?)万)?{_ABOUT}(?:\(不?含\))?{scalable}"
        rf"|(?P<bare>(?:万亿|[十百千]?[亿万])(?!{counted}))"
        rf"|(?P<share>{_either(shares)})"
        rf"|(?P<years>{term})|(?P<months>{_either(years['months'])})"
        r"|:(?P<second>[0-9]+(?:\.[0-9]+)?)(?![0-9:.]))"
    )
    chinese = (
        rf"(?P<figure>{CHINESE_NUMERAL}){_ABOUT}(?:{scalable}|(?P<years>{term})"
        # 过亿企业, 超百亿; 千亿级产业集群
        r"|(?P<class>(?<=亿)级)|(?P<bare>(?<=[亿万])(?!元))"
        # 按三成给予; never 成果, 成立
        r"|(?P<tenths>成)(?=[以的给予奖补支资,。;、)]))"
    )
    whole, half = (
        re.compile("|".join(entry["pattern"] for entry in lexicon[name]["patterns"]))
        for name in ("whole", "half")
    )
    return Patterns(re.compile(arabic), re.compile(chinese), whole, half, re.compile(counted), units | shares)


def _either(words: Iterable[str]) -> str:
    """One alternative a word, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
