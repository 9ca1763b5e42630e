"""Applies corrections to records, and says what each one did.

Their forms are corrections.py's; false links are taken out by loaders.assemble, which knows the edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import msgspec

from loaders.corrections import (
    FACT_TYPES,
    Correction,
    FalseLink,
    MissingFact,
    PolicyFacts,
    PolicyRef,
    SameAgency,
    WrongValue,
)
from loaders.evidence import find_quote
from loaders.linking.policy_names import number_key, title_key
from loaders.linking.views import fact_key
from loaders.record import ClauseRecord, Fact, PolicyRecord, PolicyRecords

Place = tuple[str, int]
"""Source and part of a record."""

Status = Literal["applied", "already_so", "no_longer_applies"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an entry did in a build: applied so many times, already so, or no longer applying and why."""

    id: str
    status: Status
    times: int = 0
    why: str = ""


@dataclass(slots=True)
class Corrected:
    """Records after correction, and what the graph must know besides.

    `facts` and `fields` map a policy's place (source, part) to what was set there, facts by their key and fields by their names, with the
    entry's id; `agencies` maps a kept name to its aliases and the entry's id.
    """

    records: Sequence[PolicyRecord]
    facts: dict[Place, dict[bytes, str]] = field(default_factory=dict)
    fields: dict[Place, dict[str, str]] = field(default_factory=dict)
    agencies: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    false_links: list[FalseLink] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)


@dataclass(slots=True)
class _Tally:
    """How often an entry was applied, was so already, and met a policy that it is about."""

    times: int = 0
    already: int = 0
    policies: int = 0


class _Replaced(PolicyRecords):
    """Records of which some are others than they were; only those are held here."""

    def __init__(self, records: Sequence[PolicyRecord], replaced: dict[int, PolicyRecord]) -> None:
        self._records = records
        self._replaced = replaced

    def __len__(self) -> int:
        return len(self._records)

    def _at(self, index: int) -> PolicyRecord:
        return self._replaced.get(index) or self._records[index]

    def __iter__(self) -> Iterator[PolicyRecord]:
        return (self._replaced.get(place, record) for place, record in enumerate(self._records))


def apply_corrections(records: Sequence[PolicyRecord], corrections: Sequence[Correction]) -> Corrected:
    """The records with all corrections applied in their order; the records given are not changed. False links are only passed on."""
    done = Corrected(records)
    done.false_links = [entry for entry in corrections if isinstance(entry, FalseLink)]
    tallies = [(entry, _Tally()) for entry in corrections if not isinstance(entry, FalseLink)]
    replaced: dict[int, PolicyRecord] = {}
    for index, record in enumerate(records if tallies else ()):
        changed = record
        for entry, tally in tallies:
            changed = _corrected(entry, changed, tally, done)
        if changed is not record:
            replaced[index] = changed
    if replaced:
        done.records = _Replaced(records, replaced)
    for entry, tally in tallies:
        done.effects.append(_effect(entry, tally))
        if isinstance(entry, SameAgency) and tally.times:
            done.agencies[entry.name] = (tuple(sorted(_aliases(entry))), entry.id)
    return done


def _corrected(
    entry: WrongValue | MissingFact | SameAgency, record: PolicyRecord, tally: _Tally, done: Corrected
) -> PolicyRecord:
    """A record as an entry leaves it."""
    if isinstance(entry, SameAgency):
        return _unite_agencies(entry, record, tally)
    if not _is_meant(entry.policy, record):
        return record
    tally.policies += 1
    if isinstance(entry, MissingFact):
        changed, count, same = _add_fact(entry, record, done)
    elif entry.fact is None:
        changed, count, same = _set_fields(entry, record, done)
    else:
        changed, count, same = _set_values(entry, record, done)
    tally.times += count
    tally.already += same
    return changed if count else record


def _effect(entry: WrongValue | MissingFact | SameAgency, tally: _Tally) -> Effect:
    if tally.times:
        return Effect(entry.id, "applied", tally.times)
    if tally.already:
        return Effect(entry.id, "already_so")
    if isinstance(entry, SameAgency):
        why = f"没有名为{'、'.join(sorted(_aliases(entry)))}的部门"
    else:
        why = "条款或数值已不存在" if tally.policies else f"没有《{entry.policy.title}》"
    return Effect(entry.id, "no_longer_applies", why=why)


def _mark(done: Corrected, record: PolicyRecord, fact: Fact, entry: str) -> None:
    done.facts.setdefault((record.source, record.part), {})[fact_key(fact)] = entry


def _is_meant(ref: PolicyRef, record: PolicyRecord) -> bool:
    if ref.document is not None and ref.document != record.source:
        return False
    if ref.doc_number is not None and number_key(ref.doc_number) != number_key(record.doc_number):
        return False
    return title_key(ref.title) == title_key(record.title)


def _set_fields(entry: WrongValue, record: PolicyRecord, done: Corrected) -> tuple[PolicyRecord, int, int]:
    now = dict(entry.now or {})
    if "jurisdiction" in now:
        now.setdefault("division", None)  # the code that reading found is that of the wrong name
    if any(getattr(record, name) != value for name, value in entry.was.items()):
        same = all(getattr(record, name) == value for name, value in now.items())
        return record, 0, int(same)
    for name in now:
        done.fields.setdefault((record.source, record.part), {})[name] = entry.id
    return msgspec.structs.replace(record, **now), 1, 0


def _set_values(entry: WrongValue, record: PolicyRecord, done: Corrected) -> tuple[PolicyRecord, int, int]:
    times = already = 0

    def changed(facts: list[Fact]) -> list[Fact]:
        nonlocal times, already
        kept: list[Fact] = []
        for fact in facts:
            if _has(fact, entry.was):
                times += 1
                if entry.now is None:
                    continue
                fact = _with(fact, entry.now)  # noqa: PLW2901
                _mark(done, record, fact, entry.id)
            elif entry.now is not None and _has(fact, entry.now):
                already += 1
            kept.append(fact)
        return kept

    return _change(record, entry.cite, str(entry.fact), changed), times, already


def _add_fact(entry: MissingFact, record: PolicyRecord, done: Corrected) -> tuple[PolicyRecord, int, int]:
    times = already = 0
    clause = next((one for one in record.clauses if tuple(one.cite) == entry.cite), None)
    if entry.cite and clause is None:
        return record, 0, 0
    span = find_quote(record, entry.quote, clause.span if clause else (0, len(record.text)))
    if span is None:
        return record, 0, 0
    values = {**entry.values, "span": span, "quote": record.text[slice(*span)]}
    fact = msgspec.convert(values, FACT_TYPES[entry.fact])

    def changed(facts: list[Fact]) -> list[Fact]:
        nonlocal times, already
        if any(_has(one, entry.values) and _overlap(one, fact) for one in facts):
            already += 1
            return facts
        times += 1
        _mark(done, record, fact, entry.id)
        return [*facts, fact]

    return _change(record, entry.cite, entry.fact, changed), times, already


def _change(
    record: PolicyRecord, cite: tuple[str, ...], name: str, changed: Callable[[list[Fact]], list[Fact]]
) -> PolicyRecord:
    """The record with a list of facts put through `changed`: the policy's own, or that of the clause of the cite."""
    if name in get_args(PolicyFacts):
        return msgspec.structs.replace(record, **{name: changed(getattr(record, name))})
    clauses = [
        _with_names(msgspec.structs.replace(one, **{name: changed(getattr(one, name))}), name)
        if tuple(one.cite) == cite
        else one
        for one in record.clauses
    ]
    return msgspec.structs.replace(record, clauses=clauses)


def _with_names(clause: ClauseRecord, changed: str) -> ClauseRecord:
    """The clause with its lists of names made anew from its mentions, where these were changed."""
    if changed != "mentions":
        return clause
    names: dict[str, list[str]] = {"honor": [], "agency": [], "topic": [], "industry": []}
    for mention in clause.mentions:
        if mention.name not in names[mention.kind]:
            names[mention.kind].append(mention.name)
    return msgspec.structs.replace(
        clause, honors=names["honor"], agencies=names["agency"], topics=names["topic"]
    )


def _aliases(entry: SameAgency) -> set[str]:
    return set(entry.aliases) - {entry.name}


def _unite_agencies(entry: SameAgency, record: PolicyRecord, tally: _Tally) -> PolicyRecord:
    aliases, before = _aliases(entry), tally.times

    def renamed(name: str) -> str:
        tally.times += name in aliases
        return entry.name if name in aliases else name

    bodies = [_with(one, {"agency": renamed(one.agency)}) for one in record.administered_by]
    clauses = [
        _with_names(
            msgspec.structs.replace(
                clause,
                mentions=[
                    _with(one, {"name": renamed(one.name)}) if one.kind == "agency" else one
                    for one in clause.mentions
                ],
            ),
            "mentions",
        )
        if aliases.intersection(clause.agencies)
        else clause
        for clause in record.clauses
    ]
    if tally.times == before:
        return record
    return msgspec.structs.replace(record, administered_by=bodies, clauses=clauses)


def _has(fact: Fact, values: dict[str, Any]) -> bool:
    known = msgspec.to_builtins(fact)
    return all(known.get(name) == value for name, value in values.items())


def _with(fact: Any, values: dict[str, Any]) -> Any:
    return msgspec.convert({**msgspec.to_builtins(fact), **values}, type(fact))


def _overlap(one: Fact, other: Fact) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]
