"""The plain view: stray blanks gone, punctuation folded, and every position led back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.plain import LONGEST_SENTENCE, PlainView, plain_view, sentence_around
from loaders.segment import segment_clauses
from loaders.types import OffsetMap, PolicyText, Span

TITLE = "某区支持产业发展若干措施"


def view_of(body: str) -> PlainView:
    text = f"{TITLE}\n{body}"
    policy = PolicyText("t", "0", 1, text, OffsetMap((0,), (0,)), Span(0, len(TITLE)), len(TITLE))
    return plain_view(policy, segment_clauses(policy))


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        ("给予最高 700万元支持", "给予最高700万元支持"),  # a blank before a figure (001-16)
        ("最高给 予1000万支持", "最高给予1000万支持"),  # a blank inside a word (001-20)
        ("入围The Game Awards的企业", "入围The Game Awards的企业"),  # Latin words keep theirs
        ("按照30\uff05给予\uff08最高\uff09\uff0c支持", "按照30%给予(最高),支持"),  # folded, same length
    ],
)
def test_shows_the_text_without_what_hinders_reading(body: str, plain: str) -> None:
    assert view_of(body).text == f"{TITLE}\n{plain}"


def test_a_heading_closed_by_a_blank_ends_with_a_line_break() -> None:
    view = view_of("第一条 支持企业快速成长 支持企业提高业务水平,最高给予20万元。")
    (passage,) = view.passages
    assert view.text[passage.start : passage.end] == "支持企业快速成长\n支持企业提高业务水平,最高给予20万元。"
    assert view.text[passage.start : passage.heading_end - 1] == "支持企业快速成长"


def test_the_preamble_is_what_stands_before_the_first_clause() -> None:
    view = view_of("为发展产业,制定本措施。 第一条 甲。")
    assert view.text[slice(*view.preamble)].strip() == "为发展产业,制定本措施。"


@given(st.text(alphabet="第一条支持 1万元,。ab\n", max_size=120))
def test_every_stretch_leads_back_to_the_same_characters(body: str) -> None:
    view = view_of(body)
    for start in range(0, len(view.text), 7):
        for end in (start + 1, min(start + 9, len(view.text))):
            first, last = view.to_text(start, end)
            back = view.policy.text[first:last]
            assert back.replace(" ", "").replace("\n", "") == view.text[start:end].replace(" ", "").replace(
                "\n", ""
            )


def test_a_sentence_lies_between_its_stops() -> None:
    text = "甲。乙丙;丁\n戊"
    assert sentence_around(text, 3, 0, len(text)) == (2, 4)
    assert sentence_around(text, 7, 0, len(text)) == (7, 8)
    assert sentence_around(text, 3, 3, 4) == (3, 4)


def test_a_text_without_stops_is_cut_into_stretches() -> None:
    text = "甲。" + "乙" * 5000 + "。丙"
    around = {sentence_around(text, at, 0, len(text)) for at in range(3, 5002)}
    assert sorted(around) == [(2, 2000), (2000, 4000), (4000, 5002)]
    assert LONGEST_SENTENCE == 2000
