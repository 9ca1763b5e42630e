"""Overlaps: district × topic, with shares, caps, years and beneficiaries in yuan, ranked, each with its cite and sentence.

Two clauses side by side are queries.differences's; what a clause pays in a case is queries.amounts's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from queries.amounts import yuan
from queries.catalog import fetch
from queries.clauses import ClauseFacts, ClauseRef, clause_ref, offered_facts
from queries.names import topic_names
from queries.offer import Offer
from queries.offers import read_offers
from queries.reader import Reader, Row
from queries.states import Support, support_of
from queries.wording import fold, topic_pairs

PERIODS = {"year": "每年", "once": "一次性", "total": "累计"}

_UPPER_LEVELS = frozenset({"municipal", "provincial", "national"})


@dataclass(frozen=True, slots=True)
class Standard:
    """What one offer of a clause gives: `share` of `base` (0.3 for 30%), `cap_cny` and `fixed_cny` in yuan, `years`, `area_m2`.

    `per` is whom or what the cap or amount counts, `period` year, once or total; `caps_cny` are all limits that hold together, as
    (yuan, per, period). `on_topic` is false for the offers of the clause that are for something else.
    """

    ref: ClauseRef
    label: str
    share: float | None
    base: str
    cap_cny: float | None
    caps_cny: tuple[tuple[float, str | None, str | None], ...]
    fixed_cny: float | None
    per: str | None
    period: str | None
    years: int | None
    area_m2: float | None
    uplift: float | None
    foreign: str | None
    on_topic: bool
    quote: str

    @property
    def largest_cny(self) -> float | None:
        """The most that one award comes to, in yuan; None where the text names no sum."""
        known = [value for value in (self.cap_cny, self.fixed_cny) if value is not None]
        return max(known, default=None)

    @property
    def told(self) -> str:
        """The standard in one Chinese phrase: 购买或租用算力实际投入的20%,最高200万元,2年."""
        parts = []
        if self.share is not None:
            parts.append((f"{self.base}的" if self.base else "") + f"{self.share * 100:.6g}%")
        if self.fixed_cny is not None:
            each = f"(每{self.per})" if self.per else ""
            parts.append(PERIODS.get(self.period or "", "") + yuan(self.fixed_cny) + each)
        parts += [PERIODS.get(period or "", "") + f"最高{yuan(value)}" for value, _, period in self.caps_cny]
        if self.uplift is not None:
            parts.append(f"提高{yuan(self.uplift)}")
        if self.area_m2 is not None:
            parts.append(f"{self.area_m2:.6g}平方米")
        if self.years is not None:
            parts.append(f"{self.years}年")
        if self.foreign is not None:
            parts.append(f"以{self.foreign}计,见原文")
        return ",".join(parts)


@dataclass(frozen=True, slots=True)
class ClauseStandards:
    """A clause on a topic and its standards; none where it only speaks of the topic."""

    ref: ClauseRef
    standards: tuple[Standard, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A district and a topic. `rank_by_cap`, `rank_by_share` count from 1 among the districts of the table; None: nothing to rank.

    `clauses` are those in force; `lapsed` and `coming` those that no longer or do not yet count.
    """

    district_code: str
    district: str
    topic: str
    topic_name: str
    support: Support
    clauses: tuple[ClauseStandards, ...]
    lapsed: tuple[ClauseRef, ...]
    coming: tuple[ClauseRef, ...]
    largest_cny: float | None
    largest_share: float | None
    rank_by_cap: int | None
    rank_by_share: int | None

    @property
    def standards(self) -> tuple[Standard, ...]:
        """All standards of the cell that are for the topic."""
        return tuple(s for clause in self.clauses for s in clause.standards if s.on_topic)

    @property
    def has_standard(self) -> bool:
        """Whether a sum, share, area or term is stated, rather than the topic only spoken of."""
        return bool(self.standards)

    @property
    def is_supported(self) -> bool:
        """Whether a clause in force states what is given."""
        return self.support is Support.SUPPORTED and self.has_standard

    @property
    def is_only_mentioned(self) -> bool:
        """Whether clauses in force speak of the topic, and none states what is given."""
        return self.support is Support.SUPPORTED and not self.has_standard


@dataclass(frozen=True, slots=True)
class Spread:
    """From the least to the largest, each as the texts state it; equal where they state one figure."""

    least: float
    largest: float

    def __iter__(self) -> Iterator[float]:
        return iter((self.least, self.largest))

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Spread | None:
        """Over the values that are stated; None where none is."""
        known = [value for value in values if value is not None]
        return cls(min(known), max(known)) if known else None


@dataclass(frozen=True, slots=True)
class Figures:
    """What standards come to together: `shares` as fractions, `caps_cny` and `fixed_cny` in yuan; None where none states one."""

    shares: Spread | None
    caps_cny: Spread | None
    fixed_cny: Spread | None

    @classmethod
    def of(cls, standards: Iterable[Standard]) -> Figures:
        """Over all of them, the small ones too: 丰台 gives 20%–30% and 200–300 万元 for computing power."""
        known = tuple(standards)
        return cls(
            Spread.of(s.share for s in known),
            Spread.of(s.cap_cny for s in known),
            Spread.of(s.fixed_cny for s in known),
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """What the table says of one topic: the one answer that pages, pictures, commands and briefings tell.

    Of `loaded` districts with policies, `supporting` state in force what they give, the largest cap first; `mentioning` speak of the
    topic in force and state nothing. `figures` are over the standards of `supporting`.
    """

    loaded: int
    supporting: tuple[Cell, ...]
    mentioning: tuple[Cell, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table: districts (`cells`), and the upper levels' own clauses on the topics (`upper`), drafts among them."""

    topics: tuple[str, ...]
    cells: tuple[Cell, ...]
    upper: tuple[ClauseStandards, ...]

    def supporting(self, topic: str | None = None) -> list[Cell]:
        """Cells that are supported with a standard, the largest cap first."""
        found = [c for c in self.cells if c.is_supported and topic in {None, c.topic}]
        return sorted(
            found, key=lambda c: (c.topic, -(c.largest_cny or 0), -(c.largest_share or 0), c.district_code)
        )

    def summary(self, topic: str) -> Summary:
        """How many districts support a topic of the table (code), and between which figures."""
        cells = [cell for cell in self.cells if cell.topic == topic]
        supporting = tuple(self.supporting(topic))
        return Summary(
            loaded=sum(cell.support is not Support.NOTHING_LOADED for cell in cells),
            supporting=supporting,
            mentioning=tuple(cell for cell in cells if cell.is_only_mentioned),
            figures=Figures.of(standard for cell in supporting for standard in cell.standards),
        )


def compare(
    reader: Reader, topics: Sequence[str], as_of: str, *, city: str | None = None, words: Sequence[str] = ()
) -> Comparison:
    """The table for topics (codes) in a city (code; None: every city of which policies are loaded).

    With `words`, only standards whose sentence speaks of one of them (购房, 购买; 房租, 租金). Districts without a policy on a topic have
    a cell too, which says whether any policy of theirs was loaded.
    """
    given = {"topics": list(topics), "city": city, "as_of": as_of}
    rows = fetch(reader, "topic_clauses", {**given, "district": None})
    refs = {row["clause"]: clause_ref(row) for row in rows}
    # Of what no longer or not yet counts in a district, only the place is told.
    read = [ref for ref in refs.values() if ref.state.is_live or ref.level in _UPPER_LEVELS]
    facts = {fact.ref.clause: fact for fact in offered_facts(reader, read)}
    offers = {clause: read_offers(fact) for clause, fact in facts.items()}
    spoken: defaultdict[tuple[str, str], list[ClauseRef]] = defaultdict(list)
    live: defaultdict[tuple[str, str], list[ClauseStandards]] = defaultdict(list)
    upper: dict[str, ClauseStandards] = {}
    for row in rows:
        ref = refs[row["clause"]]
        if ref.level not in _UPPER_LEVELS:
            spoken[ref.district_code, row["topic"]].append(ref)
        if ref.clause not in facts:
            continue
        clause = _clause_standards(facts[ref.clause], offers[ref.clause], row, words)
        if ref.level in _UPPER_LEVELS:
            upper.setdefault(ref.clause, clause)
        else:
            live[ref.district_code, row["topic"]].append(clause)
    names = topic_names(reader)
    places = sorted(fetch(reader, "city_districts", given), key=lambda row: str(row["district_code"]))
    cells = [
        _cell(
            row, topic, names[topic], spoken[row["district_code"], topic], live[row["district_code"], topic]
        )
        for row in places
        for topic in sorted(names.keys() & set(topics))
    ]
    return Comparison(tuple(topics), tuple(_ranked(cells)), tuple(upper.values()))


def clause_standards(facts: ClauseFacts) -> tuple[Standard, ...]:
    """What each offer of a clause gives, in the order of the text."""
    return tuple(_standard(facts, offer, on_topic=True) for offer in read_offers(facts))


def _clause_standards(
    facts: ClauseFacts, offers: list[Offer], row: Row, words: Sequence[str]
) -> ClauseStandards:
    focus = _on_topic(facts, offers, row)
    standards = [_standard(facts, offer, on_topic=i in focus) for i, offer in enumerate(offers)]
    if words:
        standards = [s for s in standards if any(word in s.label + s.base + s.quote for word in words)]
    return ClauseStandards(facts.ref, tuple(standards), facts.text)


def _on_topic(facts: ClauseFacts, offers: list[Offer], row: Row) -> set[int]:
    """Which offers are for the topic: not those whose sentence speaks of another topic of the clause and not of this one, and of a row
    (模型券 and 算力券) only those that name it.

    "支持算力券、模型券和数据券三券联动" stands in another sentence than "按照年度数据交易金额的10%,给予…数据券补贴".
    """
    text = fold(facts.text)
    sentences = _sentences(text)
    own, others = _told(facts, text, sentences, row), [topic_pairs(name) for name in row["other_topics"]]
    inside = set()
    for i, offer in enumerate(offers):
        places = [place for place in sentences if offer.start < place[1] and place[0] < offer.end]
        words = "".join(text[slice(*place)] for place in places)
        foreign = any(pair in words for pairs in others for pair in pairs)
        if not foreign or not own or any(place in own for place in places):
            inside.add(i)
    named = {i for i in inside if _names(offers[i].label, row["topic_name"])}
    rows = {i for i in named if any(offers[j].family == offers[i].family for j in inside - named)}
    families = {offers[i].family for i in rows}
    return {i for i in inside if offers[i].family not in families or i in named}


def _told(facts: ClauseFacts, text: str, sentences: list[tuple[int, int]], row: Row) -> list[tuple[int, int]]:
    """The sentences behind the heading that speak of the topic: by the quote that the graph gives, else by the words of its name."""
    quote = fold(row["quote"])
    start = text.find(quote)
    behind = [place for place in sentences if place[1] > len(facts.ref.heading or "") + 1]
    if start >= 0 and len(quote) < len(text.strip()) - 2:
        return [place for place in behind if place[0] < start + len(quote) and start < place[1]]
    pairs = topic_pairs(row["topic_name"])
    return [place for place in behind if any(pair in text[slice(*place)] for pair in pairs)]


def _sentences(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^。\n]+", text)]


def _names(label: str, topic: str) -> bool:
    """Whether a label of a row is a word of the topic's name: 算力券 in 算力租用与算力券."""
    return 2 <= len(label) <= 8 and label in topic


def _standard(facts: ClauseFacts, offer: Offer, *, on_topic: bool) -> Standard:
    caps = [cap for cap in offer.caps if cap.unit == "CNY"]
    lowest = min(caps, key=lambda cap: cap.value, default=None)
    is_yuan = offer.unit == "CNY"
    foreign = next((cap.unit for cap in offer.caps if cap.unit != "CNY"), None if is_yuan else offer.unit)
    return Standard(
        ref=facts.ref,
        label=offer.label,
        share=offer.share,
        base=offer.base,
        cap_cny=offer.cap,
        caps_cny=tuple((cap.value, cap.per, cap.period) for cap in caps),
        fixed_cny=offer.fixed if is_yuan else None,
        per=lowest.per if lowest else offer.fixed_per,
        period=lowest.period if lowest else offer.fixed_period,
        years=offer.years,
        area_m2=offer.area_m2,
        uplift=offer.uplift,
        foreign=foreign,
        on_topic=on_topic,
        quote=facts.text[offer.start : offer.end].strip(),
    )


def _cell(
    place: Row, topic: str, topic_name: str, spoken: list[ClauseRef], live: list[ClauseStandards]
) -> Cell:
    """`spoken` are all clauses of the place on the topic, `live` those of them that are in force."""
    standards = [s for clause in live for s in clause.standards if s.on_topic]
    return Cell(
        district_code=place["district_code"],
        district=place["district"],
        topic=topic,
        topic_name=topic_name,
        support=support_of((ref.state for ref in spoken), place["loaded"]),
        clauses=tuple(live),
        lapsed=tuple(ref for ref in spoken if ref.state.is_lapsed),
        coming=tuple(ref for ref in spoken if not ref.state.is_live and not ref.state.is_lapsed),
        largest_cny=max((s.largest_cny for s in standards if s.largest_cny is not None), default=None),
        largest_share=max((s.share for s in standards if s.share is not None), default=None),
        rank_by_cap=None,
        rank_by_share=None,
    )


def _ranked(cells: list[Cell]) -> list[Cell]:
    peers: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        peers[cell.topic].append(cell)
    return [
        replace(
            cell,
            rank_by_cap=_rank(cell.largest_cny, [peer.largest_cny for peer in peers[cell.topic]]),
            rank_by_share=_rank(cell.largest_share, [peer.largest_share for peer in peers[cell.topic]]),
        )
        for cell in cells
    ]


def _rank(value: float | None, all_values: list[float | None]) -> int | None:
    """1 for the largest; equal values share a rank."""
    if value is None:
        return None
    return 1 + sum(1 for other in all_values if other is not None and other > value)
