"""Reads and writes the graph over Bolt: the only file that imports the neo4j driver. The same client for both servers.

How a build is put in place is graph.builds's, the embedded server's life graph.server_control's.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Self

import neo4j
from neo4j import exceptions as bolt
from neo4j.graph import Node as BoltNode
from neo4j.graph import Path as BoltPath
from neo4j.graph import Relationship as BoltRelationship

from graph.data_folder import READER, DataFolder
from graph.embedded_client import EmbeddedClient
from graph.errors import (
    NoGraphError,
    PolicyGraphError,
    QueryError,
    QueryTimeoutError,
    StoreError,
    StoreUnavailableError,
)
from graph.model import Graph
from graph.reading import Parameters, Put, Row, Run, count_graph, read_into
from graph.schema import Schema, load_schema
from graph.server_control import ensure_server
from graph.settings import Settings

CONNECT_SECONDS = 5.0

# The driver logs what we raise as an error with a sentence; without a handler it would go to the screen besides.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a query with their columns in order; `cut` says that there were more rows than the limit."""

    columns: list[str]
    rows: list[Row]
    cut: bool


class Store:
    """An open connection to the server that `settings` name. Safe to share between threads.

    On the embedded server every query runs as a user who may only read; what it reads is the current build, looked up
    anew for each query, so that a switch is seen at once.
    """

    def __init__(self, settings: Settings, schema: Schema | None = None) -> None:
        self.settings = settings
        self.schema = schema or load_schema()
        self.folder = DataFolder(settings.home)
        self._lock = threading.Lock()
        self._driver: neo4j.Driver | None = None
        self._checked = False
        self._embedded = EmbeddedClient(self.folder, self.close)

    @classmethod
    def connect(cls, settings: Settings) -> Self:
        """Open the store; starts the embedded server where it does not run.

        Raises: StoreUnavailableError (no server answers), StoreError (wrong password, unusable folder, too old a server).
        """
        store = cls(settings)
        try:
            if settings.is_embedded:
                store._connected()
            else:
                store._ask_all(neo4j.Query("RETURN 1 AS one"), {}, settings.database)
        except PolicyGraphError:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the connections. The embedded server stays up for others."""
        with self._lock:
            if self._driver is not None:
                self._driver.close()
                self._driver = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def database(self) -> str | None:
        """The database that holds the current graph; None means the default one of a Neo4j.

        Raises: NoGraphError where nothing was built yet, StoreError where the graph is of another schema version.
        """
        if not self.settings.is_embedded:
            self._check_neo4j_build()
            return self.settings.database
        pointer = self.folder.read_pointer()
        if pointer is None:
            raise NoGraphError("还没有建图:请先运行 policygraph build")
        self._check_schema_version(pointer.schema_version)
        return pointer.database

    def run(
        self,
        query: str,
        parameters: Parameters | None = None,
        *,
        database: str | None = None,
        timeout: float | None = None,
    ) -> list[Row]:
        """Run a reading query and return all its rows.

        `database` is that of the current build where none is given, `timeout` in seconds. Nodes and edges come as dicts in
        the plain form. Raises: QueryError, QueryTimeoutError, StoreError.
        """
        return self.answer(query, parameters, database=database, timeout=timeout).rows

    def answer(
        self,
        query: str,
        parameters: Parameters | None = None,
        *,
        database: str | None = None,
        timeout: float | None = None,
        row_limit: int | None = None,
    ) -> Answer:
        """Like `run`, with the columns, at most `row_limit` rows, and whether more were cut."""

        # A driver's timeout holds on Neo4j; the embedded engine takes no notice of it (graph.embedded_client).
        statement = neo4j.Query(query, timeout=timeout)

        def ask() -> Answer:
            name = database or self.database()
            if row_limit is None:
                return self._ask_all(statement, parameters or {}, name)
            return self._ask_some(statement, parameters or {}, name, row_limit)

        return self._embedded.ask(ask, timeout) if self.settings.is_embedded else ask()

    def _ask_all(self, statement: neo4j.Query, parameters: Parameters, database: str | None) -> Answer:
        session = self._connected().session(database=database, default_access_mode=neo4j.READ_ACCESS)
        with self._errors(), session:
            result = session.run(statement, dict(parameters))
            return _answer(result.keys(), list(result))

    def _ask_some(
        self, statement: neo4j.Query, parameters: Parameters, database: str | None, row_limit: int
    ) -> Answer:
        """On a connection of its own, which is dropped at the limit: the embedded engine makes all rows before it lets go."""
        with self._errors():
            driver = self._open_driver()
            session = driver.session(
                database=database, default_access_mode=neo4j.READ_ACCESS, fetch_size=row_limit + 1
            )
            try:
                result = session.run(statement, dict(parameters))
                columns, records = result.keys(), result.fetch(row_limit + 1)
            finally:
                driver.close()
                session.close()
        return _answer(columns, records[:row_limit], cut=len(records) > row_limit)

    @contextmanager
    def transaction(self) -> Iterator[Run]:
        """A writing transaction on a Neo4j: what runs in it is there whole at the end, or not at all."""
        session = self._connected().session(
            database=self.settings.database, default_access_mode=neo4j.WRITE_ACCESS
        )
        with self._errors(), session, session.begin_transaction() as transaction:

            def run(query: str, parameters: Parameters) -> list[Row]:
                result = transaction.run(query, dict(parameters))
                return _answer(result.keys(), list(result)).rows

            yield run
            transaction.commit()

    def execute(self, statements: Iterable[str]) -> None:
        """Run statements that may stand in no transaction with others (constraints and indexes) on a Neo4j."""
        session = self._connected().session(database=self.settings.database)
        with self._errors(), session:
            for statement in statements:
                session.run(statement).consume()

    def read_graph(self, database: str | None = None) -> Graph:
        """All nodes and edges of the current build, or of a database that is named, in memory."""
        return self.read_into(Graph(self.schema), database)

    def read_into(self, graph: Put, database: str | None = None) -> Put:
        """Put all nodes and edges of the current build, or of a database that is named, into a graph."""
        # One database for all of its queries, so that a switch in between cannot mix two graphs.
        return read_into(graph, partial(self.run, database=database or self.database()))

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many nodes of each label and edges of each type the database holds, none left out for being 0."""
        return count_graph(self.schema, partial(self.run, database=self.database()))

    def _check_neo4j_build(self) -> None:
        """Once a connection: is the graph there one that this version can read?"""
        if self._checked:
            return
        statement = neo4j.Query("MATCH (b:Build {id: 'build'}) RETURN b.schema_version AS version")
        rows = self._ask_all(statement, {}, self.settings.database).rows
        if rows:
            self._check_schema_version(rows[0]["version"])
        self._checked = bool(rows)

    def _check_schema_version(self, found: int) -> None:
        if found != self.schema.version:
            raise StoreError(
                f"图谱按第 {found} 版结构建成,本版本只读第 {self.schema.version} 版:"
                "请重新运行 policygraph build"
            )

    def _connected(self) -> neo4j.Driver:
        with self._lock:
            if self._driver is None:
                self._driver = self._open_driver()
            return self._driver

    def _open_driver(self) -> neo4j.Driver:
        if self.settings.uri is None:
            info = ensure_server(self.settings)
            uri = f"bolt://127.0.0.1:{info.bolt_port}"
            auth = (READER, self.folder.read_secrets().reader)
            return neo4j.GraphDatabase.driver(uri, auth=auth, telemetry_disabled=True)
        password = self.settings.password
        return neo4j.GraphDatabase.driver(
            self.settings.uri,
            auth=None if password is None else (self.settings.username, password),
            connection_timeout=CONNECT_SECONDS,
            max_transaction_retry_time=CONNECT_SECONDS,
            # Neo4j warns of every label that no node has yet, with each query.
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except bolt.Neo4jError as error:
            raise _refusal(error, self.settings) from error
        except bolt.DriverError as error:
            raise _no_connection(error, self.settings) from error


def _answer(columns: Iterable[str], records: list[neo4j.Record], *, cut: bool = False) -> Answer:
    names = list(columns)
    # By place, not by name: looking each value up by name took half of the client's time on 150 rows of 30 columns.
    rows = [dict(zip(names, map(_plain, record.values()), strict=True)) for record in records]
    return Answer(names, rows, cut)


_SCALARS = frozenset({str, int, float, bool, type(None)})


def _plain(value: object) -> object:
    """Nodes, edges and paths as dicts in the plain form; lists and maps through and through; the rest as it is."""
    if type(value) in _SCALARS:
        return value
    # Lists first, and no call for what they hold: most are rows of a named query, of text and numbers.
    match value:
        case list():
            return [item if type(item) in _SCALARS else _plain(item) for item in value]
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case BoltNode():
            properties = dict(value)
            return {
                "node": ":".join(sorted(value.labels)),
                "id": properties.pop("id", None),
                "properties": properties,
            }
        case BoltRelationship():
            ends = [None if node is None else node.get("id") for node in (value.start_node, value.end_node)]
            return {"edge": value.type, "from": ends[0], "to": ends[1], "properties": dict(value)}
        case BoltPath():
            return [_plain(part) for part in (*value.nodes, *value.relationships)]
        case _:
            return value


_TOO_MUCH, _BUSY = "Query heap budget exceeded", "Query not started because it waited"
"""How the embedded server begins to say that a question would hold more than half of its memory, and that others run before it."""

_OUT_OF_MEMORY = frozenset(
    f"Neo.TransientError.General.{name}"
    for name in ("MemoryPoolOutOfMemoryError", "TransactionOutOfMemoryError", "OutOfMemoryError")
)
_SETTING = re.compile(r"\b(?:db|dbms)\.memory\.[\w.]*\w")
"""The limit that a Neo4j says was reached: "… dbms.memory.transaction.total.max threshold reached"."""


def _refusal(error: bolt.Neo4jError, settings: Settings) -> PolicyGraphError:
    where = settings.uri or "自带的图数据库"
    said = (error.message or str(error)).strip()
    if isinstance(error, bolt.AuthError) and not isinstance(error, bolt.Forbidden):
        if settings.is_embedded:
            return StoreError("自带的图数据库不接受密码:请运行 policygraph down 后重试")
        return StoreError(f"{where} 拒绝用户 {settings.username}:请检查 NEO4J_USERNAME 和 NEO4J_PASSWORD")
    if isinstance(error, bolt.Forbidden) or "access mode" in said.lower():
        return QueryError(f"这里只能读取:{said}")
    if error.code in {
        "Neo.ClientError.Transaction.TransactionTimedOut",
        "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    }:
        return QueryTimeoutError("查询超过时限,已结束:请缩小范围,或放宽时限")
    if error.code in _OUT_OF_MEMORY:
        setting = _SETTING.search(said)
        return StoreError(
            f"{where} 内存不够:请在它的配置中调大 {setting[0] if setting else 'server.memory.heap.max_size'} 并重启,"
            "或缩小查询范围;建图时也可以用 policygraph export --format csv 导出后导入"
        )
    if said.startswith(_TOO_MUCH):
        return StoreError(
            "这个问题要读的太多,自带的图数据库内存不够:请缩小范围(如给出城市或地区),"
            "或调大 POLICYGRAPH_SERVER_MEMORY 后运行 policygraph down 再试"
        )
    if said.startswith(_BUSY):
        return StoreError("自带的图数据库还在答别的问题:请稍后再试;一直如此时,运行 policygraph down 后重试")
    if error.code == "Neo.ClientError.Database.DatabaseNotFound":
        return NoGraphError(f"{where} 没有数据库 {settings.database or '(同名)'}:请检查 NEO4J_DATABASE")
    if isinstance(error, bolt.ClientError):
        return QueryError(f"查询被拒绝:{said}")
    return StoreError(f"{where} 出错:{said}")


def _no_connection(error: Exception, settings: Settings) -> PolicyGraphError:
    where = settings.uri or "自带的图数据库"
    if isinstance(error, bolt.ConfigurationError):
        return StoreError(f"{where} 不能这样使用:{error}")
    return StoreUnavailableError(
        f"{where} 没有应答({error}):它启动了吗,NEO4J_URI 对吗?"
        if settings.uri
        else f"自带的图数据库没有应答({error}):请运行 policygraph down 后重试"
    )
