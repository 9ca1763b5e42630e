"""A briefing as PDF: A4, with its Chinese font inside. Set by Typst, which comes as a wheel and needs nothing else installed."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import typst

from app.briefings.lines import broken
from app.briefings.model import Briefing, Cell, Figure, shown_notes, weight
from app.briefings.wording import kept_together, printed
from app.pictures.drawing import FONTS
from app.pictures.fonts import NO_FONT, chinese_font
from graph.errors import PolicyGraphError

_HEADLINE_SIZE, _WIDTH = 16, 493
"""In points; the width of the text on A4 between margins of 18 mm."""


def made(briefing: Briefing) -> bytes:
    """The PDF; the same briefing gives the same pages. Raises: PolicyGraphError where no Chinese font is installed."""
    font = chinese_font()
    if font is None:
        raise PolicyGraphError(NO_FONT.format(what="PDF 无法排版", instead=".html、.md 或 .xlsx"))
    page = (files("app.briefings") / "assets" / "page.typ").read_bytes()
    content = json.dumps(_content(briefing, font.family), ensure_ascii=False).encode()
    day = datetime.datetime.fromisoformat(briefing.as_of).replace(tzinfo=datetime.UTC)
    picture = briefing.picture.svg.replace(FONTS, font.family)
    # the library takes several files as a dict, which its stubs do not say
    sources: Any = {"main.typ": page, "briefing.json": content, "picture.svg": picture.encode()}
    pages: bytes = typst.compile(sources, format="pdf", timestamp=int(day.timestamp()))
    return pages


def _content(briefing: Briefing, font: str) -> dict[str, Any]:
    """What the page (assets/page.typ) is given: text as data, so that no title or quote can become markup."""
    return {
        "kind": briefing.kind,
        "question": printed(briefing.question),
        "title": printed(briefing.headline),
        "font": font,
        "headline": {"size": _HEADLINE_SIZE, "lines": _headline(briefing)},
        "basis": printed(briefing.basis),
        "figures": [_figure(f) for f in briefing.figures],
        "points": [{"words": printed(p.words), "notes": list(p.notes)} for p in briefing.points],
        "picture": {
            "caption": printed(briefing.picture.title),
            "width": briefing.picture.width,
            "height": briefing.picture.height,
        },
        "table": {
            "title": printed(briefing.table.title),
            "columns": [{"name": c.name, "share": c.share, "right": c.right} for c in briefing.table.columns],
            "rows": [_row(row) for row in briefing.table.rows],
            "remark": printed(briefing.table.remark),
        },
        "unknown": [printed(words) for words in briefing.unknown],
        "sources": [{"number": s.number, "place": s.place, "quote": s.quote} for s in briefing.page_sources],
    }


def _headline(briefing: Briefing) -> list[str]:
    return broken(kept_together(printed(briefing.headline)), _WIDTH, _HEADLINE_SIZE)


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "label": printed(figure.label),
        "words": kept_together(figure.words),
        "notes": list(figure.notes),
        "share": weight(figure),
    }


def _row(row: Sequence[Cell]) -> list[dict[str, Any]]:
    told = zip(row, shown_notes(row), strict=True)
    return [{"words": printed(cell.words), "notes": list(notes)} for cell, notes in told]
