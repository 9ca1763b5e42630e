"""How long extraction takes beside one pass of jieba over the same text, in one process, and how much memory at its peak.

usage: python benchmarks/bench_extract.py [--rounds N] [PATH…]     (default: the bundled corpus, 7 rounds)

Both run in turn, in processor time, so that a busy machine or one whose speed drifts slows both alike; medians are printed, and the ratio of the medians.
Extraction is everything from the decoded text to the record's JSON; jieba is `jieba.lcut` of the same text.
"""

from __future__ import annotations

import argparse
import logging
import resource
import statistics
import time
from pathlib import Path

import jieba
import msgspec

from data import CORPUS
from loaders.pipeline import extract_document
from loaders.read import iter_documents
from loaders.types import Document


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[CORPUS])
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    documents = [document for document in iter_documents(args.paths) if isinstance(document, Document)]
    characters = sum(len(document.text) for document in documents)
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    encoder = msgspec.json.Encoder()
    extraction, segmentation = [], []
    for _ in range(args.rounds + 1):  # the first round warms up and is not counted
        start = time.process_time()
        for document in documents:
            for record in extract_document(document).records:
                encoder.encode(record)
        between = time.process_time()
        for document in documents:
            jieba.lcut(document.text)
        extraction.append(between - start)
        segmentation.append(time.process_time() - between)
    ours, theirs = statistics.median(extraction[1:]), statistics.median(segmentation[1:])
    print(
        f"{len(documents)} documents, {characters} characters, {size:.2f} MB, {args.rounds} rounds, medians"
    )
    print(
        f"extraction   {ours:7.3f} s   {size / ours:5.2f} MB/s   {ours / characters * 1e9:6.0f} ns a character"
    )
    print(
        f"jieba.lcut   {theirs:7.3f} s   {size / theirs:5.2f} MB/s   {theirs / characters * 1e9:6.0f} ns a character"
    )
    print(f"ratio        {ours / theirs:7.2f}     (asked: at most 0.50)")
    print(f"peak memory  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB")


if __name__ == "__main__":
    main()
