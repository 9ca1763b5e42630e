"""What the stages hand on to one another, so that no stage needs to import another one.

Offsets count characters (code points); a span's start is included, its end is not.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """[start, end) in characters of a cleaned text; a plain pair, so that thousands of them stay cheap."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of a source document that is no policy text: what was dropped, where, and why.

    `span` counts characters of the document's text before cleaning.
    """

    reason: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source file as read.

    `text` is the decoded text with line breaks as "\\n", before any cleaning; `sha256` is that of the file's bytes.
    `dropped` is what reading itself left out of `text` (navigation of a page, page numbers): its spans are empty and
    stand where the words would stand.
    """

    name: str
    text: str
    sha256: str
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Leads a position in cleaned text back to the source text.

    `cleaned[i]` → `source[i]` are the starts of stretches that were copied unchanged in length;
    inside a stretch positions run in step.
    """

    cleaned: tuple[int, ...]
    source: tuple[int, ...]

    def to_source(self, position: int) -> int:
        """The source position of a cleaned position; positions count characters."""
        at = bisect_right(self.cleaned, position) - 1
        return self.source[at] + position - self.cleaned[at]


@dataclass(frozen=True, slots=True)
class PolicyText:
    """One policy cut out of a document, cleaned.

    `text` holds all that belongs to the policy: metadata block, forwarding notice, title and body, in source order;
    paragraphs are separated by "\\n", other white space is single blanks. `title_span` is where the title stands
    and `body_start` where the policy's own text begins behind title and notice. `fields` are the entries of a portal's
    metadata block: its label ("发文机构") to the span of its value. Every span of a record counts characters of `text`.
    """

    document: str
    sha256: str
    part: int
    text: str
    offsets: OffsetMap
    title_span: Span
    body_start: int
    fields: dict[str, Span] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title as the document gives it, without white space inside."""
        return "".join(self.text[self.title_span.start : self.title_span.end].split())


@dataclass(slots=True)
class Clause:
    """A numbered unit of a policy's body, or its unnumbered closing part (附则).

    `cite` is the chain of markers, outermost first: ("第五条", "(1)"). `start` is where the marker begins, `text_start` where the text
    behind the marker begins, `end` where the clause's own text ends (at its first child's marker, or at the next clause).
    `heading_end` is where the heading ends, `text_start` where there is none. `parent` is the parent's place in the list of
    clauses, -1 at the top.
    """

    cite: tuple[str, ...]
    start: int
    text_start: int
    end: int
    heading_end: int
    heading: str | None = None
    parent: int = -1
