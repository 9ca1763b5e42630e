"""Which forms there are, and writing one so that no half file is ever left.

The forms themselves are the modules beside this one.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from graph.bookkeeping import read_kept_nodes
from graph.data_folder import disk_errors
from graph.errors import UsageError
from graph.export import cypher_script, gexf, graphml, jsonl, jsonld, neo4j_csv, xlsx
from graph.model import Graph
from graph.spool import GraphSpool
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Format:
    """A form: what it is for, how it is written, and whether it is a folder of files."""

    meaning: str
    write: Callable[[Graph, Path], None]
    is_folder: bool = False


FORMATS = {
    "jsonl": Format("the plain form, one node or edge a line", jsonl.write),
    "csv": Format(
        "a folder of CSV files for neo4j-admin database import full", neo4j_csv.write, is_folder=True
    ),
    "cypher": Format("a script that makes the graph in an empty Neo4j", cypher_script.write),
    "graphml": Format("GraphML, for yEd, Gephi, networkx", graphml.write),
    "gexf": Format("GEXF 1.3 with the colours of the explorer, for Gephi", gexf.write),
    "jsonld": Format("JSON-LD with schema.org Legislation", jsonld.write),
    "xlsx": Format("Excel, one sheet for each label and edge type", xlsx.write),
}


def export_store(store: Store, name: str, out: Path) -> None:
    """Write the store's graph to `out`; see `export_graph`. CSV takes little memory, however large the graph, and brings what the program
    keeps beside it."""
    if name != "csv":
        export_graph(store.read_graph(), name, out)
        return
    _check(name, out)
    with tempfile.TemporaryDirectory() as folder, GraphSpool(store.schema, Path(folder)) as spool:
        store.read_into(spool)
        kept = read_kept_nodes(store.run)
        _write_whole(lambda draft: neo4j_csv.write(spool, draft, kept), out, is_folder=True)


def export_graph(graph: Graph, name: str, out: Path) -> None:
    """Write the graph to `out` in the form of that name. A file is replaced, a folder must be new or empty.

    Raises: UsageError for an unknown form or a folder with files in it, StoreError where the disk refuses.
    """
    _check(name, out)
    _write_whole(partial(FORMATS[name].write, graph), out, is_folder=FORMATS[name].is_folder)


def _check(name: str, out: Path) -> None:
    form = FORMATS.get(name)
    if form is None:
        raise UsageError(f"没有 {name} 这种导出格式:请从 {'、'.join(FORMATS)} 中选")
    if form.is_folder and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} 已存在且不是空文件夹:请给 {name} 文件另起一个文件夹名")
    if not form.is_folder and out.is_dir():
        raise UsageError(f"{out} 是文件夹:请给 {name} 导出写一个文件名")


def _write_whole(write: Callable[[Path], None], out: Path, *, is_folder: bool) -> None:
    with disk_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        try:
            draft = work / "export"
            if is_folder:
                draft.mkdir()
            write(draft)
            draft.replace(out)
        finally:
            shutil.rmtree(work)
