"""The plain form: one JSON object a line, nodes first, sorted (graph.model says what a line holds)."""

from __future__ import annotations

from pathlib import Path

from graph.model import Graph


def write(graph: Graph, path: Path) -> None:
    """Write the graph's lines, each ended by a line feed, in UTF-8."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in graph.to_jsonl())
