"""Which lines of a page run on into the next, from their places; pages are drawn as text, one character 10 points wide."""

from __future__ import annotations

import pytest

from loaders.reading.page_paragraphs import PageLine, join, mark_continuations


def paragraphs(*pages: str) -> list[str]:
    """The paragraphs of pages drawn with lines 20 points apart; an ideographic blank moves a line in."""
    drawn = [
        [
            PageLine(
                text=row.strip("\u3000"),
                left=10.0 * (len(row) - len(row.lstrip("\u3000"))),
                right=10.0 * len(row),
                bottom=800.0 - 20 * at,
                height=10.0,
            )
            for at, row in enumerate(page.strip("\n").split("\n"))
            if row
        ]
        for page in pages
    ]
    joined: list[str] = []
    for page, continues in zip(drawn, mark_continuations(drawn), strict=True):
        for line, runs_on in zip(page, continues, strict=True):
            if runs_on:
                joined[-1] = join(joined[-1], line.text)
            else:
                joined.append(line.text)
    return joined


INDENTED = """
　　第一条支持企业加大研发投入，按照
研发费用的百分之三十给予补助，最高不
超过五百万元。
　　第二条支持园区建设，按照实际投入
的百分之二十给予建设方补助。
　　第三条支持人才引进。
"""


def test_an_indented_line_begins_a_paragraph():
    assert paragraphs(INDENTED) == [
        "第一条支持企业加大研发投入，按照研发费用的百分之三十给予补助，最高不超过五百万元。",
        "第二条支持园区建设，按照实际投入的百分之二十给予建设方补助。",
        "第三条支持人才引进。",
    ]


def test_a_paragraph_that_fills_its_last_line_still_ends():
    page = INDENTED + "　　第四条支持首店落地，最高补助五万。\n　　第五条本办法自印发之日起施行。\n"
    assert paragraphs(page)[3:] == ["第四条支持首店落地，最高补助五万。", "第五条本办法自印发之日起施行。"]


def test_words_that_look_like_an_item_begin_none_inside_a_paragraph():
    page = INDENTED + "　　第四条按照本办法第二条、第三条和\n（二）项的规定执行。\n"
    assert paragraphs(page)[3:] == ["第四条按照本办法第二条、第三条和（二）项的规定执行。"]


def test_a_paragraph_goes_on_over_the_page():
    first = INDENTED + "　　第四条对年营业收入首次突破十亿元\n"
    second = "的企业给予奖励。\n　　第五条由区科委解释。\n"
    assert paragraphs(first, second)[3:] == [
        "第四条对年营业收入首次突破十亿元的企业给予奖励。",
        "第五条由区科委解释。",
    ]


def test_a_figure_that_does_not_fit_leaves_its_line_short():
    page = INDENTED + "　　第四条支持比例和上限提高至\n30%、二百万元。\n"
    assert paragraphs(page)[3:] == ["第四条支持比例和上限提高至30%、二百万元。"]


SPACED = """
支持企业加大研发投入，按照研发费用的
百分之三十给予补助。最高不超过百万元。
补助分两年拨付。

支持园区建设，按照实际投入的百分之二
十给予建设方补助。

支持人才引进。

本措施自印发之日起施行。
"""


def test_where_nothing_is_indented_a_wider_gap_begins_a_paragraph():
    assert paragraphs(SPACED) == [
        "支持企业加大研发投入，按照研发费用的百分之三十给予补助。最高不超过百万元。补助分两年拨付。",
        "支持园区建设，按照实际投入的百分之二十给予建设方补助。",
        "支持人才引进。",
        "本措施自印发之日起施行。",
    ]


PLAIN = """
第一条支持企业加大研发投入，按照研发费
用的百分之三十给予补助，最高五百万元。
第二条支持园区建设。
第三条支持人才引进，给予人才公寓和落户
便利。
"""


def test_without_indent_and_gap_the_words_decide():
    assert paragraphs(PLAIN) == [
        "第一条支持企业加大研发投入，按照研发费用的百分之三十给予补助，最高五百万元。",
        "第二条支持园区建设。",
        "第三条支持人才引进，给予人才公寓和落户便利。",
    ]


def test_short_lines_stay_lines():
    assert paragraphs("序号\n方向\n标准\n首台套\n贴息") == ["序号", "方向", "标准", "首台套", "贴息"]


def test_a_title_in_several_centred_lines_is_one():
    page = [
        PageLine("某区关于支持数字经济", 60.0, 160.0, 700.0, 16.0),
        PageLine("发展的若干措施", 80.0, 140.0, 676.0, 16.0),
        PageLine("（试行）", 100.0, 120.0, 652.0, 10.0),  # smaller: a line of its own
        *(PageLine("正文" * 9, 20.0, 200.0, 600.0 - 20 * at, 10.0) for at in range(3)),
    ]
    assert mark_continuations([page])[0][:3] == [False, True, False]


@pytest.mark.parametrize(
    ("line", "continuation", "joined"),
    [
        ("最高不超过", "500万元", "最高不超过500万元"),
        ("R&D", "Center", "R&D Center"),  # blanks at the end of a line are not printed
        (
            "特制定本办法。",
            "第二条 支持",
            "特制定本办法。 第二条 支持",
        ),  # articles that run on in one paragraph
        ("特制定本办法。第二条", "支持企业", "特制定本办法。第二条 支持企业"),
        ("按照本办法第二条", "的规定", "按照本办法第二条的规定"),  # no marker
    ],
)
def test_blanks_between_joined_lines(line, continuation, joined):
    assert join(line, continuation) == joined


def test_pages_without_lines_have_nothing_to_join():
    assert mark_continuations([[], []]) == [[], []]
