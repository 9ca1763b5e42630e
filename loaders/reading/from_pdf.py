"""PDF → paragraphs: lines and pages joined where a paragraph runs on, page numbers and running headers left out.

A line "\\f" stands between pages otherwise. Needs a text layer; what a paragraph's words mean is for later stages.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from loaders.reading.common_characters import common_share
from loaders.reading.limits import MAX_PDF_PAGES, MAX_TEXT_CHARACTERS, PDF_MEMORY_BYTES, PDF_SECONDS
from loaders.reading.lines import LeftOut, Reading, join_lines
from loaders.reading.page_furniture import mark_page_furniture
from loaders.reading.page_paragraphs import PageLine, join, mark_continuations
from loaders.reading.refusal import UnreadableError

_PAGE_READER = Path(__file__).with_name("pdf_pages.py")

_TRUNCATED = "PDF 不完整，缺少文件结尾（可能没有下载完）；请重新获取该文件。"
_NO_TEXT = "没有文字层，无法读取；请先做文字识别（OCR）再导入。"
_GARBLED = "文字层是乱码（字体没有对应的字符编码），无法读取；请先做文字识别（OCR）再导入。"
_PROBLEMS = {
    "password": "有打开密码，无法读取；请去掉密码后再导入。",
    "damaged": "PDF 已损坏，无法解析；请重新获取，或用阅读器打开后另存。",
    "long": f"超过 {MAX_PDF_PAGES} 页或 {MAX_TEXT_CHARACTERS // 10_000} 万字，未读取；请拆分后再导入。",
    "crashed": "PDF 已损坏或解压后过大，无法解析；请用阅读器打开后另存再导入。",
    "slow": f"{PDF_SECONDS} 秒内没有读完，可能已损坏；请用阅读器打开后另存再导入。",
}

# The end mark stands on the last line; readers look for it in the last 1,024 bytes (ISO 32000-1, annex H.3, note 18),
# and some downloads are filled up with zeros behind it.
_END_MARK = b"%%EOF"
_TAIL_BYTES = 65_536

# A page with less is blank or a picture: what scanners leave on it are stamps and page numbers.
_LEAST_CHARACTERS = 20

# Half of what a well-mapped Chinese text layer has at least; a wrong mapping gives random characters.
_LEAST_COMMON = 0.3
_GARBAGE = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff]")
_MOST_GARBAGE = 0.1

_INNER_BLANKS = re.compile("(?<=[\u2e80-\uffef]) +(?=[\u2e80-\uffef])")
_MOST_INNER_BLANKS = 0.15

# PDFium's sign for a hyphen at the end of a line, and its filler for characters without mapping.
_SIGNS_OF_PDFIUM = str.maketrans({"\x02": "-", "\ufffe": None, "\uffff": None})


def read_pdf(path: Path) -> Reading:
    """The text of all pages, lines of one paragraph joined; what was left out, and pages without text, are reported.

    Raises: UnreadableError for a file that is cut off, damaged, locked, too long, or has no usable text layer.
    """
    _refuse_cut_off(path)
    answer = _unpack(path)
    if problem := answer.get("problem"):
        raise UnreadableError(_PROBLEMS[problem])
    pages = _close_up([[_page_line(*line) for line in page["lines"]] for page in answer["pages"]])
    reading = _put_together(pages, [page["pictures"] for page in answer["pages"]])
    _refuse_unusable(reading.text)
    return reading


def _page_line(text: str, *place: float) -> PageLine:
    return PageLine(text.translate(_SIGNS_OF_PDFIUM), *place)


def _close_up(pages: list[list[PageLine]]) -> list[list[PageLine]]:
    """Takes out the blanks between Chinese characters where every few have one, as text recognition writes: 支持 企 业."""
    text = "".join(line.text for page in pages for line in page)
    if len(_INNER_BLANKS.findall(text)) < _MOST_INNER_BLANKS * len(text):
        return pages
    return [[line._replace(text=_INNER_BLANKS.sub("", line.text)) for line in page] for page in pages]


def _put_together(pages: list[list[PageLine]], pictures: list[int]) -> Reading:
    left_out: list[LeftOut] = []
    lines: list[str] = []
    reasons = mark_page_furniture([[line.text for line in page] for page in pages])
    texts = [
        [line for line, reason in zip(page, why, strict=True) if reason is None]
        for page, why in zip(pages, reasons, strict=True)
    ]
    for number, continues in enumerate(mark_continuations(texts)):
        begins = bool(continues) and continues[0]
        if number and not begins:
            lines.append("\f")
        if not pages[number]:
            kind = "是图片，没有文字层" if pictures[number] else "没有文字"
            left_out.append(LeftOut(len(lines), f"第 {number + 1} 页{kind}", ""))
        for line, runs_on in zip(texts[number], continues, strict=True):
            if runs_on:
                lines[-1] = join(lines[-1], line.text)
            else:
                lines.append(line.text)
        for line, reason in zip(pages[number], reasons[number], strict=True):
            if reason:
                left_out.append(LeftOut(len(lines), reason, line.text))
    return join_lines(lines, left_out)


def _refuse_cut_off(path: Path) -> None:
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise UnreadableError("不是 PDF 文件；请检查后缀，或重新获取该文件。")
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL_BYTES))
        if _END_MARK not in file.read().rstrip(b"\0\r\n\t ")[-1024:]:
            raise UnreadableError(_TRUNCATED)


def _unpack(path: Path) -> dict[str, Any]:
    """The pages as pdf_pages.py prints them."""
    limits = (MAX_PDF_PAGES, MAX_TEXT_CHARACTERS, PDF_MEMORY_BYTES)
    command = [sys.executable, "-P", str(_PAGE_READER), str(path.absolute()), *map(str, limits)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PDF_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return {"problem": "slow"}
    answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"problem": "crashed"}
    return answer


def _refuse_unusable(text: str) -> None:
    if len("".join(text.split())) < _LEAST_CHARACTERS:
        raise UnreadableError(_NO_TEXT)
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    is_english = beyond_ascii * 3 < len(text)
    if len(_GARBAGE.findall(text)) > _MOST_GARBAGE * len(text) or (
        not is_english and common_share(text) < _LEAST_COMMON
    ):
        raise UnreadableError(_GARBLED)
