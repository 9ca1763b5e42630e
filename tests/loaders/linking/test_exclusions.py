"""Rules as edges: from the clause that states a rule to the policy or district that it is about."""

from __future__ import annotations

import pytest

from loaders.record import PolicyRecord
from tests.loaders.linking.links import graph_of, links, pairs
from tests.loaders.records import clause, policy


def with_rule(text: str, *, place: str = "东城区", title: str = "甲", **rule: object) -> PolicyRecord:
    fact = {"scope": "same_district", "rule": "best", "quote": text, **rule}
    return policy(title, place, clause("第一条", "支持企业。"), clause("第九条", text), excludes=(fact,))


@pytest.mark.parametrize(
    ("scope", "end"),
    [
        ("within_policy", "甲"),
        ("clause", "甲"),
        ("annual_single", "甲"),
        ("same_district", "东城区"),
        ("same_level_funds", "东城区"),  # the funds of the level that made the policy
        ("municipal", "北京市"),
    ],
)
def test_the_scope_says_what_a_rule_is_about(scope: str, end: str) -> None:
    graph = graph_of(with_rule("按照从优不重复原则予以支持", scope=scope))
    found = links(graph, "EXCLUDES", derived=False)
    assert set(found) == {("甲 第九条", end)}
    edge = found["甲 第九条", end]
    assert (edge["scope"], edge["rule"], edge["cite"]) == (scope, "best", ["第九条"])


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("同时符合北京市、东城区其他政策规定的,从优不重复", True),
        ("与市级其他扶持政策不重复享受", True),
        ("同时符合东城区其他政策规定的,从优不重复", False),  # the district's alone
        ("北京市东城区其他政策规定的,从优不重复", True),
    ],
)
def test_a_rule_that_names_the_city_reaches_its_policies_too(text: str, reaches: bool) -> None:
    found = links(graph_of(with_rule(text)), "EXCLUDES", derived=False)
    assert (("甲 第九条", "北京市") in found) is reaches
    assert ("甲 第九条", "东城区") in found


def test_a_rule_for_one_clause_says_which() -> None:
    graph = graph_of(with_rule("晋级享受差额支持", scope="clause", rule="difference_only", clause=["第一条"]))
    (edge,) = links(graph, "EXCLUDES").values()
    assert edge["holds_for"] == ["第一条"]


@pytest.mark.parametrize(
    ("with_", "end"), [("municipal", "北京市"), ("district", "东城区"), ("vouchers", "甲")]
)
def test_what_may_be_drawn_besides_is_a_district_or_the_policy_itself(with_: str, end: str) -> None:
    text = "可同时享受市、区两级政策支持"
    one = policy("甲", "东城区", clause("第九条", text), stacks=({"with": with_, "quote": text},))
    found = links(graph_of(one), "STACKS_WITH")
    assert found["甲 第九条", end]["scope"] == with_


def test_a_citys_sentence_that_lets_its_districts_pay_stacks_with_the_city() -> None:
    text = "鼓励各区给予配套"
    one = policy(
        "甲",
        "北京市",
        clause("第九条", text),
        level="municipal",
        stacks=({"with": "district", "quote": text},),
    )
    assert set(links(graph_of(one), "STACKS_WITH")) == {("甲 第九条", "北京市")}


def test_rules_of_one_city_that_cannot_both_hold_contradict() -> None:
    text = "符合市级政策规定的,可同时申报享受市、区两级政策支持"
    allowing = policy(
        "乙", "通州区", clause("第十六条", text), stacks=({"with": "municipal", "quote": text},)
    )
    forbidding = with_rule("同时符合北京市、东城区其他政策规定的,从优不重复")
    elsewhere = with_rule("同时符合广州市、南沙区其他政策规定的,从优不重复", place="广州市南沙区", title="丙")
    found = pairs(graph_of(allowing, forbidding, elsewhere), "EXCLUDES", kind="contradiction")
    assert found == {frozenset({"乙 第十六条", "甲 第九条"})}


def test_a_strict_and_a_lenient_rule_of_one_district_contradict() -> None:
    strict = with_rule("不再享受本区其他政策", rule="not_again")
    lenient = with_rule("与本区其他政策从优不重复", title="乙")
    assert pairs(graph_of(strict, lenient), "EXCLUDES", derived=True) == {
        frozenset({"甲 第九条", "乙 第九条"})
    }
    assert not pairs(graph_of(lenient, with_rule("从优不重复", title="丙")), "EXCLUDES", derived=True)


def test_vouchers_that_stack_contradict_a_rule_of_the_same_policy() -> None:
    allowed, rule = "支持三券联动补贴叠加", "从高从优不重复"
    one = policy(
        "甲",
        "东城区",
        clause("第八条", allowed),
        clause("附则", rule),
        stacks=({"with": "vouchers", "clause": ["第八条"], "quote": allowed},),
        excludes=({"scope": "same_district", "rule": "best", "quote": rule},),
    )
    assert pairs(graph_of(one), "EXCLUDES", derived=True) == {frozenset({"甲 第八条", "甲 附则"})}
