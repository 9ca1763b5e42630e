"""The Cypher console and the named queries against writing, administration, files, the network and injected Cypher."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from graph.bookkeeping import StoredRecord
from graph.builds import build_state, open_build
from graph.embedded import EmbeddedServer
from graph.errors import PolicyGraphError, QueryError, QueryTimeoutError
from graph.server_control import ensure_server
from graph.store import Store
from queries.catalog import load_query, query_names
from queries.console import run_cypher
from queries.console_rules import check_free_query
from queries.parameters import run_query
from queries.search import search
from tests.graph.samples import tiny_graph
from tests.graph.test_contract import ENDLESS
from tests.queries.tiny import tiny

ATTEMPTS = [
    (group["about"], attempt)
    for group in yaml.safe_load((Path(__file__).parent / "cypher_attempts.yaml").read_text(encoding="utf-8"))
    for attempt in group["attempts"]
]

RECORDS = [StoredRecord("a.txt", 0, b'{"title": "x"}')]


@dataclass(frozen=True)
class Everything:
    """All that an attempt could change: graph, build, records, indexes, and on the embedded server databases and users."""

    content: str
    build: object
    records: object
    indexes: object
    server: object


def everything(store: Store) -> Everything:
    shown = store.run("SHOW INDEXES")
    indexes = sorted(
        str((row["name"], row["type"], row["labelsOrTypes"], row["properties"])) for row in shown
    )
    records = store.run("MATCH (r:Record) RETURN r.document AS document, r.body AS body")
    server: object = None
    if store.settings.is_embedded:
        admin = EmbeddedServer(ensure_server(store.settings).http_port, store.folder.read_secrets().root)
        users = (store.folder.server_root / "config" / "server-users.jsonl").read_text(encoding="utf-8")
        server = (admin.databases(), users)
    return Everything(store.read_graph().content_hash(), build_state(store), records, indexes, server)


@pytest.fixture
def loaded(server: Store) -> Store:
    """A server in turn, with the small graph and a record."""
    with open_build(server) as build:
        build.load(tiny_graph(), {}, RECORDS)
    return server


def outcomes(ask: Callable[[str], object]) -> dict[str, str]:
    """What came of each attempt: the error's sentence, "" where it was answered. Any error but ours goes through."""
    said = {}
    for _, attempt in ATTEMPTS:
        try:
            ask(attempt)
        except PolicyGraphError as error:
            said[attempt] = error.message
        else:
            said[attempt] = ""
    return said


def test_the_list_is_long_and_says_nothing_twice() -> None:
    attempts = [attempt for _, attempt in ATTEMPTS]
    assert len(attempts) == len(set(attempts)) == 161


def test_the_console_refuses_every_attempt_and_nothing_changes(loaded: Store) -> None:
    before = everything(loaded)
    said = outcomes(lambda attempt: run_cypher(loaded, attempt, seconds=10))
    assert [attempt for attempt, sentence in said.items() if not sentence] == []
    assert everything(loaded) == before


def test_the_server_alone_lets_nothing_be_changed(loaded: Store) -> None:
    """Were the console's own rules passed by: the user of every query may only read."""
    before = everything(loaded)
    said = outcomes(lambda attempt: loaded.answer(attempt, {}, timeout=10, row_limit=10))
    # a plan is shown without being carried out, nothing of that name was there to change, or it is no writing
    harmless = re.compile(
        r"EXPLAIN|PROFILE|TERMINATE|LOAD|L\\u004f|CALL \{ LOAD|MATCH \(r:Record\)|MATCH \(n(:Clause)? ?(\{|\) WHERE)|RETURN '",
        re.I,
    )
    assert [
        attempt for attempt, sentence in said.items() if not sentence and not harmless.match(attempt)
    ] == []
    assert everything(loaded) == before


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (start)-[r]->(end) RETURN start.id AS id",
        "MATCH (n:Clause {order: 0}) RETURN n.set AS a, n.`create` AS b, 'DELETE' AS c /* SET */ // MERGE",
        "MATCH (n) WHERE n.text CONTAINS 'LOAD CSV FROM' RETURN n",
        'MATCH (n) WHERE n.text = "it\'s a \\"CREATE\\"" RETURN n',
        "RETURN {set: 1, remove : 2} AS map",
        "MATCH (`create`:Clause) RETURN `create`.id AS id",
        "MATCH (n:Clause) RETURN n.dataset AS a, size(collect(n.offset)) AS b",
        "CALL db.index.fulltext.queryNodes('clause_text', '算力') YIELD node RETURN node.id AS id",
        "CALL { MATCH (n:Policy) RETURN n.id AS id } RETURN id",
        "call db.labels() yield label return label",
        "SHOW INDEXES",
    ],
)
def test_reading_is_not_taken_for_writing(loaded: Store, query: str) -> None:
    run_cypher(loaded, query)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("MATCH (n) SET n.x = 1", "这里只能读取图谱,不能用 SET:名字里有这个词时,请加反引号,如 `SET`"),
        ("LOAD CSV FROM 'file:///x' AS r RETURN r", "LOAD CSV 会让服务器去读文件或网络"),
        ("CALL apoc.load.json('x')", "不能调用 apoc.load.json:可以调用的有 db.index.fulltext.querynodes"),
        ("CALL `apoc`.`load`.`json`('x')", "不能调用"),
        ("CALL/**/dbms . listConfig()", "不能调用 dbms"),
        ("SHOW TRANSACTIONS", "不能用 SHOW TRANSACTIONS"),
    ],
)
def test_what_is_refused_is_named(query: str, sentence: str) -> None:
    with pytest.raises(QueryError, match=re.escape(sentence)):
        check_free_query(query)


def test_a_query_that_runs_on_is_ended_in_time(loaded: Store) -> None:
    with pytest.raises(QueryTimeoutError, match=r"查询超过.*已结束"):
        run_cypher(loaded, ENDLESS, seconds=1)
    assert run_cypher(loaded, "MATCH (c:Clause) RETURN count(c) AS clauses").rows == ({"clauses": 3},)


HOSTILE = [
    "x' OR 1 = 1 //",
    "'}) DETACH DELETE n //",
    '"}) MATCH (n) DETACH DELETE n //',
    "$as_of",
    "`; MATCH (n) DETACH DELETE n; //",
    "\\u0027}) CREATE (:Clause) //",
    "*:* OR text:[* TO *]",
    '算力" OR "',
    "a\nb\0c",
    "9" * 400,
]
"""Values that a careless query would read as Cypher or as a full-text query."""


def test_parameters_of_named_queries_stay_values(embedded_server: Store) -> None:
    with open_build(embedded_server) as build:
        build.load(tiny().graph, {}, RECORDS)
    before = everything(embedded_server)
    answered = 0
    for name in query_names():
        required = {
            parameter.name: {"date": "2026-01-01", "integer": "5", "number": "5", "boolean": "true"}.get(
                parameter.type, "丰台区"
            )
            for parameter in load_query(name).parameters
            if not parameter.optional and parameter.default is None
        }
        for parameter in load_query(name).parameters:
            for value in HOSTILE:
                try:
                    table = run_query(embedded_server, name, {**required, parameter.name: value})
                except PolicyGraphError as error:
                    assert error.exit_code == 2, f"{name} {parameter.name}={value!r}: {error}"  # noqa: PT017
                else:
                    answered += 1
                    assert all("Build" not in str(row) for row in table.rows)
    assert answered > 0
    assert everything(embedded_server) == before


@pytest.mark.parametrize("words", HOSTILE)
def test_words_to_search_for_stay_words(embedded_server: Store, words: str) -> None:
    with open_build(embedded_server) as build:
        build.load(tiny_graph(), {}, RECORDS)
    assert search(embedded_server, words, "2026-01-01") == []


def test_no_query_is_glued_from_values() -> None:
    """Every parameter of a named query stands in it as $name, so that the driver carries its value beside the text."""
    for name in query_names():
        query = load_query(name)
        assert {parameter.name for parameter in query.parameters} == set(re.findall(r"\$(\w+)", query.cypher))
