"""The embedded server's life: started on demand, shared, on loopback only, noticed when dead, ended when idle."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import neo4j
import pytest

from graph.builds import open_build
from graph.data_folder import READER, DataFolder, ServerInfo
from graph.embedded import EmbeddedServer
from graph.embedded_build import PREFIX
from graph.errors import StoreError
from graph.server_control import ensure_server, find_server, stop_server
from graph.settings import Settings, read_settings
from graph.store import Store
from tests.graph.samples import tiny_graph
from tests.security.sockets import is_loopback, listeners


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A data folder in which no server runs; one that a test starts is ended behind it."""
    made = read_settings(home=tmp_path / "home", environ={})
    yield made
    stop_server(DataFolder(made.home), force=True)


def wait_until_gone(folder: DataFolder, seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if find_server(folder) is None:
            return True
        time.sleep(0.1)
    return False


def test_a_server_is_started_once_and_shared(settings: Settings) -> None:
    with ThreadPoolExecutor(3) as clients:
        found = set(clients.map(lambda _: ensure_server(settings), range(3)))
    assert len(found) == 1
    assert ensure_server(settings) in found


def test_it_outlives_the_process_that_started_it(settings: Settings) -> None:
    program = "from graph.settings import *; from graph.server_control import *; print(ensure_server(read_settings()).pid)"
    environ = {**os.environ, "POLICYGRAPH_HOME": str(settings.home)}
    started = subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True
    )
    assert ensure_server(settings).pid == int(started.stdout)


def test_down_ends_it(settings: Settings) -> None:
    folder = DataFolder(settings.home)
    ensure_server(settings)
    assert stop_server(folder) is True
    assert find_server(folder) is None
    assert stop_server(folder) is False


def test_a_dead_one_is_noticed_and_another_started(settings: Settings) -> None:
    first = ensure_server(settings)
    os.kill(first.pid, signal.SIGKILL)
    assert wait_until_gone(DataFolder(settings.home))
    second = ensure_server(settings)
    assert second.pid != first.pid


def test_an_open_store_goes_on_after_the_server_died(settings: Settings) -> None:
    with Store.connect(settings) as store:
        with open_build(store) as build:
            build.load(tiny_graph(), {})
        before = list(store.read_graph().to_jsonl())
        os.kill(ensure_server(settings).pid, signal.SIGKILL)
        assert list(store.read_graph().to_jsonl()) == before


def test_half_a_database_does_not_keep_it_from_starting(settings: Settings) -> None:
    """The engine opens every database as it starts, and gives up at one whose server was killed as it was made or dropped."""
    with Store.connect(settings) as store:
        with open_build(store) as build:
            build.load(tiny_graph(), {})
        current = store.database()
    folder = DataFolder(settings.home)
    stop_server(folder)
    assert current is not None
    half = folder.databases / f"{PREFIX}half"
    shutil.copytree(folder.databases / current, half)
    (dictionary,) = half.glob("*.dict")
    dictionary.unlink()
    with Store.connect(settings) as store:
        assert list(store.read_graph().to_jsonl()) == list(tiny_graph().to_jsonl())
    assert not half.exists()


def test_it_ends_when_nobody_uses_it(settings: Settings) -> None:
    ensure_server(replace(settings, idle_minutes=1 / 60))
    assert wait_until_gone(DataFolder(settings.home))


def test_it_ends_when_its_folder_is_gone(settings: Settings) -> None:
    ensure_server(settings)
    folder = DataFolder(settings.home)
    folder.server_info.unlink()
    assert wait_until_gone(folder)


def test_only_the_owner_can_read_its_passwords(settings: Settings) -> None:
    ensure_server(settings)
    for name in ("secrets.json", "server.json"):
        assert stat.S_IMODE((settings.home / name).stat().st_mode) == 0o600


def test_the_passwords_are_in_no_other_file(settings: Settings) -> None:
    with Store.connect(settings) as store, open_build(store) as build:
        build.load(tiny_graph(), {})
    passwords = DataFolder(settings.home).read_secrets()
    found = [
        path.name
        for path in settings.home.rglob("*")
        if path.is_file() and {passwords.root, passwords.reader} & set(_words(path.read_bytes()))
    ]
    assert found == ["secrets.json"]


def _words(content: bytes) -> list[str]:
    return re.findall(r"[\w-]{20,}", content.decode("latin-1"))


def test_it_listens_on_loopback_alone(settings: Settings) -> None:
    info = ensure_server(settings)
    listening = [line for line in listeners() if line[1] in {info.bolt_port, info.http_port}]
    assert sorted(port for _, port in listening) == sorted([info.bolt_port, info.http_port])
    assert all(is_loopback(address) for address, _ in listening)
    # and there is no third one: the engine could open more than it was asked for
    assert sorted(listeners(info.pid)) == sorted(listening)


@pytest.mark.parametrize(
    ("user", "password"), [("root", "wrong"), (READER, "wrong"), ("neo4j", "neo4j"), ("root", "")]
)
def test_a_wrong_password_is_refused(settings: Settings, user: str, password: str) -> None:
    info = ensure_server(settings)
    uri = f"bolt://127.0.0.1:{info.bolt_port}"
    with (
        neo4j.GraphDatabase.driver(uri, auth=(user, password)) as driver,
        pytest.raises(neo4j.exceptions.AuthError),
    ):
        driver.verify_connectivity()
    with pytest.raises(StoreError, match="不接受密码"):
        EmbeddedServer(info.http_port, "wrong").databases()


def test_lost_passwords_are_made_anew(settings: Settings) -> None:
    ensure_server(settings)
    stop_server(DataFolder(settings.home))
    (settings.home / "secrets.json").unlink()
    info = ensure_server(settings)
    root = DataFolder(settings.home).read_secrets().root
    assert EmbeddedServer(info.http_port, root).databases() == []


def test_a_server_that_does_not_start_says_why(settings: Settings) -> None:
    DataFolder(settings.home).prepare()
    (settings.home / "server").touch()
    with pytest.raises(StoreError, match=r"自带的图数据库没有启动:.*config 不能写入"):
        ensure_server(settings)


def test_a_broken_note_of_the_server_is_named(settings: Settings) -> None:
    ensure_server(settings)
    folder = DataFolder(settings.home)
    good: ServerInfo | None = folder.read_server_info()
    assert good is not None
    folder.server_info.write_text("{")
    with pytest.raises(StoreError, match=r"server\.json 不能读取"):
        ensure_server(settings)
    folder.write_server_info(good)
