"""A folder of CSV files with the headers that `neo4j-admin database import full` reads, and the command that imports them.

Constraints are not part of an import: constraints.cypher makes them afterwards.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from graph import ddl
from graph.model import Graph, Value
from graph.schema import Property, PropertyType

ARRAY_DELIMITER = "\x1f"
"""Between the items of a list: the unit separator, which stands in no text. The usual ";" may stand in a file name."""

IMPORT_TYPES: dict[PropertyType, str] = {
    "string": "string",
    "date": "string",
    "integer": "long",
    "number": "double",
    "boolean": "boolean",
    "strings": "string[]",
}

README = """Import into an empty Neo4j 5, with the server stopped, from this folder:

neo4j-admin database import full neo4j --array-delimiter=U+001F --multiline-fields=true \\
{arguments}

Then start the server and run: cypher-shell --file constraints.cypher
"""


def write(graph: Graph, path: Path) -> None:
    """Fill the folder `path`: a file for each label and edge type that the graph has, README.txt, constraints.cypher."""
    arguments = []
    for label, nodes in groupby(graph.nodes(), key=lambda node: node.label):
        properties = graph.schema.nodes[label].properties
        header = ["id:ID", *_header(properties), ":LABEL"]
        rows = ([node.id, *_cells(properties, node.properties), label] for node in nodes)
        arguments.append(f"--nodes=nodes_{label}.csv")
        _write_file(path / f"nodes_{label}.csv", header, rows)
    for name, edges in groupby(graph.edges(), key=lambda edge: edge.type):
        properties = graph.schema.edges[name].properties
        header = [":START_ID", ":END_ID", *_header(properties), ":TYPE"]
        rows = ([edge.start, edge.end, *_cells(properties, edge.properties), name] for edge in edges)
        arguments.append(f"--relationships=edges_{name}.csv")
        _write_file(path / f"edges_{name}.csv", header, rows)
    _write_text(path / "README.txt", README.format(arguments=" \\\n".join(arguments)))
    _write_text(
        path / "constraints.cypher", "".join(f"{line};\n" for line in ddl.neo4j_statements(graph.schema))
    )


def _header(properties: Mapping[str, Property]) -> list[str]:
    return [f"{name}:{IMPORT_TYPES[prop.type]}" for name, prop in properties.items()]


def _cells(declared: Mapping[str, Property], properties: Mapping[str, Value]) -> list[str]:
    return [_cell(properties.get(name)) for name in declared]


def _cell(value: Value | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return ARRAY_DELIMITER.join(value)
        case _:
            return str(value)


def _write_file(path: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
