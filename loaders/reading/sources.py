"""Which files there are to read: walks arguments and folders, gives each file its name, says what it passes by.

Opens no file; what is in them is for the formats.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.reading.refusal import Refusal

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
_FORMATS = "支持 .txt、.md、.html、.docx 和带文字层的 .pdf"

# Formats that policies come in and that are not read, with the way out.
_WAYS_OUT = {
    ".doc": "请用 Word/WPS 另存为 .docx",
    ".wps": "请用 WPS 另存为 .docx",
    ".rtf": "请用 Word/WPS 另存为 .docx",
    ".odt": "请另存为 .docx",
    ".ofd": "请用 OFD 阅读器导出为 PDF",
    ".mht": "请另存为 .html",
    ".mhtml": "请另存为 .html",
    ".xls": "请另存为 .txt 或 .docx",
    ".xlsx": "请另存为 .txt 或 .docx",
    ".zip": "请先解压",
    ".rar": "请先解压",
    ".7z": "请先解压",
    ".jpg": "请先做文字识别（OCR）",
    ".png": "请先做文字识别（OCR）",
}

# Names that programs give to files of their own: hidden ones, and what Word lays beside an open document.
_HIDDEN_PREFIXES = (".", "~$")


# What a folder says of itself; named directly, such a file is read.
_ABOUT_STEMS = frozenset(("readme", "sources", "license"))


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. `name` is its file name, or its path inside the folder given, longer where two would be equal."""

    path: Path
    name: str


def list_sources(paths: Iterable[Path]) -> list[Source | Refusal]:
    """All files to read, in the order of the arguments, folders walked through in the order of names.

    What cannot be read for what it is (missing, no document, no permission) is a Refusal in its place; so is what a
    folder holds besides documents, marked as skipped, and every second way to the same file.
    """
    found: list[Source | Refusal] = []
    for path in paths:
        found += _walk_argument(path)
    return _tell_apart(list(_drop_repeated(found)))


def _walk_argument(path: Path) -> Iterator[Source | Refusal]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Refusal(_printable(str(path)), explain(error))
        return
    if not stat.S_ISDIR(mode):
        name = path.name or str(path)
        reason = _no_document(path, mode)
        yield Refusal(_printable(name), reason) if reason else Source(path, _printable(name))
        return
    documents = 0
    for item in _walk_folder(path):
        documents += isinstance(item, Source) or not item.skipped
        yield item
    if not documents:
        name = _printable(path.name or str(path))
        yield Refusal(name, f"里面没有可读取的文档；{_FORMATS}。", subject="文件夹")


def _walk_folder(top: Path) -> Iterator[Source | Refusal]:
    """Everything below a folder, in the order of names; without recursion, since folders may nest deep."""
    seen: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        path = waiting.pop()
        name = _printable(path.relative_to(top).as_posix())
        if path != top and path.name.startswith(_HIDDEN_PREFIXES):
            yield Refusal(name, "隐藏文件或临时文件，已跳过。", skipped=True)
            continue
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield _file_in_folder(path, name, status.st_mode)
                continue
            identity = (status.st_dev, status.st_ino)
            if identity in seen:
                yield Refusal(name, "链接指向已经读过的文件夹，已跳过。", skipped=True, subject="文件夹")
                continue
            seen.add(identity)
            children = sorted(path.iterdir(), reverse=True)
        except OSError as error:
            yield _failure_in_folder(path, name, error)
            continue
        waiting += children


def _file_in_folder(path: Path, name: str, mode: int) -> Source | Refusal:
    if path.stem.lower() in _ABOUT_STEMS:
        return Refusal(name, "是文件夹的说明文件，已跳过。", skipped=True)
    reason = _no_document(path, mode)
    if reason is None:
        return Source(path, name)
    return Refusal(name, f"已跳过，{reason}", skipped=True)


def _failure_in_folder(path: Path, name: str, error: OSError) -> Refusal:
    """A dead link or a closed folder; a dead link that would lead to no document is only passed by."""
    is_link = path.is_symlink()
    skipped = is_link and path.suffix != "" and path.suffix.lower() not in SUFFIXES
    return Refusal(name, explain(error), skipped=skipped, subject="文件" if is_link else "文件夹")


def _no_document(path: Path, mode: int) -> str | None:
    """Why a file is none to read, by its kind and suffix; None where it is one."""
    if not stat.S_ISREG(mode):
        return "不支持：不是普通文件（设备、管道或套接字）；请先保存为文件再导入。"
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return None
    way_out = _WAYS_OUT.get(suffix, "请另存为其中一种格式")
    return (
        f"不支持{f' {_printable(suffix)} ' if suffix else '没有后缀的'}文件；{_FORMATS}，{way_out}，再导入。"
    )


def explain(error: OSError) -> str:
    """The sentence for what the operating system says of a file or folder."""
    if isinstance(error, FileNotFoundError):
        return "不存在，或是指向不存在文件的链接；请检查路径。"
    if isinstance(error, PermissionError):
        return "没有读取权限；请修改权限后再导入。"
    return f"无法打开（{error.strerror or error}）；请检查路径。"


def _printable(name: str) -> str:
    """The name with escapes for what no terminal and no JSON shows: control characters, bytes of no encoding."""
    return "".join(
        c if c.isprintable() or unicodedata.category(c) == "Zs" else c.encode("unicode_escape").decode()
        for c in name
    )


def _drop_repeated(found: Iterable[Source | Refusal]) -> Iterator[Source | Refusal]:
    """Each file once; later ways to it become skipped."""
    first: dict[str, str] = {}
    for item in found:
        if isinstance(item, Refusal):
            yield item
            continue
        place = os.path.realpath(item.path)
        if place in first:
            yield Refusal(item.name, f"与 {first[place]} 是同一个文件，已跳过。", skipped=True)
        else:
            first[place] = item.name
            yield item


def _tell_apart(found: list[Source | Refusal]) -> list[Source | Refusal]:
    """Puts the folder in front of names that two files share, and its folder, until all names differ."""
    while True:
        names = Counter(item.name for item in found if isinstance(item, Source))
        longer = [
            _with_folder(item) if isinstance(item, Source) and names[item.name] > 1 else item
            for item in found
        ]
        if longer == found:
            return found
        found = longer


def _with_folder(source: Source) -> Source:
    parts = Path(os.path.abspath(source.path)).parts  # noqa: PTH100  resolve() would follow links
    length = source.name.count("/") + 1
    if length + 1 >= len(parts):
        return source
    return replace(source, name=f"{_printable(parts[-length - 1])}/{source.name}")
