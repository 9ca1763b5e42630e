"""`explore`: opens the explorer in the browser, on the graph that is there or on one built from the bundled policies."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

import click

from app.building import Steps, build
from app.console import steps_shown
from data import CORPUS
from graph.builds import build_state, stored_manifest
from graph.errors import NoGraphError, PolicyGraphError, UsageError
from graph.settings import Settings, read_settings
from graph.store import Store

HOST, EVERYWHERE = "127.0.0.1", "0.0.0.0"
FIRST_PORT, PORTS_TRIED = 8501, 20

LEFT_TO_FIRST_PAGE = 3.0
"""Seconds in which the first page has the processor to itself, before the other pages are loaded."""


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help=f"端口;不给则从 {FIRST_PORT} 起找一个空着的。")
@click.option(
    "--host",
    type=click.Choice([HOST, EVERYWHERE]),
    default=HOST,
    show_default=True,
    help=f"{HOST} 只在本机可见;{EVERYWHERE} 谁连得到谁就能打开,不问密码,只宜用于容器。",
)
def explore(port: int | None, host: str) -> None:
    """在浏览器里打开图谱:总览、阅读、对比、空白、匹配链、冲突、检索;只在本机可见,不联网。图谱还没有时,先用自带的 24 件政策建成。

    \b
    例: policygraph explore
        policygraph explore --port 8600
    """
    chosen = _free_port(host, port)
    settings = read_settings()
    with Store.connect(settings) as store:
        if _is_empty(store):
            click.echo("还没有图谱,先用自带的政策建成。", err=True)
            with steps_shown() as (begin, advance):
                build(store, [CORPUS], steps=Steps(begin, advance))
    if host == EVERYWHERE:
        click.echo("注意:不只是本机,连得到这里的人不用密码就能打开。", err=True)
    click.echo(f"探索器:http://{HOST}:{chosen}  按 Ctrl+C 结束。")
    # Streamlit's words are English. It reads its options in two threads by now, so they are told where each finds them.
    os.environ["STREAMLIT_LOGGER_LEVEL"] = "error"
    threading.Thread(target=_get_ready, args=(settings,), daemon=True).start()
    _serve(host, chosen)


def _is_empty(store: Store) -> bool:
    try:
        store.database()
    except NoGraphError:
        return True
    return build_state(store).state == "none"


def _free_port(host: str, asked: int | None) -> int:
    """The port to serve on. Raises: UsageError where the one that was asked for, or all that are tried, are taken."""
    ports = [asked] if asked else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for port in ports:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            # as servers do: a port whose last connections are still closing counts as free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise UsageError(f"端口 {ports[0]} 已被占用:请用 --port 换一个,如 --port {ports[0] + 100}。")


def _serve(host: str, port: int) -> None:
    """Runs Streamlit in this process until it is stopped. Its own words on the terminal are English, so they are held back."""
    from streamlit.web.cli import main as streamlit

    options = {
        "server.address": host,
        "server.port": port,
        "server.headless": not _has_display(),
        # whatever a user's own settings of Streamlit say: no page of another site opens the explorer's channel
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
    }
    # While a page is worked out, the browser asks for the rest of its scripts: they shall not wait for 5 ms each time.
    sys.setswitchinterval(0.0005)
    explorer = Path(__file__).parents[1] / "explorer.py"
    arguments = ["run", str(explorer), *(f"--{name}={str(value).lower()}" for name, value in options.items())]
    with contextlib.redirect_stdout(io.StringIO()):
        streamlit(arguments, standalone_mode=False)


def _has_display() -> bool:
    """Whether a browser window can open here."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def _get_ready(settings: Settings) -> None:
    """Asks what the first page asks, and loads the other pages' modules, so that the first reader does not wait for it."""
    from streamlit.logger import set_log_level

    # pages that are loaded before the server runs: Streamlit would warn of every cache of theirs
    set_log_level("ERROR")
    from app.explorer import PAGES
    from app.views.overview import ask_ahead

    # what stands against an answer, the page says to its reader with the way out
    with contextlib.suppress(PolicyGraphError):
        ask_ahead()
    time.sleep(LEFT_TO_FIRST_PAGE)
    for page in PAGES:
        import_module(f"app.views.{page}")
    with contextlib.suppress(PolicyGraphError), Store.connect(settings) as store:
        stored_manifest(store)
