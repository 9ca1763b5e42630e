"""Puts the parts together: a policy's plain view in, the amounts of every passage out, each quantity in exactly one list.

What a quantity is and on what terms it is granted is decided in roles.py and terms.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Literal

import msgspec

from loaders.amounts.case import AWARDS, UNREADABLE
from loaders.amounts.cues import last_sentence, read_sentences
from loaders.amounts.phrases import Chain, read_phrases
from loaders.amounts.quantities import find_quantities
from loaders.amounts.quotes import quote_span
from loaders.amounts.roles import decide_roles
from loaders.amounts.tables import Tables
from loaders.amounts.terms import Terms, read_terms
from loaders.amounts.units import Quantity
from loaders.plain import PlainView
from loaders.record import Benefit, OtherAmount, Threshold, Unread

# The units that a benefit can have in the record; a benefit in another currency is left unread.
_BENEFIT_UNITS: dict[str, Literal["CNY", "USD", "share", "m2", "mu", "year"]] = {
    "CNY": "CNY",
    "USD": "USD",
    "share": "share",
    "m2": "m2",
    "mu": "mu",
    "year": "year",
}


class ClauseAmounts(msgspec.Struct):
    """All amounts of one passage (or of the preamble), each exactly once; spans are the plain view's."""

    benefits: list[Benefit] = msgspec.field(default_factory=list)
    thresholds: list[Threshold] = msgspec.field(default_factory=list)
    other_amounts: list[OtherAmount] = msgspec.field(default_factory=list)
    unread: list[Unread] = msgspec.field(default_factory=list)


class _Frame(msgspec.Struct, frozen=True):
    """What a passage that ends in a colon says for those below it: 对…的企业,按以下标准给予一次性奖励:"""

    terms: Terms
    awarding: bool


class _Stretch(msgspec.Struct, frozen=True):
    """A passage as it is read: its sentences are text[start:end], its heading stands from `opens` to `start`."""

    opens: int
    start: int
    end: int
    in_aims: bool = False
    frame: _Frame | None = None


def extract_amounts(view: PlainView) -> tuple[list[ClauseAmounts], ClauseAmounts]:
    """The amounts of every passage, in the passages' order, and those of the preamble."""
    text = view.text
    tables = Tables(view)
    quantities = find_quantities(text)
    if view.cells:
        quantities = sorted([*quantities, *tables.bare_figures()], key=lambda quantity: quantity.start)
    starts = [quantity.start for quantity in quantities]

    def within(stretch: _Stretch) -> list[Quantity]:
        return quantities[bisect_left(starts, stretch.start) : bisect_left(starts, stretch.end)]

    frames: dict[int, _Frame] = {}
    result = []
    for at, passage in enumerate(view.passages):
        # a heading that runs on into the sentence names who is paid (鼓励企业开展数据资产登记,按照…); one may hold an amount
        first = bisect_left(starts, passage.start)
        holds = first < len(starts) and starts[first] < passage.heading_end
        runs_on = text.startswith(",", passage.heading_end)
        start = passage.start if runs_on or holds else passage.heading_end
        frame = frames.get(passage.parent)
        in_aims = passage.heading is not None and "目标" in passage.heading
        stretch = _Stretch(passage.start, start, passage.end, in_aims, frame)
        own = within(stretch)
        result.append(_read_stretch(text, stretch, own, tables) if own else ClauseAmounts())
        is_parent = at + 1 < len(view.passages) and view.passages[at + 1].parent == at
        if is_parent and text[start : passage.end].rstrip().endswith(":"):
            frames[at] = _read_frame(text, stretch, own)
        elif is_parent and frame:
            frames[at] = frame
    preamble = _Stretch(view.preamble.start, view.preamble.start, view.preamble.end)
    return result, _told(_read_stretch(text, preamble, within(preamble), tables))


def _told(found: ClauseAmounts) -> ClauseAmounts:
    """The amounts of a preamble, which grants nothing: what would be a benefit in a clause is told here, a bound is an aim."""
    told = [
        *(OtherAmount(value=b.value, unit=b.unit, kind="reference", span=b.span) for b in found.benefits),
        *(OtherAmount(value=t.value, unit=t.unit, kind="goal", span=t.span) for t in found.thresholds),
        *found.other_amounts,
    ]
    told.sort(key=lambda amount: amount.span)
    return ClauseAmounts(other_amounts=told, unread=found.unread)


# A passage that gives goes on giving: 支持方式为事后奖补。国家级100万元,省级50万元。
_GIVEN = re.compile("给予|予以|奖励|奖补|补助|补贴|资助|扶持")


def _read_stretch(text: str, stretch: _Stretch, quantities: list[Quantity], tables: Tables) -> ClauseAmounts:
    found = ClauseAmounts()
    frame = stretch.frame
    terms = frame.terms if frame else None
    awarding = frame is not None and frame.awarding
    table = -1
    given = _GIVEN.search(text, stretch.opens, stretch.end)
    for sentence in read_sentences(text, stretch.start, stretch.end, quantities):
        phrases = read_phrases(sentence)
        begins = tables.table_start(sentence.start)
        if begins is not None and begins != table and begins > stretch.start:
            # 按下表给予一次性奖励: what stands in front of a table holds for its rows
            table, over = begins, _read_frame(text, _Stretch(stretch.opens, stretch.start, begins), [])
            terms, awarding = over.terms, awarding or over.awarding
        if not awarding and sentence.cues.isdisjoint(AWARDS):
            awarding = bool(found.benefits) or (given is not None and given.end() <= sentence.end)
        decide_roles(sentence, phrases, stretch.in_aims, awarding)
        if begins is not None:
            tables.settle(sentence, phrases)
        read_terms(sentence, phrases, terms)
        for phrase in phrases:
            for chain in phrase.chains:
                _record(chain, found)
    return found


def _read_frame(text: str, stretch: _Stretch, quantities: list[Quantity]) -> _Frame:
    opening = last_sentence(text, stretch.start, stretch.end, quantities)
    phrases = read_phrases(opening)
    decide_roles(opening, phrases, in_aims=False, awarding=True)
    return _Frame(read_terms(opening, phrases), bool(opening.cues & {"give", "award", "support"}))


def _record(chain: Chain, found: ClauseAmounts) -> None:
    """Puts every quantity of a chain into the list of its role."""
    for quantity in chain.quantities:
        span = quote_span(chain, quantity)
        value, role = quantity.value, chain.role_of(quantity)
        if role == "unread" or value is None:
            found.unread.append(Unread(reason=UNREADABLE if value is None else chain.rule, span=span))
        elif role == "benefit":
            unit = _BENEFIT_UNITS.get(quantity.unit)
            if unit is None:
                reason = f"以{quantity.unit}计的支持,记录没有这一单位"
                found.unread.append(Unread(reason=reason, span=span))
                continue
            is_money = quantity.kind == "money"
            found.benefits.append(
                Benefit(
                    kind=chain.kind_of(quantity),
                    value=value,
                    unit=unit,
                    per=chain.per if is_money else None,
                    period=chain.period if is_money else None,
                    span=span,
                )
            )
        elif role == "threshold":
            found.thresholds.append(Threshold(value=value, unit=quantity.unit, span=span))
        elif role != "elsewhere":
            found.other_amounts.append(OtherAmount(value=value, unit=quantity.unit, kind=role, span=span))
