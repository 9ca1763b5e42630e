"""Long lines of one repeated piece: time grows with the length of a text, never with its square.

The pieces are those that a search of some thousands found to take long in an earlier state of the program.
"""

from __future__ import annotations

import time

import pytest

from loaders.pipeline import extract_document
from loaders.types import Document
from tests.faults.law import timed

CHARACTERS = 15_000
TIMES = 4
MOST_RATIO = 8.0
"""Of the time for four times the text: 4 where it is linear, 16 where it goes with the square."""

TRIES = 3
"""What grows with the square does so each time; a machine that is shared slows down for a second now and then."""

ARTICLE = "某市支持人工智能产业若干措施\n第一条 {}\n第二条 支持企业最高100万元。"
TITLE = "丰台区支持{}办法\n一、{}\n二、支持企业"


def seconds(shape: str, piece: str, length: int) -> float:
    """Processor time for a document in this shape, the least of two."""
    document = Document("a.txt", shape.replace("{}", piece * (length // len(piece))), "0" * 64)
    taken = []
    for _ in range(2):
        begun = time.process_time()
        extract_document(document)
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize(
    ("shape", "piece"),
    [
        (ARTICLE, "认定"),  # a name from whose end 认定 was taken again and again
        (ARTICLE, "高新技术企业]"),  # a known honor: its sentence was read anew at each
        (ARTICLE, ".获得市级奖励后重复"),  # so was that of upper money
        (
            ARTICLE,
            "的单位。无近三年00",
        ),  # words of giving were looked for from the clause's start at each sentence
        (ARTICLE, "申报北京市政府产业投资基金"),  # so was an award behind each hope
        (TITLE, "。"),  # sentences on validity were looked for from the end, each back to the text's start
        (ARTICLE, "高3000万元支持。(责任单位:信息技术产业局"),  # brackets that nobody closes
        (ARTICLE, "("),
        (TITLE, "《"),
        (ARTICLE, "一、(一)1.(1)①"),
        (ARTICLE, "亿元"),
        (ARTICLE, "9"),
        (ARTICLE, "百分之"),
    ],
)
def test_time_grows_with_the_length_alone(shape: str, piece: str) -> None:
    found: list[str] = []
    while len(found) < TRIES:
        short, long = seconds(shape, piece, CHARACTERS), seconds(shape, piece, TIMES * CHARACTERS)
        if long < MOST_RATIO * short + 0.1:
            return
        found.append(f"{short:.3f} s and {long:.3f} s")
    pytest.fail(f"four times the text, each time: {'; '.join(found)}")


@pytest.mark.parametrize(
    "line",
    [
        ">" * 60
        + "一站式服务,提高申报成功率",  # the pattern of a navigation line tried every way to part the arrows
        "> " * 60 + ",",
        "政务公开 › " * 20 + "。",
    ],
)
def test_a_line_of_navigation_that_is_none_takes_no_longer(line: str) -> None:
    taken: list[float] = []
    with timed(taken.append):
        extract_document(
            Document(
                "a.txt", f"某市支持人工智能产业若干措施\n第一条 支持企业\n{line}\n第二条 支持园区", "0" * 64
            )
        )
    assert taken[0] < 1


def test_navigation_is_still_left_out() -> None:
    page = "首都之窗 > 政务公开 > 政策文件\n>> 走进本市 >> 投资政策\n某市支持人工智能产业若干措施\n第一条 支持企业,最高100万元\n第二条 支持园区"
    extraction = extract_document(Document("a.txt", page, "0" * 64))
    assert [piece.reason for piece in extraction.dropped] == ["导航", "导航"]
