"""Gold facts put into the records that the pipeline makes of the bundled corpus, so that links are judged apart from reading.

Facts are taken as the annotators wrote them; their quotes are found again in the records' texts, without regard to blanks and width.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import msgspec

from data import CORPUS
from loaders.clean import fold_punctuation
from loaders.pipeline import extract_document
from loaders.record import (
    AdministeredBy,
    Benefit,
    Citation,
    ClauseRecord,
    Exclusion,
    LevelMatch,
    Mention,
    OtherAmount,
    Pair,
    PolicyRecord,
    Stacking,
    Supersedes,
    Threshold,
)
from loaders.types import Document

GOLD = Path(__file__).parent / "gold"


def gold_name(record: PolicyRecord) -> str:
    """The annotators' name of a policy of the bundled corpus: "001-07", or "002" for a document with one policy."""
    number = record.source[:3]
    return f"{number}-{record.part:02d}" if number == "001" else number


def corpus_records() -> list[PolicyRecord]:
    """The records of the bundled corpus as the pipeline reads them today."""
    records = []
    for path in sorted(CORPUS.glob("*.txt")):
        content = path.read_bytes()
        document = Document(path.name, content.decode("utf-8"), hashlib.sha256(content).hexdigest())
        records += extract_document(document).records
    return records


def gold_records() -> list[PolicyRecord]:
    """The records of the bundled corpus with all facts replaced by the gold's."""
    topics: dict[tuple[str, ...], list[str]] = {}
    for entry in json.loads((GOLD / "topics.json").read_text(encoding="utf-8"))["clauses"]:
        topics[(entry["policy"], *entry["cite"])] = [*entry["topics"], *entry.get("also", [])]
    merged = []
    for record in corpus_records():
        name = gold_name(record)
        gold = json.loads((GOLD / "seeds" / f"{name}.json").read_text(encoding="utf-8"))
        merged.append(_merge(record, gold, name, topics))
    return merged


def _merge(
    record: PolicyRecord, gold: dict[str, Any], name: str, topics: dict[tuple[str, ...], list[str]]
) -> PolicyRecord:
    finder = _Finder(record)
    facts = {tuple(clause["cite"]): clause for clause in gold["clauses"]}
    clauses = [
        _merge_clause(finder, clause, facts.get(tuple(clause.cite), {}), topics.get((name, *clause.cite), []))
        for clause in record.clauses
    ]
    return msgspec.structs.replace(
        record,
        **{
            key: gold[key]
            for key in ("title", "level", "jurisdiction", "kind", "draft", "doc_number", "issued_on")
        },
        **{key: gold[key] for key in ("effective_from", "effective_to", "valid_years", "industries")},
        clauses=clauses,
        other_amounts=[],
        administered_by=[AdministeredBy(**finder.fact(entry)) for entry in gold["administered_by"]],
        supersedes=[Supersedes(**finder.fact(entry)) for entry in gold["supersedes"]],
        cites=[_citation(finder, entry) for entry in gold["cites"]],
        excludes=[
            Exclusion(
                **finder.fact(entry, "scope", "rule", "clause", within=finder.limit(entry)),
                stated_in=finder.stated_in(entry),
            )
            for entry in gold["excludes"]
        ],
        stacks=[
            Stacking(
                with_=entry["with"],
                **finder.fact(entry, "clause", within=finder.limit(entry)),
                stated_in=finder.stated_in(entry),
            )
            for entry in gold["stacks"]
        ],
        unread=[],
        unresolved=[],
        evidence={},
    )


def _merge_clause(
    finder: _Finder, clause: ClauseRecord, facts: dict[str, Any], topics: list[str]
) -> ClauseRecord:
    honors, agencies = facts.get("honors", []), facts.get("agencies", [])
    named = [("honor", honors), ("agency", agencies), ("topic", topics)]
    return msgspec.structs.replace(
        clause,
        benefits=[Benefit(**finder.fact(entry, within=clause.span)) for entry in facts.get("benefits", [])],
        thresholds=[
            Threshold(**finder.fact(entry, within=clause.span)) for entry in facts.get("thresholds", [])
        ],
        other_amounts=[
            OtherAmount(kind="goal", **finder.fact(entry, within=clause.span))
            for entry in facts.get("other_amounts", [])
        ],
        honors=honors,
        agencies=agencies,
        matches=[LevelMatch(**finder.fact(entry, within=clause.span)) for entry in facts.get("matches", [])],
        topics=topics,
        mentions=[
            Mention(kind=kind, name=value, span=clause.span, quote=finder.text(clause.span))  # type: ignore[arg-type]
            for kind, values in named
            for value in values
        ],
    )


def _citation(finder: _Finder, entry: dict[str, Any]) -> Citation:
    fact = finder.fact({"quote": entry["title"], **entry})
    return Citation(**fact)


class _Finder:
    """Finds quotes in a record's text without regard to blanks, width and quotation marks."""

    def __init__(self, record: PolicyRecord) -> None:
        self.record = record
        kept = [(i, c) for i, c in enumerate(fold_punctuation(record.text)) if c not in _IGNORED]
        self.positions = [i for i, _ in kept]
        self.squeezed = "".join(c for _, c in kept)

    def text(self, span: Pair) -> str:
        return self.record.text[span[0] : span[1]]

    def span(self, quote: str, within: Pair | None = None) -> Pair:
        wanted = "".join(c for c in fold_punctuation(quote) if c not in _IGNORED)
        for match in re.finditer(re.escape(wanted), self.squeezed):
            span = (self.positions[match.start()], self.positions[match.end() - 1] + 1)
            if within is None or (within[0] <= span[0] and span[1] <= within[1]):
                return span
        raise LookupError(f"{self.record.title}: {quote!r} is not in the text")

    def fact(self, entry: dict[str, Any], *keep: str, within: Pair | None = None) -> dict[str, Any]:
        """The entry as keyword arguments: all but its quote and notes, or only those in `keep`, with span and quote."""
        span = self.span(entry["quote"], within)
        values = {k: v for k, v in entry.items() if k not in ("quote", "note", "with")}
        return {
            **{k: v for k, v in values.items() if not keep or k in keep},
            "span": span,
            "quote": self.text(span),
        }

    def stated_in(self, entry: dict[str, Any]) -> list[str]:
        start, _ = self.span(entry["quote"], self.limit(entry))
        for clause in self.record.clauses:
            if clause.span[0] <= start < clause.span[1]:
                return clause.cite
        return []

    def limit(self, entry: dict[str, Any]) -> Pair | None:
        """The stretch of the clause that a rule is limited to with all under it, None for a rule of the whole policy."""
        cite = entry["clause"]
        spans = [c.span for c in self.record.clauses if cite and c.cite[: len(cite)] == cite]
        return (spans[0][0], spans[-1][1]) if spans else None


_IGNORED = frozenset(" \n\t\u3000'\"\u201c\u201d\u2018\u2019\u300a\u300b")
