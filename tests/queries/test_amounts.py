"""What an offer pays in a case: caps, floors, thresholds, grades, and ranges with their reason."""

from __future__ import annotations

import pytest

from graph.errors import UsageError
from queries.amounts import Basis, Given, choose, total, work_out, yuan
from queries.clauses import ClauseFacts, LevelMatch
from tests.queries.test_offers import W, facts


def _matching(clause: ClauseFacts, rate: float | None, cap: float | None, upper: str = "city") -> ClauseFacts:
    match = LevelMatch(upper, rate, cap, "市级奖励", clause.text, 0, len(clause.text))
    return ClauseFacts(clause.ref, clause.text, clause.benefits, clause.thresholds, (match,))


@pytest.mark.parametrize(
    ("award", "pays", "steps"),
    [
        (1_000_000, 300_000, "1000000×30%=300000,未超过上限1000000"),
        (3_333_333, 999_999.9, "3333333×30%=999999.9,未超过上限1000000"),
        (5_000_000, 1_000_000, "5000000×30%=1500000,按上限取1000000"),
        (0, 0, "0×30%=0,未超过上限1000000"),
    ],
)
def test_a_share_of_the_award_up_to_the_cap(award: float, pays: float, steps: str) -> None:
    clause = facts("按照市级奖励的30%给予最高100万元配套。", ("rate", 0.3), ("cap", 100 * W))
    [worked] = work_out(_matching(clause, 0.3, 100 * W), Given(city_award=award))
    assert (worked.exact, worked.steps, worked.basis) == (pays, steps, Basis.CITY_AWARD)


def test_the_award_of_the_other_level_says_nothing() -> None:
    clause = facts("按照市级奖励的30%给予最高100万元配套。", ("rate", 0.3), ("cap", 100 * W))
    assert work_out(_matching(clause, 0.3, 100 * W), Given(national_award=5_000_000)) == []


def test_no_share_gives_a_range_and_the_reason() -> None:
    clause = facts("对获得市级奖励的企业,给予最高300万元配套。", ("cap", 300 * W))
    [worked] = work_out(_matching(clause, None, 300 * W), Given(city_award=5_000_000))
    assert (worked.low, worked.high, worked.exact) == (0, 3_000_000, None)
    assert worked.reason == "条款只写最高300万元,未写比例"


def test_neither_share_nor_cap_has_no_upper_end() -> None:
    clause = facts("对获得市级奖励的企业,区级给予资金配套。")
    [worked] = work_out(_matching(clause, None, None), Given(city_award=5_000_000))
    assert (worked.low, worked.high, worked.reason) == (0, None, "条款未写比例,也未写上限")


def test_a_match_whose_share_is_of_a_cost_needs_the_cost() -> None:
    # 001-02 二(四): 在北京市支持基础上,额外补助认证费的30%
    clause = facts(
        "在市级支持基础上,额外补助认证费的30%,每个项目不超过10万元。", ("rate", 0.3), ("cap", 10 * W)
    )
    [worked] = work_out(_matching(clause, 0.3, 10 * W), Given(city_award=200_000))
    assert (worked.low, worked.high) == (0, 100_000)
    assert worked.reason == "比例的基数是认证费,不是上级资金,须另给金额"
    [worked] = work_out(_matching(clause, 0.3, 10 * W), Given(cost=200_000))
    assert worked.exact == 60_000


@pytest.mark.parametrize(("award", "pays"), [(200_000, 0), (200_001, 100_000.5), (1_000_000, 500_000)])
def test_a_sum_that_has_to_be_passed(award: float, pays: float) -> None:
    clause = facts(
        "市级支持总额超过20万元的外贸企业,按照市级支持额度的50%予以补助。",
        ("rate", 0.5),
        thresholds=((200_000, "市级支持总额超过20万元"),),
    )
    [worked] = work_out(_matching(clause, 0.5, None), Given(city_award=award))
    assert worked.exact == pays


@pytest.mark.parametrize(
    ("cost", "pays"), [(49_000_000, 1_470_000), (50_000_000, 1_500_000), (50_000_001, None)]
)
def test_a_tier_counts_only_inside_its_bounds(cost: float, pays: float | None) -> None:
    clause = facts(
        "研发费用在5000万元(含)以内的,按3%给予最高150万元补助。",
        ("rate", 0.03),
        ("cap", 150 * W),
        thresholds=((50_000_000, "研发费用在5000万元(含)以内"),),
    )
    [worked] = work_out(clause, Given(cost=cost))
    assert worked.exact == (pays or 0)
    assert ("不符合" in worked.steps) is (pays is None)


def test_a_condition_on_something_else_is_told_and_not_judged() -> None:
    clause = facts(
        "对年销售额不低于2000万元的企业,按照项目投资额的30%给予补助。",
        ("rate", 0.3),
        thresholds=((20_000_000, "年销售额不低于2000万元"),),
    )
    [worked] = work_out(clause, Given(cost=1_000_000))
    assert (worked.exact, worked.conditions) == (300_000, ("年销售额不低于2000万元",))


def test_a_higher_grade_gets_the_difference_only() -> None:
    clause = facts("对2级给予15万元、3级20万元奖励,晋级享受差额奖励。", ("fixed", 15 * W), ("fixed", 20 * W))
    upgraded = ClauseFacts(clause.ref, clause.text, clause.benefits, difference_quote="晋级享受差额奖励")
    assert [item.exact for item in work_out(upgraded, Given(already=150_000))] == [0, 50_000]
    # Where no sentence says so, what was drawn before takes nothing off.
    assert [item.exact for item in work_out(clause, Given(already=150_000))] == [150_000, 200_000]


def test_a_floor_holds_below_it() -> None:
    clause = facts(
        "按投资额的10%给予补助,给予不低于20万元、最高100万元的补助。", ("rate", 0.1), ("cap", 100 * W)
    )
    assert [work_out(clause, Given(cost=cost))[0].exact for cost in (500_000, 3_000_000, 30_000_000)] == [
        200_000,
        300_000,
        1_000_000,
    ]


def test_instalments_add_up_to_the_sum() -> None:
    clause = facts("按投资额的10%给予补助,每年比例为40%、30%、30%。", ("rate", 0.1))
    [worked] = work_out(clause, Given(cost=1_000_000))
    assert worked.instalments == (40_000, 30_000, 30_000)


def test_outright_sums_count_by_the_thing() -> None:
    clause = facts("每台(套)给予100万元支持。", ("fixed", 100 * W))
    counted = ClauseFacts(
        clause.ref,
        clause.text,
        tuple(
            type(b)(b.kind, b.value, b.unit, "台套", None, b.quote, b.start, b.end) for b in clause.benefits
        ),
    )
    [worked] = work_out(counted, Given(units={"台套": 3}))
    assert (worked.exact, worked.steps) == (3_000_000, "定额1000000×3台套")


def test_a_foreign_sum_is_not_converted() -> None:
    clause = facts("给予奖励1000万美元。", ("fixed", 1000 * W))
    foreign = ClauseFacts(
        clause.ref,
        clause.text,
        tuple(type(b)(b.kind, b.value, "USD", None, None, b.quote, b.start, b.end) for b in clause.benefits),
    )
    [worked] = work_out(foreign, Given())
    assert (worked.high, worked.reason) == (None, "原文以USD计,不折算")


def test_a_share_of_another_award_is_a_share_of_no_cost() -> None:
    clause = facts("对复核通过的,按首次认定标准的50%给予奖励。", ("rate", 0.5))
    assert work_out(clause, Given(cost=1_000_000)) == []


def test_variants_are_chosen_by_their_words() -> None:
    clause = facts(
        "按照不超过市级补贴资金的30%给予最高100万元支持,工业智能项目最高支持200万元。",
        ("rate", 0.3),
        ("cap", 100 * W),
        ("cap", 200 * W),
    )
    worked = work_out(_matching(clause, 0.3, 100 * W), Given(city_award=5_000_000))
    assert [item.exact for item in worked] == [1_000_000, 1_500_000]
    assert [item.exact for item in choose(worked, "工业智能")] == [1_500_000]
    assert choose(worked, "没有的词") == []


def test_a_total_of_ranges_is_a_range() -> None:
    clause = facts("给予最高300万元支持。对获奖企业给予20万元奖励。", ("cap", 300 * W), ("fixed", 20 * W))
    amount = total(work_out(clause, Given()))
    assert (amount.low, amount.high) == (200_000, 3_200_000)


@pytest.mark.parametrize("award", [-1.0, float("nan"), float("inf")])
def test_a_sum_that_is_none_is_refused(award: float) -> None:
    with pytest.raises(UsageError, match="金额须是不小于 0 的数"):
        Given(city_award=award)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0元"),
        (1_500, "1,500元"),
        (10_000, "1万元"),
        (1_500_000, "150万元"),
        (12_345, "1.2345万元"),
        (123_456.78, "123,456.78元"),
        (150_000_000, "1.5亿元"),
    ],
)
def test_tells_yuan(amount: float, words: str) -> None:
    assert yuan(amount) == words
