"""Records on disk come back as they were put in, by their place."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from benchmarks.generate import generate
from graph.model import Graph
from graph.schema import load_schema
from graph.spool import GraphSpool
from loaders.assemble import assemble, assemble_into
from loaders.pipeline import extract_document
from loaders.record import PolicyRecord
from loaders.record_spool import RecordSpool
from tests.gold_records import gold_records


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[RecordSpool]:
    opened = RecordSpool(tmp_path / "records")
    yield opened
    opened.close()


def test_what_goes_in_comes_out(spool: RecordSpool) -> None:
    records = gold_records()
    for record in records:
        spool.append(record)
    assert len(spool) == len(records)
    assert list(spool) == records
    assert (spool[3], spool[-1], spool[2:4]) == (records[3], records[-1], records[2:4])
    assert list(spool.bodies()) == [
        (record.source, record.part, msgspec.json.encode(record)) for record in records
    ]
    with pytest.raises(IndexError):
        spool[len(records)]


def test_records_may_be_put_in_after_some_were_read(spool: RecordSpool) -> None:
    first, second = gold_records()[:2]
    spool.append(first)
    assert spool[0] == first
    spool.append(second)
    assert list(spool) == [first, second]


def test_an_empty_one_is_false(spool: RecordSpool) -> None:
    assert not spool


def of_other_cities() -> list[PolicyRecord]:
    """Policies of two cities, five of each division: some are alike across cities, some within a district."""
    made = islice(generate(60), 60)
    return [record for document, _ in made for record in extract_document(document).records]


@pytest.mark.parametrize(("seed", "jobs"), [(0, 1), (1, 1), (2, 3)])
def test_the_graph_made_on_disk_is_that_made_in_memory(
    spool: RecordSpool, tmp_path: Path, seed: int, jobs: int
) -> None:
    """Records and graph on disk, records in any order, cities by several processes: the same nodes, edges, evidence and report."""
    records = [*gold_records(), *of_other_cities()]
    expected = assemble(records)
    for record in random.Random(seed).sample(records, len(records)):
        spool.append(record)
    found = Graph(load_schema())
    with GraphSpool(load_schema(), tmp_path) as made:
        report = assemble_into(made, spool, jobs=jobs)
        assert made.check() == []
        assert made.content_hash() == expected.graph.content_hash()
        for node in made.nodes():
            found.add_node(node.label, node.id, node.properties)
        for edge in made.edges():
            found.add_edge(edge.type, edge.start, edge.end, edge.properties)
    assert list(found.to_jsonl()) == list(expected.graph.to_jsonl())
    assert report == expected.report
