"""Decides what every quantity of a sentence is: benefit, threshold, another amount with its kind, or unread with a reason.

Each kind of quantity has its rules in a module of its own, each verdict is named by its rule. On what terms is for terms.py.
"""

from __future__ import annotations

import re

from loaders.amounts.case import UNREADABLE, Case
from loaders.amounts.cues import Sentence
from loaders.amounts.money import decide_amount
from loaders.amounts.phrases import Chain, Phrase
from loaders.amounts.shares import decide_ratio, decide_share
from loaders.amounts.years import decide_years

_DECIDE = {
    "money": decide_amount,
    "area": decide_amount,
    "share": decide_share,
    "ratio": decide_ratio,
    "years": decide_years,
}
# 2023年完成固定资产投资540亿元
_AIMS = re.compile(
    r"到20\d\d年|20\d\d年[底末]|[一二三四五]五末|(?:20\d\d年|全年)[^,。]{0,4}完成|完成年度投资"
)


def decide_roles(sentence: Sentence, phrases: list[Phrase], in_aims: bool, awarding: bool) -> None:
    """Gives every chain its role, rule, `capped` and `uplift`.

    `in_aims`: the clause is headed 总体目标 or the like. `awarding`: the sentence stands under one that grants (按以下标准给予奖励:).
    """
    cues = sentence.cues
    gives = "give" in cues or "award" in cues
    aims = (in_aims and "give" not in cues) or (
        not gives
        and ("goal" in cues or _AIMS.search(sentence.text, sentence.start, sentence.end) is not None)
    )
    awarding = awarding or gives or "support" in cues
    previous: Chain | None = None
    for phrase in phrases:
        for place, chain in enumerate(phrase.chains):
            case = Case(sentence, phrase, place, previous, aims, awarding)
            if chain.quantities[0].value is None:
                case.settle("unread", UNREADABLE)
            else:
                _DECIDE[chain.quantities[0].kind](case)
            previous = chain
