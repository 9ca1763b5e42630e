"""A build on a Neo4j, which has one database: only what differs is written, in one transaction where that fits.

Where it does not fit, the build is marked as under construction while it is written in steps; as each build begins with the
difference between what is there and what should be, running it again goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias, TypeVar

from graph import ddl
from graph.bookkeeping import (
    BUILD_ID,
    BuildState,
    Content,
    State,
    read_build_state,
    read_manifest,
    record_fingerprints,
)
from graph.errors import StoreError
from graph.model import Edge, EdgeKey, Node, Statements, edge_key
from graph.reading import Parameters, Row, Run
from graph.store import Store

ONE_TRANSACTION = 200_000
"""Changes that go into one transaction. Neo4j holds an open one in memory: some 1 kB a change, so about 200 MB."""

BATCH = 5_000
"""Rows of one statement."""

Item = TypeVar("Item")
Name = TypeVar("Name")
Statement: TypeAlias = tuple[str, Parameters]
Progress: TypeAlias = Callable[[int, int], None]


@dataclass(slots=True)
class Changes:
    """What is to be written. Edges that go are named by the server's own ids, in `edges_gone`."""

    edges_gone: list[str] = field(default_factory=list)
    nodes_gone: list[tuple[str, str]] = field(default_factory=list)
    nodes_put: list[Node] = field(default_factory=list)
    edges_put: list[Edge] = field(default_factory=list)

    def total(self) -> int:
        """How many nodes and edges are touched."""
        return len(self.edges_gone) + len(self.nodes_gone) + len(self.nodes_put) + len(self.edges_put)


def load_neo4j(store: Store, content: Content, progress: Progress) -> bool:
    """Put `content` in place; False where it is there already. The caller holds the build lock.

    Raises: StoreError; then the graph that was there is still there, or marked as under construction.
    """
    with store.transaction() as run:
        _refuse_foreign_nodes(run, content.graph)
    store.execute(ddl.neo4j_statements(content.graph.schema))
    with store.transaction() as run:
        state = _locked_state(run)
        wanted = ("complete", content.fingerprint, content.graph.schema.version)
        if (state.state, state.content, state.schema_version) == wanted:
            return False
        changes = _changes(run, content, state)
        total = changes.total()
        if total <= ONE_TRANSACTION:
            _write(run, _statements(content, changes), total, progress)
            _mark(run, content, "complete")
            return True
        _mark(run, content, "under_construction")
    _write_in_steps(store, content, changes, progress)
    return True


def _write_in_steps(store: Store, content: Content, changes: Changes, progress: Progress) -> None:
    done = 0
    total = changes.total()
    for query, parameters in _statements(content, changes):
        with store.transaction() as run:
            run(query, parameters)
        done += len(_rows(parameters))
        progress(done, total)
    with store.transaction() as run:
        _mark(run, content, "complete")


def _write(run: Run, statements: Iterable[Statement], total: int, progress: Progress) -> None:
    done = 0
    for query, parameters in statements:
        run(query, parameters)
        done += len(_rows(parameters))
        progress(done, total)


def _locked_state(run: Run) -> BuildState:
    """The state of the build. Writing to its node first makes a second builder wait until this transaction is over."""
    run("MATCH (b:Build {id: $id}) SET b.id = $id", {"id": BUILD_ID})
    return read_build_state(run)


def _mark(run: Run, content: Content, state: State) -> None:
    node = content.build_node(state)
    run(
        "MERGE (b:Build {id: $id}) SET b = $properties",
        {"id": node.id, "properties": {"id": node.id, **node.properties}},
    )


def _refuse_foreign_nodes(run: Run, graph: Statements) -> None:
    if read_build_state(run).state != "none":
        return
    for label in graph.schema.nodes:
        if run(f"MATCH (n:{label}) RETURN n LIMIT 1", {}):
            raise StoreError(
                f"数据库中有不是 policygraph 写入的 {label} 节点:请清空它,或用 NEO4J_DATABASE 另选一个"
            )


def _changes(run: Run, content: Content, state: BuildState) -> Changes:
    graph = content.graph
    records = {node.id: node for node in content.record_nodes()}
    there = record_fingerprints(run)
    changes = Changes(
        nodes_gone=[("Record", id_) for id_ in there.keys() - records.keys()],
        nodes_put=[node for node in records.values() if there.get(node.id) != node.properties["sha256"]],
    )
    if state.schema_version not in (None, graph.schema.version):
        _replace_all(run, graph, changes)
    else:
        gone = _compare_nodes(run, graph, changes)
        _compare_edges(run, graph, gone, changes)
    return changes


def _replace_all(run: Run, graph: Statements, changes: Changes) -> None:
    """Another version's graph cannot be compared: everything of it goes, by the labels that its manifest counts."""
    for label in sorted({*read_manifest(run).get("nodes", {}), *graph.schema.nodes}):
        changes.nodes_gone += [
            (label, row["id"]) for row in run(f"MATCH (n:`{label}`) RETURN n.id AS id", {})
        ]
    changes.nodes_put += graph.nodes()
    changes.edges_put += graph.edges()


def _compare_nodes(run: Run, graph: Statements, changes: Changes) -> set[str]:
    """Note which nodes to put and which to remove; returns the ids of the latter, whose edges go with them."""
    there: dict[str, Node] = {}
    for label in graph.schema.nodes:
        for row in run(f"MATCH (n:{label}) RETURN properties(n) AS properties", {}):
            properties = row["properties"]
            id_ = properties.pop("id")
            there[id_] = Node(label, id_, properties)
    wanted = {node.id: node for node in graph.nodes()}
    gone = {id_ for id_, node in there.items() if id_ not in wanted or wanted[id_].label != node.label}
    changes.nodes_gone += sorted((there[id_].label, id_) for id_ in gone)
    changes.nodes_put += [node for node in wanted.values() if there.get(node.id) != node]
    return gone


def _compare_edges(run: Run, graph: Statements, gone: set[str], changes: Changes) -> None:
    wanted = {edge_key(graph.schema.edges[edge.type], edge): edge for edge in graph.edges()}
    kept: set[EdgeKey] = set()
    for name, edge_type in graph.schema.edges.items():
        query = (
            f"MATCH (a)-[r:{name}]->(b) "
            "RETURN elementId(r) AS ref, a.id AS start, b.id AS end, properties(r) AS properties"
        )
        for row in run(query, {}):
            edge = Edge(name, row["start"], row["end"], row["properties"])
            key = edge_key(edge_type, edge)
            if edge.start in gone or edge.end in gone:
                continue
            if wanted.get(key) == edge and key not in kept:
                kept.add(key)
            else:
                changes.edges_gone.append(row["ref"])
    changes.edges_put += [edge for key, edge in wanted.items() if key not in kept]


def _statements(content: Content, changes: Changes) -> Iterator[Statement]:
    """What to run, in an order that never leaves an edge without its ends. Each has its rows in the parameter `rows`."""
    for refs in _batches(changes.edges_gone):
        yield "UNWIND $rows AS ref MATCH ()-[r]->() WHERE elementId(r) = ref DELETE r", {"rows": refs}
    for label, nodes in _grouped(changes.nodes_gone, lambda node: node[0]):
        for batch in _batches(nodes):
            query = f"UNWIND $rows AS id MATCH (n:`{label}` {{id: id}}) DETACH DELETE n"
            yield query, {"rows": [id_ for _, id_ in batch]}
    for label, put in _grouped(changes.nodes_put, lambda node: node.label):
        for nodes_batch in _batches(put):
            query = f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"
            yield query, {"rows": [{**node.properties, "id": node.id} for node in nodes_batch]}
    labels = {node.id: node.label for node in content.graph.nodes()} if changes.edges_put else {}
    for (name, start, end), edges in _grouped(
        changes.edges_put, lambda edge: (edge.type, labels[edge.start], labels[edge.end])
    ):
        for edges_batch in _batches(edges):
            query = (
                f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
                f"CREATE (a)-[r:{name}]->(b) SET r = row.properties"
            )
            yield query, {"rows": [_edge_row(edge) for edge in edges_batch]}


def _edge_row(edge: Edge) -> Row:
    return {"start": edge.start, "end": edge.end, "properties": edge.properties}


def _grouped(items: Iterable[Item], key: Callable[[Item], Name]) -> Iterator[tuple[Name, list[Item]]]:
    for name, group in groupby(sorted(items, key=lambda item: str(key(item))), key=key):
        yield name, list(group)


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _rows(parameters: Parameters) -> Sequence[object]:
    rows = parameters["rows"]
    assert isinstance(rows, Sequence)
    return rows
