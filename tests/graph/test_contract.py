"""What holds on every server: the same tests run on the embedded one and on a real Neo4j."""

from __future__ import annotations

import random

import pytest

from graph.bookkeeping import StoredRecord, read_record
from graph.builds import build_state, open_build, stored_manifest, version_digits
from graph.errors import ModelError, QueryError, QueryTimeoutError, StoreError
from graph.model import Graph
from graph.schema import load_schema
from graph.store import Store
from tests.graph.samples import CLAUSE, OTHER_CLAUSE, POLICY, tiny_graph

RECORDS = [StoredRecord("b;c.txt", 0, '{"title": "细则"}'.encode()), StoredRecord("a.txt", 0, b"{}")]

ENDLESS = "MATCH (a:Clause), (b:Clause) UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y WITH a, x, y WHERE x * y = 7 RETURN count(a)"


def load(store: Store, graph: Graph, manifest: dict[str, object] | None = None) -> bool:
    with open_build(store) as build:
        return build.load(graph, manifest or {}, RECORDS).changed


def plain(graph: Graph) -> list[str]:
    return list(graph.to_jsonl())


def changed_copy(graph: Graph, found: str, put: str) -> Graph:
    return Graph.from_jsonl(graph.schema, [line.replace(found, put) for line in graph.to_jsonl()])


class TestBuilding:
    def test_what_goes_in_comes_out(self, store: Store) -> None:
        load(store, tiny_graph())
        assert plain(store.read_graph()) == plain(tiny_graph())

    def test_building_twice_changes_nothing(self, store: Store) -> None:
        assert load(store, tiny_graph()) is True
        assert load(store, tiny_graph()) is False
        assert plain(store.read_graph()) == plain(tiny_graph())

    def test_the_order_of_statements_changes_nothing(self, store: Store) -> None:
        load(store, tiny_graph())
        lines = plain(tiny_graph())
        random.Random(3).shuffle(lines)
        assert load(store, Graph.from_jsonl(store.schema, lines)) is False

    def test_another_amount_replaces_the_one_that_was_there(self, store: Store) -> None:
        load(store, tiny_graph())
        other = changed_copy(tiny_graph(), "2000000.0", "3000000.0")
        assert load(store, other) is True
        assert plain(store.read_graph()) == plain(other)

    def test_what_only_a_removed_document_says_goes(self, store: Store) -> None:
        load(store, tiny_graph())
        rest = [line for line in plain(tiny_graph()) if '"a.txt"' not in line and CLAUSE not in line]
        smaller = Graph.from_jsonl(store.schema, rest)
        load(store, smaller)
        assert plain(store.read_graph()) == plain(smaller)

    def test_a_graph_that_breaks_the_schema_is_refused_and_the_old_one_stays(self, store: Store) -> None:
        load(store, tiny_graph())
        broken = tiny_graph()
        broken.add_node("Topic", "topic-x", {"name": "算力"})
        with pytest.raises(ModelError, match=r"The graph breaks schema\.yaml: topic-x: Topic needs code"):
            load(store, broken)
        assert plain(store.read_graph()) == plain(tiny_graph())

    def test_records_and_manifest_come_back(self, store: Store) -> None:
        load(store, tiny_graph(), {"sources": {"a.txt": "0" * 64}})
        with open_build(store) as build:
            assert list(build.iter_records()) == sorted(RECORDS, key=lambda record: record.document)
        state = build_state(store)
        assert (state.state, state.schema_version) == ("complete", load_schema().version)
        assert state.content is not None
        assert version_digits(store) == state.content[:16]
        for record in RECORDS:
            assert read_record(store.run, record.document, record.part) == record
        assert read_record(store.run, "unknown.txt", 0) is None
        manifest = stored_manifest(store)
        assert manifest["sources"] == {"a.txt": "0" * 64}
        assert manifest["nodes"]["Clause"] == 3
        assert manifest["edges"]["GRANTS"] == 2

    def test_a_new_manifest_alone_is_a_change(self, store: Store) -> None:
        load(store, tiny_graph(), {"lexicons": "1"})
        assert load(store, tiny_graph(), {"lexicons": "2"}) is True
        assert stored_manifest(store)["lexicons"] == "2"

    def test_before_the_first_build_there_is_nothing(self, store: Store) -> None:
        assert build_state(store).state == "none"
        with open_build(store) as build:
            assert list(build.iter_records()) == []

    def test_progress_ends_at_all_entries(self, store: Store) -> None:
        seen: list[tuple[int, int]] = []
        with open_build(store) as build:
            build.load(tiny_graph(), {}, progress=lambda done, total: seen.append((done, total)))
        assert seen[-1][0] == seen[-1][1] > 0
        assert [done for done, _ in seen] == sorted(done for done, _ in seen)

    def test_an_empty_graph_is_a_graph(self, store: Store) -> None:
        load(store, Graph(store.schema))
        assert plain(store.read_graph()) == []
        assert build_state(store).state == "complete"


class TestAsking:
    @pytest.fixture
    def store(self, server: Store) -> Store:
        """Holds the tiny graph; nothing is written where it holds it already."""
        load(server, tiny_graph())
        return server

    def test_rows_have_the_querys_columns(self, store: Store) -> None:
        rows = store.run(
            "MATCH (b:Benefit) WHERE b.kind = $kind RETURN b.value AS value, b.unit AS unit", {"kind": "cap"}
        )
        assert rows == [{"value": 2_000_000.0, "unit": "CNY"}]

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("算力", [CLAUSE, OTHER_CLAUSE]),  # a word of two characters
            ('"租用算力"', [OTHER_CLAUSE]),  # a phrase: the other says 算力租用
            ("小巨人", []),
        ],
    )
    def test_chinese_words_are_found_in_clauses(self, store: Store, words: str, found: list[str]) -> None:
        query = (
            "CALL db.index.fulltext.queryNodes('clause_text', $words) YIELD node, score RETURN node.id AS id"
        )
        assert sorted(row["id"] for row in store.run(query, {"words": words})) == sorted(found)

    def test_nodes_and_edges_come_in_plain_form(self, store: Store) -> None:
        row = store.run("MATCH (p:Policy)-[r:APPLIES_IN]->(d:District) RETURN p, r, d")[0]
        assert (row["p"]["node"], row["p"]["id"]) == ("Policy", POLICY)
        assert row["p"]["properties"]["title"] == "丰台区支持人工智能若干措施"
        assert (row["r"]["edge"], row["r"]["properties"]["cite"]) == ("APPLIES_IN", [])
        assert row["d"]["properties"]["code"] == "110106"

    def test_counts_name_every_label_and_type(self, store: Store) -> None:
        labels, types = store.counts()
        assert (labels["Clause"], labels["Programme"]) == (3, 0)
        assert (types["GRANTS"], types["STACKS_WITH"]) == (2, 0)

    def test_bookkeeping_is_no_content(self, store: Store) -> None:
        assert {node.label for node in store.read_graph().nodes()}.isdisjoint({"Build", "Record"})

    def test_a_row_limit_cuts_and_says_so(self, store: Store) -> None:
        answer = store.answer("MATCH (c:Clause) RETURN c.id AS id ORDER BY id", row_limit=2)
        assert (answer.columns, len(answer.rows), answer.cut) == (["id"], 2, True)

    def test_a_row_limit_that_is_not_reached_cuts_nothing(self, store: Store) -> None:
        answer = store.answer("MATCH (c:Clause) RETURN c.id AS id", row_limit=3)
        assert (len(answer.rows), answer.cut) == (3, False)

    def test_a_row_limit_ends_a_query_with_endless_rows(self, store: Store) -> None:
        query = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN x, y"
        assert store.answer(query, row_limit=1, timeout=20).cut

    def test_a_query_that_runs_on_is_ended_and_the_store_answers_again(self, store: Store) -> None:
        with pytest.raises(QueryTimeoutError, match=r"查询超过.*已结束"):
            store.run(ENDLESS, timeout=1)
        assert store.run("MATCH (c:Clause) RETURN count(c) AS clauses") == [{"clauses": 3}]

    def test_a_query_inside_its_time_is_answered(self, store: Store) -> None:
        assert store.run("RETURN 1 AS one", timeout=20) == [{"one": 1}]

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("MATCH (n) RETRUN n", "查询被拒绝"),
            ("MATCH (n) RETURN $missing", "missing"),
        ],
    )
    def test_a_wrong_query_is_refused_with_the_servers_reason(
        self, store: Store, query: str, said: str
    ) -> None:
        with pytest.raises(QueryError, match=said):
            store.run(query)

    @pytest.mark.parametrize(
        "query",
        [
            "CREATE (n:Clause {id: 'x'})",
            "MERGE (n:Clause {id: 'x'}) RETURN n",
            "MATCH (n:Clause) SET n.text = ''",
            "MATCH (n:Clause) REMOVE n.text",
            "MATCH (n:Benefit) DETACH DELETE n",
            "MATCH ()-[r:GRANTS]->() DELETE r",
            "MATCH (a:Clause), (b:Topic) CREATE (a)-[:ABOUT]->(b)",
            "UNWIND [1] AS x FOREACH (y IN [x] | CREATE (:Clause))",
            "CREATE INDEX x FOR (n:Clause) ON (n.text)",
            "DROP INDEX clause_text",
            "CREATE CONSTRAINT x FOR (n:Clause) REQUIRE n.text IS UNIQUE",
            "CREATE USER mallory SET PASSWORD 'long-enough-1'",
        ],
    )
    def test_a_reader_cannot_write(self, store: Store, query: str) -> None:
        with pytest.raises(QueryError):
            store.run(query)
        assert plain(store.read_graph()) == plain(tiny_graph())


def test_a_neo4j_with_too_little_memory_names_its_setting(neo4j_server: Store) -> None:
    query = "UNWIND range(1, 100000000) AS i RETURN size(collect(toString(i))) AS total"
    with pytest.raises(
        StoreError, match=r"内存不够:请在它的配置中调大 dbms\.memory\.transaction\.total\.max 并重启"
    ):
        neo4j_server.run(query)
