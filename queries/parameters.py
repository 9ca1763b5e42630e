"""Checks and converts the parameters of a named query as a person gives them, and runs it.

Which queries there are is queries.catalog's; what a name means is queries.names's.
"""

from __future__ import annotations

import datetime
import difflib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.errors import UsageError
from queries.catalog import NamedQuery, Parameter, fetch, load_query
from queries.names import Names
from queries.reader import Reader, Row

Given: TypeAlias = str | int | float | bool | datetime.date | list[str] | tuple[str, ...] | None
"""What a caller gives for a parameter: text from a command line, or a value of the right type."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a named query: its rows hold the declared columns only, in the declared order."""

    query: NamedQuery
    parameters: Mapping[str, object]
    rows: list[Row]

    @property
    def notice(self) -> str | None:
        """That there may be more rows than the query's limit let through, in Chinese; None where there are not."""
        limit = self.parameters.get("limit")
        if limit is None or len(self.rows) < int(str(limit)):
            return None
        return f"只显示前 {limit} 行,后面可能还有:用 --param limit={10 * int(str(limit))} 放宽"


LARGEST_INTEGER = 2**31 - 1
"""What both servers take for a number of rows."""


def bind(query: NamedQuery, given: Mapping[str, Given], names: Names) -> dict[str, object]:
    """All parameters of the query with values of their types; what is not given takes its default or null.

    Raises: UsageError for a parameter that is missing, unknown, mistyped, or names nothing in the graph.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"您是不是要用 {near[0]}?" if near else f"它的参数有:{', '.join(known) or '无'}。"
            raise UsageError(f"查询 {query.name} 没有参数“{name}”。{hint}")
    values: dict[str, object] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name)
        if value is None or value == "":
            value = parameter.default
        if value is None:
            if not parameter.optional:
                raise UsageError(f"查询 {query.name} 缺少参数 {parameter.name}({parameter.meaning})")
            values[parameter.name] = None
        else:
            values[parameter.name] = _convert(parameter, value, names)
    return values


def run_query(reader: Reader, name: str, given: Mapping[str, Given] | None = None) -> Table:
    """Run a named query with parameters as a person gives them. Raises: UsageError, StoreError."""
    query = load_query(name)
    parameters = bind(query, given or {}, Names(reader))
    return Table(query, parameters, fetch(reader, name, parameters))


def parse_date(value: Given, name: str = "as_of") -> str:
    """A date as ISO text; "today" is the day of the call. Raises: UsageError."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if value == "today":
        return datetime.date.today().isoformat()
    try:
        return datetime.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise UsageError(f"{name} 是“{value}”,不是日期:请写成 2028-01-01 的样子") from None


def _convert(parameter: Parameter, value: Given, names: Names) -> object:
    match parameter.type:
        case "date":
            return parse_date(value, parameter.name)
        case "integer":
            return _integer(parameter, value)
        case "number":
            return _number(parameter, value)
        case "boolean":
            return _boolean(parameter, value)
        case "string":
            return str(value)
        case "strings":
            return _items(value)
        case "topics":
            return [names.resolve("topic", item) for item in _items(value)]
        case entity:
            return names.resolve(entity, str(value))


def _items(value: Given) -> list[str]:
    """A list as it is; text split at commas."""
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return [item.strip() for item in re.split("[,\uff0c\u3001]", str(value)) if item.strip()]


def _integer(parameter: Parameter, value: Given) -> int:
    try:
        number = int(str(value))
    except ValueError:
        raise UsageError(f"参数 {parameter.name} 须是整数,给的是“{value}”") from None
    if abs(number) > LARGEST_INTEGER:
        raise UsageError(f"参数 {parameter.name} 的绝对值不能超过 {LARGEST_INTEGER:,}")
    return number


def _number(parameter: Parameter, value: Given) -> float:
    try:
        number = parse_number(str(value))
    except ValueError:
        raise UsageError(f"参数 {parameter.name} 须是数,给的是“{value}”") from None
    if not math.isfinite(number):
        raise UsageError(f"参数 {parameter.name} 太大,不是金额或比例")
    return number


def parse_number(text: str) -> float:
    """A plain figure, or one in 万 or 亿 (元): "500万" is 5,000,000. Raises: ValueError."""
    match = re.fullmatch(r"\s*(-?[\d,]*\.?\d+)\s*(万|亿)?元?\s*", text)
    if match is None:
        raise ValueError(text)
    return float(match[1].replace(",", "")) * {None: 1, "万": 10**4, "亿": 10**8}[match[2]]


def _boolean(parameter: Parameter, value: Given) -> bool:
    known = {
        "true": True,
        "1": True,
        "yes": True,
        "是": True,
        "false": False,
        "0": False,
        "no": False,
        "否": False,
    }
    chosen = known.get(str(value).lower())
    if chosen is None:
        raise UsageError(f"参数 {parameter.name} 须是 true 或 false,给的是“{value}”")
    return chosen
