"""Rules of exclusion and stacking, in the words of many cities; expected scopes and rules are worked out by hand from GUIDELINE.md."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest

from loaders.lexicon import read_lexicon
from loaders.record import Exclusion
from loaders.rules import _cues, extract_rules
from tests.loaders.passages import article, view_of

DISTRICT, CITY = "广州市南沙区", "杭州市"


def excluded(text: str, place: str = DISTRICT) -> list[tuple[str, str]]:
    return [(one.scope, one.rule) for one in extract_rules(article(text), place)[0]]


def stacked(text: str, place: str = DISTRICT) -> list[str]:
    return [one.with_ for one in extract_rules(article(text), place)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # several clauses of this policy
        ("同一项目同时符合本办法多个条款的,按照从优不重复原则予以支持。", [("within_policy", "best")]),
        (
            "同一企业符合本政策措施不同条款规定的,按就高不就低、不重复的原则执行。",
            [("within_policy", "highest")],
        ),
        ("同一企业(项目)符合多项扶持政策的,按照就高不就低、不重复原则享受。", [("within_policy", "highest")]),
        ("本办法规定的各项奖励,企业只能选择其中一项申报,不得重复享受。", [("within_policy", "choose_one")]),
        ("同一企业同时符合上述条款的,择优享受,不重复奖励。", [("within_policy", "best")]),
        ("同一事项不得重复申报。", [("within_policy", "not_again")]),
        # other policies of the district
        ("与我区其他同类政策重复的,按从高原则执行。", [("same_district", "highest")]),
        ("享受本办法扶持的企业,原则上不再享受南沙区其他产业扶持政策。", [("same_district", "not_again")]),
        ("同一项目符合区内其他政策的,从高、从优、不重复支持。", [("same_district", "best")]),
        ("与其他政策有重复、交叉的,按就高原则执行,不重复享受。", [("same_district", "highest")]),
        ("涉及区内多项优惠政策的,由企业选择其中一项享受,不得重复申报。", [("same_district", "choose_one")]),
        ("不与本区其他同类扶持政策同时享受。", [("same_district", "not_again")]),
        ("已享受“一企一策”的企业,不再享受本办法扶持。", [("same_district", "not_again")]),
        ("已享受“一事一议”政策的企业,不再享受本区其他扶持政策。", [("same_district", "not_again")]),
        # both: one sentence, two entries
        (
            "同一项目、同一事项同时符合本办法多项条款或本区其他扶持政策规定的,按照从高不重复的原则予以支持。",
            [("within_policy", "highest"), ("same_district", "highest")],
        ),
        # what stands in brackets widens the district's own policies and names no other level
        (
            "同一项目同时符合本区其他扶持政策规定(含上级部门要求区里配套或负担资金的政策规定)的,按照从高不重复的原则予以支持。",
            [("same_district", "highest")],
        ),
        # the city's support for the same thing
        ("同一项目已获得市级财政资金资助的,区级不再重复资助。", [("municipal", "not_again")]),
        # the district's money pays here, it does not collide
        ("同一项目已获得省、市财政扶持的,区级扶持资金按差额补足。", [("municipal", "difference_only")]),
        ("与市级政策重复的,按从高原则享受。", [("municipal", "highest")]),
        ("对同一企业,已享受国家、本市同类扶持的,南沙区不再重复扶持。", [("municipal", "not_again")]),
        ("已享受市级奖励的,按差额予以补足。", [("municipal", "difference_only")]),
        ("“一事一议”项目不再适用本政策。", [("same_district", "not_again")]),
        ("上级对同一事项已有奖补的,区级予以补足差额。", [("municipal", "difference_only")]),
        # the district's money is what is refused
        ("同一楼宇享受市级同类政策的,不再重复享受区级奖励。", [("municipal", "not_again")]),
        ("同一事项与市级以上政策不重复享受。", [("municipal", "not_again")]),
        (
            "同一项目同时符合市、区两级扶持政策的,按照就高不重复原则执行。",
            [("same_district", "highest"), ("municipal", "highest")],
        ),
        # money of the same level rather than its policies
        ("申报项目未获得其他区级财政资金支持。", [("same_level_funds", "not_again")]),
        # one direction in one year
        ("同一企业年度内只能申报一个项目。", [("annual_single", "choose_one")]),
        ("同一单位每年只能申请一个方向的专项资金。", [("annual_single", "choose_one")]),
        # within the clause that grants the award
        ("对获评的企业给予20万元奖励,单个企业不重复享受。", [("clause", "not_again")]),
        ("首次获评国家级的奖励100万元、省级50万元,晋级的给予差额奖励。", [("clause", "difference_only")]),
        (
            "分别给予50万元、20万元奖励,同一企业获得多个称号的,按最高等级给予奖励,不重复计奖。",
            [("clause", "highest")],
        ),
        ("按每千瓦时不超过0.4元给予支持(不与市级补贴叠加)。", [("municipal", "not_again")]),
        ("给予最高30万元资助,每家企业只能享受一次。", [("clause", "not_again")]),
        ("创业补贴10万元与租金补贴两者不可兼得。", [("clause", "choose_one")]),
    ],
)
def test_reads_what_may_not_be_drawn_twice(text: str, expected: list[tuple[str, str]]) -> None:
    assert excluded(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "已通过其他市级财政资金支持的实施内容,原则上不再予以重复支持。",
            [("same_level_funds", "not_again")],
        ),
        ("同一项目同时符合本市其他扶持政策的,按照就高不重复原则执行。", [("same_level_funds", "highest")]),
        ("同一项目不得重复申报市级财政专项资金。", [("same_level_funds", "not_again")]),
        # 市级以上 is, to a city, its own level and those above
        ("已获得市级以上财政资金支持的项目不得再次申报。", [("same_level_funds", "not_again")]),
    ],
)
def test_a_city_s_own_level_is_the_city(text: str, expected: list[tuple[str, str]]) -> None:
    assert excluded(text, CITY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "企业迁出本区的,不再享受本办法支持。",  # a sanction
        "存在弄虚作假行为的,追回资金,不再受理其申请,三年内不予支持。",
        "择优遴选一批标杆企业,给予最高50万元支持。",  # a choice of firms
        "避免低水平重复建设。",
        "对未获得市级首店政策资金支持的品牌企业,给予50万元补助。",  # a condition
        "发挥政策叠加效应,促进产业集聚。",
        "可申请一次性补贴10万元。",
        "国家、省、市另有规定的,从其规定。",
        "(四)其他不予支持的情形。",
        "给予最高奖励100万元。",
    ],
)
def test_leaves_out_what_is_no_rule(text: str) -> None:
    excludes, stacks = extract_rules(article(text), DISTRICT)
    assert (excludes, stacks) == ([], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("可与市级扶持政策叠加享受。", ["municipal"]),
        ("符合条件的企业,可同时享受市、区两级政策支持。", ["municipal"]),
        ("上述奖励可叠加享受。", ["within_policy"]),
        ("本条补贴与本区其他人才政策可同时享受。", ["district"]),
        ("支持算力券、模型券叠加使用。", ["vouchers"]),
        ("在市级补助的基础上,再给予30%的配套补助。", ["municipal"]),
        ("每家企业可获得国际、国内展会补贴各一次。", ["国际、国内展会补贴"]),
        ("延续支持资金与当年获得的其他支持资金不视为重复支持。", ["within_policy"]),
        ("重大项目经区政府批准,可享受多种方式支持。", ["within_policy"]),
        ("在市级奖励资金基础上,高新区按市级拨付资金100%给予奖励。", ["municipal"]),
        ("除享受省、市奖励外,区财政再分别给予200万元、50万元奖励。", ["municipal"]),
        ("问:不同奖励是否可以叠加享受?", []),  # a question allows nothing
        ("支持企业开展可重复使用火箭技术攻关。", []),  # what is used again is no support
        ("在现有生产线的基础上,再增加投资。", []),  # no support stands below
        ("不得与市级政策叠加享受。", []),
        ("除明确可以叠加适用的,按照从优不重复原则给予支持。", []),
    ],
)
def test_reads_what_may_be_drawn_besides(text: str, expected: list[str]) -> None:
    assert stacked(text) == expected


def test_a_city_s_rule_on_the_nation_s_money_has_no_scope_and_is_no_other_rule() -> None:
    assert excluded("已获得国家、省级资金支持的项目,不再支持。", CITY) == []


def test_a_city_lets_its_districts_add() -> None:
    assert stacked("鼓励各区对市级资金支持的项目给予配套。", CITY) == ["district"]
    assert stacked("所在区应按不低于1:0.5的比例给予配套支持。", CITY) == ["district"]
    assert stacked("州、市财政按照不低于省级奖励的50%给予配套。", "云南省") == ["municipal"]
    assert stacked("鼓励各地市对省级支持的项目给予配套支持。", "广东省") == ["municipal"]


def test_lifting_a_rule_allows_what_it_forbade() -> None:
    text = "同一单位应未获得其他市级财政资金支持。重大项目可不受上述限制。"
    assert excluded(text, CITY) == [("same_level_funds", "not_again")]
    assert stacked(text, CITY) == ["municipal"]


def test_the_level_may_stand_before_a_word_for_others() -> None:
    assert excluded("已享受区相关政策的,不再依本政策进行扶植奖励。") == [("same_district", "not_again")]
    assert excluded("同一事项符合市其他政策的,不重复享受。") == [("municipal", "not_again")]


def test_a_second_rule_on_the_same_supports_keeps_their_scope() -> None:
    text = "与市级政策有重复的,按就高原则执行,区级仅补差额。"
    assert excluded(text) == [("municipal", "highest"), ("municipal", "difference_only")]


def test_what_the_own_level_pays_on_the_basis_of_an_upper_one_stacks() -> None:
    assert stacked("在市本级给予补贴的基础上,区级给予农户每50公斤5元的奖励。") == ["municipal"]
    assert stacked("在现有生产线的基础上,区级给予补助。") == []


def test_a_rule_may_be_lifted_for_an_upper_level() -> None:
    text = "同一企业同类项目不重复享受本区政策,市级、国家级奖励不受此限。"
    assert excluded(text) == [("same_district", "not_again")]
    assert stacked(text) == ["municipal"]


def test_one_sentence_may_forbid_and_allow() -> None:
    text = "享受本办法扶持的企业,不得同时享受区内同类型扶持政策,可与市级扶持政策叠加享受。"
    assert excluded(text) == [("same_district", "not_again")]
    assert stacked(text) == ["municipal"]


def test_a_rule_in_an_award_holds_for_its_clause_and_one_in_the_closing_part_for_all() -> None:
    view = view_of(
        "第一条 支持企业。\n(一)国家级奖励100万元,省级奖励50万元。上述如有晋级,仅享受差额支持。\n"
        "第二条 支持平台。给予最高100万元支持,不与市级补贴叠加。\n"
        "第三条 同一项目符合本办法多个条款的,按照从优不重复原则执行。"
    )
    excludes, _ = extract_rules(view, DISTRICT)
    assert [(one.rule, one.clause, one.stated_in) for one in excludes] == [
        ("difference_only", ["第一条"], ["第一条", "(一)"]),  # 上述 points to the parent
        ("not_again", ["第二条"], ["第二条"]),
        ("best", None, ["第三条"]),
    ]


def test_a_quote_is_the_rule_with_what_collides_and_no_more() -> None:
    view = view_of(
        "第一条 兑现\n按年度征集申报,额度受总量控制,与区内惠企政策按照“从优不重复”原则执行,另有规定的除外。"
    )
    (one,), _ = extract_rules(view, DISTRICT)
    assert view.text[slice(*one.span)] == "与区内惠企政策按照“从优不重复”原则执行"


def test_a_city_of_the_district_level_is_no_city_to_itself() -> None:
    assert excluded("市级(含)以上财政已有补助的,实行差额补助。", "瑞安市") == [
        ("municipal", "difference_only")
    ]
    assert excluded("同一项目在市内享受多项政策的,就高不重复。", "瑞安市") == [("same_district", "highest")]
    assert excluded("与本市其他政策重复的,按就高原则执行。", "瑞安市") == [("same_district", "highest")]


@pytest.mark.parametrize("key", ["exclusions", "stacks"])
def test_every_cue_finds_its_examples_and_none_of_its_counterexamples(key: str) -> None:
    for entry, cue in zip(read_lexicon("rules")[key], _cues(key), strict=True):
        for example in entry["examples"]:
            assert cue.pattern.search(example), (entry["pattern"], example)
        for example in entry["not"]:
            found = cue.search(example, 0, len(example), example)
            assert not found, (entry["pattern"], example)


def test_the_lexicon_s_rules_are_those_of_the_record() -> None:
    lexicon = read_lexicon("rules")
    rules = get_args(get_type_hints(Exclusion)["rule"])
    assert {entry["rule"] for entry in lexicon["exclusions"]} == set(rules)


def test_every_entry_names_its_source() -> None:
    lexicon = read_lexicon("rules")
    for key in ("exclusions", "stacks", "added", "scopes"):
        assert all(entry["source"] for entry in lexicon[key])


def test_every_example_has_a_gate() -> None:
    """A sentence is read only where a gate word stands: no cue may hide behind the gates."""
    lexicon = read_lexicon("rules")
    assert lexicon["gates"] == sorted(set(lexicon["gates"]))
    for key in ("exclusions", "stacks"):
        for entry in lexicon[key]:
            for example in entry["examples"]:
                assert any(gate in example for gate in lexicon["gates"]), example
