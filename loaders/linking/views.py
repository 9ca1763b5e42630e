"""Policies and clauses as the links see them: where they apply, their sentences, topics, matters and amounts.

Made from records once for all kinds of links; what is linked is decided by those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any

import msgspec

from graph.model import Value
from loaders.clean import fold_punctuation
from loaders.divisions import Division, iter_lineage
from loaders.linking.matters import all_matters
from loaders.linking.settings import linking_settings
from loaders.record import ClauseRecord, Fact, Pair, PolicyRecord

_SENTENCE_END = re.compile("[\u3002;\uff1b\n]")
# Blanks and quotation marks come and go between two copies of a sentence.
_STRAY = str.maketrans("", "", " \u3000\t\"'\u201c\u201d\u2018\u2019\u300c\u300d")
_ELSEWHERE = "\u2014"
# The tail of a clause that names who is responsible says nothing about what is paid.
_RESPONSIBLE = re.compile(r"\(?责任(?:单位|部门)")


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A part of a sentence up to a semicolon: its place in the record's text, its text without blanks and quotation marks, its matters.

    `field` is the whole sentence where that is bound to a field (在医药健康领域……), else ""; a part about work between cities has a field
    that no policy has.
    """

    span: Pair
    text: str
    matters: frozenset[str]
    field: str


@dataclass(frozen=True, eq=False)
class ClauseView:
    """A clause as the links see it. `amounts` are (kind, value) of its benefits, a fixed sum counting as a cap."""

    id: str
    policy: PolicyView
    clause: ClauseRecord

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The clause's own sentences, without the tail that names who is responsible and without mere rules (三券联动补贴叠加)."""
        return _sentences_of(self)

    @cached_property
    def matters(self) -> frozenset[str]:
        """All matters of the clause."""
        return _one_copy(frozenset[str]().union(*(sentence.matters for sentence in self.sentences)))

    @cached_property
    def amounts(self) -> frozenset[tuple[str, float]]:
        kinds = (("cap" if one.kind == "fixed" else one.kind, one.value) for one in self.clause.benefits)
        return _one_copy(frozenset(kinds))

    @cached_property
    def topic_set(self) -> frozenset[str]:
        """The topics in no order."""
        return _one_copy(frozenset(self.clause.topics))

    @property
    def topics(self) -> list[str]:
        return self.clause.topics

    @property
    def name(self) -> str:
        """How a sentence refers to the clause: 《title》第五条(一)."""
        return f"《{self.policy.record.title}》{''.join(self.clause.cite)}"

    def sentences_for(self, other: PolicyView) -> list[Sentence]:
        """The sentences that hold for a policy: those not bound to a field that is none of its industries."""
        industries = [part for name in other.record.industries for part in re.split("[与和]", name)]
        if not industries or set(industries) == {"综合"}:
            return [one for one in self.sentences if one.field != _ELSEWHERE]
        return [
            one
            for one in self.sentences
            if not one.field or any(industry in one.field for industry in industries)
        ]

    def sentence_about(self, matters: Iterable[str]) -> Sentence | None:
        """The first sentence with most of these matters; the first of all where none has any; None in an empty clause."""
        wanted = frozenset(matters)
        return max(self.sentences, key=lambda s: (len(s.matters & wanted), -s.span[0]), default=None)


@dataclass(frozen=True, eq=False)
class PolicyView:
    """A policy as the links see it: its id, record, division (None where unknown) and clauses in the record's order.

    `corrections` maps a fact that a person set (its type's name and JSON) to the id of the correction.
    """

    id: str
    record: PolicyRecord
    division: Division | None
    corrections: Mapping[bytes, str] = field(default_factory=dict)
    clauses: list[ClauseView] = field(default_factory=list)

    def corrected_by(self, fact: Fact) -> dict[str, Value]:
        """The property that says which correction set a fact; none where reading found it."""
        own = self.corrections.get(fact_key(fact)) if self.corrections else None
        return {} if own is None else {"corrected_by": own}

    @cached_property
    def uppers(self) -> tuple[Division, ...]:
        """The municipal and provincial divisions above the policy's own, the nearest first."""
        if self.division is None:
            return ()
        above = list(iter_lineage(self.division))[1:]
        return tuple(one for one in above if one.level in ("municipal", "provincial"))

    @cached_property
    def subject(self) -> frozenset[str]:
        """The matters of the title: what all clauses are about, so that sharing it says nothing of two of them."""
        return all_matters().find(plain(self.record.title))

    def paying(self) -> Iterator[ClauseView]:
        """The clauses that grant something."""
        return (clause for clause in self.clauses if clause.clause.benefits)

    @property
    def upper_names(self) -> list[str]:
        return [name for one in self.uppers for name in dict.fromkeys((one.name, one.short))]

    @cached_property
    def sectors(self) -> frozenset[str]:
        """Sectors of the policy's industries; empty where it is for all."""
        settings = linking_settings()
        found = (settings.sector_of(industry) for industry in self.record.industries)
        return frozenset(sector for sector in found if sector)

    def may_share_sector(self, other: PolicyView) -> bool:
        """Whether both may be paid for by the same kind of fund."""
        return not self.sectors or not other.sectors or bool(self.sectors & other.sectors)


@lru_cache(1 << 16)
def _one_copy(found: frozenset[Any]) -> frozenset[Any]:
    """The same set for all clauses that have it: there are far fewer sets than clauses."""
    return found


@lru_cache(1 << 15)
def _sentences_of(clause: ClauseView) -> tuple[Sentence, ...]:
    """The sentences of a clause; of the clauses looked at last only, for those of a country would not fit into memory."""
    record = clause.policy.record
    grants = [fact.span for fact in clause.clause.benefits]
    rules = [fact.span for fact in (*record.excludes, *record.stacks)]
    found = _iter_sentences(record.text, clause.clause.span)
    return tuple(one for one in found if not _meets(one.span, rules) or _meets(one.span, grants))


def fact_key(fact: Fact) -> bytes:
    """What a fact of a record is known by: all that it says."""
    return type(fact).__name__.encode() + msgspec.json.encode(fact)


def plain(text: str) -> str:
    """The text as matters and wording are looked for: half-width punctuation, without blanks and quotation marks."""
    return fold_punctuation(text).translate(_STRAY)


def _meets(span: Pair, others: list[Pair]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _iter_sentences(text: str, span: Pair) -> Iterator[Sentence]:
    # Folding keeps every character's place, and is quicker for a clause than for each of its sentences.
    folded = fold_punctuation(text[span[0] : span[1]])
    start, field, begins = span[0], "", True
    for end in [match.end() for match in _SENTENCE_END.finditer(text, *span)] + [span[1]]:
        part = text[start:end]
        body = folded[start - span[0] : end - span[0]].translate(_STRAY).strip()
        if begins:
            field = body if _bound().match(body) else ""
        if len(body) > 1 and not _RESPONSIBLE.match(body):
            first = start + len(part) - len(part.lstrip())
            own_field = _ELSEWHERE if _between_cities().search(body) else field
            end_of_words = start + len(part.rstrip())
            yield Sentence((first, end_of_words), body, all_matters().find(body), own_field)
        start, begins = end, not body.endswith(";")


@cache
def _bound() -> re.Pattern[str]:
    return linking_settings().bound_sentence.compiled()


@cache
def _between_cities() -> re.Pattern[str]:
    return linking_settings().between_cities.compiled()
