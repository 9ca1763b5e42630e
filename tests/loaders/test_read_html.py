"""Web pages → lines: what becomes a line, what is left out and reported, and markup that no page has."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.from_html import read_html
from loaders.reading.lines import Reading
from loaders.reading.refusal import UnreadableError


def lines(html: str) -> list[str]:
    return read_html(html).text.split("\n")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>第一条</p><p>第二条</p>", ["第一条", "第二条"]),
        ("<p>最高<b>200</b>万<span>元</span></p>", ["最高200万元"]),  # inline tags break nothing
        ("第一条<br>第二条<br/>第三条", ["第一条", "第二条", "第三条"]),
        ("<div>支持办法<div>第一条</div>以下</div>", ["支持办法", "第一条", "以下"]),
        ("<ul><li>一<li>二</ul>", ["一", "二"]),  # closing tags may be left out
        ("<p>&nbsp;&nbsp;第一条&emsp;为支持 <b> 企业</b></p>", ["第一条\u2003为支持 企业"]),
        ("<p>研发\n      投入</p>", ["研发投入"]),  # a break of the source between two characters is no blank
        ("<p>AI\n  for Science</p>", ["AI for Science"]),
        ("<pre>第一条\n第二条</pre>", ["第一条", "第二条"]),
        ("<p>5 &lt; 10 &amp; 20%</p>", ["5 < 10 & 20%"]),
        ("<p>第一条</p>  \n <p> </p>\n<p>第二条</p>", ["第一条", "第二条"]),  # no blank lines
    ],
)
def test_blocks_become_lines(html, expected):
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (  # a table of data: a row is a line
            "<table><tr><th>发文机构</th><td>某区科委</td></tr><tr><td>发文字号</td><td></td></tr></table>",
            ["发文机构\t某区科委", "发文字号"],
        ),
        (  # a cell of several paragraphs keeps its lines
            "<table><tr><td>支持方向<td><p>1.首台套</p><p>2.贴息</p></table>",
            ["支持方向", "1.首台套", "2.贴息"],
        ),
        (  # a table that only lays out the page
            "<table><tr><td><h1>支持办法</h1><p>第一条</p><table><tr><td>甲<td>乙</table></td></tr></table>",
            ["支持办法", "第一条", "甲\t乙"],
        ),
    ],
)
def test_tables(html, expected):
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("furniture", "reason", "words"),
    [
        ("<nav><a>首页</a> &gt; <a>政务</a></nav>", "网页 nav 部分", "首页 > 政务"),
        ("<footer>主办：某区</footer>", "网页 footer 部分", "主办：某区"),
        ("<div class='wrap Footer'>主办：某区</div>", "网页 footer 部分", "主办：某区"),
        ("<div id=breadcrumb>当前位置</div>", "网页 breadcrumb 部分", "当前位置"),
        ("<div role=navigation>首页</div>", "网页 navigation 部分", "首页"),
        ("<p style='color:red; display : none'>隐藏</p>", "网页隐藏部分", "隐藏"),
        ("<p hidden>隐藏</p>", "网页隐藏部分", "隐藏"),
    ],
)
def test_what_the_markup_calls_furniture_is_left_out_and_reported(furniture, reason, words):
    reading = read_html(f"<p>第一条 支持企业</p>{furniture}<p>第二条 支持园区</p>")

    assert reading.text == "第一条 支持企业\n第二条 支持园区"
    [dropped] = reading.dropped
    assert (dropped.reason, dropped.text) == (reason, words)
    assert dropped.span == (9, 9)  # in front of 第二条


@pytest.mark.parametrize(
    "html",
    [
        "<div class=nav><p>第一条 支持企业</p><p>第二条 支持园区</p></div><p>完</p>",  # holds most of the page
        "<p>第一条 支持企业</p><p class=footnote>第二条 支持园区</p><p>完</p>",  # another word
        "<header><p>第一条 支持企业</p></header><p>第二条 支持园区</p><p>完</p>",  # titles stand in headers
    ],
)
def test_what_only_looks_like_furniture_stays(html):
    assert lines(html) == ["第一条 支持企业", "第二条 支持园区", "完"]


def test_scripts_styles_and_form_fields_are_no_text():
    page = (
        "<head><title>门户</title><style>p{}</style></head><script>var a = '<p>500万元</p>'</script>"
        "<select><option>选择</select><button>打印</button><!-- 注释 --><template><p>模板</template><p>第一条</p>"
    )
    assert read_html(page) == ("第一条", ())


def test_what_stands_in_a_cell_is_reported_in_front_of_its_row():
    reading = read_html("<p>第一条</p><table><tr><td>甲<i hidden>密</i><td>乙</table>")
    assert reading.text == "第一条\n甲\t乙"
    assert [(piece.text, piece.span) for piece in reading.dropped] == [("密", (4, 4))]


# --- Markup that no page has


@pytest.mark.parametrize("end", ["<div cla", "</", "<!-- 未完"])
def test_a_page_cut_off_inside_a_tag(end):
    with pytest.raises(UnreadableError, match="网页不完整，在标签中间断开"):
        read_html("<p>第一条</p>" + end)


def test_a_less_than_sign_at_the_end_is_no_cut_tag():
    assert lines("<p>增速 < 5") == ["增速 < 5"]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<p>" * 1_000_000,
        "<font color=red>" * 600 + "<p>第一条",
        "<select>" + "<option>甲" * 100_000,
        "<div " + " ".join(f"a{number}=1" for number in range(100_000)) + ">第一条</div>",
    ],
    ids=["depth", "tags", "formatting", "options", "attributes"],
)
def test_markup_that_would_take_minutes_is_refused_at_once(html):
    started = time.perf_counter()
    with pytest.raises(UnreadableError, match="网页标签嵌套过深或过多"):
        read_html(html)
    assert time.perf_counter() - started < 2


def test_many_paragraphs_without_closing_tags_are_no_nesting():
    assert len(lines("<p>第一条<li>甲" * 2_000)) == 4_000


def test_a_picture_inside_the_page_is_no_crowd_of_attributes():
    assert lines(f"<p>第一条<img src='data:image/png;base64,{'a/b' * 30_000}'></p>") == ["第一条"]


TAGS = [
    "p",
    "div",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "b",
    "a",
    "nav",
    "select",
    "svg",
    "template",
    "pre",
    "br",
    "form",
]


@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
            st.sampled_from(
                ["<td hidden>", "<tr class=nav>", "<!--", "-->", "<script>", "</script>", "&#0;", "第一条"]
            ),
            st.text(max_size=5),
        ),
        max_size=200,
    )
)
def test_any_mixture_of_tags_gives_lines_or_a_sentence(pieces):
    try:
        reading = read_html("".join(pieces))
    except UnreadableError as error:
        reading = Reading(str(error))
    assert all(line == line.strip() for line in reading.text.split("\n"))
    assert all(0 <= start == end <= len(reading.text) for start, end in (d.span for d in reading.dropped))
