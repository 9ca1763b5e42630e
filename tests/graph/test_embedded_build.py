"""On the embedded server a reader finds the old graph or the new one, whatever becomes of the build."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from graph.bookkeeping import Content
from graph.builds import open_build
from graph.data_folder import DataFolder, Pointer
from graph.embedded import EmbeddedServer
from graph.embedded_build import PREFIX
from graph.errors import BusyError, NoGraphError, StoreError
from graph.model import Graph
from graph.server_control import ensure_server, stop_server
from graph.settings import read_settings
from graph.store import Store
from tests.graph.samples import tiny_graph

BUILD = """
import sys
from graph.builds import open_build
from graph.model import Graph
from graph.schema import load_schema
from graph.settings import read_settings
from graph.store import Store
graph = Graph.from_jsonl(load_schema(), open(sys.argv[1], encoding="utf-8"))
with Store.connect(read_settings()) as store, open_build(store) as build:
    print("building", flush=True)
    print(build.load(graph, {}), flush=True)
"""


def load(store: Store, graph: Graph) -> None:
    with open_build(store) as build:
        build.load(graph, {})


def plain(graph: Graph) -> list[str]:
    return list(graph.to_jsonl())


def larger_graph(copies: int) -> Graph:
    """The tiny graph many times over: each copy's ids end in its number."""
    graph = Graph(tiny_graph().schema)
    for number in range(copies):
        for node in tiny_graph().nodes():
            properties = dict(node.properties)
            if "code" in properties:
                properties["code"] = f"{properties['code']}-{number}"
            graph.add_node(node.label, f"{node.id}-{number}", properties)
        for edge in tiny_graph().edges():
            graph.add_edge(edge.type, f"{edge.start}-{number}", f"{edge.end}-{number}", edge.properties)
    return graph


def admin(store: Store) -> EmbeddedServer:
    return EmbeddedServer(ensure_server(store.settings).http_port, store.folder.read_secrets().root)


def builder(store: Store, file: Path) -> subprocess.Popen[str]:
    """A process that builds the graph of the file into the store's data folder."""
    environ = {**os.environ, "POLICYGRAPH_HOME": str(store.settings.home)}
    command = [sys.executable, "-c", BUILD, str(file)]
    return subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def test_an_open_driver_sees_the_switch(embedded_store: Store) -> None:
    load(embedded_store, tiny_graph())
    count = "MATCH (c:Clause) RETURN count(c) AS clauses"
    with Store.connect(embedded_store.settings) as reader:
        assert reader.run(count) == [{"clauses": 3}]
        load(embedded_store, larger_graph(2))
        assert reader.run(count) == [{"clauses": 6}]
        load(embedded_store, tiny_graph())
        assert reader.run(count) == [{"clauses": 3}]


def test_leftovers_are_swept_and_the_current_graph_is_not(embedded_store: Store) -> None:
    load(embedded_store, tiny_graph())
    server = admin(embedded_store)
    server.create_database("graph_leftover")
    (embedded_store.folder.databases / "graph_half").mkdir()  # killed as the server was making or closing it
    load(embedded_store, larger_graph(2))
    left = server.databases()
    assert "graph_leftover" not in left
    assert not (embedded_store.folder.databases / "graph_half").exists()
    # the one before the switch stays until the next build: a query on it may still run
    assert embedded_store.database() in left
    assert len(left) == 2


def test_a_database_of_that_name_that_is_not_current_is_a_leftover(embedded_store: Store) -> None:
    name = f"graph_{Content(tiny_graph(), {}, []).fingerprint[:16]}"
    server = admin(embedded_store)
    if name not in server.databases():
        server.create_database(name)  # as a build of the same content leaves it when it is killed
    load(embedded_store, tiny_graph())
    assert embedded_store.database() == name
    assert plain(embedded_store.read_graph()) == plain(tiny_graph())


def test_a_current_database_that_is_gone_is_built_again(embedded_store: Store) -> None:
    load(embedded_store, tiny_graph())
    name = embedded_store.database()
    assert name is not None
    admin(embedded_store).drop_database(name)
    load(embedded_store, tiny_graph())
    assert plain(embedded_store.read_graph()) == plain(tiny_graph())


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_build_leaves_the_old_graph_or_the_new_one(
    embedded_store: Store, tmp_path: Path, seed: int
) -> None:
    load(embedded_store, tiny_graph())
    new = larger_graph(60)
    file = tmp_path / "new.jsonl"
    file.write_text("".join(f"{line}\n" for line in new.to_jsonl()), encoding="utf-8")
    with builder(embedded_store, file) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        time.sleep(random.Random(seed).uniform(0, 0.8))
        process.kill()
    assert plain(embedded_store.read_graph()) in (plain(tiny_graph()), plain(new))
    load(embedded_store, new)
    assert plain(embedded_store.read_graph()) == plain(new)


@pytest.mark.parametrize(("edges", "ends"), [(7, 10_000), (250_000, 1)])
def test_edges_that_come_in_several_requests_are_all_there(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch, edges: int, ends: int
) -> None:
    """Some edges at once, of them few that end in one node."""
    requests: list[list[bytes]] = []
    send = EmbeddedServer.load

    def load(self: EmbeddedServer, database: str, lines: Iterable[bytes]) -> tuple[int, int]:
        requests.append(list(lines))
        return send(self, database, requests[-1])

    monkeypatch.setattr("graph.embedded_build.EDGES_AT_ONCE", edges)
    monkeypatch.setattr("graph.embedded_build.ENDS_AT_ONCE", ends)
    monkeypatch.setattr("graph.embedded.RECORDS_AT_ONCE", 5)
    monkeypatch.setattr(EmbeddedServer, "load", load)
    seen: list[tuple[int, int]] = []
    with open_build(embedded_store) as build:
        build.load(larger_graph(20), {}, progress=lambda done, total: seen.append((done, total)))
    assert plain(embedded_store.read_graph()) == plain(larger_graph(20))
    (total,) = {total for _, total in seen}
    assert [done for done, _ in seen] == list(range(1, total + 1))
    sent = [Counter(json.loads(line)["@to"] for line in lines) for lines in requests[1:]]
    assert len(sent) > 2
    assert all(0 < each.total() <= edges and max(each.values()) <= ends for each in sent)


@pytest.mark.parametrize("after_ms", [0, 1, 2, 4, 8])
def test_a_leftover_that_the_server_is_just_closing_keeps_no_build_out(
    embedded_store: Store, after_ms: int
) -> None:
    """A build that is killed as it puts its database on disk leaves the server closing it."""
    server, name = admin(embedded_store), f"{PREFIX}leftover"
    server.create_database(name)

    def close() -> None:
        with contextlib.suppress(StoreError):  # the build may have removed it first
            server.close_database(name)

    closing = threading.Thread(target=close)
    closing.start()
    time.sleep(after_ms / 1000)
    load(embedded_store, larger_graph(2 + after_ms))
    closing.join()
    assert plain(embedded_store.read_graph()) == plain(larger_graph(2 + after_ms))


def test_a_server_that_is_killed_in_mid_build_keeps_the_old_graph(embedded_store: Store) -> None:
    load(embedded_store, tiny_graph())

    def kill_server(done: int, _total: int) -> None:
        if done == 500:
            os.kill(ensure_server(embedded_store.settings).pid, signal.SIGKILL)

    with (
        open_build(embedded_store) as build,
        pytest.raises(StoreError, match="自带的图数据库中途断开"),
    ):
        build.load(larger_graph(60), {}, progress=kill_server)
    assert plain(embedded_store.read_graph()) == plain(tiny_graph())
    load(embedded_store, larger_graph(2))
    assert plain(embedded_store.read_graph()) == plain(larger_graph(2))


def test_a_server_that_is_killed_right_after_a_build_has_all_of_it(embedded_store: Store) -> None:
    load(embedded_store, larger_graph(60))
    os.kill(ensure_server(embedded_store.settings).pid, signal.SIGKILL)
    assert plain(embedded_store.read_graph()) == plain(larger_graph(60))


def test_a_second_build_at_the_same_time_is_told_so(embedded_store: Store, tmp_path: Path) -> None:
    load(embedded_store, tiny_graph())
    file = tmp_path / "new.jsonl"
    file.write_text("".join(f"{line}\n" for line in larger_graph(1000).to_jsonl()), encoding="utf-8")
    with builder(embedded_store, file) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(BusyError, match=r"正在进行另一次建图:请等它结束"):
            load(embedded_store, tiny_graph())
        assert "changed=True" in process.stdout.readline()
    assert plain(embedded_store.read_graph()) == plain(larger_graph(1000))


def test_a_reader_reads_on_while_a_build_runs(embedded_store: Store) -> None:
    load(embedded_store, tiny_graph())
    clauses = []

    def read(done: int, _total: int) -> None:
        if done % 500 == 0:
            clauses.append(embedded_store.run("MATCH (c:Clause) RETURN count(c) AS clauses")[0]["clauses"])

    with open_build(embedded_store) as build:
        build.load(larger_graph(60), {}, progress=read)
    assert set(clauses) == {3}
    assert embedded_store.run("MATCH (c:Clause) RETURN count(c) AS clauses") == [{"clauses": 180}]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 32 MB, where this machine lets us make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a full disk is tried on a small file system, and this user may not mount one")
    yield place
    stop_server(DataFolder(place / "home"), force=True)
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_said_and_the_old_graph_stays(small_disk: Path) -> None:
    with Store.connect(read_settings(home=small_disk / "home", environ={})) as store:
        load(store, tiny_graph())
        ballast = small_disk / "ballast"
        ballast.write_bytes(
            bytes(shutil.disk_usage(small_disk).free - 6_000_000)
        )  # a database takes some 9 MB
        with pytest.raises(StoreError, match="数据文件夹所在的磁盘已满:请腾出空间"):
            load(store, larger_graph(20))
        assert plain(store.read_graph()) == plain(tiny_graph())
        ballast.unlink()
        load(store, larger_graph(20))
        assert plain(store.read_graph()) == plain(larger_graph(20))


def test_without_a_build_there_is_a_sentence(embedded_store: Store) -> None:
    with pytest.raises(NoGraphError, match="还没有建图:请先运行 policygraph build"):
        embedded_store.run("MATCH (n) RETURN n")


def test_a_question_that_would_hold_too_much_is_told_the_ways_out(tmp_path: Path) -> None:
    settings = read_settings(home=tmp_path / "home", environ={"POLICYGRAPH_SERVER_MEMORY": "256m"})
    with Store.connect(settings) as store:
        try:
            load(store, tiny_graph())
            with pytest.raises(StoreError, match=r"请缩小范围.+POLICYGRAPH_SERVER_MEMORY"):
                store.run("UNWIND range(1, 1000000) AS x WITH x, toString(x) AS y ORDER BY y RETURN x, y")
            assert store.run("MATCH (c:Clause) RETURN count(c) AS total") == [{"total": 3}]
        finally:
            stop_server(store.folder)


def test_a_graph_of_another_schema_version_is_not_read(embedded_store: Store) -> None:
    embedded_store.folder.write_pointer(Pointer("graph_of_a_newer_version", 99))
    with pytest.raises(StoreError, match="图谱按第 99 版结构建成,本版本只读第 2 版"):
        embedded_store.run("MATCH (n) RETURN n")
    load(embedded_store, tiny_graph())
    assert plain(embedded_store.read_graph()) == plain(tiny_graph())
