"""A build on the embedded server: into a database of its own, and one switch when it is complete.

A reader sees the old graph until the switch. A killed build leaves a database that the next one sweeps away.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import chain

import msgspec

from graph import ddl
from graph.bookkeeping import Content
from graph.data_folder import DataFolder, Pointer, disk_errors
from graph.embedded import EmbeddedServer
from graph.errors import StoreError
from graph.packing import unpack_edge, unpack_node

PREFIX = "graph_"
"""Of every build's database. No database may be called `neo4j`: on a pooled connection that name means the one before."""

NAME_DIGITS = 16


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
    made = server.load(name, _reported(_entries(content), nodes + edges, progress))
    if made != (nodes, edges):
        raise StoreError(
            f"自带的图数据库只收下 {nodes} 个节点中的 {made[0]} 个、{edges} 条关系中的 {made[1]} 条:"
            "原有的图谱保持不变;请重新建图"
        )
    server.run_script(name, ddl.engine_indexes(schema))
    server.flush_database(name)


def _totals(content: Content) -> tuple[int, int]:
    """How many nodes, bookkeeping included, and edges there are to load."""
    labels, types = content.graph.counts()
    return 1 + len(content.places) + sum(labels.values()), sum(types.values())


def _entries(content: Content) -> Iterator[bytes]:
    """What is sent, a line each: vertices, those of one type together, and edges, which name their ends by the vertices' places."""
    first = 0
    for node in chain([content.build_node("complete")], content.record_nodes()):
        yield _vertex(node.label, node.id, msgspec.json.encode(node.properties))
        first += 1
    for label, id_, properties in map(unpack_node, content.graph.node_lines()):
        yield _vertex(label, id_, properties)
    positions = content.graph.positions()
    for type_, start, end, properties in map(unpack_edge, content.graph.edge_lines()):
        begin, end_place = positions.find(start), positions.find(end)
        assert begin is not None  # Build.load has checked both ends
        assert end_place is not None
        yield _edge(type_, first + begin, first + end_place, properties)


def _discard(server: EmbeddedServer, name: str) -> None:
    try:
        server.drop_database(name)
    except StoreError:
        return  # what stopped the build may stop this too; the next build sweeps, and the first error is the one to tell


def _vertex(label: str, id: str, properties: bytes) -> bytes:
    head = b'{"@type":"vertex","@class":"%b","id":%b' % (label.encode(), msgspec.json.encode(id))
    return head + _tail(properties)


def _edge(type: str, start: int, end: int, properties: bytes) -> bytes:
    return b'{"@type":"edge","@class":"%b","@from":%d,"@to":%d' % (type.encode(), start, end) + _tail(
        properties
    )


def _tail(properties: bytes) -> bytes:
    """The rest of an object that has these properties too; they are JSON already and stay as they are."""
    rest = bytes(properties)[1:]
    return rest if rest == b"}" else b"," + rest


def _reported(lines: Iterator[bytes], total: int, progress: Callable[[int, int], None]) -> Iterator[bytes]:
    for done, line in enumerate(lines, start=1):
        yield line
        progress(done, total)
