"""How a build grows: synthetic policies extracted, assembled and loaded into the embedded server, each count on its own.

usage: python -m benchmarks.bench_build [--counts N,N,…] [--large]      (default: 100 and 1,000; --large adds 10,000)

Prints Markdown: seconds on the clock for each part, time for a policy and its ratio to that of the first count, peak memory of this
process and of the server, and the size of the data folder. Documents are made before the clock starts.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks.generate import generate
from graph.bookkeeping import StoredRecord
from graph.builds import open_build
from graph.data_folder import DataFolder
from graph.server_control import find_server, stop_server
from graph.settings import read_settings
from graph.store import Store
from loaders.assemble import assemble
from loaders.pipeline import extract_document

_COLUMNS = "| policies | clauses | edges | extract | assemble | load | a policy | ratio | memory | server | on disk |"


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, counts, megabytes."""

    policies: int
    clauses: int
    edges: int
    extract: float
    assemble: float
    load: float
    memory: float
    server: float
    disk: float

    @property
    def each(self) -> float:
        """Milliseconds for a policy."""
        return 1000 * (self.extract + self.assemble + self.load) / self.policies


def measure(count: int, folder: str) -> Measured:
    """One build into a data folder that is new."""
    documents = [document for document, _ in generate(count)]
    warm = [record for document in documents[:3] for record in extract_document(document).records]
    assemble(warm)  # loads lexicons and the segmenter's dictionary
    start = time.perf_counter()
    records = [record for document in documents for record in extract_document(document).records]
    extracted = time.perf_counter()
    assembly = assemble(records)
    assembled = time.perf_counter()
    settings = read_settings(home=Path(folder), environ={}, dotenv_path=Path(folder) / "none")
    try:
        with Store(settings) as store, open_build(store) as work:
            stored = [StoredRecord(one.source, one.part, msgspec.json.encode(one)) for one in records]
            work.load(assembly.graph, {}, stored)
            loaded = time.perf_counter()
            server = _peak_of_server(store.folder)
    finally:
        stop_server(DataFolder(settings.home))
    labels, types = assembly.graph.counts()
    return Measured(
        policies=len(records),
        clauses=labels["Clause"],
        edges=sum(types.values()),
        extract=extracted - start,
        assemble=assembled - extracted,
        load=loaded - assembled,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        server=server,
        disk=sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e6,
    )


def _peak_of_server(folder: DataFolder) -> float:
    """Megabytes, where the system tells them (Linux); else 0."""
    info = find_server(folder)
    status = Path(f"/proc/{info.pid}/status") if info else None
    if status is None or not status.exists():
        return 0.0
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def row(found: Measured, first: float) -> str:
    """A row of the table."""
    return (
        f"| {found.policies:,} | {found.clauses:,} | {found.edges:,} | {found.extract:.1f} s"
        f" | {found.assemble:.1f} s | {found.load:.1f} s | {found.each:.1f} ms | {found.each / first:.2f}"
        f" | {found.memory:.0f} MB | {found.server:.0f} MB | {found.disk:.0f} MB |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--counts", default="100,1000")
    parser.add_argument("--large", action="store_true", help="10,000 policies too")
    args = parser.parse_args()
    counts = [int(count) for count in args.counts.split(",")] + ([10_000] if args.large else [])
    print(_COLUMNS)
    print("|" + " ---: |" * (_COLUMNS.count("|") - 1))
    first = 0.0
    for count in counts:
        with tempfile.TemporaryDirectory() as folder, multiprocessing.get_context("spawn").Pool(1) as pool:
            found = pool.apply(measure, (count, folder))
        first = first or found.each
        print(row(found, first), flush=True)


if __name__ == "__main__":
    main()
