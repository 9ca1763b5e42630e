"""What has to be known of all records at once, before any of them is looked at closely: where each stands, what it is called, where it holds."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from loaders.record import PolicyRecord


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a record; `knowledge` is how many fields and facts it has."""

    source: str
    sha256: str
    part: int
    title: str
    jurisdiction: str | None
    division: str | None
    doc_number: str | None
    issued_on: str | None
    draft: bool
    knowledge: tuple[int, int]

    @property
    def shown(self) -> str:
        """How a report names the record."""
        return f"{self.source}:《{self.title}》"


def read_heads(records: Iterable[PolicyRecord]) -> list[Head]:
    """The heads of all records, in their order."""
    return list(map(_head, records))


def _head(record: PolicyRecord) -> Head:
    fields = (record.doc_number, record.issued_on, record.effective_from, record.effective_to)
    facts = sum(len(clause.benefits) + len(clause.honors) + 1 for clause in record.clauses)
    return Head(
        source=record.source,
        sha256=record.sha256,
        part=record.part,
        title=record.title,
        jurisdiction=record.jurisdiction,
        division=record.division,
        doc_number=record.doc_number,
        issued_on=record.issued_on,
        draft=record.draft,
        knowledge=(sum(one is not None for one in fields), facts),
    )
