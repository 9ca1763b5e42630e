"""The best compatible set is the best: compared with every subset, on small cases of every shape."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.best_set import Limit, best_choice, runner_up, value_of

Pairs = list[tuple[str, str]]


def _subsets(items: list[str]) -> list[frozenset[str]]:
    return [frozenset(s) for s in chain.from_iterable(combinations(items, n) for n in range(len(items) + 1))]


def _compatible(chosen: frozenset[str], conflicts: Pairs) -> bool:
    return not any(a in chosen and b in chosen for a, b in conflicts)


def _maximal(chosen: frozenset[str], items: list[str], conflicts: Pairs) -> bool:
    return all(item in chosen or not _compatible(chosen | {item}, conflicts) for item in items)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, float], Pairs, list[Limit[str]]]:
    items = list("abcdefg")[: draw(st.integers(1, 7))]
    values = {item: float(draw(st.integers(0, 9))) for item in items}
    pairs = [pair for pair in combinations(items, 2) if draw(st.booleans())]
    limits = []
    if draw(st.booleans()):
        members = frozenset(draw(st.lists(st.sampled_from(items), min_size=1, unique=True)))
        limits.append(Limit(members, float(draw(st.integers(0, 12)))))
    return values, pairs, limits


@given(cases())
@settings(max_examples=300, deadline=None)
def test_no_compatible_set_comes_to_more(case: tuple[dict[str, float], Pairs, list[Limit[str]]]) -> None:
    values, conflicts, limits = case
    best = best_choice(values, conflicts, limits)
    assert _compatible(best.items, conflicts)
    every = [s for s in _subsets(list(values)) if _compatible(s, conflicts)]
    assert best.value == max(value_of(s, values, limits) for s in every)
    assert best.value == value_of(best.items, values, limits)


@given(cases())
@settings(max_examples=300, deadline=None)
def test_the_runner_up_is_the_best_of_the_other_full_sets(
    case: tuple[dict[str, float], Pairs, list[Limit[str]]],
) -> None:
    values, conflicts, limits = case
    items = list(values)
    best = best_choice(values, conflicts, limits)
    assert _maximal(best.items, items, conflicts)
    others = [
        value_of(s, values, limits)
        for s in _subsets(items)
        if _compatible(s, conflicts) and _maximal(s, items, conflicts) and s != best.items
    ]
    second = runner_up(best, values, conflicts, limits)
    assert (second.value if second else None) == max(others, default=None)


def test_a_heavy_middle_loses_to_two_light_ends() -> None:
    # a – b – c: 3 + 3 is more than 5.
    best = best_choice({"a": 3.0, "b": 5.0, "c": 3.0}, [("a", "b"), ("b", "c")])
    assert (best.items, best.value) == (frozenset("ac"), 6.0)


def test_a_shared_limit_counts_once() -> None:
    # Of a and b together 5 counts, so b (4) beside c (4) is worth as much as both with c: 5 + 4.
    limits = [Limit(frozenset("ab"), 5.0)]
    best = best_choice({"a": 4.0, "b": 4.0, "c": 4.0}, [], limits)
    assert best.value == 9.0
    assert best.items == frozenset("abc")


def test_nothing_to_choose_between_has_no_runner_up() -> None:
    values = {"a": 1.0, "b": 2.0}
    assert runner_up(best_choice(values, []), values, []) is None


@pytest.mark.parametrize("size", [40])
def test_many_that_all_exclude_one_another_are_quick(size: int) -> None:
    items = [str(i) for i in range(size)]
    best = best_choice({item: float(i) for i, item in enumerate(items)}, list(combinations(items, 2)))
    assert best.items == frozenset({items[-1]})
