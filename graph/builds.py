"""Puts a graph in place so that a reader finds the old one or the new one, and a kill at any moment loses nothing.

What the graph says is decided before (graph.model); how it is written, in graph.embedded_build and graph.neo4j_build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from graph.bookkeeping import (
    BuildState,
    Content,
    Records,
    StoredRecord,
    read_build_state,
    read_manifest,
    read_records,
)
from graph.embedded import EmbeddedServer
from graph.embedded_build import NAME_DIGITS, load_embedded, named_after
from graph.errors import ModelError, NoGraphError
from graph.locks import exclusive
from graph.model import Statements
from graph.neo4j_build import load_neo4j
from graph.server_control import ensure_server
from graph.store import Store

LOCK_SECONDS = 0.5
"""The server looks at the lock now and then, so a build that finds it taken tries a little longer."""

SHOWN_PROBLEMS = 3


@dataclass(frozen=True, slots=True)
class BuildResult:
    """`changed` is False where the graph that was there says the same; `nodes` and `edges` count what is there now."""

    changed: bool
    nodes: int
    edges: int


class Build:
    """The right to change the graph; made by `open_build`, which holds the lock for as long as it is open.

    `scratch` is an empty folder for what a build keeps on disk meanwhile; what a killed build left there the next one removes.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.scratch = store.folder.scratch

    def documents(self) -> set[str]:
        """The documents that the current graph was built from; none where there is no graph yet."""
        try:
            return {
                row["document"] for row in self._store.run("MATCH (r:Record) RETURN r.document AS document")
            }
        except NoGraphError:
            return set()

    def iter_records(self) -> Iterator[StoredRecord]:
        """The records that the current graph was built from; none where there is no graph yet."""
        try:
            yield from read_records(self._store.run)
        except NoGraphError:
            return

    def load(
        self,
        graph: Statements,
        manifest: Mapping[str, object],
        records: Records = (),
        *,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> BuildResult:
        """Put the graph in place of the one that is there; nothing is written where both say the same.

        `manifest` holds JSON values, `progress` is called with entries done and entries in all. Raises: ModelError where the
        graph breaks the schema (nothing is written then), StoreError where the server refuses; the old graph stays.
        """
        problems = graph.check()
        if problems:
            more = f" (and {len(problems) - SHOWN_PROBLEMS} more)" if len(problems) > SHOWN_PROBLEMS else ""
            raise ModelError(f"The graph breaks schema.yaml: {'; '.join(problems[:SHOWN_PROBLEMS])}{more}")
        content = Content(graph, manifest, records)
        if self._store.settings.is_embedded:
            changed = load_embedded(self._store.folder, self._server(), content, progress)
        else:
            changed = load_neo4j(self._store, content, progress)
        labels, types = graph.counts()
        return BuildResult(changed, sum(labels.values()), sum(types.values()))

    def _server(self) -> EmbeddedServer:
        info = ensure_server(self._store.settings)
        return EmbeddedServer(info.http_port, self._store.folder.read_secrets().root)


@contextmanager
def open_build(store: Store) -> Iterator[Build]:
    """Hold the right to change the graph. Raises: BusyError where another build of this data folder holds it."""
    store.folder.prepare()
    busy = f"{store.folder.path} 正在进行另一次建图:请等它结束后重试"
    with exclusive(store.folder.build_lock, busy, wait_seconds=LOCK_SECONDS), store.folder.emptied_scratch():
        yield Build(store)


def build_state(store: Store) -> BuildState:
    """What is in place: none, under construction (on a Neo4j: readers should be told) or complete."""
    try:
        return read_build_state(store.run)
    except NoGraphError:
        return BuildState("none")


def version_digits(store: Store) -> str:
    """The first digits of what tells this graph from others, "" where there is none. On the embedded server the database's name has them:
    to read the build's node is to read its manifest, 19 MB of a country, 0.2 s."""
    if store.settings.is_embedded:
        return named_after(store.database() or "")
    return (build_state(store).content or "")[:NAME_DIGITS]


def stored_manifest(store: Store) -> Mapping[str, Any]:
    """What the graph that is in place was made from, empty where there is none. A database of the embedded server never changes, so its
    manifest is kept: a country's takes a second to read."""
    with suppress(NoGraphError):
        return _embedded_manifest(store) if store.settings.is_embedded else read_manifest(store.run)
    return {}


def _embedded_manifest(store: Store) -> Mapping[str, Any]:
    database = store.database()
    place = f"{store.folder.path}/{database}"
    manifest = _kept_manifest.get(place)
    if manifest is None:
        manifest = read_manifest(partial(store.run, database=database))
        _kept_manifest.clear()
        _kept_manifest[place] = manifest
    return manifest


_kept_manifest: dict[str, Mapping[str, Any]] = {}
"""The one that was read last, by its data folder and database."""
