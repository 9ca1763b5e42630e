"""Mounts the components: what Python hands to the browser and what a click hands back. Assets are files beside this one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

from app.address import Then, choosing, leaving
from app.pictures.drawing import Picture


def mount_picture(picture: Picture, key: str, then: Then | None) -> None:
    """Shows a picture; `then` is told the name of a shape that was clicked."""
    data = {"svg": picture.svg, "width": picture.width}
    _picture()(key=key, data=data, on_clicked_change=choosing(key, "clicked", then))


def mount_table(data: Mapping[str, Any], key: str, then: Then | None) -> None:
    """Shows a table (app.tables makes its data); `then` is told the key of a row that was clicked."""
    _table()(
        key=key,
        data=dict(data),
        on_picked_change=choosing(key, "picked", then),
        on_go_change=leaving(key),
    )


def mount_quotes(cards: Sequence[Mapping[str, Any]], columns: int, height: int | None, key: str) -> None:
    """Shows quoted sentences (app.evidence makes the cards) in so many columns, at most so many pixels high."""
    data = {"cards": list(cards), "columns": columns, "height": height}
    _quotes()(key=key, data=data, on_go_change=leaving(key))


def mount_network(data: Mapping[str, Any], key: str, on_click: Callable[[], None]) -> None:
    """Shows a graph picture (app.answers.network makes its data); `on_click` runs when a node or an edge was clicked."""
    _network()(key=key, data=dict(data), on_clicked_change=on_click)


def mount_reader(data: Mapping[str, Any], key: str, on_click: Callable[[], None]) -> None:
    """Shows a policy's text (app.answers.reading makes its data); `on_click` runs when a fact or a clause was clicked."""
    _reader()(key=key, data=dict(data), on_selected_change=on_click)


def mount_paper(page: str, title: str, key: str) -> None:
    """Shows a page that is a file of its own, as it stands: nothing in it runs."""
    _paper()(key=key, data={"html": page, "title": title})


@cache
def vis_network() -> str:
    """The vis-network bundle that pyvis ships: no page loads it from elsewhere."""
    return (files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")


@cache
def asset(name: str) -> str:
    """The text of a file under assets."""
    return (files("app.components") / "assets" / name).read_text(encoding="utf-8")


def network_options() -> dict[str, Any]:
    """How graph pictures look; the same on the screen and in exported pages."""
    return json.loads(asset("network_options.json"))  # type: ignore[no-any-return]


@st.cache_resource
def _picture() -> Any:
    return st.components.v2.component(
        "policygraph_picture",
        html='<div class="picture"></div>',
        css=asset("picture.css"),
        js=asset("picture.js"),
    )


@st.cache_resource
def _table() -> Any:
    return st.components.v2.component(
        "policygraph_table",
        html='<div class="frame"></div><div class="wider"></div>',
        css=asset("base.css") + asset("table.css"),
        js=asset("links.js") + asset("table.js"),
    )


@st.cache_resource
def _quotes() -> Any:
    return st.components.v2.component(
        "policygraph_quotes",
        html='<div class="quotes"></div>',
        css=asset("base.css") + asset("quotes.css"),
        js=asset("links.js") + asset("quotes.js"),
    )


@st.cache_resource
def _network() -> Any:
    return st.components.v2.component(
        "policygraph_network",
        html='<div class="frame"><div class="tools"></div><div class="network"></div><div class="legend"></div></div>',
        css=asset("base.css") + asset("network.css"),
        js="\n".join((vis_network(), asset("network_draw.js"), asset("network.js"))),
    )


@st.cache_resource
def _paper() -> Any:
    return st.components.v2.component(
        "policygraph_paper",
        html='<div class="paper"><iframe sandbox="allow-same-origin"></iframe></div>',
        css=asset("paper.css"),
        js=asset("paper.js"),
    )


@st.cache_resource
def _reader() -> Any:
    return st.components.v2.component(
        "policygraph_reader",
        html='<div class="legend"></div><div class="reader"><div class="tree"></div><div class="text"></div><div class="facts"></div></div>',
        css=asset("base.css") + asset("reader.css"),
        js=asset("links.js") + asset("reader.js"),
    )
