"""Records on disk, for those of a country would not fit into memory: put in one after another, read back by their place."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from loaders.record import PolicyRecord, PolicyRecords

# Records held ready, some 80 kB each: those of one district are asked for again and again, then those of the next.
_READY = 512
# Quick, and a quarter of the size.
_LEVEL = 1


class RecordSpool(PolicyRecords):
    """The records in a file at `path`, which is made anew; who made its folder removes it. OSErrors of the disk are passed on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb")
        self._ends = array("Q", [0])
        self._names: list[tuple[str, int]] = []
        self._unwritten = False
        self._read = lru_cache(_READY)(self._read_from_disk)

    def append(self, record: PolicyRecord) -> None:
        """Put a record at the end."""
        self._unwritten = True
        self._names.append((record.source, record.part))
        self._ends.append(
            self._ends[-1] + self._file.write(zlib.compress(msgspec.json.encode(record), _LEVEL))
        )

    def bodies(self) -> Iterator[tuple[str, int, bytes]]:
        """The source, the part and the JSON of each record, none of them kept ready."""
        for index, (source, part) in enumerate(self._names):
            yield source, part, self._body(index)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def _at(self, index: int) -> PolicyRecord:
        return self._read(index)

    def __iter__(self) -> Iterator[PolicyRecord]:
        """One after the other, none of them kept ready."""
        return map(self._read_from_disk, range(len(self)))

    def _read_from_disk(self, index: int) -> PolicyRecord:
        return msgspec.json.decode(self._body(index), type=PolicyRecord)

    def _body(self, index: int) -> bytes:
        if self._unwritten:
            self._file.flush()
            self._unwritten = False
        # Opened anew: processes that were forked share where an open file stands.
        with self.path.open("rb") as file:
            file.seek(self._ends[index])
            return zlib.decompress(file.read(self._ends[index + 1] - self._ends[index]))
