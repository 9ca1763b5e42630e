"""What a clause pays in a case: so much of an upper level's award, of a cost, or outright; to the yuan, or as a range with the reason.

Which share belongs to which cap is read by queries.offers; which clauses are asked is the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from graph.errors import UsageError
from queries.clauses import ClauseFacts, ClauseRef, LevelMatch, Threshold
from queries.offer import Cap, Offer
from queries.offers import read_offers
from queries.thresholds import fits, name_the_same, words_before
from queries.wording import fold, pattern


class Basis(StrEnum):
    """What an amount is worked out from."""

    CITY_AWARD = "city_award"
    NATIONAL_AWARD = "national_award"
    COST = "cost"
    FIXED = "fixed"
    CAP = "cap"

    @property
    def label(self) -> str:
        """The basis in Chinese."""
        return _BASIS_LABELS[self]


@dataclass(frozen=True, slots=True)
class Given:
    """A case, in yuan: what the city (or province) and the nation have awarded, what was spent, how many of a thing there are
    ({"台套": 2}), and what was drawn before for a lower grade. None: not known, and offers that need it are left out.
    """

    city_award: float | None = None
    national_award: float | None = None
    cost: float | None = None
    units: Mapping[str, int] = field(default_factory=dict)
    already: float = 0

    def __post_init__(self) -> None:
        for name in ("city_award", "national_award", "cost", "already"):
            value = getattr(self, name)
            if value is not None and not 0 <= value < float("inf"):
                raise UsageError(f"金额须是不小于 0 的数(元),给的是 {value}")


@dataclass(frozen=True, slots=True)
class Worked:
    """What one offer pays: between `low` and `high` yuan (the same where it is certain), how it was worked out, and why it is a range.

    `high` is None where the text sets no limit. `at_most`: the clause says 最高 or 不超过, so a smaller sum may be granted.
    `conditions` are the clause's own thresholds that the case does not decide.
    """

    ref: ClauseRef
    label: str
    basis: Basis
    base: str
    low: float
    high: float | None
    steps: str
    reason: str | None
    at_most: bool
    cap: float | None
    cap_period: str | None
    years: int | None
    instalments: tuple[float, ...]
    conditions: tuple[str, ...]
    quote: str

    @property
    def exact(self) -> float | None:
        """The amount where it is certain, else None."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of amounts of which some may be ranges; `high` is None where one of them has no limit."""

    low: float
    high: float | None


def work_out(facts: ClauseFacts, given: Given, offers: list[Offer] | None = None) -> list[Worked]:
    """What each offer of a clause pays in a case, in the order of the text; offers that the case says nothing on are left out."""
    text = fold(facts.text)
    known = read_offers(facts) if offers is None else offers
    worked = []
    for offer, basis, matched in _with_bases(facts, known):
        result = _Work(facts, text, offer, basis, matched, given).result()
        if result is not None:
            worked.append(result)
    return sorted(worked, key=lambda item: facts.text.find(item.quote))


def total(worked: Iterable[Worked]) -> Total:
    """The literal sum. Whether several may be drawn together is queries.bundle's question."""
    low, high = 0.0, 0.0
    open_ended = False
    for item in worked:
        low += item.low
        high += item.high or 0
        open_ended |= item.high is None
    return Total(low, None if open_ended else high)


def choose(worked: Iterable[Worked], word: str) -> list[Worked]:
    """The alternatives whose label, base or sentence speaks of `word`: choose(worked, "工业智能")."""
    items = list(worked)
    spoken = [(item, (item.label, item.base, item.quote)) for item in items]
    for place in range(3):
        found = [item for item, words in spoken if word in words[place]]
        if found:
            return found
    return []


def yuan(amount: float) -> str:
    """An amount as a person reads it: 1500000 → "150万元"."""
    for scale, name in ((10**8, "亿元"), (10**4, "万元")):
        if amount >= scale and round(amount / scale, 4) * scale == amount:
            return f"{amount / scale:.4f}".rstrip("0").rstrip(".") + name
    return f"{amount:,.2f}".rstrip("0").rstrip(".") + "元"


def _with_bases(facts: ClauseFacts, offers: list[Offer]) -> Iterator[tuple[Offer, Basis, bool]]:
    """Every offer with what it is worked out from; `matched` where a match (配套) says so."""
    used: set[int] = set()
    for match in facts.matches:
        basis = Basis.NATIONAL_AWARD if match.upper == "national" else Basis.CITY_AWARD
        found = [i for i, offer in enumerate(offers) if belongs(offer, match)]
        used.update(found)
        if not found:
            caps = () if match.cap is None else (Cap(match.cap, "CNY", None, None),)
            offer = Offer("", match.rate, of_upper_money=True, caps=caps, start=match.start, end=match.end)
            yield offer, basis, True
        for i in found:
            own_cost = offers[i].share is not None and not offers[i].of_upper_money
            yield offers[i], Basis.COST if own_cost else basis, True
    for i, offer in enumerate(offers):
        if i not in used:
            yield offer, _basis(offer), False


def belongs(offer: Offer, match: LevelMatch) -> bool:
    """Whether the match speaks of this offer: they share a stretch of text, and the share or the cap."""
    if not (offer.start < match.end and match.start < offer.end):
        return False
    if match.rate is not None:
        return offer.share is not None and abs(offer.share - match.rate) < 1e-9
    return offer.share is None and offer.fixed is None and match.cap in {cap.value for cap in offer.caps}


def _basis(offer: Offer) -> Basis:
    if offer.fixed is not None:
        return Basis.FIXED
    if offer.share is None:
        return Basis.CAP
    if not offer.of_upper_money:
        # 按首次认定标准的50%: a share of another award is a share of no cost.
        return Basis.CAP if re.search("标准$|^上述|^前款", offer.base) else Basis.COST
    national = re.search(r"国家|中央|部级|国拨", offer.base) and not re.search(r"市|省", offer.base)
    return Basis.NATIONAL_AWARD if national else Basis.CITY_AWARD


@dataclass(slots=True)
class _Work:
    facts: ClauseFacts
    text: str
    offer: Offer
    basis: Basis
    matched: bool
    given: Given
    steps: list[str] = field(default_factory=list)
    reason: str | None = None

    def result(self) -> Worked | None:
        """The amount, or None where the case says nothing on it."""
        amounts = self._amounts()
        if amounts is None:
            return None
        low, high = (None if amount is None else self._limited(amount) for amount in amounts)
        offer, words = self.offer, self.text[self.offer.start : self.offer.end]
        lowest = min(offer.caps, key=lambda cap: cap.value) if offer.caps else None
        conditions, refused = self._conditions()
        if refused:
            low, high = 0.0, 0.0
            self.steps = [refused]
        paid = () if high is None else tuple(round(share * high, 2) for share in offer.instalments)
        return Worked(
            ref=self.facts.ref,
            label=offer.label,
            basis=self.basis,
            base=offer.base,
            low=low or 0.0,
            high=high,
            steps=",".join(self.steps),
            reason=self.reason,
            at_most=bool(re.search("最高|不超过|最多|不高于", words)),
            cap=offer.cap,
            cap_period=lowest.period if lowest else None,
            years=offer.years,
            instalments=paid,
            conditions=conditions,
            quote=self.facts.text[offer.start : offer.end].strip(),
        )

    def _amounts(self) -> tuple[float | None, float | None] | None:
        """Least and largest amount before limits; None where the case says nothing."""
        offer, given = self.offer, self.given
        of = {
            Basis.CITY_AWARD: given.city_award,
            Basis.NATIONAL_AWARD: given.national_award,
            Basis.COST: given.cost,
        }.get(self.basis)
        if self.basis is Basis.FIXED:
            return self._fixed()
        if self.basis is Basis.CAP:
            return self._only_cap() if not self.matched else None
        if of is None:
            # A match whose share is taken of a cost: the upper award alone says that something is paid, not how much.
            asked = given.city_award is not None or given.national_award is not None
            return self._of_unknown_cost() if self.matched and self.basis is Basis.COST and asked else None
        if offer.share is None:
            return self._only_cap()
        amount = round(of * offer.share, 2)
        self.steps.append(
            f"{of:.15g}×{offer.share:.0%}={amount:.15g}"
            if _whole(offer.share)
            else f"{of:.15g}×{offer.share:g}={amount:.15g}"
        )
        return amount, amount

    def _fixed(self) -> tuple[float | None, float | None] | None:
        fixed = self.offer.fixed or 0.0
        if self.offer.unit != "CNY":
            return self._foreign()
        count = self.given.units.get(self.offer.fixed_per or "", 1)
        self.steps.append(f"定额{fixed:.15g}" + (f"×{count}{self.offer.fixed_per}" if count != 1 else ""))
        return fixed * count, fixed * count

    def _only_cap(self) -> tuple[float | None, float | None] | None:
        cap = self.offer.cap
        if cap is None:
            if self.offer.area_m2 is not None or self.offer.share is not None or not self.matched:
                return None
            self.reason = "条款未写比例,也未写上限"
            return 0.0, None
        self.reason = f"条款只写最高{yuan(cap)},未写比例"
        self.steps.append(f"0 至 {cap:.15g}")
        return 0.0, cap

    def _of_unknown_cost(self) -> tuple[float | None, float | None]:
        base = self.offer.base or "申报单位的支出"
        self.reason = f"比例的基数是{base},不是上级资金,须另给金额"
        self.steps.append(f"{base}×{self.offer.share:.15g}")
        return 0.0, self.offer.cap

    def _foreign(self) -> tuple[float | None, float | None]:
        self.reason = f"原文以{self.offer.unit}计,不折算"
        return 0.0, self.offer.cap

    def _limited(self, amount: float) -> float:
        """The amount after cap, floor and what was drawn for a lower grade."""
        cap, floor = self.offer.cap, self.offer.floor
        if cap is not None and self.reason is None:
            if amount > cap:
                self._step(f"按上限取{cap:.15g}")
                amount = cap
            else:
                self._step(f"未超过上限{cap:.15g}")
        if floor is not None and amount < floor and self.reason is None:
            self._step(f"按下限取{floor:.15g}")
            amount = floor
        if self.given.already and self.facts.difference_quote:
            self._step(f"晋级只补差额,减已得{self.given.already:.15g}")
            amount = max(0.0, amount - self.given.already)
        return amount

    def _step(self, words: str) -> None:
        if words not in self.steps:
            self.steps.append(words)

    def _conditions(self) -> tuple[tuple[str, ...], str | None]:
        """The thresholds of the offer that the case does not decide, and a sentence where it fails one."""
        open_conditions = []
        for threshold in self.facts.thresholds:
            if not self.offer.start <= threshold.start < self.offer.end:
                continue
            value = self._measured(threshold)
            if value is None:
                open_conditions.append(threshold.quote)
            elif not fits(value, threshold, self.text):
                return (), f"不符合“{threshold.quote}”:{value:.15g}"
        return tuple(dict.fromkeys(open_conditions)), None

    def _measured(self, threshold: Threshold) -> float | None:
        """What the case says on the thing that the threshold measures; None where it says nothing."""
        if threshold.unit != "CNY":
            return None
        words = words_before(threshold, self.text)
        if self.basis is Basis.CITY_AWARD and pattern("upper_money").search(words):
            return self.given.city_award
        if self.basis is Basis.NATIONAL_AWARD and pattern("upper_money").search(words):
            return self.given.national_award
        if self.basis is Basis.COST and (name_the_same(words, self.offer.base) or not self.offer.base):
            return self.given.cost
        return None


def _whole(share: float) -> bool:
    return abs(share * 100 - round(share * 100)) < 1e-9


_BASIS_LABELS = {
    Basis.CITY_AWARD: "市级(省级)资金",
    Basis.NATIONAL_AWARD: "国家资金",
    Basis.COST: "本单位支出",
    Basis.FIXED: "定额",
    Basis.CAP: "只有上限",
}
