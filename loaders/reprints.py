"""Finds policies that stand in two documents (a portal's page and a news site's copy), so that each becomes one node.

Which of two versions with one title is in force is not decided here: they stay two policies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loaders.linking.policy_names import number_key, title_key
from loaders.linking.views import plain
from loaders.record import PolicyRecord

# Copies differ by a scraper's slip here and there; of two versions of a policy far more than a tenth is new.
_SAME = 0.9
_SHINGLE_CHARS = 12


@dataclass(frozen=True, slots=True)
class Reprint:
    """One policy in several documents: the record that is kept, and the others, in the order of their documents."""

    kept: PolicyRecord
    others: tuple[PolicyRecord, ...]


def unite_reprints(records: Iterable[PolicyRecord]) -> tuple[list[PolicyRecord], list[Reprint]]:
    """The records with one of each policy, sorted by document and part, and what was united; the order given does not matter.

    Two records are one policy where title, jurisdiction and version agree, no number or date speaks against it, and nine tenths of the
    text are the same. The record that knows most is kept.
    """
    groups: dict[tuple[str | None, str, str], list[PolicyRecord]] = {}
    for record in sorted(records, key=_place):
        groups.setdefault((record.jurisdiction, *title_key(record.title)), []).append(record)
    kept: list[PolicyRecord] = []
    reprints: list[Reprint] = []
    for group in groups.values():
        for same in _same_policies(group) if len(group) > 1 else [group]:
            best = max(same, key=_knowledge)
            kept.append(best)
            if len(same) > 1:
                reprints.append(Reprint(best, tuple(one for one in same if one is not best)))
    return sorted(kept, key=_place), reprints


def _place(record: PolicyRecord) -> tuple[str, str, int]:
    return record.source, record.sha256, record.part


def _knowledge(record: PolicyRecord) -> tuple[int, int, str]:
    """More fields and facts first; the document's hash decides between equals."""
    fields = (record.doc_number, record.issued_on, record.effective_from, record.effective_to)
    facts = sum(len(clause.benefits) + len(clause.honors) + 1 for clause in record.clauses)
    return sum(one is not None for one in fields), facts, record.sha256


def _same_policies(group: list[PolicyRecord]) -> list[list[PolicyRecord]]:
    sets: list[tuple[list[PolicyRecord], frozenset[str]]] = []
    for record in group:
        shingles = _shingles(record)
        for members, known in sets:
            if _may_be_one(members[0], record) and _overlap(known, shingles) >= _SAME:
                members.append(record)
                break
        else:
            sets.append(([record], shingles))
    return [members for members, _ in sets]


def _may_be_one(one: PolicyRecord, other: PolicyRecord) -> bool:
    pairs = (
        (number_key(one.doc_number), number_key(other.doc_number)),
        (one.issued_on, other.issued_on),
        (one.draft, other.draft),
    )
    return all(a is None or b is None or a == b for a, b in pairs)


def _shingles(record: PolicyRecord) -> frozenset[str]:
    body = plain("".join(record.text[slice(*clause.span)] for clause in record.clauses) or record.text)
    last = max(1, len(body) - _SHINGLE_CHARS + 1)
    return frozenset(body[at : at + _SHINGLE_CHARS] for at in range(last))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
