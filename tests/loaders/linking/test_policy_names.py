"""Which policy a title in 《》 means: one where title, number, place and date agree, else none, with its candidates."""

from __future__ import annotations

import pytest

from graph.model import Graph
from loaders.linking.policy_names import TitleKey, number_key, skeleton, title_key
from loaders.record import PolicyRecord
from tests.loaders.linking.links import graph_of, links
from tests.loaders.records import clause, policy


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("西城区推动文化产业发展若干措施", TitleKey("西城区推动文化产业发展若干措施", "")),
        (
            "支持游戏电竞产业若干措施(试行)",
            TitleKey("支持游戏电竞产业若干措施", "试行"),
        ),  # a version of its own
        (
            "资金管理办法\uff08修订版征求意见稿\uff09",
            TitleKey("资金管理办法", "修订版征求意见稿"),
        ),  # full-width
        ("北京市“十四五”规划", TitleKey("北京市十四五规划", "")),  # quotation marks come and go
        (
            "某市财政局关于印发《资金管理办法》的通知",
            TitleKey("资金管理办法", ""),
        ),  # the notice stands for it
        ("国务院关于深入实施行动的意见", TitleKey("国务院关于深入实施行动的意见", "")),  # issues nothing
        ("若干措施(2024年修订)", TitleKey("若干措施", "2024年修订")),
    ],
)
def test_titles_are_compared_without_notice_punctuation_and_version(title: str, key: TitleKey) -> None:
    assert title_key(title) == key


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("京经信发[2021]84号", "京经信发\u30142021\u301584号"),
        ("京经信发\uff082021\uff09第84号", "京经信发\u30142021\u301584号"),
        ("财政部令第102号", "财政部令第102号"),  # no year in brackets: as it is
        (None, None),
    ],
)
def test_numbers_are_compared_with_one_kind_of_brackets(number: str | None, key: str | None) -> None:
    assert number_key(number) == key


def test_skeletons_leave_out_the_place_and_words_that_come_and_go() -> None:
    assert skeleton("北京市高精尖产业发展项目资金管理办法") == skeleton("高精尖产业发展资金管理办法(修订)")


BASIS = "为落实《北京市数字经济促进办法》,制定本措施。"


def citing(**fields: object) -> PolicyRecord:
    """东城区甲 names 《北京市数字经济促进办法》."""
    cites = ({"title": "北京市数字经济促进办法", "quote": "北京市数字经济促进办法", "role": "basis"},)
    return policy("甲", "东城区", clause("第一条", BASIS), cites=cites, **fields)  # type: ignore[arg-type]


def method(title: str = "北京市数字经济促进办法", place: str = "北京市", **fields: object) -> PolicyRecord:
    level = "municipal" if place == "北京市" else "district"
    return policy(title, place, clause("第一条", "促进数字经济。"), level=level, **fields)  # type: ignore[arg-type]


def meant(graph: Graph) -> dict[str, object]:
    """The properties of the one policy that 甲 is based on."""
    (edge,) = graph.edges("BASED_ON")
    node = graph.node(edge.end)
    assert node is not None
    return dict(node.properties)


def test_a_title_means_the_policy_of_the_corpus_that_has_it() -> None:
    graph = graph_of(citing(), method())
    assert meant(graph)["in_corpus"] is True
    assert links(graph, "BASED_ON")["甲", "北京市数字经济促进办法"]["quote"] == "北京市数字经济促进办法"


@pytest.mark.parametrize(
    ("records", "candidates"),
    [
        ([], 0),  # nobody has it
        ([method(draft=True)], 1),  # a draft is no basis
        ([method("北京市数字经济促进办法(修订)")], 1),  # another version
        ([method(), method("北京市数字经济促进办法(修订)")], 2),  # one of two
        ([method(issued_on="2025-06-01")], 0),  # made after 甲 (2024)
        ([method(place="广州市")], 0),  # another city's
        ([method("北京市数字经济促进项目办法")], 1),  # nearly the title
    ],
)
def test_a_title_that_is_not_surely_a_policy_of_the_corpus_stays_open(
    records: list[PolicyRecord], candidates: int
) -> None:
    open_title = meant(graph_of(citing(issued_on="2024-01-01"), *records))
    assert open_title["in_corpus"] is False
    assert len(open_title.get("candidates", [])) == candidates  # type: ignore[arg-type]


def test_a_number_decides_between_namesakes() -> None:
    text = "《数字经济措施》(京数字发〔2020〕3号)同时废止。"
    fact = {"title": "数字经济措施", "doc_number": "京数字发[2020]3号", "quote": text[:-6]}
    new = policy("数字经济措施", "东城区", clause("附则", text), supersedes=(fact,))
    old = policy("数字经济措施", "东城区", clause("第一条", "支持企业。"), doc_number="京数字发〔2020〕3号")
    graph = graph_of(new, old)
    (edge,) = graph.edges("SUPERSEDES")
    assert graph.node(edge.end).properties["doc_number"] == "京数字发〔2020〕3号"  # type: ignore[union-attr]
    assert graph.node(edge.end).properties["in_corpus"] is True  # type: ignore[union-attr]


def test_a_repealed_namesake_with_a_number_is_not_the_policy_itself() -> None:
    text = "《数字经济措施》(京数字发〔2020〕3号)同时废止。"
    fact = {"title": "数字经济措施", "doc_number": "京数字发〔2020〕3号", "quote": text[:-6]}
    graph = graph_of(policy("数字经济措施", "东城区", clause("附则", text), supersedes=(fact,)))
    (edge,) = graph.edges("SUPERSEDES")
    assert edge.start != edge.end
    assert graph.node(edge.end).properties["in_corpus"] is False  # type: ignore[union-attr]


def test_a_document_named_twice_has_one_edge_and_the_stronger_role() -> None:
    text = "根据《大数据条例》制定。按《大数据条例》处罚。"
    cites = (
        {"title": "大数据条例", "quote": "根据《大数据条例》", "role": "basis"},
        {"title": "大数据条例", "quote": "按《大数据条例》", "role": "mention"},
    )
    graph = graph_of(policy("甲", "东城区", clause("第一条", text), cites=cites))
    assert set(links(graph, "BASED_ON")) == {("甲", "大数据条例")}
    assert not links(graph, "CITES")


def test_what_two_policies_name_is_one_node_with_both_documents() -> None:
    cites = ({"title": "大数据条例", "quote": "大数据条例", "role": "mention"},)
    made = [policy(t, "东城区", clause("第一条", "依《大数据条例》。"), cites=cites) for t in ("甲", "乙")]
    named = [n for n in graph_of(*made).nodes("Policy") if not n.properties["in_corpus"]]
    assert [node.properties["documents"] for node in named] == [["乙.txt", "甲.txt"]]


def test_a_document_named_with_and_without_its_issuer_is_one() -> None:
    short = "关于更好发挥数据要素作用的实施意见"
    full = f"中共北京市委北京市人民政府{short}"

    def naming(title: str, place: str, named: str) -> PolicyRecord:
        cites = ({"title": named, "quote": named, "role": "basis"},)
        return policy(title, place, clause("第一条", f"落实《{named}》。"), cites=cites)

    made = naming("甲", "海淀区", full), naming("乙", "北京市", short), naming("丙", "广州市", short)
    ends = dict(list(links(graph_of(*made), "BASED_ON")))
    assert ends == {"甲": full, "乙": full, "丙": short}  # another city's document may have those words too


def test_a_title_without_number_is_that_of_the_one_numbered_document_of_that_name() -> None:
    text = "落实《大数据条例》(京人发〔2020〕3号)。"
    numbered = {
        "title": "大数据条例",
        "doc_number": "京人发〔2020〕3号",
        "quote": "大数据条例",
        "role": "basis",
    }
    plain = {"title": "大数据条例", "quote": "大数据条例", "role": "basis"}
    made = [
        policy(title, "海淀区", clause("第一条", text), cites=(fact,))
        for title, fact in (("甲", numbered), ("乙", plain))
    ]
    graph = graph_of(*made)
    assert len({edge.end for edge in graph.edges("BASED_ON")}) == 1
