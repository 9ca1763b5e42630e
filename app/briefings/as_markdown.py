"""A briefing as Markdown, for those who write on: no picture, everything else, footnotes as footnotes."""

from __future__ import annotations

from app.briefings.model import Briefing, Cell, Table, shown_notes
from app.briefings.wording import printed
from app.markup import in_markdown


def made(briefing: Briefing) -> bytes:
    """UTF-8 text."""
    parts = [f"# {printed(briefing.headline)}", f"{printed(briefing.question)}。{printed(briefing.basis)}。"]
    parts.append(
        "\n".join(f"- {printed(f.label)}\uff1a**{f.words}**{_marks(f.notes)}" for f in briefing.figures)
    )
    parts += [in_markdown(printed(point.words)) + _marks(point.notes) for point in briefing.points]
    parts.append(f"## {printed(briefing.table.title)}\n\n{_table(briefing.table)}")
    parts.append(
        "## 本页不知道的\n\n" + "\n".join(f"- {in_markdown(printed(words))}" for words in briefing.unknown)
    )
    parts.append(
        "\n".join(
            f"[^{s.number}]: {in_markdown(s.place)}\uff1a“{in_markdown(s.quote)}”"
            for s in briefing.page_sources
        )
    )
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _table(table: Table) -> str:
    lines = ["| " + " | ".join(column.name for column in table.columns) + " |"]
    lines.append("|" + "|".join(" ---: " if column.right else " --- " for column in table.columns) + "|")
    lines += [
        "| " + " | ".join(_cell(*told) for told in zip(row, shown_notes(row), strict=True)) + " |"
        for row in table.rows
    ]
    return "\n".join(lines) + (f"\n\n{printed(table.remark)}" if table.remark else "")


def _cell(cell: Cell, notes: tuple[int, ...]) -> str:
    return in_markdown(printed(cell.words)) + _marks(notes)


def _marks(notes: tuple[int, ...]) -> str:
    return "".join(f"[^{note}]" for note in notes)
