"""A drawing surface: shapes and text as SVG, with the four states' looks, and the picture's files (SVG, PNG, HTML).

Text is data: it is set through an XML tree, so that no title or clause can become markup.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from xml.etree import ElementTree as ET

from app.markup import NO_REQUESTS
from app.pictures.fonts import NO_FONT, chinese_font
from graph.errors import PolicyGraphError

FONTS = (
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',sans-serif"
)
INK, MUTED, RULE, PAPER = "#222222", "#6B6B6B", "#C8C8C8", "#FFFFFF"
ACCENT, ACCENT_PALE = "#1F4E79", "#DCE6F1"


class State(StrEnum):
    """What is known of a support in a place: four states that are never mixed up, and inside the first a look of its own for what is
    spoken of without a sum, share, area or term."""

    SUPPORTED = "支持"
    MENTIONED = "只提到、未写标准"
    NOT_FOUND = "已收录文件中未见"
    EXPIRED = "已失效"
    NOT_LOADED = "未收录文件"


FOUR_STATES: Mapping[State, str] = {state: state.value for state in State if state is not State.MENTIONED}
"""What the looks mean where a picture says nothing of its own."""

EVERY_STATE: Mapping[State, str] = {state: state.value for state in State}
"""The same where standards are compared."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture: its title says the finding, `svg` stands for itself, sizes are in pixels."""

    title: str
    svg: str
    width: int
    height: int

    def to_html(self) -> str:
        """One self-contained page with the title and the drawing; it asks the network for nothing."""
        title = html.escape(self.title)
        return (
            f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">{NO_REQUESTS}<title>{title}</title>'
            f"<style>body{{margin:24px;font-family:{FONTS};color:{INK}}}h1{{font-size:20px}}svg{{max-width:100%;height:auto}}</style>"
            f"</head><body><h1>{title}</h1>{self.svg}</body></html>\n"
        )

    def to_png(self, scale: float = 2.0) -> bytes:
        """The drawing as PNG, `scale` times its size. Raises PolicyGraphError where no Chinese font is installed."""
        import resvg_py

        font = chinese_font()
        if font is None:
            raise PolicyGraphError(NO_FONT.format(what="图片中的汉字无法显示", instead="HTML"))
        png = resvg_py.svg_to_bytes(
            svg_string=self.svg.replace(FONTS, font.family),
            zoom=max(1, round(scale)),
            background=PAPER,
            font_files=[str(font.path)],
            sans_serif_family=font.family,
        )
        return bytes(png)


class Drawing:
    """Collects shapes; y grows downwards; all sizes are pixels."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self.width, self.height, self.title = round(width), round(height), title
        self._root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "width": str(self.width),
                "height": str(self.height),
                "viewBox": f"0 0 {self.width} {self.height}",
                "font-family": FONTS,
                "role": "img",
                "aria-label": title,
            },
        )
        defs = ET.SubElement(self._root, "defs")
        hatch = ET.SubElement(
            defs,
            "pattern",
            {
                "id": "hatch",
                "width": "7",
                "height": "7",
                "patternUnits": "userSpaceOnUse",
                "patternTransform": "rotate(45)",
            },
        )
        ET.SubElement(hatch, "rect", {"width": "7", "height": "7", "fill": PAPER})
        ET.SubElement(
            hatch,
            "line",
            {"x1": "0", "y1": "0", "x2": "0", "y2": "7", "stroke": "#8A8A8A", "stroke-width": "2.4"},
        )
        for name, colour in (("arrow", ACCENT), ("arrow-grey", MUTED), ("arrow-red", "#C00000")):
            marker = ET.SubElement(
                defs,
                "marker",
                {
                    "id": name,
                    "viewBox": "0 0 10 10",
                    "refX": "9",
                    "refY": "5",
                    "markerWidth": "7",
                    "markerHeight": "7",
                    "orient": "auto",
                },
            )
            ET.SubElement(marker, "path", {"d": "M0,0 L10,5 L0,10 z", "fill": colour})

    def group(self, name: str | None = None, tooltip: str | None = None) -> ET.Element:
        """A group of shapes; with a name it can be clicked in the explorer, with a tooltip it explains itself."""
        element = ET.SubElement(self._root, "g", {"data-id": name, "style": "cursor:pointer"} if name else {})
        if tooltip:
            ET.SubElement(element, "title").text = tooltip
        return element

    def rect(
        self, x: float, y: float, width: float, height: float, *, into: ET.Element | None = None, **style: str
    ) -> None:
        """A rectangle; style names are SVG's with _ for -."""
        self._add("rect", into, {"x": _n(x), "y": _n(y), "width": _n(width), "height": _n(height)}, style)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, into: ET.Element | None = None, **style: str
    ) -> None:
        """A straight line."""
        self._add("line", into, {"x1": _n(x1), "y1": _n(y1), "x2": _n(x2), "y2": _n(y2)}, style)

    def path(self, d: str, *, into: ET.Element | None = None, **style: str) -> None:
        """A path in SVG's own notation."""
        self._add("path", into, {"d": d}, {"fill": "none", **style})

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 15,
        into: ET.Element | None = None,
        **style: str,
    ) -> None:
        """One line of text with its baseline at y."""
        place = {"x": _n(x), "y": _n(y), "font-size": _n(size)}
        if style.pop("paint_order", None):
            # The rim is a text of its own below: print renderers paint glyph by glyph, so a rim would eat into its left neighbour.
            rim = {**style, "fill": "none", "stroke_linejoin": "round"}
            self._add("text", into, place, rim).text = words
            style = {name: value for name, value in style.items() if not name.startswith("stroke")}
        self._add("text", into, place, {"fill": INK, **style}).text = words

    def cell(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        state: State,
        *,
        into: ET.Element | None = None,
        shade: float = 1.0,
    ) -> None:
        """A box that looks like its state: filled, empty in a thick line, empty in a thin one, hatched, grey with dots.

        `shade` (0 to 1) makes the fill of a supported cell paler, for amounts; print keeps the order.
        """
        self.rect(x, y, width, height, into=into, **_look(state, shade))

    def legend(self, x: float, y: float, meanings: Mapping[State, str] = FOUR_STATES) -> None:
        """What the looks mean, in one row."""
        for state, meaning in meanings.items():
            self.cell(x, y - 12, 18, 14, state)
            self.text(x + 24, y, meaning, size=13, fill=MUTED)
            x += 24 + text_width(meaning, 13) + 22

    def finish(self) -> Picture:
        """The picture."""
        return Picture(self.title, ET.tostring(self._root, encoding="unicode"), self.width, self.height)

    def _add(
        self, tag: str, into: ET.Element | None, place: dict[str, str], style: dict[str, str]
    ) -> ET.Element:
        attributes = place | {name.replace("_", "-"): value for name, value in style.items()}
        return ET.SubElement(self._root if into is None else into, tag, attributes)


def text_width(words: str, size: float) -> float:
    """About how wide a line is: a Chinese character is as wide as the type is high, a Latin one a good half."""
    return sum(size if character > "\u2e7f" or character in _WIDE else size * 0.56 for character in words)


_WIDE = "\u2014\u2018\u2019\u201c\u201d\u2026"
"""Punctuation that Chinese fonts set as wide as a character."""


def shortened(words: str, width: float, size: float) -> str:
    """The words, cut with … so that they fit."""
    if text_width(words, size) <= width:
        return words
    while words and text_width(words + "…", size) > width:
        words = words[:-1]
    return words + "…"


def wrapped(words: str, width: float, size: float, most: int) -> list[str]:
    """The words on at most `most` lines, the last one cut with … where they do not fit."""
    lines: list[str] = []
    rest = words
    while rest and len(lines) < most - 1:
        cut = len(rest)
        while text_width(rest[:cut], size) > width:
            cut -= 1
        lines.append(rest[:cut])
        rest = rest[cut:]
    if rest:
        lines.append(shortened(rest, width, size))
    return lines


def ink_on(state: State, shade: float = 1.0) -> str:
    """The colour of text on a cell of that state."""
    return PAPER if state is State.SUPPORTED and shade > 0.55 else INK


def _look(state: State, shade: float) -> dict[str, str]:
    match state:
        case State.SUPPORTED:
            return {"fill": _mixed(shade), "stroke": ACCENT, "stroke_width": "1"}
        case State.MENTIONED:
            return {"fill": PAPER, "stroke": ACCENT, "stroke_width": "2.6"}
        case State.NOT_FOUND:
            return {"fill": PAPER, "stroke": "#9A9A9A", "stroke_width": "1"}
        case State.EXPIRED:
            return {"fill": "url(#hatch)", "stroke": "#7A7A7A", "stroke_width": "1"}
        case State.NOT_LOADED:
            return {
                "fill": "#EFEFEF",
                "stroke": "#A8A8A8",
                "stroke_width": "1.2",
                "stroke_dasharray": "1.5 3.5",
                "stroke_linecap": "round",
            }


def _mixed(shade: float) -> str:
    pale, full = (0xDC, 0xE6, 0xF1), (0x1F, 0x4E, 0x79)
    return "#" + "".join(
        f"{round(p + (f - p) * min(max(shade, 0.0), 1.0)):02X}" for p, f in zip(pale, full, strict=True)
    )


def _n(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
