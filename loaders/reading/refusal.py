"""How reading says no: the sentence for the reader of the tool, and the error that carries it up from the formats.

Whether a refusal ends a command, and with which code, is the application's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.errors import PolicyGraphError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or folder that gave no document: its name, why, and the way out.

    `skipped` is true for what a folder holds besides documents (hidden files, other formats, one file met twice):
    passed by without an attempt, and no failure.
    """

    name: str
    reason: str
    skipped: bool = False
    subject: Literal["文件", "文件夹"] = "文件"

    def __str__(self) -> str:
        """One sentence: 文件 x.pdf：没有文字层，无法读取；请先做文字识别（OCR）再导入。"""
        return f"{self.subject} {self.name}：{self.reason}"


class UnreadableError(PolicyGraphError):
    """A source file that cannot be read; the message is the `reason` of its refusal."""
