"""An earlier build of the graph: read from its export, and put on a server of its own so that the same queries ask both builds."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.briefings.question import Export
from graph.builds import open_build
from graph.errors import ModelError, UsageError
from graph.model import Graph
from graph.schema import load_schema
from graph.server_control import stop_server
from graph.settings import Settings
from graph.store import Store


def read_export(export: Export) -> Graph:
    """The graph that the file holds. Raises: UsageError where it is no export, or one that this version cannot read."""
    way_out = "请给出同一版本程序的 policygraph export --format jsonl(或“下载”页)存下的文件"
    try:
        text = export.content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{export.name} 不是 UTF-8 文本:{way_out}。") from error
    try:
        # lines end at line feeds alone: a text may hold other signs that splitlines takes for ends
        graph = Graph.from_jsonl(load_schema(), io.StringIO(text))
    except ModelError as error:
        line = re.match(r"line (\d+)", str(error))
        where = f"第 {line[1]} 行不是图谱的节点或关系" if line else "有这一版本不认识的内容"
        raise UsageError(f"{export.name} {where}:{way_out}。") from error
    if not graph.nodes("Policy"):
        raise UsageError(f"{export.name} 中没有一件政策:{way_out}。")
    if graph.check():
        raise UsageError(f"{export.name} 不完整,或由另一版本的程序存下:{way_out}。")
    return graph


_NODES = ("Policy", "Clause", "District", "Topic")
_EDGES = ("HAS_CLAUSE", "ABOUT", "APPLIES_IN", "PART_OF", "SUPERSEDES")


@contextmanager
def opened(graph: Graph) -> Iterator[Store]:
    """A store that says which policy supports which topic where, for as long as it is open; nothing of it stays."""
    with (
        tempfile.TemporaryDirectory(prefix="policygraph-") as folder,
        Store.connect(Settings(home=Path(folder))) as store,
    ):
        try:
            with open_build(store) as build:
                build.load(_topics_of(graph), {})
            yield store
        finally:
            # at once: a clean end would put on disk what is thrown away
            stop_server(store.folder, force=True)


def _topics_of(graph: Graph) -> Graph:
    """The part of the graph that the states of topics rest on: less to load."""
    part = Graph(graph.schema)
    for label in _NODES:
        for node in graph.nodes(label):
            part.add_node(node.label, node.id, node.properties)
    for name in _EDGES:
        for edge in graph.edges(name):
            part.add_edge(edge.type, edge.start, edge.end, edge.properties)
    return part
