"""GEXF 1.3 for Gephi: names to show, colours from schema.yaml, every property an attribute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graph.export.names import display_name
from graph.export.xml_text import XML_TYPES, xml_text, xml_value
from graph.model import Graph, Value
from graph.schema import EdgeType, NodeType


def write(graph: Graph, path: Path) -> None:
    """Write the graph as GEXF in UTF-8. No date of writing: the same graph gives the same bytes."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    schema = graph.schema
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
    yield '<graph defaultedgetype="directed" mode="static">'
    yield from _attributes("node", schema.nodes.values())
    yield from _attributes("edge", schema.edges.values())
    yield "<nodes>"
    for node in graph.nodes():
        colour = _colour(schema.nodes[node.label].colour)
        values = _values({**node.properties, "node": node.label})
        yield (
            f'<node id="{xml_text(node.id)}" label="{xml_text(display_name(node))}">'
            f"<attvalues>{values}</attvalues>{colour}</node>"
        )
    yield "</nodes>"
    yield "<edges>"
    for number, edge in enumerate(graph.edges()):
        ends = f'source="{xml_text(edge.start)}" target="{xml_text(edge.end)}"'
        values = _values({**edge.properties, "edge": edge.type})
        yield f'<edge id="{number}" {ends} label="{edge.type}"><attvalues>{values}</attvalues></edge>'
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _attributes(kind: str, declared: Iterable[NodeType] | Iterable[EdgeType]) -> Iterator[str]:
    types = {kind: "string"}
    for owner in declared:
        types |= {name: XML_TYPES[prop.type] for name, prop in owner.properties.items()}
    yield f'<attributes class="{kind}">'
    for name, type_ in sorted(types.items()):
        yield f'<attribute id="{name}" title="{name}" type="{type_}"/>'
    yield "</attributes>"


def _values(properties: Mapping[str, Value]) -> str:
    return "".join(
        f'<attvalue for="{name}" value="{xml_value(value)}"/>' for name, value in sorted(properties.items())
    )


def _colour(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
