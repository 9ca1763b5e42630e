"""Takes a sentence apart: phrases between commas, and in them chains of quantities that one cue governs together.

Only form is read here; what a chain means is for roles.py and terms.py.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from loaders.amounts.cues import Sentence, Token
from loaders.amounts.units import Quantity

Role = Literal[
    "benefit", "threshold", "goal", "pool", "eligibility", "territory", "reference", "elsewhere", "unread"
]
"""What a quantity is; "elsewhere" is a fact of another stage (有效期3年), accounted for there, or mere narration (三年攻坚)."""

BenefitKind = Literal["cap", "fixed", "rate", "ratio", "area", "years", "uplift"]


class Chain(msgspec.Struct):
    """Quantities that stand side by side (50万元、30万元; 10亿元至50亿元; 30%、300万元、3年), at [start, end), and what they are.

    `window` are the cues in front of the first, back to the phrase's beginning or to the quantity before; `after` those behind
    the last, up to the phrase's end or to the next quantity. `bound` is the 以上 or 以内 behind it; `tail` is where the text goes on.
    `rule` names the rule that gave the role, or says why none did.
    """

    quantities: list[Quantity]
    window: list[Token]
    start: int
    end: int
    after: list[Token]
    bound: str = ""
    tail: int = 0
    role: Role = "unread"
    rule: str = ""
    capped: bool = False
    uplift: bool = False
    is_award: bool = False
    per: str | None = None
    period: Literal["year", "once", "total"] | None = None

    def role_of(self, quantity: Quantity) -> Role:
        """What one of its quantities is. A condition of money is a threshold, one of a share or of years eligibility (3%或1000万元)."""
        if self.role in ("threshold", "eligibility"):
            return "threshold" if quantity.kind in ("money", "area") else "eligibility"
        return self.role

    def kind_of(self, quantity: Quantity) -> BenefitKind:
        """What kind of benefit one of its quantities is. Money beside a share (30%、500万元) is the share's ceiling."""
        if self.uplift:
            return "uplift"
        if quantity.kind == "money":
            return "cap" if self.capped or self.quantities[0].kind == "share" else "fixed"
        return "rate" if quantity.kind == "share" else quantity.kind


class Phrase(msgspec.Struct):
    """What stands between two commas: its cues and chains. `opens` is true at the beginning of a sentence and behind a semicolon."""

    start: int
    end: int
    opens: bool
    tokens: list[Token]
    chains: list[Chain]


# 1亿元以下部分给予3%、1亿元|至5亿元部分给予5%: no cap of the share in front, but the next bracket of the scale.
_BRACKET = re.compile(r"(?:以上|以下)?(?:[至到~-][\d.]+[万亿]?元)?(?:以上|以下)?的?部分")
# What may stand between two quantities of one chain: 10亿元(含)-50亿元, 1亿元以上、5亿元, 500万元和200万元.
_JOINT = re.compile(
    r"(?:\(不?含(?:本数)?\)|以上|以下|以内|及以上)*(?:[、~至到和或及与/-]|以及|或者|以上至)?(?:\(不?含\))?"
)
# Quantities of several kinds stand in this order where one cue governs them: 30%、300万元、3年.
_RANKS = {"share": 0, "ratio": 0, "money": 1, "area": 1, "years": 2}
# The bound of a condition behind its number, with the brackets around it: 500万元(含)以上, 5亿元(不含)以下.
_BOUND = re.compile(
    r"(?:\(不?含(?:本数)?\))?(以上|及以上|以下|及以下|以内|之内|之间|封顶|为限|为上限)?(?:\(不?含(?:本数)?\))?(?:左右|不等)?"
)


# A bound begins with one of these; most amounts have none behind them.
_BOUND_BEGINS = frozenset("(以及之封为左不")
_NOTHING: list[Token] = []


def read_phrases(sentence: Sentence) -> list[Phrase]:
    """The sentence's phrases in order, every quantity in exactly one chain of one phrase."""
    text = sentence.text
    phrase = Phrase(sentence.start, sentence.end, True, [], [])
    phrases = [phrase]
    quantities = iter(sentence.quantities)
    quantity = next(quantities, None)
    since: list[Token] = []
    last: Chain | None = None
    for token in sentence.tokens:
        begin = token[1]
        while quantity is not None and quantity.start < begin:
            last = _chain(text, phrase, last, quantity, since)
            if last.window is since:
                since = []
            quantity = next(quantities, None)
        cue = token[0]
        if cue == "comma" or cue == "semicolon":  # noqa: PLR1714  the busiest comparison of the stage
            if last:
                last.after = since
                last = None
            since = []
            phrase.end = begin
            phrase = Phrase(token[2], sentence.end, cue == "semicolon", [], [])
            phrases.append(phrase)
        else:
            since.append(token)
            phrase.tokens.append(token)
    while quantity is not None:
        last = _chain(text, phrase, last, quantity, since)
        if last.window is since:
            since = []
        quantity = next(quantities, None)
    if last:
        last.after = since
    return phrases


def _chain(text: str, phrase: Phrase, last: Chain | None, quantity: Quantity, since: list[Token]) -> Chain:
    """Adds a quantity to the chain before it where the two are joined, else begins a chain with `since` as its window."""
    if last:
        joined = (
            not since
            and last.end < quantity.start
            and _RANKS[last.quantities[-1].kind] <= _RANKS[quantity.kind]
        )
        if joined and last.quantities[-1].kind == "share" and quantity.kind == "money":
            joined = _BRACKET.match(text, quantity.end) is None
        if joined and _JOINT.fullmatch(text, last.end, quantity.start):
            last.quantities.append(quantity)
            last.end = quantity.end
            _read_bound(text, last)
            return last
        last.after = since
    chain = Chain([quantity], since, quantity.start, quantity.end, _NOTHING)
    _read_bound(text, chain)
    phrase.chains.append(chain)
    return chain


def _read_bound(text: str, chain: Chain) -> None:
    chain.tail = chain.end
    if text[chain.end : chain.end + 1] in _BOUND_BEGINS:
        bound = _BOUND.match(text, chain.end)
        if bound:
            chain.bound, chain.tail = bound[1] or "", bound.end()
