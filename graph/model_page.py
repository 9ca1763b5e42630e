"""schema.yaml as a page for people: docs/model.md (app.reference_pages writes it)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.schema import Property, Schema

HEAD = """\
# The graph model

Generated from [graph/schema.yaml](../graph/schema.yaml) by `python -m app.reference_pages`: edit that file, not this one.

Schema version {version}. Every node has an `id`, unique in the graph and made from its key; a property whose value the
source does not give is absent. Dates are ISO strings, shares are fractions (0.3 for 30%).
"""

TABLE_HEAD = "| property | 中文 | holds | meaning |\n| --- | --- | --- | --- |"


def render(schema: Schema) -> str:
    """The page as Markdown: a section for every label, edge type and bookkeeping label, in the order of schema.yaml."""
    return "\n".join(_lines(schema)) + "\n"


def _lines(schema: Schema) -> Iterator[str]:
    yield HEAD.format(version=schema.version)
    yield "## Nodes\n"
    for node in schema.nodes.values():
        yield f"### {node.name} {node.label}\n"
        yield f"{_sentence(node.meaning)} Key: {', '.join(node.key)}. Drawn as {node.shape}, {node.colour}.\n"
        yield from _table(node.properties)
    yield "## Edges\n"
    for edge in schema.edges.values():
        yield f"### {edge.name} {edge.label}\n"
        ends = "; ".join(f"{', '.join(ends.start)} → {', '.join(ends.end)}" for ends in edge.ends)
        key = f" Two such edges between the same nodes differ in {', '.join(edge.key)}." if edge.key else ""
        yield f"{_sentence(edge.meaning)} Leads from {ends}.{key}\n"
        yield from _table(edge.properties)
    yield "## Bookkeeping\n"
    yield "Kept in the database beside the graph; no query of the application and no export shows them.\n"
    for kept in schema.bookkeeping.values():
        yield f"### {kept.name}\n"
        yield f"{_sentence(kept.meaning)}\n"
        yield from _table(kept.properties)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _table(properties: Mapping[str, Property]) -> Iterator[str]:
    yield TABLE_HEAD
    for name, prop in properties.items():
        yield f"| {name} | {prop.label} | {_holds(prop)} | {prop.meaning.replace('|', '/')} |"
    yield ""


def _holds(prop: Property) -> str:
    parts: list[str] = [prop.type]
    if prop.unit:
        parts.append(f"in {prop.unit}")
    if prop.values:
        parts.append(f"one of {', '.join(prop.values)}")
    if prop.index:
        parts.append({"unique": "unique", "range": "indexed", "fulltext": "full-text index"}[prop.index])
    if prop.required:
        parts.append("always there")
    return "; ".join(parts)
