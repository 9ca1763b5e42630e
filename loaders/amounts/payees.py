"""Reads whom the words of a phrase name: behind 单个, 对, 给予 and 支持, in the base of an award, as the subject of a sentence.

Each function answers for one place in the text; which of several answers holds for an amount is for terms.py.
"""

from __future__ import annotations

import re
from typing import Final

from loaders.amounts.cues import Token
from loaders.amounts.phrases import Phrase


class Unset:
    """Nobody has been named, which is not the same as somebody who is on no list of the guideline (None)."""

    def __bool__(self) -> bool:
        return False


UNSET: Final = Unset()
Per = str | None | Unset

NAMES = frozenset(("recipient", "thing"))
BACKING = frozenset(("support", "encourage"))

# Two names of one list: 机构、园区; 企业或机构.
_LIST = re.compile("[、和或及与]|以及|或者|及其")


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
_OF_MONEY = ("奖励", "资金", "补贴", "支持", "库", "资助")


# --- behind a counter

# Between a counter and its noun: 每家数字出版企业, 单个并购项目.
_COUNTED_WITHIN = 14
_PASSED_BY_COUNTER = frozenset(("metric", "build", "none", "goal"))


def counted(tokens: list[Token], place: int, named: Per) -> Per:
    """The unit that a counter counts: 单个展会 → 活动, 每项产品 → None; a mere 每家 counts those that 对… names, else 企业."""
    counter = tokens[place]
    for at in range(place + 1, len(tokens)):
        token = tokens[at]
        if token.start - counter.end > _COUNTED_WITHIN:
            break
        if token.cue in NAMES:
            return whole_name(tokens, at).per
        if token.cue not in _PASSED_BY_COUNTER or token.start == counter.end:
            break
    return counter.per if isinstance(named, Unset) or counter.per != "企业" else named


_EACH = re.compile(r"每[^,。;:\d]{1,8}?\d+(家|户|个|项|名|人|台|部|场|件|款|次)")
_CLASSIFIERS = {
    "家": "企业",
    "户": "企业",
    "名": "个人",
    "人": "个人",
    "台": "台套",
    "部": "作品",
    "场": "活动",
}


def counted_by_number(text: str, token: Token) -> Per:
    """每培育1家 → 企业, 每举办1场 → 活动, 每引进1个 → None."""
    match = _EACH.match(text, token.start)
    return _CLASSIFIERS.get(match[1]) if match else UNSET


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


def given(text: str, phrase: Phrase, place: int) -> Per:
    """Who stands between 给予 and the amount: 给予基金管理人最高100万元 → 机构; UNSET where nobody does."""
    tokens = phrase.tokens
    give = tokens[place]
    limit = next((chain.start for chain in phrase.chains if chain.start >= give.end), phrase.end)
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
    return bool(tokens) and tokens[0].cue in BACKING and any(token.cue in NAMES for token in tokens[1:])


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
            if any(other.cue == "build" for other in tokens[at + 1 :]):
                return None
            return name.per or UNSET
    return UNSET


# --- in the base of an award

_BASE_WITHIN = 30
_ENDS_BASE = frozenset(("give", "cap", "support", "thing"))


def measured(phrase: Phrase, place: int) -> str | None:
    """Whom the base of an award names: 按照项目投资额的20% → 项目; 根据企业研发投入 → 企业; None where nobody."""
    base = phrase.tokens[place]
    limit = next((chain.start for chain in phrase.chains if chain.start >= base.end), phrase.end)
    for token in phrase.tokens[place + 1 :]:
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
            if not text.startswith(("的", *_OF_MONEY), name.end):
                return name.per
        elif token.cue not in _BEFORE_SUBJECT:
            return UNSET
    return UNSET


_ENDS_NO_SUBJECT = frozenset(("for", "give", "support", "encourage", "counter", "base"))


def closing_subject(text: str, phrase: Phrase) -> Per:
    """Whom a phrase ends in: 遴选一批早期创新项目,给予… → 项目; 批准设立的法人金融机构,… → 机构."""
    tokens = phrase.tokens
    last = tokens[-1] if tokens else None
    if last is None or last.cue != "recipient" or last.end != phrase.end:
        return UNSET
    if any(chain.is_award for chain in phrase.chains) or any(
        token.cue in _ENDS_NO_SUBJECT for token in tokens
    ):
        return UNSET
    if text[last.start - 1] != "的" and any(token.cue == "build" for token in tokens):
        return UNSET
    return head(text, [token for token in tokens if token.cue in NAMES])


# --- behind 对

_ENDS_FOR = frozenset(("give", "base", "cap", "limit"))
_ENDS_FOR_LATER = _ENDS_FOR | {"once", "yearly"}
_PASSING = ("经", "由", "根据", "按", "结合", "并", "择优", "综合")
_GOES_ON = ("且", "并")


def paid_for(text: str, phrases: list[Phrase], at: int, place: int) -> Per:
    """Who or what 对… names, up to the word that gives; None for a thing on no list, UNSET where the phrase is no award's.

    对成长快的企业,给予 → 企业; 对企业发生的费用给予 → 企业; 对成立协会,且开展验证的组织,给予 → 机构; 对行业大模型 → None.
    """
    begin = phrases[at].tokens[place].end
    found: Per = UNSET
    subject: Per = UNSET
    for number in range(at, len(phrases)):
        phrase = phrases[number]
        if number > at:
            if phrase.opens or text.startswith(_PASSING, phrase.start):
                break
            begin = phrase.start
        tokens = [token for token in phrase.tokens if token.start >= begin]
        if number == at and tokens and tokens[0].cue == "counter" and tokens[0].start == begin:
            return UNSET
        end = _end_of_for(phrase, tokens, begin, _ENDS_FOR if number == at else _ENDS_FOR_LATER)
        noun = _closing_noun(text, begin, end, tokens)
        if isinstance(found, Unset) or isinstance(noun, str):
            found = noun
        if isinstance(found, str) or (
            found is None and (end < phrase.end or not _goes_on(text, phrases, number + 1))
        ):
            return found
        if number == at and _is_done_to(text, begin, end):
            return UNSET
        if isinstance(found, Unset) and isinstance(subject, Unset):
            subject = _inner_subject(text, begin, end, tokens)
        if end < phrase.end:
            break
    return subject if isinstance(found, Unset) else found


def is_headless(text: str, phrases: list[Phrase], at: int, place: int) -> bool:
    """Whether 对… belongs to an award at all: not 对基础软件进行智能化提升, not 对每家企业 (a counter follows)."""
    begin = phrases[at].tokens[place].end
    tokens = [token for token in phrases[at].tokens if token.start >= begin]
    if tokens and tokens[0].cue == "counter" and tokens[0].start == begin:
        return False
    return not _is_done_to(text, begin, _end_of_for(phrases[at], tokens, begin, _ENDS_FOR))


def _end_of_for(phrase: Phrase, tokens: list[Token], begin: int, ends: frozenset[str]) -> int:
    stop = next((token.start for token in tokens if token.cue in ends), phrase.end)
    award = next(
        (chain.start for chain in phrase.chains if chain.start >= begin and chain.is_award), phrase.end
    )
    return min(stop, award, phrase.end)


def _goes_on(text: str, phrases: list[Phrase], at: int) -> bool:
    return at < len(phrases) and text.startswith(_GOES_ON, phrases[at].start)


def _is_done_to(text: str, begin: int, end: int) -> bool:
    return "进行" in text[begin:end] and text[end - 1] != "的"


_PARENTHESIS = re.compile(r"\([^()]*\)")
_GIVING = "(?:分别|均|各|再|另|可|一次性|择优|给予|奖励|补助|补贴|资助|奖补|年度|,)*"
# What may stand between the noun and the amount: …企业分别一次性奖励5万元
_VERBS = re.compile(f"等?们?{_GIVING}")
# 对获评国家级示范企业的: who bears the title is paid
_TITLED = re.compile(f"(?:称号|荣誉|资格)?的{_GIVING}")
# 对非独立法人机构升级为独立法人公司的: what it was before is the subject
_BECOMES = re.compile("(?:升级|转|变更|改制)为")


def _closing_noun(text: str, begin: int, end: int, tokens: list[Token]) -> Per:
    """The unit of the noun that text[begin:end] ends in, None where it is a thing; UNSET where it ends in no name."""
    last = None
    for token in tokens:
        if token.end <= end and (token.cue in NAMES or token.cue in ("metric", "transparent")):
            last = token
    if last is None or last.cue not in NAMES:
        return UNSET
    rest = _PARENTHESIS.sub("", text[last.end : end])
    if _VERBS.fullmatch(rest):
        return head(text, [token for token in tokens if token.cue in NAMES and token.end <= end])
    if last.per and _TITLED.fullmatch(rest) and not _BECOMES.search(text, begin, last.start):
        return last.per
    return UNSET


_TAKING_PART = re.compile("获得|获批|取得|参加|参与|获")


def _inner_subject(text: str, begin: int, end: int, tokens: list[Token]) -> Per:
    """The recipient that 对… speaks of without ending in it: 对企业首次取得的认证, 对企业发生的费用."""
    names = [token for token in tokens if token.cue in NAMES and token.end <= end]
    last = text.rfind("的", begin, end - 1)
    if last > 0 and text[end - 1] != "的" and any(token.start > last for token in names):
        names = [token for token in names if token.start > last]
    taking_part = _TAKING_PART.search(text, begin, end)
    for token in names:
        name = whole_name(tokens, tokens.index(token))
        if text.startswith(_OF_MONEY, name.end) or "向" in text[max(begin, name.start - 6) : name.start]:
            continue
        if name.per == "活动" and taking_part and taking_part.start() < name.start:
            continue
        made = any(other.cue in ("build", "found") and other.end <= token.start for other in tokens)
        return name.per if name.per and not made else UNSET
    return UNSET
