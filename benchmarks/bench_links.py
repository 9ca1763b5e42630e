"""How long assembling and linking take as the corpus grows: the bundled corpus once, four and sixteen times over.

usage: python -m benchmarks.bench_links [--times N,N,…]

Each copy has titles, numbers and documents of its own, so nothing is united; all copies lie in the same districts, which is the hardest
case: blocks of one topic and district grow with the corpus. Time for a policy rises until the windows of data/lexicons/linking.yaml are
full and stays there. Times are those of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import resource
import time

import msgspec

from data import CORPUS
from loaders.assemble import assemble
from loaders.pipeline import extract_document
from loaders.read import iter_documents
from loaders.record import PolicyRecord
from loaders.types import Document


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


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", default="1,4,16")
    args = parser.parse_args()
    records = [
        record
        for document in iter_documents([CORPUS])
        if isinstance(document, Document)
        for record in extract_document(document).records
    ]
    assemble(records)  # loads lexicons and the segmenter's dictionary
    for times in map(int, args.times.split(",")):
        many = copies(records, times)
        start = time.process_time()
        graph = assemble(many).graph
        elapsed = time.process_time() - start
        edges = sum(graph.counts()[1].values())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        each = 1000 * elapsed / len(many)
        print(
            f"{len(many):6} policies  {elapsed:7.2f} s  {each:6.1f} ms a policy  {edges:8} edges  {peak:5} MB"
        )


if __name__ == "__main__":
    main()
