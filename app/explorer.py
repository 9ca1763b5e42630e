"""The explorer's entry: the list of pages, the date in the sidebar, and what a reader sees where no graph answers."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from importlib import import_module

import streamlit as st

from app.address import asked_page
from app.failures import sentence_for
from app.filters import choose_city, enter
from app.layout import notice, show_style
from app.session import is_under_construction, open_store
from app.texts import say
from graph.errors import NoGraphError, PolicyGraphError

PAGES = (
    "overview",
    "reader",
    "compare",
    "gaps",
    "chains",
    "conflicts",
    "network",
    "briefing",
    "search",
    "cypher",
    "downloads",
)

LOOK_AGAIN_SECONDS = 3
"""How often an empty page looks whether a graph was built."""

_ASKED = "_asked"
"""Where the session keeps what a link to another page asked for, until that page is drawn."""


def main() -> None:
    """Draws the page that the address names."""
    st.set_page_config(page_title=say("app.title"), layout="wide", initial_sidebar_state="expanded")
    show_style()
    pages = {
        name: st.Page(page(name), title=say(f"page.{name}"), url_path=path, default=not path)
        for name, path in zip(PAGES, ("", *PAGES[1:]), strict=True)
    }
    # the first page has the bare address; its name, typed as those of the others are, leads there
    by_name = st.Page(page(PAGES[0]), title=say(f"page.{PAGES[0]}"), url_path=PAGES[0], visibility="hidden")
    chosen = st.navigation([*pages.values(), by_name], expanded=True)
    if chosen is by_name:
        st.switch_page(pages[PAGES[0]], query_params=st.query_params.to_dict())
    st.sidebar.date_input(
        say("app.as_of"),
        datetime.date.today(),
        min_value=datetime.date(2000, 1, 1),
        max_value=datetime.date(2100, 12, 31),
        key="as_of",
        bind="query-params",
        format="YYYY-MM-DD",
        help=say("app.as_of.help"),
    )
    asked = asked_page()
    if asked is not None and asked["page"] in pages:
        st.session_state[_ASKED] = asked
        st.switch_page(pages[asked["page"]], query_params={})
    chosen.run()


def page(name: str) -> Callable[[], None]:
    """What draws the page of that name, or tells the reader in a sentence why it cannot be drawn."""

    def show() -> None:
        asked = st.session_state.pop(_ASKED, None)
        try:
            enter(name, asked["params"] if asked else None)
            open_store().database()
            choose_city()
            if is_under_construction():
                notice(say("app.under_construction"))
            import_module(f"app.views.{name}").show()
        except NoGraphError:
            _offer_build()
        except PolicyGraphError as error:
            logging.getLogger(__name__).warning("%s: %s", name, error.message)
            _tell(error)
        except Exception as error:
            # The last line before the reader: the log has the trace, the screen a sentence.
            logging.getLogger(__name__).exception(name)
            _tell(error)

    show.__name__ = name
    return show


def _tell(error: Exception) -> None:
    notice(sentence_for(error), failed=True)
    st.button(say("app.again"))


def _offer_build() -> None:
    """An empty store: what to do, and a button that does it with the bundled policies."""
    notice(say("failure.no_graph"))
    _wait_for_graph()
    if not st.button(say("app.build_bundled"), type="primary"):
        return
    from app.building import build
    from data import CORPUS

    try:
        with st.spinner(say("app.building")):
            build(open_store(), [CORPUS])
    except PolicyGraphError as error:
        _tell(error)
    else:
        st.rerun()


@st.fragment(run_every=LOOK_AGAIN_SECONDS)
def _wait_for_graph() -> None:
    """Draws the page as soon as a graph is there, whoever built it."""
    try:
        open_store().database()
    except NoGraphError:
        return
    st.rerun()


if __name__ == "__main__":
    main()
