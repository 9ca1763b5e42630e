"""Segmenting: which markers open clauses, how they nest, and what is no marker at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.markers import chinese_number
from loaders.segment import segment_clauses
from loaders.types import Clause, OffsetMap, PolicyText, Span


def clauses(body: str) -> list[Clause]:
    title = "某区支持产业发展若干措施"
    text = f"{title}\n{body}"
    return segment_clauses(
        PolicyText("t", "0", 1, text, OffsetMap((0,), (0,)), Span(0, len(title)), len(title))
    )


def cites(body: str) -> list[str]:
    return ["/".join(clause.cite) for clause in clauses(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # articles run together on one line (seed 001)
        ("为发展,制定本办法。 第一条 支持甲。内容。 第二条 支持乙。内容。", ["第一条", "第二条"]),
        # headings above articles that run through are left out of the cite
        ("一、总则 第一条 甲。 第二条 乙。 二、支持 第三条 丙。", ["第一条", "第二条", "第三条"]),
        # … but sections with text of their own and no articles are clauses (001-13)
        (
            "一、总体目标 到2027年。 二、措施 第一条 甲。 第二条 乙。 三、附则 本措施自印发之日起施行。",
            ["一", "第一条", "第二条", "三"],
        ),
        # chapters are left out over articles, and kept where items restart under them (001-12)
        ("第一章 总则 第一条 甲。 第二章 支持 第二条 乙。", ["第一条", "第二条"]),
        (
            "第一章 对象 1.甲。 2.乙。 第二章 支持 一、丙 1.丁。 2.戊。 二、己 3.庚。 第三章 附则 本政策有效期5年。",
            [
                "第一章",
                "第一章/1",
                "第一章/2",
                "第二章",
                "第二章/一",
                "第二章/一/1",
                "第二章/一/2",
                "第二章/二",
                "第二章/二/3",
                "第三章",
            ],
        ),
        # parts number as chapters do
        (
            "第一部分 方向\n一、甲。\n二、乙。\n第二部分 附则\n一、丙。\n二、丁。",
            ["第一部分", "第一部分/一", "第一部分/二", "第二部分", "第二部分/一", "第二部分/二"],
        ),
        # pages between were lost; in running text such a number cites
        ("第一条 甲。\n第二条 乙。\n第十条 丙。", ["第一条", "第二条", "第十条"]),
        ("第一条 甲。第二条 乙。第十条 丙。", ["第一条", "第二条"]),
        # a heading that begins like what a citation names: 项目, 条件; 第(二)项 opens nothing
        (
            "一、研发\n(一)平台 甲。\n(二)项目 乙。\n(三)条件 按第(二)项执行。",
            ["一", "一/(一)", "一/(二)", "一/(三)"],
        ),
        # articles in Arabic numerals, on lines of their own alone
        ("第1条 甲。\n第2条 依照第1条支持乙。\n第3条 丙。", ["第1条", "第2条", "第3条"]),
        # sections that a full stop closes
        ("一. 研发\n甲。\n二. 人才\n乙。", ["一", "二"]),
        # items that are called by what they are
        ("政策1:研发补助。甲。\n政策2:乙。", ["政策1", "政策2"]),
        ("条款一:甲。\n条款二:乙。", ["条款一", "条款二"]),
        ("举措1:甲。\n举措2:乙。", ["举措1", "举措2"]),
        # numbers that go on under the next section (001-16)
        (
            "一、甲 (一)丙。 (二)丁。 二、乙 (三)戊。 三、附则 (四)己。(五)庚。",
            ["一", "一/(一)", "一/(二)", "二", "二/(三)", "三", "三/(四)", "三/(五)"],
        ),
        # a bracketed number directly behind a word (004 第五条)
        ("第一条 构建培育体系(1)支持甲。(2)支持乙。", ["第一条", "第一条/(1)", "第一条/(2)"]),
        # a blank inside the marker
        ("第一条 甲。 第 二 条 乙。 第三 条 丙。", ["第一条", "第二条", "第三条"]),
        # articles headed 【…】
        ("第一条 【研发】支持甲。\n第二条 【应用】支持乙。", ["第一条", "第二条"]),
        # an article whose marker the scan lost, also across a chapter
        (
            "第一章 总则\n第一条 甲。\n第二章 扶持\n第三条 乙。\n(一)丙。\n(二)丁。",
            ["第一条", "第三条", "第三条/(一)", "第三条/(二)"],
        ),
        # labelled directions (seed 000)
        (
            "一、重点方向\n方向1、甲\n内容。\n方向2、乙\n内容。\n二、要求\n1.丙。\n2.丁。",
            ["一", "一/方向1", "一/方向2", "二", "二/1", "二/2"],
        ),
        # a page from the middle of a text
        ("六、支持参展。\n七、支持投保。\n八、支持结算。", ["六", "七", "八"]),
        # brackets of which the scan lost the first
        (
            "一、支持\n一)支持甲。\n1)丙。\n2)丁。\n二)支持乙。",
            ["一", "一/(一)", "一/(一)/(1)", "一/(一)/(2)", "一/(二)"],
        ),
        # an unnumbered 附则 with items that start again
        (
            "一、甲\n1.丙。\n2.丁。\n附 则\n1.适用对象。\n2.执行效力。",
            ["一", "一/1", "一/2", "附则", "附则/1", "附则/2"],
        ),
        # … with text of its own, and as a heading above articles that run through
        ("一、甲。\n二、乙。\n附则\n本措施自印发之日起施行。", ["一", "二", "附则"]),
        ("第一章 总则\n第一条 甲。\n附则\n第二条 乙。\n第三条 丙。", ["第一条", "第二条", "第三条"]),
        # behind a numbered section that is no closing one, closing words stand outside the numbering
        (
            "一、甲\n(一)丙。\n(二)丁。\n二、保障措施\n(三)戊。\n(四)己。\n本政策自印发之日起30日后施行。",
            ["一", "一/(一)", "一/(二)", "二", "二/(三)", "二/(四)", "附则"],
        ),
        # closing words behind the marker, or behind its 【…】, are that clause's own
        (
            "一、甲。\n二、有关事项\n(一)丙。\n(二) 本政策自印发之日起施行。",
            ["一", "二", "二/(一)", "二/(二)"],
        ),
        ("第一条 【目的】 甲。\n第二条 【有效期】 本办法自2022年11月1日起施行。", ["第一条", "第二条"]),
        # unnumbered closing paragraph (004), and in one line with the last item (001-05)
        ("第一条 甲。\n第二条 乙。\n本措施由区商务局负责解释。", ["第一条", "第二条", "附则"]),
        ("第一条 甲。 第二条 乙。 本措施自公布之日起施行。", ["第一条", "第二条", "附则"]),
        # … which is part of the last child where a closing section is numbered (001-15)
        (
            "一、措施 (一)甲。 (二)乙。 二、附则 (一)丙。 (二)丁。 本措施由管委会负责解释。",
            ["一", "一/(一)", "一/(二)", "二", "二/(一)", "二/(二)"],
        ),
    ],
)
def test_nests_clauses(body: str, expected: list[str]) -> None:
    assert cites(body) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "参照第三条规定给予支持。",
        "上述第(二)款企业除外。",
        "本措施第一、五、六条参照执行。",
        "按每平方米 1.5元给予补贴。",
        "支持互联网 3.0企业。",
        "自 2025.10.30起施行。",
        "(1)一个孤立的编号不开列表。",
    ],
)
def test_what_only_looks_like_a_marker_opens_no_clause(sentence: str) -> None:
    assert cites(f"第一条 支持甲。{sentence} 第二条 支持乙。") == ["第一条", "第二条"]


def test_a_parents_own_text_ends_where_its_first_child_begins() -> None:
    body = "第一条 支持研发。(1)给予甲。(2)给予乙。"
    parent, first, second = clauses(body)
    text = f"某区支持产业发展若干措施\n{body}"
    assert [text[c.text_start : c.end] for c in (parent, first, second)] == [
        "支持研发。",
        "给予甲。",
        "给予乙。",
    ]
    assert (first.parent, second.parent) == (0, 0)


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("第一条 支持关键技术攻关。支持企业开展攻关,给予最高100万元。", "支持关键技术攻关"),  # closed by 。
        (
            "第一条 支持企业快速成长 支持企业提高业务水平,最高给予20万元。",
            "支持企业快速成长",
        ),  # closed by a blank
        ("第一条 【支持研发】对企业给予最高100万元。", "支持研发"),
        ("第一条 综合贡献补助:对前10名的企业给予500万元补助。", "综合贡献补助"),
        (
            "第一条 支持大模型合规备案对通过备案的大模型,给予50万元支持。",
            "支持大模型合规备案",
        ),  # run on before 对
        (
            "一、强化科技创新(由区科技局牵头)\n聚焦打造创新型城区。\n(一)甲。\n(二)乙。",
            "强化科技创新(由区科技局牵头)",
        ),
        (
            "第一条 强化企业创新主体作用。引导企业加大投入,给予最高100万元支持。",
            "强化企业创新主体作用",
        ),  # a slogan may have 主体 behind its verb
        ("第一条 适用主体为区内企业。给予奖励。", None),  # … a rule speaks of it
        ("第一条 资金主要用于:支持研发、支持应用。", None),  # leads into its sentence
        ("第一条 固定资产投资规模在 500 万元以上的企业,给予20%奖励。", None),
        ("第一条 对企业给予最高100万元支持。", None),  # opens with its award
        (
            "第一条 对通过CMMI 3级认证的企业,给予10万元奖励。",
            None,
        ),  # a blank of the text's own closes nothing
        ("第一条 本措施由区商务局负责解释。自印发之日起施行。", None),  # a rule is no slogan
    ],
)
def test_reads_headings(body: str, heading: str | None) -> None:
    assert clauses(body)[0].heading == heading


ONES = "一二三四五六七八九"
NUMERALS = [*ONES, "十", *("十" + d for d in ONES)] + [
    tens + "十" + ones for tens in ONES[1:] for ones in ("", *ONES)
]


def test_every_numeral_from_1_to_99_is_read() -> None:
    assert [chinese_number(numeral) for numeral in NUMERALS] == list(range(1, 100))


def test_articles_1_to_99_are_all_found() -> None:
    body = "".join(f"第{numeral}条 支持甲。\n" for numeral in NUMERALS)
    assert cites(body) == [f"第{numeral}条" for numeral in NUMERALS]


@given(st.text(alphabet="第一二三四条章、。(1)2.3①【】对支持 \n", max_size=150))
def test_clauses_are_in_order_and_do_not_overlap(body: str) -> None:
    found = clauses(body)
    for before, after in pairwise(found):
        assert before.start < before.end <= after.start
    for at, clause in enumerate(found):
        assert clause.start <= clause.text_start <= clause.end
        assert clause.parent < at
