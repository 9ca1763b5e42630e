"""Reads the names in a phrase such as 国家和市级重点实验室、工程研究中心等: one name for each level and each title.

Where such phrases stand in a text, and whether they count, is for honors.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.divisions import division_candidates
from loaders.honor_words import FIELD_NOUNS, Trigger, bare, ends_as_honor, honor_words, known_honor
from loaders.types import Span

_LONGEST = 28
_ANYWHERE = "国内外"
# 人工智能领域市级: so near stands the noun of a field in front of its level.
_FIELD_WITHIN = 28
_FIELD_NOUN = re.compile("|".join(FIELD_NOUNS))
_SHORTEST = 3
# “定制药园”: a name in quotation marks needs no noun that ends names.
_QUOTED = re.compile("“[^“”]{3,14}”$")
# 欧盟、美国、日本药品注册批件: a mere place takes no noun from the list.
_SHARES = 4
_CHINESE = re.compile("[\u4e00-\u9fff]+")
# 获评省级夜间经济样板城市、特色步行街: behind a sure trigger and a level any noun is a title, if it is no longer.
_LONGEST_UNENDED = 14
# 国家、市级科学技术进步奖: a bare level gets its 级 where it stands in a list or before a known name.
_FULL_LEVEL = {"国家": "国家级", "省": "省级", "市": "市级", "本省": "省级", "本市": "市级"}
_SEPARATOR = re.compile(r"、|/|”“|,?以及|或者|[和或与](?!其)|及(?!其|以上)")
# 30强|国家文化和科技融合示范基地: a scraper lost the quotation marks between them.
_RUN_ON = re.compile(r"(?<=[强地台区厂奖心室])(?=国家|省级|市级|区级)")
# What may stand in front of a name and is none of it.
_LEADING = re.compile(
    r"(?:入选|列入|获评|获得|取得|通过|设立|建设|成立|首次|新增|新(?=认定|获|入选|评|引进|国家|省|市)|当年|年度|其他|其它|相关|有关|上述|一批|一个|若干|优秀的|各类"
    r"|等|了|的|为|成为|或者|或|和|及|与|“|《)+"
)
# 保税研发、保税检测等领域相关|国际资质认证: the list names fields, not honors.
_FIELDS = re.compile(r"[^、]{0,10}?(?:领域|行业|方面|方向)(?:的)?(?:相关)?")
# 数据的|首登记, 欧盟的|CE认证
_DESCRIBED = re.compile(r"[^的]{1,4}的(?=.{2})")
# (重点)实验室, 工程(技术)研究中心
_OPTIONAL = re.compile(r"\((重点|技术)\)")
# GLP(药物非临床研究质量管理规范)认证
_SPELLED_OUT = re.compile(r"(?<=[A-Za-z])\([^()A-Za-z]{4,}\)(?=.)")
_EXPLAINED = re.compile(r"\(即[^)]*\)")
_BRACKET = re.compile(r"\(([^()]*)\)$")
# 国际大奖(金摇杆奖、游戏开发者优选奖): what is meant stands in the bracket.
_NAMED_IN_BRACKETS = re.compile(r"[^、,(]{0,12}(?:奖|奖项|荣誉|称号|证书)\(([^()]*(?:、[^()]*|[奖榜]))\)")
# The grades of 智能工厂(卓越级和领航级).
_GRADES = re.compile(r"[一-龥A-Za-z0-9]{1,4}级(?:[、和或及与][一-龥A-Za-z0-9]{1,4}级)*")
# CMMI 3级、4级、5级认证: the grades of one name; 建筑业特级、一级资质: two of one.
_GRADE = re.compile(
    r"(?P<grade>(?:[\d特一二三四五甲乙丙]|A{1,5}|[A-E])\+?级?)(?:及?以上)?(?P<head>认证|评定|认定|资质|证书)?"
)
_GRADE_BEHIND = re.compile(r"[\d特一二三四五甲乙丙]级$")
# 中国专利金奖、银奖: the prizes of one name.
_RANKS_OF_PRIZE = re.compile(r"(?<=奖)[特一二三]等?(?:[、和及][特一二三]等?)*[、和及][一二三]等奖")
_PRIZE = re.compile(r"(?:特等|一等|二等|三等|金|银|铜|优秀|提名|优胜)奖$")


@dataclass(frozen=True, slots=True)
class Named:
    """One honor named: canonical name, and where it stands."""

    name: str
    span: Span


@dataclass(slots=True)
class _Title:
    """One title of a list, with the levels that hold for it: its own, or those of the title before it."""

    levels: list[str]
    core: str
    span: Span
    has_own_level: bool
    is_quoted: bool = False


def read_names(phrase: str, trigger: Trigger, levels: tuple[str, ...] = ()) -> list[Named]:
    """The honors that a phrase names, in order; each level of each title is one. Spans count characters of the phrase.

    `trigger` says how sure the word in front tells an honor; `levels` are levels said in front of the phrase.
    """
    found: list[Named] = []
    # 四川省科学技术奖一、二、三等奖 is one name
    phrase = _RANKS_OF_PRIZE.sub(lambda match: " " * len(match[0]), phrase)
    for match in _NAMED_IN_BRACKETS.finditer(phrase) if "(" in phrase else ():
        for named in read_names(match[1], "any"):
            span = Span(named.span.start + match.start(1), named.span.end + match.start(1))
            found.append(Named(named.name, span))
        phrase = phrase[: match.start()] + " " * len(match[0]) + phrase[match.end() :]
    listed, group = _listed_and_group(phrase)
    titles = _titles(listed, levels)
    shared = _shared_head(titles, group)
    for title in titles:
        takes = len(title.core) >= _SHARES or not _CHINESE.fullmatch(title.core)
        if shared and takes and not ends_as_honor(title.core):
            title.core += shared
        for core in _variants(title.core):
            proper = bare("".join(title.levels) + core)  # 国家文化出口重点企业 is known with its level
            is_proper = proper in honor_words().known
            whole = _Title([], proper, title.span, True) if is_proper else title
            if _counts(core if not is_proper else proper, whole, trigger):
                found += [
                    Named(name, title.span)
                    for name in _full_names(proper if is_proper else core, whole.levels)
                ]
    return found


def begins_with_level(text: str, start: int) -> bool:
    """Whether a level stands at `start`, behind words that are no part of a name: 一批国家级, 人工智能领域市级."""
    return honor_words().level_alone.match(text, _name_start(text, start)) is not None


def _name_start(text: str, start: int) -> int:
    leading = _LEADING.match(text, start)
    at = leading.end() if leading else start
    described = _DESCRIBED.match(text, at)
    if described and honor_words().level_alone.match(text, described.end()):
        return described.end()
    if not _FIELD_NOUN.search(text, at, at + _FIELD_WITHIN):
        return at
    field = honor_words().level_of_field.match(text, at)
    return field.end() if field else at


def _listed_and_group(phrase: str) -> tuple[str, str]:
    """Splits A、B等C into what is listed and what sums it up; where only fields are listed, C is what is meant."""
    at = phrase.find("等")
    while at >= 0 and phrase[at : at + 2] in ("等级", "等保", "等奖"):
        at = phrase.find("等", at + 1)
    if at < 0:
        return phrase, ""
    listed, group = phrase[:at], phrase[at + 1 :]
    fields = _FIELDS.match(group)
    # "NG、CE等先进制造领域国际认证" lists certifications
    if (
        fields
        and fields.end() < len(group)
        and not ends_as_honor(listed.rsplit("、", 1)[-1])
        and not listed.isascii()
    ):
        if re.fullmatch(r"[\x00-\x7f、]+", listed):
            return listed, group
        return " " * (at + 1 + fields.end()) + group[fields.end() :], ""
    return listed, group


def _shared_head(titles: list[_Title], group: str) -> str:
    """The noun that the titles of a list share: 生成式人工智能服务、深度合成服务算法|备案."""
    for text in (group, titles[-1].core if titles else ""):
        head = honor_words().shared_head.search(text)
        if head:
            return head[0]
    return ""


def _titles(phrase: str, levels: tuple[str, ...]) -> list[_Title]:
    titles: list[_Title] = []
    current, pending = list(levels), list[str]()
    for start, piece in _pieces(phrase):
        at = _name_start(piece, 0)
        level = honor_words().level_alone.match(piece, at)
        graded = honor_words().level_alone.match(piece, level.end()) if level else None
        if level:  # 国家|5A级 is one
            pending.append(level[0] + (graded[0] if graded else ""))
            at = (graded or level).end()
        core = _clean(piece[at:])
        grade = _GRADE.fullmatch(core) if titles and not level else None
        if grade:
            core = _other_grade(titles[-1], grade)
        if not core:
            continue
        has_own_level = bool(pending)
        if has_own_level:
            current, pending = pending, []
        prize = _PRIZE.search(titles[-1].core) if titles else None
        if prize and _PRIZE.fullmatch(core):
            core = titles[-1].core[: prize.start()] + core
        inherited = [] if not has_own_level and _has_own_place(core) else current
        is_quoted = _QUOTED.search(piece) is not None
        titles.append(_Title(inherited, core, Span(start, start + len(piece)), has_own_level, is_quoted))
    return titles


def _other_grade(title: _Title, grade: re.Match[str]) -> str:
    """What a further grade of the title before it names: nothing new where that is known by its name alone (CMMI 3级、4级认证)."""
    behind = _GRADE_BEHIND.search(title.core)
    if known_honor(bare(title.core)) or not behind:
        return ""
    other = title.core[: behind.start()] + grade[0]
    title.core += grade["head"] or ""
    return other


def _has_own_place(core: str) -> bool:
    """Whether a title begins with the name of a place, so that the level of the one before is not its own: “成都人才计划”."""
    return any(division_candidates(bare(core)[:length]) for length in (2, 3))


def _pieces(phrase: str) -> Iterator[tuple[int, str]]:
    """A phrase cut at 、 and, behind a whole name, at 和 或 及 与 (not in 文化和科技融合); and where a level runs on behind a name."""
    phrase = phrase.replace("(或", "、的") if "(或" in phrase else phrase
    cuts = [0]
    for match in _SEPARATOR.finditer(phrase):
        inside = phrase.count("(", 0, match.start()) > phrase.count(")", 0, match.start())
        if not inside and (match[0] not in "和或及与" or _is_whole(phrase[cuts[-1] : match.start()].strip())):
            cuts += match.span()
    cuts.append(len(phrase))
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        inner = start
        for match in _RUN_ON.finditer(phrase, start, end):
            yield inner, phrase[inner : match.start()]
            inner = match.start()
        yield inner, phrase[inner:end]


def _is_whole(text: str) -> bool:
    at = _name_start(text, 0)
    level = honor_words().level_alone.match(text, at)
    return (level is not None and level.end() == len(text)) or ends_as_honor(text[at:])


def _clean(core: str) -> str:
    """A title without explanations, unpaired brackets and quotation marks, and the words behind it that it does not need (荣誉称号)."""
    core = core.strip()
    if "(" in core or ")" in core:
        core = _SPELLED_OUT.sub("", core)
        core = _OPTIONAL.sub(r"\1", _EXPLAINED.sub("", core))
        if core.count(")") > core.count("("):
            core = core.rstrip(")")
    core = core.rstrip("的》")
    if "》" in core and "《" not in core:  # 《财富》“世界500强”
        core = f"《{core}"
    described = _DESCRIBED.match(core)
    core = core[described.end() :] if described else core
    if core.count("“") != core.count("”"):
        core = bare(core)
    tail = honor_words().tail
    shorter = tail.sub("", core)
    # twice the longest name is none, however often 认定 is taken off its end
    while (
        shorter != core
        and len(core) <= 2 * _LONGEST
        and bare(core) not in honor_words().known
        and ends_as_honor(shorter)
    ):
        core = shorter
        shorter = tail.sub("", core)
    return core


def _variants(core: str) -> list[str]:
    """A title with a bracket: 智能工厂(卓越级和领航级) is two, 重点企业(项目) is 重点企业 and 重点项目; other remarks are dropped."""
    bracket = _BRACKET.search(core) if core.endswith(")") else None
    if not bracket or bare(core) in honor_words().known:
        return [core]
    base, inner = core[: bracket.start()], bracket[1]
    if _GRADES.fullmatch(inner):
        return [f"{base}({grade})" for grade in re.split("[、和或及与]", inner)]
    if inner.isascii():
        return [inner if inner in honor_words().known else core]
    head = honor_words().head.search(base)
    if head and honor_words().head.fullmatch(inner):
        return [base, base[: head.start()] + inner]
    return [base]


def _counts(core: str, title: _Title, trigger: Trigger) -> bool:
    words = honor_words()
    # 国内外知名研发机构 are firms from anywhere, no title of a level
    has_level = any(level != _ANYWHERE for level in title.levels)
    core = bare(core)
    known = known_honor(core)
    if known:
        return trigger != "named" or has_level or known.alone
    if len(core) > _LONGEST or (len(core) < _SHORTEST and not has_level):
        return False
    if core in words.general and not title.has_own_level:
        return False
    if words.refused.search(core) or words.refused_end.search(core):
        return False
    ends = words.head.search(_BRACKET.sub("", core)) is not None
    if trigger == "any":
        is_title = has_level or title.is_quoted
        return ends or core.isascii() or (is_title and _SHORTEST <= len(core) <= _LONGEST_UNENDED)
    tells = core not in words.general and words.telling_head.search(core) is not None
    if trigger == "listed":
        return tells
    return ends and (has_level or ((tells or title.is_quoted) and trigger == "headed"))


def _full_names(core: str, levels: list[str]) -> list[str]:
    """The canonical names: the known one, with each level in front where levels differ."""
    known = known_honor(bare(core))
    name = known.name if known else core
    if known:
        said = "" if known.fixed == "any" else "国家" if known.fixed else None
        levels = [level for level in levels if level not in honor_words().bodies]
        if said is not None and all(level.startswith(said) for level in levels):
            return [name]
        name = name.removeprefix("国家") if known.fixed else name
    if not levels:
        return [name]
    as_written = name.endswith("奖") or (len(levels) == 1 and not known)
    return [(level if as_written else _FULL_LEVEL.get(level, level)) + name for level in levels]
