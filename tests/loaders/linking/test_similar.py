"""Alike support in two districts, and the same support twice in one."""

from __future__ import annotations

import math
from typing import Any

import pytest

from loaders.divisions import resolve_division
from loaders.linking.similar import Shared, _Best, _likeness_needed
from loaders.linking.views import ClauseView, PolicyView
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


def view(place: str) -> ClauseView:
    """A clause of a policy of that district."""
    record = policy("甲", place, clause("第一条", VOUCHER))
    return ClauseView("c", PolicyView("p", [record], 0, resolve_division(place, "甲")), 0)


def best_of(*pairs: tuple[float, bool]) -> _Best:
    """A clause's best pairs, given the score of each and whether it is a duplicate."""
    found = _Best()
    for number, (score, duplicate) in enumerate(pairs):
        pair: Any = None  # which clauses they are plays no part
        found.add((not duplicate, -score, f"a{number}", f"b{number}", pair))
    return found


ONE_MATTER = Shared(frozenset({"data-trading"}), ("数据券",), 0, frozenset())
"""Makes 0.1 + 0.15 of a score, 0.251 with what rounding may add; wording makes half of its likeness."""
EQUAL_AMOUNT = ONE_MATTER._replace(amounts=1)
ONE_WIDE_TOPIC = Shared(frozenset({"talent"}), (), 1, frozenset())
ROOM = best_of((0.9, True))
FIVE = [(0.9, False)] * 5
SIX_DUPLICATES = best_of(*[(0.9, True)] * 5, (0.7, True))


@pytest.mark.parametrize(
    ("places", "shared", "best", "needed"),
    [
        # A score of 0.32 makes clauses similar: 2 × (0.32 - 0.251).
        ("东城区 西城区", ONE_MATTER, [ROOM], 0.138),
        # Under a wide topic alone wording has to be that of a duplicate.
        ("东城区 西城区", ONE_WIDE_TOPIC, [ROOM], 0.3),
        # The sixth of six has to be beaten: 2 × (0.5 - 0.251), and where two clauses look, the one that is easier to beat.
        ("东城区 西城区", ONE_MATTER, [best_of(*FIVE, (0.5, False))], 0.498),
        ("东城区 西城区", ONE_MATTER, [SIX_DUPLICATES, best_of(*FIVE, (0.5, False))], 0.498),
        # What is no duplicate never comes before six that are.
        ("东城区 西城区", ONE_MATTER, [SIX_DUPLICATES], math.inf),
        # Within a district it may be one: an equal amount makes it so, and comes before all that are none.
        ("东城区 东城区", EQUAL_AMOUNT, [best_of(*FIVE, (0.8, False))], 0.0),
        # Without one, from a wording of 0.2 on; before the sixth duplicate: 2 × (0.7 - 0.251).
        ("东城区 东城区", ONE_MATTER, [best_of(*FIVE, (0.8, False))], 0.2),
        ("东城区 东城区", ONE_MATTER, [SIX_DUPLICATES], 0.898),
    ],
)
def test_wording_must_be_as_alike_as_makes_a_pair_one_of_the_best(
    places: str, shared: Shared, best: list[_Best], needed: float
) -> None:
    one, other = map(view, places.split())
    assert _likeness_needed(one, other, shared, best) == pytest.approx(needed)
