"""Punctuation of print in sentences of ours, and lines that part no date or figure."""

from __future__ import annotations

import pytest

from app.punctuation import in_print, kept_together, printed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("比例 20%,上限 200 万元;有效", "比例 20%，上限 200 万元；有效"),
        ("从优,只取一项", "从优，只取一项"),
        ("1,588 个节点", "1,588 个节点"),  # a figure keeps its comma
        ("配套 1:0.5", "配套 1:0.5"),
        ("2028-12-31 到期(征求意见稿所写)", "2028-12-31 到期（征求意见稿所写）"),
        ("首台(套)第五条(1)", "首台(套)第五条(1)"),  # brackets of names and cites are their own
    ],
)
def test_sentences_are_printed_with_full_width_punctuation(typed: str, expected: str) -> None:
    assert in_print(typed) == expected


def test_a_briefing_keeps_its_brackets() -> None:
    assert printed("北京市(征求意见稿),上限") == "北京市(征求意见稿)，上限"


def test_a_figure_stays_with_its_unit() -> None:
    assert kept_together("再给 250 万元") == "再给 250\u00a0万元"
