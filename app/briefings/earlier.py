"""An earlier build of the graph: read from its export, and put on a server of its own so that the same queries ask both builds."""

from __future__ import annotations

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
    way_out = "请给出 policygraph export --format jsonl 由同一版本程序存下的文件"
    try:
        text = export.content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{export.name} 不是 UTF-8 文本:{way_out}。") from error
    try:
        graph = Graph.from_jsonl(load_schema(), filter(str.strip, text.splitlines()))
        problems = graph.check()
    except ModelError as error:
        raise UsageError(f"{export.name} 不是图谱的导出文件({error}):{way_out}。") from error
    if problems:
        raise UsageError(f"{export.name} 不完整({problems[0]}):{way_out}。")
    if not graph.nodes("Policy"):
        raise UsageError(f"{export.name} 中没有一件政策:{way_out}。")
    return graph


@contextmanager
def opened(graph: Graph) -> Iterator[Store]:
    """A store that holds the graph for as long as it is open; nothing of it stays."""
    with (
        tempfile.TemporaryDirectory(prefix="policygraph-") as folder,
        Store.connect(Settings(home=Path(folder))) as store,
    ):
        try:
            with open_build(store) as build:
                build.load(graph, {})
            yield store
        finally:
            stop_server(store.folder)
