"""Records become one graph: what every policy states, whatever the order of documents, and what stays open is reported."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Graph
from loaders.assemble import assemble
from loaders.record import OtherAmount, PolicyRecord
from tests.gold_records import gold_records
from tests.loaders.linking.links import graph_of, links, name
from tests.loaders.records import clause, policy

GRANT = {"最高200万元": ("cap", 2e6)}


def measures(
    title: str = "甲", place: str = "海淀区", text: str = "对企业给予最高200万元支持。", **fields: Any
) -> PolicyRecord:
    return policy(title, place, clause("第一条", text, benefits=GRANT, topics="talent"), **fields)


def only(graph: Graph, label: str) -> dict[str, Any]:
    """The properties of the one node of a label (of the corpus's policies, if it is Policy)."""
    nodes = [node for node in graph.nodes(label) if node.properties.get("in_corpus", True)]
    assert len(nodes) == 1
    return dict(nodes[0].properties)


# --- one policy


def test_a_clause_carries_policy_cite_and_its_own_text() -> None:
    one = policy("甲", "海淀区", clause("第五条", "支持人才。"), clause("第五条 (1)", "给予住房保障。"))
    graph = graph_of(one)
    texts = {tuple(n.properties["cite"]): n.properties["text"] for n in graph.nodes("Clause")}  # type: ignore[arg-type]
    assert texts == {("第五条",): "支持人才。", ("第五条", "(1)"): "给予住房保障。"}
    assert set(links(graph, "HAS_CLAUSE")) == {("甲", "甲 第五条"), ("甲 第五条", "甲 第五条 (1)")}


def test_a_benefit_carries_its_sentence_and_hangs_on_its_clause() -> None:
    graph = graph_of(measures())
    benefit = only(graph, "Benefit")
    assert (benefit["kind"], benefit["value"], benefit["unit"], benefit["quote"]) == (
        "cap",
        2e6,
        "CNY",
        "最高200万元",
    )
    assert (benefit["document"], benefit["cite"]) == ("甲.txt", ["第一条"])
    ((ends, edge),) = links(graph, "GRANTS").items()
    assert ends[0] == "甲 第一条"
    assert edge["span_end"] - edge["span_start"] == len("最高200万元")


def test_two_amounts_read_from_the_same_words_are_both_kept() -> None:
    record = measures()
    facts = record.clauses[0].benefits
    facts.append(msgspec.structs.replace(facts[0], per="企业"))
    assert len(graph_of(record).nodes("Benefit")) == 2


def test_conditions_and_other_amounts_are_no_benefits() -> None:
    text = "研发费用1000万元以上的,给予支持。"
    record = policy("甲", "海淀区", clause("第一条", text, thresholds={"1000万元以上": 1e7}))
    record.other_amounts.append(OtherAmount(kind="goal", value=1.0, unit="share", span=(0, 1), quote="甲"))
    graph = graph_of(record)
    assert {node.properties["kind"] for node in graph.nodes("Amount")} == {"threshold", "goal"}
    assert len(graph.edges("REQUIRES")) == len(graph.edges("MENTIONS")) == 1
    assert not graph.nodes("Benefit")


def test_clause_and_policy_know_their_topics_without_their_edges() -> None:
    one = policy(
        "甲",
        "海淀区",
        clause("第一条", "支持人才租房。", topics="talent housing"),
        clause("第二条", "支持人才。", topics="talent"),
        clause("第三条", "本措施由区政府解释。"),
    )
    graph = graph_of(one)
    assert only(graph, "Policy")["topics"] == ["housing", "talent"]
    found = {n.properties["cite"][0]: n.properties.get("topics") for n in graph.nodes("Clause")}  # type: ignore[index]
    assert found == {"第一条": ["housing", "talent"], "第二条": ["talent"], "第三条": None}


def test_topics_of_nodes_are_those_of_the_edges_in_the_whole_corpus() -> None:
    graph = assemble(gold_records()).graph
    told: dict[str, set[str]] = {}
    for edge in graph.edges("ABOUT"):
        clause_node, topic = graph.node(edge.start), graph.node(edge.end)
        assert clause_node is not None
        assert topic is not None
        for owner in (edge.start, str(clause_node.properties["policy"])):
            told.setdefault(owner, set()).add(str(topic.properties["code"]))
    kept = [
        node for label in ("Policy", "Clause") for node in graph.nodes(label) if "topics" in node.properties
    ]
    assert {node.id: node.properties["topics"] for node in kept} == {
        owner: sorted(topics) for owner, topics in told.items()
    }


def test_topics_honors_and_bodies_hang_on_the_clause_that_names_them() -> None:
    one = clause(
        "第一条",
        "获评DCMM的,给予支持。",
        topics="certification",
        honors=("DCMM",),
        agencies=("北京市海淀区商务局",),
    )
    graph = graph_of(policy("甲", "海淀区", one))
    assert set(links(graph, "REWARDS")) == {("甲 第一条", "DCMM")}
    assert set(links(graph, "ABOUT")) == {("甲 第一条", "资质与体系认证")}
    assert links(graph, "ADMINISTERED_BY")["甲 第一条", "北京市海淀区商务局"]["role"] == "responsible"
    assert only(graph, "Agency")["district"] == "110108"


@pytest.mark.parametrize(
    ("honor", "level"), [("国家级重点实验室", "national"), ("市级企业技术中心", "municipal"), ("DCMM", None)]
)
def test_an_honor_has_the_level_that_its_name_states(honor: str, level: str | None) -> None:
    graph = graph_of(policy("甲", "海淀区", clause("第一条", "给予奖励。", honors=(honor,))))
    assert only(graph, "Honor").get("level") == level


def test_who_issues_and_who_interprets() -> None:
    text = "由海淀区商务局印发并解释。"
    bodies = tuple(
        {"agency": "北京市海淀区商务局", "role": role, "quote": "海淀区商务局"}
        for role in ("issuer", "interpreter")
    )
    graph = graph_of(policy("甲", "海淀区", clause("附则", text), administered_by=bodies))
    assert set(links(graph, "ISSUED_BY")) == {("甲", "北京市海淀区商务局")}
    assert links(graph, "ADMINISTERED_BY")["甲", "北京市海淀区商务局"]["role"] == "interpreter"


@pytest.mark.parametrize(
    ("fields", "begin", "end", "computed"),
    [
        ({"effective_from": "2025-03-01", "valid_years": 3}, "2025-03-01", "2028-02-29", ["effective_to"]),
        ({"effective_from": "issue", "issued_on": "2025-01-10"}, "2025-01-10", None, ["effective_from"]),
        ({"effective_from": "issue+30d", "issued_on": "2025-01-01"}, "2025-01-31", None, ["effective_from"]),
        (
            {"effective_from": "issue", "valid_years": 5},
            None,
            None,
            None,
        ),  # no date of issue: nothing is computed
        (
            {"effective_from": "2025-03-01", "effective_to": "2027-12-31", "valid_years": 5},
            "2025-03-01",
            "2027-12-31",
            None,
        ),
    ],
)
def test_dates_are_computed_only_from_what_is_stated(
    fields: dict[str, Any], begin: str | None, end: str | None, computed: list[str] | None
) -> None:
    found = only(graph_of(measures(**fields)), "Policy")
    assert (found.get("effective_from"), found.get("effective_to"), found.get("computed")) == (
        begin,
        end,
        computed,
    )


# --- districts


def test_beijings_districts_are_there_without_a_document_too() -> None:
    graph = graph_of(measures(place="广州市南沙区"))
    names = {str(node.properties["name"]) for node in graph.nodes("District")}
    assert {"北京市", "门头沟区", "延庆区", "北京经济技术开发区", "广州市", "南沙区", "天河区"} <= names
    under = {start for start, end in links(graph, "PART_OF") if end == "北京市"}
    assert len(under) == 17  # 16 districts and the development area
    assert set(links(graph, "OVERLAPS")) == {
        ("北京经济技术开发区", "通州区"),
        ("北京经济技术开发区", "大兴区"),
    }


def test_an_ambiguous_division_is_that_of_the_policies_around_it() -> None:
    """朝阳区 is a district of 北京市 and of 长春市."""
    alone = assemble([measures(place="朝阳区")])
    assert alone.report.without_division == ["甲.txt:《甲》"]
    assert not alone.graph.edges("APPLIES_IN")
    together = assemble([measures(place="朝阳区"), measures("乙", "长春市南关区")])
    assert together.report.by_company == ["甲.txt:《甲》:朝阳区"]
    (edge,) = [e for e in together.graph.edges("APPLIES_IN") if name(together.graph, e.start) == "甲"]
    assert together.graph.node(edge.end).properties["code"] == "220104"  # type: ignore[union-attr]


# --- one policy twice

LONG = "对企业给予最高200万元支持。" + "".join(
    f"第{n}类项目按照规定的程序组织申报评审并公示。" for n in range(30)
)


def test_a_policy_in_two_documents_is_one_node_of_both() -> None:
    page = measures(text=LONG, source="页面.txt", issued_on="2025-01-01")
    copy = measures(text=LONG.replace("公示", "公 示"), source="转载.txt")
    assembly = assemble([copy, page])
    found = only(assembly.graph, "Policy")
    assert (found["document"], found["documents"]) == (
        "页面.txt",
        ["转载.txt", "页面.txt"],
    )  # the page knows its date
    assert [[other.source for other in one.others] for one in assembly.report.reprints] == [["转载.txt"]]


@pytest.mark.parametrize(
    ("reason", "fields"),
    [
        ("another text", {"text": "对企业给予最高200万元支持,另行规定。" * 20}),
        ("another number", {"text": LONG, "doc_number": "海发〔2024〕2号"}),
        ("another day", {"text": LONG, "issued_on": "2023-05-05"}),
        ("another place", {"text": LONG, "place": "东城区"}),
    ],
)
def test_versions_of_a_policy_stay_two_policies(reason: str, fields: dict[str, Any]) -> None:
    first = measures(text=LONG, doc_number="海发〔2020〕1号", issued_on="2020-05-05", source="旧.txt")
    second = measures(**{"doc_number": None, "source": "新.txt", **fields})
    policies = [n for n in assemble([first, second]).graph.nodes("Policy") if n.properties["in_corpus"]]
    assert len(policies) == 2, reason


def test_two_texts_of_one_title_and_number_are_told_apart_and_reported() -> None:
    first, second = (
        measures(source="一.txt"),
        measures(text="对企业给予最高200万元支持,另行规定。" * 20, source="二.txt"),
    )
    assert assemble([first, second]).report.versions == ["一.txt:《甲》", "二.txt:《甲》"]


# --- the same graph from the same input


@pytest.fixture(scope="module")
def corpus() -> list[PolicyRecord]:
    return gold_records()


def test_building_twice_gives_equal_graphs_and_keeps_the_records(corpus: list[PolicyRecord]) -> None:
    before = msgspec.json.encode(corpus)
    first, second = assemble(corpus), assemble(corpus)
    assert first.graph.content_hash() == second.graph.content_hash()
    assert first.report == second.report
    assert msgspec.json.encode(corpus) == before


def test_the_corpus_keeps_the_schema_and_gives_one_graph_in_any_order(corpus: list[PolicyRecord]) -> None:
    expected = assemble(corpus)
    assert expected.graph.check() == []
    shuffled = random.Random(1).sample(corpus, len(corpus))
    again = assemble(shuffled)
    assert again.graph.content_hash() == expected.graph.content_hash()
    assert again.report == expected.report


TEXTS = (
    "对数据交易给予最高200万元支持。",
    "对租用算力给予最高200万元支持。",
    "对算力券给予最高200万元补贴,从优不重复。",
)


@st.composite
def small_corpora(draw: st.DrawFn) -> list[PolicyRecord]:
    """Up to six policies of few words, titles and places, so that they meet in every kind of link."""
    made = []
    for number in range(draw(st.integers(1, 6))):
        text = draw(st.sampled_from(TEXTS))
        place, level = draw(
            st.sampled_from([("海淀区", "district"), ("丰台区", "district"), ("北京市", "municipal")])
        )
        rules = ({"scope": "same_district", "rule": "best", "quote": "从优不重复"},) if "从优" in text else ()
        title = draw(st.sampled_from(["甲措施", "乙措施(试行)", "丙办法"]))
        cited = draw(st.sampled_from(["甲措施", "丙办法"]))
        cites = ({"title": cited, "quote": text[:2], "role": "mention"},)
        one = clause(
            "第一条", text, topics=draw(st.sampled_from(["compute-rental", "data-trading"])), benefits=GRANT
        )
        made.append(
            policy(title, place, one, level=level, source=f"{number}.txt", excludes=rules, cites=cites)
        )
    return made


@settings(deadline=None, max_examples=50)  # a slow machine is no failure
@given(small_corpora(), st.randoms(use_true_random=False))
def test_any_order_of_any_documents_gives_one_graph(
    records: list[PolicyRecord], chance: random.Random
) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)
    first, second = assemble(records), assemble(shuffled)
    assert list(first.graph.to_jsonl()) == list(second.graph.to_jsonl())
    assert first.report == second.report
    assert first.graph.check() == []
