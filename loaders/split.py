"""Cuts a page into its policies: which line is a title, what belongs to the notice in front of it, where it ends.

What is no policy text is marked by furniture.py; here it is cut out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from loaders.furniture import dropped, mark_furniture, mark_tail
from loaders.lexicon import read_lexicon
from loaders.lines import SHORT_LINE, Line, Page, read_page
from loaders.markers import NUMERAL, STARTS_ITEM
from loaders.table_cells import numbered_rows
from loaders.types import Document, Dropped, PolicyText, Span

# Strings like "石景山区推动工业互联网产业高质量发展支持办法(试行)", "…实施指南(第三批)", "…若干措施(修订)", "…专项资金操作规程"
_TITLE = re.compile(
    r"《?[^。;!?:]{4,90}?"
    r"(?:办法|措施|细则|指南|指引|意见|方案|政策(?:汇编|清单)?|规定|规程|通知|计划|条例|举措|政策包|意见稿"
    r"|若干条|(?<![第\d一二三四五六七八九十])(?:\d{1,2}|[一二三四五六七八九十]{1,3})条)》?"
    r"(?: ?\([^()。]{1,24}\))?"
)
# What a site puts in front of a title: "【区级】", "政策动态 | ", "附件1:"
_TITLE_LABEL = re.compile(
    r"[\[【](?!关于)[^\]】,。《》]{2,8}[\]】] ?|附件 ?\d{0,2} ?: ?|(?:政策|通知|文件|公示|新闻)[^ |,。]{0,6} ?[||] ?"
)
# Words that a title of a policy has, and a heading inside one ("主要政策措施") has not.
_TITLE_SUBJECT = re.compile(r"关于|[省市区县旗州盟城镇]|新区|开发区|园区|《|\d{4} ?年")
# "(试行)", "(2024年修订)"; never "(某府发〔2024〕6号)" or "(2024年3月5日)"
_TITLE_CONTINUED = re.compile(r" ?\((?![^()]*(?:\d号|\d日))[^()。]{2,24}\)")
# The longest title seen, over its lines, and the first words of a text that stands on one line with its title
_LONGEST_TITLE = 150
_OPENING = re.compile(r"[^ 。,;:]{2,60}")
_NOTICE = re.compile(r"(?:印发|发布|转发|公布|征求|征集).*(?:通知|公告)(?: ?\([^()]*\))?$")
_WORDS = re.compile(r"[\W_]+")
# A page announces a policy by name: "现将《X》印发给你们", "《X》已经区政府同意"
_ANNOUNCES = re.compile(r"印发|发布|公布|转发|征求|征集|同意|审议|制定|研究")
_NAMED = re.compile(r"《((?:[^《》]|《[^《》]*》){6,100})》")
_DOC_NUMBER_LINE = re.compile(r"\S{2,16}[〔\[(]20\d\d[〕\])] ?第? ?\d+ ?号")
# A title that runs over lines is joined over at most this many.
_TITLE_LINES = 4
# Who speaks, on a line of its own above "关于…": "四川省人民政府", "西安高新区"
_SPEAKER = re.compile(
    r"(?!.*(?:关于|支持|促进|推动|推进|加快|鼓励|扶持|印发|建设))\S{2,40}(?:省|市|区|县|旗|州|园|政府|委|会|局|厅|室|部|院|办)$"
)
_NUMBER = re.compile(rf"\({NUMERAL}{{1,3}}\)|{NUMERAL}{{1,3}}、")
_SPOKEN = re.compile(r"关于|印发|发布|转发")
_DATE_LINE = re.compile(
    r"[\d〇○一二三四五六七八九十]{4} ?[年./-] ?[\d一二三四五六七八九十]{1,3} ?[月./-] ?[\d一二三四五六七八九十]{1,3} ?日?"
)
# A title with fewer numbered items behind it than this is a notice's, or a link.
_ITEMS_OF_A_POLICY = 2


@dataclass(frozen=True, slots=True)
class _Title:
    """A title's first and last line; `skipped` characters of the first one stand in front of it (【区级】)."""

    first: int
    last: int
    skipped: int = 0


def split_policies(document: Document) -> tuple[list[PolicyText], list[Dropped]]:
    """The policies of a document in their order, and all that was dropped from it.

    A document without a line that is a title, but with numbered items, is one policy whose title begins its first line;
    one without either holds no policy. Spans of `Dropped` count characters of the document's text; offsets of a policy
    lead back there too.
    """
    page = read_page(document)
    if not page.lines:
        return [], []
    mark_furniture(page)
    titles = _titles(page)
    policies = _with_body(titles, page)
    if not policies:
        return [], dropped(page)
    links = {at for title in titles if title not in policies for at in range(title.first, title.last + 1)}
    mark_tail(page, policies[-1].last + 2, links)
    starts = [
        _head_start(title, before, page.lines)
        for title, before in zip(policies, [None, *policies], strict=False)
    ]
    ends = [*starts[1:], len(page.lines)]
    cut = [
        _policy(page, part, first, last, title)
        for part, (title, first, last) in enumerate(zip(policies, starts, ends, strict=True), 1)
    ]
    return cut, dropped(page)


# --- titles


def _titles(page: Page) -> list[_Title]:
    found: list[_Title] = []
    named = _announced(page.lines)
    at = 0
    while at < len(page.lines):
        title = None if page.reasons[at] else _title_at(page.lines, at, named)
        if title is not None:
            found.append(title)
            at = title.last
        at += 1
    return found


def _announced(lines: list[Line]) -> frozenset[str]:
    """The names, without punctuation, of the policies that a page announces: "现将《X》印发给你们"; they need no place in them."""
    return frozenset(
        _WORDS.sub("", name)
        for line in lines
        if "《" in line.text and _ANNOUNCES.search(line.text)
        for name in _NAMED.findall(line.text)
    )


def _title_at(lines: list[Line], first: int, named: frozenset[str]) -> _Title | None:
    """The title that begins on line `first`, or None where none does; `named` are policies that the page announces."""
    label = _TITLE_LABEL.match(lines[first].text) or _numbered_speaker(lines, first)
    skipped = label.end() if label else 0
    joined = ""
    for last in range(first, min(first + _TITLE_LINES, len(lines))):
        text = lines[last].text[skipped if last == first else 0 :]
        if len(text) > 90 or STARTS_ITEM.match(text):
            return None
        if joined and _is_title(text) and not (_SPEAKER.fullmatch(joined) and text.startswith("关于")):
            return None
        joined += text
        following = lines[last + 1].text if last + 1 < len(lines) else ""
        if _is_title(joined) or (named and _WORDS.sub("", joined) in named):
            return _Title(first, last + 1 if _TITLE_CONTINUED.fullmatch(following) else last, skipped)
        if not _runs_on(text, following, joined):
            return None
    return None


def _numbered_speaker(lines: list[Line], at: int) -> re.Match[str] | None:
    """The number in front of who speaks in a collection of policies: "(一)西安高新区⏎关于加快…的措施"."""
    number = _NUMBER.match(lines[at].text)
    if number is None or at + 1 == len(lines) or not lines[at + 1].text.startswith("关于"):
        return None
    return number if _SPEAKER.fullmatch(lines[at].text, number.end()) else None


def _runs_on(text: str, following: str, joined: str) -> bool:
    """Whether a title that reaches the end of a line may go on with the next one."""
    if (
        not text
        or len(text) > 45
        or text[-1] in "。;:!?,、)"
        or _is_field(text)
        or _DATE_LINE.fullmatch(text)
    ):
        return False
    if _SPEAKER.fullmatch(text) and "《" not in joined:
        return _SPOKEN.match(following) is not None or _SPEAKER.fullmatch(following) is not None
    return len(text) >= 8 and (text[-1] != "》" or len(joined) < 60)


def _is_title(text: str) -> bool:
    return (
        len(text) >= 10
        and _TITLE.fullmatch(text) is not None
        and _TITLE_SUBJECT.search(text) is not None
        and text.count("《") == text.count("》")
    )


_ITEM = re.compile(
    r"(?:^|[\n 。;:)])(?:第 ?(?:[一二三四五六七八九十百零〇]+|\d{1,3}) ?[章条]|[一二三四五六七八九十]+[、.]|(?:政策|条款|举措) ?[\d一二三四五六七八九十]+ ?[:、]|\([一二三四五六七八九十\d]+\)|\d{1,2} ?[、.](?!\d))"
)


def _with_body(titles: list[_Title], page: Page) -> list[_Title]:
    """Titles that are followed by numbered items before the next title; a notice's title gives way to the policy's own."""
    lines = page.lines
    if not titles:
        return [_likeliest_title(page)] if _has_items(lines) or numbered_rows(page.mapped.text) else []
    stops = [*(title.first for title in titles[1:]), len(lines)]
    found = [
        title
        for title, following, stop in zip(titles, [*titles[1:], None], stops, strict=True)
        if _has_items(lines[title.last + 1 : stop]) and not _issues(lines, title, following)
    ]
    return found or titles[-1:]


def _likeliest_title(page: Page) -> _Title:
    """The line that stands for the title where none names a place or a document: in front of the items, the best that there is."""
    head = [
        at
        for at, line in enumerate(page.lines)
        if page.reasons[at] is None and not _is_field(line.text) and len(line.text) <= 90
    ]
    first_item = next((at for at in head if STARTS_ITEM.match(page.lines[at].text)), len(page.lines))
    head = [at for at in head if at < first_item]
    whole = (at for at in head if len(page.lines[at].text) >= 8 and _TITLE.fullmatch(page.lines[at].text))
    part = (at for at in head if page.lines[at].text[-1] not in "。;:," and _TITLE.match(page.lines[at].text))
    first = next(
        (at for at, why in enumerate(page.reasons) if why is None and not _is_field(page.lines[at].text)), 0
    )
    best = next(chain(whole, part, head, [first]))
    return _Title(best, best)


def _issues(lines: list[Line], title: _Title, following: _Title | None) -> bool:
    """Whether a title is that of a notice with items of its own ("公开征求《X》意见的通知") in front of the policy X."""
    if following is None:
        return False
    notice, own = (
        _WORDS.sub("", "".join(line.text for line in lines[one.first : one.last + 1])).removeprefix("关于")
        for one in (title, following)
    )
    return len(notice) > len(own) and _NOTICE.search(notice) is not None and own in notice


def _has_items(lines: list[Line]) -> bool:
    items = (match for line in lines for match in _ITEM.finditer(line.text))
    return len(list(islice(items, _ITEMS_OF_A_POLICY))) == _ITEMS_OF_A_POLICY


def _head_start(title: _Title, before: _Title | None, lines: list[Line]) -> int:
    """The first line that belongs to a policy: its notice, document number or portal block in front of the title."""
    if before is None:
        return 0
    at = title.first
    while at - 1 > before.last and _belongs_to_head(lines[at - 1].text):
        at -= 1
    return at


def _belongs_to_head(line: str) -> bool:
    return len(line) <= SHORT_LINE and bool(
        _DOC_NUMBER_LINE.fullmatch(line) or _NOTICE.search(line) or _is_title(line) or _is_field(line)
    )


# --- one policy


def _policy(page: Page, part: int, first: int, last: int, title: _Title) -> PolicyText:
    """The policy on lines [first, last), without what is marked as dropped."""
    lines, reasons = page.lines[first:last], page.reasons[first:last]
    start, end = lines[0].start, lines[-1].end
    cuts = _cuts(page, lines, reasons)
    body = page.mapped.cut(start, end)
    body.apply((a - start, b - start, "") for a, b in cuts)

    def moved(position: int) -> int:
        return position - start - sum(min(b, position) - a for a, b in cuts if a < position)

    title_start = page.lines[title.first].start + title.skipped
    title_span = Span(moved(title_start), moved(title_start + _title_length(page, title)))
    behind = _block_behind(page.lines, title)
    kept = [
        (line, moved(line.start))
        for line, why in zip(lines, reasons, strict=True)
        if why is None and line.start < behind
    ]
    return PolicyText(
        document=page.document.name,
        sha256=page.document.sha256,
        part=part,
        text=body.text,
        offsets=body.offsets(),
        title_span=title_span,
        body_start=title_span.end,
        fields=_fields(kept),
    )


def _block_behind(lines: list[Line], title: _Title) -> int:
    """Where a metadata block right behind the title ends: "发布机构:…局;文号:…号;生成日期:…"; the title's start where none stands there."""
    at = title.last + 1
    while at < len(lines) and _strict_field().match(lines[at].text):
        at += 1
    return lines[at - 1].end if at > title.last + 1 else lines[title.first].start


def _title_length(page: Page, title: _Title) -> int:
    """The title's lines; where all stands on one line, its words up to the first blank or item (at most 60).

    0 where the text begins with an item: then it has no title.
    """
    first, last = page.lines[title.first], page.lines[title.last]
    if STARTS_ITEM.match(first.text[title.skipped :]):
        return 0
    if last.end - first.start <= _LONGEST_TITLE and last.text[-1] != "。":
        return last.end - first.start - title.skipped
    opening = _TITLE.match(first.text) or _OPENING.match(first.text)
    return opening.end() if opening else 0


def _cuts(page: Page, lines: list[Line], reasons: list[str | None]) -> list[tuple[int, int]]:
    """Stretches to take out: dropped lines with their line break, and what is dropped inside lines."""
    start, end = lines[0].start, lines[-1].end
    cuts = [(line.start, min(line.end + 1, end)) for line, why in zip(lines, reasons, strict=True) if why]
    cuts += [(a, b) for a, b, _ in page.inline if start <= a < end]
    merged: list[tuple[int, int]] = []
    for a, b in sorted(cuts):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    if merged and merged[-1][1] == end and merged[-1][0] > start:
        merged[-1] = (merged[-1][0] - 1, end)  # the line break in front of the dropped last line
    return merged


def _fields(lines: list[tuple[Line, int]]) -> dict[str, Span]:
    """The entries of a portal's metadata block, whose lines come with their place: field name → span of its value.

    "[发文机构] 某局", "文号:某发〔2025〕3号;实施日期:2025-03-31", "生成日期 2025-05-16 公开方式 主动公开".
    """
    found: dict[str, Span] = {}
    for line, start in lines:
        for match in _field().finditer(line.text):
            name = _field_labels()[match[1].replace(" ", "")]
            if match[2] and name not in found:
                found[name] = Span(start + match.start(2), start + match.end(2))
    return found


def _is_field(line: str) -> bool:
    return _field().match(line) is not None


@cache
def _field() -> re.Pattern[str]:
    """A label and its value; a value ends at a semicolon, at the next label or with the line."""
    labels = "|".join(" ?".join(label) for label in _field_labels())
    label = rf"[\[【]?(?:{labels})(?:[\]】] ?:?| ?:| )"
    return re.compile(
        rf"(?:(?<=^)|(?<=[ ;:]))[\[【]?({labels})(?:[\]】] ?:?| ?:| ) ?(.*?)(?= ?(?:;| {label}|。?$))"
    )


@cache
def _strict_field() -> re.Pattern[str]:
    """A label in brackets or with a colon; words of a sentence may begin like a label ("标题新颖")."""
    labels = "|".join(" ?".join(label) for label in _field_labels())
    return re.compile(rf"(?:[\[【](?:{labels})[\]】]|(?:{labels}) ?:)")


@cache
def _field_labels() -> dict[str, str]:
    return {
        label: name for name, labels in read_lexicon("furniture")["portal_fields"].items() for label in labels
    }
