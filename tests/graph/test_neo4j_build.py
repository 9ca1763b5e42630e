"""On a Neo4j, which has one database: one transaction where it fits, else marked, resumable and said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from graph import neo4j_build
from graph.builds import build_state, open_build
from graph.errors import StoreError, StoreUnavailableError
from graph.model import Graph
from graph.settings import Settings
from graph.store import Store
from tests.graph.samples import tiny_graph
from tests.graph.test_embedded_build import BUILD, larger_graph, load, plain


class StoppedError(Exception):
    """Thrown by a test's progress report to end a build at that place."""


def stop_at(step: int) -> neo4j_build.Progress:
    seen = []

    def progress(_done: int, _total: int) -> None:
        seen.append(_done)
        if len(seen) == step:
            raise StoppedError

    return progress


def load_and_stop(store: Store, graph: Graph, step: int) -> None:
    with open_build(store) as build, pytest.raises(StoppedError):
        build.load(graph, {}, progress=stop_at(step))


@pytest.mark.parametrize("step", [1, 5, 10])
def test_a_build_that_stops_inside_its_transaction_changes_nothing(neo4j_store: Store, step: int) -> None:
    load(neo4j_store, tiny_graph())
    load_and_stop(neo4j_store, larger_graph(3), step)
    assert plain(neo4j_store.read_graph()) == plain(tiny_graph())
    assert build_state(neo4j_store).state == "complete"


def test_a_killed_builder_leaves_the_old_graph(neo4j_store: Store, tmp_path: Path) -> None:
    load(neo4j_store, tiny_graph())
    file = tmp_path / "new.jsonl"
    file.write_text("".join(f"{line}\n" for line in larger_graph(100).to_jsonl()), encoding="utf-8")
    settings = neo4j_store.settings
    environ = {
        **os.environ,
        "POLICYGRAPH_HOME": str(tmp_path / "home"),
        "NEO4J_URI": settings.uri or "",
        "NEO4J_USERNAME": settings.username,
        "NEO4J_PASSWORD": settings.password or "",
        "NEO4J_DATABASE": settings.database or "",
    }
    command = [sys.executable, "-c", BUILD, str(file)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.5)
        process.send_signal(signal.SIGKILL)
    assert plain(neo4j_store.read_graph()) == plain(tiny_graph())


class TestInSteps:
    """Where the changes are too many for one transaction."""

    @pytest.fixture(autouse=True)
    def _small_transactions(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(neo4j_build, "ONE_TRANSACTION", 10)
        monkeypatch.setattr(neo4j_build, "BATCH", 5)

    def test_what_goes_in_comes_out(self, neo4j_store: Store) -> None:
        load(neo4j_store, larger_graph(3))
        assert plain(neo4j_store.read_graph()) == plain(larger_graph(3))
        assert build_state(neo4j_store).state == "complete"

    def test_a_build_that_stops_is_marked_and_goes_on_where_it_stopped(self, neo4j_store: Store) -> None:
        load(neo4j_store, tiny_graph())
        load_and_stop(neo4j_store, larger_graph(3), 4)
        assert build_state(neo4j_store).state == "under_construction"

        steps: list[tuple[int, int]] = []
        with open_build(neo4j_store) as build:
            build.load(larger_graph(3), {}, progress=lambda done, total: steps.append((done, total)))
        assert plain(neo4j_store.read_graph()) == plain(larger_graph(3))
        assert build_state(neo4j_store).state == "complete"

        whole: list[tuple[int, int]] = []
        load(neo4j_store, tiny_graph())
        with open_build(neo4j_store) as build:
            build.load(larger_graph(3), {}, progress=lambda done, total: whole.append((done, total)))
        assert steps[-1][1] < whole[-1][1]  # what was there already was not written again

    def test_another_graph_may_follow_a_build_that_stopped(self, neo4j_store: Store) -> None:
        load(neo4j_store, tiny_graph())
        load_and_stop(neo4j_store, larger_graph(3), 4)
        load(neo4j_store, tiny_graph())
        assert plain(neo4j_store.read_graph()) == plain(tiny_graph())
        assert build_state(neo4j_store).state == "complete"


class TestTheDatabase:
    def test_one_with_nodes_of_others_is_refused(self, neo4j_store: Store) -> None:
        with neo4j_store.transaction() as run:
            run("CREATE (:Agency {name: 'MI6'})", {})
        with pytest.raises(StoreError, match="数据库中有不是 policygraph 写入的 Agency 节点"):
            load(neo4j_store, tiny_graph())
        assert neo4j_store.run("MATCH (n) RETURN n.name AS name") == [{"name": "MI6"}]

    def test_other_labels_beside_ours_are_left_alone(self, neo4j_store: Store) -> None:
        with neo4j_store.transaction() as run:
            run("CREATE (:Novel {name: 'Emma'})", {})
        load(neo4j_store, tiny_graph())
        load(neo4j_store, Graph(neo4j_store.schema))
        assert neo4j_store.run("MATCH (n:Novel) RETURN n.name AS name") == [{"name": "Emma"}]

    def test_what_somebody_changed_by_hand_is_put_right_by_the_next_change(self, neo4j_store: Store) -> None:
        load(neo4j_store, tiny_graph())
        with neo4j_store.transaction() as run:
            run("MATCH (b:Benefit) SET b.value = 1.0", {})
            run("MATCH ()-[r:GRANTS]->() DELETE r", {})
            run("MATCH (a:Topic), (b:District) CREATE (b)-[:PART_OF {source: 'nobody'}]->(a)", {})
        load(neo4j_store, larger_graph(2))
        assert plain(neo4j_store.read_graph()) == plain(larger_graph(2))

    def test_a_graph_of_another_schema_version_is_not_read_but_replaced(self, neo4j_store: Store) -> None:
        load(neo4j_store, tiny_graph())
        with neo4j_store.transaction() as run:
            run("MATCH (b:Build) SET b.schema_version = 99", {})
            run("MATCH (c:Clause) SET c.colour = 'red'", {})
        with Store.connect(neo4j_store.settings) as reader:
            with pytest.raises(StoreError, match="图谱按第 99 版结构建成"):
                reader.run("MATCH (n) RETURN n")
            load(reader, tiny_graph())
            assert plain(reader.read_graph()) == plain(tiny_graph())


class TestTheWayThere:
    def test_a_wrong_password_is_named(self, neo4j_settings: Settings) -> None:
        with pytest.raises(StoreError, match="拒绝用户 neo4j:请检查 NEO4J_USERNAME 和 NEO4J_PASSWORD"):
            Store.connect(replace(neo4j_settings, password="wrong-password"))

    def test_a_server_that_is_not_there_is_named(self, neo4j_settings: Settings) -> None:
        with pytest.raises(StoreUnavailableError, match=r"bolt://127\.0\.0\.1:1 没有应答"):
            Store.connect(replace(neo4j_settings, uri="bolt://127.0.0.1:1"))

    def test_a_database_that_is_not_there_is_named(self, neo4j_settings: Settings) -> None:
        with pytest.raises(StoreError, match="没有数据库 nowhere:请检查 NEO4J_DATABASE"):
            Store.connect(replace(neo4j_settings, database="nowhere"))

    def test_the_password_is_in_no_sentence(self, neo4j_settings: Settings) -> None:
        with pytest.raises(StoreError) as raised:
            Store.connect(replace(neo4j_settings, password="wrong-password"))
        assert "wrong-password" not in str(raised.value)
