"""Cleaning as small steps, text → text, each of which keeps the way back to the source.

Knows characters, lines and blanks; what is policy text and what is page furniture is for split.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from loaders.markers import NUMERAL, STARTS_ITEM
from loaders.table_cells import CELL, MARK, mark_cells
from loaders.types import OffsetMap

Edit = tuple[int, int, str]
"""Replace text[start:end] by a string; edits of one step come in order and do not overlap."""


class MappedText:
    """A text and, for each of its positions, the place in the source that it came from."""

    __slots__ = ("_cleaned", "_source", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._cleaned: list[int] = [0]
        self._source: list[int] = [0]

    def apply(self, edits: Iterable[Edit]) -> None:
        """Carries out one step's edits and composes the offsets."""
        pieces: list[str] = []
        cleaned, source = [0], [self._origin(0)]
        done = length = at = 0
        old_cleaned, old_source = self._cleaned, self._source
        for start, end, new in edits:
            pieces.append(self.text[done:start])
            # stretches of earlier steps that begin inside the run copied now
            while at < len(old_cleaned) and old_cleaned[at] <= start:
                if old_cleaned[at] > done:
                    cleaned.append(length + old_cleaned[at] - done)
                    source.append(old_source[at])
                at += 1
            length += start - done
            if new:
                pieces.append(new)
                cleaned.append(length)
                source.append(self._origin(start))
                length += len(new)
            cleaned.append(length)
            source.append(self._origin(end))
            done = end
            while at < len(old_cleaned) and old_cleaned[at] <= end:
                at += 1
        if done == 0 and len(pieces) == 0:
            return
        pieces.append(self.text[done:])
        while at < len(old_cleaned):
            cleaned.append(length + old_cleaned[at] - done)
            source.append(old_source[at])
            at += 1
        self.text = "".join(pieces)
        self._cleaned, self._source = cleaned, source

    def replace_all(self, text: str) -> None:
        """Puts another text of the same length in place: characters changed one for one."""
        self.text = text

    def cut(self, start: int, end: int) -> MappedText:
        """The stretch [start, end) as a mapped text of its own."""
        part = MappedText(self.text[start:end])
        first, last = bisect_right(self._cleaned, start), bisect_right(self._cleaned, end - 1)
        part._cleaned = [0, *(at - start for at in self._cleaned[first:last])]
        part._source = [self._origin(start), *self._source[first:last]]
        return part

    def offsets(self) -> OffsetMap:
        """The way back from the present text to the source."""
        return OffsetMap(tuple(self._cleaned), tuple(self._source))

    def _origin(self, position: int) -> int:
        at = bisect_right(self._cleaned, position) - 1
        return self._source[at] + position - self._cleaned[at]


def clean(source: str) -> MappedText:
    """Cleans a document's text: Simplified, half-width digits and letters, glosses gone, broken lines joined.

    Paragraphs are separated by one "\\n"; other runs of white space become one blank, and a wide one (CELL) between the cells
    of a table. Punctuation stays the source's.
    """
    mapped = MappedText(source)
    _simplify(mapped)
    _narrow(mapped)
    for step in (
        _drop_unseen,
        mark_cells,
        _drop_glosses,
        _fold_blanks,
        _drop_line_markup,
        _drop_inline_markup,
        _fold_blanks,  # markup between two blanks leaves both
        _restore_blanks,
        _drop_stray_commas,
        _join_broken_lines,
    ):
        mapped.apply(step(mapped.text))
    if MARK in mapped.text:
        mapped.replace_all(mapped.text.replace(MARK, CELL))
    return mapped


# --- Punctuation for matching: full-width and half-width count as equal, one character for one, so that offsets stay.

_FREQUENT = {
    "\uff0c": ",",
    "\uff1b": ";",
    "\uff1a": ":",
    "\uff08": "(",
    "\uff09": ")",
    "\uff01": "!",
    "\uff1f": "?",
    "\uff05": "%",
    "\uff0e": ".",
    "\uff0d": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\uff5e": "~",
    "\u301c": "~",
    "\u2236": ":",
    "\ufe30": ":",
}
_RARE = {
    # the small forms that some word processors write: 1﹒支持…
    "\ufe50": ",",
    "\ufe51": "、",
    "\ufe52": ".",
    "\ufe54": ";",
    "\ufe55": ":",
    "\ufe59": "(",
    "\ufe5a": ")",
    "\uff0f": "/",
    "\uff5c": "|",
    CELL: " ",
}


_RARE_MARKS = str.maketrans(_RARE)
_IS_RARE = re.compile(f"[{''.join(_RARE)}]")


@lru_cache(maxsize=8)  # several stages fold the same text, one after the other
def fold_punctuation(text: str) -> str:
    """The text with half-width punctuation, same length: what every pattern and lexicon is matched against.

    Quotes are cut from the unfolded text, which keeps the source's punctuation.
    """
    for wide, narrow in _FREQUENT.items():
        text = text.replace(wide, narrow)
    return text.translate(_RARE_MARKS) if _IS_RARE.search(text) else text


# --- Traditional to Simplified: seed 000 was scraped in Traditional characters.

# Frequent Traditional forms that no Simplified text uses; their presence calls for a conversion.
_TRADITIONAL = re.compile(
    "[產業發資點軟數據實應創額獎勵標準國區經濟開來對個為與關務員們後時過還會學問題進達選運專項條總萬億]"
)


@cache
def _opencc() -> Any:
    import opencc  # its dictionaries take 20 ms to load: only where a Traditional text comes

    return opencc.OpenCC("t2s")


# A form of 陝 that opencc leaves: "陜西省" in pages of 西安.
_MISSED_BY_OPENCC = str.maketrans("陜", "陕")


def _simplify(mapped: MappedText) -> None:
    if not _TRADITIONAL.search(mapped.text):
        return
    mapped.replace_all(mapped.text.translate(_MISSED_BY_OPENCC))
    simplified = _opencc().convert(mapped.text)
    if len(simplified) == len(mapped.text):
        mapped.replace_all(simplified)
        return
    # Rare: a phrase changed its length. Line by line the offsets stay right to the line.
    edits: list[Edit] = []
    position = 0
    for line in mapped.text.split("\n"):
        converted = _opencc().convert(line)
        if len(converted) == len(line):
            edits += [
                (position + i, position + i + 1, b)
                for i, (a, b) in enumerate(zip(line, converted, strict=True))
                if a != b
            ]
        else:
            edits.append((position, position + len(line), converted))
        position += len(line) + 1
    mapped.apply(edits)


# --- Full-width digits and Latin letters. NFKC would also change ①, ㎡ and brackets of document numbers.

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_NARROW = {
    wide: wide - 0xFEE0
    for run in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B))
    for wide in range(*run)
}


def _narrow(mapped: MappedText) -> None:
    if _WIDE.search(mapped.text):
        mapped.replace_all(mapped.text.translate(_NARROW))


# --- Pinyin glosses behind a character: 產(chǎn)業(yè), 專(zhuān )項, and without tones 創(chuang)(chuang)新(xin)

_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ"
_TONES = re.compile(f"[{_TONED}]")
_GLOSS = re.compile(
    rf"(?<=[\u4e00-\u9fff)\uff09])[(\uff08]([a-z{_TONED}ü]{{1,6}}) ?[)\uff09](?: (?=[\u4e00-\u9fff,\uff0c、]))?"
)
_SYLLABLE = re.compile(rf"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?[aoeiu{_TONED}ü]{{1,3}}(?:ng|n|r)?")
# So many different syllables in brackets are glosses though none carries a tone.
_TONELESS = 8


def _drop_glosses(text: str) -> Iterator[Edit]:
    """Glosses are dropped where one carries a tone mark, or where the text is full of them; a lone "(app)" stays."""
    if "n)" not in text and not _TONES.search(text):
        return
    found = [m for m in _GLOSS.finditer(text) if _SYLLABLE.fullmatch(m[1])]
    if any(_TONES.search(m[1]) for m in found) or len({m[1] for m in found}) >= _TONELESS:
        for m in found:
            yield m.start(), m.end(), ""


# --- Characters that nobody sees: a figure with one inside is not read, a control character would command a terminal, and a
# mark of direction show another amount than is read.

_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
)


def _drop_unseen(text: str) -> Iterator[Edit]:
    for m in _UNSEEN.finditer(text):
        yield m.start(), m.end(), ""


# --- White space

_BLANKS = re.compile(r"\s+")


def _fold_blanks(text: str) -> Iterator[Edit]:
    for m in _BLANKS.finditer(text):
        run = m[0]
        folded = "\n" if "\n" in run else " "
        if run != folded:
            yield m.start(), m.end(), folded


# --- Markdown that page converters leave in plain text: "# (二)加强…", "**2024**"; bullets of scraped lists

_LINE_MARKUP = re.compile(r"\n(?:#{1,6} |[•·●◆■▪] ?|[-*+] )")
_INLINE_MARKUP = re.compile(r"[*_](?:(?<=\*)\*|(?<=_)_(?=\S))")


def _drop_line_markup(text: str) -> Iterator[Edit]:
    for m in _LINE_MARKUP.finditer("\n" + text):
        yield m.start(), m.end() - 1, ""


def _drop_inline_markup(text: str) -> Iterator[Edit]:
    for m in _INLINE_MARKUP.finditer(text):
        yield m.start(), m.end(), ""


# --- A wide blank behind a marker that a scraper could not write: "第一條?為進一步加強", "第一章 ?總則"

_LOST_BLANK = re.compile(r"(?<=[条章节])( ?\?)(?=[\u4e00-\u9fff])")
_NUMBERED = re.compile(rf"第{NUMERAL}+[条章节]$")


def _restore_blanks(text: str) -> Iterator[Edit]:
    if "条?" not in text and " ?" not in text:
        return
    for m in _LOST_BLANK.finditer(text):
        if _NUMBERED.search(text, max(0, m.start() - 8), m.start()):
            yield m.start(), m.end(), " "


# --- Commas that some scrapers strew in: "给予奖励,,对…", "一,、 培育主体,。"

_STRAY_COMMA = re.compile(r"[,\uff0c](?=[,\uff0c、。;\uff1b])")
# So many of them are no slips of a text's own.
_STREWN = 5


def _drop_stray_commas(text: str) -> Iterator[Edit]:
    if not any(double in text for double in (",,", "\uff0c\uff0c", ",。", "\uff0c。")):
        return
    found = [m.span() for m in _STRAY_COMMA.finditer(text)]
    if len(found) >= _STREWN:
        for start, end in found:
            yield start, end, ""


# --- Sentences broken by a line or a page (seed 002: "支持重点企业及重⏎⏎大项目贷款贴息")

_SENTENCE_END = "。!?;:…】"
# A line that ends so, and is no label, is broken: "…至20000平方米以下的⏎展会,给予…"
_OPEN_END = "的和与及或、,"
_OPEN_LINE = 12


def _join_broken_lines(text: str) -> Iterator[Edit]:
    """Joins a line with the next one where it stops in mid-sentence.

    A line runs on where it is as long as the document's lines get (a wrapped page), or where it has running text
    (a comma or full stop inside) but no sentence end, and what follows starts no item of its own.
    """
    lines = fold_punctuation(text).split("\n")
    width = _wrap_width(lines)
    position = 0
    for line, following in pairwise(lines):
        position += len(line)
        if _runs_on(line, following, width):
            yield position, position + 1, "" if _is_wide(line[-1]) or _is_wide(following[0]) else " "
        position += 1


def _runs_on(line: str, following: str, width: int | None) -> bool:
    if not line or not following or line[-1] in _SENTENCE_END or STARTS_ITEM.match(following):
        return False
    if MARK in line or MARK in following:  # a row of a table is whole
        return False
    if len(line) >= _OPEN_LINE and line[-1] in _OPEN_END:
        return True
    if width is not None and len(line) >= width:
        return True
    return len(line) > 40 and ("," in line or "。" in line) and not STARTS_ITEM.match(line)


def _wrap_width(lines: list[str]) -> int | None:
    """The length from which a line counts as filled, where a document is wrapped at a width; None where it is not.

    Wrapped: at least ten lines, and half of the lines that do not end a sentence have nearly one length.
    """
    open_lengths = sorted(len(line) for line in lines if len(line) >= 15 and line[-1] not in _SENTENCE_END)
    if len(open_lengths) < 10:
        return None
    typical = open_lengths[len(open_lengths) * 3 // 4]
    near = sum(1 for length in open_lengths if abs(length - typical) <= 3)
    return typical - 3 if near * 2 >= len(open_lengths) and typical < 80 else None


def _is_wide(character: str) -> bool:
    return character > "\u2e7f"
