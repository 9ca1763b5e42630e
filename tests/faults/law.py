"""What holds for every document, however bad: it is read, or refused with one sentence, and soon.

What is read is true to the text: every quote stands where its span says, every number is one.
"""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from loaders.amounts import extract_amounts
from loaders.clean import clean
from loaders.pipeline import Extraction, extract_document
from loaders.plain import plain_view
from loaders.read import Refusal
from loaders.record import Fact, PolicyRecord
from loaders.segment import segment_clauses
from loaders.split import split_policies
from loaders.types import Document, PolicyText

SECONDS = 2.0
"""A document may take so much processor time, children included."""

HANG_SECONDS = 60


class HangError(Exception):
    """A document that was still being read after a minute."""


@contextmanager
def timed(note: Callable[[float], None]) -> Iterator[None]:
    """Tells the processor seconds of what runs inside; raises HangError where it does not come to an end."""

    def give_up(_number: int, _frame: object) -> None:
        raise HangError(f"still at it after {HANG_SECONDS} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(HANG_SECONDS)
    start = sum(os.times()[:4])
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    note(sum(os.times()[:4]) - start)


def problems(outcome: Extraction | Refusal) -> list[str]:
    """What breaks the law in what became of a document; none where it was kept."""
    if isinstance(outcome, Refusal):
        return _refusal_problems(outcome)
    found = [problem for record in outcome.records for problem in record_problems(record)]
    return found + [
        f"dropped {piece.span} is no span" for piece in outcome.dropped if piece.span.end < piece.span.start
    ]


def _refusal_problems(refusal: Refusal) -> list[str]:
    sentence = str(refusal)
    is_sentence = (
        "\n" not in sentence and "Traceback" not in sentence and sentence[-1] in "。)" and len(sentence) < 300
    )
    return [] if is_sentence else [f"no sentence: {sentence!r}"]


def record_problems(record: PolicyRecord) -> list[str]:
    """Facts of a record that do not stand where they say, numbers that are none, and what JSON cannot hold."""
    length = len(record.text)
    found: list[str] = []
    for fact in facts_of(record):
        start, end = fact.span
        if not 0 <= start <= end <= length:
            found.append(f"{type(fact).__name__} at {fact.span} of {length} characters")
        elif record.text[start:end] != fact.quote:
            found.append(f"{fact.quote!r} is not what stands at {fact.span}")
        value = getattr(fact, "value", 0.0)
        if not math.isfinite(value) or value < 0:
            found.append(f"{fact.quote!r} is read as {value}")
    spans = [*record.evidence.values(), *(clause.span for clause in record.clauses)]
    found += [f"{span} of {length} characters" for span in spans if not 0 <= span[0] <= span[1] <= length]
    places = [clause.span for clause in record.clauses]
    if places != sorted(places):
        found.append("clauses are not in the order of the text")
    found += [
        f"clause {clause.cite} has no marker"
        for clause in record.clauses
        if not all(clause.cite) or not clause.cite
    ]
    again = msgspec.json.decode(msgspec.json.encode(record), type=PolicyRecord)
    if again != record:
        found.append("does not come back from JSON")
    return found


def facts_of(item: Any) -> Iterator[Fact]:
    """Every fact in a record, through its clauses."""
    if isinstance(item, Fact):
        yield item
    elif isinstance(item, msgspec.Struct):
        for name in item.__struct_fields__:
            yield from facts_of(getattr(item, name))
    elif isinstance(item, list):
        for one in item:
            yield from facts_of(one)


# --- the stages one by one: what the property tests and the fuzzer hold against any text


def clean_problems(text: str) -> list[str]:
    """What is wrong with a text's cleaning: blanks that were not folded, a way back that leads out of the source."""
    cleaned = clean(text)
    offsets = cleaned.offsets()
    back = [offsets.to_source(position) for position in range(len(cleaned.text))]
    found = []
    if any(run in cleaned.text for run in ("  ", "\n\n", " \n", "\n ", "\t", "\r")):
        found.append(f"blanks are left in {cleaned.text!r}")
    if back != sorted(back) or any(not 0 <= place < len(text) for place in back):
        found.append(f"the way back is {back} in {len(text)} characters")
    return found


def segment_problems(text: str) -> list[str]:
    """What is wrong with the policies and clauses of a text: spans outside of it, clauses that overlap, lost characters."""
    policies, dropped = _split(text)
    found = [
        f"dropped {piece.span} is not {piece.text!r}"
        for piece in dropped
        if text[slice(*piece.span)] != piece.text
    ]
    for policy in policies:
        length, end = len(policy.text), 0
        if not 0 <= policy.title_span.start <= policy.title_span.end <= policy.body_start <= length:
            found.append(f"title at {policy.title_span}, body from {policy.body_start} of {length}")
        sources = [policy.offsets.to_source(position) for position in range(length)]
        if sources != sorted(sources) or any(not 0 <= place < len(text) for place in sources):
            found.append("the way back leads out of the source")
        for at, clause in enumerate(segment_clauses(policy)):
            if not end <= clause.start <= clause.text_start <= clause.heading_end <= clause.end <= length:
                found.append(f"clause {clause} behind {end} of {length}")
            if not -1 <= clause.parent < at:
                found.append(f"clause {clause} stands in front of its parent")
            end = clause.end
    return found


def amounts_problems(text: str) -> list[str]:
    """What is wrong with the amounts of a text: places outside of it, values that are no numbers."""
    found = []
    for policy in _split(text)[0]:
        view = plain_view(policy, segment_clauses(policy))
        amounts, preamble = extract_amounts(view)
        for part in (preamble, *amounts):
            for fact in (*part.benefits, *part.thresholds, *part.other_amounts, *part.unread):
                value = getattr(fact, "value", 0.0)
                if not 0 <= fact.span[0] < fact.span[1] <= len(view.text):
                    found.append(f"{fact} in {len(view.text)} characters")
                if not math.isfinite(value) or value < 0:
                    found.append(f"{view.text[slice(*fact.span)]!r} is read as {value}")
    return found


def extract_problems(text: str) -> list[str]:
    """What is wrong with the records that a text is read into."""
    return problems(extract_document(Document("a.txt", text, "0" * 64)))


def _split(text: str) -> tuple[list[PolicyText], list[Any]]:
    return split_policies(Document("a.txt", text, "0" * 64))
