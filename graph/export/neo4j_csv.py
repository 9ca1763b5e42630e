"""A folder of CSV files with the headers that `neo4j-admin database import full` reads, and the command that imports them.

after_import.cypher does what an import cannot: constraints, indexes, and lists that are there but empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from pathlib import Path

from graph import ddl
from graph.model import Node, Statements, Value
from graph.schema import Property, PropertyType, Schema

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

neo4j-admin database import full neo4j --array-delimiter=U+001F --multiline-fields=true --read-buffer-size=32m \\
{arguments}

Then start the server and run: cypher-shell --file after_import.cypher
"""


def write(graph: Statements, path: Path, kept: Iterable[Node] = ()) -> None:
    """Fill the folder `path`: a file for each label and edge type that the graph has, README.txt, after_import.cypher.

    `kept` are the nodes of bookkeeping, those of one label together: with them the import is a graph that the program knows as its own.
    """
    arguments = []
    for label, nodes in groupby(chain(kept, graph.nodes()), key=lambda node: node.label):
        owner = graph.schema.nodes.get(label) or graph.schema.bookkeeping[label]
        properties = owner.properties
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
    _write_text(path / "after_import.cypher", "".join(f"{line};\n" for line in _after_import(graph.schema)))


def _after_import(schema: Schema) -> Iterator[str]:
    yield from ddl.neo4j_statements(schema)
    owners = [(f"(o:{label})", node.properties) for label, node in schema.nodes.items()]
    owners += [(f"()-[o:{name}]->()", edge.properties) for name, edge in schema.edges.items()]
    for pattern, properties in owners:
        for name, prop in properties.items():
            if prop.type == "strings" and prop.required:
                yield f"MATCH {pattern} WHERE o.{name} IS NULL SET o.{name} = []"


def _header(properties: Mapping[str, Property]) -> list[str]:
    return [f"{name}:{IMPORT_TYPES[prop.type]}" for name, prop in properties.items()]


def _cells(declared: Mapping[str, Property], properties: Mapping[str, Value]) -> list[str]:
    return [_cell(properties.get(name)) for name in declared]


def _cell(value: Value | None) -> str:
    """The value as it stands in the file: an absent one is nothing at all, an empty text a pair of quotes."""
    match value:
        case None | []:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return _quoted(ARRAY_DELIMITER.join(value))
        case str():
            return _quoted(value)
        case _:
            return str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _write_file(path: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(",".join(row) + "\n" for row in chain([header], rows))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
