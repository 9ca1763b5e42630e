"""Runs a page of the explorer without a browser, and reads what it shows."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from streamlit.testing.v1 import AppTest

SECONDS = 60


def run_page(name: str, **params: str | list[str]) -> AppTest:
    """The page as it is drawn for an address with these parameters."""

    def draw(name: str) -> None:
        import streamlit as st

        from app.explorer import page

        st.sidebar.date_input("时点", key="as_of", bind="query-params")
        page(name)()

    test = AppTest.from_function(draw, kwargs={"name": name}, default_timeout=SECONDS)
    for key, value in params.items():
        test.query_params[key] = value
    return test.run()


def component_data(test: AppTest, name: str) -> list[tuple[str, Any]]:
    """What the components of a kind (table, picture, quotes, network, reader) were given: (key, data), in the order of the page."""
    found = []
    for element in test.get("bidi_component"):
        if element.proto.component_name == f"policygraph_{name}":
            found.append((element.proto.id.split("-", 2)[-1], json.loads(element.proto.json)))
    return found


def table(test: AppTest, name: str) -> list[list[str]]:
    """The rows of the table of that name, as text."""
    for key, data in component_data(test, "table"):
        if key == f"table_{name}":
            return [[cell["text"] for cell in row["cells"]] for row in data["rows"]]
    raise AssertionError(f"no table {name}: {[key for key, _ in component_data(test, 'table')]}")


def finding(test: AppTest) -> str:
    """The page's sentence."""
    return _text(_line(test, "finding"))


def notices(test: AppTest) -> list[str]:
    """What the page has to tell instead of an answer."""
    return [_text(words) for words in _lines(test, "notice(?: failed)?")]


def lines(test: AppTest, name: str) -> list[str]:
    """All lines of a kind: aside, part, line."""
    return [_text(words) for words in _lines(test, name)]


def quotes(test: AppTest) -> list[dict[str, Any]]:
    """All quoted sentences with their cites."""
    return [card for _, data in component_data(test, "quotes") for card in data["cards"]]


def _text(markup: str) -> str:
    """Without the page's own marks around dates and figures."""
    return html.unescape(re.sub('<span class="kept">(.*?)</span>', r"\1", markup))


def _line(test: AppTest, name: str) -> str:
    lines = _lines(test, name)
    assert len(lines) == 1, f"{name}: {lines}; notices: {_lines(test, 'notice(?: failed)?')}"
    return lines[0]


def _lines(test: AppTest, name: str) -> list[str]:
    found = []
    for element in test.get("html"):
        match = re.fullmatch(rf'<div class="{name}">(.*)</div>', element.proto.body, re.DOTALL)
        if match:
            found.append(match[1])
    return found
