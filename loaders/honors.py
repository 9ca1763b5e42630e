"""Finds titles, qualifications, certifications and lists that a clause rewards or requires, by their canonical names.

How names are read out of a list with levels is for honor_names.py; upper money is for matches.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.honor_names import Named, begins_with_level, read_names
from loaders.honor_words import Trigger, bare, ends_as_honor, honor_names, honor_words, known_honor
from loaders.lexicon import WordFinder, read_lexicon
from loaders.plain import Passage, PlainView, sentence_around
from loaders.record import Mention
from loaders.sections import general_passages
from loaders.types import Span

# Where the phrase behind a trigger ends: at an award, an adverb, or the noun that it describes.
_PHRASE_END = re.compile(
    r",(?!以及|或者?|并获)|[。;:\n]|给予|予以|(?:奖励|补助|补贴|资助)(?=\d|最高|一次)|分别|享受|一次性|最高|每[个家项]|按照?|且|并(?!购)|后,|时,|[可将](?:给予|享受|获得|对)|的(?=[,(]|$)"
)
_NOUN = (
    r"(?:企业|单位|机构|项目|产品|主体|平台|园区|团队|个人|作品|主持人|人才|创新主体|运营方|大模型|公司|载体)"
)
_GOES_ON = re.compile(rf"的{_NOUN}?(?:,?以及|[和或及、]|,?或者)(?!其)")
_CONTEST = re.compile(r"(?:大赛|比赛|竞赛|联赛|赛事)[^。;]{0,12}$")
_GRADES_BEHIND = re.compile(r"的(\([^()]{0,20}级\))")
# 经金融监管部门认定的科技金融领军机构
_BODY_BEFORE = re.compile(r"(?:部门|部|局|委|厅|协会|组织|机构)$")
_NEAR_TITLE = 31
# What is put on a list that stands in 《》, and who keeps it: 国家药监局公布的《已使用化妆品原料目录》
_CATALOGUE = re.compile(
    r"[^,。;:《》\n]{0,30}《(?:(?P<name>[^《》\n]{3,40}(?:目录|名录|名单|榜单|榜|库))(?:\([^()]*\))?》"
    # 通过《企业知识产权合规管理体系要求》(GB/T 29490)认证
    r"|(?P<standard>[^《》\n]{3,40})》(?:\([^()]*\))?(?P<proof>认证|贯标|评定|评估))"
)
# Triggers in front of which the level may stand: 市级认定的.
_AWARDING = ("认定", "评定", "批准", "授牌", "备案")
_SHORTEST = 2
_SEPARATORS = re.compile("[、和或及与]")
_LONGEST_DESCRIPTION = 4
# How far behind its trigger a known name may begin.
_NEAR = 16
# Behind a word that only may tell an honor (获得, 通过) something must be awarded, in its sentence or so soon behind it
# (扶持范围:…。扶持标准:按…给予).
_AWARD_WITHIN = 40
_MAKES = re.compile("建设|新建|组建|创建")
# How far behind a hope (积极申报…) an award may stand; the bundled policies' longest clause has 681 characters.
_LATER_WITHIN = 2000
_NEGATED = re.compile(r"(?:未|不|非|拟|没有|尚未|不得)$")
_AWARDS = re.compile(r"给予|予以|奖励|补贴|补助|资助|支持|奖补|优先|享受|允许")
_AWARDED_LATER = re.compile(
    r"(?:认定|获批|入选|获评|评定|通过|备案)[^。;]{0,40}?(?:给予|奖励|享受|补助|支持|资助)"
)
_FIGURE = re.compile(r"\d")
# 市级育新基地累计最高500万元,区级累计最高300万元
_LEVEL_FOLLOWS = re.compile(
    r"[,、;](?:对)?((?:国家|省|市|区)级)的?(?=分别|给予|累计|奖励|补助|补贴|每|一次性|(?<!区级)最高|\d)"
)


@dataclass(frozen=True, slots=True)
class _Anchors:
    """Words at which honors are looked for: triggers with their kind, and known names (kind None)."""

    finder: WordFinder
    kinds: list[Trigger | None]
    hoped: frozenset[int]


@cache
def _anchors() -> _Anchors:
    lexicon = read_lexicon("honors")
    kinds: dict[str, Trigger | None] = {}
    for honor in lexicon["honors"]:
        kinds.update(dict.fromkeys(honor_names(honor), None))
    triggers: tuple[Trigger, ...] = ("any", "headed", "listed", "named")
    for kind in triggers:
        kinds.update(dict.fromkeys(lexicon["triggers"][kind], kind))
    strings = list(kinds)
    hoped = frozenset(strings.index(word) for word in lexicon["hoped"])
    return _Anchors(WordFinder(strings), list(kinds.values()), hoped)


def extract_honors(view: PlainView) -> list[list[Mention]]:
    """Mentions of kind "honor", passage by passage; one mention a name, in order of the text.

    A name counts behind a word of award or requirement (获评, 认定为, 通过…认证), or, where it is known, in a sentence that awards
    something. Goals, general provisions and procedures have none.
    """
    found = _anchors().finder.find(view.text)
    starts = [start for _, start, _ in found]
    honors: list[list[Mention]] = []
    for passage, general in zip(view.passages, general_passages(view), strict=True):
        own = found[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        named: dict[str, Span] = {}
        if not general:
            found_here = list(_passage_honors(view.text, passage, own))
            # 【培育专精特新企业】对首次认定为国家级“小巨人”的…: the text behind says which titles the heading means
            behind = [honor for honor in found_here if honor.span.start >= passage.heading_end]
            for honor in behind or found_here:
                named.setdefault(honor.name, honor.span)
            for honor in list(_quoted(view.text, passage, named)):
                named.setdefault(honor.name, honor.span)
        honors.append(
            [
                Mention(span=span, kind="honor", name=name)
                for name, span in named.items()
                if not _has_level_elsewhere(name, named)
            ]
        )
    return honors


def _has_level_elsewhere(name: str, named: dict[str, Span]) -> bool:
    """Whether the same title is named with its level too: 育新基地 … 其中,市级育新基地. A title of the nation alone has its level."""
    known = honor_words().known.get(bare(name))
    return (known is None or known.fixed != "national") and any(
        other.endswith(name) and honor_words().level.fullmatch(other[: -len(name)]) is not None
        for other in named
        if other != name
    )


def _passage_honors(text: str, passage: Passage, anchors: list[tuple[int, int, int]]) -> Iterator[Named]:
    kinds, hoped = _anchors().kinds, _anchors().hoped
    done = passage.start
    for place, (word, start, end) in enumerate(anchors):
        kind = kinds[word]
        if start < done or (
            kind == "named" and not _may_name(text, Span(start, end), anchors[place + 1 : place + 2])
        ):
            continue
        sentence = sentence_around(text, start, passage.start, passage.end)
        if (
            kind == "named"
            and start == sentence.start
            and _MAKES.match(text, start)
            and not _AWARDS.search(text, end, sentence.end)
        ):
            continue  # 建设省级算力调度平台。: what the policy's own makers build
        if kind is None:
            names = _alone(text, Span(start, _list_end(text, anchors, place)), end, sentence)
        elif word in hoped and not _AWARDED_LATER.search(text, end, min(passage.end, end + _LATER_WITHIN)):
            continue
        elif _is_refused(text, start, sentence):
            comma = text.find(",", end, sentence.end)
            done = comma if comma >= 0 else sentence.end
            continue
        else:
            is_paid = kind in ("any", "named") or _AWARDS.search(
                text, end, min(passage.end, sentence.end + _AWARD_WITHIN)
            )
            names, stop = _behind(text, Span(start, end), sentence, kind) if is_paid else ([], end)
            done = stop if honor_words().refused_end.search(text, end, stop) else done
        yield from names
        if names:
            done = max(name.span.end for name in names)
            yield from _following_levels(text, names[-1].name, done, sentence.end)


# 市级、省级“亩均英雄”企业: a level and a name in quotation marks need no trigger where the sentence awards.
_LEVEL_QUOTED = re.compile(
    r"(?:国家级|省级|市级|县级|区级)(?:[、和及或](?:国家级|省级|市级|县级|区级))*“[^“”\n]{2,12}”(?:企业|项目|平台|工厂|园区|基地)(?=[、,]?(?:分别|一次性)?(?:给予|奖励|补助))"
)


def _quoted(text: str, passage: Passage, named: dict[str, Span]) -> Iterator[Named]:
    """Names in quotation marks behind their levels, which no trigger led to."""
    if "“" not in text[passage.start : passage.end]:
        return
    for match in _LEVEL_QUOTED.finditer(text, passage.start, passage.end):
        start, end = match.span()
        if not any(first < end and start < last for first, last in named.values()):
            for one in read_names(match[0], "any"):
                yield Named(one.name, Span(start, end))


def _may_name(text: str, trigger: Span, following: list[tuple[int, int, int]]) -> bool:
    """Whether a level or a known name stands behind a trigger that needs one; 建设 is frequent, and most often needs no look."""
    if begins_with_level(text, trigger.end) or text.startswith(_AWARDING, trigger.start):
        return True
    if text.startswith(("“", "的“"), trigger.end):  # 新认定的“定制药园”
        return True
    return (
        bool(following)
        and _anchors().kinds[following[0][0]] is None
        and following[0][1] < trigger.end + _NEAR
    )


def _is_refused(text: str, trigger: int, sentence: Span) -> bool:
    """Whether a trigger is negated (未获得) or tells of a contest (在…大赛中获得一等奖)."""
    return bool(
        _NEGATED.search(text, max(sentence.start, trigger - 3), trigger)
        or _CONTEST.search(text, max(sentence.start, trigger - 20), trigger)
    )


def _following_levels(text: str, name: str, start: int, end: int) -> Iterator[Named]:
    level = honor_words().level.match(name)
    if level:
        for following in _LEVEL_FOLLOWS.finditer(text, start, min(end, start + 60)):
            if not _FIGURE.search(text, start, following.start()):
                return  # 软件百强的企业,省级给予100万元: who pays, before anything was given
            yield Named(following[1] + name[level.end() :], Span(*following.span(1)))


def _behind(text: str, trigger: Span, sentence: Span, kind: Trigger) -> tuple[list[Named], int]:
    """The honors behind a trigger, and where its phrase ends."""
    start, end = trigger.end, sentence.end
    start += text.startswith("的", start)
    levels: tuple[str, ...] = ()
    if text.startswith(_AWARDING, trigger.start):
        before = honor_words().level_list_before.search(
            text, max(trigger.start - 16, sentence.start), trigger.start
        )
        levels = tuple(honor_words().level.findall(before[1])) if before else ()
        if _BODY_BEFORE.search(text, max(trigger.start - 4, sentence.start), trigger.start):
            kind = "any"
    if kind == "named" and text.startswith("“", start) and "认定" in text[trigger.start : trigger.end]:
        kind = "any"
    awarded_by = honor_words().awarded_by.match(text, start, end)
    if awarded_by:
        levels = _with_grades(honor_words().level_alone.findall(awarded_by["levels"]))
        start = awarded_by.end()
    names: list[Named] = []
    catalogue = (
        _CATALOGUE.match(text, start, end)
        if text.find("《", start, min(end, start + _NEAR_TITLE)) >= 0
        else None
    )
    if catalogue:  # 纳入国家药监局公布的《…目录》的企业
        group = "name" if catalogue["name"] else "standard"
        known = known_honor(bare(catalogue[group]))
        name = known.name if known else catalogue[group] + (catalogue["proof"] or "")
        return [Named(name, Span(*catalogue.span(group)))], catalogue.end()
    while True:
        stop, bracket = _phrase_end(text, start, end)
        if kind == "headed" and honor_words().refused_end.search(text, start, stop):
            return [], stop  # 获得市级首台(套)、首批次支持: upper money, which is for matches.py
        found = read_names(text[start:stop] + bracket, kind, levels) if stop - start >= _SHORTEST else []
        names += [
            Named(named.name, Span(start + named.span.start, min(start + named.span.end, stop)))
            for named in found
        ]
        goes_on = _GOES_ON.match(text, stop, end) if names else None
        if not goes_on:
            return ([] if _matched_only(text, names, stop, end) else names), stop
        start = goes_on.end()


def _with_grades(levels: list[str]) -> tuple[str, ...]:
    """国家5A、4A、3A级的 says three grades of the nation's: 5A级, 4A级, 3A级."""
    if not any(_A_GRADE.match(level) for level in levels):
        return tuple(levels)
    return tuple(f"{level.removesuffix('级')}级" for level in levels if _A_GRADE.match(level))


_A_GRADE = re.compile("[1-5]?A+(?:级|$)")


def _matched_only(text: str, names: list[Named], start: int, end: int) -> bool:
    """Whether the sentence matches upper money for a project (获得市级新智造100项目的给予配套) rather than rewards a title."""
    return "配套" in text[start:end] and all(name.name.endswith(("项目", "计划", "专项")) for name in names)


def _phrase_end(text: str, start: int, end: int) -> tuple[int, str]:
    """Where the phrase that begins at `start` ends, and a bracket with grades behind it: 国家级智能工厂的|(卓越级和领航级)."""
    limit = min(end, start + 160)
    found = _PHRASE_END.search(text, start, limit)
    stop = found.start() if found else limit
    at = text.find("的", start, stop)
    while at >= 0 and _describes(text[start:at]):
        at = text.find("的", at + 1, stop)
    stop = at if at >= 0 else stop
    grades = _GRADES_BEHIND.match(text, stop, end)
    return stop, grades[1] if grades else ""


def _describes(text: str) -> bool:
    """Whether what stands in front of a 的 only describes the name behind it: 数据的首登记, …或欧盟的CE认证."""
    word = _SEPARATORS.split(text)[-1]
    return (
        0 < len(word) <= _LONGEST_DESCRIPTION
        and not ends_as_honor(word)
        and not honor_words().level.search(word)
        and not honor_words().refused_end.search(word)
    )


def _list_end(text: str, anchors: list[tuple[int, int, int]], place: int) -> int:
    """Where the list of known names ends that begins with the anchor at `place`: 国家级重点实验室、工程研究中心、企业技术中心."""
    end = anchors[place][2]
    while place + 1 < len(anchors) and text[end] in "、和及或与":
        word, start, stop = anchors[place + 1]
        if start != end + 1 or _anchors().kinds[word] is not None:
            break
        place, end = place + 1, stop
    return end


def _alone(text: str, name: Span, first_end: int, sentence: Span) -> list[Named]:
    """A known name without a trigger, or a list of such, whose first ends at `first_end`: it counts where its sentence awards
    something behind it, and the name is one that stands alone or has its level in front."""
    words = honor_words()
    known = words.known[bare(text[name.start : first_end])]
    before = (
        words.level_list_before.search(text, max(name.start - 16, sentence.start), name.start)
        if text[name.start - 1 : name.start] in words.level_list_ends
        else None
    )
    if not (known.alone or before) or not _AWARDS.search(text, name.end, sentence.end):
        return []
    start = before.start(1) if before else name.start
    return [Named(named.name, Span(start, name.end)) for named in read_names(text[start : name.end], "named")]
