"""The notebook in docs/ runs from its first cell to its last on the bundled policies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from tests.readme import ROOT, bundled_graph, stop_server_of

NOTEBOOK = ROOT / "docs" / "notebooks" / "ask_the_graph.ipynb"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the cells' names hold in the end."""
    environment = bundled_graph(tmp_path_factory.mktemp("home"))
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLICYGRAPH_HOME", environment["POLICYGRAPH_HOME"])
        patch.setenv("NEO4J_URI", "")
        for number, cell in enumerate(cells):
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
    yield names
    stop_server_of(environment)


def test_a_researcher_finds_who_pays_for_computing_power(answers: dict[str, Any]) -> None:
    standards = answers["standards"]
    own = standards[standards["ref_district"] == "丰台区"]
    assert sorted(own["cap_cny"]) == [2_000_000, 3_000_000]


def test_a_leader_finds_what_each_district_adds(answers: dict[str, Any]) -> None:
    added = answers["added"].set_index("ref_district")
    assert added.loc["通州区", "high"] == 2_500_000


def test_rows_become_a_py2neo_subgraph(answers: dict[str, Any]) -> None:
    chain = answers["chain"]
    assert {"Clause", "Policy"} <= {label for node in chain.nodes for label in node.labels}
    assert {type(edge).__name__ for edge in chain.relationships} == {"MATCHES_CITY_LEVEL", "HAS_CLAUSE"}


def test_a_named_query_fills_a_table(answers: dict[str, Any]) -> None:
    assert isinstance(answers["largest"], pd.DataFrame)
    assert answers["largest"]["value"].min() >= 40_000_000
