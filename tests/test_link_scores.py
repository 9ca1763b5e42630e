"""The links of the bundled corpus reach the figures asked for, with the annotators' facts and with those that reading finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.score_links import GoldLinks, Produced, figures
from loaders.assemble import assemble
from loaders.record import PolicyRecord
from tests.gold_records import corpus_records, gold_records


@pytest.mark.parametrize("records", [gold_records, corpus_records])
def test_links_reach_their_figures(records: Callable[[], list[PolicyRecord]]) -> None:
    table = figures(GoldLinks(), Produced(assemble(records()).graph.to_jsonl()))
    missed = {
        one.name: (round(one.share, 3), one.others) for one in table if one.goal and one.share < one.goal
    }
    assert missed == {}


def test_derived_pairs_stay_few() -> None:
    """About as many as the clauses that pay: a rule for all of a district must not become a list of all pairs."""
    graph = assemble(gold_records()).graph
    paying = {edge.start for edge in graph.edges("GRANTS")}
    derived = [edge for edge in graph.edges("EXCLUDES") if edge.properties["derived"]]
    assert len(derived) < len(paying)
