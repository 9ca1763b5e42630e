"""Which Chinese font this machine has: pictures as PNG and pages as PDF need one, and hold it inside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Microsoft YaHei",
    "DengXian",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimSun",
    "Noto Serif CJK SC",
)
"""Families as Linux, macOS and Windows have them, the best first."""

NO_FONT = (
    "这台机器没有中文字体,{what};请安装思源黑体或 Noto Sans CJK"
    "(没有管理员权限时,把字体文件放进 ~/.local/share/fonts,Windows 上右键“安装”),或改存 {instead}。"
)
"""The sentence where there is none."""

_REGULAR = 400


@dataclass(frozen=True, slots=True)
class Font:
    """A family, and the file of its regular weight."""

    family: str
    path: Path


class Installed(Protocol):
    """A font as the setter lists it; `path` is None for one that it brings itself."""

    family: str
    style: str
    weight: int
    path: str | None


@cache
def chinese_font() -> Font | None:
    """The best Chinese font that is installed for the machine or for this user; None where there is none."""
    import typst

    return best_font(typst.Fonts(include_embedded_fonts=False).fonts())


def best_font(installed: Iterable[Installed]) -> Font | None:
    """The first of CHINESE_FONTS that is there, in the weight next to regular."""
    found: dict[str, tuple[int, str]] = {}
    for font in installed:
        if font.path is None or font.style != "normal" or font.family not in CHINESE_FONTS:
            continue
        off = abs(font.weight - _REGULAR), font.path
        found[font.family] = min(off, found.get(font.family, off))
    family = next((name for name in CHINESE_FONTS if name in found), None)
    return None if family is None else Font(family, Path(found[family][1]))


def has_chinese_font() -> bool:
    """Whether pictures can be written as PNG, and pages as PDF, on this machine."""
    return chinese_font() is not None
