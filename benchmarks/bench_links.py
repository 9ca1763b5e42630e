"""How long assembling and linking take as the corpus grows, and how much memory: synthetic policies, or copies of the bundled corpus.

usage: python -m benchmarks.bench_links [--counts N,N,…] [--everywhere | --copies]

Synthetic policies fill one city after another (see generate.py), or with --everywhere the whole country at once. With --copies the counts
are how many times the bundled corpus stands there, each copy with titles and numbers of its own and all in the same districts: the
hardest case. Times are those of the processor; memory is what the process holds more than before, its graph included. Each count runs in a
process of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time

import msgspec

from benchmarks.generate import generate
from data import CORPUS
from loaders.assemble import assemble
from loaders.pipeline import extract_document
from loaders.read import iter_documents
from loaders.record import PolicyRecord
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
    """Policies, seconds, edges, and kB a policy of one corpus."""
    if kind == "copies":
        many = copies(corpus_records(), count)
    else:
        made = generate(count, everywhere=kind == "everywhere")
        many = [record for document, _ in made for record in extract_document(document).records]
    assemble(many[:3])  # loads lexicons and the segmenter's dictionary
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    graph = assemble(many).graph
    elapsed = time.process_time() - start
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return len(many), elapsed, sum(graph.counts()[1].values()), held / len(many)


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
