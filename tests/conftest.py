"""The two servers that tests run on: the embedded one, and a real Neo4j 5 (a user's own by NEO4J_TEST_URI).

`store` is an empty store on each of them in turn, `server` one with what was there; `embedded_…` and `neo4j_…` name one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import hypothesis
import pytest

from graph.builds import build_state
from graph.server_control import stop_server
from graph.settings import Settings, read_settings
from graph.store import Store
from tests.neo4j import server as neo4j

# A slow machine is no failure, and continuous integration tries the same examples each time.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Puts `__main__` back: Streamlit's tests put their page there, and a spawned process begins by running what stands there."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def embedded_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An embedded server of the test run's own."""
    settings = read_settings(home=tmp_path_factory.mktemp("home"), environ={})
    yield settings
    stop_server(Store(settings).folder)


@pytest.fixture(scope="session")
def neo4j_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A Neo4j: the one that NEO4J_TEST_URI names, which must be empty, or one that is started now."""
    home = tmp_path_factory.mktemp("neo4j-client")
    given = os.environ.get("NEO4J_TEST_URI")
    if given:
        environ = {
            key: os.environ.get(f"NEO4J_TEST_{key}", "") for key in ("USERNAME", "PASSWORD", "DATABASE")
        }
        settings = read_settings(
            home=home, uri=given, environ={f"NEO4J_{key}": value for key, value in environ.items()}
        )
        with Store.connect(settings) as store:
            foreign = store.run("MATCH (n) RETURN count(n) AS nodes")[0]["nodes"]
            assert not foreign or build_state(store).state != "none", (
                f"{given} holds a graph of yours: name an empty one"
            )
        yield settings
        return
    lacking = neo4j.missing()
    if lacking:
        pytest.skip(lacking)
    server_home = tmp_path_factory.mktemp("neo4j-server")
    neo4j.prepare(server_home)
    with neo4j.running(server_home) as running:
        yield running.settings(home)


@pytest.fixture(scope="session")
def embedded_server(embedded_settings: Settings) -> Iterator[Store]:
    """A store on the embedded server, with whatever the test before left in it."""
    with Store.connect(embedded_settings) as store:
        yield store


@pytest.fixture(scope="session")
def neo4j_server(neo4j_settings: Settings) -> Iterator[Store]:
    """A store on the Neo4j, with whatever the test before left in it."""
    with Store.connect(neo4j_settings) as store:
        yield store


@pytest.fixture
def embedded_store(embedded_server: Store) -> Store:
    """The embedded server with nothing built."""
    (embedded_server.settings.home / "current.json").unlink(missing_ok=True)
    return embedded_server


@pytest.fixture
def neo4j_store(neo4j_server: Store) -> Store:
    """The Neo4j with nothing in it."""
    with neo4j_server.transaction() as run:
        run("MATCH (n) DETACH DELETE n", {})
    return neo4j_server


@pytest.fixture(params=["embedded", "neo4j"])
def server(request: pytest.FixtureRequest) -> Store:
    """A store on each server in turn, with whatever the test before left in it."""
    return _store(request, f"{request.param}_server")


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store on each server in turn."""
    return _store(request, f"{request.param}_store")


def _store(request: pytest.FixtureRequest, name: str) -> Store:
    found = request.getfixturevalue(name)
    assert isinstance(found, Store)
    return found
