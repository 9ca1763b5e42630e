"""Statements that are written to disk as they are made, for a graph that would not fit into memory. It says what graph.model's Graph says.

What is said goes straight into a file, in the order of making, so that what was made together stays together. What was said again is
found by the hash of its key when all is in, and united where it was said first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Generic, Self

from graph.data_folder import disk_errors
from graph.errors import ModelError
from graph.lines import EdgeKind, Entry, Kind, NodeKind, Packed, read_edge, read_node
from graph.model import (
    Edge,
    Node,
    Properties,
    checked_edge,
    checked_node,
    ends_problems,
    joins,
    united_node,
)
from graph.packing import ContentHash, EdgeLines, unpack_edge, unpack_node
from graph.positions import ClashError, Positions, repeated
from graph.schema import Schema
from graph.workers import Message, in_forks

HELD_NODES = 1 << 14
"""So many of the last nodes are held back: most that are said again (a topic, a body) are said again soon."""

BUFFER_LINES = 1 << 10

EDGES_OF_A_TURN = 1 << 14
"""So many edges, of all types, are told before the next of each type have their turn."""

MOST_PROBLEMS = 20
"""So many problems are told: a graph of millions of edges may have as many."""


class GraphSpool:
    """Nodes and edges, each once, in files of a folder that is there. First all are added, then edges taken out, then it is read."""

    def __init__(self, schema: Schema, folder: Path, jobs: int = 1) -> None:
        """In files of `folder`, which is empty; `jobs` processes check the edges."""
        self.schema = schema
        self._jobs = jobs
        self._nodes = {
            label: _Lines(folder / f"{label}.jsonl", NodeKind(schema)) for label in sorted(schema.nodes)
        }
        self._edges = {
            name: _Lines(folder / f"{name}.jsonl", EdgeKind(schema)) for name in sorted(schema.edges)
        }
        self._held: dict[str, list[Node]] = {}
        self._removed: list[tuple[str, Collection[str], Collection[str]]] = []

    def add_node(self, label: str, id: str, properties: Properties) -> None:
        """Put a node in, or unite it with the one of that id. Raises: ModelError as Graph.add_node does, a contradiction perhaps only
        when all is read."""
        node = checked_node(self.schema, label, id, properties)
        known = self._held.get(id)
        if known is None:
            self._held[id] = [node]
            if len(self._held) > HELD_NODES:
                self._write_oldest()
        elif node != known[-1]:
            known.append(node)

    def add_edge(self, type: str, start: str, end: str, properties: Properties | None = None) -> None:
        """Put an edge in, or unite it with the one of the same type, ends and key properties. Raises: ModelError as `add_node` does."""
        edge = checked_edge(self.schema, type, start, end, properties or {})
        self._edges[type].write(edge)

    def add_lines(self, lines: EdgeLines) -> None:
        """Put edges in that this process, or a fork of it, made into lines (graph.lines): they go to the file as they are."""
        self._edges[lines.type].write_all(lines)

    def remove_edges(self, type: str, one: Collection[str], other: Collection[str]) -> int:
        """Take out the edges of a type between any id of `one` and any of `other`, either way; returns how many."""
        gone = sum(joins(edge, one, other) for edge in map(read_edge, self.edge_lines_of(type)))
        self._removed.append((type, frozenset(one), frozenset(other)))
        return gone

    def nodes(self) -> Iterator[Node]:
        """All nodes, label by label; within one in the order of making."""
        return map(read_node, self.node_lines())

    def edges(self) -> Iterator[Edge]:
        """All edges, type by type, in the same order."""
        return map(read_edge, chain.from_iterable(map(self.edge_lines_of, self._edges)))

    def node_lines(self) -> Iterator[bytes]:
        """The nodes in packed form, in the order of `nodes`."""
        self._write_held()
        return chain.from_iterable(lines.all() for lines in self._nodes.values())

    def edge_lines(self) -> Iterable[bytes]:
        """The edges in packed form, a part of each type in turn: what was made together stands near, whatever its type, so that who loads
        them has the same nodes at hand for all of their edges."""
        return self._left(_in_turn([(len(lines), lines.all()) for lines in self._edges.values()]))

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many nodes of each label and edges of each type there are, in alphabetical order."""
        return self._survey.labels, self._survey.types

    def check(self) -> list[str]:
        """What breaks the schema, one sentence a case, the first few; an empty list where all holds."""
        return self._survey.problems

    def positions(self) -> Positions:
        """The place of each node in the order of `nodes`, by its id."""
        return self._survey.positions

    def content_hash(self) -> str:
        """SHA-256 (hex) of schema version, nodes and edges, the same as that of a Graph that says the same."""
        return self._survey.content_hash

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the files, which stay for whoever made the folder to remove."""
        for lines in self._files():
            lines.close()

    def _write_held(self) -> None:
        while self._held:
            self._write_oldest()

    def _write_oldest(self) -> None:
        statements = self._held.pop(next(iter(self._held)))
        node = statements[0] if len(statements) == 1 else united_node(self.schema, statements)
        self._nodes[node.label].write(node)

    def _left(self, lines: Iterable[bytes]) -> Iterable[bytes]:
        """Those of the lines of edges that were not taken out."""
        return filter(self._stays, lines) if self._removed else lines

    def _stays(self, line: bytes) -> bool:
        edge = read_edge(line)
        return not any(edge.type == type_ and joins(edge, *ends) for type_, *ends in self._removed)

    @cached_property
    def _survey(self) -> _Survey:
        return _Survey(self, self._jobs)

    def edge_lines_of(self, type: str) -> Iterable[bytes]:
        """The edges of one type in packed form; none of a type that the schema does not have."""
        return self._left(self._edges[type].all() if type in self._edges else ())

    def find_problems(self) -> Iterator[str]:
        """What in properties breaks the schema. Only lines that were found doubtful are looked at again."""
        for lines in self._files():
            yield from lines.problems()

    def write_out(self) -> None:
        """Put on disk all that was added: from then on other processes may read it."""
        self._write_held()
        for lines in self._files():
            lines.flush()

    def _files(self) -> list[_Lines[Any]]:
        return [*self._nodes.values(), *self._edges.values()]


class _EdgesSeen(Message, frozen=True):
    """What a look at all edges of a type found: how many, the hash of their lines, the first of the sentences on what is wrong."""

    count: int
    content: bytes
    problems: list[str]


class _Survey:
    """What takes a look at every line: counts, ends, hash."""

    def __init__(self, spool: GraphSpool, jobs: int) -> None:
        spool.write_out()
        self.problems = list(islice(spool.find_problems(), MOST_PROBLEMS))
        self._spool = spool
        self._schema = spool.schema
        self._digest = ContentHash()
        labels: Counter[str] = Counter()
        try:
            self.positions = Positions(self._counted(spool.node_lines(), labels))
        except ClashError as clash:
            _refuse_two_labels(spool, clash.hashes)
            raise
        self.labels = dict(sorted(labels.items()))
        self._begins = list(accumulate(self.labels.values()))
        self._names = list(self.labels)
        self.types = self._count_edges(jobs)
        self.content_hash = self._digest.hexdigest(spool.schema.version)

    def _counted(self, lines: Iterator[bytes], labels: Counter[str]) -> Iterator[str]:
        for line in lines:
            label, id_, _ = unpack_node(line)
            labels[label] += 1
            self._digest.add(line)
            yield id_

    def _count_edges(self, jobs: int) -> dict[str, int]:
        types = sorted(self._schema.edges)
        counts: dict[str, int] = {}
        for type_, seen in zip(types, in_forks(self._look, types, jobs), strict=True):
            if seen.count:
                counts[type_] = seen.count
            self._digest.add_all(ContentHash.from_bytes(seen.content))
            self.problems += seen.problems[: MOST_PROBLEMS - len(self.problems)]
        return counts

    def _look(self, type: str) -> _EdgesSeen:
        count, digest, problems = 0, ContentHash(), list[str]()
        known: set[tuple[str | None, str | None]] = set()
        for line in self._spool.edge_lines_of(type):
            _, start, end, _ = unpack_edge(line)
            count += 1
            digest.add(line)
            labels = self._label(start), self._label(end)
            if labels not in known:
                found = ends_problems(self._schema, Edge(type, start, end, {}), *labels)
                if not found:
                    known.add(labels)
                elif len(problems) < MOST_PROBLEMS:
                    problems += found
        return _EdgesSeen(count, digest.to_bytes(), problems)

    def _label(self, id_: str) -> str | None:
        place = self.positions.find(id_)
        return None if place is None else self._names[bisect_right(self._begins, place)]


def _refuse_two_labels(spool: GraphSpool, hashes: Collection[int]) -> None:
    """Raises: ModelError where one id is that of nodes of two labels, as Graph.add_node does."""
    labels: dict[str, str] = {}
    for label, id_, _ in map(unpack_node, spool.node_lines()):
        if hash(id_) in hashes and labels.setdefault(id_, label) != label:
            raise ModelError(f"{id_} is a {labels[id_]} and a {label}")


def _in_turn(sequences: Sequence[tuple[int, Iterator[bytes]]]) -> Iterator[bytes]:
    """The lines of sequences, each given with its length, so that all of them are as far on at any time."""
    turns = sum(length for length, _ in sequences) // EDGES_OF_A_TURN + 1
    for turn in range(turns):
        for length, lines in sequences:
            yield from islice(lines, length * (turn + 1) // turns - length * turn // turns)


class _Lines(Generic[Entry]):
    """The lines of one label or type. `all` may be called once everything was written, as often as wanted."""

    def __init__(self, path: Path, kind: Kind[Entry]) -> None:
        self._path = path
        self._kind: Kind[Entry] = kind
        self._file: BinaryIO | None = None
        self._packed = Packed(kind)

    def write(self, entry: Entry) -> None:
        """Put an entry at the end."""
        self._packed.add(entry)
        if len(self._packed.lines) >= BUFFER_LINES:
            self.flush()

    def write_all(self, lines: EdgeLines) -> None:
        """Put the entries of lines at the end."""
        self._packed.add_all(lines)
        self.flush()

    def __len__(self) -> int:
        """How many lines `all` gives."""
        repeats, united = self._united
        return len(self._packed.hashes) - repeats + sum(map(len, united.values()))

    def all(self) -> Iterator[bytes]:
        """Every line once, without its line break; what was said again stands where it was said first."""
        _, united = self._united
        if not united:
            yield from self._stored()
            return
        told: set[int] = set()
        for number, line in zip(self._packed.hashes, self._stored(), strict=True):
            if number not in united:
                yield line
            elif number not in told:
                told.add(number)
                yield from united[number]

    def problems(self) -> Iterator[str]:
        """What breaks the schema in entries as they are united."""
        united = chain.from_iterable(self._united[1].values())
        for entry in map(self._kind.read, self.all() if self._packed.is_doubtful else united):
            yield from self._kind.problems(entry)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    @cached_property
    def _united(self) -> tuple[int, dict[int, list[bytes]]]:
        """How many lines have a key that comes again, and by the hash of each such key what these lines make together."""
        again = repeated(self._packed.hashes)
        repeats = 0
        statements: dict[int, list[bytes]] = {}
        for number, line in zip(self._packed.hashes, self._stored(), strict=True) if again else ():
            if number in again:
                repeats += 1
                lines = statements.setdefault(number, [])
                if line not in lines:
                    lines.append(line)
        return repeats, {number: self._unite(lines) for number, lines in statements.items()}

    def _unite(self, lines: list[bytes]) -> list[bytes]:
        """What lines whose keys have one hash make together: one line, but for rare chance."""
        if len(lines) == 1:
            return lines
        of_key: dict[Hashable, list[Entry]] = {}
        for entry in map(self._kind.read, lines):
            of_key.setdefault(self._kind.key(entry), []).append(entry)
        return [self._kind.write(self._kind.unite(some)) for some in of_key.values()]

    def _stored(self) -> Iterator[bytes]:
        self.flush()
        if self._file is not None:
            with self._path.open("rb") as file:
                yield from map(bytes.rstrip, file)

    def flush(self) -> None:
        """Put on disk what waits."""
        if self._packed.lines:
            with disk_errors(self._path):
                if self._file is None:
                    self._file = self._path.open("wb")
                self._file.writelines(self._packed.lines)
                self._file.flush()
            self._packed.lines.clear()
