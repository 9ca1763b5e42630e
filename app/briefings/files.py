"""Briefings as files: the form follows from the suffix, and a file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from app.briefings.model import Briefing
from app.files import written_whole
from graph.errors import UsageError

# Suffix → the module under app.briefings that makes the file; each is imported when its form is asked for.
_FORMS = {
    ".html": "as_html",
    ".pdf": "as_pdf",
    ".pptx": "as_pptx",
    ".png": "as_png",
    ".xlsx": "as_xlsx",
    ".md": "as_markdown",
}
SUFFIXES = tuple(suffix.removeprefix(".") for suffix in _FORMS)


def check_target(path: Path) -> None:
    """Says at once what would fail after the work. Raises: UsageError for an unknown suffix, a folder that is not there or not writable."""
    if path.suffix.lower() not in _FORMS:
        raise UsageError(f"认不出“{path.name}”要存成什么:文件名须以 {'、'.join(_FORMS)} 之一结尾。")
    if path.is_dir():
        raise UsageError(f"{path} 是文件夹:请写出文件名。")
    if not path.parent.is_dir():
        raise UsageError(f"没有文件夹 {path.parent}:请先建好,或换一个文件夹。")
    if not os.access(path.parent, os.W_OK):
        raise UsageError(f"文件夹 {path.parent} 不可写:请换一个文件夹。")


def made(briefing: Briefing, suffix: str) -> bytes:
    """The briefing in the form of a suffix (".pdf"). Raises: PolicyGraphError where a font is missing."""
    make: Callable[[Briefing], bytes] = import_module(f"app.briefings.{_FORMS[suffix.lower()]}").made
    return make(briefing)


def write(briefing: Briefing, path: Path) -> None:
    """Writes the briefing. Raises: UsageError as check_target does; what stood there stays where it fails."""
    check_target(path)
    content = made(briefing, path.suffix)
    with written_whole(path) as stream:
        stream.write(content)
