"""The packed form of a node or an edge, a line of JSON each, and the hash of many such lines in any order.

Short and quick to write; for people and for other programs there is the plain form (graph.model).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import msgspec

PackedNode = tuple[str, str, msgspec.Raw]
"""Label, id, and the properties as JSON that was not read yet."""

PackedEdge = tuple[str, str, str, msgspec.Raw]
"""Type, start, end, and the properties as JSON that was not read yet."""

# Properties are sorted, so that two who state one thing write one line.
_encode = msgspec.json.Encoder(order="deterministic").encode
unpack_node = msgspec.json.Decoder(PackedNode).decode
"""Read a packed node."""
unpack_edge = msgspec.json.Decoder(PackedEdge).decode
"""Read a packed edge."""

_HASH_BYTES = 32
_MODULUS = 1 << 8 * _HASH_BYTES


def pack(*parts: str | Mapping[str, object]) -> bytes:
    """`pack("Topic", "topic-x", {"code": "x"})` → ["Topic","topic-x",{"code":"x"}], without a line break at its end or within."""
    return _encode(parts)


class EdgeLines(msgspec.Struct, frozen=True):
    """Edges of one type as a graph on disk keeps them: the packed form, each line with its line break; Python's hash of each one's key, 8
    bytes each, which holds among a process and its forks; whether any of them may break the schema."""

    type: str
    content: bytes
    hashes: bytes
    is_doubtful: bool

    def unpacked(self) -> Iterator[PackedEdge]:
        """The edges one by one."""
        return map(unpack_edge, self.content.splitlines())


class ContentHash:
    """A hash of lines that is the same in whatever order they come: the sum of their SHA-256, modulo 2^256.

    It tells graphs apart that differ by chance or by work; it is no defence against somebody who looks for two that meet.
    """

    def __init__(self) -> None:
        self._sum = 0

    def add(self, line: bytes) -> None:
        """Count one line in."""
        self._sum += int.from_bytes(hashlib.sha256(line).digest(), "big")

    def add_all(self, other: ContentHash) -> None:
        """Count in what another has counted."""
        self._sum += other._sum

    def to_bytes(self) -> bytes:
        """What was counted, for another process."""
        return (self._sum % _MODULUS).to_bytes(_HASH_BYTES, "big")

    @classmethod
    def from_bytes(cls, counted: bytes) -> ContentHash:
        """The hash of which `to_bytes` told."""
        made = cls()
        made._sum = int.from_bytes(counted, "big")
        return made

    def hexdigest(self, version: int) -> str:
        """SHA-256 (hex) of the schema version and all lines."""
        return hashlib.sha256(f"schema {version}\n{self._sum % _MODULUS:064x}".encode()).hexdigest()
