"""A briefing's picture as PNG, with its headline above and what it rests on below, so that it stands for itself."""

from __future__ import annotations

from html import escape

from app.briefings.model import Briefing
from app.briefings.wording import printed
from app.pictures.drawing import FONTS, INK, MUTED, PAPER, Picture, wrapped

_MARGIN, _SIZE, _LINE = 16, 20, 30
_LEAST_WIDTH = 720


def made(briefing: Briefing) -> bytes:
    """The PNG at twice the picture's size. Raises: PolicyGraphError where no Chinese font is installed."""
    return framed(briefing).to_png()


def framed(briefing: Briefing) -> Picture:
    """The picture under its headline."""
    inner = briefing.picture
    width = max(inner.width, _LEAST_WIDTH)
    lines = wrapped(printed(briefing.headline), width - 2 * _MARGIN, _SIZE, 4)
    top = _MARGIN + len(lines) * _LINE + 8
    height = top + inner.height + 34
    head = "".join(
        _text(_MARGIN, _MARGIN + 20 + number * _LINE, line, _SIZE, INK, "600")
        for number, line in enumerate(lines)
    )
    placed = inner.svg.replace("<svg ", f'<svg x="0" y="{top}" ', 1)
    foot = _text(_MARGIN, height - 12, printed(briefing.basis), 12, MUTED)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{escape(FONTS)}"><rect width="{width}" height="{height}" fill="{PAPER}"/>{head}{placed}{foot}</svg>'
    )
    return Picture(briefing.headline, svg, width, height)


def _text(x: float, y: float, words: str, size: int, fill: str, weight: str = "400") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{escape(words)}</text>'
