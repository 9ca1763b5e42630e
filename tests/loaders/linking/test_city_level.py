"""What a clause pays on top of, or beside, an upper level's support: cofunding from the text, aligned from topics and matters."""

from __future__ import annotations

import pytest

from loaders.record import PolicyRecord
from tests.loaders.linking.links import graph_of, links
from tests.loaders.records import clause, policy

CITY, NATIONAL = "MATCHES_CITY_LEVEL", "MATCHES_NATIONAL_LEVEL"

CITY_DATA = "支持企业开展数据资产首登记、首交易、首入表,加快数据要素开放和资产价值实现。"
CITY_COMPUTE = "对租用智能算力开展模型训练的企业给予补贴,补贴金额最高不超过实际智能算力费用的20%,单个企业最高3000万元,按年度组织申报。"


def city(
    *clauses: dict[str, object], title: str = "市办法", place: str = "北京市", **fields: object
) -> PolicyRecord:
    return policy(title, place, *clauses, level="municipal", **fields)  # type: ignore[arg-type]


def district(
    text: str, topics: str, *matches: dict[str, object], place: str = "石景山区", **fields: object
) -> PolicyRecord:
    grant = {"给予": ("cap", 500_000.0)}
    one = clause("第一条", text, topics=topics, benefits=grant, matches=matches)
    return policy("区措施", place, one, **fields)  # type: ignore[arg-type]


def municipal(quote: str, target: str, **values: object) -> dict[str, object]:
    return {"level": "municipal", "target": target, "quote": quote, **values}


def test_a_match_that_names_what_the_city_pays_for_leads_to_that_clause() -> None:
    match = municipal("按市级奖励的50%给予配套", "市级奖励", rate=0.5)
    graph = graph_of(
        city(
            clause("第五条", CITY_DATA, topics="data-assets"),
            clause("第六条", CITY_COMPUTE, topics="compute-rental"),
        ),
        district("对开展数据首登记、首入表的企业,按市级奖励的50%给予配套。", "data-assets", match),
    )
    assert set(links(graph, CITY)) == {("区措施 第一条", "市办法 第五条")}
    found = links(graph, CITY)["区措施 第一条", "市办法 第五条"]
    assert (found["kind"], found["strength"], found["rate"]) == ("cofunding", "sure", 0.5)
    assert found["quote"] == "按市级奖励的50%给予配套"
    assert "首登记" in found["why"]


def test_a_match_whose_fund_is_not_named_is_arguable_and_keeps_the_programme() -> None:
    match = municipal("按市级支持资金的50%给予配套", "市级支持资金", cap=1e6)
    graph = graph_of(
        city(clause("第六条", CITY_COMPUTE, topics="compute-rental")),
        district("对租用算力的企业,按市级支持资金的50%给予配套。", "compute-rental", match),
    )
    found = links(graph, CITY, kind="cofunding")
    assert found["区措施 第一条", "市办法 第六条"]["strength"] == "arguable"
    assert (
        found["区措施 第一条", "市级支持资金"]["strength"] == "sure"
    )  # that it is matched is sure, not by which clause
    assert found["区措施 第一条", "市级支持资金"]["cap"] == 1e6


def test_a_match_without_a_counterpart_leads_to_a_programme() -> None:
    match = municipal("按市级资金1:0.5给予配套", "北京市实体书店扶持资金", rate=0.5)
    graph = graph_of(
        district("对获得北京市实体书店扶持资金的,按市级资金1:0.5给予配套。", "culture-trades", match)
    )
    assert set(links(graph, CITY)) == {("区措施 第一条", "北京市实体书店扶持资金")}
    (programme,) = graph.nodes("Programme")
    assert programme.properties["level"] == "municipal"


def test_a_match_that_names_a_policy_leads_to_the_policy() -> None:
    title = "北京市推动演艺高质量发展支持办法"
    match = municipal("按照1:0.5给予配套", title)
    cites = ({"title": title, "quote": title, "role": "mention"},)
    text = f"根据《{title}》按照1:0.5给予配套。"
    graph = graph_of(district(text, "performing-arts", match, cites=cites))
    assert set(links(graph, CITY)) == {("区措施 第一条", title)}
    assert not graph.nodes("Programme")


def test_a_match_with_the_nation_is_an_edge_of_its_own_type() -> None:
    quote = "按国家资金1:1给予配套"
    nation = {"level": "national", "target": "国家重大专项", "quote": quote, "rate": 1.0}
    graph = graph_of(district(f"对承担国家重大专项的,{quote}。", "upper-project-match", nation))
    assert set(links(graph, NATIONAL)) == {("区措施 第一条", "国家重大专项")}
    assert not links(graph, CITY)


def test_two_levels_that_support_one_thing_are_aligned() -> None:
    graph = graph_of(
        city(clause("第六条", CITY_COMPUTE, topics="compute-rental")),
        district("对租用算力开展模型训练的企业,给予最高50万元补贴。", "compute-rental"),
    )
    found = links(graph, CITY)["区措施 第一条", "市办法 第六条"]
    assert (found["kind"], found["topic"]) == ("aligned", "compute-rental")
    assert "算力使用" in found["why"]


PILOT = "提高行业中试验证和加工服务能力,加速创新技术产品产业化应用进程,支持新型产业创新平台建设及工程化任务推进,完善产业生态。"


@pytest.mark.parametrize(
    ("reason", "city_clause", "text", "topics", "aligned"),
    [
        ("one matter of a wide topic", PILOT, "对中试验证项目,给予最高1000万元。", "pilot-platform", True),
        ("a wide topic, nothing else", PILOT, "对元宇宙直播基地,给予最高1000万元。", "pilot-platform", False),
        (
            "a form of payment without object",
            "对符合标准的项目给予贷款贴息支持。",
            "对技改贷款给予贴息。",
            "loan-interest",
            False,
        ),
        (
            "a sentence bound to another field",
            "在医药健康领域贯彻落实行动计划,支持药物中试平台等项目建设及具体任务推进,加快创新药品在京落地;支持中试验证。",
            "对中试验证项目,给予最高1000万元。",
            "pilot-platform",
            False,
        ),
        (
            "work between cities",
            "支持京津冀产业链供应链协同能力提升,推动京津冀供应链协同,加强三地产业对接,促进协同创新,建设跨区域产业集群和平台。",
            "支持供应链协同,给予最高100万元。",
            "supply-chain",
            False,
        ),
    ],
)
def test_wide_topics_need_a_common_matter(
    reason: str, city_clause: str, text: str, topics: str, aligned: bool
) -> None:
    graph = graph_of(city(clause("第五条", city_clause, topics=topics)), district(text, topics))
    assert bool(links(graph, CITY)) is aligned, reason


def test_a_long_clause_of_the_city_is_found_by_a_matter_that_tells_its_topic() -> None:
    """Reading keeps the strongest topics of a clause; what a list of the city names besides is in its matters."""
    graph = graph_of(
        city(clause("第五条", PILOT, topics="key-tech")),
        district("对中试验证项目,给予最高1000万元。", "pilot-platform"),
    )
    assert ("区措施 第一条", "市办法 第五条") in links(graph, CITY)


def test_a_fund_for_technology_is_no_counterpart_of_a_measure_for_culture() -> None:
    compute = city(clause("第六条", CITY_COMPUTE, topics="compute-rental"), industries=("先进制造",))
    culture = district("对租用算力的影视企业,给予补贴。", "compute-rental", industries=("文化产业",))
    assert not links(graph_of(compute, culture), CITY)


def test_each_policy_of_the_city_answers_a_topic_with_its_best_clause() -> None:
    graph = graph_of(
        city(
            clause("第五条", CITY_COMPUTE, topics="compute-rental"),
            clause(
                "第六条",
                "支持算力基础设施布局,推动智算中心适配应用,引导社会资本参与,优化算力资源调度体系,服务全市创新主体发展。",
                topics="compute-rental",
            ),
        ),
        district("对租用智能算力开展模型训练的企业,给予最高50万元补贴。", "compute-rental"),
    )
    assert set(links(graph, CITY)) == {("区措施 第一条", "市办法 第五条")}


def test_a_city_matches_its_province_and_only_its_own() -> None:
    province = policy(
        "省办法", "广东省", clause("第一条", CITY_COMPUTE, topics="compute-rental"), level="provincial"
    )
    other = policy(
        "他省办法", "浙江省", clause("第一条", CITY_COMPUTE, topics="compute-rental"), level="provincial"
    )
    grant = {"给予": ("cap", 1e6)}
    own = clause("第一条", "对租用算力的企业,给予补贴。", topics="compute-rental", benefits=grant)
    guangzhou = policy("市措施", "广州市", own, level="municipal")
    nansha = policy("区措施", "南沙区", own, division="440115")
    assert set(links(graph_of(province, other, guangzhou, nansha), CITY)) == {
        ("市措施 第一条", "省办法 第一条"),
        ("区措施 第一条", "市措施 第一条"),
        ("区措施 第一条", "省办法 第一条"),
    }


def test_a_rule_that_stacks_with_the_citys_fund_echoes_the_sentence_that_asks_for_cofunding() -> None:
    asking = {"with": "district", "quote": "鼓励各区对高精尖资金支持的项目给予配套"}
    fund = city(
        clause("第九条", "鼓励各区对高精尖资金支持的项目给予配套。"),
        title="北京市高精尖产业发展资金管理办法",
        stacks=(asking,),
    )
    allowing = {"with": "municipal", "quote": "符合北京市高精尖等市级政策规定的,可同时享受"}
    rule = clause("第十六条", "符合北京市高精尖等市级政策规定的,可同时享受市、区两级支持。")
    graph = graph_of(fund, policy("区细则", "通州区", rule, stacks=(allowing,)))
    assert set(links(graph, CITY)) == {("区细则 第十六条", "北京市高精尖产业发展资金管理办法 第九条")}


def test_two_clauses_that_only_say_that_the_city_pays_do_not_mean_the_same_programme() -> None:
    def matched(title: str, target: str) -> PolicyRecord:
        match = municipal("按比例配套", target)
        return policy(
            title, "海淀区", clause("第一条", "按比例配套。", topics="first-store", matches=(match,))
        )

    generic = graph_of(matched("甲", "市级支持资金"), matched("乙", "市级支持资金"))
    named = graph_of(matched("甲", "北京市实体书店扶持资金"), matched("乙", "北京市实体书店扶持资金"))
    assert len(generic.nodes("Programme")) == 2
    assert [node.properties["documents"] for node in named.nodes("Programme")] == [["乙.txt", "甲.txt"]]
