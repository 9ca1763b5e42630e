"""Where a fact stands: the evidence properties of nodes and edges, and the cite at a position of a record's text.

What is stated is for assembling and linking.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from graph.model import Value
from loaders.clean import fold_punctuation
from loaders.record import Pair, PolicyRecord


def evidence(record: PolicyRecord, span: Pair, cite: Sequence[str] | None = None) -> dict[str, Value]:
    """The evidence group of schema.yaml for a run of the record's text; without `cite` that of the clause around it."""
    return {
        "document": record.source,
        "cite": list(cite_at(record, span[0]) if cite is None else cite),
        "span_start": span[0],
        "span_end": span[1],
        "quote": record.text[span[0] : span[1]],
    }


def title_evidence(record: PolicyRecord) -> dict[str, Value]:
    """The evidence of what only the title shows: where it stands in the text."""
    return evidence(record, title_span(record), ())


def title_span(record: PolicyRecord) -> Pair:
    """Where the title stands in the text, which may have blanks and line breaks inside it; the first line where it is not found."""
    if "title" in record.evidence:
        return record.evidence["title"]
    first, wanted = 0, record.title
    while wanted and (first := record.text.find(wanted[0], first)) >= 0:
        end = _match_without_blanks(record.text, first, wanted)
        if end is not None:
            return (first, end)
        first += 1
    line_end = record.text.find("\n")
    return (0, line_end if line_end > 0 else len(record.text))


def _match_without_blanks(text: str, start: int, wanted: str) -> int | None:
    at = start
    for character in wanted:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != character:
            return None
        at += 1
    return at


def find_quote(record: PolicyRecord, quote: str, within: Pair) -> Pair | None:
    """Where a quote stands in a stretch of the text, without regard to blanks and width; None where it does not."""
    text = fold_punctuation(record.text[within[0] : within[1]])
    wanted = r"\s*".join(
        re.escape(character) for character in fold_punctuation(quote) if not character.isspace()
    )
    found = re.search(wanted, text) if wanted else None
    return (within[0] + found.start(), within[0] + found.end()) if found else None


def cite_at(record: PolicyRecord, position: int) -> list[str]:
    """The cite of the clause whose own text holds the position; [] outside all clauses."""
    index = clause_at(record, position)
    return [] if index is None else record.clauses[index].cite


def clause_at(record: PolicyRecord, position: int) -> int | None:
    """The place in the record of the clause whose own text holds the position, None outside all clauses."""
    index = bisect_right(record.clauses, position, key=lambda clause: clause.span[0]) - 1
    if index >= 0 and position < record.clauses[index].span[1]:
        return index
    return None
