"""Loading one graph into the embedded engine by its bulk route and by UNWIND batches over Bolt, side by side.

usage: python -m benchmarks.bench_load [--count N] [--rounds N]

The graph is that of N synthetic policies (default 300); each route fills a database of its own, in turn. The bulk route makes the indexes
after loading, as a build does; UNWIND needs those of the ids before, to find the ends of edges. Prints Markdown: seconds on the clock, medians.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import groupby, islice
from pathlib import Path

import neo4j

from benchmarks.generate import generate
from graph import ddl
from graph.bookkeeping import Content
from graph.embedded import EmbeddedServer
from graph.embedded_build import load_embedded
from graph.model import Graph
from graph.server_control import ensure_server, stop_server
from graph.settings import Settings, read_settings
from graph.store import Store
from loaders.assemble import assemble
from loaders.pipeline import extract_document

BATCH = 5_000


def synthetic_graph(count: int) -> Graph:
    """The graph of so many synthetic policies."""
    made = islice(generate(count), count)
    return assemble([record for document, _ in made for record in extract_document(document).records]).graph


def by_bulk_route(store: Store, graph: Graph, round_: int) -> None:
    """As a build does it; the round makes it another build."""
    load_embedded(
        store.folder, server_of(store.settings), Content(graph, {"round": round_}, ()), lambda *_: None
    )


def by_unwind(store: Store, graph: Graph, round_: int) -> None:
    """Batches of rows in a transaction each, into a database of its own."""
    server, name = server_of(store.settings), f"unwind_{round_}"
    server.create_database(name)
    indexes = list(ddl.engine_indexes(graph.schema))
    ids = [statement for statement in indexes if statement.endswith("(id) NOTUNIQUE")]
    server.run_script(name, [*ddl.engine_types(graph.schema), *ids])
    uri = f"bolt://127.0.0.1:{ensure_server(store.settings).bolt_port}"
    with (
        neo4j.GraphDatabase.driver(uri, auth=("root", server.password)) as driver,
        driver.session(database=name) as session,
    ):
        for query, rows in _batches(graph):
            session.run(query, {"rows": rows}).consume()
    server.run_script(name, [statement for statement in indexes if statement not in ids])
    server.drop_database(name)


def _batches(graph: Graph) -> Iterator[tuple[str, list[dict[str, object]]]]:
    for label, nodes in groupby(graph.nodes(), key=lambda node: node.label):
        rows: Iterator[dict[str, object]] = ({**node.properties, "id": node.id} for node in nodes)
        while batch := list(islice(rows, BATCH)):
            yield f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", batch
    labels = {node.id: node.label for node in graph.nodes()}
    ends = sorted(graph.edges(), key=lambda edge: (edge.type, labels[edge.start], labels[edge.end]))
    for (type_, start, end), edges in groupby(
        ends, key=lambda edge: (edge.type, labels[edge.start], labels[edge.end])
    ):
        query = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.properties"
        )
        rows = ({"start": edge.start, "end": edge.end, "properties": edge.properties} for edge in edges)
        while batch := list(islice(rows, BATCH)):
            yield query, batch


def server_of(settings: Settings) -> EmbeddedServer:
    """The embedded server of a data folder, started where it does not run."""
    info = ensure_server(settings)
    return EmbeddedServer(info.http_port, Store(settings).folder.read_secrets().root)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    graph = synthetic_graph(args.count)
    entries = sum(sum(counts.values()) for counts in graph.counts())
    routes: dict[str, Callable[[Store, Graph, int], None]] = {
        "bulk route": by_bulk_route,
        "UNWIND batches": by_unwind,
    }
    taken: dict[str, list[float]] = {name: [] for name in routes}
    with tempfile.TemporaryDirectory() as home:
        store = Store(read_settings(home=Path(home), environ={}))
        store.folder.prepare()
        try:
            for round_ in range(args.rounds):
                for name, route in routes.items():
                    start = time.perf_counter()
                    route(store, graph, round_)
                    taken[name].append(time.perf_counter() - start)
        finally:
            stop_server(store.folder)
    first = statistics.median(taken["bulk route"])
    print("| route | seconds | nodes and edges a second | ratio |\n| --- | ---: | ---: | ---: |")
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(f"| {name} | {median:.1f} | {entries / median:,.0f} | {median / first:.1f} |")


if __name__ == "__main__":
    main()
