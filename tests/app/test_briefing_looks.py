"""How briefings look: pages and slides are turned into pictures; nothing is blank, cut off or set in a font that stays behind."""

from __future__ import annotations

import ctypes
import io
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation
from pypdfium2 import raw

from app.briefings.files import made
from app.briefings.lines import broken
from app.briefings.model import Briefing
from app.briefings.numbers import number_format
from app.building import build
from app.pictures.drawing import text_width
from app.pictures.fonts import best_font
from data import CORPUS
from graph.errors import PolicyGraphError
from graph.store import Store
from tests.app.briefing_pages import QUESTIONS, every_briefing

LEAST_INK = 0.01
"""Of a page's area: a page with a heading alone has less."""


@pytest.fixture(scope="module")
def briefings(embedded_server: Store) -> dict[str, Briefing]:
    """A briefing of every kind, on the bundled policies."""
    build(embedded_server, [CORPUS])
    return every_briefing(embedded_server)


@pytest.fixture(params=QUESTIONS)
def briefing(request: pytest.FixtureRequest, briefings: dict[str, Briefing]) -> Briefing:
    """Each of them in turn."""
    return briefings[request.param]


@pytest.fixture(scope="module")
def slides_as_pdf(
    briefings: dict[str, Briefing], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Every deck as an office program draws it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine: slides cannot be drawn")
    folder = tmp_path_factory.mktemp("slides")
    for name, one in briefings.items():
        (folder / f"{name}.pptx").write_bytes(made(one, ".pptx"))
    decks = [str(folder / f"{name}.pptx") for name in briefings]
    own = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [office, own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *decks]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {name: folder / f"{name}.pdf" for name in briefings}


# --- the page


def test_a_page_is_drawn_whole(briefing: Briefing) -> None:
    with _opened(made(briefing, ".pdf")) as document:
        # all but the sources stands on the first page; they may run onto a second
        assert 1 <= len(document) <= 2
        for page in document:
            _check_drawn(page)
        first = "".join(document[0].get_textpage().get_text_bounded().split())
    assert "本页不知道的" in first
    assert "".join(briefing.table.rows[-1][0].words.split()) in first


def test_every_font_of_a_page_is_inside(briefing: Briefing) -> None:
    with _opened(made(briefing, ".pdf")) as document:
        fonts = {font for page in document for font in _fonts(page)}
    assert {name for name, _ in fonts}
    assert all(is_inside for _, is_inside in fonts), fonts


def test_a_picture_file_is_drawn_whole(briefing: Briefing) -> None:
    picture = Image.open(io.BytesIO(made(briefing, ".png")))
    assert picture.width >= 1400
    assert _ink(picture) > LEAST_INK


# --- the slides


@pytest.mark.parametrize("name", QUESTIONS)
def test_slides_are_drawn_whole(
    briefings: dict[str, Briefing], slides_as_pdf: dict[str, Path], name: str
) -> None:
    deck = Presentation(io.BytesIO(made(briefings[name], ".pptx")))
    with _opened(slides_as_pdf[name].read_bytes()) as document:
        assert len(document) == len(deck.slides)
        for page in document:
            _check_drawn(page)


def test_a_deck_is_wide_and_can_be_edited(briefing: Briefing) -> None:
    deck = Presentation(io.BytesIO(made(briefing, ".pptx")))
    assert deck.slide_width * 9 == deck.slide_height * 16
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    words = " ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    assert "本页不知道的" in words
    assert sum(shape.has_chart for shape in shapes) == (briefing.chart is not None)
    tables = [shape.table for shape in shapes if shape.has_table]
    rows = sum(len(table.rows) - 1 for table in tables)
    assert rows == len(briefing.table.rows)
    # headline, numbers and picture; table; what is not known and sources; no more than two of them run over
    assert 3 <= len(deck.slides) <= 5


def test_what_a_deck_says_is_the_same_each_time(briefing: Briefing) -> None:
    def said() -> list[str]:
        deck = Presentation(io.BytesIO(made(briefing, ".pptx")))
        return [
            shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame
        ]

    assert said() == said()


# --- fonts and colours


@dataclass
class Installed:
    """A font as the setter lists it."""

    family: str
    weight: int
    path: str | None
    style: str = "normal"


@pytest.mark.parametrize(
    ("installed", "path"),
    [
        # Windows: the regular weight, not the light one
        (
            [
                Installed("SimSun", 400, "simsun.ttc"),
                Installed("Microsoft YaHei", 290, "msyhl.ttc"),
                Installed("Microsoft YaHei", 400, "msyh.ttc"),
            ],
            "msyh.ttc",
        ),
        # macOS
        (
            [Installed("Helvetica", 400, "Helvetica.ttc"), Installed("PingFang SC", 400, "PingFang.ttc")],
            "PingFang.ttc",
        ),
        # Linux: a sans before a serif
        (
            [
                Installed("Noto Serif CJK SC", 400, "serif.ttc"),
                Installed("WenQuanYi Zen Hei", 500, "wqy.ttc"),
            ],
            "wqy.ttc",
        ),
        ([Installed("DejaVu Sans", 400, "DejaVuSans.ttf")], None),
        ([], None),
    ],
)
def test_finds_the_chinese_font_of_a_system(installed: list[Installed], path: str | None) -> None:
    found = best_font(installed)
    assert (None if found is None else found.path.name) == path


@pytest.mark.parametrize("suffix", [".pdf", ".pptx", ".png"])
def test_without_a_chinese_font_says_what_to_do(
    briefings: dict[str, Briefing], monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr("app.briefings.as_pdf.chinese_font", lambda: None)
    monkeypatch.setattr("app.pictures.drawing.chinese_font", lambda: None)
    with pytest.raises(PolicyGraphError, match=r"没有中文字体.*请安装.*或改存"):
        made(briefings["compare"], suffix)


@pytest.mark.parametrize("suffix", [".html", ".md", ".xlsx"])
def test_other_forms_need_no_font(
    briefings: dict[str, Briefing], monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr("app.pictures.drawing.chinese_font", lambda: None)
    assert made(briefings["compare"], suffix)


def test_words_on_a_cell_can_be_read(briefing: Briefing) -> None:
    # 4.5 to 1 is what WCAG 2 asks of small type; in grey the ratio is the same, for it counts luminance alone
    checked = 0
    for group in ET.fromstring(briefing.picture.svg).iter("{http://www.w3.org/2000/svg}g"):
        cell = next((shape.get("fill", "") for shape in group if shape.tag.endswith("rect")), None)
        if cell is None:
            continue
        # words on hatching stand on a white rim
        paper = "#FFFFFF" if cell.startswith("url") else cell
        for ink in (shape.get("fill", "") for shape in group if shape.tag.endswith("text")):
            assert ink == "none" or _contrast(paper, ink) >= 4.5, (paper, ink)
            checked += 1
    assert checked


# --- lines and figures


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        # behind the comma, though "上" would still fit
        (
            "10\u00a0个已收录地区中 4\u00a0个支持算力租用与算力券\uff0c比例 20%\u201350%\uff0c上限 50\u00a0万\u20131000\u00a0万元",
            [
                "10\u00a0个已收录地区中 4\u00a0个支持算力租用与算力券\uff0c",
                "比例 20%\u201350%\uff0c上限 50\u00a0万\u20131000\u00a0万元",
            ],
        ),
        ("丰台区有 1\u00a0条排他规则", ["丰台区有 1\u00a0条排他规则"]),  # what fits stays on one line
        ("一二三四五六七八九十" * 4, ["一二三四五六七八九十" * 2] * 2),  # without punctuation in halves
    ],
)
def test_a_headline_breaks_behind_punctuation(words: str, lines: list[str]) -> None:
    assert broken(words, 493, 16) == lines


def test_no_headline_leaves_a_word_alone(briefing: Briefing) -> None:
    lines = broken(briefing.headline, 493, 16)
    widths = [text_width(line, 16) for line in lines]
    assert len(lines) <= 2
    assert min(widths) > 0.4 * max(widths), lines


@pytest.mark.parametrize(
    ("unit", "values", "form"),
    [
        ("CNY", [1000.0], "#,##0"),
        ("CNY", [1000.0, 12.5], "#,##0.0"),
        ("share", [0.2], "0%"),  # "0.##%" would show 20.%
        ("share", [0.015], "0.0%"),
        ("share", [1 / 3], "0.00%"),
        ("count", [3], "0"),
    ],
)
def test_numbers_have_the_decimals_that_they_need(unit: str, values: list[float], form: str) -> None:
    assert number_format(unit, values) == form  # type: ignore[arg-type]


@contextmanager
def _opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(content)
    yield document
    document.close()


def _check_drawn(page: pypdfium2.PdfPage) -> None:
    """Ink on the page, and every character inside its edges."""
    assert _ink(page.render(scale=1).to_pil()) > LEAST_INK
    width, height = page.get_size()
    text = page.get_textpage()
    for place in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(place)
        assert -1 <= left <= right <= width + 1, text.get_text_range(place, 20)
        assert -1 <= bottom <= top <= height + 1, text.get_text_range(place, 20)


def _contrast(a: str, b: str) -> float:
    """The ratio of two colours' luminance, as WCAG 2 defines it."""
    dark, light = sorted(map(_luminance, (a, b)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ink(picture: Image.Image) -> float:
    """The share of pixels that are darker than paper."""
    counts = picture.convert("L").histogram()
    return sum(counts[:200]) / sum(counts)


def _fonts(page: pypdfium2.PdfPage) -> Iterator[tuple[str, bool]]:
    """Names of the fonts of a page's texts, and whether each is in the file."""
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=6):
        font = raw.FPDFTextObj_GetFont(item.raw)
        name = ctypes.create_string_buffer(200)
        raw.FPDFFont_GetBaseFontName(font, name, 200)
        yield name.value.decode(), raw.FPDFFont_GetIsEmbedded(font) == 1
