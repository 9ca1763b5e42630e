"""What a graph takes, unites, refuses, and how it is written down."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import ModelError
from graph.model import Graph, coded_id, content_id
from graph.schema import load_schema
from tests.graph.samples import AGENCY, CAP, CLAUSE, FENGTAI, ITEM, POLICY, evidence, tiny_graph


@pytest.fixture
def graph() -> Graph:
    return Graph(load_schema())


class TestIds:
    def test_the_same_key_gives_the_same_id_everywhere(self) -> None:
        # sha256 of ["clause","p",["第五条","(1)"]] without blanks, in UTF-8
        assert content_id("clause", "p", ["第五条", "(1)"]) == "clause-39fd9b60563294af"

    @pytest.mark.parametrize(
        ("key", "other"),
        [
            (("a", "b"), ("b", "a")),  # order counts
            ((["a", "b"],), (["a"], "b")),  # so does where a list ends
            ((1,), ("1",)),  # a number is not its spelling
            ((None,), ("",)),  # unknown is not empty
        ],
    )
    def test_another_key_gives_another_id(self, key: tuple[object, ...], other: tuple[object, ...]) -> None:
        assert content_id("x", *key) != content_id("x", *other)

    def test_what_has_a_published_code_is_called_by_it(self) -> None:
        assert coded_id("district", "110106") == "district-110106"


class TestMerging:
    def test_the_same_statement_twice_is_one(self, graph: Graph) -> None:
        for _ in range(2):
            graph.add_node("Topic", "topic-x", {"code": "x", "name": "算力"})
        assert graph.counts() == ({"Topic": 1}, {})

    def test_documents_are_united_and_sorted(self, graph: Graph) -> None:
        graph.add_node("Agency", "a", {"name": "科委", "documents": ["b.txt", "a.txt"]})
        graph.add_node("Agency", "a", {"name": "科委", "documents": ["c.txt", "a.txt"]})
        assert graph.nodes()[0].properties["documents"] == ["a.txt", "b.txt", "c.txt"]

    def test_of_united_lists_the_first_hundred_values_are_kept(self) -> None:
        graph = Graph(load_schema())
        names = [f"{number:03}.txt" for number in range(150)]
        for name in reversed(names):
            graph.add_node("Honor", "h", {"name": "小巨人", "documents": [name]})
        graph.add_node("Honor", "g", {"name": "独角兽", "documents": names})
        assert [node.properties["documents"] for node in graph.nodes()] == [names[:100], names[:100]]

    def test_what_one_statement_leaves_open_the_other_fills(self, graph: Graph) -> None:
        graph.add_node("Honor", "h", {"name": "小巨人", "level": None, "documents": ["a"]})
        graph.add_node("Honor", "h", {"name": "小巨人", "level": "national", "documents": ["a"]})
        assert graph.nodes()[0].properties["level"] == "national"

    def test_two_names_for_one_id_are_refused(self, graph: Graph) -> None:
        graph.add_node("Agency", "a", {"name": "科委", "documents": []})
        with pytest.raises(ModelError, match="a: name is both '科委' and '科信局'"):
            graph.add_node("Agency", "a", {"name": "科信局", "documents": []})

    def test_one_id_is_one_label(self, graph: Graph) -> None:
        graph.add_node("Industry", "x", {"name": "人工智能"})
        with pytest.raises(ModelError, match="x is a Industry and a Topic"):
            graph.add_node("Topic", "x", {"name": "人工智能", "code": "x"})

    def test_edges_that_differ_in_their_key_stand_side_by_side(self) -> None:
        scopes = [edge.properties["scope"] for edge in tiny_graph().edges("EXCLUDES")]
        assert sorted(map(str, scopes)) == ["annual_single", "within_policy"]

    def test_an_edge_that_contradicts_itself_is_refused(self, graph: Graph) -> None:
        graph.add_edge("GRANTS", "c", "b", evidence("a.txt", "最高200万元", 5))
        with pytest.raises(ModelError, match="GRANTS c → b: "):
            graph.add_edge("GRANTS", "c", "b", evidence("a.txt", "最高300万元", 5))


class TestValues:
    def test_a_whole_number_becomes_a_float_where_one_is_declared(self, graph: Graph) -> None:
        node = graph.add_node("Benefit", "b", {"value": 2_000_000})
        assert repr(node.properties["value"]) == "2000000.0"

    def test_unknown_is_left_out(self, graph: Graph) -> None:
        assert "heading" not in graph.add_node("Clause", "c", {"heading": None}).properties
        assert "aliases" not in graph.add_node("District", "d", {"aliases": []}).properties
        assert graph.add_node("Honor", "h", {"documents": []}).properties == {"documents": []}  # always there

    def test_the_callers_list_is_not_shared(self, graph: Graph) -> None:
        cite = ["第一条"]
        node = graph.add_node("Clause", "c", {"cite": cite})
        cite.append("(1)")
        assert node.properties["cite"] == ["第一条"]

    @pytest.mark.parametrize(
        ("label", "properties", "sentence"),
        [
            ("Ministry", {}, "Ministry is no node label"),
            ("Topic", {"colour": "red"}, "colour is no property of Topic"),
        ],
    )
    def test_what_the_schema_does_not_know_is_refused(
        self, graph: Graph, label: str, properties: dict[str, str], sentence: str
    ) -> None:
        with pytest.raises(ModelError, match=sentence):
            graph.add_node(label, "x", properties)

    def test_a_node_needs_an_id(self, graph: Graph) -> None:
        with pytest.raises(ModelError, match="a Topic has no id"):
            graph.add_node("Topic", "", {"code": "x", "name": "算力"})


class TestCheck:
    def test_a_sound_graph_has_no_problems(self) -> None:
        assert tiny_graph().check() == []

    def test_each_problem_is_a_sentence(self, graph: Graph) -> None:
        graph.add_node(
            "Policy", "p", {"title": "措施", "documents": [], "in_corpus": True, "issued_on": "2026-02-30"}
        )
        graph.add_node("Topic", "t", {"name": "算力"})
        graph.add_edge("PART_OF", "p", "t", {"source": "x"})
        graph.add_edge("PART_OF", "p", "gone", {"source": "x"})
        assert graph.check() == [
            "p: issued_on is '2026-02-30', which is no date",
            "t: Topic needs code",
            "PART_OF p → gone: one of its ends is not in the graph",
            "PART_OF p → t: it may not lead from a Policy to a Topic",
        ]

    @pytest.mark.parametrize("number", [float("nan"), float("inf")])
    def test_a_number_is_finite(self, graph: Graph, number: float) -> None:
        graph.add_node("Benefit", "b", {"value": number})
        assert f"b: value is {number!r}, which is no number" in graph.check()

    def test_closed_lists_are_closed(self, graph: Graph) -> None:
        graph.add_node("Topic", "t", {"code": "t", "name": "算力"})
        graph.add_node("District", "d", {"code": "1", "name": "丰台区", "kind": "village"})
        assert graph.check() == [
            "d: kind is 'village', which is none of country, province, city, district, development_area"
        ]


class TestPlainForm:
    def test_a_line_is_one_object(self, graph: Graph) -> None:
        graph.add_node("Topic", "topic-x", {"name": "算力", "code": "x"})
        graph.add_node("District", FENGTAI, {"code": "110106", "name": "丰台区", "kind": "district"})
        graph.add_edge("PART_OF", FENGTAI, "d2", {"source": "GB/T 2260"})
        assert list(graph.to_jsonl()) == [
            '{"node": "District", "id": "district-110106", '
            '"properties": {"code": "110106", "kind": "district", "name": "丰台区"}}',
            '{"node": "Topic", "id": "topic-x", "properties": {"code": "x", "name": "算力"}}',
            '{"edge": "PART_OF", "from": "district-110106", "to": "d2", "properties": {"source": "GB/T 2260"}}',
        ]

    def test_what_is_written_reads_back(self) -> None:
        graph = tiny_graph()
        assert list(Graph.from_jsonl(graph.schema, graph.to_jsonl()).to_jsonl()) == list(graph.to_jsonl())

    def test_a_broken_line_is_named(self) -> None:
        with pytest.raises(ModelError, match="line 1 is no node or edge in the plain form"):
            Graph.from_jsonl(load_schema(), ["{}"])

    @settings(deadline=None, max_examples=30)
    @given(st.randoms())
    def test_the_order_of_statements_changes_nothing(self, chance: random.Random) -> None:
        graph = tiny_graph()
        lines = list(graph.to_jsonl())
        shuffled = lines + lines[:5]
        chance.shuffle(shuffled)
        assert list(Graph.from_jsonl(graph.schema, shuffled).to_jsonl()) == lines

    def test_equal_graphs_have_equal_hashes(self) -> None:
        assert tiny_graph().content_hash() == tiny_graph().content_hash()

    def test_another_amount_gives_another_hash(self) -> None:
        changed = [line.replace("2000000.0", "3000000.0") for line in tiny_graph().to_jsonl()]
        assert Graph.from_jsonl(load_schema(), changed).content_hash() != tiny_graph().content_hash()


def test_nodes_and_edges_are_found_by_kind() -> None:
    graph = tiny_graph()
    assert [node.id for node in graph.nodes("Agency")] == [AGENCY]
    assert {(edge.start, edge.end) for edge in graph.edges("HAS_CLAUSE")} >= {
        (POLICY, CLAUSE),
        (CLAUSE, ITEM),
    }
    assert graph.node(CAP) is not None
    assert graph.node("no such id") is None
