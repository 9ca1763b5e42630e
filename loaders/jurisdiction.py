"""Finds the division that made a policy, and its level: from title, issuer, interpreter, and what the text calls its own.

Names and codes of divisions are from divisions.py; the other facts of a policy's identity are for identity.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from loaders.divisions import (
    Division,
    DivisionMention,
    Level,
    choose_division,
    division_by_code,
    division_candidates,
    find_divisions,
    iter_lineage,
    upper_division,
)
from loaders.gazetteer import gazetteer
from loaders.lexicon import pattern, read_lexicon
from loaders.plain import PlainView
from loaders.record import Unresolved
from loaders.types import Span


@dataclass(slots=True)
class Jurisdiction:
    """Where a policy holds. `name` is canonical ("海淀区"); `division` is None where several divisions of that name may be meant,
    which `candidates` then lists. Spans count characters of the plain text."""

    level: Level | None = None
    name: str | None = None
    division: Division | None = None
    candidates: tuple[Division, ...] = ()
    span: Span | None = None
    level_span: Span | None = None

    def unresolved(self) -> list[Unresolved]:
        """The name as left open, with the full names of what it may mean; nothing where it is clear."""
        if not self.candidates or self.span is None:
            return []
        names = [one.full_name for one in self.candidates]
        return [Unresolved(span=self.span, kind="division", name=self.name or names[0], candidates=names)]


# In front of who speaks in a title: 2025年|北京市…, 关于印发|广州市…, 《|南沙区…
_LEAD = re.compile(r"(?:[\s《(]|\d{4}年(?:度)?|中共|关于(?:印发|发布|公布|公开征求))*")
# What stands for the title of a text that has none: its first sentence, or those it is sent to ("各市、县人民政府:")
_NO_TITLE = re.compile(r"(?:为|根据|按照)[^,]{4,},|各[^:]{2,}:?$|各?[^,。:]{0,12}:")
# Where the subject of a title begins: what stands in front of it is who speaks.
_SUBJECT = re.compile(r"关于|印发|支持|促进|推动|推进|鼓励|加快|扶持")
# "…由通州区经济和信息化局负责解释"
_INTERPRETED = re.compile(r"由(?P<who>[^。;《》]{2,60}?)(?:负责|承担)?(?:政策|具体|最终)?解释")
_LOCAL_BODY = re.compile(
    r"(?P<level>[省市区县旗])(?:委|政府|人民政府|[^,。;、级场域]{1,14}?(?:局|办|中心|厅|会|部|委))"
)
_LOCAL_LEVELS: dict[str, Level] = {
    "省": "provincial",
    "市": "municipal",
    "区": "district",
    "县": "district",
    "旗": "district",
}
# What a text calls itself part of: 我区, 本市, 区级财政
_OWN_LEVEL = re.compile(
    r"[我本全]([省市区县])(?!场|域|级)|([省市区县])级(?:财政|资金|预算)"
    r"|(?:责任|牵头|执行|主管|配合)(?:单位|部门):([省市区县])(?!场|域|级)|\(([省市区县])[^()]{2,12}(?:局|委|办|厅)牵头"
    r"|([省市区县])(?:人民)?政府各(?:部门|委)"
)
_NOTICE_LINE = re.compile(r"[^\n]{6,80}(?:通知|公告|通告|意见|函|决定)(?=\n|$)")
_BODY = r"[^\n。;:,《》]{3,60}(?:局|委|会|室|府|心|厅|部|院|办)"
# In front of the title: the notice's signature, or who speaks: "四川省人民政府⏎关于促进…的实施意见"
_BODY_LINE = re.compile(rf"(?:^|\n)(?P<who>{_BODY})(?=\n|$)")
# So many characters at the end of a policy may hold its signature.
_TAIL = 400
_SIGNED = re.compile(rf"\n(?P<who>{_BODY})\n?(?:(?:19|20)\d\d|二\S{{3}})年")


@dataclass(slots=True)
class _Reading:
    """What the places that name a policy's maker say; a mention's span counts characters of the plain text."""

    title: list[DivisionMention]
    maker: DivisionMention | None = None
    issuers: list[DivisionMention] = field(default_factory=list)
    interpreter: DivisionMention | None = None
    publisher: DivisionMention | None = None
    local: tuple[Level, Span] | None = None
    forwarded: bool = False

    def read_local(self, text: str, start: int, end: int) -> None:
        """Keeps the level of a local name: 市 of "市商务局"."""
        body = _LOCAL_BODY.match(text, start, end)
        if body:
            self.local = _LOCAL_LEVELS[body["level"]], Span(*body.span())


def find_jurisdiction(view: PlainView) -> Jurisdiction:
    """The jurisdiction of a policy.

    The issuer decides where it stands above what the title names ("关于支持浦东新区…" of 上海市); else the division that the
    title begins with, the issuer, the interpreter, a division elsewhere in the title, and last what the text speaks of most.
    """
    reading = _read(view)
    mention = _chosen(reading)
    if mention is None:
        return _by_frequency(view, reading)
    return _settled(view, reading, mention)


def settle_by_neighbours(found: Iterable[Jurisdiction]) -> None:
    """Resolves jurisdictions of a file that are open by the others of the same file: a collection of one city's districts."""
    all_of_file = list(found)
    named = [DivisionMention(0, 0, (one.division,)) for one in all_of_file if one.division]
    for one in all_of_file:
        if one.candidates and (division := choose_division(one.candidates, named)):
            one.division, one.candidates = division, ()


# --- what the places say


def _read(view: PlainView) -> _Reading:
    text, title = view.text, view.title
    if _NO_TITLE.match(text, *title):
        title = Span(title.start, title.start)
    reading = _Reading(_mentions(text, title.start, title.end))
    reading.maker = _leading(text, title.start, title.end)
    reading.read_local(text, _lead_end(text, *title), title.end)
    reading.forwarded = "转发" in text[: title.end]
    for start, end in _issuer_places(view):
        issuer = _leading(text, start, end)
        if issuer:
            reading.issuers.append(issuer)
    if "publisher" in view.fields:
        reading.publisher = _leading(text, *view.fields["publisher"])
    for match in _INTERPRETED.finditer(text, max(title.end, len(text) - 3000)):
        start, end = match.span("who")
        reading.interpreter = _leading(text, start, end) or reading.interpreter
        reading.read_local(text, start, end)
    return reading


def _issuer_places(view: PlainView) -> Iterator[tuple[int, int]]:
    text = view.text
    for name in ("issuer", "title"):
        if name in view.fields:
            yield view.fields[name]
    for match in _NOTICE_LINE.finditer(text, 0, view.title.start):
        yield match.span()
    for match in _BODY_LINE.finditer(text, 0, view.title.start):
        yield match.span("who")
    for match in _SIGNED.finditer(text, *view.preamble):
        yield match.span("who")
    for match in _SIGNED.finditer(text, max(view.preamble.end, len(text) - _TAIL)):
        yield match.span("who")


def _leading(text: str, start: int, end: int) -> DivisionMention | None:
    """The division that a name or title begins with; the country for a national body."""
    start = _lead_end(text, start, end)
    national = _national_bodies().match(text, start, end)
    if national:
        return DivisionMention(*national.span(), division_candidates("全国"))
    subject = _SUBJECT.search(text, start, end)
    mentions = _mentions(text, start, subject.start() if subject else end)
    speaker = _speaker(mentions) if mentions else None
    return speaker and (_own_area(text, speaker, end) or speaker)


_SPEAKS = re.compile(r"(?:党工委)?(?:管委会|管理委员会|关于|促进|支持|推动|推进|加快|鼓励|扶持|印发|[\n ]|$)")


def _own_area(text: str, city: DivisionMention, end: int) -> DivisionMention | None:
    """宿迁市|洋河新区关于…: an area with a name of its own that speaks behind its city's name."""
    stop = gazetteer().own_area_end(text[:end], city.end)
    if stop is None or not _SPEAKS.match(text, stop):
        return None
    found = division_candidates(text[city.start : stop])
    return DivisionMention(city.start, stop, found) if found else None


def _lead_end(text: str, start: int, end: int) -> int:
    lead = _LEAD.match(text, start, end)
    return lead.end() if lead else start


def _speaker(mentions: list[DivisionMention]) -> DivisionMention:
    """The first that is named, or the district that speaks together with it where it is an area there (广州开发区、黄埔区)."""
    overlaps = {code for one in mentions[0].candidates for code in one.overlaps}
    for mention in mentions[1:]:
        if any(one.code in overlaps for one in mention.candidates):
            return mention
    return mentions[0]


def _mentions(text: str, start: int, end: int) -> list[DivisionMention]:
    return [
        DivisionMention(mention.start + start, mention.end + start, mention.candidates)
        for mention in find_divisions(text[start:end])
    ]


@cache
def _national_bodies() -> re.Pattern[str]:
    return pattern("divisions", "national_bodies")


# --- what follows from them


def _chosen(reading: _Reading) -> DivisionMention | None:
    target = reading.maker or (reading.title[0] if reading.title else None)
    clear = [one for one in reading.issuers if len(one.candidates) == 1]
    # a portal that names 广州开发区 alone, above a notice of both it and 黄埔区
    issuer = _speaker(clear) if clear else None
    if issuer and (
        target is None
        or reading.maker is None
        or _is_above(issuer, target)
        or (_is_above(target, issuer) and not reading.forwarded)
    ):
        return issuer
    # who puts it on the page may be a district that shows its city's document
    places = (reading.maker, reading.interpreter, target, *reading.issuers, reading.publisher)
    return next((one for one in places if one), None)


def _is_above(upper: DivisionMention, lower: DivisionMention) -> bool:
    codes = {one.code for one in upper.candidates}
    return any(up.code in codes for one in lower.candidates for up in list(iter_lineage(one))[1:])


def _settled(view: PlainView, reading: _Reading, mention: DivisionMention) -> Jurisdiction:
    division = mention.candidates[0]
    if len(mention.candidates) > 1:
        around = [*reading.title, *reading.issuers, *filter(None, [reading.interpreter, reading.publisher])]
        chosen = choose_division(mention.candidates, around) or choose_division(
            mention.candidates, find_divisions(view.text)
        )
        if chosen is None:
            return _open(mention)
        division = chosen
    span = Span(mention.start, mention.end)
    # "关于支持…科学城…": the place is the subject; a local name of the interpreter says whose policy it is.
    if reading.local and not reading.maker and mention in reading.title:
        level, level_span = reading.local
        upper = upper_division(division, level)
        if upper:
            return Jurisdiction(upper.level, upper.name, upper, (), span, level_span)
    return Jurisdiction(division.level, division.name, division, (), span, span)


def _open(mention: DivisionMention) -> Jurisdiction:
    """A name that several divisions carry: the name and the level are sure where all agree."""
    names = {one.name for one in mention.candidates}
    levels = {one.level for one in mention.candidates}
    span = Span(mention.start, mention.end)
    return Jurisdiction(
        levels.pop() if len(levels) == 1 else None,
        names.pop() if len(names) == 1 else None,
        None,
        mention.candidates,
        span,
        span,
    )


def _by_frequency(view: PlainView, reading: _Reading) -> Jurisdiction:
    """The division of the text's own level (我区, 市级财政) that it names most often; the level alone where it names none."""
    text = view.text
    cues = list(_OWN_LEVEL.finditer(text))
    level_span = reading.local[1] if reading.local else Span(*cues[0].span()) if cues else None
    if level_span is None:
        return Jurisdiction()
    level = reading.local[0] if reading.local else _lowest(cues)
    found: Counter[str] = Counter()
    first: dict[str, DivisionMention] = {}
    for mention in find_divisions(text):
        # 平潭综合实验区 speaks for 福建省 in a text of the province's level
        lineage = iter_lineage(mention.candidates[0]) if len(mention.candidates) == 1 else ()
        for one in lineage:
            if one.level == level:
                found[one.code] += 1
                first.setdefault(one.code, mention)
                break
    most = found.most_common(2)
    if not most and level == "provincial" and (sign := _abbreviated(text)):
        division = sign.candidates[0]
        return Jurisdiction(level, division.name, division, (), Span(sign.start, sign.end), level_span)
    if not most or (len(most) == 2 and most[0][1] == most[1][1]):
        return Jurisdiction(level=level, level_span=level_span)
    mention, division = first[most[0][0]], division_by_code(most[0][0])
    return Jurisdiction(level, division.name, division, (), Span(mention.start, mention.end), level_span)


@cache
def _province_signs() -> tuple[re.Pattern[str], dict[str, Division]]:
    signs = {
        sign: division_by_code(code) for code, sign in read_lexicon("divisions")["province_signs"].items()
    }
    either = "".join(signs)
    # 在皖企业; 皖政办〔2023〕5号
    return re.compile(
        rf"[在来驻入](?P<in>[{either}])(?=[企高投科创落注创])|(?:^|\n)(?P<of>[{either}])(?=[政府办经工科商发财][^\n]{{0,8}}[〔\[(]20\d\d)"
    ), signs


def _abbreviated(text: str) -> DivisionMention | None:
    """The one province that the text names by its sign: 在皖企业, 皖政办〔2023〕5号; None where it names none or several."""
    pattern, signs = _province_signs()
    found = list(pattern.finditer(text))
    if len({match[match.lastgroup or 0] for match in found}) != 1:
        return None
    match = found[0]
    start, end = match.span(match.lastgroup or 0)
    return DivisionMention(start, end, (signs[text[start:end]],))


def _lowest(cues: list[re.Match[str]]) -> Level:
    words = {match[match.lastindex or 1] for match in cues}
    levels = {_LOCAL_LEVELS[word] for word in words if word in _LOCAL_LEVELS}
    return next(level for level in ("district", "municipal", "provincial") if level in levels)
