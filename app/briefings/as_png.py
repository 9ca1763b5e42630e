"""A briefing's picture as PNG, with question and headline above and what it rests on below, so that it stands for itself."""

from __future__ import annotations

from html import escape

from app.briefings.lines import broken
from app.briefings.model import Briefing
from app.briefings.wording import kept_together, printed
from app.pictures.drawing import FONTS, INK, MUTED, PAPER, Picture, shortened

_MARGIN, _SIZE, _LINE, _SMALL = 16, 20, 30, 13
_LEAST_WIDTH = 720


def made(briefing: Briefing) -> bytes:
    """The PNG at twice the picture's size. Raises: PolicyGraphError where no Chinese font is installed."""
    return framed(briefing).to_png()


def framed(briefing: Briefing) -> Picture:
    """The picture under its headline."""
    inner = briefing.picture
    width = max(inner.width, _LEAST_WIDTH)
    lines = broken(kept_together(printed(briefing.headline)), width - 2 * _MARGIN, _SIZE)
    top = 2 * _MARGIN + _SMALL + len(lines) * _LINE + 8
    height = top + inner.height + 34
    question = printed(f"{briefing.kind} · {briefing.question}")
    head = _text(_MARGIN, _MARGIN + _SMALL, shortened(question, width - 2 * _MARGIN, _SMALL), _SMALL, MUTED)
    head += "".join(
        _text(_MARGIN, 2 * _MARGIN + _SMALL + 18 + number * _LINE, line, _SIZE, INK, "600")
        for number, line in enumerate(lines)
    )
    placed = inner.svg.replace("<svg ", f'<svg x="{(width - inner.width) / 2:g}" y="{top}" ', 1)
    foot = _text(_MARGIN, height - 12, printed(briefing.basis), _SMALL, MUTED)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{escape(FONTS)}"><rect width="{width}" height="{height}" fill="{PAPER}"/>{head}{placed}{foot}</svg>'
    )
    return Picture(briefing.headline, svg, width, height)


def _text(x: float, y: float, words: str, size: int, fill: str, weight: str = "400") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{escape(words)}</text>'
