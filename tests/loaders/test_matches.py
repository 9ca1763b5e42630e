"""Level matches (配套): what makes a sentence one, which level, at which rate and cap; and what is none."""

from __future__ import annotations

import re

import pytest

from loaders.amounts import ClauseAmounts
from loaders.lexicon import read_lexicon
from loaders.matches import _words, extract_matches
from loaders.plain import PlainView
from loaders.record import Benefit, LevelMatch
from tests.loaders.passages import article

UNITS = {"万元": 10_000, "亿元": 100_000_000}


def amounts(view: PlainView, quotes: str) -> list[ClauseAmounts]:
    """Benefits made by hand: "50% 1:0.5 最高100万元" are a rate, a ratio and a cap, at their places in order."""
    found, at = ClauseAmounts(), 0
    for quote in quotes.split():
        at = view.text.index(quote, at)
        span = (at, at + len(quote))
        at += 1
        if quote.endswith("%"):
            found.benefits.append(
                Benefit(span=span, kind="rate", value=float(quote[:-1]) / 100, unit="share")
            )
        elif quote.startswith("1:"):
            found.benefits.append(Benefit(span=span, kind="ratio", value=float(quote[2:]), unit="share"))
        else:
            value = float(re.sub(r"[^\d.]", "", quote)) * UNITS[quote[-2:]]
            found.benefits.append(Benefit(span=span, kind="cap", value=value, unit="CNY"))
    return [found]


def matches(text: str, quotes: str = "", level: str | None = "district") -> list[LevelMatch]:
    view = article(text)
    return extract_matches(view, amounts(view, quotes), level)[0]


def summary(found: list[LevelMatch]) -> list[tuple[str, float | None, float | None]]:
    return [(match.level, match.rate, match.cap) for match in found]


NAT, PRO, MUN = "national", "provincial", "municipal"


@pytest.mark.parametrize(
    ("text", "quotes", "expected"),
    [
        # --- a share of the upper money
        ("经认定,按照市级支持资金30%予以补助,最高50万元。", "30% 最高50万元", [(MUN, 0.3, 5e5)]),
        ("对参与交易的企业，按市级奖励的50%给予配套支持。", "50%", [(MUN, 0.5, None)]),
        ("对项目实施主体按照市级支持资金最高给予1:1配套支持。", "1:1", [(MUN, 1.0, None)]),
        ("市级财政已给予补助的，区级财政按照市级补助标准的50%配套补助。", "50%", [(MUN, 0.5, None)]),
        ("对经市认定的孵化器，按照市级奖励额度1:1给予配套奖励。", "1:1", [(MUN, 1.0, None)]),
        ("区财政给予省级补助资金同等额度配套。", "", [(PRO, 1.0, None)]),
        # --- the ratio first, the money behind it; money that has arrived
        ("区财政按1:1配套市级补助资金。", "1:1", [(MUN, 1.0, None)]),
        ("市级奖励资金到账后，区级按50%的比例予以配套。", "50%", [(MUN, 0.5, None)]),
        ("对争取到中央预算内投资的项目，按到位资金的2%给予奖励。", "2%", [(NAT, 0.02, None)]),
        # --- an autonomous region is a province
        (
            "对获得国家、自治区、市级技改资金的项目，按上级资金的10%、5%、3%给予配套。",
            "10% 5% 3%",
            [(NAT, 0.1, None), (PRO, 0.05, None), (MUN, 0.03, None)],
        ),
        # --- what is paid, and the measure of the share, are one match
        (
            "对获得市科技专项资助的单位，按照获得市级资助金额最高60%给予资助。",
            "60%",
            [(MUN, 0.6, None)],
        ),
        # --- short words for what a level pays out; the quote of the ratio begins in front of them
        ("最高按照国拨经费给予1:1配套支持。", "1:1", [(NAT, 1.0, None)]),
        ("按省拨经费的50%给予配套。", "50%", [(PRO, 0.5, None)]),
        # --- 上级 means the levels named in front of it in the sentence
        (
            "对获评国家级、省级孵化器的,按上级奖励额的50%给予配套。",
            "50%",
            [(NAT, 0.5, None), (PRO, 0.5, None)],
        ),
        # --- the upper level has paid
        ("获得市级奖励的总部企业，按照市级政策的规定，区级配套30%的补助资金。", "30%", [(MUN, 0.3, None)]),
        ("对获得首都标准化战略补助资金的单位给予1:1配套资金支持。", "1:1", [(MUN, 1.0, None)]),
        (
            "对获得广东省企业技术改造资金奖励的项目，按省级奖励金额的30%给予配套，单个企业最高500万元。",
            "30% 最高500万元",
            [(PRO, 0.3, 5e6)],
        ),
        ("对获得中央外经贸发展专项资金支持的企业，按中央资金的50%给予支持。", "50%", [(NAT, 0.5, None)]),
        (
            "对获深圳市工业和信息化局技术改造倍增专项资助的企业，按市级资助额的30%给予资助。",
            "30%",
            [(MUN, 0.3, None)],
        ),
        (
            "企业因技术改造获得的市级贴息支持，区财政给予全额配套。",
            "",
            [(MUN, 1.0, None)],
        ),  # 全额 is all of it
        # --- no share: the rate stays open, the cap is the sentence's
        ("对获得北京市创赢未来项目奖励的，最高给予50万元一次性支持。", "50万元", [(MUN, None, 5e5)]),
        ("对获得市政府固定资产投资支持的项目，给予最高300万元配套支持。", "最高300万元", [(MUN, None, 3e6)]),
        ("对获得市级政府投资基金支持的企业，区级基金优先予以支持。", "", [(MUN, None, None)]),
        # --- one for each level named
        (
            "对获得国家或北京市资金奖励的企业，给予最高100万元资金支持。",
            "最高100万元",
            [(NAT, None, 1e6), (MUN, None, 1e6)],
        ),
        (
            "在享受省、市首台（套）奖励的基础上，区财政再给予50％的配套奖励。",
            "50%",
            [(PRO, 0.5, None), (MUN, 0.5, None)],
        ),
        # … each at its own rate where as many rates as levels stand in a row
        (
            "对承担国家、北京市重点课题的企业，分别按照不超过国家、北京市支持资金的20%、10%，给予最高200万元区级资金配套。",
            "20% 10% 最高200万元",
            [(NAT, 0.2, 2e6), (MUN, 0.1, 2e6)],
        ),
        (
            "对新获国家、省、市科技计划项目立项的企业，按资助金额的100%、50%、30%给予配套资助。",
            "100% 50% 30%",
            [(NAT, 1.0, None), (PRO, 0.5, None), (MUN, 0.3, None)],
        ),
        # … and the first fund's level is known from the lexicon
        (
            "获得网络视听精品扶持专项基金、北京广播电视网络视听发展基金项目资助的作品，按照1:0.5给予配套支持。",
            "1:0.5",
            [(NAT, 0.5, None), (MUN, 0.5, None)],
        ),
        # --- a project of the upper level, paid in proportion
        ("对入选国家级重点项目的，按照项目支持资金30%予以补助。", "30%", [(NAT, 0.3, None)]),
        (
            "列入浙江省“尖兵”“领雁”研发攻关计划的项目，按照实际到账经费的20%予以资助。",
            "20%",
            [(PRO, 0.2, None)],
        ),
        ("对获得市级新智造100项目的企业给予最高50%的配套支持。", "50%", [(MUN, 0.5, None)]),
        ("对出资参与北京市自然科学基金丰台联合基金的企业，区级给予资金配套。", "", [(MUN, None, None)]),
        # --- a rule of the upper level, paid in proportion
        ("根据《北京市推动演艺高质量发展支持办法》按照1:0.5给予配套支持。", "1:0.5", [(MUN, 0.5, None)]),
        # --- on top of it, or because it is asked for
        ("首次取得认证的，在北京市支持基础上，额外补助认证费的30%。", "30%", [(MUN, 0.3, None)]),
        ("国家有明确资金配套要求的，本资金可予以配套支持。", "", [(NAT, None, None)]),
        # --- 上级 is the level above the policy's own
        ("对获得上级扶持资金的会展项目，按上级扶持资金的50%给予配套。", "50%", [(MUN, 0.5, None)]),
    ],
)
def test_reads_level_rate_and_cap(
    text: str, quotes: str, expected: list[tuple[str, float | None, float | None]]
) -> None:
    assert summary(matches(text, quotes)) == expected


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("获得国家、省扶持资金的，市级财政给予的扶持不受此限。", ""),  # allows both, pays nothing on it
        # a title of the upper level is an honor, not its money
        ("对获评国家级、省级工业设计中心的，分别给予100万元、50万元奖励。", ""),
        ("对首次认定为国家级专精特新“小巨人”企业的，给予一次性奖励50万元。", ""),
        ("按照市级绿色绩效评价标准，对评定为绿色标杆的企业给予30万元奖励。", ""),
        # the money was not paid, is only hoped for, or is promised by others
        ("对未获得市级首店政策资金支持的企业，给予最高100万元补助。", "最高100万元"),
        ("鼓励企业积极争取国家和省级资金支持，给予申报辅导。", ""),
        ("符合市级政策规定的，可同时申报享受市、区两级政策支持。", ""),
        # upper money that shuts this money out
        ("已获得国家、省、市同类资金支持的项目，不再重复享受本政策。", ""),
        ("按就高不重复原则执行，已获上级资金扶持且上级明确要求区级配套的除外。", ""),
        # 配套 that is no money, or no upper level's
        ("支持企业完善产业链供应链配套，对本地配套率超过30%的给予最高100万元奖励。", "最高100万元"),
        ("对原创动画作品，按其在电视台的销售额，给予1:0.5配套支持。", "1:0.5"),
        # a share of something else
        ("按照不超过项目总投资的30%给予最高500万元支持。", "30% 最高500万元"),
        ("市、区两级财政按照1:1比例分担。", "1:1"),
    ],
)
def test_what_is_no_match(text: str, quotes: str) -> None:
    assert matches(text, quotes) == []


@pytest.mark.parametrize(
    ("level", "levels"),
    [
        ("district", [NAT, PRO, MUN]),
        ("municipal", [NAT, PRO]),
        ("provincial", [NAT]),
        ("national", []),
        (None, [NAT, PRO, MUN]),  # a level that is not known shuts nothing out
    ],
)
def test_only_levels_above_the_policys_own_match(level: str | None, levels: list[str]) -> None:
    found = matches("对获得国家、省、市专项资金支持的项目，给予1:1配套。", "1:1", level)
    assert [match.level for match in found] == levels


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("对获得市级奖励的企业，按市级奖励的50%给予配套。", []),  # its own
        ("对获得苏州市级奖励的企业，按苏州市级奖励的50%给予配套。", [MUN]),  # its upper city's
        ("对获得省、市级专项资金的企业，按上级资金的50%给予配套。", [PRO]),
    ],
)
def test_a_city_of_the_district_level_calls_itself_the_city(text: str, levels: list[str]) -> None:
    view = article(text)
    found = extract_matches(view, amounts(view, "50%"), "district", is_city=True)[0]
    assert [match.level for match in found] == levels


def test_above_means_the_levels_that_the_passage_listed() -> None:
    text = (
        "扶持范围:各级部门认定的国家、省、市级重点实验室等创新平台。"
        "扶持标准:按不超过上级部门资助金额的50%给予配套扶持。"
    )
    assert summary(matches(text, "50%")) == [(NAT, 0.5, None), (PRO, 0.5, None), (MUN, 0.5, None)]


def test_two_funds_of_one_sentence_each_have_their_rate() -> None:
    found = matches("获得国家级资助的项目按1:1给予配套，获得省级资助的项目按1:0.5给予配套。", "1:1 1:0.5")
    assert summary(found) == [(NAT, 1.0, None), (PRO, 0.5, None)]


def test_a_cap_may_stand_in_the_next_sentence_where_that_only_limits() -> None:
    text = "对获得市级首批次支持的企业，按照不超过市级资金的50%给予配套支持。单个企业每年最高支持300万元。"
    assert summary(matches(text, "50% 300万元")) == [(MUN, 0.5, 3e6)]
    text = "对获得市级首批次支持的企业，按照不超过市级资金的50%给予配套支持。对首用企业给予最高300万元。"
    assert summary(matches(text, "50% 最高300万元")) == [(MUN, 0.5, None)]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (
            "对已获得国家级、市级平台建设支持的，按照国家级、市级支持资金的30%予以补贴。",
            ["国家级平台建设支持", "市级平台建设支持"],
        ),
        (
            "对获得中央宣传文化发展专项资金、北京宣传文化引导基金等支持的项目，按照1:0.5给予配套支持。",
            ["中央宣传文化发展专项资金", "北京宣传文化引导基金"],
        ),
        (
            "对获得《关于促进北京市游戏电竞行业高质量发展的支持办法（暂行）》奖励的项目，给予配套支持。",
            ["关于促进北京市游戏电竞行业高质量发展的支持办法(暂行)"],
        ),
        (
            "对承担国家、北京市重大科技攻关任务的企业，给予1:1资金配套。",
            ["国家重大科技攻关任务", "北京市重大科技攻关任务"],
        ),
    ],
)
def test_names_what_is_matched(text: str, targets: list[str]) -> None:
    assert [match.target for match in matches(text)] == targets


def test_the_span_runs_from_the_upper_money_to_the_rate() -> None:
    text = "经评定，对获得市级技改奖励的项目按照奖励金额的30%给予支持，用于再投资。"
    view = article(text)
    (match,) = extract_matches(view, amounts(view, "30%"), "district")[0]
    assert view.text[slice(*match.span)] == "获得市级技改奖励的项目按照奖励金额的30%"


def patterns() -> list[tuple[str, dict[str, object]]]:
    lexicon = read_lexicon("matches")
    return [
        (key, entry)
        for key, value in lexicon.items()
        if isinstance(value, list)
        for entry in value
        if isinstance(entry, dict) and "pattern" in entry
    ]


@pytest.mark.parametrize(("key", "entry"), patterns())
def test_every_pattern_finds_its_examples_and_none_of_its_counterexamples(
    key: str, entry: dict[str, list[str]]
) -> None:
    pattern = _words().patterns[key]
    assert [text for text in entry["examples"] if not pattern.search(text)] == []
    assert [text for text in entry["counterexamples"] if pattern.search(text)] == []


def test_level_words_inside_other_words_are_none() -> None:
    for text in ("上市企业", "开拓国内市场", "节省成本", "省会", "城市更新"):
        assert _words().level.search(text) is None
    assert [m[0] for m in _words().level.finditer("国家级、江苏省、苏州市级、区级")] == [
        "国家级",
        "江苏省",
        "苏州市级",
    ]


def test_funds_have_a_level_and_a_source() -> None:
    for fund in read_lexicon("matches")["funds"]:
        assert fund["level"] in (NAT, PRO, MUN)
        assert fund["source"]
