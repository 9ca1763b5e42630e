"""A real browser on a running explorer: found, started, and watched for requests that leave the machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""The browser of this machine; None where there is none."""

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_SETTLED = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton]') && !document.querySelector('[data-stale=true]');
}"""
START_SECONDS = 60


@contextmanager
def explorer(home: Path) -> Iterator[str]:
    """`policygraph explore` on a data folder: its address, until the block ends. No trace is left on the terminal."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "DISPLAY"))
    }
    command = [sys.executable, "-c", "from app.cli import main; main()", "explore", "--port", str(port)]
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen(
            command, env={**environ, "POLICYGRAPH_HOME": str(home)}, stdout=subprocess.DEVNULL, stderr=told
        ) as process,
    ):
        address = f"http://127.0.0.1:{port}/"
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)
        told.seek(0)
        words = told.read().decode()
        assert "Traceback" not in words, words
        assert "streamlit" not in words, words  # its own words are for developers


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()


class Reader:
    """Somebody in front of a browser: what is clicked is counted, and what leaves the machine is noted."""

    def __init__(self, browser: Browser, address: str, width: int = 1280) -> None:
        self.page: Page = browser.new_page(locale="zh-CN", viewport={"width": width, "height": 900})
        self.clicks = 0
        self.left_the_machine: list[str] = []
        self._address = address
        self.page.on("request", lambda request: self._note(request.url))

    def open(self, path: str = "") -> None:
        """Types an address."""
        self.page.goto(self._address + path)
        self.settle()

    def settle(self) -> None:
        """Waits until the page is drawn."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_function(_SETTLED, timeout=30_000)
        self.page.wait_for_timeout(100)

    def go_to(self, name: str) -> None:
        """A click on the page's name in the sidebar."""
        self.page.locator("[data-testid=stSidebarNavLink]", has_text=name).click()
        self.clicks += 1
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Two clicks: on a filter, and on what it offers."""
        self.page.locator(f"[data-testid=stSelectbox]:has-text('{label}') [role=combobox]").first.click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.clicks += 2
        self.settle()

    def click(self, selector: str, text: str = "") -> None:
        """A click on the first element of that kind (with that text)."""
        places = self.page.locator(selector, has_text=text) if text else self.page.locator(selector)
        places.first.click()
        self.clicks += 1
        self.settle()

    def finding(self) -> str:
        """The page's sentence."""
        return self.page.locator(".finding").inner_text()

    def sees(self, text: str) -> bool:
        """Whether a sentence is in view, without scrolling the page."""
        for place in self.page.get_by_text(text).all():
            box = place.bounding_box()
            if box and box["y"] < 900 and box["y"] + box["height"] > 0 and place.is_visible():
                return True
        return False

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "file"} and parts.hostname != "127.0.0.1":
            self.left_the_machine.append(url)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"policygraph explore ended with {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"policygraph explore does not answer at {address}")
