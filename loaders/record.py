"""The record: what one policy document says, each fact with its quote and span. The seam between reading and graph.

The form is that of tests/gold/GUIDELINE.md, with a span beside every quote. Reading fills it, assembling reads nothing else.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Literal, overload

import msgspec

Pair = tuple[int, int]
"""[start, end) in characters of the record's `text`."""


class Fact(msgspec.Struct, kw_only=True):
    """What every fact carries: the shortest verbatim run of the cleaned text that supports it, and where it stands.

    A fact stage gives the span, in the plain view it reads; the pipeline leads it back to the record's text and cuts the quote.
    """

    span: Pair
    quote: str = ""


class Benefit(Fact, kw_only=True):
    """What a clause grants. `value` is yuan or dollars, a share (0.3 for 30%), square metres or years, as `unit` says."""

    kind: Literal["cap", "fixed", "rate", "ratio", "area", "years", "uplift"]
    value: float
    unit: Literal["CNY", "USD", "share", "m2", "mu", "year"]
    per: str | None = None
    period: Literal["year", "once", "total"] | None = None


class Threshold(Fact, kw_only=True):
    """An amount or area that is a condition of a benefit."""

    value: float
    unit: str


class OtherAmount(Fact, kw_only=True):
    """An amount that is neither benefit nor threshold, with the rule that says what it is."""

    value: float
    unit: str
    kind: Literal["goal", "pool", "eligibility", "territory", "reference"]


class Unread(Fact, kw_only=True):
    """An amount, share, ratio, area or term of years that no rule accounts for, and why."""

    reason: str


class LevelMatch(Fact, kw_only=True):
    """The clause pays because, or in proportion as, an upper level has paid (配套). `rate` is a share, `cap` in yuan."""

    level: Literal["national", "provincial", "municipal"]
    target: str
    kind: Literal["cofunding"] = "cofunding"
    rate: float | None = None
    cap: float | None = None


class Mention(Fact, kw_only=True):
    """Where the text names something: the evidence behind an honor, agency, topic or industry of a clause or policy."""

    kind: Literal["honor", "agency", "topic", "industry"]
    name: str


class ClauseRecord(msgspec.Struct, kw_only=True):
    """One clause. `text` behind its marker is the record's text[span]; `starts` its first 16 characters without white space at the ends."""

    cite: list[str]
    heading: str | None
    starts: str
    span: Pair
    benefits: list[Benefit] = []
    thresholds: list[Threshold] = []
    other_amounts: list[OtherAmount] = []
    honors: list[str] = []
    agencies: list[str] = []
    matches: list[LevelMatch] = []
    topics: list[str] = []
    mentions: list[Mention] = []


class AdministeredBy(Fact, kw_only=True):
    """A body and its role for the whole policy."""

    agency: str
    role: Literal["issuer", "interpreter", "implementer", "acceptor"]


class Supersedes(Fact, kw_only=True):
    """A document that this one repeals."""

    title: str
    doc_number: str | None = None


class Citation(Fact, kw_only=True):
    """A document named in 《》. `role` says what for: its basis, what it implements, or a mere mention."""

    title: str
    doc_number: str | None = None
    role: Literal["basis", "implements", "mention"] = "mention"


class Exclusion(Fact, kw_only=True):
    """A rule that forbids drawing two supports for one thing. `clause` is the cite for which it holds, None for all; `stated_in` where it stands."""

    scope: Literal[
        "within_policy", "same_district", "municipal", "same_level_funds", "annual_single", "clause"
    ]
    rule: Literal["best", "highest", "choose_one", "not_again", "difference_only"]
    clause: list[str] | None = None
    stated_in: list[str] = []


class Stacking(Fact, kw_only=True):
    """A sentence that expressly allows drawing two supports."""

    with_: str = msgspec.field(name="with")
    clause: list[str] | None = None
    stated_in: list[str] = []


class Unresolved(Fact, kw_only=True):
    """A name that resolves to nothing or to several things, with the candidates."""

    kind: str
    name: str
    candidates: list[str] = []


class PolicyRecord(msgspec.Struct, kw_only=True):
    """One policy. `division` is the code of its jurisdiction (GB/T 2260 or an own one), None where several divisions have that name. `text` is its whole cleaned text; every span counts its characters. `evidence` maps a field such as "issued_on", or "industry:机器人", to the span it was read from;
    `other_amounts` are those in front of the first clause; `offsets` are pairs (cleaned, source) where stretches of unchanged length begin."""

    source: str
    sha256: str
    part: int
    title: str
    level: Literal["national", "provincial", "municipal", "district"] | None
    jurisdiction: str | None
    division: str | None = None
    kind: str | None
    draft: bool
    doc_number: str | None
    issued_on: str | None
    effective_from: str | None
    effective_to: str | None
    valid_years: int | None
    industries: list[str]
    clauses: list[ClauseRecord]
    other_amounts: list[OtherAmount]
    administered_by: list[AdministeredBy]
    supersedes: list[Supersedes]
    cites: list[Citation]
    excludes: list[Exclusion]
    stacks: list[Stacking]
    unread: list[Unread]
    unresolved: list[Unresolved]
    evidence: dict[str, Pair]
    text: str
    offsets: list[Pair]


class PolicyRecords(Sequence[PolicyRecord]):
    """Records by their place, however they are kept: who has them says how many there are, and gives the one at a place."""

    @abstractmethod
    def _at(self, index: int) -> PolicyRecord:
        """The record at a place from 0."""

    @overload
    def __getitem__(self, index: int) -> PolicyRecord: ...
    @overload
    def __getitem__(self, index: slice) -> list[PolicyRecord]: ...
    def __getitem__(self, index: int | slice) -> PolicyRecord | list[PolicyRecord]:
        places = range(len(self))[index]
        return self._at(places) if isinstance(places, int) else list(map(self._at, places))
