"""Synthetic policies: the same for the same seed, read as their answers say, and spread over the country city by city."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.generate import Answer, generate
from loaders.assemble import assemble
from loaders.pipeline import extract_document
from loaders.record import PolicyRecord


@pytest.fixture(scope="module")
def read() -> list[tuple[PolicyRecord, Answer]]:
    found = []
    for document, answer in generate(60):
        (record,) = extract_document(document).records
        found.append((record, answer))
    return found


def test_the_same_seed_gives_the_same_documents_and_another_seed_others() -> None:
    first, again, other = ([document.text for document, _ in generate(5, seed)] for seed in (1, 1, 2))
    assert first == again
    assert not set(first) & set(other)


def test_every_policy_is_read_with_its_identity(read: list[tuple[PolicyRecord, Answer]]) -> None:
    for record, answer in read:
        own = (record.title, record.division, record.level, record.doc_number, record.issued_on)
        assert own == (
            answer.title,
            answer.division,
            answer.level,
            answer.doc_number,
            answer.issued_on,
        )


def test_every_amount_is_read_and_nothing_else(read: list[tuple[PolicyRecord, Answer]]) -> None:
    for record, answer in read:
        clauses = {tuple(clause.cite): clause for clause in record.clauses}
        for stated in answer.clauses:
            found = clauses[tuple(stated["cite"])].benefits
            assert Counter((one.kind, one.value) for one in found) == Counter(stated["benefits"])


def test_rules_repeals_and_citations_are_read(read: list[tuple[PolicyRecord, Answer]]) -> None:
    for record, answer in read:
        assert sorted((one.scope, one.rule) for one in record.excludes) == sorted(answer.excludes)
        assert [one.with_ for one in record.stacks] == answer.stacks
        assert [one.title for one in record.supersedes] == answer.supersedes
        assert [one.title for one in record.cites] == answer.cites


def test_repeals_and_repeated_clauses_are_linked(read: list[tuple[PolicyRecord, Answer]]) -> None:
    graph = assemble([record for record, _ in read]).graph
    assert graph.check() == []
    policies = {node.id: str(node.properties["title"]) for node in graph.nodes("Policy")}
    repeals = {(policies[edge.start], policies[edge.end]) for edge in graph.edges("SUPERSEDES")}
    assert repeals == {(answer.title, title) for _, answer in read for title in answer.supersedes}
    clauses = {
        node.id: (node.properties["policy_title"], node.properties["cite"][0])  # type: ignore[index]
        for node in graph.nodes("Clause")
    }
    twice = {
        frozenset((clauses[edge.start], clauses[edge.end]))
        for edge in graph.edges("SIMILAR_TO")
        if edge.properties["duplicate"]
    }
    repeated = {
        frozenset(((answer.title, cite), (title, other)))
        for _, answer in read
        for cite, title, other in answer.duplicates
    }
    assert repeated
    assert repeated <= twice


def test_a_city_is_filled_with_its_districts_before_the_next() -> None:
    cities = [answer.division[:4] for _, answer in generate(60)]
    assert len(set(cities)) <= 3
    assert len({answer.division[:4] for _, answer in generate(60, everywhere=True)}) >= 3
