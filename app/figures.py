"""A picture on a page: shown, clicked, and taken away as PNG and as one self-contained page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.address import Then
from app.components.mounts import mount_picture
from app.layout import aside
from app.pictures.drawing import Picture
from app.pictures.fonts import has_chinese_font
from app.texts import say


def show_figure(picture: Picture, name: str, *, then: Then | None = None, remark: str = "") -> None:
    """Shows a picture with its buttons and a remark beside them. `then` is told the name of a shape that was clicked."""
    mount_picture(picture, f"figure_{name}", then)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if has_chinese_font():
            _button(say("picture.png"), picture.to_png, f"{name}.png", "image/png")
        _button(say("picture.html"), lambda: picture.to_html().encode(), f"{name}.html", "text/html")
        if remark or not has_chinese_font():
            aside(remark if has_chinese_font() else remark + say("picture.no_font"))


def _button(label: str, make: Callable[[], bytes], file_name: str, mime: str) -> None:
    """The file is made when it is asked for: drawing a PNG takes a quarter of a second."""
    st.download_button(label, make, file_name, mime, key=f"save_{file_name}", on_click="ignore")
