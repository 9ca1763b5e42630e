"""Reads which supports collide in a rule: those of one clause, of several, of the same place's other policies, of an upper level's.

Which words make a rule is for rules.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import msgspec

from loaders.divisions import Division, division_candidates, iter_lineage
from loaders.lexicon import read_lexicon

Scope = Literal["within_policy", "same_district", "municipal", "same_level_funds", "annual_single", "clause"]

_LEVEL_NAMES = {"district": "区级", "municipal": "市级", "provincial": "省级"}
# "(含上级部门要求区里配套或负担资金的政策规定)" widens what is meant and names nothing of its own
_ASIDE = re.compile(r"\([^()]*\)")
_MONEY = r"(?:政策|扶持|奖励|补助|资助|补贴|资金|专项|支持|配套|奖补)"
# "(不与市级补贴叠加)": the rule itself stands in brackets
_STATED = re.compile(r"不|叠加|差额|从高|就高|从优")
_SUPPORT = r"(?:政策|措施|扶持|奖励|规定|办法|条款|补助|资助|补贴|资金|专项|支持|配套|奖补)"
# "我区企业同一项目享受多项政策": 我区 says nothing of the policies
_BETWEEN = r"(?:(?!不|企业|单位|项目|主体|机构|同一|认定|注册)[^,;。]){0,14}?"
_OTHER = re.compile(rf"(?:其他|其它|同类|同类型|同类别|类似|相同|相近|现行|另有)[^,;。]{{0,10}}{_SUPPORT}")
_OTHERS = re.compile(r"其他|其它|同类|同类型|相关|有关|多项|现行|各类|各项")
_SEVERAL = re.compile(rf"(?:多|两|几|不同|各)(?:个|项|种|类|条)[^,;。]{{0,8}}{_SUPPORT}")
_FUNDS = re.compile(r"(?:财政(?:性)?(?:专项)?资金|专项资金|财政补助|财政补贴|财政奖励|财政支持|资金(?!支持))")
_POLICIES = re.compile(r"政策|措施|规定|办法|条款")
_YEAR = re.compile(r"年度|年内|当年|每年|同年|一年")
_HERE = re.compile(r"上述|以上|本条|本款|本项|该项|该条|此项")


class Collision(msgspec.Struct, frozen=True):
    """What a sentence says collides: several clauses of the policy, other policies of its own level, its level's funds, an upper level."""

    level: str
    within: bool
    own: bool
    funds: bool
    upper: bool
    other: bool
    several: bool
    year: bool
    here: bool

    @property
    def is_empty(self) -> bool:
        """Whether the words name nothing that collides."""
        return not (self.within or self.own or self.upper or self.other or self.several)

    def scopes(self, rule: str, is_award: bool) -> list[Scope]:
        """The scopes of a rule stated with these words; `is_award` tells whether an award stands in its clause."""
        if rule == "choose_one" and self.year and not (self.own or self.upper):
            return ["annual_single"]
        scopes: list[Scope] = []
        if self.within:
            scopes.append("within_policy")
        if self.own:
            scopes.append(self._own_scope())
        if self.upper and self.level == "district":
            scopes.append("municipal")
        if scopes or self.upper:  # a city's rule on the nation's money has no scope in the list
            return scopes
        if self.other:
            return [self._own_scope()]
        if is_award or self.here:
            return ["clause"]
        return ["within_policy"]

    def _own_scope(self) -> Scope:
        return "same_level_funds" if self.funds or self.level != "district" else "same_district"


def collision_of(context: str, level: Level) -> Collision:
    """What collides by the words of `context`, the part of a sentence up to the cue."""
    context = _without_asides(context)
    own = level.own.search(context)
    within, upper = bool(_within().search(context)), bool(level.upper.search(context))
    if own and (within or upper) and (_is_payer(context, own) or (upper and _is_refused(context, own))):
        own = level.own.search(context, own.end())
    named = own[0] if own else ""
    return Collision(
        level=level.name,
        within=within,
        own=bool(own),
        funds=bool(_FUNDS.search(named)) and not _POLICIES.search(named),
        upper=upper,
        other=bool(_OTHER.search(context))
        or any(word in context for word in read_lexicon("rules")["special"]),
        several=bool(_SEVERAL.search(context)),
        year=bool(_YEAR.search(context)),
        here=bool(_HERE.search(context)),
    )


def _is_payer(context: str, own: re.Match[str]) -> bool:
    """Whether the words name who pays rather than what collides: "已获得市财政扶持的,区级扶持资金按差额补足"."""
    begins = own.start() == 0 or context[own.start() - 1] == ","
    return begins and not _OTHERS.search(own[0])


_REFUSES = re.compile(r"不(?:再|予|得)?(?:重复|同时|另行)?(?:享受|给予|予以|安排|兑现)$")


def _is_refused(context: str, own: re.Match[str]) -> bool:
    """Whether the own level's money is what an upper level's shuts out: "享受市级政策的,不再重复享受区级奖励"."""
    return _REFUSES.search(context, 0, own.start()) is not None and not _OTHERS.search(own[0])


def _without_asides(context: str) -> str:
    """The context without brackets; what stands in an open one alone where the cue is within it."""
    opened = context.rfind("(")
    if opened > context.rfind(")", 0, -1) and _STATED.search(context, opened):
        return context[opened + 1 :]
    return _ASIDE.sub("", context)


@dataclass(frozen=True, slots=True)
class Level:
    """The level that makes a policy, with the patterns of supports of its own level and of upper ones."""

    name: str
    own: re.Pattern[str]
    upper: re.Pattern[str]
    city: re.Pattern[str]

    @staticmethod
    def of(jurisdiction: str | None) -> Level:
        """The level of a jurisdiction's canonical name; a district where the name is unknown."""
        return _level(jurisdiction or "")

    def upper_named(self, context: str) -> str | None:
        """The upper level whose support the words name: "municipal" in "在北京市支持基础上"; None where they name none."""
        found = self.upper.search(_without_asides(context))
        if not found:
            return None
        if self.city.search(found[0]):
            return "municipal"
        return (
            "provincial"
            if "省" in found[0]
            else "national"
            if "国" in found[0] or "中央" in found[0]
            else "municipal"
        )

    def stacked_with(self, context: str) -> str:
        """What may be drawn besides, by the words of a sentence that allows it; the policy's own supports where they name no level."""
        if "券" in context:
            return "vouchers"
        upper = self.upper_named(context)
        if upper:
            return upper
        if _within().search(context):
            return "within_policy"
        if self.own.search(context):
            return "municipal" if self.name == "municipal" else "district"
        return "within_policy"


@lru_cache(maxsize=256)
def _level(jurisdiction: str) -> Level:
    candidates = division_candidates(jurisdiction) if jurisdiction else ()
    lineage = list(iter_lineage(candidates[0])) if candidates else []
    name = lineage[0].level if lineage and lineage[0].level in ("municipal", "provincial") else "district"
    words = read_lexicon("rules")["level_words"]
    # 瑞安市 is of the district level and calls itself 市
    own_key = "municipal" if jurisdiction.endswith("市") else name
    order = ["district", "municipal", "provincial", "national"]
    upper_keys = order[max(order.index(own_key), order.index(name)) + 1 :]
    # 市级以上财政资金, to a city: its own and what stands above
    own_and_above = {f"{_LEVEL_NAMES[own_key]}{more}" for more in ("以上", "及以上")}
    own = {*words[own_key], *words["own"], *own_and_above, jurisdiction, *_names(candidates)}
    above = {f"{word}{more}" for word in ("市级",) for more in ("以上", "及以上")}
    upper = {
        *words["upper"],
        *(above if name == "district" else ()),
        *(word for key in upper_keys for word in words[key]),
        *_names(lineage[1:]),
    }
    city = {*words["municipal"], *_names([one for one in lineage if one.level == "municipal"]), "市"}
    return Level(
        name,
        own=_supports(own, words["run"], own_key, _SUPPORT),
        upper=_supports(upper, words["run"], "|".join(upper_keys), _MONEY),
        city=re.compile("|".join(map(re.escape, sorted(city)))),
    )


def _names(divisions: Iterable[Division]) -> set[str]:
    return {form for one in divisions for form in (one.name, one.full_name, *one.aliases) if form}


def _supports(words: set[str], run: dict[str, str], keys: str, support: str) -> re.Pattern[str]:
    """Supports of these levels: 本区其他政策, 市级财政资金; and of a run of levels in which one of them is: 省、市、区扶持资金."""
    choice = "|".join(re.escape(word) for word in sorted(words - {""}, key=lambda word: (-len(word), word)))
    one = "|".join(run.values())
    wanted = "|".join(run[key] for key in keys.split("|"))
    several = f"(?=[^,;。]{{0,12}}(?:{wanted}))(?:{one})级?(?:[、和及或与]?(?:{one})级?)+"
    # 上级对同一事项已有奖补的
    said_of_one = rf"|上级[^,;。]{{0,4}}同一(?:事项|项目)[^,;。]{{0,6}}{support}" if "上级" in words else ""
    return re.compile(
        rf"(?:{choice}|{several})(?:[一二两三各]级)?(?!及?以上|级?的(?:奖励|补助|支持|资助)){_BETWEEN}{support}(?:(?:或|和|、)?{support})*"
        + said_of_one
    )


@cache
def _within() -> re.Pattern[str]:
    return re.compile("|".join(entry["pattern"] for entry in read_lexicon("rules")["scopes"]))
