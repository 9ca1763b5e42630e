"""Finds the embedded server of a data folder, starts it where none runs, ends it. Shared by every command and the explorer.

The server itself is graph.local_server; it holds a lock on a file for as long as it lives, so a dead one is never taken
for a living one, whatever its process number became.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

from graph.data_folder import DataFolder, ServerInfo, disk_errors
from graph.errors import StoreError, StoreUnavailableError
from graph.locks import exclusive, is_held
from graph.settings import Settings

START_SECONDS = 30.0
STOP_SECONDS = 10.0
ANSWER_SECONDS = 10.0
POLL_SECONDS = 0.02


def find_server(folder: DataFolder) -> ServerInfo | None:
    """The server that runs in the folder and answers, None where none runs.

    One that is on its way up or down is waited for. Raises: StoreUnavailableError where one runs and does not answer.
    """
    deadline = time.monotonic() + ANSWER_SECONDS
    while is_held(folder.server_lock):
        info = folder.read_server_info()
        if info is not None and _answers(info):
            return info
        if time.monotonic() > deadline:
            raise StoreUnavailableError(f"{folder.path} 的图数据库没有应答:请运行 policygraph down")
        time.sleep(POLL_SECONDS)
    return None


def ensure_server(settings: Settings) -> ServerInfo:
    """The server that runs in the data folder, started now where none did.

    Raises: StoreError where the engine is not installed, does not start, or the folder cannot be used.
    """
    folder = DataFolder(settings.home)
    folder.prepare()
    folder.touch_last_used()
    info = find_server(folder)
    if info is not None:
        return info
    starting = f"另一个进程正在启动 {folder.path} 的图数据库,已有 {START_SECONDS:.0f} 秒:请重试"
    with exclusive(folder.start_lock, starting, wait_seconds=START_SECONDS):
        return find_server(folder) or _start(folder, settings)


def stop_server(folder: DataFolder, *, force: bool = False) -> bool:
    """End the server; with `force` at once, whatever it is at. False where none ran.

    Raises: StoreError where it does not end.
    """
    if not is_held(folder.server_lock):
        return False
    info = folder.read_server_info()
    if info is None:
        raise StoreError(f"{folder.path} 的图数据库正在启动:请稍后重试")
    if not force:
        _signal(info.pid, signal.SIGTERM)
        if _wait_until_ended(folder, STOP_SECONDS):
            return True
    _signal(info.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    if not _wait_until_ended(folder, STOP_SECONDS):
        raise StoreError(f"图数据库(进程 {info.pid})没有结束:请手动结束它")
    folder.server_info.unlink(missing_ok=True)
    return True


def _start(folder: DataFolder, settings: Settings) -> ServerInfo:
    if find_spec("arcadedb") is None:
        raise StoreError(
            "没有安装自带的图数据库(arcadedb 没有适合这台机器的安装包):请设置 NEO4J_URI,改用 Neo4j 5"
        )
    folder.server_info.unlink(missing_ok=True)
    command = [sys.executable, "-m", "graph.local_server", str(folder.path)]
    command += ["--memory", settings.server_memory, "--idle-minutes", str(settings.idle_minutes)]
    with disk_errors(folder.server_log), folder.server_log.open("wb") as log:
        # A session of its own: closing the terminal or Ctrl-C in the client does not end the shared server.
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(),
            start_new_session=True,
        )
    try:
        return _wait_until_up(folder, process)
    finally:
        # Waits for the server's end, so that one that ends while we live leaves no dead entry in the process table.
        threading.Thread(target=process.wait, name="embedded server", daemon=True).start()


def _wait_until_up(folder: DataFolder, process: subprocess.Popen[bytes]) -> ServerInfo:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if folder.server_info.exists():
            info = folder.read_server_info()
            if info is not None:
                return info
        if process.poll() is not None:
            raise StoreError(f"自带的图数据库没有启动:{_last_line(folder)}")
        time.sleep(POLL_SECONDS)
    process.kill()
    raise StoreUnavailableError(f"自带的图数据库 {START_SECONDS:.0f} 秒内没有启动:见 {folder.server_log}")


def _environment() -> dict[str, str]:
    """Ours, with this checkout or installation on the path, so that the server is the same version as its client."""
    packages = str(Path(__file__).parents[1])
    paths = [packages, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _last_line(folder: DataFolder) -> str:
    lines = folder.server_log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else f"see {folder.server_log}"


def _answers(info: ServerInfo) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", info.bolt_port), timeout=ANSWER_SECONDS):
            return True
    except OSError:
        return False  # nothing listens there (yet, or any more)


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return  # it ended by itself in the meantime, which is what was wanted


def _wait_until_ended(folder: DataFolder, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not is_held(folder.server_lock):
            return True
        time.sleep(POLL_SECONDS)
    return False
