"""简报: a question as a page that can be put before a leader; shown as it will be printed, and taken away in six forms."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import streamlit as st

from app.briefings.files import SUFFIXES, made
from app.briefings.kinds import answer
from app.briefings.model import Briefing
from app.briefings.question import KINDS, STANDARD_AWARD, Export, Question
from app.city import city
from app.components.mounts import mount_paper
from app.filters import choose, choose_district, choose_number, choose_topic, row_of_filters
from app.layout import aside, notice
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
_NOT_IN_NAMES = dict.fromkeys(map(ord, '“”《》"/\\:*?<>|'))
"""What no file name should hold."""
_NEEDS_FONT = frozenset({"pdf", "pptx", "png"})


def show() -> None:
    """The page: what is asked, the files, and the briefing itself."""
    question = _question()
    if question is None:
        notice(say("briefing.since.none"))
        return
    briefing = ask(answer, question, as_of())
    usable = [suffix for suffix in SUFFIXES if suffix not in _NEEDS_FONT or has_chinese_font()]
    with st.container(horizontal=True, gap="small"):
        for suffix in usable:
            st.download_button(
                say(f"briefing.{suffix}"),
                _maker(briefing, suffix),
                f"{briefing.question.translate(_NOT_IN_NAMES)}.{suffix}",
                _MIME[suffix],
                key=f"briefing_{suffix}",
                on_click="ignore",
            )
    if len(usable) < len(SUFFIXES):
        aside(say("briefing.no_font"))
    mount_paper(made(briefing, ".html").decode(), briefing.question, "briefing")


def _maker(briefing: Briefing, suffix: str) -> Callable[[], bytes]:
    """A file is made when it is asked for."""
    return lambda: made(briefing, f".{suffix}")


def _question() -> Question | None:
    """What is asked; None as long as the earlier build, which is to be compared, is not given."""
    own = city()
    named = {say(f"briefing.kind.{kind}"): kind for kind in KINDS}
    with row_of_filters(1, 2, 1) as (left, middle, right):
        with left:
            kind = named[choose("kind", say("briefing.kind"), list(named), next(iter(named)))]
        with middle:
            match kind:
                case "compare":
                    topic = choose_topic(everything=False, default=_DEFAULTS[kind]) or ""
                    return Question(kind, topic, own)
                case "chain":
                    topic = choose_topic(everything=False, default=_DEFAULTS[kind]) or ""
                    with right:
                        award = _award()
                    return Question(kind, topic, own, award=award)
                case "profile" | "conflicts":
                    return Question(kind, choose_district(everywhere=False) or "", own)
                case _:
                    return _change(kind, own)


def _award() -> float:
    """The city's award that a chain is worked out for, in yuan."""
    standard = int(STANDARD_AWARD / _TEN_THOUSAND)
    return _TEN_THOUSAND * choose_number(
        "award", say("chains.award"), standard, least=0, most=1_000_000, step=50
    )


def _change(kind: str, own: str | None) -> Question | None:
    """Changes since a day, or since an earlier build that is uploaded."""
    by_day, by_build = say("briefing.since.day"), say("briefing.since.build")
    if choose("since", say("briefing.since"), [by_day, by_build], by_day) == by_day:
        return Question(kind, _from_day(), own)
    given = st.file_uploader(say("briefing.since.file"), type=["jsonl"], key="briefing_since")
    if given is None:
        return None
    return Question(kind, given.name, own, since=Export(given.name, given.getvalue()))


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
        bind="query-params",
        format="YYYY-MM-DD",
    )
    return (chosen if isinstance(chosen, datetime.date) else before).isoformat()


_TEN_THOUSAND = 10_000
_DEFAULTS = {"compare": "compute-rental", "chain": "first-use"}
