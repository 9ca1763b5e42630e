"""Fetches a real Neo4j 5 community server from Maven Central and runs it for the tests, on loopback, with a password.

The jars are kept in the user's cache folder. Needs Java 17 (a JDK) and Maven; `missing` says what is not there.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

VERSION = "5.26.12"
PASSWORD = "for-the-tests"
HERE = Path(__file__).parent

MODULES = [
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
]

CONFIGURATION = """\
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
server.memory.pagecache.size=64m
"""


@dataclass(frozen=True)
class RunningNeo4j:
    """A server that answers: its address; its user is neo4j, its password PASSWORD."""

    uri: str


def missing() -> str | None:
    """What this machine lacks to run the server, as a sentence; None where it lacks nothing."""
    lacking = [program for program in ("java", "javac", "mvn") if shutil.which(program) is None]
    if lacking:
        return f"the tests on a real Neo4j need {' and '.join(lacking)}: install a JDK 17 and Maven, or set NEO4J_TEST_URI"
    return None


def jars() -> Path:
    """The folder with the server's jars, fetched now where it is not there yet."""
    folder = platformdirs.user_cache_path("policygraph") / f"neo4j-{VERSION}"
    if not folder.exists():
        draft = folder.with_name(f"{folder.name}.{os.getpid()}")
        command = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
        subprocess.run(
            [*command, f"-DoutputDirectory={draft}", "-DincludeScope=runtime"], check=True, timeout=900
        )
        draft.replace(folder)
    return folder


def admin(home: Path, *arguments: str, folder: Path | None = None) -> str:
    """Run neo4j-admin for the server in `home` and return what it prints."""
    done = subprocess.run(
        ["java", "-cp", f"{jars()}/*", "org.neo4j.cli.AdminTool", *arguments],
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def prepare(home: Path) -> int:
    """Write the configuration of a server in `home` and set its password; returns its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    home.mkdir(parents=True, exist_ok=True)
    (home / "neo4j.conf").write_text(CONFIGURATION.format(port=port), encoding="utf-8")
    admin(home, "dbms", "set-initial-password", PASSWORD)
    return port


@contextmanager
def running(home: Path, port: int) -> Iterator[RunningNeo4j]:
    """The server of a prepared `home`, up for as long as the context is open."""
    command = ["java", "-Xmx512m", *MODULES, "-cp", f"{jars()}/*", str(HERE / "Neo4jServer.java"), str(home)]
    with (home / "out.log").open("w") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            first = process.stdout.readline().strip()
            assert first == "up", (home / "out.log").read_text()
            yield RunningNeo4j(f"bolt://127.0.0.1:{port}")
        finally:
            process.stdin.close()
            process.wait(timeout=60)
            process.stdout.close()
