"""Word (.docx) → lines of text: paragraphs with their automatic numbers, and tables, in document order.

Also what python-docx's own `paragraph.text` leaves out: accepted insertions, content controls, text boxes and footnotes.
"""

from __future__ import annotations

import mmap
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart

from loaders.reading.docx_numbering import Numbering
from loaders.reading.limits import (
    MAX_ARCHIVE_ENTRIES,
    MAX_UNPACKED_BYTES,
    MAX_XML_BYTES,
    MAX_XML_TAGS,
)
from loaders.reading.lines import LeftOut, Reading, join_lines, lines_of, row_lines
from loaders.reading.refusal import UnreadableError

_DAMAGED = "Word 文件已损坏或不完整；请重新获取，或用 Word/WPS 打开后另存为 .docx。"
_TOO_LARGE = "解压后过大（可能是压缩炸弹），未读取；请用 Word/WPS 另存为不含图片的 .docx 或 .txt。"
_LOCKED = "有打开密码，无法读取；请去掉密码后再导入。"
_OLD_FORMAT = "是旧版 Word 格式（.doc），后缀却是 .docx；请用 Word/WPS 另存为 .docx。"
_OTHER = "不是 Word 文档（.docx）；请用 Word/WPS 打开后另存为 .docx。"

# An OLE compound file: an old .doc, or the shell that Word puts around an encrypted .docx.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")

_PARAGRAPH, _ROW, _CELL, _RUN = qn("w:p"), qn("w:tr"), qn("w:tc"), qn("w:r")
_PARAGRAPH_PROPERTIES, _STYLE, _VALUE = qn("w:pPr"), qn("w:pStyle"), qn("w:val")
_TEXT_BOX = qn("w:txbxContent")
_DELETED_ROW = f"{qn('w:trPr')}/{qn('w:del')}"
_HIDDEN = f"{qn('w:rPr')}/{qn('w:vanish')}"
_TEXTS = (qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Deleted text, its old place where it was moved, the older copy of a text box, pinyin over a character.
_NOT_SHOWN = frozenset((qn("w:del"), qn("w:moveFrom"), _FALLBACK, qn("w:rt"), qn("w:pPr"), qn("w:tcPr")))


def read_docx(path: Path) -> Reading:
    """The text of a Word document, one paragraph or table row a line, without blank lines; footnotes at the end.

    Headers, footers, tables of contents and hidden text are reported as dropped.
    Raises: UnreadableError for a file that is damaged, locked, forged to unpack to a huge size, or no Word document.
    """
    try:
        _check_archive(path)
        part = docx.Document(str(path)).part
        return _DocumentReader(part).read()
    except UnreadableError:
        raise
    except Exception as error:  # zipfile, lxml and python-docx raise nearly anything on damaged files
        raise UnreadableError(_DAMAGED) from error


def _reason_for_no_archive(path: Path) -> str:
    with path.open("rb") as file:
        if file.read(len(_OLE)) != _OLE:
            return _DAMAGED
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return _OLD_FORMAT if content.find(_ENCRYPTED_PART) < 0 else _LOCKED


def _check_archive(path: Path) -> None:
    """Refuses before anything is unpacked in one piece, by the sizes that the archive declares and then by what comes."""
    if not zipfile.is_zipfile(path):
        raise UnreadableError(_reason_for_no_archive(path))
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if "[Content_Types].xml" not in archive.namelist():
            raise UnreadableError(_OTHER)
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableError(_LOCKED)
        if (
            len(entries) > MAX_ARCHIVE_ENTRIES
            or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES
            or any(entry.file_size > MAX_XML_BYTES for entry in entries if _is_xml(entry))
        ):
            raise UnreadableError(_TOO_LARGE)
        for entry in entries:
            # Never gives more than the declared size, and fails where content and checksum disagree.
            with archive.open(entry) as content:
                tags = sum(piece.count(b"<") for piece in iter(lambda: content.read(1 << 16), b""))
            if _is_xml(entry) and tags > MAX_XML_TAGS:
                raise UnreadableError(_TOO_LARGE)


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


class _DocumentReader:
    """Walks a document's XML in order and collects its lines."""

    def __init__(self, part: DocumentPart) -> None:
        self._part = part
        styles = part.styles.element
        self._numbering = Numbering(self._related(RELATIONSHIP_TYPE.NUMBERING), styles)
        self._contents_styles = {
            style.get(qn("w:styleId"))
            for style in styles.iterchildren(qn("w:style"))
            if (name := style.find(qn("w:name"))) is not None
            and name.get(qn("w:val"), "").lower().startswith("toc ")
        }
        self._lines: list[str] = []
        self._left_out: list[LeftOut] = []

    def read(self) -> Reading:
        """Reads body and notes, then lists what stands in headers and footers."""
        for line in self._block_lines(self._part.element.body):
            self._lines.append(line)
        for kind, tag in (
            (RELATIONSHIP_TYPE.FOOTNOTES, "w:footnote"),
            (RELATIONSHIP_TYPE.ENDNOTES, "w:endnote"),
        ):
            notes = self._related(kind)
            for note in [] if notes is None else notes.iterchildren(qn(tag)):
                if note.get(qn("w:type")) is None:  # others only draw the line above the notes
                    self._lines += self._block_lines(note)
        return join_lines(self._lines, [*self._furniture(), *self._left_out])

    def _furniture(self) -> list[LeftOut]:
        """Headers and footers; those of first, odd and even pages mostly say the same and are listed once."""
        words: dict[tuple[str, str], None] = {}
        for kind, reason in ((RELATIONSHIP_TYPE.HEADER, "页眉"), (RELATIONSHIP_TYPE.FOOTER, "页脚")):
            for element in self._all_related(kind):
                words[" ".join(self._block_lines(element)), reason] = None
        return [LeftOut(0, reason, text) for text, reason in words if text]

    def _related(self, kind: str) -> Any | None:
        return next(iter(self._all_related(kind)), None)

    def _all_related(self, kind: str) -> list[Any]:
        """The root elements of all parts that the document refers to as of this kind."""
        parts = [
            rel.target_part for rel in self._part.rels.values() if rel.reltype == kind and not rel.is_external
        ]
        parts.sort(key=lambda part: str(part.partname))
        return [part.element if isinstance(part, XmlPart) else parse_xml(part.blob) for part in parts]

    def _block_lines(self, container: Any) -> Iterator[str]:
        """The lines of all paragraphs and tables in an element, also inside content controls and insertions."""
        for child in container:
            if child.tag == _PARAGRAPH:
                yield from self._paragraph_lines(child)
            elif child.tag == _ROW:
                if child.find(_DELETED_ROW) is None:
                    yield from row_lines(list(self._cells(child)))
            elif _is_shown(child):
                yield from self._block_lines(child)

    def _cells(self, row: Any) -> Iterator[list[str]]:
        for child in row:
            if child.tag == _CELL:
                yield list(self._block_lines(child))
            elif _is_shown(child):
                yield from self._cells(child)

    def _paragraph_lines(self, paragraph: Any) -> Iterator[str]:
        words: list[str] = []
        boxes: list[Any] = []
        self._collect_words(paragraph, words, boxes)
        properties = paragraph.find(_PARAGRAPH_PROPERTIES)
        label = self._numbering.label(properties)  # a blank paragraph counts too
        text = "".join(words)
        if text.strip():
            style = None if properties is None else properties.find(_STYLE)
            if style is not None and style.get(_VALUE) in self._contents_styles:
                self._leave_out("目录", text)
            else:
                yield from lines_of(label + text)
        for box in boxes:
            yield from self._block_lines(box)

    def _collect_words(self, element: Any, words: list[str], boxes: list[Any]) -> None:
        for child in element:
            if child.tag in _TEXTS:
                words.append(child.text or "")
            elif child.tag in _SIGNS:
                words.append(_SIGNS[child.tag])
            elif child.tag == _TEXT_BOX:
                boxes.append(child)
            elif child.tag == _RUN and child.find(_HIDDEN) is not None:
                self._leave_out("隐藏文字", "".join(child.itertext(_TEXTS)))
            elif _is_shown(child):
                self._collect_words(child, words, boxes)

    def _leave_out(self, reason: str, words: str) -> None:
        if words.strip():
            self._left_out.append(LeftOut(len(self._lines), reason, words.strip()))


def _is_shown(element: Any) -> bool:
    """False for comments and processing instructions too, whose tag is no string."""
    return isinstance(element.tag, str) and element.tag not in _NOT_SHOWN
