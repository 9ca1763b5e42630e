"""Finds policies that stand in two documents (a portal's page and a news site's copy), so that each becomes one node.

Which of two versions with one title is in force is not decided here: they stay two policies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.heads import Head
from loaders.linking.policy_names import number_key, title_key
from loaders.linking.views import plain
from loaders.record import PolicyRecord

# Copies differ by a scraper's slip here and there; of two versions of a policy far more than a tenth is new.
_SAME = 0.9
_SHINGLE_CHARS = 12


@dataclass(frozen=True, slots=True)
class Reprint:
    """One policy in several documents: the record that is kept, and the others, in the order of their documents."""

    kept: Head
    others: tuple[Head, ...]


def unite_reprints(
    heads: Sequence[Head], records: Sequence[PolicyRecord]
) -> tuple[list[int], dict[int, Reprint]]:
    """The places of the records to keep, one of each policy, sorted by document and part; and what was united, by the place of the one kept.

    Two records are one policy where title, jurisdiction and version agree, no number or date speaks against it, and nine tenths of the
    text are the same. The record that knows most is kept. The order given does not matter.
    """

    def place(index: int) -> tuple[str, str, int]:
        head = heads[index]
        return head.source, head.sha256, head.part

    groups: dict[tuple[str | None, str, str], list[int]] = {}
    for index in sorted(range(len(heads)), key=place):
        head = heads[index]
        groups.setdefault((head.jurisdiction, *title_key(head.title)), []).append(index)
    kept: list[int] = []
    reprints: dict[int, Reprint] = {}
    for group in groups.values():
        for same in _same_policies(group, heads, records) if len(group) > 1 else [group]:
            best = max(same, key=lambda index: _knowledge(heads[index]))
            kept.append(best)
            if len(same) > 1:
                others = tuple(heads[index] for index in same if index != best)
                reprints[best] = Reprint(heads[best], others)
    return sorted(kept, key=place), dict(sorted(reprints.items(), key=lambda item: place(item[0])))


def _knowledge(head: Head) -> tuple[int, int, str]:
    """More fields and facts first; the document's hash decides between equals."""
    return *head.knowledge, head.sha256


def _same_policies(
    group: list[int], heads: Sequence[Head], records: Sequence[PolicyRecord]
) -> list[list[int]]:
    sets: list[tuple[list[int], frozenset[str]]] = []
    for index in group:
        shingles = _shingles(records[index])
        for members, known in sets:
            if _may_be_one(heads[members[0]], heads[index]) and _overlap(known, shingles) >= _SAME:
                members.append(index)
                break
        else:
            sets.append(([index], shingles))
    return [members for members, _ in sets]


def _may_be_one(one: Head, other: Head) -> bool:
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
