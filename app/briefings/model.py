"""What a briefing is made of: finding, figures, picture, table, sources, and what it does not know. Knows no kind and no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.pictures.drawing import Picture, text_width

Unit = Literal["CNY", "share", "count", "year"]
MOST_FIGURES = 5
"""More than five numbers are a table."""


@dataclass(frozen=True, slots=True)
class Source:
    """A footnote: where a figure stands. `clause` is the id of the clause whose text holds the quote, "" where the policy itself does."""

    number: int
    district: str
    policy: str
    policy_title: str
    doc_number: str | None
    cite: tuple[str, ...]
    clause: str
    quote: str

    @property
    def place(self) -> str:
        """District, title, number of the document where it has one, article."""
        number = f"({self.doc_number})" if self.doc_number else ""
        return f"{self.district}《{self.policy_title}》{number}{''.join(self.cite)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the numbers on top: as it is said, and the exact values behind it (yuan, shares as fractions, counts), with its sources."""

    label: str
    words: str
    values: tuple[float, ...]
    unit: Unit
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is said; `value` is exact, with `unit`; `notes` are numbers of sources."""

    words: str
    value: float | None = None
    unit: Unit | None = None
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `share` is its part of the table's width, figures are set right."""

    name: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, one for each column; `remark` says what the table leaves out."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one unit, for slides, where charts can be edited; `values` are yuan, fractions or counts."""

    title: str
    names: tuple[str, ...]
    values: tuple[float, ...]
    unit: Unit


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence that adds to the headline, with its sources."""

    words: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole. `question` is what was asked, `headline` what was found, `basis` on which graph and day it rests; `data` are the
    tables behind it, which only the workbook holds."""

    kind: str
    question: str
    headline: str
    as_of: str
    basis: str
    figures: tuple[Figure, ...]
    points: tuple[Point, ...]
    picture: Picture
    chart: Chart | None
    table: Table
    sources: tuple[Source, ...]
    unknown: tuple[str, ...]
    data: tuple[Table, ...] = ()

    def __post_init__(self) -> None:
        if len(self.figures) > MOST_FIGURES:
            raise ValueError(f"a briefing has at most {MOST_FIGURES} figures, got {len(self.figures)}")


def weight(figure: Figure) -> float:
    """How much of the row a figure needs: the longer of its words and its label, so that neither wraps."""
    return round(
        max(text_width(figure.words, 13) + 6 * len(figure.notes), text_width(figure.label, 8)) + 12, 1
    )


def shown_notes(row: Sequence[Cell]) -> list[tuple[int, ...]]:
    """For each cell of a row, the notes to show: one that several cells rest on stands with the last of them only."""
    return [
        tuple(note for note in cell.notes if not any(note in later.notes for later in row[i + 1 :]))
        for i, cell in enumerate(row)
    ]


@dataclass(slots=True)
class Sources:
    """Collects footnotes: one number for each sentence of each clause, in the order in which they are first named."""

    doc_numbers: dict[str, str | None]
    _known: dict[tuple[str, str, str], Source] = field(default_factory=dict)

    def note(
        self,
        *,
        district: str,
        policy: str,
        policy_title: str,
        cite: Sequence[str],
        quote: str,
        clause: str = "",
    ) -> int:
        """The number of the footnote for a sentence; blanks and line breaks in the quote are one blank."""
        words = " ".join(quote.split())
        key = (policy, "".join(cite), words)
        if key not in self._known:
            number = len(self._known) + 1
            doc_number = self.doc_numbers.get(policy)
            self._known[key] = Source(
                number, district, policy, policy_title, doc_number, tuple(cite), clause, words
            )
        return self._known[key].number

    def all(self) -> tuple[Source, ...]:
        """The footnotes by number."""
        return tuple(self._known.values())
