"""The plain view: a policy's text as the fact stages read it, without stray blanks and with half-width punctuation.

Leads every position back to the policy's text; what the text says is for the stages.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import msgspec

from loaders.clean import fold_punctuation
from loaders.table_cells import CELL
from loaders.types import Clause, PolicyText, Span

# "最高 700万元", "第 十四 条": blanks inside words are the scraper's. Between two Latin words they are the text's own.
_STRAY_BLANK = re.compile(r" (?:(?<![0-9A-Za-z] )|(?![0-9A-Za-z]))")


class Passage(msgspec.Struct, frozen=True):
    """A clause's own text in the plain view: [start, end), behind its marker; the heading ends at `heading_end`.

    `parent` is the parent's place in the list of passages, -1 at the top.
    """

    cite: tuple[str, ...]
    start: int
    end: int
    heading_end: int
    heading: str | None
    parent: int


@dataclass(frozen=True, slots=True, eq=False)
class PlainView:
    """A policy as the fact stages read it; a view is equal to itself alone. All positions count characters of `text`, the plain text.

    `preamble` is what stands between the title and the first clause; `fields` are those of a portal's metadata block.
    Line breaks stay, and one stands behind each heading that a blank closed. `cells` are where one cell of a table ends and the
    next begins; a comma stands there, or between figures a semicolon, so that a row reads as a sentence.
    """

    policy: PolicyText
    text: str
    passages: list[Passage]
    title: Span
    preamble: Span
    fields: dict[str, Span]
    removed: list[int]
    cells: list[int]

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """Leads [start, end) of the plain text back to the policy's text."""
        first = start + bisect_right(self.removed, start)
        return (first, end + bisect_right(self.removed, end - 1)) if end > start else (first, first)


LONGEST_SENTENCE = 2000
"""The longest sentence of the bundled policies has 234 characters. A text without stops is cut into stretches of so many,
or the time that its sentences take would grow with the square of its length."""


def sentence_around(text: str, at: int, start: int, end: int) -> Span:
    """The sentence around position `at`, within [start, end): between 。 ; or a line break and the next of these, both left out."""
    reach = max(start, at - LONGEST_SENTENCE)
    first = max(text.rfind("。", reach, at), text.rfind(";", reach, at), text.rfind("\n", reach, at))
    first = first + 1 if first >= 0 else reach
    last = min(end, at + LONGEST_SENTENCE)
    for mark in "。;\n":
        found = text.find(mark, at, last)
        last = found if found >= 0 else last
    if last - first > LONGEST_SENTENCE:  # the same stretch for every position in it
        cut = at - (at - start) % LONGEST_SENTENCE
        return Span(max(first, cut), min(last, cut + LONGEST_SENTENCE))
    return Span(first, last)


def plain_view(policy: PolicyText, clauses: list[Clause]) -> PlainView:
    """The plain view of a policy and its clauses; clauses keep their order, one passage each."""
    folded = fold_punctuation(policy.text)
    cells = (
        [at for at, character in enumerate(policy.text) if character == CELL] if CELL in policy.text else []
    )
    if cells:
        folded = _with_parts(folded, cells)
    breaks = [
        c.heading_end - 1 for c in clauses if c.heading and folded[c.heading_end - 1 : c.heading_end] == " "
    ]
    if breaks:
        folded = _with_breaks(folded, breaks)
    blanks = [match.start() for match in _STRAY_BLANK.finditer(folded)]
    text = "".join(
        folded[a:b] for a, b in zip([0, *(at + 1 for at in blanks)], [*blanks, len(folded)], strict=True)
    )
    # plain positions from which on one more blank has been removed
    removed = [at - i for i, at in enumerate(blanks)]

    def moved(position: int) -> int:
        return position - bisect_left(blanks, position)

    passages = [
        Passage(c.cite, moved(c.text_start), moved(c.end), moved(c.heading_end), c.heading, c.parent)
        for c in clauses
    ]
    title = Span(moved(policy.title_span.start), moved(policy.title_span.end))
    first = moved(clauses[0].start) if clauses else len(text)
    return PlainView(
        policy=policy,
        text=text,
        passages=passages,
        title=title,
        preamble=Span(moved(policy.body_start), max(first, moved(policy.body_start))),
        fields={name: Span(moved(span.start), moved(span.end)) for name, span in policy.fields.items()},
        removed=removed,
        cells=[moved(at) for at in cells],
    )


def _with_parts(text: str, cells: list[int]) -> str:
    parted = list(text)
    for at in cells:
        between_figures = text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
        parted[at] = ";" if between_figures else ","
    return "".join(parted)


def _with_breaks(text: str, breaks: list[int]) -> str:
    pieces: list[str] = []
    done = 0
    for at in breaks:
        pieces += (text[done:at], "\n")
        done = at + 1
    pieces.append(text[done:])
    return "".join(pieces)
