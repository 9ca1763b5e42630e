"""The whole of extraction on the real corpus: every fact stands where its span says, and two runs agree to the byte."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from data import CORPUS
from loaders.pipeline import extract_document
from loaders.read import iter_documents
from loaders.record import Fact, PolicyRecord
from loaders.types import Document


def read_corpus() -> list[tuple[Document, PolicyRecord]]:
    return [
        (document, record)
        for document in iter_documents([CORPUS])
        if isinstance(document, Document)
        for record in extract_document(document).records
    ]


@pytest.fixture(scope="module")
def corpus() -> list[tuple[Document, PolicyRecord]]:
    return read_corpus()


def facts(record: PolicyRecord) -> Iterator[Fact]:
    """Every fact of a record."""
    for owner in (record, *record.clauses):
        for name in owner.__struct_fields__:
            value = getattr(owner, name)
            if isinstance(value, list):
                yield from (item for item in value if isinstance(item, Fact))


def test_reads_24_policies(corpus: list[tuple[Document, PolicyRecord]]) -> None:
    assert len(corpus) == 24


def test_every_quote_stands_where_its_span_says(corpus: list[tuple[Document, PolicyRecord]]) -> None:
    count = 0
    for _, record in corpus:
        for fact in facts(record):
            start, end = fact.span
            assert fact.quote == record.text[start:end] != ""
            count += 1
    assert count > 1000


def test_spans_lead_back_to_the_source(corpus: list[tuple[Document, PolicyRecord]]) -> None:
    """Digits are never changed by cleaning: each digit of a quote is the source's digit."""
    for document, record in corpus:
        cleaned = [pair[0] for pair in record.offsets]
        for fact in facts(record):
            for at in range(*fact.span):
                if record.text[at].isdecimal():
                    stretch = max(i for i, start in enumerate(cleaned) if start <= at)
                    source = record.offsets[stretch][1] + at - record.offsets[stretch][0]
                    assert document.text[source] == record.text[at]


def test_nothing_is_left_unread(corpus: list[tuple[Document, PolicyRecord]]) -> None:
    assert [(record.title, fact.quote, fact.reason) for _, record in corpus for fact in record.unread] == []


def test_two_runs_give_the_same_bytes(corpus: list[tuple[Document, PolicyRecord]]) -> None:
    encode = msgspec.json.encode
    assert [encode(record) for _, record in corpus] == [encode(record) for _, record in read_corpus()]
