"""GraphML: each property a typed key, label and edge type in the key `label` (as yEd, Gephi and networkx expect)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.export.xml_text import XML_TYPES, xml_text, xml_value
from graph.model import Graph, Value
from graph.schema import Schema


def write(graph: Graph, path: Path) -> None:
    """Write the graph as GraphML in UTF-8."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield '<key id="n.label" for="node" attr.name="label" attr.type="string"/>'
    yield '<key id="e.label" for="edge" attr.name="label" attr.type="string"/>'
    yield from _keys(graph.schema)
    yield '<graph id="policygraph" edgedefault="directed">'
    for node in graph.nodes():
        yield f'<node id="{xml_text(node.id)}">{_data("n", node.label, node.properties)}</node>'
    for number, edge in enumerate(graph.edges()):
        ends = f'source="{xml_text(edge.start)}" target="{xml_text(edge.end)}"'
        yield f'<edge id="e{number}" {ends}>{_data("e", edge.type, edge.properties)}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _keys(schema: Schema) -> Iterator[str]:
    declared = {
        "node": [node.properties for node in schema.nodes.values()],
        "edge": [edge.properties for edge in schema.edges.values()],
    }
    for kind, owners in declared.items():
        properties = {name: prop for owner in owners for name, prop in owner.items()}
        for name, prop in sorted(properties.items()):
            type_ = XML_TYPES[prop.type]
            yield f'<key id="{kind[0]}.{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>'


def _data(prefix: str, label: str, properties: Mapping[str, Value]) -> str:
    values = "".join(
        f'<data key="{prefix}.{name}">{xml_value(value)}</data>' for name, value in sorted(properties.items())
    )
    return f'<data key="{prefix}.label">{label}</data>{values}'
