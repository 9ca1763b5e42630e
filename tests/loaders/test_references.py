"""The documents that a policy names: what it repeals, what it cites, and what in 《》 is no document at all."""

from __future__ import annotations

import pytest

from loaders.references import extract_references
from tests.loaders.pages import CLAUSES, view_of_page, view_of_policy

TITLE = "南沙区促进集成电路产业发展办法"


def repealed(closing: str, title: str = TITLE) -> list[tuple[str, str | None]]:
    return [(one.title, one.doc_number) for one in extract_references(view_of_policy(title, closing))[0]]


def cited(
    closing: str = "", *, preamble: str = "", head: str = "", title: str = TITLE
) -> list[tuple[str, str | None]]:
    view = view_of_policy(title, closing, preamble=preamble, head=head)
    return [(one.title, one.doc_number) for one in extract_references(view)[1]]


def roles(closing: str = "", *, preamble: str = "", title: str = TITLE) -> dict[str, str]:
    view = view_of_policy(title, closing, preamble=preamble)
    return {one.title: one.role for one in extract_references(view)[1]}


# --- repealed


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("《甲办法》(海金融文〔2024〕1号)同时废止。", [("甲办法", "海金融文〔2024〕1号")]),
        ("原《甲细则》(通经信局〔2024〕136号)作废。", [("甲细则", "通经信局〔2024〕136号")]),
        ("自本办法施行之日起,《甲办法》停止执行。", [("甲办法", None)]),
        ("原《甲办法》自本办法施行之日起不再执行。", [("甲办法", None)]),
        ("同时废止《甲办法》(穗府规[2020]3号)。", [("甲办法", "穗府规〔2020〕3号")]),
        (
            "原《甲意见》、《乙通知》(宁政发〔2019〕1号)和《丙办法》等3个文件同时废止。",
            [("甲意见", None), ("乙通知", "宁政发〔2019〕1号"), ("丙办法", None)],
        ),
        (
            "以下文件同时废止:1.《甲办法》(长府发〔2019〕1号);2.《乙细则》;3.《丙意见》。",
            [("甲办法", "长府发〔2019〕1号"), ("乙细则", None), ("丙意见", None)],
        ),
        (
            "《关于印发〈甲办法〉的通知》(穗府〔2018〕2号)同时废止。",
            [("关于印发〈甲办法〉的通知", "穗府〔2018〕2号")],
        ),
        # an older policy of the very same title
        (f"《{TITLE}》(穗南府规〔2020〕2号)同时废止。", [(TITLE, "穗南府规〔2020〕2号")]),
        (
            "现公布本办法,原《甲通知》（证监会计字〔2007〕21号）和《乙意见》（证监会公告〔2008〕38号）同时废止。",
            [("甲通知", "证监会计字〔2007〕21号"), ("乙意见", "证监会公告〔2008〕38号")],
        ),
        ("2008年12月31日印发的《甲办法》（国保发[2008]8 号）同时废止。", [("甲办法", "国保发〔2008〕8号")]),
        # without quotation marks
        ("沪府规〔2018〕22号及延期文件同时废止。", [("沪府规〔2018〕22号", "沪府规〔2018〕22号")]),
        ("原京政发〔2011〕1号文件同时废止。", [("京政发〔2011〕1号", "京政发〔2011〕1号")]),
        ("原甲区扶持办法(深南府办规〔2019〕2号)同时废止。", [("甲区扶持办法", "深南府办规〔2019〕2号")]),
    ],
)
def test_reads_what_a_policy_repeals(closing: str, expected: list[tuple[str, str | None]]) -> None:
    assert repealed(closing) == expected


@pytest.mark.parametrize(
    "closing",
    [
        "《甲办法》修订或废止的,从其规定。",  # it may be repealed one day
        "《甲办法》第三条同时废止。",  # the rest of it stands
        "《甲办法》与本办法不一致的,以本办法为准。",
        "已废止的《甲办法》不再作为依据。",
        "按《甲办法》执行。",
        "本办法自印发之日起施行,此前规定同时废止。",  # names nothing
    ],
)
def test_what_stands_is_not_repealed(closing: str) -> None:
    assert repealed(closing) == []


def test_what_is_repealed_is_not_cited_too() -> None:
    view = view_of_policy(TITLE, "按《甲办法》已受理的照旧。《甲办法》(穗府规〔2020〕3号)同时废止。")
    supersedes, cites = extract_references(view)
    assert [one.title for one in supersedes] == ["甲办法"]
    assert cites == []


# --- cited


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "依据商务部《关于促进外贸稳定增长的若干政策措施》(商贸发〔2024〕288号)和《北京市促进外贸稳定增长若干措施》有关要求",
            [
                ("关于促进外贸稳定增长的若干政策措施", "商贸发〔2024〕288号"),
                ("北京市促进外贸稳定增长若干措施", None),
            ],
        ),
        (
            "通过《数据管理能力成熟度评估模型》(GB/T 36073-2018,DCMM)认证",
            [("数据管理能力成熟度评估模型", "GB/T 36073-2018")],
        ),
        ("符合《国民经济行业分类》(GB/T 4754-2017)的企业", [("国民经济行业分类", "GB/T 4754-2017")]),
        ("符合《鼓励外商投资产业目录》的企业", [("鼓励外商投资产业目录", None)]),
        (
            "按《广州市城市更新办法》(广州市人民政府令第134号)",
            [("广州市城市更新办法", "广州市人民政府令第134号")],
        ),
        ("根据《中华人民共和国预算法》及其实施条例", [("中华人民共和国预算法", None)]),
        ("依照《公司法》《民法典》", [("公司法", None), ("民法典", None)]),
        # one title inside another
        (
            "为落实《关于贯彻《甲规划》的实施意见》",
            [("关于贯彻《甲规划》的实施意见", None)],
        ),
        (
            "推动《湖南省人民政府办公厅印发〈关于稳增长若干政策措施〉的通知》(湘政办发〔2023〕4号)落地",
            [("湖南省人民政府办公厅印发〈关于稳增长若干政策措施〉的通知", "湘政办发〔2023〕4号")],
        ),
        # the number inside the brackets
        ("按照《关于稳增长的意见(国发〔2021〕6号)》", [("关于稳增长的意见", "国发〔2021〕6号")]),
        # named twice, the second time with its number
        (
            "按《甲区资金管理办法》执行,《甲区资金管理办法》(京财〔2020〕1号)",
            [("甲区资金管理办法", "京财〔2020〕1号")],
        ),
        # short names of what was named in full
        (
            "按《甲区资金管理办法》(京财〔2020〕1号,以下简称《办法》)和《办法》第三条",
            [("甲区资金管理办法", "京财〔2020〕1号")],
        ),
        (
            "按《国务院关于加快服务业的意见》(以下简称国务院《意见》),落实国务院《意见》",
            [("国务院关于加快服务业的意见", None)],
        ),
    ],
)
def test_reads_what_a_policy_cites(sentence: str, expected: list[tuple[str, str | None]]) -> None:
    assert cited(f"{sentence}。") == expected


@pytest.mark.parametrize(
    "name",
    [
        "营业执照",
        "医疗器械注册证",
        "网络文化经营许可证",
        "诚信承诺书",
        "专项审计报告",
        "资金申请表",
        "立项通知书",
        "项目合同",
        "财富",
        "流浪地球",
        "项目申报指南",  # whichever is in force
        "年度申报通知",
        "实施细则",
    ],
)
def test_books_films_forms_and_licences_are_no_documents(name: str) -> None:
    assert cited(f"对取得《{name}》的企业给予奖励。") == []


def test_a_policy_does_not_cite_itself() -> None:
    head = f"广州市南沙区关于印发《{TITLE}》的通知\n现将《{TITLE}》印发给你们,请遵照执行。"
    assert cited(head=head, preamble=f"《{TITLE}》已经区政府同意。") == []
    # … under the slightly other name that its notice gives it either
    assert cited(head="《关于促进集成电路产业发展的若干举措》业经区政府同意,现印发实施。") == []


def test_a_policy_that_was_revised_and_is_now_issued_is_the_policy_itself() -> None:
    assert cited(head=f"结合实际,我们修订了《{TITLE}》,现予以印发,请遵照执行。") == []


def test_a_notice_that_issues_several_policies_cites_none_of_them() -> None:
    assert (
        cited(head="《甲市推动制造业发展方案》《甲市促进科技创新若干措施》已经市政府同意,现印发给你们。")
        == []
    )


def test_a_portal_s_word_on_validity_repeals_nothing() -> None:
    block = "文号 温鹿政发〔2022〕11号 有效性 废止\n鹿城区促进外贸若干措施\n"
    assert extract_references(view_of_page(block + CLAUSES)) == ([], [])


def test_a_revision_cites_its_predecessor() -> None:
    preamble = "为激发活力,特修订《海淀区支持平台发展若干措施》,具体如下:"
    title = "海淀区支持平台发展若干措施(修订)"
    assert cited(preamble=preamble, title=title) == [("海淀区支持平台发展若干措施", None)]
    assert roles(preamble=preamble, title=title) == {"海淀区支持平台发展若干措施": "mention"}


def test_titles_are_written_without_white_space_and_shown_where_they_stand() -> None:
    text = f"南沙区促进产业办法\n为落实《广州市\n促进 产业意见》（穗府〔2020〕1号），制定本办法。\n{CLAUSES}"
    view = view_of_page(text)
    (one,) = extract_references(view)[1]
    assert one.title == "广州市促进产业意见"
    assert view.text[slice(*one.span)].replace("\n", "") == "《广州市促进产业意见》(穗府〔2020〕1号)"


# --- what for


def test_the_sentence_that_makes_a_policy_names_its_basis() -> None:
    assert roles(preamble="为深入贯彻《甲意见》战略部署,认真落实《乙方案》任务,制定本办法。") == {
        "甲意见": "basis",
        "乙方案": "basis",
    }
    assert roles("为规范管理,根据《预算法》,制定本办法。") == {"预算法": "basis"}


def test_what_a_clause_names_in_passing_is_a_mention() -> None:
    assert roles("对获得《甲支持办法》奖励的项目给予配套,按照《乙条例》处理。") == {
        "甲支持办法": "mention",
        "乙条例": "mention",
    }


def test_detailed_rules_implement_what_they_are_based_on() -> None:
    title = "关于支持先进制造业的实施细则"
    assert roles(preamble="依据《关于加快产业发展的若干措施》,特制定本细则。", title=title) == {
        "关于加快产业发展的若干措施": "implements"
    }


def test_a_guide_implements_the_rules_of_its_own_fund() -> None:
    title = "2024年北京市高精尖产业发展资金实施指南"
    preamble = "根据《北京市产业规划》《北京市高精尖产业发展资金管理办法》,制定本指南。"
    assert roles(preamble=preamble, title=title) == {
        "北京市产业规划": "basis",
        "北京市高精尖产业发展资金管理办法": "implements",
    }


def test_a_plan_implements_the_policy_in_its_title() -> None:
    title = "怀化市贯彻落实《关于打好经济增长主动仗的若干政策措施》实施方案"
    assert roles(title=title) == {"关于打好经济增长主动仗的若干政策措施": "implements"}
