"""Mounts the components: what Python hands to the browser and what a click hands back. Assets are files beside this one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

from app.pictures.drawing import Picture


def show_picture(picture: Picture, key: str) -> str | None:
    """Shows a picture; returns the name of the shape that was just clicked."""
    result = _picture()(
        key=key, data={"svg": picture.svg, "width": picture.width}, on_clicked_change=_nothing
    )
    return result.clicked if isinstance(result.clicked, str) else None


def show_network(
    nodes: Sequence[Mapping[str, Any]],
    edges: Sequence[Mapping[str, Any]],
    key: str,
    *,
    save_label: str,
    file_name: str,
    height: int = 620,
) -> Mapping[str, str] | None:
    """Shows a graph picture of vis-network nodes and edges; returns {"node": id} or {"edge": id} that was just clicked."""
    data = {
        "nodes": list(nodes),
        "edges": list(edges),
        "options": network_options(),
        "height": height,
        "file_name": file_name,
    }
    result = _network(save_label)(key=key, data=data, on_clicked_change=_nothing)
    return result.clicked if isinstance(result.clicked, Mapping) else None


def show_text(
    paragraphs: Sequence[Mapping[str, Any]], text_key: str, selected: str | None, key: str
) -> str | None:
    """Shows an annotated text; returns the id of the fact that was just clicked. `text_key` names the text shown."""
    data = {"paragraphs": list(paragraphs), "key": text_key, "selected": selected or ""}
    result = _reader()(key=key, data=data, on_selected_change=_nothing)
    return result.selected if isinstance(result.selected, str) else None


def network_options() -> dict[str, Any]:
    """How graph pictures look and settle; the same on the screen and in exported pages."""
    return json.loads(_asset("network_options.json"))  # type: ignore[no-any-return]


@cache
def vis_network() -> str:
    """The vis-network bundle that pyvis ships: no page loads it from elsewhere."""
    return (files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")


def _asset(name: str) -> str:
    return (files("app.components") / "assets" / name).read_text(encoding="utf-8")


def _nothing() -> None:
    """A component keeps the value of a trigger only where a callback is named."""


@st.cache_resource
def _picture() -> Any:
    return st.components.v2.component(
        "policygraph_picture",
        html='<div class="picture"></div>',
        css=_asset("picture.css"),
        js=_asset("picture.js"),
    )


@st.cache_resource
def _network(save_label: str) -> Any:
    return st.components.v2.component(
        "policygraph_network",
        html=f'<div class="frame"><button class="save">{save_label}</button><div class="network"></div></div>',
        css=_asset("network.css"),
        js=vis_network() + "\n" + _asset("network.js"),
    )


@st.cache_resource
def _reader() -> Any:
    return st.components.v2.component(
        "policygraph_reader",
        html='<div class="reader"></div>',
        css=_asset("reader.css"),
        js=_asset("reader.js"),
    )
