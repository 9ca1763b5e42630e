"""Which constraints and indexes follow from the schema; that the servers take them is test_contract's."""

from __future__ import annotations

from graph import ddl
from graph.schema import load_schema

NEO4J = list(ddl.neo4j_statements(load_schema()))
ENGINE = [*ddl.engine_types(load_schema()), *ddl.engine_indexes(load_schema())]


def test_every_label_has_a_unique_id() -> None:
    for label in (*load_schema().nodes, *load_schema().bookkeeping):
        name = f"{label.lower()}_id"
        assert f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE" in NEO4J
        assert f"CREATE INDEX {name} ON {label} (id) NOTUNIQUE" in ENGINE


def test_the_text_of_clauses_is_indexed_by_pairs_of_characters() -> None:
    assert (
        "CREATE FULLTEXT INDEX clause_text IF NOT EXISTS FOR (n:Clause) ON EACH [n.text] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
    ) in NEO4J
    assert (
        "CREATE INDEX clause_text ON Clause (`text`) FULL_TEXT "
        'METADATA {"analyzer": "org.apache.lucene.analysis.cjk.CJKAnalyzer"}'
    ) in ENGINE


def test_values_are_declared_with_their_type() -> None:
    # without it the engine would keep 2000000.0 as a whole number
    assert "CREATE PROPERTY Benefit.`value` DOUBLE" in ENGINE
    assert "CREATE PROPERTY EXCLUDES.`derived` BOOLEAN" in ENGINE


def test_statements_differ() -> None:
    assert len(set(NEO4J)) == len(NEO4J)
    assert len(set(ENGINE)) == len(ENGINE)
