"""Cuts a page into its policies: which line is a title, what belongs to the notice in front of it, where it ends.

What is no policy text is marked by furniture.py; here it is cut out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from loaders.furniture import dropped, mark_furniture, mark_tail
from loaders.lexicon import read_lexicon
from loaders.lines import SHORT_LINE, Line, Page, read_page
from loaders.markers import STARTS_ITEM
from loaders.types import Document, Dropped, PolicyText, Span

# Strings like "石景山区推动工业互联网产业高质量发展支持办法(试行)", "…实施指南(第三批)", "…若干措施(修订)"
_TITLE = re.compile(
    r"《?[^。;!?:]{4,90}?"
    r"(?:办法|措施|细则|指南|意见|方案|政策|规定|通知|计划|条例|举措|若干条|十条|意见稿)》?"
    r"(?: ?\([^()。]{1,24}\))?"
)
# Words that a title of a policy has, and a heading inside one ("主要政策措施") has not.
_TITLE_SUBJECT = re.compile(r"关于|[省市区县旗州盟城镇]|新区|开发区|园区|《|\d{4} ?年")
_TITLE_CONTINUED = re.compile(r" ?\([^()。]{2,24}\)")
# The longest title seen, over its lines, and the first words of a text that stands on one line with its title
_LONGEST_TITLE = 150
_OPENING = re.compile(r"[^ 。,;:]{2,60}")
_NOTICE = re.compile(r"(?:印发|发布|转发|公布).*通知(?: ?\([^()]*\))?$")
_DOC_NUMBER_LINE = re.compile(r"\S{2,16}[〔\[(]20\d\d[〕\])] ?第? ?\d+ ?号")
# A title that runs over lines is joined over at most this many.
_TITLE_LINES = 3
# A title with fewer numbered items behind it than this is a notice's, or a link.
_ITEMS_OF_A_POLICY = 2


@dataclass(frozen=True, slots=True)
class _Title:
    """A title's first and last line."""

    first: int
    last: int


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
    policies = _with_body(titles, page.lines)
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
    at = 0
    while at < len(page.lines):
        last = None if page.reasons[at] else _title_end(page.lines, at)
        if last is not None:
            found.append(_Title(at, last))
            at = last
        at += 1
    return found


def _title_end(lines: list[Line], first: int) -> int | None:
    """The last line of the title that begins on line `first`, or None where none does."""
    if STARTS_ITEM.match(lines[first].text):
        return None
    joined = ""
    for last in range(first, min(first + _TITLE_LINES, len(lines))):
        text = lines[last].text
        if len(text) > 90 or (last > first and (STARTS_ITEM.match(text) or _is_title(text))):
            return None
        joined += text
        if _is_title(joined):
            following = lines[last + 1].text if last + 1 < len(lines) else ""
            return last + 1 if _TITLE_CONTINUED.fullmatch(following) else last
        if not 8 <= len(text) <= 45 or text[-1] in "。;:!?,、)》" or _is_field(text):
            return None
    return None


def _is_title(text: str) -> bool:
    return len(text) >= 10 and _TITLE.fullmatch(text) is not None and _TITLE_SUBJECT.search(text) is not None


_ITEM = re.compile(
    r"(?:^|[\n 。;:)])(?:第 ?[一二三四五六七八九十百零〇]+ ?[章条]|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2} ?[、.](?!\d))"
)


def _with_body(titles: list[_Title], lines: list[Line]) -> list[_Title]:
    """Titles that are followed by numbered items before the next title; a notice's title gives way to the policy's own."""
    if not titles:
        return [_Title(0, 0)] if _has_items(lines) else []
    stops = [*(title.first for title in titles[1:]), len(lines)]
    found = [
        title for title, stop in zip(titles, stops, strict=True) if _has_items(lines[title.last + 1 : stop])
    ]
    return found or titles[-1:]


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

    title_start = page.lines[title.first].start
    title_span = Span(moved(title_start), moved(title_start + _title_length(page, title)))
    kept = [(line, moved(line.start)) for line, why in zip(lines, reasons, strict=True) if why is None]
    return PolicyText(
        document=page.document.name,
        sha256=page.document.sha256,
        part=part,
        text=body.text,
        offsets=body.offsets(),
        title_span=title_span,
        body_start=title_span.end,
        fields=_fields(kept, title_span.start),
    )


def _title_length(page: Page, title: _Title) -> int:
    """The title's lines; where all stands on one line, its words up to the first blank or item (at most 60)."""
    first, last = page.lines[title.first], page.lines[title.last]
    if last.end - first.start <= _LONGEST_TITLE:
        return last.end - first.start
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


def _fields(lines: list[tuple[Line, int]], before: int) -> dict[str, Span]:
    """The entries of a portal's metadata block in front of the title: field name → span of its value.

    "[发文机构] 某局", "文号:某发〔2025〕3号;实施日期:2025-03-31", "生成日期 2025-05-16 公开方式 主动公开".
    """
    found: dict[str, Span] = {}
    for line, start in lines:
        if start >= before:
            break
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
def _field_labels() -> dict[str, str]:
    return {
        label: name for name, labels in read_lexicon("furniture")["portal_fields"].items() for label in labels
    }
