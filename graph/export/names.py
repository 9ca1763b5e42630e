"""What to call a node where people read: its title, name, cite or quote. Shared by the forms that show names."""

from __future__ import annotations

from graph.model import Node, Value


def display_name(node: Node) -> str:
    """A short name: "若干措施 第五条(1)" of a clause, the quote of a benefit, else the title or name."""
    properties = node.properties
    if node.label == "Clause":
        return f"{properties['policy_title']} {listed(properties['cite'], '')}"
    for key in ("title", "name", "quote"):
        if key in properties:
            return str(properties[key])
    return node.id


def listed(value: Value, between: str) -> str:
    """A list as one text; anything else as it is."""
    return between.join(value) if isinstance(value, list) else str(value)
