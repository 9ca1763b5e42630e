"""The thin Python on the tiny graph (tiny.py), on both servers: dataclasses with cite and quote, worked out by hand."""

from __future__ import annotations

import pytest

from graph.errors import UsageError
from graph.model import coded_id
from graph.store import Store
from queries.amounts import Given
from queries.bundle import Project, best_bundle
from queries.catalog import ALL_ROWS, fetch
from queries.chains import amounts_along, chains, hanging_matches
from queries.clauses import load_facts
from queries.compare import compare
from queries.conflicts import (
    conflicts,
    contradictions,
    duplicates,
    similar,
    stacking_across_levels,
    temporal_conflicts,
)
from queries.coverage import coverage, maybe_one, open_names
from queries.differences import alike, mark_differences, side_by_side
from queries.gaps import distances, gaps, topic_states
from queries.neighbourhood import PictureNode, neighbourhood, neighbourhood_in
from queries.search import search
from queries.states import Support
from queries.support import agency_clauses, honor_support, industry_policies, largest_sums, uncapped
from queries.timeline import lineage, repeals, timeline
from tests.queries.tiny import BING, CITY, CITY_SRDI, DAY, JIA, NEW, SMALL_GIANT, YI, Tiny


def test_a_chain_leads_up_step_by_step(small: Store, answers: Tiny) -> None:
    [chain] = chains(small, DAY, district=JIA)
    assert (chain.ref.name, chain.rate, chain.cap) == ("《甲区支持先进制造若干措施》第二条", 0.5, 1_000_000)
    [step] = chain.steps
    assert (step.target, step.cite, step.quote) == (
        answers.clause("市办法/第二条"),
        ("第二条",),
        "对首台(套)产品,给予最高500万元奖励。",
    )
    assert chain.hanging is None


def test_a_programme_that_was_not_loaded_hangs(small: Store) -> None:
    [chain] = hanging_matches(small, DAY)
    assert (chain.ref.district, chain.hanging) == ("乙区", "所指的上级项目不在已收录的政策中")


@pytest.mark.parametrize(
    ("day", "why"),
    [("2024-12-31", "上级文件尚未施行"), ("2026-06-01", None), ("2028-01-01", "上级文件已失效")],
)
def test_a_chain_hangs_while_the_city_policy_is_not_in_force(small: Store, day: str, why: str | None) -> None:
    [chain] = chains(small, day, district=JIA)
    assert chain.hanging == why


def test_a_match_on_what_has_lapsed_is_a_temporal_conflict(small: Store) -> None:
    # On 2028-01-01 甲措施 (to 2028-12-31) still matches 市办法, which ended on 2027-12-31.
    [chain] = temporal_conflicts(small, "2028-01-01")
    assert chain.ref.district == "甲区"
    assert temporal_conflicts(small, DAY) == []


def test_amounts_along_a_chain(small: Store) -> None:
    [worked] = amounts_along(small, Given(city_award=1_500_000), DAY, topic="first-use")
    assert (worked.ref.district, worked.exact, worked.steps) == (
        "甲区",
        750_000,
        "1500000×50%=750000,未超过上限1000000",
    )
    # 超过20万元: exactly so much is not enough.
    [worked] = amounts_along(small, Given(city_award=200_000), DAY, topic="first-use")
    assert worked.exact == 0
    [worked] = amounts_along(small, Given(national_award=5_000_000), DAY)
    assert (worked.ref.district, worked.exact) == ("乙区", 1_000_000)


def test_amounts_of_a_cost_by_topic(small: Store) -> None:
    found = amounts_along(small, Given(cost=8_000_000), DAY, topic="compute-rental")
    assert [(w.ref.district, w.label, w.exact, w.years) for w in found] == [
        ("测试市", "租用算力的企业", 1_600_000, None),
        ("甲区", "租用算力的企业", 2_000_000, None),
        ("甲区", "租用算力的企业", 2_000_000, 2),
        ("甲区", "工业智能企业", 2_400_000, 2),
        ("乙区", "", 500_000, None),
    ]


def test_conflicts_name_rule_scope_and_what_may_be_kept(small: Store, answers: Tiny) -> None:
    [pair] = conflicts(small, DAY)
    assert {pair.a.clause, pair.b.clause} == {
        answers.clause("甲措施/第一条"),
        answers.clause("甲智能/第一条"),
    }
    assert (pair.kind, pair.keeps, pair.reach) == ("duplicate", "不重复享受", "本地区其他政策")
    assert (pair.rule_cite, pair.rule_quote) == (("第二条",), "享受本措施支持的,不再享受甲区其他同类政策")
    assert [rule.quote for rule in pair.allowed_by] == ["符合市级政策规定的,可同时享受市、区两级支持"]


def test_a_conflict_ends_with_the_policy(small: Store) -> None:
    assert conflicts(small, "2027-01-01") == []
    assert len(conflicts(small, "2027-01-01", live=False)) == 1


def test_contradictions_show_both_sentences(small: Store) -> None:
    [found] = contradictions(small, DAY)
    quotes = {found.a.name: found.a_quote, found.b.name: found.b_quote}
    assert quotes == {
        "《甲区支持先进制造若干措施》第四条": "符合市级政策规定的,可同时享受市、区两级支持\uff1b同一项目符合本措施多项条款的,按照从优不重复原则支持",
        "《乙区支持数字经济若干措施》第三条": "同一项目同时符合测试市、乙区其他政策的,按照从优不重复原则支持",
    }
    assert contradictions(small, DAY, district=NEW) == []


def test_duplicates_are_those_of_one_district(small: Store) -> None:
    [pair] = duplicates(small, DAY)
    assert (pair.a_district, pair.b_district, pair.score) == ("甲区", "甲区", 0.9)
    assert len(similar(small, DAY)) == 2


def test_who_may_stack_levels_and_who_may_not(small: Store) -> None:
    allow, restrict = stacking_across_levels(small, DAY)
    assert [(rule.ref.district, rule.scope) for rule in allow] == [
        ("测试市", "district"),
        ("甲区", "municipal"),
    ]
    assert [rule.ref.district for rule in restrict] == ["乙区"]


def test_compare_ranks_and_keeps_the_four_states_apart(small: Store) -> None:
    table = compare(small, ["compute-rental", "talent"], DAY, city=CITY)
    cells = {(cell.topic, cell.district): cell for cell in table.cells}
    assert {key: cell.support for key, cell in cells.items() if key[0] == "talent"} == {
        ("talent", "测试新区"): Support.NOT_FOUND,
        ("talent", "甲区"): Support.NOT_FOUND,
        ("talent", "乙区"): Support.EXPIRED,
        ("talent", "丙区"): Support.NOTHING_LOADED,
    }
    ranks = {
        cell.district: (cell.largest_cny, cell.rank_by_cap, cell.rank_by_share)
        for cell in table.supporting("compute-rental")
    }
    assert ranks == {"甲区": (3_000_000, 1, 2), "乙区": (500_000, 2, 1)}
    new = cells["compute-rental", "测试新区"]
    assert (new.support, new.has_standard, new.clauses[0].quote) == (
        Support.SUPPORTED,
        False,
        "支持建设算力平台,降低企业算力成本。",
    )
    assert [ref.name for ref in cells["talent", "乙区"].lapsed] == ["《乙区促进人才若干措施》第一条"]
    assert [clause.ref.cite for clause in table.upper] == [("第一条",)]


def test_a_standard_is_told_in_one_phrase(small: Store, answers: Tiny) -> None:
    table = compare(small, ["compute-rental"], DAY)
    told = {s.ref.name + s.label: s.told for cell in table.cells for s in cell.standards}
    assert told["《甲区支持先进制造若干措施》第一条工业智能企业"] == "实际投入的30%,最高300万元,2年"
    assert told["《乙区支持数字经济若干措施》第一条"] == "算力服务合同金额的40%,每年最高50万元"


def test_words_pick_standards(small: Store) -> None:
    table = compare(small, ["compute-rental"], DAY, words=["算力券"])
    assert [cell.district for cell in table.cells if cell.standards] == ["乙区"]


def test_gaps_of_a_district(small: Store) -> None:
    found = gaps(small, YI, DAY)
    assert [(gap.kind, gap.name, gap.support, gap.others) for gap in found.gaps] == [
        ("topic", "专精特新与高新技术企业认定", Support.NOT_FOUND, ("甲区",)),
        ("topic", "首台(套)首批次与首试首用", Support.NOT_FOUND, ("甲区",)),
        ("industry", "先进制造", Support.NOT_FOUND, ("甲区",)),
        ("honor", SMALL_GIANT, Support.NOT_FOUND, ("甲区",)),
        ("honor", CITY_SRDI, Support.NOT_FOUND, ("甲区",)),
    ]
    own = distances(small, found.supported, YI, DAY, city=CITY)
    assert [d.topic for d in own] == list(found.supported)
    [compute] = [d for d in own if d.topic == "compute-rental"]
    assert (compute.own_cny, compute.median_cny, compute.best_cny) == (500_000, 1_750_000, 3_000_000)
    assert (compute.best_cny_districts, compute.own_share, compute.best_share_districts) == (
        ("甲区",),
        0.4,
        ("乙区",),
    )


def test_of_a_district_without_policies_nothing_is_said_to_be_lacking(small: Store) -> None:
    found = gaps(small, BING, DAY)
    assert found.loaded == 0
    assert {gap.support for gap in found.gaps} == {Support.NOTHING_LOADED}
    assert found.supported == ()
    assert distances(small, found.supported, BING, DAY, city=CITY) == []


def test_what_lapsed_is_a_gap_of_its_own_kind(small: Store) -> None:
    # On 2027-06-01 甲智能 has ended; 人工智能 is left to 乙区.
    [gap] = [gap for gap in gaps(small, JIA, "2027-06-01").gaps if gap.kind == "industry"]
    assert (gap.name, gap.support) == ("人工智能", Support.EXPIRED)


def test_conflicts_are_the_rows_of_the_query_in_its_order(small: Store) -> None:
    rows = fetch(small, "conflicts", {"kinds": ["exclusive", "duplicate"], "limit": ALL_ROWS, "as_of": DAY})
    assert rows
    found = conflicts(small, DAY, live=False)
    assert [(one.a.clause, one.b.clause, one.scope, one.rule, one.topic_name) for one in found] == [
        (row["a"], row["b"], row["scope"], row["rule"], row["topic_name"]) for row in rows
    ]
    [pair] = found
    assert conflicts(small, DAY, clauses=[pair.b.clause]) == [pair]
    assert conflicts(small, DAY, clauses=[pair.b.clause], topic="talent") == []
    assert conflicts(small, DAY, policy=pair.a.policy) == [pair]
    for one, row in zip(found, rows, strict=True):
        assert (one.district_code, one.district) == (row["district_code"], row["district"])
        assert (one.a.policy_title, list(one.a.cite), one.a.state) == (
            row["a_title"],
            row["a_cite"],
            row["a_state"],
        )
        assert (one.b.policy_title, list(one.b.cite), one.b.state) == (
            row["b_title"],
            row["b_cite"],
            row["b_state"],
        )
        assert (one.rule_title, list(one.rule_cite), one.rule_quote) == (
            row["rule_title"],
            row["rule_cite"],
            row["rule_quote"],
        )


def test_a_city_has_no_neighbours_to_compare_with(small: Store) -> None:
    with pytest.raises(UsageError, match="无法与邻区比较"):
        gaps(small, CITY, DAY)


def test_the_whole_matrix(small: Store) -> None:
    states = topic_states(small, DAY)
    assert len(states) == 4 * 5
    assert states[YI, "talent"] is Support.EXPIRED
    assert {state for (district, _), state in states.items() if district == BING} == {Support.NOTHING_LOADED}


def test_timeline_and_what_lapses_within_a_year(small: Store) -> None:
    then = timeline(small, DAY)
    assert [(p.policy_title, p.effective_to) for p in then.lapsing] == [
        ("甲区促进人工智能若干措施", "2026-12-31")
    ]
    why = {policy.policy_title: policy.why for policy in then.policies}
    assert why["乙区支持数字经济若干措施"] == "有效期 3 年,起算日不明"
    assert why["乙区促进人才若干措施"] == "2025-12-31 到期"
    assert why["测试市产业资金管理办法(修订征求意见稿)"] == "征求意见稿"


def test_a_draft_only_plans_to_repeal(small: Store, answers: Tiny) -> None:
    assert [(r.old_title, r.planned) for r in repeals(small, DAY)] == [
        ("测试市产业资金管理办法", True),
        ("甲区旧办法", False),
    ]
    [repeal] = repeals(small, DAY, policy=answers.policies["甲措施"])
    assert repeal.quote == "《甲区旧办法》(甲发〔2020〕9号)同时废止"
    assert [(r.relation, r.outgoing) for r in lineage(small, answers.policies["甲措施"], DAY)] == [
        ("CITES", True),
        ("SUPERSEDES", True),
    ]


def test_the_best_set_names_the_rule_that_blocks_the_rest(small: Store, answers: Tiny) -> None:
    # 甲措施 第一条 pays 30% of 8,000,000 up to 2,000,000, 第二条 half of 1,500,000; 从优不重复 lets one of them be drawn.
    given = Given(city_award=1_500_000, cost=8_000_000)
    clauses = (answers.clause("甲措施/第一条"), answers.clause("甲措施/第二条"))
    found = best_bundle(small, Project(given, clauses=clauses), DAY)
    assert [(item.low, item.high) for item in found.best.items] == [(2_000_000, 2_400_000)]
    [left] = found.left_out
    assert (left.item.first.ref.cite, left.item.high) == (("第二条",), 750_000)
    [(_, block)] = left.blocked_by
    assert (block.quote, block.keeps) == (
        "同一项目符合本措施多项条款的,按照从优不重复原则支持",
        "从优,只取一项",
    )
    assert found.runner_up is not None
    assert found.runner_up.high == 750_000


def test_the_best_set_of_a_described_project(small: Store) -> None:
    # City and 甲区 together, which 第四条 allows; 甲智能 shuts out 甲措施, so one of the two.
    project = Project(Given(cost=8_000_000), district=JIA, topics=("compute-rental",), words=("工业智能",))
    found = best_bundle(small, project, DAY)
    assert [(item.first.ref.district, item.high) for item in found.best.items] == [
        ("甲区", 2_400_000),
        ("测试市", 1_600_000),
    ]
    assert found.best.high == found.best.low == 4_000_000
    assert [quote for _, _, quote in found.allowed] == ["符合市级政策规定的,可同时享受市、区两级支持"]
    [left] = found.left_out
    assert left.item.first.ref.policy_title == "甲区促进人工智能若干措施"
    [(other, block)] = left.blocked_by
    assert (other.first.label, block.quote) == ("工业智能企业", "享受本措施支持的,不再享受甲区其他同类政策")


def test_what_is_silent_across_levels_is_said(small: Store) -> None:
    # 新区 has no sentence on the city's support; its clause states no sum, so only 乙区 is priced, and 乙区 forbids it.
    project = Project(Given(cost=1_000_000), district=YI, topics=("compute-rental",))
    found = best_bundle(small, project, DAY)
    assert [item.high for item in found.best.items] == [400_000]
    [left] = found.left_out
    assert (left.item.first.ref.district, left.blocked_by[0][1].quote) == (
        "测试市",
        "同一项目同时符合测试市、乙区其他政策的,按照从优不重复原则支持",
    )


def test_a_project_must_say_what_it_is(small: Store) -> None:
    with pytest.raises(UsageError, match="请给出条款"):
        best_bundle(small, Project(Given(cost=1)), DAY)


def test_two_clauses_side_by_side(small: Store, answers: Tiny) -> None:
    pair = side_by_side(small, answers.clause("甲措施/第一条"), answers.clause("甲智能/第一条"), DAY)
    assert (
        "".join(run.text for run in pair.b_runs) == "对租用算力的企业,按照实际投入的30%给予最高200万元支持。"
    )
    differing = "".join(run.text for run in pair.a_runs if not run.same)
    assert "工业智能企业最高支持300万元" in differing
    assert [(s.share, s.cap_cny) for s in pair.a_standards] == [(0.3, 2_000_000), (0.3, 3_000_000)]


def test_differences_are_marked_by_words() -> None:
    a, b, likeness = mark_differences("给予最高200万元补贴", "给予最高500万元奖励")
    assert [run.text for run in a if not run.same] == ["200", "补贴"]
    assert [run.text for run in b if not run.same] == ["500", "奖励"]
    assert 0 < likeness < 1


def test_by_agency_honor_industry_and_size(small: Store) -> None:
    from queries.names import Names

    names = Names(small)
    clauses = agency_clauses(small, names.resolve("agency", "甲区经济和信息化局"), DAY)
    assert [(c.role, c.support) for c in clauses] == [("interpreter", False), ("responsible", True)]
    [support] = honor_support(small, names.resolve("honor", SMALL_GIANT), DAY)
    assert [(s.label, s.fixed_cny) for s in support.standards] == [
        ("首次认定的国家专精特新“小巨人”企业", 500_000)
    ]
    policies = industry_policies(small, names.resolve("industry", "人工智能"), DAY)
    assert [p.policy_title for p in policies] == ["甲区促进人工智能若干措施", "乙区支持数字经济若干措施"]
    assert [s.value_cny for s in largest_sums(small, 2_000_000, DAY)] == [
        3_000_000,
        2_000_000,
        2_000_000,
        2_000_000,
    ]
    assert uncapped(small, DAY) == []


def test_search_finds_words_of_any_length(small: Store) -> None:
    assert [hit.ref.cite for hit in search(small, "人才", DAY)] == [("第一条",)]
    [hit] = search(small, "券", DAY)
    assert hit.quote[slice(*hit.places[0])] == "券"
    assert [hit.ref.district for hit in search(small, "算力 合同", DAY)] == ["乙区"]
    assert search(small, "没有的词", DAY) == []
    assert {hit.ref.district for hit in search(small, "算力", DAY)} > {"乙区"}
    assert {hit.ref.district for hit in search(small, "算力", DAY, places=[YI])} == {"乙区"}
    assert search(small, "券", DAY, places=[JIA]) == []
    assert search(small, '算力" OR "人才', DAY) == []
    with pytest.raises(UsageError, match="请给出要找的词"):
        search(small, "  ", DAY)


def test_neighbourhood_for_a_picture(small: Store, answers: Tiny) -> None:
    middle = answers.clause("乙人才/第一条")
    near = neighbourhood(small, middle)
    assert [(node.label, node.distance) for node in near.nodes] == [
        ("Clause", 0),
        ("Benefit", 1),
        ("Policy", 1),
        ("Topic", 1),
    ]
    assert not near.cut
    far = neighbourhood(small, middle, steps=2)
    assert ("District", "乙区", 2) in [(node.label, node.name, node.distance) for node in far.nodes]
    assert len(neighbourhood(small, middle, steps=2, limit=3).edges) == 3
    assert neighbourhood(small, middle, steps=2, limit=3).cut


def test_what_policies_share_is_read_in_their_order(small: Store, answers: Tiny) -> None:
    topic = coded_id("topic", "compute-rental")
    policies = [answers.policies[name] for name in ("乙数字", "甲措施", "乙人才", "甲智能")]
    near = neighbourhood_in(small, "Topic", topic, policies)
    assert [edge.source for edge in near.edges] == [
        answers.clause(name) for name in ("乙数字/第一条", "甲措施/第一条", "甲智能/第一条")
    ]
    assert near.nodes[0] == PictureNode(topic, "Topic", "算力租用与算力券", 0)
    assert not near.cut
    assert neighbourhood_in(small, "Topic", topic, policies, limit=2).cut


def test_clauses_at_hand_are_paired_by_likeness(small: Store, answers: Tiny) -> None:
    wanted = [answers.clause(name) for name in ("甲措施/第一条", "甲智能/第一条", "乙数字/第一条")]
    near, far = alike(small, wanted)
    assert set(near) == set(wanted[:2])  # 0.9
    assert set(far) == {wanted[0], wanted[2]}  # 0.5


def test_coverage_and_names_that_may_be_one(small: Store) -> None:
    assert {row.district: (row.policies, row.live) for row in coverage(small, DAY)} == {
        "测试市": (2, 1),
        "测试新区": (1, 1),
        "甲区": (2, 2),
        "乙区": (2, 1),
        "丙区": (0, 0),
    }
    [pair] = maybe_one(small)
    assert ({pair.a_name, pair.b_name}, pair.why) == (
        {"甲区经信局", "甲区经济和信息化局"},
        "一个名称是另一个的简写",
    )
    assert open_names(small) == []


def test_facts_of_a_clause_that_is_none(small: Store) -> None:
    with pytest.raises(UsageError, match="没有编号为 clause-0 的条款"):
        load_facts(small, ["clause-0"], DAY)
