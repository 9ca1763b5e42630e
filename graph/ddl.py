"""What schema.yaml means for a server: constraints and indexes of Neo4j, declared types and indexes of the embedded engine.

Running these statements is graph.builds's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.schema import Property, PropertyType, Schema

ENGINE_TYPES: dict[PropertyType, str] = {
    "string": "STRING",
    "date": "STRING",
    "integer": "LONG",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "strings": "LIST",
}
"""A date is an ISO string in the graph, so that both servers compare it alike."""

ENGINE_ANALYZER = "org.apache.lucene.analysis.cjk.CJKAnalyzer"
NEO4J_ANALYZER = "cjk"
"""Both index every pair of neighbouring Chinese characters, so that words of two characters are found."""


def index_name(label: str, name: str) -> str:
    """The name of the index on a property, the same on both servers: "clause_text"."""
    return f"{label}_{name}".lower()


def neo4j_statements(schema: Schema) -> Iterator[str]:
    """Cypher that makes every constraint and index that is not there yet."""
    for label, properties in _labels(schema).items():
        yield _neo4j_unique(label, "id")
        for name, prop in properties.items():
            if prop.index == "unique":
                yield _neo4j_unique(label, name)
            elif prop.index == "range":
                yield f"CREATE INDEX {index_name(label, name)} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
            elif prop.index == "fulltext":
                yield (
                    f"CREATE FULLTEXT INDEX {index_name(label, name)} IF NOT EXISTS FOR (n:{label}) "
                    f"ON EACH [n.{name}] OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{NEO4J_ANALYZER}'}}}}"
                )


def engine_types(schema: Schema) -> Iterator[str]:
    """SQL that declares every type and property of an empty database. One bucket a type: the graph is loaded in one stream."""
    for label, properties in _labels(schema).items():
        yield f"CREATE VERTEX TYPE {label} BUCKETS 1"
        yield f"CREATE PROPERTY {label}.id STRING"
        yield from _engine_properties(label, properties)
    for name, edge in schema.edges.items():
        yield f"CREATE EDGE TYPE {name} BUCKETS 1"
        yield from _engine_properties(name, edge.properties)


def engine_indexes(schema: Schema) -> Iterator[str]:
    """SQL that makes every index. To be run after loading: an index that is there slows every insert.

    The one on `id` is not declared unique: for each of millions of ids the engine would look through all pages that it has written so far
    (1.6 million clauses: over 2 minutes instead of 15 s). That each id comes once is seen to before (graph.positions).
    """
    for label, properties in _labels(schema).items():
        yield f"CREATE INDEX {index_name(label, 'id')} ON {label} (id) NOTUNIQUE"
        for name, prop in properties.items():
            if prop.index in {"unique", "range"}:
                kind = "UNIQUE" if prop.index == "unique" else "NOTUNIQUE"
                yield f"CREATE INDEX {index_name(label, name)} ON {label} (`{name}`) {kind}"
            elif prop.index == "fulltext":
                yield (
                    f"CREATE INDEX {index_name(label, name)} ON {label} (`{name}`) "
                    f'FULL_TEXT METADATA {{"analyzer": "{ENGINE_ANALYZER}"}}'
                )


def _labels(schema: Schema) -> dict[str, Mapping[str, Property]]:
    content = {name: node.properties for name, node in schema.nodes.items()}
    return {**content, **{name: kept.properties for name, kept in schema.bookkeeping.items()}}


def _neo4j_unique(label: str, name: str) -> str:
    return f"CREATE CONSTRAINT {index_name(label, name)} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{name} IS UNIQUE"


def _engine_properties(owner: str, properties: Mapping[str, Property]) -> Iterator[str]:
    for name, prop in properties.items():
        # `by`, `from` and the like are words of the engine's SQL, so names stand in backticks.
        yield f"CREATE PROPERTY {owner}.`{name}` {ENGINE_TYPES[prop.type]}"
