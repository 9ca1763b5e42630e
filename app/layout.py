"""The few things that every page is laid out with: its sentence, headings, remarks and notices. Words in them are text, never markup."""

from __future__ import annotations

import html

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


def aside(words: str) -> None:
    """A remark in small type."""
    _line("aside", words)


def notice(words: str, *, failed: bool = False) -> None:
    """Something a reader has to know: what is missing, what failed, what to do."""
    _line("notice failed" if failed else "notice", words)


def numbers(named: dict[str, int]) -> None:
    """A row of figures with their names."""
    parts = (f"<div><b>{value:,}</b><span>{html.escape(name)}</span></div>" for name, value in named.items())
    st.html(f'<div class="numbers">{"".join(parts)}</div>')


def _line(name: str, words: str) -> None:
    st.html(f'<div class="{name}">{html.escape(words)}</div>')
