"""A briefing as one HTML page that asks the network for nothing and prints on A4."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from app.briefings.model import Briefing, Cell, Column, Figure, Source, Table, shown_notes
from app.briefings.wording import kept_together, printed
from app.markup import NO_REQUESTS


def made(briefing: Briefing) -> bytes:
    """UTF-8 HTML."""
    style = (files("app.briefings") / "assets" / "page.css").read_text(encoding="utf-8")
    headline = escape(kept_together(printed(briefing.headline)))
    points = "".join(f"<li>{escape(printed(p.words))}{_marks(p.notes)}</li>" for p in briefing.points)
    unknown = "".join(f"<li>{escape(printed(words))}</li>" for words in briefing.unknown)
    sources = "".join(map(_source, briefing.page_sources))
    remark = (
        f'<p class="remark">{escape(printed(briefing.table.remark))}</p>' if briefing.table.remark else ""
    )
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"{NO_REQUESTS}"
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{headline}</title>'
        f"<style>{style}</style></head><body><main>\n"
        f'<p class="question">{escape(printed(f"{briefing.kind} · {briefing.question}"))}</p>\n<h1>{headline}</h1>\n'
        f'<div class="figures">{"".join(map(_figure, briefing.figures))}</div>\n'
        f"{f'<ul>{points}</ul>' if points else ''}\n"
        f"<figure>{briefing.picture.svg}<figcaption>{escape(printed(briefing.picture.title))}</figcaption></figure>\n"
        f"<h2>{escape(printed(briefing.table.title))}</h2>\n{_table(briefing.table)}{remark}\n"
        f'<section class="unknown"><h2>本页不知道的</h2><ul>{unknown}</ul></section>\n'
        f"{f'<h2>来源</h2><ol>{sources}</ol>' if sources else ''}\n"
        f"<footer>{escape(printed(briefing.basis))}</footer>\n</main></body></html>\n"
    ).encode()


def _figure(figure: Figure) -> str:
    return f"<div><b>{escape(kept_together(figure.words))}</b>{_marks(figure.notes)}<span>{escape(printed(figure.label))}</span></div>"


def _table(table: Table) -> str:
    total = sum(column.share for column in table.columns)
    widths = "".join(f'<col style="width:{column.share / total:.1%}">' for column in table.columns)
    head = "".join(f"<th{_right(c.right)}>{escape(c.name)}</th>" for c in table.columns)
    rows = "".join(
        "<tr>"
        + "".join(_cell(*told) for told in zip(row, shown_notes(row), table.columns, strict=True))
        + "</tr>"
        for row in table.rows
    )
    return f"<table><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(cell: Cell, notes: tuple[int, ...], column: Column) -> str:
    title = f' title="{cell.value:,.10g}"' if cell.value is not None and cell.unit == "CNY" else ""
    return f"<td{_right(column.right)}{title}>{escape(printed(cell.words))}{_marks(notes)}</td>"


def _right(right: bool) -> str:
    return ' class="right"' if right else ""


def _source(source: Source) -> str:
    return f'<li id="s{source.number}">{escape(source.place)}\uff1a“{escape(source.quote)}”</li>'


def _marks(notes: tuple[int, ...]) -> str:
    if not notes:
        return ""
    links = ",".join(f'<a href="#s{note}">{note}</a>' for note in notes)
    return f"<sup>{links}</sup>"
