"""A build on the embedded server: into a database of its own, and one switch when it is complete.

A reader sees the old graph until the switch. A killed build leaves a database that the next one sweeps away.
"""

from __future__ import annotations

import shutil
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import msgspec

from graph import ddl
from graph.bookkeeping import Content
from graph.data_folder import DataFolder, Pointer, disk_errors
from graph.embedded import EmbeddedServer
from graph.errors import StoreError
from graph.packing import PackedEdge, unpack_edge, unpack_node

PREFIX = "graph_"
"""Of every build's database. No database may be called `neo4j`: on a pooled connection that name means the one before."""

NAME_DIGITS = 16

EDGES_AT_ONCE = 1_000_000
"""Edges of one request: the server holds the incoming ends of a request's edges until it ends, some 150 bytes each, and then goes through
all nodes that they end in, so that many edges at once take fewer ways through a graph that is larger than its memory."""

ENDS_AT_ONCE = 10_000
"""Edges of one request that end in one node: for these it takes memory by their square (63,000 in each of three nodes: 1.6 GB)."""


def load_embedded(
    folder: DataFolder, server: EmbeddedServer, content: Content, progress: Callable[[int, int], None]
) -> bool:
    """Put `content` in place; False where it is there already. The caller holds the build lock.

    Raises: StoreError; then the graph that was there is still there.
    """
    pointer = folder.read_pointer()
    name = PREFIX + content.fingerprint[:NAME_DIGITS]
    _sweep(folder, server, keep=pointer)
    new = Pointer(name, content.graph.schema.version)
    if pointer is not None and pointer.database == name and name in server.databases():
        return False
    server.create_database(name)
    try:
        _fill(server, name, content, progress)
    except StoreError:
        _discard(server, name)
        raise
    folder.write_pointer(new)
    return True


def named_after(database: str) -> str:
    """The digits of its content that a build's database is named after."""
    return database.removeprefix(PREFIX)


def _sweep(folder: DataFolder, server: EmbeddedServer, keep: Pointer | None) -> None:
    """Drop the databases of earlier and of killed builds. One that was just being closed, the server does not list."""
    listed = server.databases()
    for files in sorted(folder.databases.glob(f"{PREFIX}*")):
        if keep is not None and files.name == keep.database:
            continue
        if files.name not in listed or not server.drop_database(files.name):
            with disk_errors(files):
                shutil.rmtree(files)


def _fill(server: EmbeddedServer, name: str, content: Content, progress: Callable[[int, int], None]) -> None:
    schema = content.graph.schema
    server.run_script(name, ddl.engine_types(schema))
    nodes, edges = _totals(content)
    report = _counting(nodes + edges, progress)
    made = [server.load(name, report(_vertices(content)))]
    records = _RecordIds(server, name, content)
    edges_left = _EdgesLeft(content)
    while edges_left:
        made.append(server.load(name, report(_edges(edges_left.take(), records))))
    if (sum(vertices for vertices, _ in made), sum(links for _, links in made)) != (nodes, edges):
        raise StoreError(
            f"自带的图数据库没有收下全部 {nodes} 个节点和 {edges} 条关系:原有的图谱保持不变;请重新建图"
        )
    server.run_script(name, ddl.engine_indexes(schema))
    server.flush_database(name)


def _totals(content: Content) -> tuple[int, int]:
    """How many nodes, bookkeeping included, and edges there are to load."""
    labels, types = content.graph.counts()
    return 1 + len(content.places) + sum(labels.values()), sum(types.values())


class _RecordIds:
    """Under which number the server keeps each node, in 12 bytes a node. Raises: StoreError where it has others than were sent."""

    def __init__(self, server: EmbeddedServer, database: str, content: Content) -> None:
        self._positions = content.graph.positions()
        labels, _ = content.graph.counts()
        total = sum(labels.values())
        self._buckets, self._places = array("i", bytes(4 * total)), array("q", bytes(8 * total))
        found = 0
        for label in labels:
            for id_, bucket, place in server.iter_records(database, label):
                at = self._positions.find(id_)
                if at is not None:
                    self._buckets[at], self._places[at] = bucket, place
                    found += 1
        if found != total:
            raise StoreError(
                f"自带的图数据库只收下 {total} 个节点中的 {found} 个:原有的图谱保持不变;请重新建图"
            )

    def of(self, id_: str) -> bytes:
        """The record id of a node: #12:34."""
        at = self._positions.find(id_)
        assert at is not None  # Build.load has checked both ends
        return b"#%d:%d" % (self._buckets[at], self._places[at])


def _vertices(content: Content) -> Iterator[bytes]:
    """What is sent of nodes, a line each, those of one type together."""
    for node in chain([content.build_node("complete")], content.record_nodes()):
        yield _vertex(node.label, node.id, msgspec.json.encode(node.properties))
    for label, id_, properties in map(unpack_node, content.graph.node_lines()):
        yield _vertex(label, id_, properties)


class _EdgesLeft:
    """The edges that are still to be sent; false when none is."""

    def __init__(self, content: Content) -> None:
        self._lines = map(unpack_edge, content.graph.edge_lines())
        self._next = next(self._lines, None)

    def __bool__(self) -> bool:
        return self._next is not None

    def take(self) -> Iterator[PackedEdge]:
        """Those of one request."""
        ends: Counter[str] = Counter()
        count = 0
        while self._next is not None and count < EDGES_AT_ONCE and ends[self._next[2]] < ENDS_AT_ONCE:
            count += 1
            ends[self._next[2]] += 1
            yield self._next
            self._next = next(self._lines, None)


def _edges(edges: Iterable[PackedEdge], records: _RecordIds) -> Iterator[bytes]:
    """What is sent of edges, a line each."""
    for type_, start, end, properties in edges:
        yield _edge(type_, records.of(start), records.of(end), properties)


def _discard(server: EmbeddedServer, name: str) -> None:
    try:
        server.drop_database(name)
    except StoreError:
        return  # what stopped the build may stop this too; the next build sweeps, and the first error is the one to tell


def _vertex(label: str, id: str, properties: bytes) -> bytes:
    head = b'{"@type":"vertex","@class":"%b","id":%b' % (label.encode(), msgspec.json.encode(id))
    return head + _tail(properties)


def _edge(type: str, start: bytes, end: bytes, properties: bytes) -> bytes:
    head = b'{"@type":"edge","@class":"%b","@from":"%b","@to":"%b"' % (type.encode(), start, end)
    return head + _tail(properties)


def _tail(properties: bytes) -> bytes:
    """The rest of an object that has these properties too; they are JSON already and stay as they are."""
    rest = bytes(properties)[1:]
    return rest if rest == b"}" else b"," + rest


def _counting(
    total: int, progress: Callable[[int, int], None]
) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    """Passes lines on and tells how many have passed, over all that it is given."""
    done = 0

    def passed(lines: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal done
        for line in lines:
            yield line
            done += 1
            progress(done, total)

    return passed
