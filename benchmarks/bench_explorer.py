"""How long a reader waits: the first page, a change to every other page, and many sessions at once, in a real Chromium.

usage: python -m benchmarks.bench_explorer [--rounds N] [--sessions N] [--home FOLDER]     (default: 3 rounds, 20 sessions)

The graph is that of the bundled corpus, or the one in a data folder (bench_build --keep leaves it).

The clock runs from the browser's request, or the click, until every part of the page is drawn. "cold" is the first request of all
after `policygraph explore` answers; asked: first page 2 s, a change 1 s, no error with 20 sessions at once.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page

from app.building import build
from app.explorer import PAGES
from app.texts import say
from data import CORPUS
from graph.server_control import stop_server
from graph.settings import read_settings
from graph.store import Store
from tests.app.browser import chromium, explorer

FIRST_ASKED, CHANGE_ASKED = 2.0, 1.0

# The page of that name is drawn: its sentence (or notice) stands there, nothing is being computed or still loading.
_DRAWN = """(name) => {
  const app = document.querySelector('[data-testid=stApp]');
  const here = location.pathname.replace(/^\\//, '') === name;
  const parts = [...document.querySelectorAll('*')].filter((e) => e.shadowRoot).map((e) => e.shadowRoot);
  const drawn = parts.every((root) => [...root.querySelectorAll('.frame, .quotes, .picture, .reader .text')].every((e) => e.childElementCount)
    && [...root.querySelectorAll('.paper iframe')].every((paper) => paper.contentDocument && paper.contentDocument.querySelector('main')));
  return here && app && app.getAttribute('data-test-script-state') === 'notRunning' && drawn
    && !document.querySelector('[data-testid=stSkeleton]') && !document.querySelector('[data-stale=true]')
    && document.querySelector('[data-testid=stMain] [data-testid=stElementContainer]');
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--home", type=Path, help="a data folder with a graph, instead of the bundled corpus")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(home=args.home or Path(folder) / "home", environ={})
        with Store.connect(settings) as store:
            if args.home is None:
                build(store, [CORPUS])
        try:
            with explorer(settings.home) as address, chromium() as browser:
                measure(browser, address, args.rounds, args.sessions)
        finally:
            stop_server(Store(settings).folder)


def measure(browser: Browser, address: str, rounds: int, sessions: int) -> None:
    """Prints the figures."""
    print(f"first page, cold  {_first_page(browser, address):6.2f} s")
    first = statistics.median(_first_page(browser, address) for _ in range(rounds))
    print(f"first page        {first:6.2f} s   (asked: {FIRST_ASKED:g})")
    changes: dict[str, list[float]] = {name: [] for name in PAGES[1:]}
    for _ in range(rounds + 1):
        page = _open(browser, address)
        for name, seconds in changes.items():
            seconds.append(_change(page, name))
        page.close()
    for name, seconds in changes.items():
        # the first visit works the answers out, later ones find them kept
        print(
            f"to {say(f'page.{name}'):<12}  first {seconds[0]:5.2f} s   then {statistics.median(seconds[1:]):5.2f} s"
            f"   (asked: {CHANGE_ASKED:g})"
        )
    _together(browser, address, sessions)


def _together(browser: Browser, address: str, sessions: int) -> None:
    """So many sessions open the explorer at once, then all go to another page."""
    pages = [browser.new_context(locale="zh-CN").new_page() for _ in range(sessions)]
    start = time.perf_counter()
    for page in pages:
        page.goto(address, wait_until="commit")
    for page in pages:
        page.wait_for_function(_DRAWN, arg="", timeout=120_000)
    opened = time.perf_counter() - start
    for number, page in enumerate(pages):
        _click(page, PAGES[1 + number % (len(PAGES) - 1)])
    for number, page in enumerate(pages):
        page.wait_for_function(_DRAWN, arg=PAGES[1 + number % (len(PAGES) - 1)], timeout=120_000)
    failed = sum(page.locator(".notice.failed").count() > 0 for page in pages)
    seconds = time.perf_counter() - start
    print(
        f"{sessions} sessions at once: all open after {opened:.1f} s, all on another page after {seconds:.1f} s, {failed} errors"
    )


def _open(browser: Browser, address: str) -> Page:
    page = browser.new_page(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page.goto(address, wait_until="commit")
    page.wait_for_function(_DRAWN, arg="", timeout=60_000)
    return page


def _first_page(browser: Browser, address: str) -> float:
    start = time.perf_counter()
    page = _open(browser, address)
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def _change(page: Page, name: str) -> float:
    start = time.perf_counter()
    _click(page, name)
    page.wait_for_function(_DRAWN, arg=name, timeout=60_000)
    return time.perf_counter() - start


def _click(page: Page, name: str) -> None:
    page.locator("[data-testid=stSidebarNavLink]").nth(PAGES.index(name)).click()


if __name__ == "__main__":
    main()
