"""What a briefing is made of: finding, figures, picture, table, sources, and what it does not know. Knows no kind and no file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from app.pictures.drawing import Picture, text_width

Unit = Literal["CNY", "share", "count", "year"]
MOST_FIGURES = 5
"""More than five numbers are a table."""


@dataclass(frozen=True, slots=True)
class Source:
    """A footnote: where a figure stands. `clause` is the id of the clause whose text holds the quote, "" where the policy itself does.

    `earlier`: the quote stands in an earlier build of the graph, and no longer in this one.
    """

    number: int
    district: str
    policy: str
    policy_title: str
    doc_number: str | None
    cite: tuple[str, ...]
    clause: str
    quote: str
    earlier: bool = False

    @property
    def place(self) -> str:
        """District, title, number of the document where it has one, article."""
        number = f"({self.doc_number})" if self.doc_number else ""
        version = "(先前版本)" if self.earlier else ""
        return f"{self.district}《{self.policy_title}》{number}{''.join(self.cite)}{version}"


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

    @property
    def page_sources(self) -> tuple[Source, ...]:
        """The footnotes that the page itself names; what only the data behind it rests on stands in the workbook."""
        named = set(_notes_of_page(self))
        return tuple(source for source in self.sources if source.number in named)


def in_reading_order(briefing: Briefing) -> Briefing:
    """The briefing with its footnotes numbered as a reader meets them: figures, points, table, then the data behind."""
    behind = (note for table in briefing.data for note in _notes_of_table(table))
    met = dict.fromkeys([*_notes_of_page(briefing), *behind, *(source.number for source in briefing.sources)])
    number = {old: new for new, old in enumerate(met, 1)}

    def renumbered(notes: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(number[note] for note in notes))

    def renumbered_table(table: Table) -> Table:
        rows = tuple(tuple(replace(cell, notes=renumbered(cell.notes)) for cell in row) for row in table.rows)
        return replace(table, rows=rows)

    sources = (replace(source, number=number[source.number]) for source in briefing.sources)
    return replace(
        briefing,
        figures=tuple(replace(figure, notes=renumbered(figure.notes)) for figure in briefing.figures),
        points=tuple(replace(point, notes=renumbered(point.notes)) for point in briefing.points),
        table=renumbered_table(briefing.table),
        data=tuple(map(renumbered_table, briefing.data)),
        sources=tuple(sorted(sources, key=lambda source: source.number)),
    )


def _notes_of_page(briefing: Briefing) -> Iterator[int]:
    told: Iterable[Figure | Point] = (*briefing.figures, *briefing.points)
    for one in told:
        yield from one.notes
    yield from _notes_of_table(briefing.table)


def _notes_of_table(table: Table) -> Iterator[int]:
    for row in table.rows:
        for notes in shown_notes(row):
            yield from notes


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
    _known: dict[tuple[str, str, str, bool], Source] = field(default_factory=dict)

    def note(
        self,
        *,
        district: str,
        policy: str,
        policy_title: str,
        cite: Sequence[str],
        quote: str,
        clause: str = "",
        earlier: bool = False,
    ) -> int:
        """The number of the footnote for a sentence; blanks and line breaks in the quote are one blank."""
        words = " ".join(quote.split())
        key = (policy, "".join(cite), words, earlier)
        if key not in self._known:
            number = len(self._known) + 1
            doc_number = self.doc_numbers.get(policy)
            self._known[key] = Source(
                number, district, policy, policy_title, doc_number, tuple(cite), clause, words, earlier
            )
        return self._known[key].number

    def all(self) -> tuple[Source, ...]:
        """The footnotes by number."""
        return tuple(self._known.values())
