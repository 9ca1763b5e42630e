"""Written numbers: what is one, and what it is worth."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.amounts.numerals import read_arabic, read_chinese


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("200", "200"),
        ("1,000", "1000"),
        ("12,345.5", "12345.5"),
        ("0.5", "0.5"),
        ("10,20", None),  # a list, no number: groups have three digits
        ("1.2.3", None),
        ("9" * 5000, None),  # longer than any amount is
    ],
)
def test_arabic(text: str, number: str | None) -> None:
    assert read_arabic(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三", 3),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("三千二百", 3200),
        ("百万", 1_000_000),
        ("三千万", 30_000_000),
        ("亿", 100_000_000),  # 过亿: a multiplier without a digit counts once
        ("一亿五千万", 150_000_000),
        ("一万二千", 12_000),
        ("千亿", 100_000_000_000),
        ("万亿", 1_000_000_000_000),
        ("二〇", 20),
        ("二〇二五", 2025),
        ("叁佰万", 3_000_000),
        ("", None),
        ("三x", None),
    ],
)
def test_chinese(text: str, number: int | None) -> None:
    assert read_chinese(text) == number


DIGITS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """A number below 10^8 as a text writes it."""
    if number >= 10_000:
        rest = number % 10_000
        zero = "零" if 0 < rest < 1000 else ""
        return spelled(number // 10_000) + "万" + (zero + spelled(rest) if rest else "")
    for size, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            rest = number % size
            zero = "零" if 0 < rest < size // 10 else ""
            return DIGITS[number // size] + name + (zero + spelled(rest) if rest else "")
    return DIGITS[number]


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numbers_come_back(number: int) -> None:
    assert read_chinese(spelled(number)) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_arabic_numbers_come_back_with_and_without_groups(number: int) -> None:
    assert read_arabic(str(number)) == number
    assert read_arabic(f"{number:,}") == number
