"""How the benefits of a clause belong together: real sentences of the bundled corpus and sentences in the style of other cities.

A clause is written with its benefits marked in the order of the text: kind and value; the figure is found in the text.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from data import LEXICONS
from queries.clauses import Benefit, ClauseFacts, ClauseRef, Threshold
from queries.offer import Offer
from queries.offers import read_offers
from queries.states import PolicyState
from queries.wording import find_figure, fold, pattern, topic_pairs

W = 10_000.0
REF = ClauseRef(
    "clause-1",
    "990101",
    "甲区",
    "district",
    "policy-1",
    "措施",
    PolicyState.IN_FORCE,
    ("第一条",),
    None,
    "a.txt",
)
UNITS = {"rate": "share", "ratio": "share", "area": "m2", "years": "year"}


def facts(
    text: str, *benefits: tuple[str, float], thresholds: tuple[tuple[float, str], ...] = ()
) -> ClauseFacts:
    """A clause whose benefits stand in the order of the text."""
    read: list[Benefit] = []
    for kind, value in benefits:
        start, end = _place(text, read[-1].end if read else 0, kind, value)
        read.append(Benefit(kind, value, UNITS.get(kind, "CNY"), None, None, text[start:end], start, end))
    conditions = tuple(
        Threshold(value, "CNY", quote, text.index(quote), text.index(quote) + len(quote))
        for value, quote in thresholds
    )
    return ClauseFacts(REF, text, tuple(read), conditions)


def _place(text: str, begin: int, kind: str, value: float) -> tuple[int, int]:
    """Where the figure next stands in the text."""
    for start in range(begin, len(text)):
        found = find_figure(fold(text)[start : start + 14], value, kind)
        if found is not None and found[0] == 0:
            return start, start + found[1]
    raise LookupError(f"{kind} {value} is not in {text}")


def told(offer: Offer) -> tuple[Any, ...]:
    """Label, share, base, fixed, caps, years of an offer."""
    return offer.label, offer.share, offer.base, offer.fixed, tuple(c.value for c in offer.caps), offer.years


CASES: list[tuple[str, list[tuple[str, float]], list[tuple[Any, ...]]]] = [
    (
        # 004 第一条: a variant for which share, cap and term are raised
        "按照购买或租用算力实际投入的20%给予最高200万元支持,连续支持不超过2年;工业智能企业支持比例、资金和时间上限提高至30%、300万元、3年。",
        [("rate", 0.2), ("cap", 200 * W), ("years", 2), ("rate", 0.3), ("cap", 300 * W), ("years", 3)],
        [
            ("", 0.2, "购买或租用算力实际投入", None, (200 * W,), 2),
            ("工业智能企业", 0.3, "购买或租用算力实际投入", None, (300 * W,), 3),
        ],
    ),
    (
        # 004 第六条(3): another cap for one kind of project
        "对获得市级首台(套)项目补贴的企业,按照不超过市级补贴资金的30%给予最高100万元支持,工业智能项目最高支持200万元。",
        [("rate", 0.3), ("cap", 100 * W), ("cap", 200 * W)],
        [
            ("获得市级首台(套)项目补贴的企业", 0.3, "市级补贴资金", None, (100 * W,), None),
            ("工业智能项目", 0.3, "市级补贴资金", None, (200 * W,), None),
        ],
    ),
    (
        # 001-17 第六条: one cap for each member of a list
        "最高按照采购服务合同总金额的30%给予支持,单个企业年度模型券和算力券补贴金额分别不超过30万元和50万元。",
        [("rate", 0.3), ("cap", 30 * W), ("cap", 50 * W)],
        [
            ("模型券", 0.3, "采购服务合同总金额", None, (30 * W,), None),
            ("算力券", 0.3, "采购服务合同总金额", None, (50 * W,), None),
        ],
    ),
    (
        # 001-14 第一条: the cap stands in front of the share
        "对承担国家、北京市重大科技攻关任务的企业项目,经评审认定,给予最高3000万元的1:1资金配套支持。",
        [("cap", 3000 * W), ("ratio", 1.0)],
        [("承担国家、北京市重大科技攻关任务的企业项目", 1.0, "", None, (3000 * W,), None)],
    ),
    (
        # 001-18 5: so too, with a limit of its own for one contract
        "对中小企业购买算力服务费用给予补贴,每家企业每年补贴金额不超过100万元,单笔补贴支付额不超过同一服务合同实际发生金额的50%。",
        [("cap", 100 * W), ("rate", 0.5)],
        [("中小企业购买算力服务费用给予补贴", 0.5, "同一服务合同实际发生金额", None, (100 * W,), None)],
    ),
    (
        # 001-09 第九条: the share behind the cap is another film's
        "对票房前10名的电影作品给予最高500万元资金支持,其余优秀作品按照不超过项目实际投资额的20%给予最高200万元资金支持。",
        [("cap", 500 * W), ("rate", 0.2), ("cap", 200 * W)],
        [
            ("票房前10名的电影作品", None, "", None, (500 * W,), None),
            ("其余优秀作品", 0.2, "项目实际投资额", None, (200 * W,), None),
        ],
    ),
    (
        # 001-05 第四条1: two caps, each with its own subject
        "根据市级支持额度,区级最高按1:0.5比例予以补助,零售领域单个首店可给予最高250万元补助,餐饮领域单个首店可给予最高25万元补助;",
        [("ratio", 0.5), ("cap", 250 * W), ("cap", 25 * W)],
        [
            ("零售领域单个首店", 0.5, "市级支持额度", None, (250 * W,), None),
            ("餐饮领域单个首店", 0.5, "市级支持额度", None, (25 * W,), None),
        ],
    ),
    (
        # 001-13 第四条: two shares of one purchase, and one cap for both
        "按照采购投入,分别给予场景方、机器人企业30%、20%的补贴,单个项目共计支持不超过500万元。",
        [("rate", 0.3), ("rate", 0.2), ("cap", 500 * W)],
        [
            ("场景方", 0.3, "采购投入", None, (500 * W,), None),
            ("机器人企业", 0.2, "采购投入", None, (500 * W,), None),
        ],
    ),
    (
        # 001-19 第五条: a sentence of its own limits both supports before it
        "对首台(套)装备,按照不超过合同交易总金额的30%给予支持。同时,对获得市级首批次支持的企业,按照不超过市级资金的50%给予配套支持。单个企业每年最高支持300万元。",
        [("rate", 0.3), ("rate", 0.5), ("cap", 300 * W)],
        [
            ("首台(套)装备", 0.3, "合同交易总金额", None, (300 * W,), None),
            ("获得市级首批次支持的企业", 0.5, "市级资金", None, (300 * W,), None),
        ],
    ),
    (
        # 001-01 第六条: a row with the names inside it
        "根据证书等级按照2级15万元、3级20万元、4级25万元、5级30万元的标准予以一次性资金支持。",
        [("fixed", 15 * W), ("fixed", 20 * W), ("fixed", 25 * W), ("fixed", 30 * W)],
        [
            ("2级", None, "", 15 * W, (), None),
            ("3级", None, "", 20 * W, (), None),
            ("4级", None, "", 25 * W, (), None),
            ("5级", None, "", 30 * W, (), None),
        ],
    ),
    (
        # 004 第五条(1): tiers by a list, raised for one kind of firm
        "对主营业务收入首次达到1亿元、5000万元和首次达规的企业,分别一次性给予最高30万元、20万元、10万元支持;工业智能企业每档支持资金提高10万元。",
        [("cap", 30 * W), ("cap", 20 * W), ("cap", 10 * W), ("uplift", 10 * W)],
        [
            ("主营业务收入首次达到1亿元", None, "", None, (30 * W,), None),
            ("5000万元", None, "", None, (20 * W,), None),
            ("首次达规", None, "", None, (10 * W,), None),
            ("工业智能企业(主营业务收入首次达到1亿元)", None, "", None, (40 * W,), None),
            ("工业智能企业(5000万元)", None, "", None, (30 * W,), None),
            ("工业智能企业(首次达规)", None, "", None, (20 * W,), None),
        ],
    ),
    (
        # 001-16 一(一): tiers in parts of a sentence
        "研发费用在5000万元(含)以内的,按3%给予最高150万元补助;50亿元以上的,按15%给予补助。",
        [("rate", 0.03), ("cap", 150 * W), ("rate", 0.15)],
        [
            ("研发费用在5000万元(含)以内", 0.03, "", None, (150 * W,), None),
            ("50亿元以上", 0.15, "", None, (), None),
        ],
    ),
    # --- in the style of other cities, full-width punctuation as they print it
    (
        "对获得国家科技重大专项立项的单位\uff0c按国家实际到账经费的50%给予配套\uff0c最高不超过1000万元\u3002",
        [("rate", 0.5), ("cap", 1000 * W)],
        [("获得国家科技重大专项立项的单位", 0.5, "国家实际到账经费", None, (1000 * W,), None)],
    ),
    (
        "对首次认定的省级、市级企业技术中心\uff0c分别给予50万元、20万元一次性奖励\u3002",
        [("fixed", 50 * W), ("fixed", 20 * W)],
        [
            ("首次认定的省级", None, "", 50 * W, (), None),
            ("市级企业技术中心", None, "", 20 * W, (), None),
        ],
    ),
    (
        "对企业租用算力服务的\uff0c按实际支付费用的25\uff05给予补助\uff0c单个企业每年最高300万元\uff0c连续补助不超过3年\u3002",
        [("rate", 0.25), ("cap", 300 * W), ("years", 3)],
        [("企业租用算力服务", 0.25, "实际支付费用", None, (300 * W,), 3)],
    ),
    (
        "给予不超过设备投资额15%的补贴\uff0c单个项目最高500万元\uff1b其中属于专精特新企业的\uff0c补贴比例提高至20%\u3002",
        [("rate", 0.15), ("cap", 500 * W), ("rate", 0.2)],
        [
            ("", 0.15, "设备投资额", None, (500 * W,), None),
            ("属于专精特新企业", 0.2, "设备投资额", None, (), None),
        ],
    ),
    (
        "对新引进的总部企业\uff0c给予最高3000万元落户奖励\uff0c分三年按40%、30%、30%的比例拨付\u3002",
        [("cap", 3000 * W)],
        [("新引进的总部企业", None, "", None, (3000 * W,), None)],
    ),
    (
        "获得市级资助的项目\uff0c区财政按1:1给予配套资助\uff0c每家企业累计不超过200万元\u3002",
        [("ratio", 1.0), ("cap", 200 * W)],
        [("获得市级资助的项目", 1.0, "", None, (200 * W,), None)],
    ),
]


CASES += [
    (
        # a row of shares and a row of caps
        "【项目配套】对获得国家、省、市科技重大专项立项的项目\uff0c按上级资助资金的100%、70%、50%给予配套\uff0c单个项目最高分别不超过1000万元、500万元、300万元\u3002",
        [("rate", 1.0), ("rate", 0.7), ("rate", 0.5), ("cap", 1000 * W), ("cap", 500 * W), ("cap", 300 * W)],
        [
            ("获得国家", 1.0, "上级资助资金", None, (1000 * W,), None),
            ("省", 0.7, "上级资助资金", None, (500 * W,), None),
            ("市科技重大专项立项的项目", 0.5, "上级资助资金", None, (300 * W,), None),
        ],
    ),
    (
        # ∶ is no colon
        "对获得省首台\uff08套\uff09认定的产品\uff0c按照省级奖励金额1\u22361给予配套奖励\uff0c最高500万元\u3002",
        [("ratio", 1.0), ("cap", 500 * W)],
        [("获得省首台(套)认定的产品", 1.0, "省级奖励金额", None, (500 * W,), None)],
    ),
    (
        "按不超过利息总额50%的比例给予贴息\uff0c单个企业每年贴息最高200万元\uff0c其中属于高新技术企业的\uff0c最高300万元\u3002",
        [("rate", 0.5), ("cap", 200 * W), ("cap", 300 * W)],
        [
            ("", 0.5, "利息总额", None, (200 * W,), None),
            ("高新技术企业", 0.5, "利息总额", None, (300 * W,), None),
        ],
    ),
    (
        "对展位费给予80%补贴\uff0c单次展会最高补贴20万元\uff0c每家企业每年累计不超过100万元\u3002",
        [("rate", 0.8), ("cap", 20 * W), ("cap", 100 * W)],
        [("展位费", 0.8, "展位费", None, (20 * W, 100 * W), None)],
    ),
    (
        "对年度营业收入首次突破1亿元、5亿元、10亿元的企业\uff0c分别奖励50万元、100万元、200万元\u3002",
        [("fixed", 50 * W), ("fixed", 100 * W), ("fixed", 200 * W)],
        [
            ("年度营业收入首次突破1亿元", None, "", 50 * W, (), None),
            ("5亿元", None, "", 100 * W, (), None),
            ("10亿元", None, "", 200 * W, (), None),
        ],
    ),
    (
        "对购买数据产品的企业\uff0c按实际采购金额的20%给予补助\uff0c最高100万元\uff1b采购区内企业产品的\uff0c补助比例提高到30%\uff0c最高150万元\u3002",
        [("rate", 0.2), ("cap", 100 * W), ("rate", 0.3), ("cap", 150 * W)],
        [
            ("购买数据产品的企业", 0.2, "实际采购金额", None, (100 * W,), None),
            ("采购区内企业产品", 0.3, "实际采购金额", None, (150 * W,), None),
        ],
    ),
    (
        "对牵头单位\uff0c按国拨经费的20%给予配套\uff0c最高1000万元\uff1b参与单位按国拨经费的10%给予配套\uff0c最高300万元\u3002",
        [("rate", 0.2), ("cap", 1000 * W), ("rate", 0.1), ("cap", 300 * W)],
        [
            ("牵头单位", 0.2, "国拨经费", None, (1000 * W,), None),
            ("参与单位", 0.1, "国拨经费", None, (300 * W,), None),
        ],
    ),
    (
        "按照项目投入的30%\uff0c给予场景建设单位最高不超过200万元、技术提供单位最高不超过100万元补助\u3002",
        [("rate", 0.3), ("cap", 200 * W), ("cap", 100 * W)],
        [
            ("", 0.3, "项目投入", None, (200 * W,), None),
            ("技术提供单位", 0.3, "项目投入", None, (100 * W,), None),
        ],
    ),
    (
        "对企业贷款给予贴息\uff0c贴息比例为贷款实际利率的50%\uff0c年贴息额不超过100万元\uff0c贴息期限不超过2年\u3002",
        [("rate", 0.5), ("cap", 100 * W), ("years", 2)],
        [("企业贷款给予贴息", 0.5, "贷款实际利率", None, (100 * W,), 2)],
    ),
    (
        "对通过CMMI三级、四级、五级认证的企业\uff0c分别给予10万元、20万元、30万元奖励\u3002",
        [("fixed", 10 * W), ("fixed", 20 * W), ("fixed", 30 * W)],
        [
            ("通过CMMI三级", None, "", 10 * W, (), None),
            ("四级", None, "", 20 * W, (), None),
            ("五级认证", None, "", 30 * W, (), None),
        ],
    ),
    (
        # a range is one support
        "对新设立的研发机构\uff0c根据投资规模给予500万元至1000万元的资助\u3002",
        [("fixed", 500 * W), ("fixed", 1000 * W)],
        [
            ("新设立的研发机构", None, "", 500 * W, (), None),
            ("", None, "", 1000 * W, (), None),
        ],
    ),
    (
        "对企业引进的博士每人给予5万元补贴\uff0c每家企业每年不超过50万元\u3002",
        [("fixed", 5 * W), ("cap", 50 * W)],
        [("企业引进的博士每人", None, "", 5 * W, (50 * W,), None)],
    ),
]


@pytest.mark.parametrize(("text", "benefits", "wanted"), CASES, ids=[str(i) for i in range(len(CASES))])
def test_reads_offers(text: str, benefits: list[tuple[str, float]], wanted: list[tuple[Any, ...]]) -> None:
    assert [told(offer) for offer in read_offers(facts(text, *benefits))] == wanted


def test_a_share_of_upper_money_is_told_from_a_share_of_a_cost() -> None:
    [match] = read_offers(facts("按照不超过市级补贴资金的30%给予支持。", ("rate", 0.3)))
    [cost] = read_offers(facts("按照不超过项目总投资的30%给予支持。", ("rate", 0.3)))
    assert (match.of_upper_money, cost.of_upper_money) == (True, False)


def test_tiers_of_one_award_are_one_family() -> None:
    text = "实收资本1亿元以上的,给予资金支持250万元;5亿元以上的,给予资金支持500万元。对上市公司,给予资金支持100万元。"
    clause = facts(
        text,
        ("fixed", 250 * W),
        ("fixed", 500 * W),
        ("fixed", 100 * W),
        thresholds=((1e8, "1亿元以上"), (5e8, "5亿元以上")),
    )
    families = [offer.family for offer in read_offers(clause)]
    assert families[0] == families[1] != families[2]


def test_a_range_is_one_family() -> None:
    clause = facts("给予500万元至1000万元的资助。", ("fixed", 500 * W), ("fixed", 1000 * W))
    assert len({offer.family for offer in read_offers(clause)}) == 1


def test_a_rent_by_the_square_metre_is_no_sum() -> None:
    [offer] = read_offers(
        facts("按每平方米每月30元的标准给予租金补贴,最高100万元。", ("fixed", 30.0), ("cap", 100 * W))
    )
    assert (offer.unit, offer.cap) == ("CNY/m2", 100 * W)


def test_a_limit_for_all_is_marked_joint() -> None:
    text = "对利息给予20%的支持,每家企业最高100万元;对担保费给予10%的支持。同一企业合计最高150万元。"
    offers = read_offers(facts(text, ("rate", 0.2), ("cap", 100 * W), ("rate", 0.1), ("cap", 150 * W)))
    assert [[(cap.value, cap.joint) for cap in offer.caps] for offer in offers] == [
        [(100 * W, False), (150 * W, True)],
        [(150 * W, True)],
    ]


def test_reads_instalments_and_floor() -> None:
    paid = "补助资金分三个自然年度发放,每年比例为40%、30%、30%,给予最高1000万元补助。"
    [offer] = read_offers(facts(paid, ("cap", 1000 * W)))
    assert offer.instalments == (0.4, 0.3, 0.3)
    [offer] = read_offers(
        facts("按投资额的10%给予补助,给予不低于20万元、最高100万元的补助。", ("rate", 0.1), ("cap", 100 * W))
    )
    assert offer.floor == 20 * W


def test_money_for_each_square_metre_is_no_sum() -> None:
    [offer] = read_offers(facts("按照最高1.5元/平方米/天,给予支持。", ("cap", 1.5)))
    assert offer.cap is None
    assert offer.caps[0].unit == "CNY/m2"


def test_a_clause_that_grants_nothing_has_no_offers() -> None:
    assert read_offers(facts("鼓励企业参与标准制定。")) == []


def _entries() -> list[tuple[str, dict[str, Any]]]:
    content = yaml.safe_load((LEXICONS / "offers.yaml").read_text(encoding="utf-8"))
    return [(key, entry) for key, entries in content.items() if key != "generic" for entry in entries]


@pytest.mark.parametrize(
    ("key", "entry"), _entries(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_pattern_finds_its_examples_and_no_counter_example(key: str, entry: dict[str, Any]) -> None:
    assert entry["source"]
    for example in entry["examples"]:
        assert pattern(key).search(example), example
    for example in entry["counter_examples"]:
        assert not pattern(key).search(example), example


def test_generic_pairs_are_sorted_and_say_nothing_of_a_topic() -> None:
    content = yaml.safe_load((LEXICONS / "offers.yaml").read_text(encoding="utf-8"))
    assert content["generic"] == sorted(content["generic"])
    assert topic_pairs("算力租用与算力券") == {"算力", "力租", "租用", "力券"}
    assert topic_pairs("共性技术、中试与公共服务平台") == {"共性", "性技", "中试", "共服", "务平"}
