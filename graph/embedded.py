"""What only the embedded server's HTTP listener can do: databases, declared types and indexes, and the bulk route.

Queries go over Bolt (graph.store). Which types and indexes there are is graph.ddl's.
"""

from __future__ import annotations

import base64
import http.client
import json
import time
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from graph.errors import StoreError, StoreUnavailableError

CLOSING_SECONDS, CLOSING_LOOK_SECONDS = 60.0, 0.05
"""How long the server may take to put a large database on disk, and how often to look."""

CHUNK_BYTES = 1 << 20
"""How much of a bulk load is sent at once."""

LOAD_OPTIONS = {"refMode": "ordinal", "idMapping": "false", "batchSize": "100000"}
"""No names for vertices, for the server would hold every one in memory; edges are written so many at once, sorted by where they start. Fewer
of one type it would write a fifth quicker, but then the edges of a node lie in as many places as it has types (docs/benchmarks.md)."""

RECORDS_AT_ONCE = 200_000
"""Record ids of one answer, some 16 MB: for the next the server goes through all that were told before."""


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """The embedded server on 127.0.0.1, asked as its root user."""

    http_port: int
    password: str

    def databases(self) -> list[str]:
        """Names of all databases, sorted."""
        return sorted(self._ask("GET", "databases", None)["result"])

    def create_database(self, name: str) -> None:
        """Make an empty database. Raises: StoreError where there is one of that name."""
        self._server_command(f"create database {name}")

    def drop_database(self, name: str) -> bool:
        """Remove a database and its files. False where the server was closing it, as a build that was killed may have asked: then it is
        closed by now, and its files are left."""
        command: dict[str, object] = {"command": f"drop database {name}"}
        # "a close of it is already in progress", or closed since the server listed it
        closing = (http.client.CONFLICT, http.client.BAD_REQUEST)
        if "error" not in self._ask("POST", "server", command, ignore_status=closing):
            return True
        end = time.monotonic() + CLOSING_SECONDS
        while name in self.databases():
            if time.monotonic() > end:
                self._ask("POST", "server", command)
            time.sleep(CLOSING_LOOK_SECONDS)
        return False

    def flush_database(self, name: str) -> None:
        """Put everything on disk, which closing does."""
        self.close_database(name)
        self._server_command(f"open database {name}")

    def close_database(self, name: str) -> None:
        """Let go of a database; its files stay."""
        self._server_command(f"close database {name}")

    def ensure_user(self, name: str, password: str, *, group: str) -> None:
        """Make a user who belongs to `group` in every database, where there is none of that name."""
        user = {"name": name, "password": password, "databases": {"*": [group]}}
        self._server_command(f"create user {json.dumps(user)}", ignore_status=[http.client.CONFLICT])

    def run_script(self, database: str, statements: Iterable[str]) -> None:
        """Run SQL statements in order."""
        script = ";\n".join(statements) + ";"
        self._ask("POST", f"command/{quote(database)}", {"language": "sqlscript", "command": script})

    def load(self, database: str, lines: Iterable[bytes]) -> tuple[int, int]:
        """Stream vertices, then edges, into a database; returns how many of each were made.

        A line is {"@type": "vertex", "@class", …} or {"@type": "edge", "@class", "@from", "@to", …}, whose ends are record ids ("#12:34").
        """
        path = f"batch/{quote(database)}?{urlencode(LOAD_OPTIONS)}"
        reply = self._send("POST", path, _packed(lines), content_type="application/x-ndjson")
        return int(reply["verticesCreated"]), int(reply["edgesCreated"])

    def iter_records(self, database: str, type: str) -> Iterator[tuple[str, int, int]]:
        """The property `id` of every vertex of a type, with the two numbers of its record id: bucket and place."""
        # The server makes an answer ready while the one before is gone through.
        with ThreadPoolExecutor(1) as ahead:
            asked = ahead.submit(self._records_after, database, type, "#-1:-1")
            while True:
                rows = asked.result()
                is_last = len(rows) < RECORDS_AT_ONCE
                if not is_last:
                    asked = ahead.submit(self._records_after, database, type, rows[-1]["record"])
                for row in rows:
                    bucket, _, place = row["record"][1:].partition(":")
                    yield row["id"], int(bucket), int(place)
                if is_last:
                    return

    def _records_after(self, database: str, type: str, after: str) -> list[dict[str, str]]:
        command = f"SELECT @rid AS record, id FROM {type} WHERE @rid > {after} LIMIT {RECORDS_AT_ONCE}"
        query = {"language": "sql", "command": command, "limit": RECORDS_AT_ONCE}
        found: list[dict[str, str]] = self._ask("POST", f"query/{quote(database)}", query)["result"]
        return found

    def _server_command(self, command: str, *, ignore_status: Collection[int] = ()) -> None:
        self._ask("POST", "server", {"command": command}, ignore_status=ignore_status)

    def _ask(
        self,
        method: str,
        path: str,
        content: dict[str, object] | None,
        *,
        ignore_status: Collection[int] = (),
    ) -> dict[str, Any]:
        body = None if content is None else json.dumps(content).encode()
        return self._send(method, path, body, ignore_status=ignore_status)

    def _send(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None,
        *,
        content_type: str = "application/json",
        ignore_status: Collection[int] = (),
    ) -> dict[str, Any]:
        credentials = base64.b64encode(f"root:{self.password}".encode()).decode()
        headers = {"Authorization": f"Basic {credentials}", "Content-Type": content_type}
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port)
        try:
            connection.request(method, f"/api/v1/{path}", body, headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8", errors="replace")
        except (OSError, http.client.HTTPException) as error:
            raise StoreUnavailableError(
                f"自带的图数据库中途断开({error or type(error).__name__}):请重新运行命令"
            ) from error
        finally:
            connection.close()
        if response.status >= http.client.BAD_REQUEST and response.status not in ignore_status:
            raise _refusal(response.status, text)
        reply: dict[str, Any] = json.loads(text) if text else {}
        return reply


def _packed(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines in pieces of about CHUNK_BYTES: one piece a line would cost a system call each."""
    pending: list[bytes] = []
    size = 0
    for line in lines:
        pending.append(line)
        size += len(line)
        if size >= CHUNK_BYTES:
            yield b"\n".join(pending) + b"\n"
            pending, size = [], 0
    if pending:
        yield b"\n".join(pending) + b"\n"


def _refusal(status: int, text: str) -> StoreError:
    try:
        reply = json.loads(text)
        detail = str(reply.get("detail") or reply.get("error"))
    except ValueError:
        detail = text[:200]
    if "No space left" in text:
        return StoreError("数据文件夹所在的磁盘已满:请腾出空间后重新建图")
    if "heap size exceeded" in text:
        return StoreError(
            "自带的图数据库内存不够:请先运行 policygraph down,把 POLICYGRAPH_SERVER_MEMORY 设大一些(如 4g),再重试"
        )
    if status in {http.client.UNAUTHORIZED, http.client.FORBIDDEN}:
        return StoreError("自带的图数据库不接受密码:请运行 policygraph down 后重试")
    return StoreError(f"自带的图数据库拒绝了请求(HTTP {status}):{detail}")
