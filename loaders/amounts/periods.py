"""Reads how often money is granted from the words around an amount, and the units of a price: year before once before total.

Which words of earlier phrases hold on is for terms.py.
"""

from __future__ import annotations

import re
from typing import Literal

from loaders.amounts.cues import Token, classifiers
from loaders.amounts.phrases import Chain, Phrase

Period = Literal["year", "once", "total"]


def is_date(text: str, token: Token) -> bool:
    """Whether a word that begins with 年 ends a date: 2024年支持企业 is no 年支持."""
    return text[token.start - 1 : token.start].isdigit()


def period_in_front(text: str, tokens: list[Token]) -> Period | None:
    """What the cues in front of an amount say: 每年一次性 → year, 一次性 → once, 累计 → total."""
    found: Period | None = None
    for at, token in enumerate(tokens):
        if token.cue == "yearly":
            if not is_date(text, token):
                return "year"
        elif token.cue == "annual":
            if _is_annual(tokens, at):
                return "year"
        elif token.cue == "once":
            found = "once"
        elif token.cue == "total":
            found = found or "total"
    return found


_OF_AWARD = frozenset(("award", "support", "cap", "limit", "total", "once", "give"))


def _is_annual(tokens: list[Token], at: int) -> bool:
    """单个企业年度补贴金额, 年度最高: the award's year, not the base's (年度出口额的3%)."""
    if at + 1 == len(tokens):
        return True
    following = tokens[at + 1]
    if following.cue in _OF_AWARD and following.start == tokens[at].end:
        return True
    return any(token.cue == "counter" for token in tokens[:at])


def period_behind(text: str, chain: Chain) -> Period | None:
    """30万元的一次性补贴; 50万元每年. What stands behind a 、 belongs to the next amount."""
    for token in chain.after:
        if token.cue == "once":
            return None if "、" in text[chain.end : token.start] else "once"
        if token.cue == "yearly" and token.start == chain.end:
            return "year"
    return None


_SLASHES = frozenset("/·•*")
# 1.5元/平方米/天, 15元/每月·每平方米, 3万元/家/年; the last unit may run on into the sentence (3万元/家给予奖励)
_SUFFIX = re.compile(r"(?:[/·•*][^\d,;:。、的/·•*()]{1,5}(?:\(套\))?)+")


def price_units(text: str, at: int) -> list[str]:
    """The units of a price that ends at `at`: of 1.5元/平方米/天 they are 平方米 and 天."""
    suffix = _SUFFIX.match(text, at) if text[at : at + 1] in _SLASHES else None
    return [unit.removeprefix("每") for unit in re.split("[/·•*]", suffix[0])[1:]] if suffix else []


def per_of_price(units: list[str]) -> str | None:
    """Whom a price is per: 3万元/家/年 → 企业, 1.5元/平方米/天 → None."""
    for unit in units:
        for name, per in classifiers().items():
            if unit.removeprefix("个").startswith(name):
                return per
    return None


def read_instalments(text: str, phrases: list[Phrase]) -> None:
    """Gives awards the period that later words tell.

    给予最高1000万元补助,补助资金分三个连续自然年度发放: the sum of all years. 国际奖200万元、国内奖50万元的一次性奖励: a list's last item
    tells for all.
    """
    last: Chain | None = None
    for phrase in phrases:
        awards = []
        for chain in phrase.chains:
            if chain.is_award:
                last = chain
                awards.append(chain)
            elif last and last.period is None and chain.quantities[0].kind == "years" and _is_paid_out(chain):
                last.period = "total"
        if len(awards) > 1 and (period := period_behind(text, awards[-1])):
            for chain in awards[:-1]:
                chain.period = chain.period or period


def _is_paid_out(chain: Chain) -> bool:
    return any(token.cue in ("pool", "payout") for token in chain.after)
