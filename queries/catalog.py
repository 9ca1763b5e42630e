"""Finds a named query among the .cypher files and reads its head: what it answers, its parameters, columns and order.

Parameters as a person gives them are checked by queries.parameters; what rows mean is said by the themes' own modules.
"""

from __future__ import annotations

import difflib
import functools
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
    """A name in RETURN by which rows are sorted."""

    name: str
    descending: bool


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question: what it answers, its parameters and columns, the order of its rows, and the Cypher.

    `unsorted` is the Cypher without the ORDER BY and LIMIT at its end, and `keys` are what it would sort by; both are None where the
    Cypher is of several parts with orders of their own.
    """

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    order: str
    cypher: str
    unsorted: str | None
    keys: tuple[SortKey, ...] | None


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
    unsorted, keys = _without_order(cypher)
    return NamedQuery(
        name, "".join(question), tuple(parameters), tuple(columns), order, cypher, unsorted, keys
    )


def fetch(reader: Reader, name: str, parameters: Mapping[str, object]) -> list[Row]:
    """Rows of a named query with parameters that are bound already; each row holds the declared columns, in order.

    Where all rows are wanted they are sorted here: the servers look every key up again for every two rows that they compare.
    """
    query = load_query(name)
    bound = {parameter.name: parameters.get(parameter.name) for parameter in query.parameters}
    columns = [column.name for column in query.columns]
    if query.unsorted is None or query.keys is None or bound.get("limit", ALL_ROWS) != ALL_ROWS:
        rows = reader.run(query.cypher, bound)
    else:
        rows = sorted_rows(reader.run(query.unsorted, bound), query.keys)
    return [{column: row[column] for column in columns} for row in rows]


def sorted_rows(rows: list[Row], keys: Iterable[SortKey]) -> list[Row]:
    """The rows as Cypher sorts them: text by its characters, null behind everything else, and before it where a key descends."""
    for key in reversed(list(keys)):
        rows = sorted(rows, key=_by(key.name), reverse=key.descending)
    return rows


def _by(name: str) -> Callable[[Row], tuple[bool, Any]]:
    def sorts_as(row: Row) -> tuple[bool, Any]:
        value = row[name]
        return (True, 0) if value is None else (False, value)

    return sorts_as


def _without_order(cypher: str) -> tuple[str, tuple[SortKey, ...]] | tuple[None, None]:
    end = _ORDER.search(cypher)
    if end is None or _UNION.search(cypher):
        return None, None
    keys = (part.split() for part in end["keys"].split(","))
    return cypher[: end.start()], tuple(SortKey(name, bool(down)) for name, *down in keys)


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
