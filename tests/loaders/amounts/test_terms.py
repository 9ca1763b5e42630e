"""Terms of awards: per whom and how often, by the annotators' conventions (tests/gold/GUIDELINE.md)."""

from __future__ import annotations

import pytest

from tests.loaders.amounts.said import said


def terms(text: str) -> list[str]:
    """per/period of every award of money in the text."""
    return [
        fact.split(" ")[2] if fact.count(" ") > 1 else "-/-"
        for fact in said(text)
        if fact.startswith(("cap", "fixed")) and "m2" not in fact
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the explicit counter first
        ("对企业给予补贴,单个项目最高300万元。", ["项目/-"]),
        ("单个展会支持资金最高不超过30万元。", ["活动/-"]),
        ("每家数字出版企业获得的奖励最高500万元。", ["企业/-"]),
        ("每家企业或机构最高200万元。", ["企业/-"]),
        ("对机器人产品,每台(套)给予100万元支持。", ["台套/-"]),
        ("单个主体连续支持不超过三年。其中,市级基地最高支持500万元。", ["单位/-"]),
        ("按照每培育1家给予孵化器5万元支持。", ["企业/-"]),
        ("每家最高支持1000万元。", ["企业/-"]),
        ("对产业基地,每家奖励50万元。", ["-/-"]),  # 每家 counts what 对 names
        ("一次性给予每个项目团队最高100万元。", ["-/once"]),  # a team is on no list
        ("每项给予最高50万元,每次最高20万元。", ["-/-", "-/-"]),
        ("给予企业最高500万元,收汇额每达到1000万美元给予最高2万元补助。", ["企业/-", "-/-"]),
        # a counter that an amount has used does not hold for the sum; one of a term does
        ("给予基金管理人单个项目最高100万元,累计最高1000万元。", ["项目/-", "机构/total"]),
        ("单个项目连续支持不超过3年,累计最高支持1000万元。", ["项目/total"]),
        # else the recipient that the award names: behind 给予
        ("给予数据供给方最高100万元支持。", ["单位/-"]),
        ("给予银行分行、证券分公司最高300万元奖励。", ["机构/-"]),
        ("对项目按照投入的30%给予建设方最高1000万元支持。", ["项目/-"]),  # paid for the project
        ("予以平台资金支持,最高100万元。", ["-/-"]),
        # behind 对
        ("对获得国家级奖项的企业,给予最高100万元奖励。", ["企业/-"]),
        ("对获评国家级中心、园区等的企业,最高100万元。", ["企业/-"]),
        ("对入选示范园区的机构、园区等,予以最高100万元支持。", ["机构/-"]),
        ("对企业自主研发的行业大模型,给予最高100万元支持。", ["-/-"]),
        ("对企业发生的保险等费用给予最高3万元支持。", ["企业/-"]),
        ("对主业突出,且竞争力强,具有潜力的文化企业,给予最高50万元。", ["企业/-"]),
        ("对成立行业协会,且开展验证的促进组织,给予最高50万元。", ["机构/-"]),
        ("对国际办事处等机构升级为独立法人公司的,给予10万元奖励。", ["机构/-"]),
        ("对评为市级示范企业的,奖励20万元。", ["企业/-"]),
        ("对获得市级龙头企业称号,分别奖励20万元。", ["企业/-"]),
        ("评选为功勋企业的,给予奖励20万元。", ["企业/-"]),
        ("首获文化出口重点企业或重点项目的,给予10万元奖励。", ["企业/-"]),
        ("对新建院士专家工作站给予30万元建站奖励。", ["-/-"]),
        ("对现有设备进行提升,支持企业改造,最高100万元。", ["企业/-"]),  # no award's 对
        # a headless 对 names nobody
        ("鼓励企业申报,对获得备案的,给予最高50万元。", ["-/-"]),
        # the subject, and who is backed
        ("零售企业按照总投资的50%,可给予最高100万元补助。", ["企业/-"]),
        ("企业建设运营配送中心,每年给予不超过50万元补贴。", ["企业/year"]),
        ("遴选一批早期创新项目,给予最高200万元支持。", ["项目/-"]),
        ("支持企业开展并购,给予最高200万元贴息支持。", ["企业/-"]),
        ("鼓励企业建设公共服务平台,给予最高200万元支持。", ["-/-"]),  # the thing built is supported
        ("鼓励企业协同创新,建设重点实验室,给予最高200万元。", ["-/-"]),
        # the base, where nobody else is named
        ("支持建设展厅,按照项目投资额的20%给予最高100万元。", ["项目/-"]),
        ("根据企业研发投入分档给予最高100万元支持。", ["企业/-"]),
        # carried on behind a semicolon
        ("对创新主体给予最高500万元支持;获得市级称号的给予最高200万元支持。", ["单位/-", "单位/-"]),
        ("对项目给予最高100万元支持,工业企业最高支持200万元。", ["项目/-", "企业/-"]),
        # a price is per nothing but its own unit
        ("对企业按照最高1.5元/平方米/天给予补贴。", ["-/-"]),
        ("对企业按15元/每月·每平方米给予补贴。", ["-/-"]),
        ("给予不超过3万元/家/年的补助。", ["企业/year"]),
        ("按5万元/个项目给予补助。", ["项目/-"]),
    ],
)
def test_per_and_period(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("给予一次性30万元的奖励。", "once"),
        ("给予100万元一次性奖励。", "once"),
        ("一次性给予最高50万元支持。", "once"),
        ("给予不超过50万元的一次性资金支持。", "once"),
        ("每年一次性给予50万元支持。", "year"),
        ("每年给予最高50万元支持。", "year"),
        ("首年最高400万元经费支持。", "year"),
        ("给予年度最高1500万元补助。", "year"),
        ("单个企业年度补贴金额不超过5万元。", "year"),
        ("年补助总额不超过500万元。", "year"),
        ("每年累计可给予最高500万元补助。", "year"),
        ("每年根据企业贡献情况,给予最高1000万元支持。", "year"),
        ("给予50万元/年的补贴。", "year"),
        ("累计最高支持500万元。", "total"),
        ("给予补贴,总额不超过100万元。", "total"),
        ("给予最高1000万元补助,补助资金分三个连续自然年度发放。", "total"),
        ("对首次认定的,给予最高50万元奖励。", "-"),  # 首次 is no period
        ("按照年度出口额的3%给予最高100万元支持。", "-"),  # the base's year
        ("按照融资总额的1%给予最高100万元支持。", "-"),  # the base's sum
        ("2024年支持企业最高50万元。", "-"),  # a date
        ("按30%给予最高200万元支持,连续支持不超过2年。", "-"),
    ],
)
def test_period(text: str, period: str) -> None:
    assert [fact.split("/")[1] for fact in terms(text)] == [period]


def test_once_holds_for_what_the_sentence_goes_on_to_grant() -> None:
    assert terms("对企业按比例给予一次性补助,投入5000万元以内的,按3%给予最高150万元补助。") == ["企业/once"]
    assert terms("一次性给予研发企业最高50万元支持;工业大模型最高支持60万元。") == ["企业/once", "企业/once"]
    assert terms("对企业一次性给予最高30万元支持;对项目给予最高100万元支持。") == ["企业/once", "项目/-"]


def test_what_stands_behind_a_comma_of_a_list_belongs_to_the_next_item() -> None:
    assert terms("对企业,给予奖励100万元、一次性补助50万元。") == ["企业/-", "企业/once"]


def test_a_list_takes_the_term_behind_its_last_item() -> None:
    assert terms("对企业,予以国际奖200万元、国内奖50万元的一次性奖励。") == ["企业/once", "企业/once"]
