"""docs/model.md follows from schema.yaml."""

from __future__ import annotations

from graph.model_page import PAGE, main, render
from graph.schema import load_schema


def test_the_page_in_docs_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(load_schema()), "run python -m graph.model_page"
    assert main(["--check"]) == 0


def test_every_property_has_its_row() -> None:
    page = render(load_schema())
    row = "| jurisdiction | 辖区代码 | string | code of the District that it applies in |"
    assert row in page
    assert "### MATCHES_CITY_LEVEL 市级配套" in page
    assert "| rate | 配套比例 | number; in share | share of the upper level's money, 0.3 for 30% |" in page


def test_another_argument_is_refused() -> None:
    assert main(["--docs"]) == 2
