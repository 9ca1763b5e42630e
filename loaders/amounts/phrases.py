"""Takes a sentence apart: phrases between commas, and in them chains of quantities that one cue governs together.

Only form is read here; what a chain means is for roles.py and terms.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from loaders.amounts.cues import Sentence, Token
from loaders.amounts.quantities import Quantity

Role = Literal[
    "benefit", "threshold", "goal", "pool", "eligibility", "territory", "reference", "elsewhere", "unread"
]
"""What a quantity is; "elsewhere" is a fact of another stage (有效期3年), accounted for there."""


BenefitKind = Literal["cap", "fixed", "rate", "ratio", "area", "years", "uplift"]


@dataclass(slots=True)
class Chain:
    """Quantities that stand side by side (50万元、30万元; 10亿元至50亿元; 30%、300万元、3年), and what they are.

    `window` are the cues in front of the first, back to the phrase's beginning or to the quantity before; `after` those behind
    the last, up to the phrase's end or to the next quantity. `bound` is the 以上 or 以内 behind it; `tail` is where the text goes on.
    """

    quantities: list[Quantity]
    window: list[Token]
    after: list[Token] = field(default_factory=list)
    bound: str = ""
    tail: int = 0
    role: Role = "unread"
    rule: str = ""
    capped: bool = False
    uplift: bool = False
    per: str | None = None
    period: Literal["year", "once", "total"] | None = None

    @property
    def start(self) -> int:
        """Where the first quantity begins."""
        return self.quantities[0].start

    @property
    def end(self) -> int:
        """Where the last quantity ends."""
        return self.quantities[-1].end

    def kind_of(self, quantity: Quantity) -> BenefitKind:
        """What kind of benefit one of its quantities is. Money beside a share (30%、500万元) is the share's ceiling."""
        if self.uplift:
            return "uplift"
        if quantity.kind == "money":
            return "cap" if self.capped or self.quantities[0].kind == "share" else "fixed"
        return "rate" if quantity.kind == "share" else quantity.kind

    @property
    def is_award(self) -> bool:
        """Whether it grants money."""
        return self.role == "benefit" and any(quantity.kind == "money" for quantity in self.quantities)


@dataclass(slots=True)
class Phrase:
    """What stands between two commas: its cues and chains. `opens` is true at the beginning of a sentence and behind a semicolon."""

    start: int
    end: int
    opens: bool
    tokens: list[Token] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)


# What may stand between two quantities of one chain: 10亿元(含)-50亿元, 1亿元以上、5亿元, 500万元和200万元.
_JOINT = re.compile(
    r"(?:\(不?含(?:本数)?\)|以上|以下|以内|及以上)*(?:[、~至到和或及与/-]|以及|或者|以上至)?(?:\(不?含\))?"
)
# The bound of a condition behind its number, with the brackets around it: 500万元(含)以上, 5亿元(不含)以下.
_BOUND = re.compile(
    r"(?:\(不?含(?:本数)?\))?(以上|及以上|以下|及以下|以内|之内|之间|封顶|为限|为上限)?(?:\(不?含(?:本数)?\))?(?:左右|不等)?"
)


def read_phrases(sentence: Sentence) -> list[Phrase]:
    """The sentence's phrases in order, every quantity in exactly one chain of one phrase."""
    phrases = [Phrase(sentence.start, sentence.end, opens=True)]
    since: list[Token] = []
    last: Chain | None = None
    tokens, quantities = sentence.tokens, sentence.quantities
    at = 0
    for quantity in quantities:
        while at < len(tokens) and tokens[at].start < quantity.start:
            token = tokens[at]
            at += 1
            if token.cue == "comma" or token.cue == "semicolon":
                if last:
                    last.after = since
                last, since = None, []
                phrases[-1].end = token.start
                phrases.append(Phrase(token.end, sentence.end, opens=token.cue == "semicolon"))
            elif token.cue != "stop":
                since.append(token)
                phrases[-1].tokens.append(token)
        if last:
            if not since and _JOINT.fullmatch(sentence.text, last.end, quantity.start):
                last.quantities.append(quantity)
                continue
            last.after = since
        last = Chain([quantity], since)
        phrases[-1].chains.append(last)
        since = []
    for token in tokens[at:]:
        if token.cue == "comma" or token.cue == "semicolon":
            if last:
                last.after = since
            last, since = None, []
            phrases[-1].end = token.start
            phrases.append(Phrase(token.end, sentence.end, opens=token.cue == "semicolon"))
        elif token.cue != "stop":
            since.append(token)
            phrases[-1].tokens.append(token)
    if last:
        last.after = since
    for phrase in phrases:
        for chain in phrase.chains:
            bound = _BOUND.match(sentence.text, chain.end)
            if bound:
                chain.bound, chain.tail = bound[1] or "", bound.end()
    return phrases
