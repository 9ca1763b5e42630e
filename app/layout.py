"""The few things that every page is laid out with: its sentence, headings, remarks and notices. Words in them are text, never markup."""

from __future__ import annotations

import html
import re

import streamlit as st

from app.components.mounts import asset
from app.texts import say


def show_style() -> None:
    """The look of the page around the components."""
    words = {"title": say("app.title"), "skip": say("app.skip")}
    st.html(f"<style>{asset('page.css') % words}</style>")


def say_finding(sentence: str) -> None:
    """The page's answer in one sentence."""
    _line("finding", sentence)


def heading(words: str) -> None:
    """The heading of a part."""
    _line("part", words)


def line(words: str) -> None:
    """A line of a list."""
    _line("line", words)


def aside(words: str) -> None:
    """A remark in small type."""
    _line("aside", words)


def code(words: str) -> None:
    """Text of a program, line by line. Streamlit's own element loads a highlighter for it, which made its page the slowest to open."""
    st.html(f'<pre class="code">{html.escape(words)}</pre>')


def notice(words: str, *, failed: bool = False) -> None:
    """Something a reader has to know: what is missing, what failed, what to do."""
    _line("notice failed" if failed else "notice", words)


def numbers(named: dict[str, int]) -> None:
    """A row of figures with their names."""
    parts = (f"<div><b>{value:,}</b><span>{html.escape(name)}</span></div>" for name, value in named.items())
    st.html(f'<div class="numbers">{"".join(parts)}</div>')


# Dates, and figures with their unit: 2028-12-31, 1,588, 200–300 万元, 24 件
_UNBROKEN = re.compile(
    r"\d{4}-\d\d-\d\d|\d[\d,.]*(?: ?[万亿])?(?:–\d[\d,.]*)?%?(?: ?(?:[万亿]?元|[个件条项对处年月日行秒]))?"
)


def _line(name: str, words: str) -> None:
    """The words as text, with dates and figures that no line break parts."""
    parts, at = [], 0
    for figure in _UNBROKEN.finditer(words):
        parts += [
            html.escape(words[at : figure.start()]),
            f'<span class="kept">{html.escape(figure[0])}</span>',
        ]
        at = figure.end()
    st.html(f'<div class="{name}">{"".join(parts)}{html.escape(words[at:])}</div>')
