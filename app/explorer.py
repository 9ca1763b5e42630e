"""The explorer's entry: the list of pages, the date in the sidebar, and what a reader sees where no graph answers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from importlib import import_module

import streamlit as st

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
    "search",
    "cypher",
    "downloads",
)


def main() -> None:
    """Draws the page that the address names."""
    st.set_page_config(page_title=say("app.title"), layout="wide", initial_sidebar_state="expanded")
    pages = [
        st.Page(_page(name), title=say(f"page.{name}"), url_path=name, default=name == "overview")
        for name in PAGES
    ]
    chosen = st.navigation(pages)
    st.sidebar.date_input(
        say("app.as_of"), datetime.date.today(), key="as_of", bind="query-params", help=say("app.as_of.help")
    )
    chosen.run()


def _page(name: str) -> Callable[[], None]:
    def show() -> None:
        try:
            open_store().database()
            if is_under_construction():
                st.warning(say("app.under_construction"))
            import_module(f"app.views.{name}").show()
        except NoGraphError:
            _offer_build()
        except PolicyGraphError as error:
            st.error(error.message)

    show.__name__ = name
    return show


def _offer_build() -> None:
    """An empty store: what to do, and a button that does it with the bundled policies."""
    st.info(say("app.no_graph"))
    if st.button(say("app.build_bundled")):
        from app.building import build
        from data import CORPUS

        with st.spinner(say("app.building")):
            build(open_store(), [CORPUS])
        st.rerun()


main()
