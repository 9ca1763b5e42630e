"""Reads dates, and from when until when a policy holds: "自印发之日起30日后施行", "有效期至2028年12月31日", "施行五年".

Which date a portal states and which one is a signature is for identity.py.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from loaders.markers import chinese_number
from loaders.types import Span

_CHINESE_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
# "2025年10月30日", "2025年1月", "2025年底"; "2025-10-30", "2025.1.2"; "二〇二五年十月三十日"
DATE = (
    r"(?>(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日|底|末)?|底|末)"
    r"|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
    r"|[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日|底|末)?)"
)
"""A date in running text, as part of a pattern; it has no groups."""

_PARTS = re.compile(
    r"(?P<year>\d{4}|[一二][〇○零一二三四五六七八九]{3})(?:年|[-./])"
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})(?:月|[-./])?(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日?)?)?"
)


def read_date(text: str, *, last_day: bool = False) -> str | None:
    """The date that `text` begins with, as "2025-10-30"; None where it is none, or no day of the calendar.

    A month without a day, or a year's end (2025年底), is its first day, or with `last_day` its last one.
    """
    match = _PARTS.match(text)
    if not match:
        return None
    year = int(match["year"].translate(_CHINESE_YEAR))
    month = _number(match["month"]) or (12 if last_day else 1)
    if not 1 <= month <= 12:
        return None
    days = calendar.monthrange(year, month)[1]
    day = _number(match["day"]) or (days if last_day else 1)
    return f"{year:04}-{month:02}-{day:02}" if day <= days else None


def _number(text: str | None) -> int | None:
    return None if text is None else int(text) if text.isdigit() else chinese_number(text)


@dataclass(slots=True)
class Validity:
    """From when until when a policy holds, as its text says it, each with the span it was read from.

    `effective_from` is a date, or a rule: "issue" (自印发之日起), "issue+30d" (自印发之日起30日后), "issue+1m".
    """

    effective_from: str | None = None
    effective_to: str | None = None
    valid_years: int | None = None
    from_span: Span | None = None
    to_span: Span | None = None
    years_span: Span | None = None


_ISSUE = r"(?:正式)?(?:印发|公布|发布|颁布|修订|发文|下发|签发|签署|公告|通过|批准|出台)(?:之)?日"
_COUNT = r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})"
_IN_FORCE = r"(?:施行|实施|执行|实行|生效|试行|有效|起效|计算)"
_FROM_ISSUE = re.compile(
    rf"(?:自|从|于|在)?{_ISSUE}(?:起|后|开始)?[,]?(?:(?:满|的|第)?{_COUNT}个?(?P<unit>工作日|自然日|日|天|月)(?:之?后|起|以后)+)?"
    rf"(?:起|开始|正式|,)*{_IN_FORCE}"
)
# "有效期为自发布之日起三年", "有效期自印发之日起至2025年12月31日": in force from issue, without a verb.
_TERM_FROM_ISSUE = re.compile(rf"(?:有效期|试行期|执行期|实施期|施行期)限?(?:为|是|,|:)?自?{_ISSUE}起")
_FROM_DATE = re.compile(rf"(?:自|从|于|追溯至)(?P<from>{DATE})(?:零时|0时)?(?:起|开始|正式|,)*{_IN_FORCE}")
_TERM_WORD = r"(?:适用期|适用期限|有效期|有效期限|试行期|暂行期|执行期|实施期|施行期|执行期限|实施期限|施行期限|试行期限|政策期限|有效时间|执行时间|实施时间)"
_PERIOD = re.compile(
    rf"(?:{_TERM_WORD}[^。;]{{0,10}}?|自|从)(?P<from>{DATE})(?:起|开始)?(?:施行|实施|执行|生效)?,?(?:有效期)?(?:至|到|-|~)"
    rf"(?P<to>{DATE})(?!期间|内|新|的)"
)
_UNTIL = re.compile(
    rf"(?:{_TERM_WORD}限?(?:\d年,?)?[^。;0-9]{{0,12}}?|(?:施行|实施|执行|生效|试行|有效),?)(?:至|到|截止|截至)(?P<to>{DATE})"
)
# "有效期3年", "有效期为自发布之日起三年", "试行两年", "施行,施行五年"; not "项目实施3年"
_YEARS = re.compile(
    rf"(?:{_TERM_WORD}限?(?:暂?定)?(?:为|是|,|:)?(?:自?{_ISSUE}起)?(?:暂?定)?|试行|暂行|(?<=[,;(])暂定|(?<=[,;(])(?:暂定)?(?:施行|实施|执行|有效)(?:期限?)?为?)"
    rf"(?P<years>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})年(?!以|半|内|度|期|\d|[一二三四五六七八九十])"
)
# Who a sentence on validity speaks of; "证书有效期3年" and "合同有效期" speak of other things.
_SELF = re.compile(
    r"本(?:实施)?(?:若干)?(?:政策)?(?:措施|办法|细则|政策|意见|方案|规定|通知|指南|举措|文件|条例|规则|通告|公告)|(?:若干|政策|以上|上述|该)(?:措施|政策)"
    r"|(?:印发|公布|发布|颁布|修订|发文|下发)(?:之)?日|政策(?:有效期|执行期|适用期|期限)|(?:解释|组织实施)[,、](?:并)?自|(?:^|[\n。;:.\d)条、])(?:有效期|试行期|执行期|施行期|实施期|自(?:19|20)\d\d年)"
)
_OTHER_VALIDITY = re.compile(
    r"(?:证书|合同|协议|资质|资格|许可证?|专利|保函|认定|券|称号|信用|保险|名单|备案)[^,。;]{0,6}$"
)
_GATE = re.compile("施行|实施|实行|暂定|适用期|执行|生效|有效|试行|暂行")


def find_validity(text: str, regions: list[Span]) -> Validity:
    """What the text says of its own validity. `regions` are the stretches to look in; a later one counts more.

    `text` is a policy's plain text; spans count its characters.
    """
    found = Validity()
    for region in reversed(regions):
        for start, end in _sentences(text, region):
            _read_sentence(text, start, end, found)
            if found.effective_from and (found.effective_to or found.valid_years):
                return found
    return found


_STOP = re.compile("[。;]")


def _sentences(text: str, region: Span) -> Iterator[tuple[int, int]]:
    """Sentences from the last to the first that could speak of validity, with the character in front of them."""
    stops = [match.end() for match in _STOP.finditer(text, region.start, region.end - 1)]
    bounds = [region.start, *stops, region.end]
    for start, end in reversed(list(pairwise(bounds))):
        if _GATE.search(text, start, end):
            yield start, end


def _read_sentence(text: str, start: int, end: int, found: Validity) -> None:
    if not _SELF.search(text, max(start - 1, 0), end):
        return
    if period := _PERIOD.search(text, start, end):
        if not found.effective_from:
            found.effective_from, found.from_span = read_date(period["from"]), Span(*period.span("from"))
        if not found.effective_to:
            found.effective_to = read_date(period["to"], last_day=True)
            found.to_span = Span(*period.span("to"))
    if not found.effective_from:
        _read_start(text, start, end, found)
    until = _UNTIL.search(text, start, end)
    if until and not found.effective_to and not _OTHER_VALIDITY.search(text, start, until.start()):
        found.effective_to = read_date(until["to"], last_day=True)
        found.to_span = Span(*until.span())
    years = _YEARS.search(text, start, end)
    if years and not found.valid_years and not _OTHER_VALIDITY.search(text, start, years.start()):
        found.valid_years = _number(years["years"].replace("两", "二"))
        found.years_span = Span(*years.span())


def _read_start(text: str, start: int, end: int, found: Validity) -> None:
    if date := _FROM_DATE.search(text, start, end):
        found.effective_from, found.from_span = read_date(date["from"]), Span(*date.span())
    elif issue := _FROM_ISSUE.search(text, start, end):
        found.effective_from, found.from_span = _issue_rule(issue), Span(*issue.span())
    elif term := _TERM_FROM_ISSUE.search(text, start, end):
        found.effective_from, found.from_span = "issue", Span(*term.span())


def _issue_rule(match: re.Match[str]) -> str:
    count = _number(match["count"])
    if not count:
        return "issue"
    return f"issue+{count}{'m' if match['unit'] == '月' else 'wd' if match['unit'] == '工作日' else 'd'}"
