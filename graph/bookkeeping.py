"""What stands in the database beside the graph: the build's manifest and the records that the graph was made from.

From the records a document can be added, removed or replaced without the other sources at hand. It is no content: no query
and no export shows it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any, Literal, Protocol, TypeAlias

from graph.errors import StoreError
from graph.model import Node, Statements, Value, content_id
from graph.reading import Row, Run

BUILD_ID = "build"

_RECORDS_AT_ONCE = 500
"""Some 10 MB as they are read."""

State: TypeAlias = Literal["none", "under_construction", "complete"]


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A policy's record: the JSON that it was read into, by document and place in the document (from 0)."""

    document: str
    part: int
    body: bytes


@dataclass(frozen=True, slots=True)
class BuildState:
    """What a database says about its build; `read_manifest` has the rest. `content` and `schema_version` are None where there is none."""

    state: State
    content: str | None = None
    schema_version: int | None = None


class Records(Protocol):
    """Records that can be gone through more than once, none of them twice of one document and part."""

    def __iter__(self) -> Iterator[StoredRecord]: ...


class Content:
    """All that a build puts in place. `manifest` is the caller's, with versions and counts put in front."""

    def __init__(self, graph: Statements, manifest: Mapping[str, object], records: Records) -> None:
        labels, types = graph.counts()
        program = {"policygraph": version("policygraph"), "schema": graph.schema.version}
        self.graph = graph
        self.manifest = _canonical({**program, "nodes": labels, "edges": types, **manifest})
        self.records = records
        self.places = sorted((one.document, one.part, _sha256(one)) for one in records)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over everything: the same input gives the same one, on every machine."""
        digest = hashlib.sha256(self.graph.content_hash().encode())
        digest.update(self.manifest.encode())
        for document, part, sha256 in self.places:
            digest.update(f"{document}\n{part}\n{sha256}\n".encode())
        return digest.hexdigest()

    def build_node(self, state: State) -> Node:
        """The node that says what the build is and how far it came."""
        return Node(
            "Build",
            BUILD_ID,
            {
                "state": state,
                "content": self.fingerprint,
                "schema_version": self.graph.schema.version,
                "manifest": self.manifest,
            },
        )

    def record_nodes(self) -> Iterator[Node]:
        """A node for each record."""
        return map(_record_node, self.records)


def _record_node(record: StoredRecord) -> Node:
    properties: dict[str, Value] = {
        "document": record.document,
        "part": record.part,
        "sha256": _sha256(record),
        "body": base64.b64encode(zlib.compress(record.body)).decode(),
    }
    return Node("Record", _record_id(record.document, record.part), properties)


def _record_id(document: str, part: int) -> str:
    return content_id("record", document, part)


def read_build_state(run: Run) -> BuildState:
    """What the database says about its build."""
    query = "MATCH (b:Build {id: $id}) RETURN b.state AS state, b.content AS content, b.schema_version AS schema_version"
    rows = run(query, {"id": BUILD_ID})
    return BuildState(**rows[0]) if rows else BuildState("none")


def read_manifest(run: Run) -> dict[str, Any]:
    """What the build was made from, as JSON values: some 20 MB of a country. Empty where nothing was built."""
    rows = run("MATCH (b:Build {id: $id}) RETURN b.manifest AS manifest", {"id": BUILD_ID})
    return json.loads(rows[0]["manifest"]) if rows else {}


def read_records(run: Run) -> Iterator[StoredRecord]:
    """The records that the graph was built from, by document and part, some at a time. Raises: StoreError where one is damaged."""
    rows = run("MATCH (r:Record) RETURN r.id AS id, r.document AS document, r.part AS part", {})
    ids = [row["id"] for row in sorted(rows, key=lambda row: (row["document"], row["part"]))]
    for start in range(0, len(ids), _RECORDS_AT_ONCE):
        some = ids[start : start + _RECORDS_AT_ONCE]
        found = run(f"UNWIND $ids AS id MATCH (r:Record {{id: id}}) {_RECORD_COLUMNS}", {"ids": some})
        yield from sorted(map(_record, found), key=_place)


def read_kept_nodes(run: Run) -> Iterator[Node]:
    """The node of the build and those of its records, as they stand in the database; none where nothing was built."""
    state = read_build_state(run)
    if state.state == "none":
        return
    properties: dict[str, Value | None] = {
        "state": state.state,
        "content": state.content,
        "schema_version": state.schema_version,
        "manifest": _canonical(read_manifest(run)),
    }
    yield Node("Build", BUILD_ID, {name: value for name, value in properties.items() if value is not None})
    yield from map(_record_node, read_records(run))


def read_record(run: Run, document: str, part: int) -> StoredRecord | None:
    """The record of one policy, None where there is none. Raises: StoreError where it is damaged."""
    # by its id, which is indexed: by document and part a server reads all records
    rows = run(f"MATCH (r:Record {{id: $id}}) {_RECORD_COLUMNS}", {"id": _record_id(document, part)})
    return _record(rows[0]) if rows else None


def count_records(run: Run) -> int:
    """How many records are there: one for each policy of each document, reprints too."""
    total: int = run("MATCH (r:Record) RETURN count(r) AS total", {})[0]["total"]
    return total


def record_fingerprints(run: Run) -> dict[str, str]:
    """Node id → SHA-256 of each record that is there."""
    return {
        row["id"]: row["sha256"] for row in run("MATCH (r:Record) RETURN r.id AS id, r.sha256 AS sha256", {})
    }


_RECORD_COLUMNS = "RETURN r.document AS document, r.part AS part, r.sha256 AS sha256, r.body AS body"


def _record(row: Row) -> StoredRecord:
    record = StoredRecord(row["document"], row["part"], zlib.decompress(base64.b64decode(row["body"])))
    if row["sha256"] != _sha256(record):
        raise StoreError(f"{record.document} 的存档记录已损坏:请用原文件重新 policygraph build")
    return record


def _place(record: StoredRecord) -> tuple[str, int]:
    return record.document, record.part


def _sha256(record: StoredRecord) -> str:
    return hashlib.sha256(record.body).hexdigest()


def _canonical(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
