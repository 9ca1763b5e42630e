"""PDF → lines: pages, page numbers and running headers, and files without a usable text layer."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.read import Source, read_document
from loaders.reading import from_pdf
from loaders.reading.from_pdf import read_pdf
from loaders.reading.page_furniture import mark_page_furniture
from loaders.reading.refusal import UnreadableError
from tests.loaders.pdf_writer import write_pdf

FIRST = "第一条 支持企业加大研发投入，按照研发费用的30%给予补助。"
SECOND = "第二条 最高不超过500万元，由区科委负责解释。"


def no(path) -> str:
    """What is said of a file that cannot be read."""
    with pytest.raises(UnreadableError) as refused:
        read_pdf(path)
    return str(refused.value)


def test_lines_of_a_page_are_lines_and_pages_stand_apart(tmp_path):
    reading = read_pdf(write_pdf(tmp_path / "a.pdf", [["某区支持办法", FIRST], [SECOND]]))
    assert reading == (f"某区支持办法\n{FIRST}\n\f\n{SECOND}", ())


def test_page_numbers_are_left_out_and_reported(tmp_path):
    reading = read_pdf(write_pdf(tmp_path / "a.pdf", [[FIRST, "— 1 —"], [SECOND, "— 2 —"]]))

    assert reading.text == f"{FIRST}\n\f\n{SECOND}"
    assert [(piece.reason, piece.text) for piece in reading.dropped] == [("页码", "— 1 —"), ("页码", "— 2 —")]
    assert reading.text[reading.dropped[0].span.start :].startswith(
        "\f"
    )  # it stood in front of the page's end


def test_pages_without_text_are_reported(tmp_path):
    reading = read_pdf(write_pdf(tmp_path / "a.pdf", [[FIRST], [], [SECOND]]))

    assert reading.text == f"{FIRST}\n\f\n\f\n{SECOND}"
    assert [piece.reason for piece in reading.dropped] == ["第 2 页是图片，没有文字层"]


# --- Page furniture, from the lines of pages alone


def kept(*pages: str) -> list[str]:
    """The lines that stay, page by page; a page is written as its lines with blanks between."""
    split = [page.split() for page in pages]
    reasons = mark_page_furniture(split)
    return [
        " ".join(line for line, reason in zip(page, why, strict=True) if reason is None)
        for page, why in zip(split, reasons, strict=True)
    ]


@pytest.mark.parametrize(
    ("pages", "left"),
    [
        (["甲 1", "乙 2", "丙 3"], ["甲", "乙", "丙"]),
        (["甲 -7-", "-8- 乙"], ["甲", "乙"]),  # a cut out of a longer file; numbers above and below
        (["甲 第1页/共2页", "乙 第2页/共2页"], ["甲", "乙"]),
        (["甲 1/2", "乙 2/2"], ["甲", "乙"]),
        (["甲 乙", "丙 丁 2", "戊 3"], ["甲 乙", "丙 丁", "戊"]),  # no number on the first page
        (["甲 1"], ["甲"]),  # a single page
        (["甲 500"], ["甲 500"]),  # an amount that ends a page
        (["甲 500", "乙 300"], ["甲 500", "乙 300"]),  # amounts that do not run on
        (["甲 2024", "乙 2024"], ["甲 2024", "乙 2024"]),  # years
    ],
)
def test_page_numbers_run_on_with_the_pages(pages, left):
    assert kept(*pages) == left


@pytest.mark.parametrize(
    ("pages", "left"),
    [
        (["公报 甲", "公报 乙", "公报 丙"], ["甲", "乙", "丙"]),
        (["甲 内部资料", "乙 内部资料", "丙 内部资料"], ["甲", "乙", "丙"]),
        # what may be the title stays where it stands first
        (["若干措施（试行） 甲", "若干措施（试行） 乙", "若干措施（试行） 丙"], ["若干措施（试行） 甲", "乙", "丙"]),
        (["公报 甲", "公报 乙"], ["公报 甲", "公报 乙"]),  # two pages may begin alike by chance
        (["附件 甲", "附件 乙", "丙", "丁", "附件 戊", "己"], ["附件 甲", "附件 乙", "丙", "丁", "附件 戊", "己"]),
        (["附件1 甲", "附件2 乙", "附件3 丙"], ["附件1 甲", "附件2 乙", "附件3 丙"]),  # no running number
        # sentences are no headers
        (["按规定办理。 甲", "按规定办理。 乙", "按规定办理。 丙"], ["按规定办理。 甲", "按规定办理。 乙", "按规定办理。 丙"]),
        (["一 二 三 相同 四 五 六", "七 八 九 相同 十 子 丑", "寅 卯 辰 相同 巳 午 未"],  # in the middle of pages
         ["一 二 三 相同 四 五 六", "七 八 九 相同 十 子 丑", "寅 卯 辰 相同 巳 午 未"]),
    ],
)  # fmt: skip
def test_running_headers_repeat_at_one_place_of_most_pages(pages, left):
    assert kept(*pages) == left


def test_words_painted_in_another_order_are_read_from_left_to_right(tmp_path):
    # LibreOffice paints the quotation marks of another font before the words between them
    path = write_pdf(tmp_path / "a.pdf", [[FIRST, "0 支持企业“|8 ”|5 走出去|9 开展全球化布局"]])
    assert read_pdf(path).text == f"{FIRST}\n支持企业“走出去”开展全球化布局"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        # a blank that is only a gap
        ("0 第一条|3.3 支持企业", "第一条 支持企业"),
        # a justified line, and one stretched far because a long address did not fit behind it
        ("0+1 第一条支持企业", "第一条支持企业"),
        ("0+5 第一条支持企业", "第一条支持企业"),
        # programs leave a little between Chinese and Latin characters
        ("0 最高|2.2 500|5.4 万元", "最高500万元"),
        # columns
        ("0 序号|6 标准", "序号 标准"),
    ],
)
def test_a_gap_is_a_blank_where_it_exceeds_the_others_of_its_line(tmp_path, line, text):
    assert read_pdf(write_pdf(tmp_path / "a.pdf", [[FIRST, line]])).text == f"{FIRST}\n{text}"


def test_words_that_text_recognition_lays_over_each_other_keep_their_order(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [[FIRST, "0 修订|1 版征|3 求意见稿"]], recognised=True)
    assert read_pdf(path).text == f"{FIRST}\n修订版征求意见稿"


def test_blanks_that_text_recognition_puts_between_characters_are_taken_out(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [["第 一 条 支持 企 业 加 大 研发 投 入 ， 最 高 500 万 元"]])
    assert read_pdf(path).text == "第一条支持企业加大研发投入，最高 500 万元"


# --- Files that cannot be read

NO_TEXT = "没有文字层，无法读取；请先做文字识别（OCR）再导入。"
CRASHED = "PDF 已损坏或解压后过大，无法解析；请用阅读器打开后另存再导入。"


@pytest.mark.parametrize("pages", [[[]], [[], [], []], [["— 1 —"], ["— 2 —"]], [["扫描件"], []]])
def test_pictures_of_pages_have_no_text_layer(tmp_path, pages):
    assert no(write_pdf(tmp_path / "a.pdf", pages)) == NO_TEXT


def test_a_locked_file(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [[FIRST]], locked=True)
    assert no(path) == "有打开密码，无法读取；请去掉密码后再导入。"


def test_characters_without_unicode_values(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [[FIRST, SECOND]], mapped=False)
    assert no(path) == "文字层是乱码（字体没有对应的字符编码），无法读取；请先做文字识别（OCR）再导入。"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_truncated_file(tmp_path, part):
    path = write_pdf(tmp_path / "a.pdf", [[FIRST], [SECOND]])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    assert no(path) == "PDF 不完整，缺少文件结尾（可能没有下载完）；请重新获取该文件。"


def test_a_file_that_some_server_filled_up_with_zeros_is_whole(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", [[FIRST]])
    path.write_bytes(path.read_bytes() + bytes(4096))
    assert read_pdf(path).text == FIRST


def test_a_file_without_any_pdf_inside(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing\n%%EOF\n")
    assert no(path) == "PDF 已损坏，无法解析；请重新获取，或用阅读器打开后另存。"


def test_a_file_that_unpacks_to_more_than_memory_ends_only_its_own_process(tmp_path, monkeypatch):
    monkeypatch.setattr(from_pdf, "PDF_MEMORY_BYTES", 100_000_000)
    path = write_pdf(tmp_path / "a.pdf", [[FIRST]], pad=bytes(100_000_000))
    assert path.stat().st_size < 1_000_000
    assert no(path) == CRASHED


def test_a_file_with_more_pages_or_text_than_any_document(tmp_path, monkeypatch):
    path = write_pdf(tmp_path / "a.pdf", [[FIRST], [SECOND]])
    for limit in ("MAX_PDF_PAGES", "MAX_TEXT_CHARACTERS"):
        with monkeypatch.context() as patched:
            patched.setattr(from_pdf, limit, 1)
            assert no(path) == "超过 3000 页或 700 万字，未读取；请拆分后再导入。"


def test_a_reader_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time\ntime.sleep(60)")
    monkeypatch.setattr(from_pdf, "_PAGE_READER", sleeper)
    monkeypatch.setattr(from_pdf, "PDF_SECONDS", 0.3)
    started = time.perf_counter()
    assert "可能已损坏" in no(write_pdf(tmp_path / "a.pdf", [[FIRST]]))
    assert time.perf_counter() - started < 2


# each example starts a process, hence few
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_gives_text_or_a_sentence(tmp_path, data):
    path = write_pdf(tmp_path / "a.pdf", [[FIRST], [SECOND]])
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(8, len(content) - 30))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    assert str(read_document(Source(path, path.name))).startswith(("Document(", f"文件 {path.name}："))
