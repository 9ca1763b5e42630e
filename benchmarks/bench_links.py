"""How long assembling and linking take as the corpus grows, and how much memory: synthetic policies, or copies of the bundled corpus.

usage: python -m benchmarks.bench_links [--counts N,N,…] [--everywhere | --copies]

Synthetic policies fill one city after another (see generate.py), or with --everywhere the whole country at once. With --copies the counts
are how many times the bundled corpus stands there, each copy with titles and numbers of its own and all in the same districts: the
hardest case. Times are those of the processor, the check of the graph included; memory is what the process holds more than before, caches
included, which are full from some 2,000 policies on. Each count runs in a process of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from benchmarks.generate import generate
from data import CORPUS
from graph.schema import load_schema
from graph.spool import GraphSpool
from loaders.assemble import assemble, assemble_into
from loaders.pipeline import extract_document
from loaders.read import iter_documents
from loaders.record import PolicyRecord
from loaders.record_spool import RecordSpool
from loaders.types import Document

_HEAD = f"{'policies':>8} {'assemble':>10} {'a policy':>10} {'ratio':>6} {'edges':>9} {'memory a policy':>16}"


def copies(records: list[PolicyRecord], times: int) -> list[PolicyRecord]:
    """The records, and further ones that differ in title, number and document."""
    return [
        msgspec.structs.replace(
            record,
            title=f"{record.title}第{number}期" if number else record.title,
            source=f"{number}_{record.source}",
            doc_number=f"试发〔2025〕{number + 1}号",
        )
        for number in range(times)
        for record in records
    ]


def corpus_records() -> list[PolicyRecord]:
    """The records of the bundled corpus."""
    documents = [document for document in iter_documents([CORPUS]) if isinstance(document, Document)]
    return [record for document in documents for record in extract_document(document).records]


def measure(count: int, kind: str) -> tuple[int, float, int, float]:
    """Policies, seconds, edges, and kB a policy of one corpus; records and graph are on disk, as in a build."""
    with tempfile.TemporaryDirectory() as folder:
        records = RecordSpool(Path(folder) / "records")
        for record in _records(count, kind):
            records.append(record)
        assemble(records[:3])  # loads lexicons and the segmenter's dictionary
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        with GraphSpool(load_schema(), Path(folder)) as graph:
            assemble_into(graph, records)
            edges = sum(graph.counts()[1].values())
        elapsed = time.process_time() - start
        records.close()
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        return len(records), elapsed, edges, held / len(records)


def _records(count: int, kind: str) -> Iterator[PolicyRecord]:
    if kind == "copies":
        yield from copies(corpus_records(), count)
        return
    for document, _ in islice(generate(count, everywhere=kind == "everywhere"), count):
        yield from extract_document(document).records


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--counts", default="100,1000,5000")
    spread = parser.add_mutually_exclusive_group()
    spread.add_argument("--everywhere", dest="kind", action="store_const", const="everywhere", default="")
    spread.add_argument("--copies", dest="kind", action="store_const", const="copies")
    args = parser.parse_args()
    print(_HEAD)
    first = 0.0
    for count in map(int, args.counts.split(",")):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            policies, elapsed, edges, held = pool.apply(measure, (count, args.kind))
        each = 1000 * elapsed / policies
        first = first or each
        print(
            f"{policies:8} {elapsed:8.2f} s {each:7.1f} ms {each / first:6.2f} {edges:9} {held:13.0f} kB",
            flush=True,
        )


if __name__ == "__main__":
    main()
