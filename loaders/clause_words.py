"""Cuts the clauses of all policies into words and finds their matters, which takes longest of what the links need of a text.

What words and matters say of two clauses is for loaders.linking.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.workers import Message, in_forks
from loaders.linking.views import matters_of, read_sentences
from loaders.linking.wording import cut
from loaders.record import PolicyRecord

_POLICIES_AT_ONCE = 32


class ClauseWords(Message, frozen=True):
    """The matters of a clause, and the words of each of its sentences."""

    matters: list[str]
    sentences: list[list[str]]


class _Read(Message, frozen=True):
    """The words of some policies, clause by clause."""

    policies: list[list[ClauseWords]]


def iter_words(
    records: Sequence[PolicyRecord], indexes: Sequence[int], jobs: int
) -> Iterator[list[ClauseWords]]:
    """The words of the clauses of `records` at some indexes, in their order, read by `jobs` processes."""
    parts = [indexes[at : at + _POLICIES_AT_ONCE] for at in range(0, len(indexes), _POLICIES_AT_ONCE)]

    def read(part: Sequence[int]) -> _Read:
        return _Read([_words_of(records[index]) for index in part])

    for found in in_forks(read, parts, jobs):
        yield from found.policies


def _words_of(record: PolicyRecord) -> list[ClauseWords]:
    found = []
    for index in range(len(record.clauses)):
        sentences = read_sentences(record, index)
        words = [cut(sentence.text) for sentence in sentences]
        found.append(ClauseWords(sorted(matters_of(sentences)), words))
    return found
