"""Quantities: every amount of money, share, ratio, area and term of years that a text writes, and nothing else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.amounts import AmountError, parse_money
from loaders.amounts.quantities import find_quantities


def found(text: str) -> list[tuple[str, float | None, str]]:
    return [(q.unit, q.value, text[q.start : q.end]) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("最高200万元", [2_000_000]),  # 万 is 10^4
        ("不超过1.5亿元", [150_000_000]),  # 亿 is 10^8
        ("总额不超100万的补贴", [1_000_000]),  # 元 left out
        ("补助5000元", [5_000]),
        ("奖励5千元", [5_000]),
        ("1,000万元", [10_000_000]),
        ("1亿5000万元", [150_000_000]),
        ("1千亿元", [100_000_000_000]),
        ("1.4万亿元", [1_400_000_000_000]),
        ("100余万元", [1_000_000]),
        ("20-200万元", [200_000, 2_000_000]),  # a range shares its unit
        ("分别给予50、30、20万元", [500_000, 300_000, 200_000]),
        ("10,20,30万元", [100_000, 200_000, 300_000]),
        ("10亿元(含)-50亿元", [1_000_000_000, 5_000_000_000]),
        ("三千万元", [30_000_000]),
        ("一亿五千万元", [150_000_000]),
        ("进出口额过亿企业", [100_000_000]),
        ("产值超百亿", [10_000_000_000]),
        ("千亿级产业集群", [100_000_000_000]),
        ("亿元以上企业", [100_000_000]),
        ("第二十条", []),  # a clause number is not money
        ("1000万人次", []),  # counts people
        ("国产万亿参数模型", []),
        ("千亿级参数", []),
        ("超百万用户", []),
        ("3.0元宇宙", []),
        ("多元化、一元复始", []),
        ("奖励金额(万元)", []),  # a table's head
        ("\n1、100万元以上", [1_000_000]),  # an item's number does not share its unit
        ("给予最高100万平台建设补助", [1_000_000]),  # 平台 is no 平方
        ("给予最高100万参展补贴", [1_000_000]),
    ],
)
def test_money_in_yuan(text: str, yuan: list[float]) -> None:
    assert [money.amount for money in parse_money(text)] == yuan


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("超过5000万美元", [(50_000_000, "USD")]),
        ("200万-500万(不含)美元", [(2_000_000, "USD"), (5_000_000, "USD")]),  # the currency stands once
        ("300万港元", [(3_000_000, "HKD")]),
        ("100万元人民币", [(1_000_000, "CNY")]),
        ("100万美元以下,奖励3万元", [(1_000_000, "USD"), (30_000, "CNY")]),
    ],
)
def test_currencies(text: str, amounts: list[tuple[float, str]]) -> None:
    assert [(money.amount, money.currency) for money in parse_money(text)] == amounts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投资额的30%", [("share", 0.3, "30%")]),
        ("10%、15%", [("share", 0.1, "10%"), ("share", 0.15, "15%")]),
        ("10-20%", [("share", 0.1, "10"), ("share", 0.2, "20%")]),
        ("贷款余额的0.5‰", [("share", 0.0005, "0.5‰")]),
        ("提高10个百分点", [("share", 0.1, "10个百分点")]),
        ("百分之二十", [("share", 0.2, "百分之二十")]),
        ("千分之三点五", [("share", 0.0035, "千分之三点五")]),
        ("按三成给予", [("share", 0.3, "三成")]),
        ("市级补助的1/3", [("share", 1 / 3, "1/3")]),
        ("总额的三分之一", [("share", 1 / 3, "三分之一")]),
        ("对剩余展位费给予全额补贴", [("share", 1.0, "全额补贴")]),
        ("全额退还支持资金", []),
        ("研发成果、成立公司", []),
        ("2024/5", []),
    ],
)
def test_shares(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按1:0.5配套", [0.5]),
        ("1:1比例", [1.0]),
        ("按0.5:1给予", [0.5]),  # own share first
        ("截止18:00", []),
        ("比例尺1:10000", []),
        ("1:1:1", []),  # whose share is whose is not said
    ],
)
def test_ratios(text: str, expected: list[float]) -> None:
    assert [q.value for q in find_quantities(text) if q.kind == "ratio"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("最高4000平方米", [("m2", 4000.0, "4000平方米")]),
        ("3万平方米", [("m2", 30_000.0, "3万平方米")]),
        ("百万平米产业空间", [("m2", 1_000_000.0, "百万平米")]),
        ("225平方公里", [("m2", 225_000_000.0, "225平方公里")]),
        ("1000㎡", [("m2", 1000.0, "1000㎡")]),
        ("25亩", [("mu", 25.0, "25亩")]),
        ("不超过3年", [("year", 3.0, "3年")]),
        ("连续三年", [("year", 3.0, "三年")]),
        ("三个连续自然年度", [("year", 3.0, "三个连续自然年度")]),
        ("3-5年", [("year", 3.0, "3"), ("year", 5.0, "5年")]),
        ("不超过36个月", [("year", 3.0, "36个月")]),
        ("6个月", []),  # no whole years
        ("2025年", []),
        ("2023-2025年", []),
        ("3.2018年", []),  # an item's number and a date
        ("第三年", []),
        ("第3年", []),
        ("上一年度", []),
    ],
)
def test_areas_and_years(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert found(text) == expected


def test_a_figure_that_cannot_be_read_is_an_error_that_quotes_it() -> None:
    with pytest.raises(AmountError, match=r"“1\.2\.3万元”不是可读的金额"):
        parse_money("给予1.2.3万元奖励")
    with pytest.raises(AmountError, match=r"999万元”"):
        parse_money("9" * 5000 + "万元")


SIZES = {"元": 1, "万元": 10_000, "亿元": 100_000_000, "百万元": 1_000_000}


@given(
    st.decimals(min_value="0.01", max_value=99_999, places=2, allow_nan=False),
    st.sampled_from(sorted(SIZES)),
    st.sampled_from(["给予", "最高", "不超过", "达到", "(", "、"]),
    st.sampled_from(["。", "的", "以上", ",给予", ")", "一次性奖励", ""]),
)
def test_written_amounts_come_back(figure: object, unit: str, before: str, behind: str) -> None:
    text = f"{before}{figure}{unit}{behind}"
    (money,) = parse_money(text)
    assert money.amount == pytest.approx(float(str(figure)) * SIZES[unit], rel=1e-12)
    assert text[money.span.start : money.span.end] == f"{figure}{unit}"


PIECES = st.sampled_from(
    [
        *"0123456789.,:/%‰一二三十百千万亿元年个成分之第、和至-~()不含的",
        "平方米",
        "美元",
        "全额补贴",
        "最高",
        "给予",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_gives_quantities_in_order_that_do_not_overlap(text: str) -> None:
    quantities = find_quantities(text)
    ends = [0]
    for quantity in quantities:
        assert ends[-1] <= quantity.start < quantity.end <= len(text)
        ends.append(quantity.end)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 50_000 + "万元",
        "9." * 30_000 + "元",
        "1、" * 30_000 + "万元",
        "1-" * 50_000,
        "1," * 30_000 + "万元",
        "亿" * 30_000,
        "一" * 50_000 + "元",
        "1自然" * 20_000 + "年",
        "百分之" * 20_000,
    ],
    ids=lambda text: text[:6],
)
def test_long_runs_take_no_long_time(text: str) -> None:
    start = time.perf_counter()
    find_quantities(text)
    assert time.perf_counter() - start < 2
