"""Splitting: how many policies a document holds, which line is the title, and what is dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import CORPUS
from loaders.split import split_policies
from loaders.types import Document, Dropped, PolicyText

BODY = "第一条 支持研发。给予最高100万元支持。\n第二条 支持应用。给予最高200万元支持。\n"


def split(text: str) -> tuple[list[PolicyText], list[Dropped]]:
    return split_policies(Document("test.txt", text, "0" * 64))


def corpus(prefix: str) -> Document:
    path = next(Path(CORPUS).glob(f"{prefix}_*.txt"))
    return Document(path.name, path.read_text(encoding="utf-8"), "0" * 64)


@pytest.mark.parametrize(("prefix", "count"), [("000", 1), ("001", 20), ("002", 1), ("003", 1), ("004", 1)])
def test_counts_the_policies_of_the_real_documents(prefix: str, count: int) -> None:
    assert len(split_policies(corpus(prefix))[0]) == count


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        # a title on a line of its own
        ("鹿城区支持数字经济发展若干措施\n", "鹿城区支持数字经济发展若干措施"),
        # seed 003: the bracket on the next line belongs to the title
        (
            "北京市高精尖产业发展资金管理办法\n(修订版征求意见稿)\n",
            "北京市高精尖产业发展资金管理办法(修订版征求意见稿)",
        ),
        # a title broken over two lines
        (
            "广州市南沙区促进人工智能产业\n高质量发展扶持办法\n",
            "广州市南沙区促进人工智能产业高质量发展扶持办法",
        ),
        # a forwarding notice gives way to the policy's own title
        (
            "南沙区人民政府关于印发《南沙区促进航运业发展办法》的通知\n各有关单位:\n现印发给你们,请遵照执行。\n"
            "南沙区人民政府\n2025年3月1日\n南沙区促进航运业发展办法\n",
            "南沙区促进航运业发展办法",
        ),
        # who speaks stands on a line of its own above
        (
            "四川省人民政府\n关于促进高新技术产业开发区高质量发展的实施意见\n",
            "四川省人民政府关于促进高新技术产业开发区高质量发展的实施意见",
        ),
        # a collection of policies numbers who speaks
        ("(一)西安高新区\n关于推进绿色经济发展的措施\n", "西安高新区关于推进绿色经济发展的措施"),
        # over three lines, a title inside the title
        (
            "江城市贯彻落实《关于打好经济增长主动仗\n实现经济运行整体好转的若干政策\n措施》实施方案\n",
            "江城市贯彻落实《关于打好经济增长主动仗实现经济运行整体好转的若干政策措施》实施方案",
        ),
        # the date or the signature of the notice is no part of the title
        (
            "某区人民政府关于印发《滨江高新区支持产业发展若干措施》的通知\n各单位:\n请贯彻执行。\n2025年9月29日\n"
            "滨江高新区支持产业发展\n若干措施\n",
            "滨江高新区支持产业发展若干措施",
        ),
        (
            "各有关单位:\n现印发给你们。\n江城市工业和信息化局\n江城市财政局\n江城市工业企业固定资产投资补助资金管理办法\n",
            "江城市工业企业固定资产投资补助资金管理办法",
        ),
        # a title without a place, which the notice names
        (
            "江城高新区管委会关于印发《进一步支持集成电路产业高质量发展的若干政策》的通知\n各单位:\n"
            "现将《进一步支持集成电路产业高质量发展的若干政策》印发给你们。\n进一步支持集成电路产业\n高质量发展的若干政策\n",
            "进一步支持集成电路产业高质量发展的若干政策",
        ),
        # labels of the site in front of it
        ("• 【区级】江城高新区产业集群专项资金管理办法\n", "江城高新区产业集群专项资金管理办法"),
        ("政策动态 | 江城区促进外贸发展若干政策意见\n", "江城区促进外贸发展若干政策意见"),
        # other words that end a title
        ("江城市战略性新兴产业发展专项资金操作规程\n", "江城市战略性新兴产业发展专项资金操作规程"),
        ("江城区支持人工智能产业发展十六条\n", "江城区支持人工智能产业发展十六条"),
        # no place and no 关于 in it: the best line there is, behind the navigation
        (
            ">> 走进本市 >> 投资本市 >> 投资政策\n加快推进工业经济高质量发展若干政策\n发布日期:2022-12-19 10:21\n",
            "加快推进工业经济高质量发展若干政策",
        ),
        (
            "今天是2024年5月1日 星期三,欢迎光临本站\n江城市促进经济发展若干政策\n",
            "江城市促进经济发展若干政策",
        ),
        # seed 002: the notice is the policy itself
        (
            "某市经济和信息化局关于印发2024年产业发展资金实施指南的通知\n各有关单位:\n",
            "某市经济和信息化局关于印发2024年产业发展资金实施指南的通知",
        ),
    ],
)
def test_finds_the_title(lines: str, title: str) -> None:
    policies, _ = split(lines + BODY)
    assert [policy.title for policy in policies] == [title]


def test_a_notice_with_items_of_its_own_gives_way_to_the_policy() -> None:
    notice = "关于公开征求《江城区促进外贸发展若干措施》意见的通知\n现公开征求意见:\n1.信函寄至区商务局。\n2.邮件发至信箱。\n"
    policies, _ = split(f"{notice}江城区促进外贸发展若干措施\n{BODY}")
    assert [policy.title for policy in policies] == ["江城区促进外贸发展若干措施"]


def test_a_page_from_the_middle_of_a_text_has_no_title() -> None:
    (policy,), _ = split("六、鼓励企业参展。给予补助。\n七、鼓励企业投保。给予补助。\n")
    assert policy.title == ""
    assert policy.text.startswith("六、")


def test_reads_a_block_behind_the_title() -> None:
    block = "发布机构:经济发展局;文号:江新规字〔2026〕4号;生成日期:2026年7月31日。"
    (policy,), _ = split(f"江城新区促进软件产业发展若干措施\n{block}\n标题新颖的作品:见下文。\n{BODY}")
    assert {name: policy.text[slice(*span)] for name, span in policy.fields.items()} == {
        "publisher": "经济发展局",
        "doc_number": "江新规字〔2026〕4号",
        "published_on": "2026年7月31日",
    }


def test_two_policies_in_one_file_are_two() -> None:
    first, second = "鹿城区支持外贸发展若干措施", "鹿城区支持外资发展若干措施"
    policies, _ = split(f"{first}\n{BODY}{second}\n{BODY}")
    assert [policy.title for policy in policies] == [first, second]
    assert all(policy.text.count("第一条") == 1 for policy in policies)


def test_reads_the_portal_block_of_seed_004() -> None:
    (policy,), _ = split_policies(corpus("004"))
    values = {name: policy.text[span.start : span.end] for name, span in policy.fields.items()}
    assert values["issuer"] == "北京市丰台区科学技术和信息化局"
    assert values["written_on"] == "2025-10-30"
    assert values["effective_to"] == "2028-12-31"
    assert "doc_number" not in values  # the block leaves it empty


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("生成日期 2025-05-16 公开方式 主动公开", {"published_on": "2025-05-16", "openness": "主动公开"}),
        (
            "统一编号:HP012;文号:穗埔府规〔2025〕3号;实施日期:2025-03-31;发布机关:广州开发区管理委员会。",
            {
                "index": "HP012",
                "doc_number": "穗埔府规〔2025〕3号",
                "effective_from": "2025-03-31",
                "issuer": "广州开发区管理委员会",
            },
        ),
        ("【发文机构】某局", {"issuer": "某局"}),
        ("- 备注/文号:江工信投资〔2026〕19号", {"doc_number": "江工信投资〔2026〕19号"}),
        ("索 引 号:XM00103", {"index": "XM00103"}),
    ],
)
def test_reads_the_fields_of_other_portals(line: str, fields: dict[str, str]) -> None:
    (policy,), _ = split(f"{line}\n鹿城区支持外贸发展若干措施\n{BODY}")
    assert {name: policy.text[span.start : span.end] for name, span in policy.fields.items()} == fields


@pytest.mark.parametrize(
    ("prefix", "start", "reason"),
    [
        ("000", "華夏泰科", "广告"),
        ("001", "[地址:北京石景山区]", "信息发布平台字段"),
        ("001", "绿色金融重磅支持绿色工厂建设", "新闻标题或链接"),
        ("004", "主办:北京市丰台区人民政府办公室", "页脚"),
        ("004", "您访问的链接即将离开", "页脚"),
    ],
)
def test_reports_what_it_drops(prefix: str, start: str, reason: str) -> None:
    document = corpus(prefix)
    policies, dropped = split_policies(document)
    found = [piece for piece in dropped if piece.text.startswith(start)]
    assert [piece.reason for piece in found[:1]] == [reason]
    assert document.text[found[0].span.start : found[0].span.end] == found[0].text
    assert not any(start in policy.text for policy in policies)


def test_keeps_signature_and_date_before_a_footer() -> None:
    policies, dropped = split(
        f"鹿城区支持外贸发展若干措施\n{BODY}温州市鹿城区商务局\n2025年3月1日\n主办:某区政府\n"
    )
    assert policies[0].text.endswith("温州市鹿城区商务局\n2025年3月1日")
    assert [piece.text for piece in dropped] == ["主办:某区政府"]


@pytest.mark.parametrize(
    "text", [" \n\n", "# 来源\n本文件夹中的文件均为公开的政府文件。\n", "今天天气很好。"]
)
def test_a_text_without_title_and_items_holds_no_policy(text: str) -> None:
    assert split(text)[0] == []


def test_a_title_on_one_line_with_its_text_ends_at_the_first_blank() -> None:
    text = (
        "鹿城区支持外贸发展若干措施 为促进外贸,制定本措施。 第一条 支持甲。 第二条 支持乙。" + "内容。" * 60
    )
    (policy,), _ = split(text)
    assert policy.title == "鹿城区支持外贸发展若干措施"
