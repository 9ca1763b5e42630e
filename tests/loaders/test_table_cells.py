"""Tables in a document's text: what is a row, where its cells end, and what is no table."""

from __future__ import annotations

import time

import pytest

from loaders.clean import clean
from loaders.plain import plain_view
from loaders.segment import segment_clauses
from loaders.split import split_policies
from loaders.table_cells import CELL, numbered_rows
from loaders.types import Document
from tests.loaders.passages import view_of


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        # Markdown, with the pipes at its edges and without
        ("| 档次 | 奖励 |\n|---|:-:|\n| 一档 | 50万元 |", ["档次/奖励", "一档/50万元"]),
        ("档次 | 条件 | 奖励\n--- | --- | ---\n一档 | 达标 | 50万元", ["档次/条件/奖励", "一档/达标/50万元"]),
        ("|甲|乙|\n|丙||", ["甲/乙", "丙/"]),  # an empty cell stays one
        # rows whose cells tabs part, as readers of Word and HTML write them
        ("档次\t奖励\n一档\t50万元", ["档次/奖励", "一档/50万元"]),
        # no tables: one line alone, a trail of links, the tab behind a marker
        ("来源 | 作者 | 时间", ["来源 | 作者 | 时间"]),
        ("档次\t奖励", ["档次 奖励"]),
        ("第一条\t为支持\n第二条\t对企业", ["第一条 为支持", "第二条 对企业"]),
        ("甲|乙\n丙|丁", ["甲|乙", "丙|丁"]),  # a stroke inside a line is the text's own
    ],
)
def test_marks_where_cells_end(source: str, rows: list[str]) -> None:
    assert clean(source).text.replace(CELL, "/").split("\n") == rows


def test_every_cell_leads_back_to_its_source() -> None:
    source = "| 档次 | 奖励 |\n|---|---|\n| 一档 | 50万元 |"
    mapped = clean(source)
    at = mapped.text.index("50万元")
    place = mapped.offsets().to_source(at)
    assert source[place : place + 4] == "50万元"


def test_a_row_reads_as_a_sentence_with_commas() -> None:
    view = view_of(f"第一条 按下表奖励:\n档次{CELL}奖励\n1{CELL}50万元\n一档{CELL}最高60万元\n第二条 其他。")
    assert "档次,奖励\n1;50万元\n一档,最高60万元" in view.text  # between figures a comma would join them
    assert [view.text[at] for at in view.cells] == [",", ";", ","]


def test_a_list_of_supports_that_is_a_table_is_numbered_by_its_rows() -> None:
    page = "某区政策汇编(2021年版)\n序号\t项目\t政策\n1\t绿色工厂\t奖励10万元\n2\t智能工厂\t奖励20万元\n3\t总部\t奖励30万元"
    (policy,), _ = split_policies(Document("t", page, "0"))
    clauses = segment_clauses(policy)
    assert [clause.cite for clause in clauses] == [("1",), ("2",), ("3",)]
    view = plain_view(policy, clauses)
    first = view.passages[0]
    assert view.text[first.start : first.end].strip() == "绿色工厂,奖励10万元"


def test_rows_that_do_not_count_number_nothing() -> None:
    assert numbered_rows(f"1{CELL}甲\n2{CELL}乙") == [(0, 1), (4, 5)]
    assert numbered_rows(f"1{CELL}甲\n乙{CELL}丙") == []  # a lone 1
    assert numbered_rows(f"2021{CELL}甲\n2022{CELL}乙") == []  # years


@pytest.mark.parametrize("filler", [" ", "|", "\t", "-", "- ", "| ", "1\t", "|-"])
def test_strange_lines_take_no_time(filler: str) -> None:
    text = f"甲{filler * 50_000}乙\n{filler * 50_000}丙\n| 一 | 二 |"
    start = time.process_time()
    assert "甲" in clean(text).text
    assert time.process_time() - start < 2  # seconds; a pattern that gives back takes minutes
