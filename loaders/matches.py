"""Reads 配套: where a clause pays because, or in proportion as, the nation, province or city has paid or awarded.

Which fund or clause of an upper level is meant is for resolve.py; titles that an upper level awards are for honors.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from loaders.amounts import ClauseAmounts
from loaders.lexicon import WordFinder, read_lexicon
from loaders.plain import Passage, PlainView, sentence_around
from loaders.record import Benefit, LevelMatch
from loaders.types import Span

Level = Literal["national", "provincial", "municipal"]

_LEVELS: tuple[Level, ...] = ("national", "provincial", "municipal")
_DISTRICT = 3  # a district's rank; the levels' ranks are their places in _LEVELS
# What may stand between the levels of one list: "国家级、省级或市级".
_BETWEEN_LEVELS = re.compile(r"(?:级|[、和或及与/,]|以及|或者)*")
_SEPARATORS = "、和或及与,/"
# "…引导基金等支持" is called …引导基金.
_EDGES = re.compile(
    r"^[、和或及与的,/]+|(?:[、和或及与,/的]|以及|或者|等)+$|(?<=[金励贴助费])等?(?:项目)?(?:支持|资助)$"
)
# 湖州|市级 names a city; of 获得市级, 按市级, 国家、省、市级 no place stands in front.
_IN_A_PLACE = re.compile("[\u4e00-\u9fff]{2}(?<![获得到取按照据享受经由与和或及级])(?<![国家])$")
# In front of a share's base.
_MEASURES = re.compile("(?:按照?|根据|依据|参照)(?:其|所|实际)*$")
_TITLE = re.compile(r"《([^》]+)》")
# A cap in the sentence behind belongs to the match where that sentence only limits: "单个企业每年最高支持300万元".
_LIMITS = re.compile(r"(?:单个|单家|每家|每个|每户|同一|每年|年度|累计|最高|单项)")
_PATTERNS = (
    "paid",
    "chosen",
    "proportion",
    "share_of_money",
    "on_top",
    "demanded",
    "named",
    "cofunding",
    "awards",
    "refusals",
    "whole",
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon, compiled. No sentence about upper money lacks all words of `gates`; `level` has a group for each level, "above" (上级) and "fund" (a fund named without its level)."""

    gates: WordFinder
    level: re.Pattern[str]
    patterns: dict[str, re.Pattern[str]]
    funds: dict[str, Level]


@dataclass(frozen=True, slots=True)
class _Basis:
    """A stretch [start, end) of the text that names upper money, and each level in it with what is matched there."""

    start: int
    end: int
    targets: list[tuple[Level, str]]


class _Own(NamedTuple):
    """The policy's own level: its rank, and whether it is a city of the district level."""

    rank: int
    is_city: bool


@cache
def _words() -> _Words:
    lexicon = read_lexicon("matches")
    groups = _level_groups(lexicon)
    # with its first characters in front the long alternation is tried at few places only
    first = "".join(sorted({word[0] for words in groups.values() for word in words}))
    either = {name: "|".join(words) for name, words in groups.items()}
    parts = {
        "level": f"(?=[{first}])(?:{'|'.join(either.values())})",
        "money": f"(?:{'|'.join(lexicon['money'])})",
    }
    return _Words(
        gates=WordFinder(lexicon["gates"]),
        level=re.compile(
            f"(?=[{first}])(?:{'|'.join(f'(?P<{name}>{words})' for name, words in either.items())})"
        ),
        patterns={
            key: re.compile("|".join(_fill(entry["pattern"], parts) for entry in lexicon[key]))
            for key in _PATTERNS
        },
        funds={fund["name"]: fund["level"] for fund in lexicon["funds"]},
    )


def _level_groups(lexicon: dict[str, Any]) -> dict[str, list[str]]:
    """Patterns for the words of each level, each beginning with the word's first character; a fund's name goes first,
    since it may begin with a level word."""
    groups = {"fund": [fund["name"] for fund in lexicon["funds"]]}
    names = {"provincial": ("provinces", "(?:省|自治区)?级?"), "municipal": ("cities", "市?级?")}
    for level, words in lexicon["levels"].items():
        named, suffix = names.get(level, ("", ""))
        groups[level] = [name + suffix for name in lexicon.get(named, [])]
        for word in words:
            bare = lexicon["bare"].get(word)
            groups[level].append(
                f"{word}(?<![{bare['not_behind']}]{word})(?![{bare['not_before']}])" if bare else word
            )
    groups["above"] = lexicon["above"]
    return groups


def _fill(pattern: str, parts: dict[str, str]) -> str:
    for name, value in parts.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


def extract_matches(
    view: PlainView, amounts: list[ClauseAmounts], level: str | None, *, is_city: bool = False
) -> list[list[LevelMatch]]:
    """Matches passage by passage, in order of the text; spans are the plain view's.

    `amounts` are the passages' amounts: a match's rate is the share or ratio that its sentence states, its cap the sentence's or
    that of a sentence behind it that only limits. `level` is the policy's own: only levels above it match; a policy of unknown
    level counts as a district's. `is_city` tells a city of the district level (昆山市), whose 市级 is its own and no upper one.
    """
    rank = _LEVELS.index(level) if level in _LEVELS else _DISTRICT
    text = view.text
    gates = [start for _, start, _ in _words().gates.find(text)]
    matches: list[list[LevelMatch]] = []
    for passage, own in zip(view.passages, amounts, strict=True):
        found = gates[bisect_left(gates, passage.start) : bisect_left(gates, passage.end)]
        sentences = dict.fromkeys(sentence_around(text, at, passage.start, passage.end) for at in found)
        matches.append(list(_passage_matches(text, passage, sentences, _Own(rank, is_city), own.benefits)))
    return matches


def _passage_matches(
    text: str, passage: Passage, sentences: Iterable[Span], own: _Own, benefits: list[Benefit]
) -> Iterator[LevelMatch]:
    """The matches of those sentences of a passage that may hold some."""
    start, end = passage.start, passage.end
    for first, last in sentences:
        bases = _bases(text, Span(first, last), start, own)
        limit = last
        if bases and _LIMITS.match(text, last + 1, end):
            limit = sentence_around(text, last + 1, first, end).end
        for place, basis in enumerate(bases):
            until = bases[place + 1].start if place + 1 < len(bases) else last
            yield from _basis_matches(text, basis, (until, last, limit), benefits)


def _bases(text: str, span: Span, start: int, own: _Own) -> list[_Basis]:
    """What one sentence names as upper money, in order; nothing where it says that upper money shuts this money out.

    `start` is where the passage begins: 上级 stands for the levels that it listed before.
    """
    sentence = text[span.start : span.end]
    if not _words().level.search(sentence):
        return []
    refusals = _words().patterns["refusals"]
    bases: list[_Basis] = []
    for begin, stops in _stretches(sentence):
        end = _end_of_title(sentence, stops)
        if refusals.search(sentence, end, _second_comma(sentence, end)):
            continue
        targets = _targets(sentence[begin:end], own, text[start : span.start + begin])
        if (
            bases
            and targets
            and _MEASURES.search(sentence, 0, begin)
            and _levels_of(targets) <= _levels_of(bases[-1].targets)
        ):
            continue  # 对获得市级重大专项资助的单位,按照|获得市级资助金额60%: the measure of the match before
        if targets:
            bases.append(_Basis(span.start + begin, span.start + end, targets))
    return bases


def _levels_of(targets: list[tuple[Level, str]]) -> set[Level]:
    return {level for level, _ in targets}


def _stretches(sentence: str) -> list[tuple[int, int]]:
    """Where a sentence names upper money, by the surest pattern that is found in it.

    Paid money matches where an award follows; a project chosen or a rule named only where the sentence also pays in proportion.
    """
    patterns = _words().patterns
    cofunds = "配套" in sentence and patterns["cofunding"].search(sentence) is not None
    proportional = "%" in sentence or "1:" in sentence or "额" in sentence
    shares = proportional and patterns["share_of_money"].search(sentence) is not None
    for key, counts in (
        ("paid", True),
        ("on_top", "基础上" in sentence or "之外" in sentence),
        ("chosen", cofunds or shares),
        ("proportion", proportional),
        ("demanded", "配套" in sentence),
        ("named", cofunds),
    ):
        stretches = [match.span() for match in patterns[key].finditer(sentence)] if counts else []
        if key == "paid":  # "可同时享受市、区两级政策支持" promises upper money, and pays nothing on it
            stretches = [(start, end) for start, end in stretches if patterns["awards"].search(sentence, end)]
        if stretches:
            return stretches
    return []


def _end_of_title(sentence: str, end: int) -> int:
    """`end`, or behind the 》 where it lies inside a title."""
    if sentence.rfind("《", 0, end) > sentence.rfind("》", 0, end):
        return sentence.find("》", end) + 1 or end
    return end


def _second_comma(sentence: str, start: int) -> int:
    comma = sentence.find(",", start)
    comma = sentence.find(",", comma + 1) if comma >= 0 else -1
    return comma if comma >= 0 else len(sentence)


def _targets(stretch: str, own: _Own, before: str) -> list[tuple[Level, str]]:
    """The levels above the own one named in a stretch, each once, with what is matched there: level word and what follows it.

    "国家级、市级平台建设支持" gives national 国家级平台建设支持 and municipal 市级平台建设支持.
    """
    named = list(_words().level.finditer(stretch))
    targets: dict[Level, str] = {}
    for at, match in enumerate(named):
        title = next((t for t in _TITLE.finditer(stretch) if t.start() < match.start() < t.end()), None)
        if title or match.lastgroup == "fund":
            target = title[1] if title else match[0]
        else:
            target = match[0] + _called(stretch, named, at)
        for level in _levels(match, own, before):
            targets.setdefault(level, target)
    return list(targets.items())


def _levels(match: re.Match[str], own: _Own, before: str) -> list[Level]:
    """The levels above the own one that a level word means: one; 上级 means those listed before (国家、省、市创新平台), else the next one."""
    group = match.lastgroup or ""
    if group == "fund":
        levels: list[Level] = [_words().funds[match[0]]]
    elif group == "above":
        levels = _listed(before) or [_LEVELS[max(own.rank - 1, 0)]]
    else:
        levels = [level for level in _LEVELS if level == group]
        if (
            own.is_city
            and match[0].startswith("市")
            and not _IN_A_PLACE.search(match.string, 0, match.start())
        ):
            levels = []
    return [level for level in levels if _LEVELS.index(level) < own.rank]


def _listed(text: str) -> list[Level]:
    """The levels of the last list of two or more in a text."""
    groups: list[list[re.Match[str]]] = []
    for match in _words().level.finditer(text):
        if groups and _BETWEEN_LEVELS.fullmatch(text, groups[-1][-1].end(), match.start()):
            groups[-1].append(match)
        else:
            groups.append([match])
    lists = [group for group in groups if len(group) > 1]
    kinds = {match.lastgroup for match in lists[-1]} if lists else set()
    return [level for level in _LEVELS if level in kinds]


def _called(stretch: str, named: list[re.Match[str]], at: int) -> str:
    """What follows a level word; in a list of levels, what follows the last of them: 国家级、市级|平台建设支持."""
    start, end = named[at].end(), len(stretch)
    for following in named[at + 1 :]:
        between = stretch[start : following.start()]
        if _BETWEEN_LEVELS.fullmatch(between):
            start = following.end()
        elif between[-1] in _SEPARATORS:
            end = following.start()
            break
    return _EDGES.sub("", stretch[start:end])


def _basis_matches(
    text: str, basis: _Basis, reach: tuple[int, int, int], benefits: list[Benefit]
) -> Iterator[LevelMatch]:
    """One match for each level. `reach`: where the next basis of the sentence begins, where the sentence ends, and how far
    a cap may stand.

    Where as many shares (or caps) as levels stand in a row, each level has its own: "分别按照…的20%、10%".
    """
    until, last, limit = reach
    levels = len(basis.targets)
    rates = _between(benefits, ("rate", "ratio"), basis.start, until) or _between(
        benefits, ("rate", "ratio"), until, last
    )
    caps = (
        _between(benefits, ("cap",), basis.end, until)
        or _between(benefits, ("cap",), until, last)
        or _between(benefits, ("cap",), last, limit)
    )
    whole = _words().patterns["whole"].search(text, basis.end, until)
    each_rate, each_cap = len(rates) == levels, len(caps) == levels
    for place, (level, target) in enumerate(basis.targets):
        rate = rates[place if each_rate else 0] if rates else None
        cap = caps[place if each_cap else 0] if caps else None
        ends = [fact.span[1] for fact in (rate, cap) if fact and fact.span[0] < last]
        yield LevelMatch(
            span=(basis.start, max([basis.end, *ends[:1], *([whole.end()] if whole else [])])),
            level=level,
            target=target,
            rate=rate.value if rate else 1.0 if whole else None,
            cap=cap.value if cap else None,
        )


def _between(benefits: list[Benefit], kinds: tuple[str, ...], start: int, end: int) -> list[Benefit]:
    """The benefits of these kinds in [start, end); a quote may begin in front ("最高按照|国拨经费给予1:1")."""
    return [b for b in benefits if b.kind in kinds and start < b.span[1] and b.span[0] < end]
