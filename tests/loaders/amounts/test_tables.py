"""Amounts in tables: what the head of a column says of them, and in which unit."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.amounts.tables import _column, _unit
from loaders.lexicon import read_lexicon
from loaders.table_cells import CELL
from tests.loaders.amounts.said import said_by_clause

COLUMNS = read_lexicon("tables")["columns"]


def said_in_table(*rows: str, opening: str = "按照下表标准给予奖励:") -> list[str]:
    """What the amounts of an article are that ends in a table; cells of a row are parted by "/"."""
    table = "\n".join(row.replace("/", CELL) for row in rows)
    return said_by_clause(f"第一条 {opening}\n{table}\n第二条 其他。")["第一条"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # a bare amount is what its column's head says
        (
            ["档次/年产值/奖励金额", "一档/10亿元/50万元", "二档/50亿元/100万元"],
            ["T 10亿", "fixed 50万", "T 50亿", "fixed 100万"],
        ),
        (["类别/补助比例/最高限额", "甲类/10%/100万元"], ["rate 10%", "cap 100万"]),
        # its own words come first
        (["条件/奖励金额", "产值10亿元以上/最高50万元"], ["T 10亿", "cap 50万"]),
        # the head names the unit of bare figures
        (
            ["序号/营业收入(亿元)/奖励金额(万元)", "1/5/50", "2/10/100"],
            ["T 5亿", "fixed 50万", "T 10亿", "fixed 100万"],
        ),
        (["类别/补贴比例(%)", "甲/30"], ["rate 30%"]),
        # a cell that runs down over rows is missing at the left of the next
        (
            ["类别/条件/奖励", "甲类/1亿元/10万元", "5亿元/50万元"],
            ["T 1亿", "fixed 10万", "T 5亿", "fixed 50万"],
        ),
    ],
)
def test_the_head_of_a_column_says_what_is_below(rows: list[str], expected: list[str]) -> None:
    assert said_in_table(*rows) == expected


def test_what_stands_in_front_of_a_table_holds_for_its_rows() -> None:
    rows = ("档次/奖励金额", "一档/50万元")
    assert said_in_table(*rows, opening="对企业按下表给予一次性奖励:") == ["fixed 50万 企业/once"]
    assert said_in_table(*rows, opening="人才奖励标准如下:") == ["fixed 50万 个人/-"]


def test_a_table_without_a_head_is_read_by_its_own_words() -> None:
    assert said_in_table("一档10亿元/奖励50万元", "二档50亿元/奖励90万元")[1::2] == [
        "fixed 50万",
        "fixed 90万",
    ]


@pytest.mark.parametrize("entry", COLUMNS, ids=lambda entry: entry["role"])
def test_every_pattern_finds_its_examples_and_none_of_its_counterexamples(entry: dict[str, Any]) -> None:
    assert [_column(head) for head in entry["examples"]] == [entry["role"]] * len(entry["examples"])
    assert all(_column(head) != entry["role"] for head in entry["counterexamples"])
    assert entry["source"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("奖励金额(万元)", "CNY"),
        ("奖励金额(单位:万元)", "CNY"),
        ("补贴比例(%)", "share"),
        ("面积(平方米)", "m2"),
        ("人数(人)", None),
        ("奖励金额", None),
    ],
)
def test_a_head_names_its_unit_in_brackets(head: str, name: str | None) -> None:
    unit = _unit(head)
    assert (unit.name if unit else None) == name
