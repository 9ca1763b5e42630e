"""From paths to documents: finds the files, reads each by its format, one in memory at a time.

What cannot be read becomes a Refusal in its place, and the others are still read. What a text means is for later stages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from loaders.reading.from_pdf import read_pdf
from loaders.reading.from_text import decode_text
from loaders.reading.limits import MAX_CONTAINER_BYTES, MAX_TEXT_BYTES
from loaders.reading.lines import Reading
from loaders.reading.refusal import Refusal, UnreadableError
from loaders.reading.sources import Source, explain, list_sources
from loaders.types import Document

__all__ = ["Refusal", "Source", "iter_documents", "list_sources", "read_document"]

_CONTAINERS = (".docx", ".pdf")
_HTML_SUFFIXES = (".html", ".htm")
_HTML_STARTS = ("<!doctype html", "<html")

_EMPTY = "文件是空的，没有文字；请重新获取该文件。"


def iter_documents(paths: Iterable[Path]) -> Iterator[Document | Refusal]:
    """Reads files and folders: arguments in order, folders in the order of names. Never raises for bad input.

    Yields a Document for each file that has text, a Refusal for each that has none and, marked as skipped, for what
    a folder holds besides documents. The list of files is made first, their content is read one by one.
    """
    for item in list_sources(paths):
        yield item if isinstance(item, Refusal) else read_document(item)


def read_document(source: Source) -> Document | Refusal:
    """Reads one file by its suffix. Errors come back as Refusal."""
    try:
        reading, digest = _read(source.path)
    except UnreadableError as error:
        return Refusal(source.name, str(error))
    except OSError as error:
        return Refusal(source.name, explain(error))
    if not reading.text.strip():
        return Refusal(source.name, _EMPTY)
    return Document(source.name, reading.text, digest, reading.dropped)


def _read(path: Path) -> tuple[Reading, str]:
    """The text of a file and the SHA-256 of its bytes."""
    suffix = path.suffix.lower()
    is_container = suffix in _CONTAINERS
    _check_size(path, MAX_CONTAINER_BYTES if is_container else MAX_TEXT_BYTES)
    if is_container:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return _read_docx(path) if suffix == ".docx" else read_pdf(path), digest
    data = path.read_bytes()
    text = decode_text(data)
    # some scraped pages are kept as .txt
    is_html = suffix in _HTML_SUFFIXES or text[:100].lstrip().lower().startswith(_HTML_STARTS)
    return _read_html(text) if is_html else Reading(text), hashlib.sha256(data).hexdigest()


def _read_docx(path: Path) -> Reading:
    from loaders.reading.from_docx import read_docx

    return read_docx(path)


def _read_html(html: str) -> Reading:
    from loaders.reading.from_html import read_html

    return read_html(html)


def _check_size(path: Path, most_bytes: int) -> None:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableError(_EMPTY)
    if size > most_bytes:
        raise UnreadableError(
            f"大小 {size / 1e6:.0f} MB，超过上限 {most_bytes / 1e6:.0f} MB，未读取；请拆分成较小的文件再导入。"
        )
