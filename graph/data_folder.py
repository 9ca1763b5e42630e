"""The data folder (POLICYGRAPH_HOME): which file is where, its format, its secrets, the pointer to the current graph.

What runs on these files is graph.local_server's; a lock on one of them is graph.locks's.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from graph.errors import StoreError, UsageError

Content = TypeVar("Content")

FORMAT = 1
"""Of the files in the folder. Raise it when an older version of the program could not read what this one writes."""

READER = "reader"
"""The embedded server's user (and group) that may read and nothing else: what queries run as."""


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """How to reach the embedded server that runs: its process and its two ports on 127.0.0.1."""

    pid: int
    bolt_port: int
    http_port: int


@dataclass(frozen=True, slots=True)
class Secrets:
    """The random passwords of the embedded server: `root` may do all, `reader` may only read."""

    root: str
    reader: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which database holds the current graph, and the schema version that it was built for."""

    database: str
    schema_version: int


@dataclass(frozen=True, slots=True)
class _Format:
    format: int


class DataFolder:
    """One data folder. Making the object touches nothing; `prepare` makes the folder, or says why it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.server_root = path / "server"
        self.databases = self.server_root / "databases"
        self.server_log = path / "server.log"
        self.server_info = path / "server.json"
        self.server_lock = path / "server.lock"
        self.start_lock = path / "start.lock"
        self.build_lock = path / "build.lock"
        self.last_used = path / "last_used"
        self.scratch = path / "scratch"
        self._format = path / "format.json"
        self._secrets = path / "secrets.json"
        self._pointer = path / "current.json"

    def prepare(self) -> None:
        """Make the folder where there is none. Raises: StoreError (another format, unwritable), UsageError (not ours)."""
        with disk_errors(self.path):
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self._format.exists():
                if any(not entry.name.endswith(".tmp") for entry in self.path.iterdir()):
                    raise UsageError(
                        f"{self.path} 中有别的文件,不是 policygraph 的数据文件夹:"
                        "请把 POLICYGRAPH_HOME 指向空的或新的文件夹"
                    )
                write_atomically(self._format, _Format(FORMAT))
        self._check_format()

    def _check_format(self) -> None:
        found = read_json(self._format, _Format).format
        if found > FORMAT:
            raise StoreError(
                f"{self.path} 由更新的 policygraph 写成(格式 {found},本版本只读 {FORMAT}):"
                "请升级 policygraph,或把 POLICYGRAPH_HOME 指向别的文件夹"
            )
        if found < FORMAT:
            raise StoreError(
                f"{self.path} 由较旧的 policygraph 写成(格式 {found},本版本只读 {FORMAT}):请移走它,再重新建图"
            )

    def read_server_info(self) -> ServerInfo | None:
        """What the running server wrote about itself; None where it wrote nothing, which is no proof that none runs."""
        return read_json(self.server_info, ServerInfo) if self.server_info.exists() else None

    def write_server_info(self, info: ServerInfo) -> None:
        """Tell clients how to reach the server."""
        write_atomically(self.server_info, info)

    def read_or_make_secrets(self) -> tuple[Secrets, bool]:
        """The passwords, and whether they were made just now. The file is readable by its owner alone."""
        if self._secrets.exists():
            return self.read_secrets(), False
        made = Secrets(root=secrets.token_urlsafe(24), reader=secrets.token_urlsafe(24))
        write_atomically(self._secrets, made)
        return made, True

    def read_secrets(self) -> Secrets:
        """The passwords. Raises: StoreError where the file is gone or broken."""
        return read_json(self._secrets, Secrets)

    def read_pointer(self) -> Pointer | None:
        """The current graph, None where nothing was built yet."""
        return read_json(self._pointer, Pointer) if self._pointer.exists() else None

    def write_pointer(self, pointer: Pointer) -> None:
        """Switch to another graph, in one step: a reader sees the old pointer or the new one."""
        write_atomically(
            self._pointer, {"database": pointer.database, "schema_version": pointer.schema_version}
        )

    @contextmanager
    def emptied_scratch(self) -> Iterator[None]:
        """The folder `scratch`, empty at first and gone in the end. The caller holds the build lock."""
        with disk_errors(self.scratch):
            shutil.rmtree(self.scratch, ignore_errors=True)
            self.scratch.mkdir(mode=0o700)
        try:
            yield
        finally:
            shutil.rmtree(self.scratch, ignore_errors=True)

    def touch_last_used(self) -> None:
        """Note that somebody uses the graph now, so that the server stays up."""
        self.last_used.touch()


def read_json(path: Path, content: type[Content]) -> Content:
    """What a JSON file holds. Raises: StoreError where it is gone or holds something else."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=content)
    except (OSError, msgspec.DecodeError) as error:
        raise StoreError(f"{path} 不能读取({error}):请运行 policygraph down,删去该文件后重试") from error


def write_atomically(path: Path, content: object) -> None:
    """Write a JSON file (mode 0600) so that a reader, or a crash, finds the old content or the new, never half.

    Raises: StoreError where the disk is full or the folder cannot be written.
    """
    with disk_errors(path):
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(content))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into a sentence that names the file and the way out."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StoreError(f"{path} 所在的磁盘已满:请腾出空间后重试") from error
        raise StoreError(f"{path} 不能写入({error.strerror}):请换一个有写权限的位置") from error
