"""A build on the embedded server: into a database of its own, and one switch when it is complete.

A reader sees the old graph until the switch. A killed build leaves a database that the next one sweeps away.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import chain

from graph import ddl
from graph.bookkeeping import Content
from graph.data_folder import DataFolder, Pointer, disk_errors
from graph.embedded import EmbeddedServer
from graph.errors import StoreError
from graph.model import Edge, Node

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
        if files.name in listed:
            server.drop_database(files.name)
        else:
            with disk_errors(files):
                shutil.rmtree(files)


def _fill(server: EmbeddedServer, name: str, content: Content, progress: Callable[[int, int], None]) -> None:
    schema = content.graph.schema
    server.run_script(name, ddl.engine_types(schema))
    nodes = [content.build_node("complete"), *content.record_nodes(), *content.graph.nodes()]
    edges = content.graph.edges()
    made = server.load(
        name, _reported(chain(map(_vertex, nodes), map(_edge, edges)), len(nodes) + len(edges), progress)
    )
    if made != (len(nodes), len(edges)):
        raise StoreError(
            f"自带的图数据库只收下 {len(nodes)} 个节点中的 {made[0]} 个、{len(edges)} 条关系中的 {made[1]} 条:"
            "原有的图谱保持不变;请重新建图"
        )
    server.run_script(name, ddl.engine_indexes(schema))
    server.flush_database(name)


def _discard(server: EmbeddedServer, name: str) -> None:
    try:
        server.drop_database(name)
    except StoreError:
        return  # what stopped the build may stop this too; the next build sweeps, and the first error is the one to tell


def _vertex(node: Node) -> dict[str, object]:
    return {"@type": "vertex", "@class": node.label, "@id": node.id, "id": node.id, **node.properties}


def _edge(edge: Edge) -> dict[str, object]:
    return {"@type": "edge", "@class": edge.type, "@from": edge.start, "@to": edge.end, **edge.properties}


def _reported(
    entries: Iterator[dict[str, object]], total: int, progress: Callable[[int, int], None]
) -> Iterator[dict[str, object]]:
    for done, entry in enumerate(entries, start=1):
        yield entry
        progress(done, total)
