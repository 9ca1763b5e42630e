"""A picture on a page: shown, clicked, and taken away as PNG and as one self-contained page."""

from __future__ import annotations

import streamlit as st

from app.components.mounts import show_picture
from app.pictures.drawing import Picture
from app.texts import say
from graph.errors import PolicyGraphError


def show_figure(picture: Picture, name: str) -> str | None:
    """Shows a picture with its buttons; returns the name of the shape that was just clicked."""
    clicked = show_picture(picture, f"figure_{name}")
    left, right, _ = st.columns([1, 1, 4])
    try:
        png = _png(picture)
    except PolicyGraphError as error:
        left.caption(error.message)
    else:
        left.download_button(
            say("picture.png"), png, f"{name}.png", "image/png", key=f"png_{name}", on_click="ignore"
        )
    right.download_button(
        say("picture.html"),
        picture.to_html(),
        f"{name}.html",
        "text/html",
        key=f"html_{name}",
        on_click="ignore",
    )
    return clicked


@st.cache_data(max_entries=60, show_spinner=False)
def _png(picture: Picture) -> bytes:
    return picture.to_png()
