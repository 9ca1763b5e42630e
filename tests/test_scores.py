"""Extraction against the gold: no figure falls below the one kept in tests/gold/scores.json, and what the corpus asks holds."""

from __future__ import annotations

import json

import pytest

from benchmarks.scores import PAGE, SCORES, measure, table

KEPT = json.loads(SCORES.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report() -> dict[str, dict[str, float]]:
    return measure()


@pytest.mark.parametrize("kind", KEPT)
def test_no_figure_falls(kind: str, report: dict[str, dict[str, float]]) -> None:
    assert report[kind]["f1"] >= KEPT[kind]


def test_the_table_in_the_docs_is_the_one_measured(report: dict[str, dict[str, float]]) -> None:
    assert table(report) in PAGE.read_text(encoding="utf-8"), "stale: run python benchmarks/scores.py --write"
