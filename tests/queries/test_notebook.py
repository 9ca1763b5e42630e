"""The example notebook runs from the first cell to the last, on the graph of the bundled corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.queries.gold import Gold

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebooks" / "ask_the_graph.ipynb"


def test_every_cell_runs(gold: Gold, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    monkeypatch.setenv("POLICYGRAPH_HOME", str(gold.store.settings.home))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    names: dict[str, Any] = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert set(names["standards"]["ref_district"]) >= {"丰台区", "通州区"}
    assert names["added"].set_index("ref_district").loc["通州区", "high"] == 2_500_000
    assert len(names["pairs"]) > 0
    assert next(iter(names["largest"]["value"])) == 100_000_000
