"""How a build grows: synthetic policies read from files, assembled and loaded into the embedded server, each count on its own.

usage: python -m benchmarks.bench_build [--counts N,N,…] [--large] [--country] [--of N] [--jobs N] [--keep FOLDER]

The default is 100 and 1,000 policies; --large adds 10,000, --country 100,000. Prints Markdown: seconds on the clock for each part of
`policygraph build`, time for a policy and its ratio to that of 1,000 (of the first count where that is not among them), peak memory of the
build's own process, of the largest of its reading processes, of the server and of all of them at one time (what they share counted once;
looked at every other second), and the size of the data folder. Documents are written before the clock starts. Up to 15,000 policies there
are five of a division, in 100,000 there are 32, which gives each policy more to be linked with: --of 100000 takes the first of a corpus of
that size, for a smaller one of its density. --keep leaves the largest graph in a data folder, for bench_queries.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from app.building import Steps, build
from benchmarks.generate import generate
from graph.data_folder import DataFolder
from graph.server_control import find_server, stop_server
from graph.settings import read_settings
from graph.store import Store

_PARTS = {
    "读取文件": "extract",
    "比较条款用语": "assemble",
    "建立条款、支持标准与配套、排他、相似关系": "assemble",
    "核对图谱": "check",
    "写入图谱": "load",
}
_COLUMNS = (
    "| policies | clauses | edges | extract | assemble | check | load | a policy | ratio "
    "| client | readers | server | in all | on disk |"
)
_BASE = 1_000
_LOOK_SECONDS = 2.0


@dataclass(slots=True)
class Clock:
    """Seconds that each part of a build took, by the names of `_PARTS`."""

    taken: dict[str, float] = field(default_factory=dict)
    _part: str = ""
    _since: float = 0.0

    def begin(self, name: str, _total: int | None) -> None:
        """The part before ends, this one begins."""
        now = time.perf_counter()
        if self._part:
            self.taken[self._part] = self.taken.get(self._part, 0.0) + now - self._since
        self._part, self._since = _PARTS[name] if name else "", now


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts, seconds by part, megabytes."""

    policies: int
    clauses: int
    edges: int
    seconds: dict[str, float]
    client: float
    readers: float
    server: float
    in_all: float
    disk: float

    @property
    def each(self) -> float:
        """Milliseconds for a policy."""
        return 1000 * sum(self.seconds.values()) / self.policies


class Watch:
    """Looks every other second at how much memory this process, those that it began and the server hold together (Linux)."""

    def __init__(self, folder: DataFolder) -> None:
        self.peak = 0.0
        self._folder = folder
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            info = find_server(self._folder)
            begun = (int(pid) for path in _TASKS.glob("*/children") for pid in path.read_text().split())
            pids = {os.getpid(), *begun, *([info.pid] if info else [])}
            self.peak = max(self.peak, sum(map(_held_by, pids)))


_TASKS = Path("/proc/self/task")


def _held_by(pid: int) -> float:
    """Megabytes of a process, its part of what it shares with others; 0 for one that is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def write_documents(count: int, folder: Path, of: int = 0) -> None:
    """The documents of so many synthetic policies (the first of a corpus of `of`), a file each, 1,000 in a folder."""
    for number, (document, _) in enumerate(islice(generate(max(count, of)), count)):
        part = folder / f"{number // 1000:03}"
        part.mkdir(exist_ok=True)
        (part / document.name).write_text(document.text, encoding="utf-8")


def measure(documents: str, home: str, jobs: int) -> Measured:
    """One build into a data folder that is new, as `policygraph build` does it."""
    settings = read_settings(home=Path(home), environ={}, dotenv_path=Path(home) / "none")
    clock = Clock()
    try:
        with Store(settings) as store, Watch(store.folder) as watch:
            outcome = build(store, [Path(documents)], jobs=jobs, steps=Steps(begin=clock.begin))
            clock.begin("", None)
            clauses = store.run("MATCH (c:Clause) RETURN count(c) AS total")[0]["total"]
            server = _peak_of_server(store.folder)
    finally:
        stop_server(DataFolder(settings.home))
    return Measured(
        policies=outcome.policies,
        clauses=clauses,
        edges=outcome.result.edges,
        seconds=clock.taken,
        client=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        readers=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        server=server,
        in_all=watch.peak,
        disk=sum(path.stat().st_size for path in Path(home).rglob("*") if path.is_file()) / 1e6,
    )


def _peak_of_server(folder: DataFolder) -> float:
    """Megabytes, where the system tells them (Linux); else 0."""
    info = find_server(folder)
    status = Path(f"/proc/{info.pid}/status") if info else None
    if status is None or not status.exists():
        return 0.0
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def row(found: Measured, base: float) -> str:
    """A row of the table."""
    parts = " | ".join(f"{found.seconds[name]:.1f} s" for name in dict.fromkeys(_PARTS.values()))
    return (
        f"| {found.policies:,} | {found.clauses:,} | {found.edges:,} | {parts} | {found.each:.1f} ms "
        f"| {found.each / base:.2f} | {found.client:.0f} MB | {found.readers:.0f} MB | {found.server:.0f} MB "
        f"| {found.in_all:.0f} MB | {found.disk:.0f} MB |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--counts", default="100,1000")
    parser.add_argument("--large", action="store_true", help="10,000 policies too")
    parser.add_argument("--country", action="store_true", help="100,000 policies too")
    parser.add_argument(
        "--of", type=int, default=0, help="the size of the corpus that the first are taken of"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes that read files (2)")
    parser.add_argument("--keep", type=Path, help="where the data folder of the last count is left")
    args = parser.parse_args()
    counts = [int(count) for count in args.counts.split(",") if count]
    counts += [10_000] * args.large + [100_000] * args.country
    print(_COLUMNS)
    print("|" + " ---: |" * (_COLUMNS.count("|") - 1))
    all_found: dict[int, float] = {}
    for count in counts:
        with (
            tempfile.TemporaryDirectory() as documents,
            tempfile.TemporaryDirectory() as home,
            ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        ):
            write_documents(count, Path(documents), args.of)
            found = pool.submit(measure, documents, home, args.jobs).result()
            all_found[count] = found.each
            print(row(found, all_found.get(_BASE) or all_found[counts[0]]), flush=True)
            if args.keep and count == counts[-1]:
                shutil.copytree(home, args.keep)


if __name__ == "__main__":
    main()
