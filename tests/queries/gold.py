"""The gold graph with the annotators' way of naming things: policy "001-05", cite ["第一条", "4"]."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.model import Graph
from graph.store import Store

FOLDER = Path(__file__).parents[1] / "gold"
DAY = "2026-01-01"


@dataclass(frozen=True)
class Gold:
    """A store that holds the gold graph; `annotated` where its facts are the annotators', not those that were read."""

    store: Store
    graph: Graph
    policies: dict[str, str]
    annotated: bool

    def clause(self, policy: str, cite: list[str]) -> str:
        """The id of a clause by the annotators' name of its policy."""
        found = [
            node.id
            for node in self.graph.nodes("Clause")
            if node.properties["policy"] == self.policies[policy] and node.properties["cite"] == cite
        ]
        assert len(found) == 1, (policy, cite)
        return found[0]

    def place(self, policy: str, cite: tuple[str, ...]) -> tuple[str, str]:
        """(annotators' name, cite in one word) of a clause that an answer names by policy id and cite."""
        names = {id: name for name, id in self.policies.items()}
        return names[policy], "/".join(cite)


def places(entries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(policy, cite) of the annotators' entries."""
    return [(entry["policy"], "/".join(entry["cite"])) for entry in entries]


def question(id: str) -> dict[str, Any]:
    """The annotators' answer to a question."""
    entries = json.loads((FOLDER / "questions.json").read_text(encoding="utf-8"))
    answer: dict[str, Any] = next(entry["answer"] for entry in entries if entry["id"] == id)
    return answer
