"""The explorer answers this machine alone, and no page of another site, whatever a user's own Streamlit settings say."""

from __future__ import annotations

import http.client
import signal
import socket
from collections.abc import Iterator

import pytest

from data import CORPUS
from graph.server_control import stop_server
from tests.faults.processes import Place, wait_until
from tests.security.sockets import is_loopback, listeners

CARELESS = """
[server]
address = "0.0.0.0"
enableCORS = false
enableXsrfProtection = false
"""


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Process and port of an explorer that was started by a user with careless settings of Streamlit."""
    folder = tmp_path_factory.mktemp("explorer")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text(CARELESS, encoding="utf-8")
    place = Place(folder / "home")
    place.run("build", CORPUS / "004_0947792a09b2b2ef.txt")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # no request leaves this machine: Streamlit asks for the outer address when another site's page comes
    environ = {
        "HOME": str(folder),
        "https_proxy": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
        "no_proxy": "",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environ.items():
            patch.setenv(name, value)
        process = place.start("explore", "--port", str(port))
    try:
        wait_until(lambda: _status(port, "GET", "/_stcore/health") == http.client.OK, seconds=60)
        yield process.pid, port
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        stop_server(place.folder, force=True)


def _status(port: int, method: str, path: str, headers: dict[str, str] | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, headers=headers or {})
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def _connect(port: int, origin: str) -> int:
    """The answer to a page of `origin` that opens the explorer's channel."""
    handshake = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "Origin": origin,
    }
    return _status(port, "GET", "/_stcore/stream", handshake)


def test_it_listens_on_loopback_alone(explorer: tuple[int, int]) -> None:
    pid, port = explorer
    found = listeners(pid)
    assert port in {number for _, number in found}
    assert all(is_loopback(address) for address, _ in found), found


def test_its_own_page_opens_the_channel_and_another_sites_does_not(explorer: tuple[int, int]) -> None:
    _, port = explorer
    assert _connect(port, f"http://127.0.0.1:{port}") == http.client.SWITCHING_PROTOCOLS
    assert _connect(port, "http://evil.example") == http.client.FORBIDDEN


def test_a_file_is_not_taken_without_the_pages_token(explorer: tuple[int, int]) -> None:
    _, port = explorer
    assert _status(port, "PUT", "/_stcore/upload_file/session/file") == http.client.FORBIDDEN


def test_it_serves_no_file_of_the_machine(explorer: tuple[int, int]) -> None:
    _, port = explorer
    for path in (
        "/../../../../etc/passwd",
        "/app/static/../../secrets.json",
        "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/media/../../etc/passwd",
    ):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path)
        assert b"root:" not in connection.getresponse().read()
        connection.close()
