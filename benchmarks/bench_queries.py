"""Times every named query on the graph of the bundled corpus, warm: on the embedded engine, and on Neo4j where NEO4J_BENCH_URI names one.

Run: python -m benchmarks.bench_queries. Prints Markdown; ends with 1 where a median passes the limit on the embedded engine.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from data import CORPUS
from graph.builds import open_build
from graph.model import Graph
from graph.server_control import stop_server
from graph.settings import read_settings
from graph.store import Store
from loaders.assemble import assemble
from loaders.batch import extract_files
from loaders.read import Refusal
from queries.catalog import fetch, load_query, query_names
from queries.names import Names
from queries.parameters import Given, bind
from queries.reader import Row

LIMIT_MS = 50.0
RUNS = 15
DAY = "2026-01-01"


def corpus_graph() -> Graph:
    """The graph of the bundled corpus, as it is read."""
    records = []
    for extraction in extract_files((CORPUS,), 1):
        if isinstance(extraction, Refusal):
            if not extraction.skipped:
                raise SystemExit(str(extraction))
            continue
        records += extraction.records
    return assemble(records).graph


def examples(store: Store) -> dict[str, Given]:
    """A value for each parameter that has no default: what a reader of the corpus would ask for."""

    def ids(query: str) -> list[str]:
        return [row["id"] for row in store.run(query)]

    many = ids("MATCH (c:Clause)-[:ABOUT]->(:Topic) RETURN DISTINCT c.id AS id ORDER BY id LIMIT 40")
    policies = ids("MATCH (p:Policy) WHERE p.in_corpus RETURN p.id AS id ORDER BY id")
    return {
        "agency": "北京经济技术开发区信息技术产业局",
        "clauses": many,
        "district": "丰台区",
        "honor": "专精特新“小巨人”企业",
        "ids": many[:1],
        "industry": "人工智能",
        "kind": "cap",
        "labels": ["District", "Topic", "Policy"],
        "policies": policies[:1],
        "policy": policies[0],
        "query": '"算力"',
        "targets": many,
        "topics": ["compute-rental", "first-use", "office-space"],
        "until": "2028-12-31",
        "words": ["算力"],
    }


def time_queries(store: Store) -> dict[str, tuple[float, float, int]]:
    """Query → median and slowest of the warm runs in milliseconds, and its rows."""
    known, names = examples(store), Names(store)
    return {name: _time(store, name, known, names) for name in query_names()}


def _time(store: Store, name: str, known: dict[str, Given], names: Names) -> tuple[float, float, int]:
    query = load_query(name)
    given: dict[str, Given] = {
        p.name: known[p.name] for p in query.parameters if p.default is None and not p.optional
    }
    if any(p.name == "as_of" for p in query.parameters):
        given["as_of"] = DAY
    parameters = bind(query, given, names)
    rows: list[Row] = fetch(store, name, parameters)
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        rows = fetch(store, name, parameters)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken), max(taken), len(rows)


def main() -> int:
    """Build, time, print."""
    graph = corpus_graph()
    with tempfile.TemporaryDirectory() as home:
        columns = {"embedded": _measure(graph, Path(home), None)}
        if uri := os.environ.get("NEO4J_BENCH_URI"):
            columns["Neo4j"] = _measure(graph, Path(home), uri)
    print("| query | rows |", " | ".join(f"{name}: median ms | slowest ms" for name in columns), "|")
    print("| --- | ---: |" + " ---: | ---: |" * len(columns))
    for name in query_names():
        figures = " | ".join(f"{c[name][0]:.1f} | {c[name][1]:.1f}" for c in columns.values())
        print(f"| {name} | {columns['embedded'][name][2]} | {figures} |")
    slow = [name for name, (median, _, _) in columns["embedded"].items() if median > LIMIT_MS]
    print(f"\nOver {LIMIT_MS:.0f} ms: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


def _measure(graph: Graph, home: Path, uri: str | None) -> dict[str, tuple[float, float, int]]:
    environ = {} if uri is None else {k: v for k, v in os.environ.items() if k.startswith("NEO4J_")}
    settings = read_settings(home=home, uri=uri, environ=environ)
    with Store.connect(settings) as store:
        try:
            with open_build(store) as build:
                build.load(graph, {})
            return time_queries(store)
        finally:
            if settings.is_embedded:
                stop_server(store.folder)


if __name__ == "__main__":
    sys.exit(main())
