"""简报: a question as a page that can be put before a leader; shown as it will be printed, and taken away in six forms."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import streamlit as st

from app.briefings.files import SUFFIXES, made
from app.briefings.kinds import answer
from app.briefings.model import Briefing
from app.briefings.question import KINDS, STANDARD_AWARD, Question
from app.filters import choose, choose_city, choose_district, choose_topic, row_of_filters
from app.layout import aside
from app.pictures.fonts import has_chinese_font
from app.session import as_of, ask
from app.texts import say

_MIME = {
    "html": "text/html",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown",
}
_NEEDS_FONT = frozenset({"pdf", "pptx", "png"})


def show() -> None:
    """The page: what is asked, the files, and the briefing itself."""
    question = _question()
    briefing = ask(answer, question, as_of())
    usable = [suffix for suffix in SUFFIXES if suffix not in _NEEDS_FONT or has_chinese_font()]
    with st.container(horizontal=True, gap="small"):
        for suffix in usable:
            name = f"{say('page.briefing')} {question.subject}.{suffix}".replace("/", " ")
            label = say(f"briefing.{suffix}")
            st.download_button(
                label,
                _maker(briefing, suffix),
                name,
                _MIME[suffix],
                key=f"briefing_{suffix}",
                on_click="ignore",
            )
    if len(usable) < len(SUFFIXES):
        aside(say("briefing.no_font"))
    st.iframe(made(briefing, ".html").decode(), height=1400)


def _maker(briefing: Briefing, suffix: str) -> Callable[[], bytes]:
    """A file is made when it is asked for."""
    return lambda: made(briefing, f".{suffix}")


def _question() -> Question:
    city = choose_city()
    named = {say(f"briefing.kind.{kind}"): kind for kind in KINDS}
    with row_of_filters(1, 2) as (left, right):
        with left:
            kind = named[choose("kind", say("briefing.kind"), list(named), next(iter(named)))]
        with right:
            match kind:
                case "compare" | "chain":
                    subject = choose_topic(everything=False, default=_DEFAULTS[kind]) or ""
                case "profile" | "conflicts":
                    subject = choose_district(everywhere=False) or ""
                case _:
                    subject = _from_day()
    return Question(kind, subject, city=city, award=STANDARD_AWARD if kind == "chain" else None)


def _from_day() -> str:
    """The first day of a comparison; the day of the sidebar is the last."""
    last = datetime.date.fromisoformat(as_of())
    before = last.replace(year=last.year - 1, day=min(last.day, 28))
    chosen = st.date_input(
        say("briefing.from"),
        before,
        min_value=datetime.date(2000, 1, 1),
        max_value=last - datetime.timedelta(days=1),
        key="briefing_from",
        format="YYYY-MM-DD",
    )
    return (chosen if isinstance(chosen, datetime.date) else before).isoformat()


_DEFAULTS = {"compare": "compute-rental", "chain": "first-use"}
