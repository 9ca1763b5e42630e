"""A briefing as slides, 16:9: text, tables and charts that can be edited; the picture is a PNG. Pages are filled by measured text."""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData as _CategoryData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from app.briefings.lines import broken
from app.briefings.model import Briefing, Cell, Chart, Column, Figure, Source, shown_notes, weight
from app.briefings.numbers import number_format
from app.briefings.wording import kept_together, printed
from app.pictures.drawing import Picture, text_width

WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 40.0
"""All sizes here are points: a slide of 13.33 by 7.5 inches."""
_ROOM = WIDTH - 2 * MARGIN
_FONT, _LATIN = "Microsoft YaHei", "Arial"
"""Figures are set in Arial, which every machine has or has the like of; the font of a missing family draws blanks too wide."""
_NEW_DATA: Any = _CategoryData
"""Without types in the library."""
_INK, _MUTED, _ACCENT, _RULE = "222222", "6B6B6B", "1F4E79", "C8C8C8"
_BODY_TOP, _BODY_BOTTOM = 82.0, HEIGHT - 34
_LINE = 1.35
_TABLE_SIZES, _SOURCE_SIZES = (14.0, 13.0, 12.0, 11.0), (12.0, 11.0, 10.0, 9.5)
"""The first with which all fits one slide is taken, else the last."""
_CELL_PAD = 4.5
_MOST_BAR = 48.0
"""Height that a bar takes at most, with the gap above it."""
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def made(briefing: Briefing) -> bytes:
    """The slides. Raises: PolicyGraphError where no Chinese font is installed, which the picture needs."""
    slides = _Slides(briefing)
    slides.first()
    slides.table()
    slides.rest()
    return slides.saved()


class _Slides:
    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
        day = datetime.datetime.fromisoformat(briefing.as_of)
        properties = self._deck.core_properties
        properties.title, properties.author = kept_together(printed(briefing.headline)), "policygraph"
        properties.created = properties.modified = day

    def first(self) -> None:
        """Headline, figures, picture and chart."""
        told = self._briefing
        slide = self._slide(printed(f"{told.kind} · {told.question}"), printed(told.headline), size=24)
        top, bottom = 122.0, _BODY_BOTTOM - 6
        if told.picture.width < 1.15 * told.picture.height:
            # a picture that is higher than wide takes the whole height, so that its words can be read
            left, width = MARGIN + _ROOM * 0.5, _ROOM * 0.5
            _place_picture(slide, told.picture, left, 108, width, bottom - 108)
            top = self._figures(slide, top, told.figures[:3], _ROOM * 0.48)
            top = self._figures(slide, top, told.figures[3:], _ROOM * 0.48)
            if told.chart is not None:
                _place_chart(slide, told.chart, MARGIN, top + 4, _ROOM * 0.46, bottom - top - 4)
            return
        top = self._figures(slide, top, told.figures, _ROOM)
        half = _ROOM if told.chart is None else _ROOM * 0.62
        _place_picture(slide, told.picture, MARGIN, top, half, bottom - top)
        if told.chart is not None:
            left = MARGIN + half + 20
            _place_chart(slide, told.chart, left, top, WIDTH - MARGIN - left, bottom - top)

    def table(self) -> None:
        """The table, on as many slides as its rows need."""
        table = self._briefing.table
        widths = _widths(table.columns)
        for size in _TABLE_SIZES:
            head = size * _LINE + 2 * _CELL_PAD
            room = _BODY_BOTTOM - _BODY_TOP - head - (32 if table.remark else 10)
            pages = _pages([_row_height(row, widths, size) for row in table.rows], room)
            if len(pages) < 2:
                break
        for number, (start, end) in enumerate(pages, 1):
            title = table.title + (f"({number}/{len(pages)})" if len(pages) > 1 else "")
            slide = self._slide(self._briefing.kind, printed(title))
            _place_table(slide, table.columns, table.rows[start:end], widths, size)
            if table.remark and number == len(pages):
                _text(
                    slide, [printed(table.remark)], MARGIN, _BODY_BOTTOM - 22, 600, 18, size=10, colour=_MUTED
                )

    def rest(self) -> None:
        """On the left what adds to the headline and the box of what is not known, on the right the sources; more slides where they need it."""
        told = self._briefing
        points = [printed(point.words) + _marks(point.notes) for point in told.points]
        words = [printed(words) for words in told.unknown]
        lines = [_source(source) for source in told.page_sources]
        width = _ROOM * (0.4 if lines else 1)
        heights = (
            _text_height(points, width - 12, 12) if points else 0.0,
            _text_height(words, width - 36, 11.5) + 34,
        )
        size = 12.0, 11.5
        slide = self._slide(told.kind, "另外、本页不知道的,以及来源" if points else "本页不知道的,以及来源")
        top = _BODY_TOP
        if points:
            _text(slide, points, MARGIN, top, width, heights[0], size=size[0])
            top += heights[0] + 10
        _frame(slide, MARGIN, top, width, heights[1])
        _text(slide, ["本页不知道的"], MARGIN + 10, top + 6, width - 20, 20, size=13, bold=True)
        _text(slide, words, MARGIN + 10, top + 28, width - 20, heights[1] - 30, size=size[1])
        self._sources(slide, lines, MARGIN + width + 24, _ROOM - width - 24)

    def _sources(self, slide: Any, lines: Sequence[str], left: float, width: float) -> None:
        """The footnotes beside the box; those that do not fit there, on slides of their own."""
        room = _BODY_BOTTOM - _BODY_TOP
        for size in _SOURCE_SIZES:
            heights = [_text_height([line], width - 12, size) for line in lines]
            if sum(heights) <= room:
                break
        here = next(iter(_pages(heights, room)), (0, 0))[1]
        if here:
            _text(slide, lines[:here], left, _BODY_TOP, width, sum(heights[:here]), size=size)
        more = lines[here:]
        heights = [_text_height([line], _ROOM - 12, size) for line in more]
        for start, end in _pages(heights, room):
            own = self._slide(self._briefing.kind, "来源(续)")
            _text(own, more[start:end], MARGIN, _BODY_TOP, _ROOM, sum(heights[start:end]), size=size)

    def saved(self) -> bytes:
        """The file."""
        stream = io.BytesIO()
        self._deck.save(stream)
        return stream.getvalue()

    def _slide(self, small: str, title: str, *, size: float = 22) -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[6])
        _text(slide, [small], MARGIN, 18, _ROOM, 18, size=11, colour=_MUTED)
        lines = broken(kept_together(title), _ROOM - 12, size)
        while len(lines) > 2:
            size -= 1
            lines = broken(kept_together(title), _ROOM - 12, size)
        # a line break inside one paragraph, so that the title stays one text to edit
        _text(
            slide, ["\v".join(lines)], MARGIN, 36, _ROOM, len(lines) * size * _LINE + 6, size=size, bold=True
        )
        _text(slide, [printed(self._briefing.basis)], MARGIN, HEIGHT - 28, _ROOM, 18, size=9, colour=_MUTED)
        return slide

    def _figures(self, slide: Any, top: float, figures: Sequence[Figure], room: float) -> float:
        """The row of figures; returns where the next thing may begin."""
        if not figures:
            return top
        weights = [weight(figure) for figure in figures]
        size = min(
            _figure_size(figure, room * share / sum(weights) - 8)
            for figure, share in zip(figures, weights, strict=True)
        )
        left = MARGIN
        for figure, share in zip(figures, weights, strict=True):
            width = room * share / sum(weights)
            words = kept_together(figure.words) + _marks(figure.notes)
            _text(slide, [words], left, top, width - 6, 32, size=size, bold=True, colour=_ACCENT)
            _text(slide, [printed(figure.label)], left, top + 32, width - 6, 20, size=11, colour=_MUTED)
            left += width
        return top + 64


def _figure_size(figure: Figure, room: float) -> float:
    """The largest type, at most 20, in which a figure stands on one line."""
    size = 20.0
    while size > 12 and text_width(figure.words, size) * 1.12 + 8 * len(figure.notes) > room:
        size -= 1
    return size


def _frame(slide: Any, left: float, top: float, width: float, height: float) -> None:
    """An empty box with a thin line."""
    box = slide.shapes.add_textbox(Pt(left), Pt(top), Pt(width), Pt(height))
    box.line.color.rgb, box.line.width = _colour("8A8A8A"), Pt(0.75)


def _text(
    slide: Any,
    paragraphs: Sequence[str],
    left: float,
    top: float,
    width: float,
    height: float,
    *,
    size: float,
    bold: bool = False,
    colour: str = _INK,
) -> None:
    frame = slide.shapes.add_textbox(Pt(left), Pt(top), Pt(width), Pt(height)).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.line_spacing = Pt(size * _LINE)
        if number:
            paragraph.space_before = Pt(size * 0.3)
        _run(paragraph, words, size, bold=bold, colour=colour)


def _run(paragraph: Any, words: str, size: float, *, bold: bool = False, colour: str = _INK) -> None:
    """Words with notes raised: "20%⟦3⟧" sets 3 as a superscript."""
    for number, part in enumerate(words.replace("⟧", "⟦").split("⟦")):
        if not part:
            continue
        for place, line in enumerate(part.split("\v")):
            if place:
                paragraph.add_line_break()
            run = paragraph.add_run()
            run.text = line
            run.font.size, run.font.bold = Pt(size), bold and number % 2 == 0
            run.font.color.rgb = _colour(colour)
            _set_font(run.font)
            if number % 2:
                run.font._element.set("baseline", "30000")


def _set_font(font: Any) -> None:
    font.name = _LATIN
    properties = font._element
    east = properties.makeelement(qn("a:ea"), {"typeface": _FONT})
    properties.find(qn("a:latin")).addnext(east)


def _place_picture(
    slide: Any, picture: Picture, left: float, top: float, width: float, height: float
) -> None:
    scale = min(width / picture.width, (height - 18) / picture.height)
    wide, high = picture.width * scale, picture.height * scale
    at = left + (width - wide) / 2
    shape = slide.shapes.add_picture(io.BytesIO(picture.to_png()), Pt(at), Pt(top), Pt(wide), Pt(high))
    shape._element.nvPicPr.cNvPr.set("descr", picture.title)
    _text(slide, [printed(picture.title)], left, top + high + 2, width, 16, size=10, colour=_MUTED)


def _place_chart(slide: Any, chart: Chart, left: float, top: float, width: float, height: float) -> None:
    """Horizontal bars, the first on top, each with its value."""
    scale = 10_000 if chart.unit == "CNY" else 1
    form = number_format(chart.unit, [value / scale for value in chart.values])
    data = _NEW_DATA(number_format=form)
    data.categories = list(reversed(chart.names))
    data.add_series(printed(chart.title), [value / scale for value in reversed(chart.values)])
    _text(slide, [printed(chart.title)], left, top, width, 18, size=11, bold=True)
    height = min(height, 26 + _MOST_BAR * len(chart.names))
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Pt(left), Pt(top + 22), Pt(width), Pt(height - 22), data
    )
    drawn = frame.chart
    drawn.has_legend, drawn.has_title = False, False
    drawn.font.size = Pt(10)
    _set_font(drawn.font)
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.minimum_scale = 0
    drawn.category_axis.format.line.color.rgb = _colour(_RULE)
    plot = drawn.plots[0]
    plot.gap_width, plot.has_data_labels = 60, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = form, False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = _colour(_ACCENT)


def _place_table(
    slide: Any,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    size: float,
) -> None:
    heights = [size * _LINE + 2 * _CELL_PAD, *(_row_height(row, widths, size) for row in rows)]
    shape = slide.shapes.add_table(
        len(rows) + 1, len(columns), Pt(MARGIN), Pt(_BODY_TOP), Pt(sum(widths)), Pt(sum(heights))
    )
    table = shape.table
    shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    for number, width in enumerate(widths):
        table.columns[number].width = Pt(width)
    for number, height in enumerate(heights):
        table.rows[number].height = Pt(height)
    for number, column in enumerate(columns):
        _fill(table.cell(0, number), column.name, column, size, bold=True)
    for at, row in enumerate(rows, 1):
        for number, (cell, notes) in enumerate(zip(row, shown_notes(row), strict=True)):
            _fill(table.cell(at, number), printed(cell.words) + _marks(notes), columns[number], size)


def _fill(cell: Any, words: str, column: Column, size: float, *, bold: bool = False) -> None:
    cell.margin_left = cell.margin_right = Pt(_CELL_PAD)
    cell.margin_top = cell.margin_bottom = Pt(_CELL_PAD * 0.8)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if column.right else PP_ALIGN.LEFT
    paragraph.line_spacing = Pt(size * _LINE)
    _run(paragraph, words, size, bold=bold)
    _draw_rule(cell, "222222" if bold else _RULE)


def _draw_rule(cell: Any, colour: str) -> None:
    """A thin line below the cell; python-pptx has no call for borders."""
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": str(int(Pt(0.75)))})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": colour}))
    line.append(fill)
    properties.append(line)


def _colour(name: str) -> RGBColor:
    new: Any = RGBColor
    colour: RGBColor = new(int(name[:2], 16), int(name[2:4], 16), int(name[4:], 16))
    return colour


def _widths(columns: Sequence[Column]) -> list[float]:
    total = sum(column.share for column in columns)
    return [(WIDTH - 2 * MARGIN) * column.share / total for column in columns]


def _row_height(row: Sequence[Cell], widths: Sequence[float], size: float) -> float:
    told = zip(row, shown_notes(row), widths, strict=True)
    lines = max(len(_lines(printed(c.words) + _marks(n), w - 2 * _CELL_PAD, size)) for c, n, w in told)
    return lines * size * _LINE + 2 * _CELL_PAD


def _lines(words: str, width: float, size: float) -> list[str]:
    """The lines that words take, with a small reserve for fonts that run wider than ours."""
    lines = [""]
    for character in words:
        if text_width(lines[-1] + character, size) > width * 0.96:
            lines.append("")
        lines[-1] += character
    return lines


def _text_height(paragraphs: Sequence[str], width: float, size: float) -> float:
    lines = sum(len(_lines(words, width, size)) for words in paragraphs)
    return math.ceil(lines * size * _LINE + len(paragraphs) * size * 0.3 + 4)


def _pages(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """Stretches of rows that fit a page each."""
    pages: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for number, height in enumerate(heights):
        if number > start and used + height > room:
            pages.append((start, number))
            start, used = number, 0.0
        used += height
    if heights:
        pages.append((start, len(heights)))
    return pages


def _source(source: Source) -> str:
    return f"{source.number}  {source.place}\uff1a“{source.quote}”"


def _marks(notes: tuple[int, ...]) -> str:
    return f"⟦{','.join(map(str, notes))}⟧" if notes else ""
