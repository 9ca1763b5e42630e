"""Briefings: what each kind says, files that are whole, the same twice and fit, and one sentence for what has no answer.

Numbers are found again in test_briefing_numbers, looks are judged in test_briefing_looks.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner
from pptx import Presentation

from app.briefings.chain import chain
from app.briefings.files import SUFFIXES, made, write
from app.briefings.kinds import answer
from app.briefings.model import Briefing, Cell
from app.building import build
from app.cli import cli
from data import CORPUS
from graph.errors import PolicyGraphError, UsageError
from graph.store import Store
from loaders.clean import fold_punctuation
from queries.amounts import Given
from tests.app.briefing_pages import DAY, QUESTIONS, every_briefing


@pytest.fixture(scope="module")
def corpus(embedded_server: Store) -> Store:
    """The bundled policies, as `policygraph build` loads them."""
    build(embedded_server, [CORPUS])
    return embedded_server


@pytest.fixture(scope="module")
def briefings(corpus: Store) -> dict[str, Briefing]:
    """A briefing of every kind."""
    return every_briefing(corpus)


@pytest.fixture(params=QUESTIONS)
def briefing(request: pytest.FixtureRequest, briefings: dict[str, Briefing]) -> Briefing:
    """Each of them in turn."""
    return briefings[request.param]


# --- what it says


def test_compares_what_each_district_pays_for_computing_power(briefings: dict[str, Briefing]) -> None:
    page = briefings["compare"]
    # 丰台 20% and 30%, 朝阳 50%, 通州 30%; caps: 通州 50万, 朝阳 100万, 丰台 200万 and 300万, 东城 1000万; the city 3000万
    assert "10 个已收录地区中 4 个支持算力租用与算力券" in page.headline
    assert "20%\u201350%" in page.headline
    assert "50 万\u20131000 万元" in page.headline
    assert [figure.values for figure in page.figures] == [
        (4, 10),
        (0.2, 0.5),
        (500_000, 10_000_000),
        (10_000_000,),
        (30_000_000,),
    ]
    assert any("7 个区没有收录任何文件" in words for words in page.unknown)


def test_works_out_what_districts_add_to_an_award_of_the_city(briefings: dict[str, Briefing]) -> None:
    rows = [(row[0].words, row[1].words, row[3].value) for row in briefings["chain"].table.rows]
    assert [(place, value) for place, _, value in rows] == [
        ("经开区", 5_000_000),  # 1:1
        ("石景山", 3_000_000),  # 最高300万元配套, no share: up to
        ("通州", 2_500_000),  # 50%, 最高300万元
        ("丰台", 1_500_000),  # 30%, 工业智能项目最高200万元
        ("丰台", 1_000_000),  # 30%, 最高100万元
    ]


def test_leaves_out_what_a_clause_pays_for_another_topic(briefings: dict[str, Briefing]) -> None:
    # 通州第六条 pays 模型券 and 算力券; 经开区's data vouchers stand in a clause that also names 算力券
    said = " ".join(row[1].words for row in briefings["chain-cost"].table.rows)
    assert "算力券" in said
    assert "模型券" not in said
    assert "数据接口" not in said


def test_a_profile_puts_first_what_most_others_support(briefings: dict[str, Briefing]) -> None:
    page = briefings["profile"]
    assert "丰台区有效政策支持" in page.headline
    counts = [row[2].value for row in page.table.rows if row[1].words == "未见"]
    assert counts == sorted(counts, key=lambda count: -(count or 0))


def test_a_lapse_costs_a_district_its_topics(briefings: dict[str, Briefing]) -> None:
    page = briefings["changes"]
    # 丰台's only policy ends on 2028-12-31; the draft of the city never was in force, so it is no change
    assert ("丰台", "已失效") in [(row[0].words, row[3].words) for row in page.table.rows]
    assert "征求意见稿" not in " ".join(row[2].words for row in page.table.rows)
    assert page.figures[0].values == (23, 14)


# --- what it rests on


def test_every_note_leads_to_a_source(briefing: Briefing) -> None:
    known = {source.number for source in briefing.sources}
    told = [
        *(f.notes for f in briefing.figures),
        *(p.notes for p in briefing.points),
        *(c.notes for c in _cells(briefing)),
    ]
    assert {note for notes in told for note in notes} == known == set(range(1, len(known) + 1))


def test_footnotes_are_numbered_as_a_reader_meets_them(briefing: Briefing) -> None:
    page = made(briefing, ".html").decode()
    met = [int(number) for number in re.findall(r'href="#s(\d+)"', page)]
    first_met = list(dict.fromkeys(met))
    assert first_met == list(range(1, len(briefing.page_sources) + 1))
    for mark in re.findall(r"<sup>(.*?)</sup>", page):
        numbers = [int(number) for number in re.findall(r">(\d+)<", mark)]
        assert numbers == sorted(numbers)


def test_a_briefing_is_small_and_says_what_it_does_not_know(briefing: Briefing) -> None:
    assert 1 <= len(briefing.figures) <= 5
    assert briefing.unknown
    assert briefing.picture.title
    assert all(len(row) == len(briefing.table.columns) for row in briefing.table.rows)


# --- the files


@pytest.mark.parametrize("suffix", ["html", "md", "xlsx"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_same_graph_and_day_give_the_same_bytes(
    corpus: Store, briefings: dict[str, Briefing], name: str, suffix: str
) -> None:
    again = answer(corpus, *QUESTIONS[name])
    assert made(briefings[name], f".{suffix}") == made(again, f".{suffix}")


def test_a_pdf_is_a4_with_its_fonts_and_all_its_words(briefing: Briefing) -> None:
    content = made(briefing, ".pdf")
    assert content == made(briefing, ".pdf")
    assert b"FontFile" in content or b"/ObjStm" in content
    document = pypdfium2.PdfDocument(content)
    pages = list(document)
    text = _plain("".join(page.get_textpage().get_text_bounded() for page in pages))
    sizes = {tuple(round(side) for side in page.get_size()) for page in pages}
    for page in pages:
        page.close()
    document.close()
    assert sizes == {(595, 842)}
    assert _plain(briefing.headline) in text
    for source in briefing.sources:
        assert _plain(source.place) in text
    for words in briefing.unknown:
        assert _plain(words) in text


def test_slides_overlap_nowhere_and_stay_inside(briefing: Briefing) -> None:
    deck = Presentation(io.BytesIO(made(briefing, ".pptx")))
    for slide in deck.slides:
        boxes = [_box(shape) for shape in slide.shapes if not _is_frame(shape)]
        for left, top, right, bottom in boxes:
            assert 0 <= left < right <= deck.slide_width
            assert 0 <= top < bottom <= deck.slide_height
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                # 3 points: rules and rounded sizes
                wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
                assert min(wide, high) < 3 * 12_700, (slide.slide_id, a, b)


def test_slides_can_be_edited(briefings: dict[str, Briefing]) -> None:
    deck = Presentation(io.BytesIO(made(briefings["compare"], ".pptx")))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    charts = [shape.chart for shape in shapes if shape.has_chart]
    # in 万元, the largest on top: charts draw the first category lowest
    assert list(charts[0].plots[0].series[0].values) == [50, 100, 300, 1000]
    assert sum(shape.has_table for shape in shapes) == 1
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9)


def test_a_page_asks_the_network_for_nothing(briefing: Briefing) -> None:
    page = made(briefing, ".html").decode()
    assert not re.search(r"(?:src|href)=[\"'](?!#)", page)
    assert "url(http" not in page
    assert "<script" not in page


def test_a_workbook_holds_exact_values(briefings: dict[str, Briefing]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(briefings["compare"], ".xlsx")))
    cells = [cell.value for row in book["表"].iter_rows() for cell in row]
    assert 30_000_000 in cells
    assert 0.2 in cells
    assert "来源" in book.sheetnames


def test_text_of_documents_never_becomes_markup(briefings: dict[str, Briefing]) -> None:
    page = briefings["compare"]
    row = (Cell("<b>=1+1|*#"), *page.table.rows[0][1:])
    table = type(page.table)(page.table.title, page.table.columns, (row,))
    told = {f: getattr(page, f) for f in Briefing.__slots__} | {"table": table}
    hostile = Briefing(**told)
    assert "&lt;b&gt;=1+1|*#" in made(hostile, ".html").decode()
    assert "\\<b>=1+1\\|\\*#" in made(hostile, ".md").decode()
    assert openpyxl.load_workbook(io.BytesIO(made(hostile, ".xlsx")))["表"]["A2"].value == "<b>=1+1|*#"
    assert made(hostile, ".pdf").startswith(b"%PDF")


@pytest.mark.parametrize("name", ["compare", "profile", "chain", "conflicts", "changes"])
def test_one_briefing_takes_at_most_five_seconds(corpus: Store, tmp_path: Path, name: str) -> None:
    for suffix in SUFFIXES:
        start = time.perf_counter()
        write(answer(corpus, *QUESTIONS[name]), tmp_path / f"{name}.{suffix}")
        assert time.perf_counter() - start < 5, suffix


# --- what goes wrong


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["compare", "不存在的事"], "没有“不存在的事”这个支持事项"),
        (["profile", "房山区"], "房山区没有收录任何文件"),
        (["profile", "北京市"], "北京市不是区"),
        (["conflicts", "房山区"], "房山区没有收录任何文件"),
        (["chain", "电竞场馆"], "没有一条有效条款按市级奖励"),
        (["changes", "2027-01-01", "2026-01-01"], "须在起始日"),
    ],
)
def test_a_question_without_answer_is_one_sentence_and_no_file(
    corpus: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str], sentence: str
) -> None:
    monkeypatch.setenv("POLICYGRAPH_HOME", str(corpus.settings.home))
    out = tmp_path / "x.pdf"
    result = CliRunner().invoke(cli, ["brief", *asked, "--out", str(out)])
    assert isinstance(result.exception, PolicyGraphError)
    assert result.exception.exit_code == 2
    assert sentence in result.exception.message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("x.docx", "认不出“x.docx”要存成什么"), ("missing/x.pdf", "没有文件夹"), (".", "认不出")],
)
def test_a_file_that_cannot_be_is_told_before_the_work(tmp_path: Path, name: str, sentence: str) -> None:
    result = CliRunner().invoke(cli, ["brief", "compare", "算力租用", "--out", str(tmp_path / name)])
    assert isinstance(result.exception, UsageError)
    assert sentence in result.exception.message


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no folder here that nobody may write to")
def test_an_unwritable_folder_is_one_sentence(corpus: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_HOME", str(corpus.settings.home))
    result = CliRunner().invoke(cli, ["brief", "compare", "算力租用", "--out", "/proc/x.md"])
    assert isinstance(result.exception, UsageError)
    assert re.search("(?:不能写入|不可写).*请换一个", result.exception.message)


def test_a_failed_write_leaves_what_stood_there(
    briefings: dict[str, Briefing], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.briefings.as_pdf.chinese_font", lambda: None)
    out = tmp_path / "x.pdf"
    out.write_bytes(b"old")
    with pytest.raises(PolicyGraphError, match="没有中文字体"):
        write(briefings["compare"], out)
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


def test_command_writes_every_form(corpus: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_HOME", str(corpus.settings.home))
    for suffix in SUFFIXES:
        out = tmp_path / f"x.{suffix}"
        result = CliRunner().invoke(
            cli, ["brief", "compare", "算力租用", "--as-of", DAY, "--out", str(out)], catch_exceptions=False
        )
        assert result.exit_code == 0
        assert out.stat().st_size > 1000


def test_an_unknown_kind_is_answered_with_the_nearest() -> None:
    result = CliRunner().invoke(cli, ["brief", "comprae", "算力租用"])
    assert result.exit_code == 2
    assert "没有“comprae”这种简报。您是不是要用 compare?" in result.output


def test_a_chain_of_nothing_is_refused(corpus: Store) -> None:
    with pytest.raises(UsageError, match="市级奖励须大于 0 元"):
        chain(corpus, "首台", Given(0), DAY)


def test_a_case_is_needed_for_a_chain(corpus: Store) -> None:
    with pytest.raises(UsageError, match="没有一条有效条款"):
        chain(corpus, "电竞场馆", Given(5_000_000), DAY)


def _cells(briefing: Briefing) -> Iterator[Cell]:
    for table in (briefing.table, *(t for t in briefing.data if t.columns == briefing.table.columns)):
        for row in table.rows:
            yield from row


def _plain(words: str) -> str:
    """Without blanks, punctuation half-width."""
    return re.sub(r"\s", "", fold_punctuation(words))


def _box(shape: object) -> tuple[int, int, int, int]:
    left, top, width, height = (getattr(shape, name) for name in ("left", "top", "width", "height"))
    return left, top, left + width, top + height


def _is_frame(shape: Any) -> bool:
    """The empty box around what is not known, which holds the words on it."""
    return shape.has_text_frame and not shape.text_frame.text
