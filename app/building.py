"""From documents to the graph in its place: extract, assemble, load. What the build commands and the explorer share."""

from __future__ import annotations

import ctypes
import difflib
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from data import CORRECTIONS
from graph.bookkeeping import StoredRecord
from graph.builds import Build, BuildResult, open_build, stored_manifest
from graph.data_folder import disk_errors
from graph.errors import UsageError
from graph.spool import GraphSpool
from graph.store import Store
from loaders.assemble import Report, assemble_into
from loaders.batch import count_sources, extract_files
from loaders.corrections import read_corrections
from loaders.manifest import build_manifest
from loaders.pipeline import Extraction
from loaders.read import Refusal
from loaders.record import PolicyRecord
from loaders.record_spool import RecordSpool
from loaders.types import Dropped


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: the result in the store, the report of assembling, and the files that gave nothing."""

    result: BuildResult
    report: Report
    policies: int
    refusals: list[Refusal]


@dataclass(slots=True)
class Steps:
    """Is told how far the work is; the terminal's bars and the explorer's line are made from it."""

    begin: Callable[[str, int | None], None] = lambda _name, _total: None
    advance: Callable[[int], None] = lambda _done: None


def build(store: Store, paths: Iterable[Path], *, jobs: int = 1, steps: Steps | None = None) -> Outcome:
    """Replaces the graph by that of the documents in `paths`. Raises: UsageError where none of them holds a policy."""
    steps = steps or Steps()
    with open_build(store) as work, _opened(work) as read:
        _read(list(paths), jobs, read, steps)
        if not read.records:
            raise UsageError(_nothing(read.refusals))
        return _load(store, work, read, {}, steps, jobs)


def add(store: Store, paths: Iterable[Path], steps: Steps | None = None) -> Outcome:
    """Adds documents. Raises: UsageError where one of that name is already in the graph."""
    return _change(store, list(paths), (), _refuse_known, steps or Steps())


def replace(store: Store, paths: Iterable[Path], steps: Steps | None = None) -> Outcome:
    """Puts documents in the place of those of the same name. Raises: UsageError where one is not in the graph."""
    return _change(store, list(paths), (), _refuse_unknown, steps or Steps())


def remove(store: Store, names: Iterable[str], steps: Steps | None = None) -> Outcome:
    """Takes documents out of the graph; what others also state stays. Raises: UsageError for a name that is not in it."""
    return _change(store, [], tuple(names), _refuse_unknown, steps or Steps())


def _change(
    store: Store,
    paths: list[Path],
    gone: Collection[str],
    refuse: Callable[[set[str], set[str]], None],
    steps: Steps,
) -> Outcome:
    with open_build(store) as work, _opened(work) as read:
        if paths:
            _read(paths, 1, read, steps)
        touched = {record.source for record in read.records} | set(gone)
        known = work.documents()
        refuse(touched, known)
        if not touched:
            raise UsageError(_nothing(read.refusals))
        for stored in work.iter_records():
            if stored.document not in touched:
                read.keep(msgspec.json.decode(stored.body, type=PolicyRecord))
        if not read.records:
            raise UsageError("移除后图谱就空了,未作改动;要换成别的文件,请用 policygraph build。")
        before = stored_manifest(store).get("dropped", {})
        stay = sorted(known - touched)
        return _load(store, work, read, {name: before[name] for name in stay if name in before}, steps)


def _refuse_known(names: set[str], known: set[str]) -> None:
    if names & known:
        raise UsageError(
            f"{'、'.join(sorted(names & known))} 已在图谱中;要换成新文本,请用 policygraph replace。"
        )


def _refuse_unknown(names: set[str], known: set[str]) -> None:
    for name in sorted(names - known):
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
        hint = f"您是不是指 {near[0]}?" if near else "policygraph status 列出已收录的文件。"
        raise UsageError(f"图谱中没有文件 {name}。{hint}")


def _nothing(refusals: list[Refusal]) -> str:
    reason = str(refusals[0]) if refusals else "没有可读的文件"
    return f"没有读到任何政策,图谱未作改动:{reason}"


@dataclass(slots=True)
class _Read:
    """What came of reading files: records, what was dropped from each document, and files that gave nothing."""

    records: RecordSpool
    dropped: dict[str, list[Dropped]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def keep(self, record: PolicyRecord) -> None:
        """Put a record to the others. Raises: StoreError where the disk is full."""
        with disk_errors(self.records.path):
            self.records.append(record)


@contextmanager
def _opened(work: Build) -> Iterator[_Read]:
    """Nothing read yet; records go into the build's scratch folder, for those of a country would not fit into memory."""
    read = _Read(RecordSpool(work.scratch / "records"))
    try:
        yield read
    finally:
        read.records.close()


def _read(paths: list[Path], jobs: int, read: _Read, steps: Steps) -> None:
    steps.begin("读取文件", count_sources(paths))
    for extraction in extract_files(paths, jobs):
        if isinstance(extraction, Extraction):
            for record in extraction.records:
                read.keep(record)
            read.dropped[extraction.document] = extraction.dropped
        elif not extraction.skipped:
            read.refusals.append(extraction)
        steps.advance(1)


def _load(
    store: Store,
    work: Build,
    read: _Read,
    dropped_before: Mapping[str, object],
    steps: Steps,
    jobs: int = 1,
) -> Outcome:
    """Assembles and loads; `dropped_before` is what the manifest said of documents that were read in an earlier build."""
    folder = _corrections(store)
    with GraphSpool(store.schema, work.scratch, jobs) as graph:
        report = assemble_into(
            graph, read.records, read_corrections(folder), progress=_Parts(steps), jobs=jobs
        )
        _return_free_memory()
        manifest = build_manifest(read.records, report, dropped=read.dropped, corrections=folder)
        manifest["dropped"] = {**dropped_before, **_mapping(manifest["dropped"])}
        steps.begin("核对图谱", None)
        parts = _Parts(steps)
        result = work.load(
            graph,
            manifest,
            _StoredRecords(read.records),
            progress=lambda done, total: parts("写入图谱", done, total),
        )
    return Outcome(result, report, len(read.records), read.refusals)


class _StoredRecords:
    """The records as the store keeps them, one after another."""

    def __init__(self, records: RecordSpool) -> None:
        self._records = records

    def __iter__(self) -> Iterator[StoredRecord]:
        for source, part, body in self._records.bodies():
            yield StoredRecord(source, part, body)


class _Parts:
    """Tells `Steps` how far a part of the work is, a hundredth of it at a time."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._part = ""
        self._told = 0

    def __call__(self, part: str, done: int, total: int) -> None:
        if part != self._part:
            self._part, self._told = part, 0
            self._steps.begin(part, total)
        if done == total or done - self._told > total // 100:
            self._steps.advance(done - self._told)
            self._told = done


def _return_free_memory() -> None:
    """Gives back to the system what the C library keeps of memory that is free by now: a quarter of what a build of 10,000 policies
    holds, and the server needs it next. Elsewhere than on Linux with glibc nothing is done."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _corrections(store: Store) -> Path:
    """People's own corrections in the data folder, where there are any; else the bundled ones."""
    own = store.settings.home / "corrections"
    return own if own.is_dir() else CORRECTIONS


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
