"""Cuts a cleaned document into its policies, and drops what is no policy text: page furniture, advertising, headlines.

Decides by lines: which line is a title, which is furniture, which belongs to the notice in front of a policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.clean import MappedText, clean, fold_punctuation
from loaders.lexicon import pattern, read_lexicon
from loaders.markers import STARTS_ITEM
from loaders.types import Document, Dropped, PolicyText, Span

# "石景山区推动工业互联网产业高质量发展支持办法(试行)", "…实施指南(第三批)", "…若干措施(修订)"
_TITLE = re.compile(
    r"《?[^。;!?:]{4,90}?"
    r"(?:办法|措施|细则|指南|意见|方案|政策|规定|通知|计划|条例|举措|若干条|十条|意见稿)》?"
    r"(?: ?\([^()。]{1,24}\))?"
)
# Words that a title of a policy has, and a heading inside one ("主要政策措施") has not.
_TITLE_SUBJECT = re.compile(r"关于|[省市区县旗州盟城镇]|新区|开发区|园区|《|\d{4} ?年")
_TITLE_CONTINUED = re.compile(r" ?\([^()。]{2,24}\)")
_NOTICE = re.compile(r"(?:印发|发布|转发|公布).*通知(?: ?\([^()]*\))?$")
_SIGNATURE = re.compile(r"(?:局|委|委员会|办公室|政府|中心|厅|部|院)$|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")
_DOC_NUMBER_LINE = re.compile(r"\S{2,16}[〔\[(]20\d\d[〕\])] ?第? ?\d+ ?号")
_FIELD_LINE = re.compile(r"[\[【]?([^\[\]【】:]{2,8}?)(?:[\]】] ?:?| ?:) ?(.*)")
# A title that runs over lines is joined over at most this many.
_TITLE_LINES = 3
# From this many characters on, an unbroken paragraph may be an advertisement; below it is a line.
_SHORT_LINE = 60


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Title:
    first: int
    last: int


def split_policies(document: Document) -> tuple[list[PolicyText], list[Dropped]]:
    """The policies of a document in their order, and all that was dropped from it.

    A document without any title is one policy whose title is its first line. Spans of `Dropped` count characters of the
    document's text; offsets of a policy lead back there too.
    """
    mapped = clean(document.text)
    folded = fold_punctuation(mapped.text)
    lines = list(_lines(folded))
    if not lines:
        return [], []
    reasons = [_furniture_reason(line.text) for line in lines]
    titles = _titles(lines, reasons)
    bodies = _with_body(titles, lines)
    _drop_tail(lines, reasons, bodies, titles)
    _drop_advertising(lines, reasons)
    policies = []
    starts = [
        _head_start(title, before, lines) for title, before in zip(bodies, [None, *bodies], strict=False)
    ]
    for part, (title, first) in enumerate(zip(bodies, starts, strict=True), 1):
        last = starts[part] if part < len(starts) else len(lines)
        policies.append(
            _policy(document, part, mapped, folded, lines[first:last], reasons[first:last], title, lines)
        )
    return policies, _dropped(mapped, document, lines, reasons, folded)


def _lines(text: str) -> Iterator[_Line]:
    position = 0
    for line in text.split("\n"):
        if line.strip():
            yield _Line(position, position + len(line), line.strip())
        position += len(line) + 1


def _furniture_reason(line: str) -> str | None:
    if len(line) > 200 or not _furniture().search(line):
        return None
    return next(
        entry["reason"] for entry in read_lexicon("furniture")["lines"] if re.search(entry["pattern"], line)
    )


@cache
def _furniture() -> re.Pattern[str]:
    return pattern("furniture", "lines")


# --- titles


def _titles(lines: list[_Line], reasons: list[str | None]) -> list[_Title]:
    found: list[_Title] = []
    at = 0
    while at < len(lines):
        last = None if reasons[at] else _title_end(lines, at)
        if last is None:
            at += 1
            continue
        found.append(_Title(at, last))
        at = last + 1
    return found or [_Title(0, 0)]


def _title_end(lines: list[_Line], first: int) -> int | None:
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
        if not 8 <= len(text) <= 45 or text[-1] in "。;:!?,、)》" or _FIELD_LINE.match(text):
            return None
    return None


def _is_title(text: str) -> bool:
    return len(text) >= 10 and _TITLE.fullmatch(text) is not None and _TITLE_SUBJECT.search(text) is not None


_ITEM = re.compile(
    r"(?:^|[\n 。;:)])(?:第 ?[一二三四五六七八九十百零〇]+ ?[章条]|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2} ?[、.](?!\d))"
)


def _with_body(titles: list[_Title], lines: list[_Line]) -> list[_Title]:
    """Titles that are followed by numbered items before the next title; a notice's title gives way to the policy's own."""
    bodies = []
    for title, following in zip(titles, [*titles[1:], None], strict=True):
        stop = following.first if following else len(lines)
        items = sum(len(_ITEM.findall(line.text)) for line in lines[title.last + 1 : stop])
        if items >= 2:
            bodies.append(title)
    return bodies or titles[-1:]


def _head_start(title: _Title, before: _Title | None, lines: list[_Line]) -> int:
    """The first line that belongs to a policy: its notice, document number or portal block in front of the title."""
    if before is None:
        return 0
    at = title.first
    while at - 1 > before.last and _belongs_to_head(lines[at - 1].text):
        at -= 1
    return at


def _belongs_to_head(line: str) -> bool:
    return len(line) <= _SHORT_LINE and bool(
        _DOC_NUMBER_LINE.fullmatch(line) or _NOTICE.search(line) or _is_title(line) or _field_name(line)
    )


# --- what is dropped


def _drop_tail(
    lines: list[_Line], reasons: list[str | None], bodies: list[_Title], titles: list[_Title]
) -> None:
    """Marks short lines between pieces of furniture at the end, and titles without a body there: headlines and links."""
    last_body = bodies[-1].last
    at, seen_furniture = len(lines) - 1, False
    while at > last_body + 1:
        line = lines[at].text
        if reasons[at]:
            seen_furniture = True
        elif seen_furniture and len(line) <= _SHORT_LINE and line[-1] not in "。;" and not _keeps(line):
            reasons[at] = "新闻标题或链接"
        elif any(title.first <= at <= title.last for title in titles if title not in bodies):
            reasons[at] = "文件链接"
        elif not seen_furniture or len(line) > _SHORT_LINE or line[-1] in "。;":
            break
        at -= 1


def _keeps(line: str) -> bool:
    return bool(_SIGNATURE.search(line) or STARTS_ITEM.match(line))


def _drop_advertising(lines: list[_Line], reasons: list[str | None]) -> None:
    for at, line in enumerate(lines):
        if reasons[at] is None and len(line.text) <= 600 and _is_advertising(line.text):
            reasons[at] = "广告"


def _is_advertising(text: str) -> bool:
    if STARTS_ITEM.match(text):
        return False
    cues = {m.lastgroup or m[0][:2] for m in pattern("furniture", "advertising").finditer(text)}
    return len(cues) >= read_lexicon("furniture")["advertising_threshold"]


def _dropped(
    mapped: MappedText, document: Document, lines: list[_Line], reasons: list[str | None], folded: str
) -> list[Dropped]:
    offsets = mapped.offsets()
    stretches = [
        (line.start, line.end, reason) for line, reason in zip(lines, reasons, strict=True) if reason
    ]
    stretches += [
        (m.start(), m.end(), _inline_reason()) for m in pattern("furniture", "inline").finditer(folded)
    ]
    found = []
    for start, end, reason in sorted(stretches):
        span = Span(offsets.to_source(start), offsets.to_source(end - 1) + 1)
        found.append(Dropped(reason, span, document.text[span.start : span.end]))
    return found


def _inline_reason() -> str:
    return str(read_lexicon("furniture")["inline"][0]["reason"])


# --- one policy


def _policy(
    document: Document,
    part: int,
    mapped: MappedText,
    folded: str,
    lines: list[_Line],
    reasons: list[str | None],
    title: _Title,
    all_lines: list[_Line],
) -> PolicyText:
    start, end = lines[0].start, lines[-1].end
    cuts = _cuts(folded, lines, reasons)
    body = mapped.cut(start, end)
    body.apply((a - start, b - start, "") for a, b in cuts)

    def moved(position: int) -> int:
        return position - start - sum(min(b, position) - a for a, b in cuts if a < position)

    title_span = Span(moved(all_lines[title.first].start), moved(all_lines[title.last].end))
    kept = [(line, moved(line.start)) for line, reason in zip(lines, reasons, strict=True) if reason is None]
    return PolicyText(
        document=document.name,
        sha256=document.sha256,
        part=part,
        text=body.text,
        offsets=body.offsets(),
        title_span=title_span,
        body_start=title_span.end,
        fields=_fields(kept, title_span.start),
    )


def _cuts(folded: str, lines: list[_Line], reasons: list[str | None]) -> list[tuple[int, int]]:
    """Stretches to take out: furniture lines with their line break, and inline furniture."""
    start, end = lines[0].start, lines[-1].end
    cuts = [
        (line.start, min(line.end + 1, end)) for line, reason in zip(lines, reasons, strict=True) if reason
    ]
    if cuts and cuts[-1][1] == end and cuts[-1][0] > start:
        cuts[-1] = (cuts[-1][0] - 1, end)
    cuts += [m.span() for m in pattern("furniture", "inline").finditer(folded, start, end)]
    merged: list[tuple[int, int]] = []
    for a, b in sorted(cuts):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


def _fields(lines: list[tuple[_Line, int]], before: int) -> dict[str, Span]:
    """The entries of a portal's metadata block in front of the title: field name → span of its value."""
    found: dict[str, Span] = {}
    for line, start in lines:
        if start >= before:
            break
        name = _field_name(line.text)
        match = _FIELD_LINE.match(line.text)
        if name and match and match[2].strip() and name not in found:
            found[name] = Span(start + match.start(2), start + len(line.text.rstrip()))
    return found


def _field_name(line: str) -> str | None:
    match = _FIELD_LINE.match(line)
    return _field_labels().get(match[1].replace(" ", "")) if match else None


@cache
def _field_labels() -> dict[str, str]:
    return {
        label: name for name, labels in read_lexicon("furniture")["portal_fields"].items() for label in labels
    }
