"""Clauses are compared with their neighbours in blocks: all pairs where a block is small, no more than a window where it is long."""

from __future__ import annotations

import random

import pytest

from loaders.linking.neighbours import iter_pairs, topics_of
from loaders.linking.views import ClauseView, PolicyView
from tests.loaders.records import clause, policy


def clauses(count: int, topics: str = "talent") -> list[ClauseView]:
    record = policy("甲", "海淀区", *(clause(f"第{n}条", "支持人才。", topics=topics) for n in range(count)))
    view = PolicyView("policy", [record], 0, None)
    return [ClauseView(f"clause-{n:04}", view, n) for n in range(count)]


def pairs(some: list[ClauseView], window: int) -> set[tuple[str, str]]:
    found = [(one.id, other.id) for one, other in iter_pairs(some, topics_of, window)]
    assert len(found) == len(set(found)), "each pair once"
    return set(found)


@pytest.mark.parametrize(("count", "window", "expected"), [(5, 5, 10), (5, 4, 10), (1, 5, 0), (0, 5, 0)])
def test_a_small_block_is_compared_whole(count: int, window: int, expected: int) -> None:
    assert len(pairs(clauses(count), window)) == expected


def test_two_shared_topics_make_one_pair() -> None:
    assert len(pairs(clauses(2, "talent events"), 5)) == 1


def test_clauses_without_a_common_key_do_not_meet() -> None:
    talent, events = clauses(2, "talent"), clauses(2, "events")
    assert pairs([talent[0], events[1]], 5) == set()


def test_pairs_do_not_depend_on_the_order() -> None:
    some = clauses(40)
    assert pairs(random.Random(3).sample(some, len(some)), 7) == pairs(some, 7)


@pytest.mark.parametrize("count", [100, 200, 400])
def test_the_number_of_pairs_grows_with_the_number_of_clauses(count: int) -> None:
    assert len(pairs(clauses(count), 8)) <= 8 * count
