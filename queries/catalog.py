"""Finds a named query among the .cypher files and reads its head: what it answers, its parameters, columns and order.

Parameters as a person gives them are checked by queries.parameters; what rows mean is said by the themes' own modules.
"""

from __future__ import annotations

import difflib
import functools
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import UsageError
from queries.reader import Reader, Row

FOLDER = Path(__file__).parent

_PARAMETER = re.compile(r"^(\w+): (\w+)(\?)?(?: = (\S+))? -- (.+)$")
_COLUMN = re.compile(r"^(\w+): (\w+) -- (.+)$")
_ORDER = re.compile(r"\bORDER BY (?P<keys>\w+(?: DESC)?(?:,\s*\w+(?: DESC)?)*)(?:\s+LIMIT \$limit)?$")
_UNION = re.compile(r"\bUNION\b")
ENTITY_TYPES = frozenset({"district", "topic", "topics", "honor", "agency", "industry", "policy", "clause"})
"""Types of parameters that may be given by name; the query itself takes a code (district, topic) or an id."""

_TYPES = ENTITY_TYPES | {"string", "strings", "integer", "number", "boolean", "date"}


ALL_ROWS = 1_000_000
"""The limit for callers that want every row of a query with a limit."""

ROWS_AT_ONCE = 1_000
"""How many rows come in one list where all are wanted. A row that comes alone costs a driver and the embedded server some 15 µs each: of
the 1,400 pairs of a district that was most of the time."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query. `type` is string, strings, integer, number, boolean, date, or an entity (district,
    topic, topics, honor, agency, industry, policy, clause) that may be given by name. `default` is the text of it.
    """

    name: str
    type: str
    optional: bool
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer, its type, and its Chinese label."""

    name: str
    type: str
    meaning: str

    @property
    def label(self) -> str:
        """The meaning without what stands in brackets: a table's heading."""
        return re.sub(r"[(\uff08].*$", "", self.meaning)


@dataclass(frozen=True, slots=True)
class SortKey:
    """A place in a row by which rows are sorted."""

    place: int
    descending: bool


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question: what it answers, its parameters and columns, the order of its rows, and the Cypher.

    `packed` is the Cypher for all rows: lists of up to ROWS_AT_ONCE rows, each a list of the columns' values and of what else it is to be
    sorted by, for it leaves out ORDER BY and LIMIT; `packed_keys` are these. None where the Cypher is of several parts with orders of
    their own.
    """

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    order: str
    cypher: str
    packed: str | None
    packed_keys: tuple[SortKey, ...]


def query_names() -> list[str]:
    """Names of all queries, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.cypher"))


@functools.cache
def load_query(name: str) -> NamedQuery:
    """The query of that name. Raises: UsageError with the nearest name where there is none."""
    path = FOLDER / f"{name}.cypher"
    if not re.fullmatch(r"\w+", name) or not path.is_file():
        near = difflib.get_close_matches(name, query_names(), n=1)
        hint = f"您是不是要用 {near[0]}?" if near else "policygraph query 列出全部查询。"
        raise UsageError(f"没有“{name}”这个查询。{hint}")
    return parse_query(name, path.read_text(encoding="utf-8"))


def parse_query(name: str, text: str) -> NamedQuery:
    """Read a .cypher file: the head comment (question, 参数, 列, 排序), then the Cypher.

    Raises: ValueError naming the line that is no parameter (name: type -- meaning) or column, or what the head lacks.
    """
    lines = text.splitlines()
    head = [line[2:].strip() for line in lines if line.startswith("//")]
    cypher = "\n".join(line for line in lines if not line.startswith("//")).strip()
    question: list[str] = []
    parameters: list[Parameter] = []
    columns: list[Column] = []
    order = ""
    section = "question"
    for line in head:
        if line in {"参数", "列"}:
            section = line
        elif line.startswith("排序:"):
            order = line.removeprefix("排序:").strip()
        elif section == "question" and line:
            question.append(line)
        elif section == "参数" and line and line != "无":
            parameters.append(_parameter(name, line))
        elif section == "列" and line:
            columns.append(_column(name, line))
    if not (question and columns and order and cypher):
        raise ValueError(f"{name}.cypher: the head needs a question, 列 and 排序, and Cypher behind it")
    packed, packed_keys = _packed(cypher, columns)
    return NamedQuery(
        name, "".join(question), tuple(parameters), tuple(columns), order, cypher, packed, packed_keys
    )


def fetch(reader: Reader, name: str, parameters: Mapping[str, object]) -> list[Row]:
    """Rows of a named query with parameters that are bound already; each row holds the declared columns, in order.

    Where all rows are wanted they come many at a time and are sorted here: the servers look every key up again for every two rows that
    they compare.
    """
    query = load_query(name)
    bound = {parameter.name: parameters.get(parameter.name) for parameter in query.parameters}
    columns = [column.name for column in query.columns]
    if query.packed is None or bound.get("limit", ALL_ROWS) != ALL_ROWS:
        return [{column: row[column] for column in columns} for row in reader.run(query.cypher, bound)]
    rows = [values for row in reader.run(query.packed, bound) for values in row["pack"]]
    # The columns come first, what is only sorted by behind them.
    return [dict(zip(columns, values, strict=False)) for values in sorted_rows(rows, query.packed_keys)]


def sorted_rows(rows: list[list[Any]], keys: Iterable[SortKey]) -> list[list[Any]]:
    """The rows as Cypher sorts them: text by its characters, null behind everything else, and before it where a key descends."""
    for key in reversed(list(keys)):
        rows = sorted(rows, key=_by(rows, key.place), reverse=key.descending)
    return rows


def _by(rows: list[list[Any]], place: int) -> Callable[[list[Any]], Any]:
    by_value = operator.itemgetter(place)
    if None not in map(by_value, rows):
        return by_value
    return lambda values: (True, 0) if values[place] is None else (False, values[place])


def _packed(
    cypher: str, columns: Iterable[Column]
) -> tuple[str, tuple[SortKey, ...]] | tuple[None, tuple[()]]:
    end = _ORDER.search(cypher)
    if end is None or _UNION.search(cypher):
        return None, ()
    by = dict(_direction(part) for part in end["keys"].split(","))
    names = list(dict.fromkeys([*(column.name for column in columns), *by]))
    head, _, returned = cypher[: end.start()].rpartition("RETURN")
    packed = (
        f"{head}WITH{returned}WITH collect([{', '.join(names)}]) AS found\n"
        f"UNWIND range(0, size(found) - 1, {ROWS_AT_ONCE}) AS first\n"
        f"RETURN found[first..first + {ROWS_AT_ONCE}] AS pack"
    )
    return packed, tuple(SortKey(names.index(name), descending) for name, descending in by.items())


def _direction(part: str) -> tuple[str, bool]:
    name, *down = part.split()
    return name, bool(down)


def _parameter(query: str, line: str) -> Parameter:
    match = _PARAMETER.match(line)
    if match is None or match[2] not in _TYPES:
        raise ValueError(f"{query}.cypher: {line!r} is no parameter (name: type -- meaning)")
    name, type_, mark, default, meaning = match.groups()
    return Parameter(name, type_, mark is not None, default, meaning)


def _column(query: str, line: str) -> Column:
    match = _COLUMN.match(line)
    if match is None or match[2] not in _TYPES:
        raise ValueError(f"{query}.cypher: {line!r} is no column (name: type -- meaning)")
    return Column(match[1], match[2], match[3])
