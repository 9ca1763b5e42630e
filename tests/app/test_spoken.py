"""Amounts, shares and ranges as people say them."""

from __future__ import annotations

import pytest

from app.spoken import (
    exact_yuan,
    say_benefit,
    say_quantity,
    say_range,
    say_ratio,
    say_share,
    say_span,
    say_steps,
    say_yuan,
    spaced,
)


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        (2_000_000, "200 万元"),
        (150_000_000, "1.5 亿元"),
        (100_000_000, "1 亿元"),  # 亿 from 10^8 on, never 10000 万
        (32_500, "3.25 万元"),
        (800, "800 元"),
        (0, "0 元"),
    ],
)
def test_says_yuan(yuan: float, words: str) -> None:
    assert say_yuan(yuan) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (2_500_000, 2_500_000, "250 万元"),
        (0, 3_000_000, "不超过 300 万元"),
        (500_000, 30_000_000, "50 万\u20133000 万元"),
        (50_000_000, 150_000_000, "5000 万\u20131.5 亿元"),
        (500_000, None, "50 万元起"),
        (0, None, "不限额"),
    ],
)
def test_says_ranges(low: float, high: float | None, words: str) -> None:
    assert say_range(low, high) == words


@pytest.mark.parametrize(("share", "words"), [(0.3, "30%"), (0.015, "1.5%"), (1.0, "100%"), (0.07, "7%")])
def test_says_shares(share: float, words: str) -> None:
    assert say_share(share) == words


def test_says_ratios_and_spans() -> None:
    assert say_ratio(0.5) == "1:0.5"
    assert say_span([0.5, 0.2, 0.3], share=True) == "20%\u201350%"
    assert say_span([0.3], share=True) == "30%"
    assert say_span([3_000_000, 500_000]) == "50 万\u2013300 万元"


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ("5000000×50%=2500000,未超过上限3000000", "500 万元 × 50% = 250 万元,未超过上限 300 万元"),
        ("0 至 3000000", "0 至 300 万元"),
        ("定额500000×2台套", "定额 50 万元 × 2台套"),
        ("条款只写最高300万元,未写比例", "条款只写最高 300 万元,未写比例"),
    ],
)
def test_says_how_an_amount_was_worked_out(steps: str, words: str) -> None:
    assert say_steps(steps) == words


@pytest.mark.parametrize(
    ("benefit", "words"),
    [
        (("cap", 2_000_000, "CNY", "企业", "year"), "上限 200 万元 · 每家企业 · 每年"),
        (("fixed", 500_000, "CNY", None, "once"), "定额 50 万元 · 一次性"),  # 上限 and 一次性 are told apart
        (("rate", 0.2, "share", None, None), "比例 20%"),
        (("ratio", 0.5, "share", None, None), "配套 1:0.5"),
        (("years", 3, "year", None, None), "年限 3 年"),
        (("area", 2000, "m2", None, None), "面积 2000 平方米"),
    ],
)
def test_says_benefits(benefit: tuple[str, float, str, str | None, str | None], words: str) -> None:
    assert say_benefit(*benefit) == words


def test_says_exact_yuan_and_quantities() -> None:
    assert exact_yuan(2_000_000) == "2,000,000 元"
    assert exact_yuan(1.5) == "1.50 元"
    assert say_quantity(10_000_000, "CNY") == "1000 万元"


def test_a_blank_stands_before_figures_only() -> None:
    assert "再给" + spaced("250 万元") == "再给 250 万元"
    assert "再给" + spaced("不超过 300 万元") == "再给不超过 300 万元"
