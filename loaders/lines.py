"""A cleaned document as lines, each with its place: what splitting and dropping both look at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.clean import MappedText, clean, fold_punctuation
from loaders.types import Document

# From this many characters on a line is a paragraph; headlines, links and signatures are shorter.
SHORT_LINE = 60

_LINE = re.compile(r"[^\n]*\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: [start, end) in the cleaned text; `text` with half-width punctuation, stripped."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Page:
    """A cleaned document, its lines, and for each line why it is dropped (None: it is kept).

    `inline` are stretches to drop inside lines, with their reason.
    """

    document: Document
    mapped: MappedText
    folded: str
    lines: list[Line]
    reasons: list[str | None]
    inline: list[tuple[int, int, str]] = field(default_factory=list)


def read_page(document: Document) -> Page:
    """Cleans a document and cuts it into lines; nothing is dropped yet."""
    mapped = clean(document.text)
    folded = fold_punctuation(mapped.text)
    lines = [Line(m.start(), m.end(), m[0].strip()) for m in _LINE.finditer(folded)]
    return Page(document, mapped, folded, lines, [None] * len(lines))
