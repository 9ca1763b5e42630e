"""A page for people follows from schema.yaml."""

from __future__ import annotations

from graph.model_page import render
from graph.schema import load_schema


def test_every_property_has_its_row() -> None:
    page = render(load_schema())
    row = "| jurisdiction | 辖区代码 | string | code of the District that it applies in |"
    assert row in page
    assert "### MATCHES_CITY_LEVEL 市级配套" in page
    assert "| rate | 配套比例 | number; in share | share of the upper level's money, 0.3 for 30% |" in page
