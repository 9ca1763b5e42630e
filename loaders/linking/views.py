"""Policies and clauses as the links see them: where they apply, their sentences, topics, matters and amounts.

Made from records once for all kinds of links; what is linked is decided by those. Views of a whole country are held at once, so they
hold little: words and quotes stay in the records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
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


class ClauseView:
    """A clause as the links see it; what is in its record only is read from there each time.

    `place` numbers the clauses of all policies; `amounts` are (kind, value) of its benefits, a fixed sum counting as a cap; `pays` says
    whether it grants anything; `matters` are those of its sentences.
    """

    __slots__ = (
        "amounts",
        "cite",
        "honors",
        "id",
        "index",
        "matters",
        "pays",
        "place",
        "policy",
        "topic_set",
        "topics",
    )

    def __init__(
        self, id: str, policy: PolicyView, index: int, place: int = 0, matters: Iterable[str] | None = None
    ) -> None:
        """The clause at `index` of the policy's record; `matters` where they are known already."""
        self.id = id
        self.policy = policy
        self.index = index
        self.place = place
        clause = self.clause
        kinds = (("cap" if one.kind == "fixed" else one.kind, one.value) for one in clause.benefits)
        self.cite: tuple[str, ...] = _one_copy(tuple(clause.cite))
        self.topics: tuple[str, ...] = _one_copy(tuple(clause.topics))
        self.topic_set: frozenset[str] = _one_copy(frozenset(clause.topics))
        self.honors: tuple[str, ...] = _one_copy(tuple(clause.honors))
        self.amounts: frozenset[tuple[str, float]] = _one_copy(frozenset(kinds))
        self.pays = bool(clause.benefits)
        self.matters: frozenset[str] = _one_copy(
            matters_of(self.sentences) if matters is None else frozenset(matters)
        )

    @property
    def clause(self) -> ClauseRecord:
        """The clause's record."""
        return self.policy.record.clauses[self.index]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The clause's own sentences, without the tail that names who is responsible and without mere rules (三券联动补贴叠加)."""
        return _sentences_of(self)

    @property
    def name(self) -> str:
        """How a sentence refers to the clause: 《title》第五条(一)."""
        return f"《{self.policy.title}》{''.join(self.cite)}"

    def sentences_for(self, industries: tuple[str, ...]) -> list[Sentence]:
        """The sentences that hold for a policy of these industries: those not bound to a field that is none of them."""
        names = [part for industry in industries for part in re.split("[与和]", industry)]
        if not names or set(names) == {"综合"}:
            return [one for one in self.sentences if one.field != _ELSEWHERE]
        return [one for one in self.sentences if not one.field or any(name in one.field for name in names)]

    def sentence_about(self, matters: Iterable[str]) -> Sentence | None:
        """The first sentence with most of these matters; the first of all where none has any; None in an empty clause."""
        wanted = frozenset(matters)
        return max(self.sentences, key=lambda s: (len(s.matters & wanted), -s.span[0]), default=None)


@dataclass(frozen=True, slots=True)
class Reference:
    """A title in 《》 that a policy names; `carries_out`: as its basis, or as what it implements."""

    title: str
    doc_number: str | None
    carries_out: bool


class PolicyView:
    """A policy as the links see it: its id, division (None where unknown), clauses in the record's order, and what of its record is asked
    for again and again; the record itself is read from `records` each time.

    `corrections` maps a fact that a person set (its type's name and JSON) to the id of the correction. `dated` is the day of issue, else the
    first day in force. `subject` are the matters of the
    title: what all clauses are about, so that sharing it says nothing of two of them; `uppers` the municipal and provincial divisions above
    the policy's own, the nearest first; `references` the titles that it repeals or cites, in the record's order.
    """

    __slots__ = (
        "_records",
        "clauses",
        "corrections",
        "dated",
        "division",
        "doc_number",
        "draft",
        "id",
        "index",
        "industries",
        "level",
        "references",
        "subject",
        "title",
        "uppers",
    )

    def __init__(
        self,
        id: str,
        records: Sequence[PolicyRecord],
        index: int,
        division: Division | None,
        corrections: Mapping[bytes, str] | None = None,
    ) -> None:
        """The policy of `records[index]`."""
        self._records, self.index = records, index
        self.id = id
        self.division = division
        self.corrections = corrections or {}
        self.clauses: list[ClauseView] = []
        record = self.record
        self.title, self.doc_number = record.title, record.doc_number
        self.level, self.draft = record.level, record.draft
        begins = record.effective_from
        self.dated = record.issued_on or (begins if begins and begins[0].isdigit() else None)
        self.industries: tuple[str, ...] = _one_copy(tuple(record.industries))
        self.uppers: tuple[Division, ...] = () if division is None else _uppers(division)
        self.subject: frozenset[str] = _one_copy(all_matters().find(plain(record.title)))
        repealed = (Reference(one.title, one.doc_number, False) for one in record.supersedes)
        cited = (Reference(one.title, one.doc_number, one.role != "mention") for one in record.cites)
        self.references = (*repealed, *cited)

    @property
    def record(self) -> PolicyRecord:
        """The policy's record."""
        return self._records[self.index]

    def corrected_by(self, fact: Fact) -> dict[str, Value]:
        """The property that says which correction set a fact; none where reading found it."""
        own = self.corrections.get(fact_key(fact)) if self.corrections else None
        return {} if own is None else {"corrected_by": own}

    def paying(self) -> Iterator[ClauseView]:
        """The clauses that grant something."""
        return (clause for clause in self.clauses if clause.pays)

    @property
    def upper_names(self) -> list[str]:
        return [name for one in self.uppers for name in dict.fromkeys((one.name, one.short))]

    def may_share_sector(self, other: PolicyView) -> bool:
        """Whether both may be paid for by the same kind of fund."""
        own, others = _sectors(self.industries), _sectors(other.industries)
        return not own or not others or bool(own & others)


@cache
def _uppers(division: Division) -> tuple[Division, ...]:
    above = list(iter_lineage(division))[1:]
    return tuple(one for one in above if one.level in ("municipal", "provincial"))


@cache
def _sectors(industries: tuple[str, ...]) -> frozenset[str]:
    """Sectors of some industries; empty where they are for all."""
    found = map(linking_settings().sector_of, industries)
    return frozenset(sector for sector in found if sector)


@lru_cache(1 << 16)
def _one_copy(found: Any) -> Any:
    """The same set or tuple for all clauses that have it: there are far fewer of them than clauses."""
    return found


@lru_cache(1 << 15)
def _sentences_of(clause: ClauseView) -> tuple[Sentence, ...]:
    """The sentences of a clause; of the clauses looked at last only, for those of a country would not fit into memory."""
    return read_sentences(clause.policy.record, clause.index)


def read_sentences(record: PolicyRecord, index: int) -> tuple[Sentence, ...]:
    """The sentences of the clause at `index`, as `ClauseView.sentences` has them."""
    own = record.clauses[index]
    grants = [fact.span for fact in own.benefits]
    rules = [fact.span for fact in (*record.excludes, *record.stacks)]
    found = _iter_sentences(record.text, own.span)
    return tuple(one for one in found if not _meets(one.span, rules) or _meets(one.span, grants))


def matters_of(sentences: Iterable[Sentence]) -> frozenset[str]:
    """The matters of some sentences together."""
    return frozenset[str]().union(*(sentence.matters for sentence in sentences))


def city_of(policy: PolicyView) -> str | None:
    """The code of the city that a policy is of or under."""
    own = () if policy.division is None else (policy.division,)
    return next((one.code for one in (*own, *policy.uppers) if one.level == "municipal"), None)


def by_city(policy: PolicyView) -> tuple[str, str, str]:
    """Sorts policies: those of one city and its districts together, those of one district together within."""
    own = policy.division.code if policy.division else ""
    return city_of(policy) or own or policy.id, own, policy.id


def forget(policies: Iterable[PolicyView]) -> None:
    """Lets go of views that are no longer needed: each policy and its clauses hold one another, and the last sentences them."""
    for policy in policies:
        policy.clauses.clear()
    _sentences_of.cache_clear()


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
            yield Sentence((first, end_of_words), body, _one_copy(all_matters().find(body)), own_field)
        start, begins = end, not body.endswith(";")


@cache
def _bound() -> re.Pattern[str]:
    return linking_settings().bound_sentence.compiled()


@cache
def _between_cities() -> re.Pattern[str]:
    return linking_settings().between_cities.compiled()
