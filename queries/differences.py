"""Two clauses side by side: their texts with the differing words marked, and their standards with the differing figures.

How alike clauses are is read from the graph: of some that are at hand by `alike`, of whole districts by queries.conflicts.similar.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from queries.catalog import fetch
from queries.clauses import ClauseRef, load_facts
from queries.compare import Standard, clause_standards
from queries.reader import Reader


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words: `same` where both texts have it. Joined in order, the runs of a side give its text back."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two clauses, each as runs of words, and their standards. `likeness` is the share of words that both have, from 0 to 1."""

    a: ClauseRef
    b: ClauseRef
    a_runs: tuple[Run, ...]
    b_runs: tuple[Run, ...]
    a_standards: tuple[Standard, ...]
    b_standards: tuple[Standard, ...]
    likeness: float


def side_by_side(reader: Reader, a: str, b: str, as_of: str) -> SideBySide:
    """Two clauses (ids). Raises: UsageError for an id that is no clause."""
    one, other = load_facts(reader, [a, b] if a != b else [a], as_of)[0], load_facts(reader, [b], as_of)[0]
    a_runs, b_runs, likeness = mark_differences(one.text, other.text)
    return SideBySide(
        one.ref, other.ref, a_runs, b_runs, clause_standards(one), clause_standards(other), likeness
    )


def alike(reader: Reader, clauses: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs of some clauses (ids) that the graph calls alike, the most alike first."""
    return [(row["a"], row["b"]) for row in fetch(reader, "similar_among", {"clauses": list(clauses)})]


def mark_differences(a: str, b: str) -> tuple[tuple[Run, ...], tuple[Run, ...], float]:
    """Both texts as runs of words, and how alike they are."""
    a_words, b_words = _words(a), _words(b)
    matcher = difflib.SequenceMatcher(None, a_words, b_words, autojunk=False)
    a_runs: list[Run] = []
    b_runs: list[Run] = []
    for kind, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        same = kind == "equal"
        _add(a_runs, "".join(a_words[a_from:a_to]), same)
        _add(b_runs, "".join(b_words[b_from:b_to]), same)
    return tuple(a_runs), tuple(b_runs), round(matcher.ratio(), 4)


def _add(runs: list[Run], text: str, same: bool) -> None:
    if text:
        runs.append(Run(text, same))


def _words(text: str) -> list[str]:
    """Chinese words by the dictionary; blanks and punctuation are words of their own, so that nothing is lost."""
    import rjieba

    return list(rjieba.cut(text))
