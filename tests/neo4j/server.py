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

from graph.settings import Settings, read_settings

VERSION = "5.26.12"
PASSWORD = "for-the-tests"
HERE = Path(__file__).parent

# For a server that lives a minute: quick to start rather than quick in the long run.
OPTIONS = [
    "-Xmx512m",
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
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
    """A server that answers at `uri`."""

    uri: str

    def settings(self, home: Path) -> Settings:
        """How to reach it, with a data folder for the client's lock."""
        return read_settings(home=home, uri=self.uri, environ={"NEO4J_PASSWORD": PASSWORD})


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
        ["java", *OPTIONS, "-cp", f"{jars()}/*", "org.neo4j.cli.AdminTool", *arguments],
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def prepare(home: Path) -> None:
    """Make the folder of a server that was never started: its configuration and its password."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "neo4j.conf").write_text(CONFIGURATION.format(port=0), encoding="utf-8")
    admin(home, "dbms", "set-initial-password", PASSWORD)


@contextmanager
def running(home: Path) -> Iterator[RunningNeo4j]:
    """The server of a prepared `home`, on a free port of loopback, up for as long as the context is open."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    (home / "neo4j.conf").write_text(CONFIGURATION.format(port=port), encoding="utf-8")
    command = ["java", *OPTIONS, "-cp", f"{jars()}/*", str(HERE / "Neo4jServer.java"), str(home)]
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
