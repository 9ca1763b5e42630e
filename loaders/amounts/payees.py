"""Reads whom the words of a phrase name: behind 单个, 给予 and 支持, in the base of an award, as the subject of a sentence.

Each function answers for one place in the text; which of several answers holds for an amount is for terms.py, 对… for relative.py.
"""

from __future__ import annotations

import re
from typing import Final

from loaders.amounts.cues import Token, classifiers
from loaders.amounts.phrases import Phrase


class Unset:
    """Nobody has been named, which is not the same as somebody who is on no list of the guideline (None)."""

    def __bool__(self) -> bool:
        return False


UNSET: Final = Unset()
Per = str | None | Unset

NAMES = frozenset(("recipient", "thing"))
BACKING = frozenset(("support", "encourage"))

# Two names of one list: 机构、园区; 企业或机构; 企业或重点项目.
_LIST = re.compile("(?:[、和或及与]|以及|或者|及其)(?:重点|优秀|示范|试点|相关|其他|各类)?")


def head(text: str, names: list[Token]) -> str | None:
    """The unit of the last name; of a list (机构、园区) that of the first which is on the list of units."""
    at = len(names) - 1
    units = [names[at].per]
    while at and _LIST.fullmatch(text, names[at - 1].end, names[at].start):
        at -= 1
        units.append(names[at].per)
    return next((unit for unit in reversed(units) if unit), None)


def whole_name(tokens: list[Token], at: int) -> Token:
    """The part that counts of the compound that begins at `at`: of 品牌企业 it is 企业, of 企业项目 项目, of 企业商标 企业."""
    name = tokens[at]
    while at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].cue in NAMES:
        at += 1
        if tokens[at].per or not name.per:
            name = tokens[at]
    return name


# 项目奖励: what somebody was awarded, not who is paid.
OF_MONEY = ("奖励", "资金", "补贴", "支持", "库", "资助")


# --- behind a counter

# Between a counter and its noun: 每家数字出版企业, 单个并购项目.
_COUNTED_WITHIN = 14
_PASSED_BY_COUNTER = frozenset(("metric", "build", "none", "goal"))


def counted(tokens: list[Token], place: int, limit: int, named: Per) -> Per:
    """The unit that a counter counts: 单个展会 → 活动, 每项产品 → None; a mere 每家 counts those that 对… names, else 企业.

    Its noun stands before the amount at `limit`.
    """
    counter = tokens[place]
    for at in range(place + 1, len(tokens)):
        token = tokens[at]
        if token.start >= limit or token.start - counter.end > _COUNTED_WITHIN:
            break
        if token.cue in NAMES:
            return whole_name(tokens, at).per
        if token.cue not in _PASSED_BY_COUNTER or token.start == counter.end:
            break
    return counter.per if isinstance(named, Unset) or counter.per != "企业" else named


_EACH = re.compile(r"每[^,。;:\d]{1,8}?(?:\d+|一)(家|户|个|项|名|人|台|部|场|件|款|次)")


def counted_by_number(text: str, token: Token) -> Per:
    """每培育1家 → 企业, 每举办1场 → 活动, 每引进1个 → None."""
    match = _EACH.match(text, token.start)
    return classifiers().get(match[1]) if match else UNSET


# --- behind 给予

_ENDS_GIVEN = frozenset(
    (
        "cap",
        "limit",
        "once",
        "yearly",
        "counter",
        "base",
        "give",
        "annual",
        "total",
        "award",
        "support",
        "term",
    )
) | {"raise_to"}


def given(text: str, tokens: list[Token], place: int, limit: int) -> Per:
    """Who stands between 给予 and the amount at `limit`: 给予基金管理人最高100万元 → 机构; UNSET where nobody does."""
    give = tokens[place]
    names: list[Token] = []
    for at in range(place + 1, len(tokens)):
        token = tokens[at]
        if token.start >= limit or token.cue in _ENDS_GIVEN:
            break
        if token.cue in NAMES:
            names.append(token)
    if not names:
        return UNSET
    if names[0].cue == names[-1].cue == "thing" and names[0].start != give.end:
        # 给予最高1000平方米空间保障 names nobody; 予以平台资金支持 does
        return UNSET
    return head(text, names)


# --- behind 支持 and 鼓励


def stands_first(phrase: Phrase, place: int) -> bool:
    """Whether a verb opens its phrase: 重点支持企业…; not 给予资金支持."""
    token = phrase.tokens[place]
    return token.start - phrase.start <= 4 and all(
        other.cue in ("none", "among", "base") for other in phrase.tokens[:place]
    )


def backs(phrase: Phrase) -> bool:
    """Whether a phrase begins with 支持 or 鼓励 and somebody behind it."""
    tokens = phrase.tokens
    return tokens[0].cue in BACKING and any(token.cue in NAMES for token in tokens[1:])


def backed(text: str, tokens: list[Token], place: int) -> Per:
    """Who 支持… names first; None where they build something (支持企业建设平台): then the thing is supported."""
    for at in range(place + 1, len(tokens)):
        token = tokens[at]
        if token.cue in ("build", "found"):
            return None
        if token.cue in NAMES:
            name = whole_name(tokens, at)
            if text.startswith("的", name.end) and at + 1 < len(tokens):
                continue
            if any(other.cue in ("build", "found") for other in tokens[at + 1 :]):
                return None
            return name.per or UNSET
    return UNSET


# --- in the base of an award

_BASE_WITHIN = 30
_ENDS_BASE = frozenset(("give", "cap", "support", "thing"))


def measured(tokens: list[Token], place: int, limit: int) -> str | None:
    """Whom the base of an award names, up to the amount at `limit`: 按照项目投资额的20% → 项目; None where nobody."""
    base = tokens[place]
    for at in range(place + 1, len(tokens)):
        token = tokens[at]
        if token.start >= limit or token.cue in _ENDS_BASE or token.start - base.end > _BASE_WITHIN:
            return None
        if token.cue == "recipient":
            return token.per
    return None


# --- the subject of a sentence

_BEFORE_SUBJECT = frozenset(("none", "metric", "goal", "thing"))


def opening_subject(text: str, phrase: Phrase) -> Per:
    """Who acts in a sentence's first phrase: 企业牵头,… → 企业; not 企业的产品…"""
    for at, token in enumerate(phrase.tokens):
        if token.cue == "recipient":
            name = whole_name(phrase.tokens, at)
            if not text.startswith(("的", *OF_MONEY), name.end):
                return name.per
        elif (
            token.cue == "obtain" and at + 1 < len(phrase.tokens) and phrase.tokens[at + 1].start == token.end
        ):
            continue  # 新引进企业租赁…: who has come is the subject
        elif token.cue not in _BEFORE_SUBJECT:
            return UNSET
    return UNSET


_ENDS_NO_SUBJECT = frozenset(("for", "give", "support", "encourage", "counter", "base"))


_TITLE_ENDS = ("的", "称号", "称号的", "荣誉称号", "荣誉称号的", "资格的", "认定的")


def closing_subject(text: str, phrase: Phrase) -> Per:
    """Whom a phrase ends in: 遴选一批早期创新项目,给予… → 项目; 批准设立的法人金融机构,… → 机构; 评为示范企业的,… → 企业."""
    tokens = phrase.tokens
    last = tokens[-1]
    if last.end != phrase.end and text[last.end : phrase.end] not in _TITLE_ENDS:
        return UNSET
    if any(chain.is_award for chain in phrase.chains) or any(
        token.cue in _ENDS_NO_SUBJECT for token in tokens
    ):
        return UNSET
    names = [token for token in tokens if token.cue in NAMES]
    if text[_first_of_list(text, names).start - 1] != "的" and any(token.cue == "build" for token in tokens):
        return UNSET
    return head(text, names)


def _first_of_list(text: str, names: list[Token]) -> Token:
    """The first name of the list that the last one ends: 举办的|论坛、峰会."""
    at = len(names) - 1
    while at and _LIST.fullmatch(text, names[at - 1].end, names[at].start):
        at -= 1
    return names[at]
