"""No password where others can read it: not in files, process lists, logs, answers, exports or sentences."""

from __future__ import annotations

import base64
import http.client
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import CORPUS
from graph.data_folder import READER
from graph.embedded import EmbeddedServer
from graph.errors import PolicyGraphError, StoreError
from graph.export.formats import FORMATS, export_graph
from graph.server_control import find_server, stop_server
from graph.settings import read_settings
from graph.store import Store
from tests.faults.processes import Place

NEO4J_PASSWORD = "a-password-nobody-may-see"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A data folder with a graph, used as a person uses it."""
    made = Place(tmp_path_factory.mktemp("secrets") / "home")
    made.run("build", CORPUS / "004_0947792a09b2b2ef.txt")
    yield made
    stop_server(made.folder, force=True)


@pytest.fixture
def passwords(place: Place) -> list[bytes]:
    secrets = place.folder.read_secrets()
    assert min(len(secrets.root), len(secrets.reader)) >= 32
    return [secrets.root.encode(), secrets.reader.encode()]


def test_files_with_secrets_are_their_owners_alone(place: Place) -> None:
    assert stat.S_IMODE(place.home.stat().st_mode) == 0o700
    assert stat.S_IMODE((place.home / "secrets.json").stat().st_mode) == 0o600


def test_no_process_shows_a_password(place: Place, passwords: list[bytes]) -> None:
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("this machine has no /proc to look processes up in")
    server = find_server(place.folder)
    assert server is not None
    shown = [(Path(f"/proc/{server.pid}") / name).read_bytes() for name in ("cmdline", "environ")]
    assert b"graph.local_server" in shown[0]
    with place.start("status") as client:
        shown.append(Path(f"/proc/{client.pid}/cmdline").read_bytes())
        client.communicate(timeout=60)
    assert not [text for text in shown for password in passwords if password in text]


def test_no_file_but_one_holds_a_password(place: Place, passwords: list[bytes]) -> None:
    files = [path for path in place.home.rglob("*") if path.is_file()]
    assert any(
        path.suffix == ".wal" or "bucket" in path.name for path in files
    )  # the engine's own are among them
    assert {path.name for path in files if any(word in path.read_bytes() for word in passwords)} == {
        "secrets.json"
    }


def test_no_answer_and_no_export_holds_a_password(
    place: Place, passwords: list[bytes], tmp_path: Path
) -> None:
    said = place.run("status", "--format", "json")
    with Store.connect(place.settings) as store:
        said += str(store.run("MATCH (n) RETURN properties(n) AS properties"))
        for form in FORMATS:
            export_graph(store.read_graph(), form, tmp_path / form)
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) > len(FORMATS)
    assert not [text for text in (said.encode(), *written) for password in passwords if password in text]


def test_refusals_name_no_password(place: Place, passwords: list[bytes]) -> None:
    server = find_server(place.folder)
    assert server is not None
    with pytest.raises(StoreError) as wrong:
        EmbeddedServer(server.http_port, "wrong-but-secret").databases()
    assert "wrong-but-secret" not in str(wrong.value)
    with pytest.raises(PolicyGraphError) as unknown, Store.connect(place.settings) as store:
        store.run("RETURN $missing")
    assert not [password for password in passwords if password.decode() in str(unknown.value)]


def test_the_password_of_a_neo4j_is_in_no_sentence(tmp_path: Path) -> None:
    environ = {"NEO4J_URI": "bolt://127.0.0.1:1", "NEO4J_PASSWORD": NEO4J_PASSWORD}
    settings = read_settings(home=tmp_path, environ=environ)
    assert settings.password == NEO4J_PASSWORD
    assert NEO4J_PASSWORD not in repr(settings)
    with pytest.raises(StoreError, match="没有应答") as error:
        Store.connect(settings)
    assert NEO4J_PASSWORD not in str(error.value)


def test_a_wrong_password_of_a_neo4j_is_in_no_sentence(neo4j_server: Store, tmp_path: Path) -> None:
    environ = {"NEO4J_URI": str(neo4j_server.settings.uri), "NEO4J_PASSWORD": NEO4J_PASSWORD}
    with pytest.raises(StoreError, match="拒绝用户 neo4j") as error:
        Store.connect(read_settings(home=tmp_path, environ=environ))
    assert NEO4J_PASSWORD not in str(error.value)


def test_the_reader_may_not_ask_the_servers_other_door(place: Place) -> None:
    """The HTTP listener knows SQL too: the reader's password opens it for reading alone."""
    server = find_server(place.folder)
    pointer = place.folder.read_pointer()
    assert server is not None
    assert pointer is not None
    before = place.see()
    headers = {
        "Authorization": "Basic "
        + base64.b64encode(f"{READER}:{place.folder.read_secrets().reader}".encode()).decode()
    }
    for path, content in (
        (f"command/{pointer.database}", {"language": "sql", "command": "DELETE FROM Clause"}),
        (f"command/{pointer.database}", {"language": "sql", "command": "DROP TYPE Clause UNSAFE"}),
        (f"command/{pointer.database}", {"language": "cypher", "command": "MATCH (n) DETACH DELETE n"}),
        (f"command/{pointer.database}", {"language": "sql", "command": "IMPORT DATABASE file:///etc/passwd"}),
        ("server", {"command": f"drop database {pointer.database}"}),
        ("server", {"command": "shutdown"}),
        (
            "server",
            {"command": 'create user {"name":"m","password":"long-enough-1","databases":{"*":["admin"]}}'},
        ),
    ):
        connection = http.client.HTTPConnection("127.0.0.1", server.http_port, timeout=10)
        connection.request(
            "POST",
            f"/api/v1/{path}",
            json.dumps(content).encode(),
            {**headers, "Content-Type": "application/json"},
        )
        assert connection.getresponse().status >= 400, content
        connection.close()
    assert place.see() == before
