"""The tiny graph on each server, and the graph of the bundled corpus: from the annotators' facts, and as it is read."""

from __future__ import annotations

import pytest

from graph.builds import open_build
from graph.model import Graph
from graph.store import Store
from loaders.assemble import assemble
from tests.gold_records import corpus_records, gold_name, gold_records
from tests.queries.gold import Gold
from tests.queries.tiny import Tiny, tiny


@pytest.fixture(scope="session")
def answers() -> Tiny:
    """The tiny graph's ids."""
    return tiny()


@pytest.fixture
def small(server: Store) -> Store:
    """A store that holds the tiny graph, on each server in turn."""
    _load(server, tiny().graph)
    return server


@pytest.fixture(scope="session", params=["annotated", "extracted"])
def gold_graph(request: pytest.FixtureRequest) -> tuple[Graph, dict[str, str]]:
    """The graph of the bundled corpus, from the annotators' facts and as it is read from the documents; its policies by the
    annotators' names."""
    records = gold_records() if request.param == "annotated" else corpus_records()
    graph = assemble(records).graph
    names = {(record.source, record.part): gold_name(record) for record in records}
    policies = {
        names[str(node.properties["document"]), int(str(node.properties["part"]))]: node.id
        for node in graph.nodes("Policy")
        if node.properties["in_corpus"]
    }
    return graph, policies


@pytest.fixture
def gold(
    request: pytest.FixtureRequest, embedded_server: Store, gold_graph: tuple[Graph, dict[str, str]]
) -> Gold:
    """The embedded server with the gold graph."""
    graph, policies = gold_graph
    _load(embedded_server, graph)
    annotated = request.node.callspec.params["gold_graph"] == "annotated"
    return Gold(embedded_server, graph, policies, annotated)


def _load(store: Store, graph: Graph) -> None:
    with open_build(store) as build:
        build.load(graph, {})
