"""The embedded server's own process (`python -m graph.local_server HOME`): the only file that imports the engine.

It listens on 127.0.0.1 alone and ends by signal or after idle time. Finding and starting it is graph.server_control's,
what is asked of it over HTTP graph.embedded's.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any

from graph.data_folder import READER, DataFolder, Secrets, ServerInfo, disk_errors
from graph.embedded import EmbeddedServer
from graph.embedded_build import PREFIX
from graph.errors import PolicyGraphError, StoreError
from graph.locks import exclusive, is_held

HOST = "127.0.0.1"
START_TRIES = 3


def serve(folder: DataFolder, *, memory: str, idle_seconds: float) -> None:
    """Run the server until a signal comes, nobody used it for `idle_seconds`, or its folder is gone.

    Raises: BusyError where one runs already, StoreError where the engine does not start.
    """
    already = f"a server runs already in {folder.path}"
    with exclusive(folder.server_lock, already, wait_seconds=2):
        passwords, are_new = folder.read_or_make_secrets()
        _prepare_engine_folder(folder, forget_users=are_new)
        engine, info = _start_engine(folder, passwords, memory)
        try:
            EmbeddedServer(info.http_port, passwords.root).ensure_user(READER, passwords.reader, group=READER)
            folder.touch_last_used()
            stop = _stop_event()
            folder.write_server_info(info)
            while not stop.wait(0.5) and not _is_over(folder, idle_seconds):
                pass
        finally:
            folder.server_info.unlink(missing_ok=True)
            engine.stop()


def _start_engine(folder: DataFolder, passwords: Secrets, memory: str) -> tuple[Any, ServerInfo]:
    os.environ["ARCADEDB_LOG_DIR"] = str(folder.server_root / "log")
    os.environ["ARCADEDB_LOG_CONSOLE"] = "0"
    os.environ["ARCADEDB_NATIVE_ISOLATE_ARGS"] = f"-Xmx{memory}"
    # Imported here: the engine is a library of 100 MB, and it reads the environment as it loads.
    import arcadedb

    for attempt in range(1, START_TRIES + 1):
        # Another program may take a port between our look and the engine's: then others are chosen.
        info = ServerInfo(os.getpid(), _free_port(), _free_port())
        engine = arcadedb.create_server(
            root_path=str(folder.server_root), root_password=passwords.root, config=_configuration(info)
        )
        try:
            engine.start()
        except arcadedb.ArcadeDBError as error:
            if attempt == START_TRIES:
                raise StoreError(f"自带的图数据库无法启动:{error}") from error
            _remove_leftovers(folder)
        else:
            return engine, info
    raise AssertionError("unreachable")


def _remove_leftovers(folder: DataFolder) -> None:
    """Remove every database but the current graph's: one whose server was killed as it was made or dropped keeps the engine
    from starting ("Dictionary file not found", seen after a SIGKILL), and the next build would drop them all."""
    current = folder.read_pointer()
    for files in sorted(folder.databases.glob(f"{PREFIX}*")):
        if current is None or files.name != current.database:
            with disk_errors(files):
                shutil.rmtree(files)


def _configuration(info: ServerInfo) -> dict[str, object]:
    # Both hosts are set: by default the engine's listeners take every interface.
    return {
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_host": HOST,
        "bolt_port": info.bolt_port,
        "host": HOST,
        "http_port": info.http_port,
        "mode": "development",
        "txWalFlush": 1,
        # A build arrives as one request (graph.embedded), of any size; who may send one has the password.
        "server_httpBodyContentMaxSize": -1,
    }


def _prepare_engine_folder(folder: DataFolder, *, forget_users: bool) -> None:
    """Declare the group that may only read; drop users whose passwords are lost."""
    config = folder.server_root / "config"
    with disk_errors(config):
        config.mkdir(parents=True, exist_ok=True)
        if forget_users:
            (config / "server-users.jsonl").unlink(missing_ok=True)
        (config / "server-groups.json").write_text(json.dumps(_groups()), encoding="utf-8")


def _groups() -> dict[str, object]:
    everything = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
    return {
        "version": 2,
        "databases": {
            "*": {
                "groups": {
                    "admin": _group(everything, ["updateSecurity", "updateSchema", "updateDatabaseSettings"]),
                    READER: _group(["readRecord"], []),
                    "*": _group([], []),
                }
            }
        },
    }


def _group(records: list[str], database: list[str]) -> dict[str, object]:
    # No resultSetLimit: it would cut rows without a word. graph.store limits rows, and says so.
    return {
        "resultSetLimit": -1,
        "readTimeout": -1,
        "access": database,
        "types": {"*": {"access": records}},
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _stop_event() -> threading.Event:
    """Set by SIGTERM or SIGINT. To be called after the engine started: it puts in handlers of its own."""
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    return stop


def _is_over(folder: DataFolder, idle_seconds: float) -> bool:
    if not folder.server_info.exists():
        return True
    unused = time.time() - folder.last_used.stat().st_mtime
    return unused > idle_seconds and not is_held(folder.build_lock)


def main(arguments: list[str]) -> int:
    """Run the server in the foreground. Exit code 1 with a sentence where it cannot."""
    parser = argparse.ArgumentParser(
        prog="python -m graph.local_server", description="The embedded graph server."
    )
    parser.add_argument("home", type=Path, help="data folder (POLICYGRAPH_HOME)")
    parser.add_argument("--memory", default="2g", help="largest heap of the engine: 512m, 2g")
    parser.add_argument("--idle-minutes", type=float, default=30, help="end after so long without use")
    options = parser.parse_args(arguments)
    try:
        serve(DataFolder(options.home), memory=options.memory, idle_seconds=options.idle_minutes * 60)
    except PolicyGraphError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
