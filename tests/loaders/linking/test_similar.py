"""Alike support in two districts, and the same support twice in one."""

from __future__ import annotations

from tests.loaders.linking.links import graph_of, links
from tests.loaders.records import clause, policy

VOUCHER = "每年发放1亿元数据券,支持企业采购数据集、数据接口等数据产品,按照年度数据交易金额的10%给予采购主体数据券补贴,最高100万元。"
OTHER = "支持数据交易,对购买数据产品的企业按交易额的5%给予数据券补贴,最高50万元。"


def one_clause(title: str, place: str, text: str, topics: str = "data-trading", **more: object):  # type: ignore[no-untyped-def]
    benefits = {"10%": ("rate", 0.1), "100万元": ("cap", 1e6)} if "10%" in text else {"给予": ("cap", 5e5)}
    return policy(title, place, clause("第一条", text, topics=topics, benefits=benefits, **more))  # type: ignore[arg-type]


def test_the_same_words_in_two_policies_of_one_district_are_a_duplicate() -> None:
    graph = graph_of(one_clause("甲", "东城区", VOUCHER), one_clause("乙", "东城区", VOUCHER))
    ((ends, edge),) = links(graph, "SIMILAR_TO").items()
    assert set(ends) == {"甲 第一条", "乙 第一条"}
    assert edge["duplicate"] is True
    assert edge["topic"] == "data-trading"
    assert edge["score"] > 0.5


def test_the_same_words_in_two_districts_are_similar_and_no_duplicate() -> None:
    graph = graph_of(one_clause("甲", "东城区", VOUCHER), one_clause("乙", "西城区", VOUCHER))
    (edge,) = links(graph, "SIMILAR_TO").values()
    assert edge["duplicate"] is False


def test_an_equal_amount_for_one_matter_is_a_duplicate_in_other_words_too() -> None:
    alike = one_clause("甲", "东城区", "对数据交易给予100万元,比例10%。")
    graph = graph_of(alike, one_clause("乙", "东城区", VOUCHER))
    (edge,) = links(graph, "SIMILAR_TO").values()
    assert edge["duplicate"] is True
    assert "2项数额相同" in edge["why"]


def test_the_same_honor_rewarded_twice_is_a_duplicate() -> None:
    texts = ("对获评国家级制造业创新中心的企业,给予奖励。", "国家级制造业创新中心落户的,给予补助。")
    made = [
        one_clause(title, "海淀区", text, "innovation-platform", honors=("国家级制造业创新中心",))
        for title, text in zip(("甲", "乙"), texts, strict=True)
    ]
    (edge,) = links(graph_of(*made), "SIMILAR_TO").values()
    assert edge["duplicate"] is True


def test_one_policy_and_two_levels_are_not_compared() -> None:
    twice = clause("第一条", VOUCHER, topics="data-trading"), clause("第二条", VOUCHER, topics="data-trading")
    within = policy("甲", "东城区", *twice)
    city = policy("市办法", "北京市", clause("第一条", VOUCHER, topics="data-trading"), level="municipal")
    assert not links(graph_of(within, city), "SIMILAR_TO")


def test_clauses_without_a_common_topic_are_not_similar() -> None:
    made = one_clause("甲", "东城区", VOUCHER), one_clause("乙", "西城区", OTHER, "events")
    assert not links(graph_of(*made), "SIMILAR_TO")


def test_a_guide_that_repeats_the_regulation_it_carries_out_is_no_duplicate() -> None:
    cites = ({"title": "乙办法", "quote": "乙办法", "role": "implements"},)
    one = clause("第一条", VOUCHER, topics="data-trading")
    guide = policy(
        "甲指南", "北京市", one, clause("第二条", "按《乙办法》执行。"), level="municipal", cites=cites
    )
    regulation = policy("乙办法", "北京市", one, level="municipal")
    (edge,) = links(graph_of(guide, regulation), "SIMILAR_TO").values()
    assert edge["duplicate"] is False
