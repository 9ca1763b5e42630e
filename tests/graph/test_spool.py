"""A graph on disk says what one in memory says: whatever the order, however often a thing is said, and however little is held back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph.spool
from graph.errors import ModelError
from graph.lines import LineMaker
from graph.model import Edge, Graph, Growing
from graph.packing import unpack_edge
from graph.positions import Positions, repeated
from graph.schema import load_schema
from graph.spool import GraphSpool
from tests.graph.samples import CLAUSE, POLICY, evidence, tiny_graph

Statement = Callable[[Growing], object]


@pytest.fixture(params=[1, 1 << 14], ids=["one node held back", "many held back"])
def spool(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[GraphSpool]:
    """With one node held back nearly every repetition is found on disk, with many nearly none."""
    monkeypatch.setattr(graph.spool, "HELD_NODES", request.param)
    with GraphSpool(load_schema(), tmp_path) as opened:
        yield opened


def fill(growing: Growing, source: Graph, order: random.Random | None = None) -> None:
    """All that the source says, and a third of it twice."""
    nodes, edges = source.nodes(), source.edges()
    said: list[Statement] = [
        *(lambda g, n=node: g.add_node(n.label, n.id, n.properties) for node in [*nodes, *nodes[::3]]),
        *(
            lambda g, e=edge: g.add_edge(e.type, e.start, e.end, e.properties)
            for edge in [*edges, *edges[::3]]
        ),
    ]
    if order is not None:
        order.shuffle(said)
    for statement in said:
        statement(growing)


def in_memory(statements: GraphSpool) -> Graph:
    """What is on disk, as a graph in memory."""
    found = Graph(statements.schema)
    for node in statements.nodes():
        assert found.node(node.id) is None, "each node once"
        found.add_node(node.label, node.id, node.properties)
    for edge in statements.edges():
        found.add_edge(edge.type, edge.start, edge.end, edge.properties)
    return found


@settings(deadline=None, max_examples=40)
@given(st.randoms(use_true_random=False), st.sampled_from([1, 5, 1 << 14]))
def test_any_order_gives_the_graph_in_memory(chance: random.Random, held: int) -> None:
    source = tiny_graph()
    before, graph.spool.HELD_NODES = graph.spool.HELD_NODES, held
    try:
        with TemporaryDirectory() as folder, GraphSpool(source.schema, Path(folder)) as spool:
            fill(spool, source, chance)
            assert list(in_memory(spool).to_jsonl()) == list(source.to_jsonl())
            assert spool.counts() == source.counts()
            assert spool.content_hash() == source.content_hash()
            assert spool.check() == []
    finally:
        graph.spool.HELD_NODES = before


def test_it_can_be_read_again_and_again(spool: GraphSpool) -> None:
    fill(spool, tiny_graph())
    assert list(spool.node_lines()) == list(spool.node_lines())
    assert list(spool.edge_lines()) == list(spool.edge_lines())


def test_nodes_of_one_label_and_edges_of_one_type_come_together(spool: GraphSpool) -> None:
    fill(spool, tiny_graph(), random.Random(1))
    for kinds in ([node.label for node in spool.nodes()], [edge.type for edge in spool.edges()]):
        changes = sum(one != other for one, other in pairwise(kinds))
        assert changes == len(set(kinds)) - 1


def test_what_was_said_again_stands_where_it_was_said_first(spool: GraphSpool) -> None:
    for name in ("c", "b", "c", "a", "b"):
        spool.add_edge("PART_OF", name, "z", {"source": "x"})
    assert [edge.start for edge in spool.edges()] == ["c", "b", "a"]


def test_edges_of_all_types_that_were_made_together_are_loaded_together(
    spool: GraphSpool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 6 and 3 edges, three at a time: two of one type, one of the other
    monkeypatch.setattr(graph.spool, "EDGES_OF_A_TURN", 4)
    for number in range(6):
        spool.add_edge("HAS_CLAUSE", "p", f"c{number}")
    for number in range(3):
        spool.add_edge("PART_OF", f"d{number}", "z", {"source": "x"})
    ends = [unpack_edge(line)[1:3] for line in spool.edge_lines()]
    clauses, districts = ([("p", f"c{n}") for n in range(6)], [(f"d{n}", "z") for n in range(3)])
    assert ends == [
        *clauses[:2],
        *districts[:1],
        *clauses[2:4],
        *districts[1:2],
        *clauses[4:],
        *districts[2:],
    ]


def test_positions_number_the_nodes_in_their_order(spool: GraphSpool) -> None:
    fill(spool, tiny_graph())
    positions = spool.positions()
    assert [positions.find(node.id) for node in spool.nodes()] == list(range(len(tiny_graph().nodes())))
    assert positions.find("no such id") is None


def test_lists_of_two_documents_are_united(spool: GraphSpool) -> None:
    for name in ("b.txt", "a.txt", "b.txt"):
        spool.add_node("Honor", "h", {"name": "小巨人", "documents": [name]})
        spool.add_node("Topic", f"t-{name}", {"name": "算力", "code": f"t-{name}"})
    (honor,) = [node for node in spool.nodes() if node.label == "Honor"]
    assert honor.properties == {"name": "小巨人", "documents": ["a.txt", "b.txt"]}


@pytest.mark.parametrize("between", [0, 3], ids=["one after the other", "far apart"])
def test_a_contradiction_raises(spool: GraphSpool, between: int) -> None:
    spool.add_node("Agency", "a", {"name": "科委", "documents": []})
    for number in range(between):
        spool.add_node("Topic", f"t{number}", {"name": "算力", "code": f"t{number}"})
    spool.add_node("Agency", "a", {"name": "科信局", "documents": []})
    with pytest.raises(ModelError, match="a: name is both '科委' and '科信局'"):
        list(spool.nodes())


def test_an_edge_that_contradicts_itself_raises(spool: GraphSpool) -> None:
    spool.add_edge("GRANTS", "c", "b", evidence("a.txt", "最高200万元", 5))
    spool.add_edge("GRANTS", "c", "b", evidence("a.txt", "最高300万元", 5))
    with pytest.raises(ModelError, match="GRANTS c → b: quote is both"):
        list(spool.edges())


def test_one_id_of_two_labels_is_found(spool: GraphSpool) -> None:
    spool.add_node("Industry", "x", {"name": "人工智能"})
    spool.add_node("Topic", "y", {"name": "算力", "code": "y"})
    spool.add_node("Topic", "x", {"name": "人工智能", "code": "x"})
    with pytest.raises(ModelError, match="x is a Industry and a Topic"):
        spool.check()


def test_problems_are_those_that_the_graph_in_memory_tells(spool: GraphSpool) -> None:
    both: tuple[Growing, ...] = (spool, Graph(load_schema()))
    for growing in both:
        growing.add_node(
            "Policy", "p", {"title": "措施", "documents": [], "in_corpus": True, "issued_on": "2026-02-30"}
        )
        growing.add_node("Topic", "t", {"name": "算力"})
        growing.add_node("Honor", "h", {"name": "小巨人", "documents": [], "level": "village"})
        growing.add_edge("PART_OF", "p", "t", {"source": "x"})
        growing.add_edge("PART_OF", "p", "gone", {"source": "x"})
        growing.add_edge("PART_OF", "t", "p", {})
    assert sorted(spool.check()) == sorted(both[1].check())
    assert "p: issued_on is '2026-02-30', which is no date" in spool.check()
    assert "PART_OF p → gone: one of its ends is not in the graph" in spool.check()


def test_a_number_that_is_not_finite_is_a_problem(spool: GraphSpool) -> None:
    spool.add_edge("SIMILAR_TO", "a", "b", {"score": float("inf"), "duplicate": False})
    assert "SIMILAR_TO a → b: score is None, which is no number" in spool.check()  # JSON has no infinity


def test_what_one_of_two_statements_lacks_the_other_may_have(spool: GraphSpool) -> None:
    spool.add_node("Topic", "t", {"name": "算力"})
    spool.add_node("Topic", "u", {"name": "数据", "code": "u"})
    spool.add_node("Topic", "t", {"code": "t"})
    assert spool.check() == []


def test_lines_made_elsewhere_stand_among_the_edges_in_the_order_of_adding(spool: GraphSpool) -> None:
    maker = LineMaker(load_schema())
    for start in ("c", "b", "c"):
        maker.add(Edge("PART_OF", start, "z", {"source": "x"}))
    maker.add(Edge("HAS_CLAUSE", "p", "a\n\r\u2028", {}))
    both: tuple[Growing, ...] = (spool, Graph(load_schema()))
    for growing in both:
        growing.add_edge("PART_OF", "d", "z", {"source": "x"})
        for lines in maker.lines():
            growing.add_lines(lines)
        growing.add_edge("PART_OF", "a", "z", {"source": "x"})
    assert [(edge.start, edge.end) for edge in spool.edges()] == [
        ("p", "a\n\r\u2028"),
        ("d", "z"),
        ("c", "z"),
        ("b", "z"),
        ("a", "z"),
    ]
    assert spool.content_hash() == both[1].content_hash()


def test_lines_made_elsewhere_are_doubted_like_edges(spool: GraphSpool) -> None:
    maker = LineMaker(load_schema())
    maker.add(Edge("PART_OF", "p", "t", {}))
    (lines,) = maker.lines()
    spool.add_lines(lines)
    assert "PART_OF p → t: PART_OF needs source" in spool.check()


def test_lines_that_contradict_an_edge_raise(spool: GraphSpool) -> None:
    maker = LineMaker(load_schema())
    maker.add(Edge("GRANTS", "c", "b", evidence("a.txt", "最高300万元", 5)))
    (lines,) = maker.lines()
    both: tuple[Growing, ...] = (spool, Graph(load_schema()))
    for growing in both:
        growing.add_edge("GRANTS", "c", "b", evidence("a.txt", "最高200万元", 5))
    sentence = "GRANTS c → b: quote is both '最高200万元' and '最高300万元'"
    with pytest.raises(ModelError, match=sentence):
        both[1].add_lines(lines)
    spool.add_lines(lines)
    with pytest.raises(ModelError, match=sentence):
        list(spool.edges())


def test_an_edge_that_the_schema_does_not_have_becomes_no_line() -> None:
    maker = LineMaker(load_schema())
    with pytest.raises(ModelError, match=r"NEAR is no edge type of schema\.yaml"):
        maker.add(Edge("NEAR", "a", "b", {}))
    with pytest.raises(ModelError, match=r"colour is no property of PART_OF in schema\.yaml"):
        maker.add(Edge("PART_OF", "a", "b", {"colour": "red"}))
    assert maker.lines() == []


def test_edges_are_taken_out_by_their_ends_either_way(spool: GraphSpool) -> None:
    fill(spool, tiny_graph())
    memory = tiny_graph()
    assert spool.remove_edges("HAS_CLAUSE", {CLAUSE}, {POLICY}) == 1
    assert memory.remove_edges("HAS_CLAUSE", {CLAUSE}, {POLICY}) == 1
    assert spool.remove_edges("HAS_CLAUSE", {CLAUSE}, {POLICY}) == 0
    assert spool.content_hash() == memory.content_hash() != tiny_graph().content_hash()
    assert spool.counts() == memory.counts()


@given(st.lists(st.text(max_size=4), unique=True))
def test_the_place_of_each_id_is_found(ids: list[str]) -> None:
    positions = Positions(ids)
    assert [positions.find(one) for one in ids] == list(range(len(ids)))


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_numbers_that_come_more_than_once_are_found(numbers: list[int]) -> None:
    assert repeated(numbers) == {one for one in numbers if numbers.count(one) > 1}
