"""Reads lists of responsible bodies: "(责任单位:信息技术产业局、亦庄国投)", "牵头单位:区经信局;配合单位:区财政局".

The names themselves are read by agency_mentions.py.
"""

from __future__ import annotations

import re
from functools import cache

from loaders.agency_mentions import Found, MentionFinder
from loaders.lexicon import pattern, read_lexicon

# a text without any of these heads no list
_GATE = re.compile(r"(?:单位|部门|机构|处室)(?:[:\]】〕(]|[为是]:)")
_PARTS = re.compile(r"[^、,;()/\s\[\]【】〔〕]+")
# what may stand between bodies and behind them: "市税务局配合提供数据"
_CONNECTORS = re.compile(r"[和及与等会同以]+")
_TASK = re.compile(r"(?:配合|参与|协助|提供|负责|牵头|审核|组织|指导)[一-鿿]*")
_SENTENCE_END = re.compile(r"[。\n]")
_BRACKETS = re.compile(r"[()〔〕\n]")
_CLOSES = {"(": ")", "〔": "〕"}
# A bracket that is not closed within so many characters never is.
_LONGEST_LIST = 2000
_NAME = re.compile(r"[一-鿿A-Za-z0-9·]{3,30}$")


def list_spans(text: str) -> list[tuple[int, int]]:
    """[start, end) of every list of responsible bodies, behind its head, in order and without overlaps."""
    if not _GATE.search(text):
        return []
    heads = list(_heads().finditer(text))
    bounds = [*(head.start() for head in heads), len(text)]
    return [(head.end(), min(_list_end(text, head), bounds[i + 1])) for i, head in enumerate(heads)]


def find_listed(text: str, start: int, end: int, finder: MentionFinder) -> list[Found]:
    """Every body in the list at [start, end), in order."""
    found: list[Found] = []
    for part in _PARTS.finditer(text, start, end):
        found += _read_part(text, part.start(), part.end(), finder)
    return found


@cache
def _heads() -> re.Pattern[str]:
    (head,) = read_lexicon("agency_kinds")["list_heads"]
    # a colon stands behind it, or the words stand in brackets of their own: 【责任单位】; "各责任单位开展兑现" heads no list
    return re.compile(rf"(?:{head['pattern']})(?:\(部门\)|\(单位\))?(?:(?:为|是)?:|[\]】〕]:?)")


def _list_end(text: str, head: re.Match[str]) -> int:
    """The closing bracket that belongs to the one in front of the head; without one the end of the sentence."""
    before = max(text.rfind(mark, max(0, head.start() - 40), head.start()) for mark in "([【〔")
    opened = text[before] if before >= 0 else ""
    if opened in _CLOSES and _CLOSES[opened] not in text[before : head.end()]:
        depth = 1
        for mark in _BRACKETS.finditer(text, head.end(), head.end() + _LONGEST_LIST):
            depth += 1 if mark[0] in _CLOSES else -1
            if depth == 0 or mark[0] == "\n":
                return mark.start()
    end = _SENTENCE_END.search(text, head.end())
    return end.start() if end else len(text)


def _read_part(text: str, start: int, end: int, finder: MentionFinder) -> list[Found]:
    rest = pattern("agency_kinds", "list_rests").search(text, start, end)
    end = rest.start() if rest else end
    name = text[start:end]
    # the same few bodies stand behind clause after clause
    kept = finder.parts.get(name)
    if kept is None:
        kept = finder.parts[name] = [one.moved(-start) for one in _bodies(text, start, end, finder)]
    return [one.moved(start) for one in kept]


def _bodies(text: str, start: int, end: int, finder: MentionFinder) -> list[Found]:
    found = finder.find(start, end, listed=True)
    if not _covers(found, text, start, end):
        name = text[start:end]
        if not _NAME.match(name) or pattern("agency_kinds", "generic").search(name):
            return []
        found = _run_together(text, start, end, finder) or [finder.raw(start, end)]
    named = [one for one in found if not one.government and one.standing != "below"]
    for one in named:
        one.listed = True
    return named


def _run_together(text: str, start: int, end: int, finder: MentionFinder) -> list[Found]:
    """Two bodies without a mark between them, of which one has words that no lexicon has: "市经信局|市新经济委"."""
    for cut in range(start + 3, end - 2):
        if finder.is_body(start, cut) and finder.is_body(cut, end):
            return [*_bodies(text, start, cut, finder), *_bodies(text, cut, end, finder)]
    return []


def _covers(found: list[Found], text: str, start: int, end: int) -> bool:
    """Whether the bodies found fill the part but for words that join them."""
    if not found:
        return False
    gaps, at = [], start
    for one in found:
        gaps.append(text[at : one.start])
        at = one.end
    gaps.append(text[at:end])
    return all(
        not gap or _CONNECTORS.fullmatch(gap) or _TASK.fullmatch(gap) or (len(gap) > 1 and _is_generic(gap))
        for gap in gaps
    )


def _is_generic(gap: str) -> bool:
    return bool(pattern("agency_kinds", "generic").search(_CONNECTORS.sub("", gap)))
