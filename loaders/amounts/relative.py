"""Reads whom 对… names: the noun that its relative clause ends in, or the subject inside it, up to the word that gives.

对获得国家级奖项的企业,给予 → 企业; 对企业发生的费用给予 → 企业; 对成立协会,且开展验证的组织,给予 → 机构; 对行业大模型 → None.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loaders.amounts.cues import Token
from loaders.amounts.payees import NAMES, OF_MONEY, UNSET, Per, Unset, head, whole_name
from loaders.amounts.phrases import Phrase

ASIDE: Final = Unset()
"""The answer where 对… belongs to no award: 对基础软件进行智能化提升; 对每家企业, which its counter answers for."""

# So many phrases a relative clause may have (对功能清晰、主业突出,且竞争力强,具有成长潜力的企业,给予…), and so many cues one of them.
_REACHES = 8
_READS = 60
_ENDS = frozenset(("give", "base", "cap", "limit"))
_ENDS_LATER = _ENDS | {"once", "yearly"}
# A phrase that begins so is no part of the relative clause.
_PASSING = ("经", "由", "根据", "按", "结合", "并", "择优", "综合")
_GOES_ON = ("且", "并")
_NOUNS = NAMES | {"metric", "transparent"}


def paid_for(text: str, phrases: list[Phrase], at: int, place: int) -> Per:
    """Who or what the 对 at `place` of phrase `at` names: a unit, None for a thing on no list, UNSET where nobody is named."""
    first = phrases[at]
    begin = first.tokens[place].end
    if place + 1 < len(first.tokens):
        follower = first.tokens[place + 1]
        if follower.cue == "counter" and follower.start == begin:
            return ASIDE
    part = _part(first, begin, first.tokens[place + 1 : place + 1 + _READS], _ENDS)
    found = _closing_noun(text, part)
    if isinstance(found, str):
        return found
    if isinstance(found, Unset) and _is_done_to(text, part):
        return ASIDE
    subject = _inner_subject(text, part) if isinstance(found, Unset) else UNSET
    for number in range(at + 1, min(len(phrases), at + _REACHES)):
        phrase = phrases[number]
        if part.end < phrases[number - 1].end or phrase.opens:
            break
        if found is None and not text.startswith(_GOES_ON, phrase.start):
            # a thing was named, and no second half names anybody
            break
        if isinstance(found, Unset) and text.startswith(_PASSING, phrase.start):
            break
        part = _part(phrase, phrase.start, phrase.tokens[:_READS], _ENDS_LATER)
        noun = _closing_noun(text, part)
        if isinstance(noun, str):
            return noun
        if isinstance(found, Unset):
            found = noun
            if isinstance(subject, Unset):
                subject = _inner_subject(text, part)
    return subject if isinstance(found, Unset) else found


class _Part(NamedTuple):
    """One phrase of the relative clause: [begin, end), and the cues in it."""

    begin: int
    end: int
    tokens: list[Token]


def _part(phrase: Phrase, begin: int, tokens: list[Token], ends: frozenset[str]) -> _Part:
    end = phrase.end
    for chain in phrase.chains:
        if chain.is_award and chain.start >= begin:
            end = chain.start
            break
    for at, token in enumerate(tokens):
        if token.start >= end or token.cue in ends:
            return _Part(begin, min(end, token.start), tokens[:at])
    return _Part(begin, end, tokens)


def _is_done_to(text: str, part: _Part) -> bool:
    return text[part.end - 1] != "的" and text.find("进行", part.begin, part.end) >= 0


_PARENTHESIS = re.compile(r"\([^()]*\)")
_GIVING = "(?:分别|均|各|再|另|可|一次性|择优|给予|奖励|补助|补贴|资助|奖补|年度|,)*"
# What may stand between the noun and the amount: …企业分别一次性奖励5万元
_VERBS = re.compile(f"等?们?{_GIVING}")
# 对获评国家级示范企业的, 对获龙头企业称号,…: who bears the title is paid
# or 对租用算力的企业且符合条件的
_TITLED = re.compile(
    f"(?:(?:荣誉)?称号|荣誉|资格|认定)的?{_GIVING}|的{_GIVING}|[且并](?:符合|满足|达到)[^,]{{0,10}}的{_GIVING}"
)
# 对非独立法人机构升级为独立法人公司的: what it was before is the subject
_BECOMES = re.compile("(?:升级|转|变更|改制)为")


def _closing_noun(text: str, part: _Part) -> Per:
    """The unit of the noun that the part ends in, None where it is a thing; UNSET where it ends in no name."""
    for last in reversed(part.tokens):
        if last.cue in _NOUNS:
            break
    else:
        return UNSET
    if last.cue not in NAMES or (
        last.per == "活动" and _TAKING_PART.search(text, part.begin, last.start)
    ):  # 对参加展会的: who takes part is paid
        return UNSET
    rest = text[last.end : part.end]
    if "(" in rest:
        rest = _PARENTHESIS.sub("", rest)
    if not rest or _VERBS.fullmatch(rest):
        return head(text, [token for token in part.tokens if token.cue in NAMES])
    if last.per and _TITLED.fullmatch(rest) and not _BECOMES.search(text, part.begin, last.start):
        return last.per
    return UNSET


_TAKING_PART = re.compile("获得|获批|取得|参加|参与|获")


def _inner_subject(text: str, part: _Part) -> Per:
    """The recipient that the part speaks of without ending in it: 对企业首次取得的认证, 对企业发生的费用."""
    begin, end, tokens = part
    last = text.rfind("的", begin, end - 1)
    if text[end - 1] == "的" or not any(token.start > last and token.cue in NAMES for token in tokens):
        last = -1
    for at, token in enumerate(tokens):
        if token.cue not in NAMES or token.start < last:
            continue
        name = whole_name(tokens, at)
        if (
            text.startswith(OF_MONEY, name.end)
            or text.find("向", max(begin, name.start - 6), name.start) >= 0
        ):
            continue
        if name.per == "活动" and _TAKING_PART.search(text, begin, name.start):
            continue
        made = any(other.cue in ("build", "found") for other in tokens[:at])
        return name.per if name.per and not made else UNSET
    return UNSET
