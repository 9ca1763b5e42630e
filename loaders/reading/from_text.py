"""Plain text and Markdown → text: decoded, with one kind of line break; their markup stays for loaders/clean.py.

Says what a file is instead where its first bytes show that it is no text.
"""

from __future__ import annotations

from loaders.reading.encoding import decode
from loaders.reading.lines import unify_line_breaks
from loaders.reading.refusal import UnreadableError

# First bytes → what the file is, and the way out.
_OTHER_FORMATS = (
    (b"%PDF-", "实际是 PDF 文件；请把后缀改为 .pdf 再导入。"),
    (b"PK\x03\x04", "实际是压缩包或 Office 文件；Word 文档请把后缀改为 .docx，压缩包请先解压。"),
    (b"\xd0\xcf\x11\xe0", "实际是旧版 Office 文件（.doc、.xls）；请用 Word/WPS 另存为 .docx。"),
    (b"{\\rtf", "实际是 RTF 文件；请用 Word/WPS 另存为 .docx。"),
    (b"\x1f\x8b", "实际是压缩包；请先解压再导入。"),
    (b"Rar!", "实际是压缩包；请先解压再导入。"),
    (b"7z\xbc\xaf", "实际是压缩包；请先解压再导入。"),
    (b"\x89PNG", "实际是图片；请先做文字识别（OCR）再导入。"),
    (b"\xff\xd8\xff", "实际是图片；请先做文字识别（OCR）再导入。"),
)


def decode_text(data: bytes) -> str:
    """The decoded text with "\\n" as its only line break. Raises: as `read_text`."""
    for start, reason in _OTHER_FORMATS:
        if data.startswith(start):
            raise UnreadableError(reason)
    return unify_line_breaks(decode(data))
