"""The words of honors: known names, levels, and how names of honors end. Knows data/lexicons/honors.yaml.

Reading phrases with them is for honor_names.py, finding the phrases for honors.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from loaders.lexicon import WordFinder, read_lexicon

Trigger = Literal["any", "headed", "listed", "named"]
"""How sure a word tells an honor: "any" (获评): whatever stands behind it; "headed" (获得): what ends like one and has a level or a
telling head; "listed" (纳入): what has a telling head; "named" (建设): what is known or has a level."""

_QUOTES = re.compile("[“”\"'‘’「」『』]")
# A place in front of 市 or 省: no verb or connective (获得市级, 以及省级), no other word (城市, 节省).
_PLACE = r"[^\W\d_a-zA-Z获得选入列过取对经为被并由首及或和与的新增各该全本我认定评批创建设级支持鼓励推动引导在向、]{2,3}"
_PLACED = rf"{_PLACE}(?<![城都上超])市(?![场民值])级?|{_PLACE}(?<!节)省级?"
_BARE_LEVEL = r"省(?!会|内|外|长)|市(?![场民值长内外])"
# What may stand between a level and a name: 省级重点|企业研究院.
_BEFORE_NAME = ("重点", "示范", "优秀", "标杆", "先进级", "先进", "特色")
# 省级及以上, 市级(含)以上, 国际类
_MORE = r"(?:及以上|\(含\)以上|以上|类)?"
# 中国互联网企业100强, 中国软件百强企业, 收入前百家企业
_RANKED = r"(?:\d+|[十百])强(?:企业|单位)?|[十百]家(?:重点)?企业"
FIELD_NOUNS = ("领域", "行业", "方面")
_FIELD = rf"[^、]{{0,24}}?(?:{'|'.join(FIELD_NOUNS)})(?:的|内)?"
# DCMM三级认证, CMMI5级, 两化融合管理体系贯标AAA级评定
_GRADED = re.compile(
    r" ?\(?(?:[\dA-Za-z一二三四五]{1,4}级?)?\)?(?:及?以上)?(?:等级)?(?:认证|评定|认可|评估|证书|资质|贯标)*"
)
_BRACKET_BEHIND = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Known:
    """A known honor; `fixed`: which level in front says nothing new ("" where it does); `alone`: it counts without a trigger."""

    name: str
    fixed: Literal["", "national", "any"]
    alone: bool


@dataclass(frozen=True, slots=True)
class HonorWords:
    """The lexicon, compiled. `level` is one level word; `level_list_before` ends with a list of them, group 1."""

    known: dict[str, Known]
    finder: WordFinder
    level: re.Pattern[str]
    level_alone: re.Pattern[str]
    level_of_field: re.Pattern[str]
    level_list_before: re.Pattern[str]
    level_list_ends: frozenset[str]
    awarded_by: re.Pattern[str]
    bodies: frozenset[str]
    head: re.Pattern[str]
    shared_head: re.Pattern[str]
    telling_head: re.Pattern[str]
    general: frozenset[str]
    refused: re.Pattern[str]
    refused_end: re.Pattern[str]
    tail: re.Pattern[str]


@cache
def honor_words() -> HonorWords:
    """The lexicon of honors, compiled once."""
    lexicon = read_lexicon("honors")
    known = _known_names(lexicon)
    level = "|".join(
        (
            "|".join(lexicon["grades"]),
            either(
                lexicon["bodies"]
                + lexicon["areas"]
                + [word for word in lexicon["levels"] if word[-1] == "级"]
            ),
            _PLACED,
            either([word for word in lexicon["levels"] if word[-1] != "级"]),
            _BARE_LEVEL,
        )
    )
    levels = rf"(?:(?:{level}){_MORE}(?:[、和或及与/]|以及|或者)?)+"
    return HonorWords(
        known=known,
        finder=WordFinder(list(known)),
        level=re.compile(level),
        level_alone=re.compile(rf"(?:{level}){_MORE}"),
        level_of_field=re.compile(rf"{_FIELD}(?={level})"),
        # 省级|企业研究院, 省级重点|企业研究院
        level_list_before=re.compile(rf"({levels})(?:{'|'.join(_BEFORE_NAME)})?[“\"]?$"),
        level_list_ends=frozenset(
            {word[-1] for key in ("levels", "bodies", "areas") for word in lexicon[key]}
            | set("级类省市上)、和或及与/者")
            | {word[-1] for word in _BEFORE_NAME}
            | set('进“"')
        ),
        # 获得国家级、市级认定的工业设计中心, 列入市级及以上的绿色设计产品名单
        awarded_by=re.compile(rf"(?P<levels>{levels})(?:部门)?(?:认定|评定|批准|授牌|备案)?(?:的|为)"),
        bodies=frozenset(lexicon["bodies"]),
        head=re.compile(rf"(?:{either(lexicon['heads'])}|{_RANKED})$"),
        shared_head=_ending(lexicon["shared_heads"]),
        telling_head=re.compile(rf"(?:{either(lexicon['telling_heads'])}|{_RANKED})$"),
        general=frozenset(lexicon["general"]),
        refused=re.compile(either(lexicon["refused"])),
        refused_end=_ending(lexicon["refused_ends"]),
        tail=_ending(lexicon["tails"]),
    )


def _known_names(lexicon: dict[str, Any]) -> dict[str, Known]:
    known: dict[str, Known] = {}
    for honor in lexicon["honors"]:
        entry = Known(honor["name"], honor.get("fixed", ""), honor.get("alone", False))
        known.update(dict.fromkeys((bare(name) for name in honor_names(honor)), entry))
    return known


def honor_names(honor: dict[str, Any]) -> list[str]:
    """Name and aliases of an entry of the lexicon."""
    return [honor["name"], *honor.get("aliases", [])]


def either(strings: list[str]) -> str:
    """A pattern for any of the strings, the longest first."""
    return "|".join(sorted((re.escape(string) for string in strings), key=len, reverse=True))


def _ending(strings: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{either(strings)})$")


def bare(name: str) -> str:
    """A name without quotation marks: 专精特新“小巨人”企业 and 专精特新小巨人企业 are one."""
    return _QUOTES.sub("", name)


def known_honor(title: str) -> Known | None:
    """The known honor that a title without quotation marks is: by name, by a name that stands alone behind something
    (海关AEO高级认证), or by one in front of its grade (DCMM三级认证) or of 企业 (绿色工厂企业)."""
    words = honor_words()
    known = words.known.get(title) or words.known.get(title.removesuffix("企业"))
    if known:
        return known
    for word, start, end in words.finder.find(title):
        known = words.known[words.finder.words[word]]
        graded = start == 0 and end < len(title) and _GRADED.fullmatch(title, end)
        if graded or (known.alone and end == len(title)):
            return known
    return None


def ends_as_honor(title: str) -> bool:
    """Whether a title is known, or ends with a noun that ends the names of honors; a bracket behind it does not count."""
    if bare(title) in honor_words().known:
        return True
    if title.endswith(")"):
        title = _BRACKET_BEHIND.sub("", title.rstrip(")") if title.count(")") > title.count("(") else title)
    title = bare(title)
    return title in honor_words().known or honor_words().head.search(title) is not None
