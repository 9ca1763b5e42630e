"""Pairs that follow from rules: two paying clauses that a rule reaches and that are about one thing."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.record import PolicyRecord
from tests.loaders.linking.links import graph_of, links, pairs
from tests.loaders.records import clause, policy

BEST = "按照从优不重复原则予以支持"
INSURANCE = ("按实际保费的50%给予补贴,每年最高100万元。", "按保费支出的60%给予补贴,每家最高50万元。")


def paying(cite: str, text: str, topics: str, **amounts: float) -> dict[str, Any]:
    """A clause that grants 给予 (an upper amount) unless told otherwise."""
    benefits = {quote: ("cap", value) for quote, value in (amounts or {"给予": 1e6}).items()}
    return clause(cite, text, topics=topics, benefits=benefits)


def measures(
    title: str, *clauses: dict[str, Any], scope: str = "", place: str = "东城区", **more: Any
) -> PolicyRecord:
    """A policy whose 附则 states a rule of that scope, or none."""
    rules = ({"scope": scope, "rule": "best", "quote": BEST},) if scope else ()
    return policy(title, place, *clauses, clause("附则", BEST), excludes=rules, **more)


def derived(*records: PolicyRecord) -> set[frozenset[str]]:
    return pairs(graph_of(*records), "EXCLUDES", derived=True)


@pytest.mark.parametrize(
    ("scope", "same_policy", "other_policy"),
    [
        ("within_policy", True, False),
        ("same_district", False, True),
        ("same_level_funds", False, False),
        ("", False, False),
    ],
)
def test_a_pair_needs_a_rule_that_reaches_both(scope: str, same_policy: bool, other_policy: bool) -> None:
    one, two = (
        paying(cite, text, "insurance") for cite, text in zip(("第一条", "第二条"), INSURANCE, strict=True)
    )
    first = measures("甲", one, two, scope=scope)
    second = measures("乙", paying("第一条", INSURANCE[1], "insurance"))
    found = derived(first, second)
    assert (frozenset({"甲 第一条", "甲 第二条"}) in found) is same_policy
    assert (frozenset({"甲 第一条", "乙 第一条"}) in found) is other_policy


def test_a_pair_names_its_rule_and_carries_the_rules_sentence() -> None:
    one, two = (
        paying(cite, text, "insurance") for cite, text in zip(("第一条", "第二条"), INSURANCE, strict=True)
    )
    graph = graph_of(measures("甲", one, two, scope="within_policy"))
    (edge,) = links(graph, "EXCLUDES", derived=True).values()
    assert (edge["scope"], edge["rule"], edge["topic"], edge["quote"]) == (
        "within_policy",
        "best",
        "insurance",
        BEST,
    )
    assert (edge["kind"], edge["strength"]) == ("exclusive", "sure")
    by = graph.node(str(edge["by"]))
    assert by is not None
    assert by.properties["cite"] == ["附则"]


@pytest.mark.parametrize(
    ("reason", "one", "two", "collide"),
    [
        ("one topic", ("保费给予补贴", "insurance"), ("保费支出给予补贴", "insurance"), True),
        ("two topics", ("保费给予补贴", "insurance"), ("对首店给予奖励", "first-store"), False),
        (
            "two topics, one cost",
            ("按研发投入给予补助", "rnd-subsidy"),
            ("按产品研发投资给予补助", "software-rnd"),
            True,
        ),
        (
            "two topics, a broad matter",
            ("成果转化给予奖励", "tech-transfer"),
            ("成果转化服务给予奖励", "tech-services"),
            False,
        ),
    ],
)
def test_a_pair_is_about_one_thing(
    reason: str, one: tuple[str, str], two: tuple[str, str], collide: bool
) -> None:
    clauses = (paying("第一条", *one), paying("第二条", *two))
    assert bool(derived(measures("甲", *clauses, scope="within_policy"))) is collide, reason


def test_clauses_that_grant_nothing_shut_nothing_out() -> None:
    free = clause("第二条", "保费给予便利", topics="insurance")
    assert not derived(
        measures("甲", paying("第一条", "保费给予补贴", "insurance"), free, scope="within_policy")
    )


def test_what_the_whole_policy_is_about_makes_no_pair() -> None:
    one = paying("第一条", "支持工业互联网攻关,给予补助", "key-tech")
    two = paying("第二条", "支持工业互联网园区,给予补助", "industrial-park")
    assert not derived(measures("工业互联网措施", one, two, scope="within_policy"))
    assert derived(measures("措施", one, two, scope="within_policy"))  # a narrow matter in the clauses alone


def test_the_same_support_in_two_policies_is_a_duplicate() -> None:
    text = "每年发放1亿元数据券,按照年度数据交易金额的10%给予采购主体数据券补贴,年度最高100万元。"
    one = paying("第二条", text, "data-trading", **{"100万元": 1e6})
    graph = graph_of(measures("甲", one, scope="same_district"), measures("乙", one))
    (edge,) = links(graph, "EXCLUDES", derived=True).values()
    assert edge["kind"] == "duplicate"


def test_vouchers_of_two_kinds_may_stack_where_a_sentence_says_so() -> None:
    allowed = "支持算力券、模型券和数据券三券联动补贴叠加"
    stacks = ({"with": "vouchers", "clause": ["第八条"], "quote": allowed},)
    data = clause(
        "第八条", f"数据券给予补贴。{allowed}。", topics="data-trading", benefits={"给予": ("cap", 1e6)}
    )
    compute, again = (
        paying("第二条", "算力券给予补贴", "compute-rental"),
        paying("第三条", "数据券给予补贴", "data-trading"),
    )
    found = derived(
        measures("甲", data, scope="same_district", stacks=stacks), measures("乙", compute, again)
    )
    assert frozenset({"甲 第八条", "乙 第三条"}) in found  # two data vouchers for one purchase
    assert frozenset({"甲 第八条", "乙 第二条"}) not in found


def test_directions_of_one_year_shut_each_other_out() -> None:
    rule = "同一单位只能获得2025年内单个方向支持"
    one, two = (
        paying("一 方向1", "首方案给予奖励", "first-solution"),
        paying("一 方向2", "算力给予补贴", "compute-rental"),
    )
    three = paying("二 1", "人才给予奖励", "talent")  # under another parent: no direction
    fact = {"scope": "annual_single", "rule": "choose_one", "quote": rule}
    guide = policy("指南", "北京市", one, two, three, clause("三", rule), level="municipal", excludes=(fact,))
    assert derived(guide) == {frozenset({"指南 一 方向1", "指南 一 方向2"})}


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("注册后三年内任意年度,给予补助", "注册三年以上的,从第四年开始给予补助", "temporal"),
        ("注册后三年内任意年度,给予补助", "注册五年以上的,给予补助", None),  # may overlap
        ("获得市级首店政策资金支持的,给予补助", "未获得市级首店政策资金支持的,给予补助", "exclusive"),
        ("未获得市级首店政策资金支持的,给予补助", "未获得市级首店政策资金支持的,再给予补助", None),
    ],
)
def test_clauses_for_two_times_or_cases_need_no_rule(first: str, second: str, kind: str | None) -> None:
    one, two = paying("第五条 1", first, "foreign-trade"), paying("第五条 2", second, "foreign-trade")
    found = links(graph_of(policy("甲", "大兴区", one, two)), "EXCLUDES", derived=True)
    assert [edge["kind"] for edge in found.values()] == ([kind] if kind else [])
