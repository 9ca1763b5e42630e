"""Industries: what a title names, what scope and headings add, and which policies are for all industries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data import CORPUS
from loaders.industries import extract_industries
from loaders.lexicon import pattern, read_lexicon
from loaders.plain import plain_view
from loaders.segment import segment_clauses
from loaders.split import split_policies
from loaders.types import Document
from tests.loaders.passages import view_of

SEEDS = Path(__file__).parents[1] / "gold" / "seeds"
# The closed list of the annotators' guideline.
CLOSED = [
    "人工智能",
    "大模型与算力",
    "软件和信息服务",
    "信创与网络安全",
    "数据产业",
    "数字经济",
    "工业互联网",
    "集成电路",
    "量子科技",
    "虚拟现实与XR",
    "互联网3.0",
    "机器人",
    "智能网联与新能源汽车",
    "医药健康",
    "新材料",
    "新能源与储能",
    "绿色低碳",
    "商业航天",
    "智能制造与装备",
    "科学仪器与传感器",
    "先进制造",
    "视听与超高清",
    "游戏电竞",
    "文化产业",
    "金融",
    "总部经济与商务服务",
    "商贸消费",
    "外贸",
    "外资",
    "科技服务与孵化",
    "未来产业",
    "综合",
]


def industries(title: str, body: str = "第一条 对企业给予最高100万元支持。") -> list[str]:
    return [mention.name for mention in extract_industries(view_of(body, title))]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        # what a title calls its field by, in the words of other places
        ("淄博市支持化工新材料产业发展若干政策", ["新材料"]),
        ("长沙市支持自主安全计算系统产业发展若干政策", ["信创与网络安全"]),
        ("苏州市促进生产性服务业高质量发展若干措施", ["总部经济与商务服务"]),
        ("武汉市支持数字创意产业发展若干措施", ["文化产业"]),
        # fields of manufacture that the list has no name for
        ("绍兴市柯桥区支持纺织服装产业高质量发展若干政策", ["先进制造"]),
        ("武汉市支持激光产业发展若干措施", ["先进制造"]),
        ("江苏省促进中小企业数字化转型若干政策", ["数字经济"]),
        ("天津滨海高新区推出科技型企业梯度支持政策", ["科技服务与孵化"]),
        # a title for all, over a text too short to tell a field by
        ("杭州市余杭区关于推动经济高质量发展的若干政策", ["综合"]),
    ],
)
def test_titles_of_other_places(title: str, expected: list[str]) -> None:
    body = "第一条 对智能工厂给予100万元。\n第二条 支持企业发展。"
    assert industries(title, body) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("深圳市龙华区推动数字文化产业高质量发展若干措施", ["文化产业"]),
        ("温州市鹿城区人民政府关于进一步推动制造业高质量发展的若干政策意见", ["先进制造"]),
        ("广州市南沙区促进生物医药产业高质量发展扶持办法", ["医药健康"]),
        ("广州市黄埔区促进氢能产业发展办法", ["新能源与储能"]),
        ("苏州工业园区关于加快人工智能产业创新发展的若干措施", ["人工智能"]),
        ("杭州市人民政府办公厅关于促进集成电路产业高质量发展的实施意见", ["集成电路"]),
        ("关于促进低空经济高质量发展的若干措施", ["商业航天"]),
        ("瓯海区加快现代服务业高质量发展的若干政策", ["总部经济与商务服务"]),
        ("徽州区促进商贸流通高质量发展激励办法", ["商贸消费"]),
        ("宝安区关于加快软件和信息技术服务业发展的若干措施", ["软件和信息服务"]),
        ("某区促进新能源和新材料产业发展办法", ["新能源与储能", "新材料"]),
        ("某区关于支持企业上市挂牌的若干措施", ["金融"]),
        ("某市加快推进科技创新发展的若干政策", ["科技服务与孵化"]),  # no field named: the nearest of the list
        ("某市扩大对外开放推动外资高质量发展的实施意见", ["外资"]),
    ],
)
def test_the_title_names_the_industry(title: str, expected: list[str]) -> None:
    assert industries(title) == expected


def test_headings_add_what_much_of_the_text_is_about() -> None:
    body = (
        "第一条 支持影视创作。对影视作品给予奖励。\n第二条 支持游戏电竞产业发展。对游戏企业、电竞俱乐部、电竞场馆给予奖励。\n"
        "第三条 支持实体书店。对书店采用VR技术的给予奖励。"
    )
    assert industries("某区推动文化产业高质量发展的若干措施", body) == ["文化产业", "游戏电竞"]


def test_the_scope_that_a_policy_states_adds_its_fields_in_their_order() -> None:
    body = "第一条 支持对象。从事医药健康、智能装备等领域的企业。\n第二条 支持首店。对制造业企业给予奖励,支持人工智能应用。"
    assert industries("某区支持先进制造业发展的实施细则", body) == ["先进制造", "医药健康", "智能制造与装备"]


def test_many_industries_of_like_weight_make_a_policy_for_all() -> None:
    body = "\n".join(
        f"第{number}条 支持{field}发展。"
        for number, field in zip(
            "一二三四五六", ["人工智能", "医药健康", "外贸", "新材料", "机器人", "软件"], strict=True
        )
    )
    assert industries("某区产业扶持办法", body) == ["综合"]
    assert industries("某市高精尖资金实施指南", body) == ["综合", "先进制造"]
    # … and none of them where the text is about one of them
    assert industries("某区产业扶持办法", "第一条 支持机器人企业发展,推广机器人产品。") == ["机器人"]


def test_a_policy_whose_clauses_speak_of_no_industry_is_for_all() -> None:
    view = view_of(
        "第一条 对首次纳统的单位给予10万元奖励。\n第二条 本措施自印发之日起施行。", "某区强信心增动力若干措施"
    )
    assert [mention.name for mention in extract_industries(view)] == ["综合"]


def test_a_text_that_speaks_of_no_industry_has_none() -> None:
    assert industries("某区若干措施") == []


def test_evidence_is_the_place_in_the_title() -> None:
    view = view_of("第一条 支持机器人企业。", "某区推动机器人产业发展的若干措施")
    (mention,) = extract_industries(view)
    assert view.text[slice(*mention.span)] == "机器人产业"
    assert view.title.start <= mention.span[0] < view.title.end


def test_agrees_with_the_annotators() -> None:
    hits = named = wanted = 0
    gold = {}
    for path in sorted(SEEDS.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        gold["".join(record["title"].split())] = set(record["industries"])
    for path in sorted(Path(CORPUS).glob("*.txt")):
        for policy in split_policies(Document(path.name, path.read_text(encoding="utf-8"), "0"))[0]:
            found = {
                mention.name for mention in extract_industries(plain_view(policy, segment_clauses(policy)))
            }
            hits += len(found & gold[policy.title])
            named, wanted = named + len(found), wanted + len(gold[policy.title])
    print(f"industries: P {hits / named:.3f} R {hits / wanted:.3f}")
    assert 2 * hits / (named + wanted) >= 0.88


# --- the lexicon


def test_the_list_is_the_annotators_and_no_word_tells_two() -> None:
    lexicon = read_lexicon("industries")
    assert [*(industry["name"] for industry in lexicon["industries"]), lexicon["all"]] == CLOSED
    words = [word for industry in lexicon["industries"] for word in industry["names"] + industry["cues"]]
    assert len(words) == len(set(words))
    assert not set(words) & set(lexicon["masked"])
    assert set(lexicon["other_titles"].values()) | set(lexicon["beside_broad"].values()) <= set(CLOSED)


def test_scope_pattern_finds_its_examples_and_none_of_its_counterexamples() -> None:
    for entry in read_lexicon("industries")["scopes"]:
        find = pattern("industries", "scopes").search
        assert all(find(text) for text in entry["examples"])
        assert not any(find(text) for text in entry["counterexamples"])
