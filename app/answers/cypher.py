"""Cypher 查询: answers of the console and of saved questions as tables, with cites as links and no codes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.answers.compare import LOOKS
from app.answers.overview import look
from app.evidence import reader_address
from app.spoken import say_quantity
from app.tables import Cell, Column, Row, Share, Table, Words, Yuan
from app.texts import is_word, say
from graph.schema import load_schema
from queries.catalog import NamedQuery, Parameter
from queries.console import ConsoleAnswer
from queries.states import PolicyState, Support

_CODES = ("编号", "代码")
"""What a column's meaning ends with that is for programs."""

_YUAN = "(元)"


def answer_table(answer: ConsoleAnswer) -> Table:
    """A free query's answer: every value as text, nodes and edges as JSON."""
    heads = tuple(Column(name, _kind(answer.rows, name)) for name in answer.columns)
    rows = [Row(tuple(_free(row[name]) for name in answer.columns)) for row in answer.rows]
    return Table(say("cypher.result"), heads, rows)


def is_for_readers(query: NamedQuery) -> bool:
    """Whether a person can ask it: not the ones whose parameters are ids that only pages know."""
    return all(
        parameter.optional
        or parameter.default is not None
        or parameter.type not in {"strings", "clause", "string"}
        for parameter in query.parameters
    ) and not any(parameter.type == "strings" and not parameter.optional for parameter in query.parameters)


def saved_table(query: NamedQuery, found: Sequence[Mapping[str, Any]], topics: Mapping[str, str]) -> Table:
    """A saved question's answer under its columns' Chinese names, without codes and ids; the cite leads to the text. `topics` names
    the topics by their codes."""
    shown = [
        column
        for column in query.columns
        if not column.label.endswith(_CODES)
        and column.name not in {"document", "documents"}
        and not (column.name == "unit" and _has_value(query))
    ]
    rows = [Row(tuple(_told(column.name, column.meaning, row, topics) for column in shown)) for row in found]
    heads = tuple(Column(column.label, _kind(found, column.name)) for column in shown)
    return Table(query.name, heads, rows).without_empty()


def choices(parameter: Parameter) -> list[str]:
    """The values that a parameter's meaning lists: 只看这个角色(issuer, interpreter) → issuer, interpreter."""
    if parameter.name == "level":
        return ["municipal", "district", "provincial", "national"]
    return [word for word in re.findall(r"[a-z][a-z0-9_]+|CNY|USD", parameter.meaning) if is_word(word)]


def label_of(parameter: Parameter) -> str:
    """The parameter's name for a reader: its meaning up to the first bracket or Latin letter."""
    return re.split(r"[(\uff08A-Za-z]", parameter.meaning, maxsplit=1)[0] or say("column.kind")


def _has_value(query: NamedQuery) -> bool:
    return any(column.name == "value" for column in query.columns)


def _kind(rows: Sequence[Mapping[str, Any]], name: str) -> Any:
    values = [row[name] for row in rows if row[name] is not None]
    if values and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return "figure"
    longest = max((len(str(value)) for value in values), default=0)
    return "long" if longest > 40 else "text" if longest > 12 else "name" if longest > 6 else "short"


def _free(value: object) -> Cell:
    match value:
        case None | str():
            return value
        case bool():
            return say("cypher.yes" if value else "cypher.no")
        case int() | float():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False, default=str)


def _told(name: str, meaning: str, row: Mapping[str, Any], topics: Mapping[str, str]) -> Cell:
    value = row[name]
    if value is None:
        return ""
    if name.endswith("state") and isinstance(value, str):
        return Words(PolicyState(value).label, state=look(PolicyState(value)))
    if name == "support" and isinstance(value, str):
        return LOOKS[Support(value)]
    if name == "cite" and value and "policy" in row:
        return Words("".join(value), go=reader_address(row["policy"], value, row.get("quote") or ""))
    if name == "value" and "unit" in row:
        return Words(say_quantity(value, row["unit"]), hint=f"{value:,.15g}")
    if _YUAN in meaning and isinstance(value, int | float):
        return Yuan.of(float(value))
    if name in {"rate", "share"} and isinstance(value, float):
        return Share(value)
    if isinstance(value, list):
        words = (topics.get(str(item), str(item)) for item in value)
        return ("" if name.endswith("cite") else "、").join(words)
    return say_word(value) if isinstance(value, str) else _free(value)


def say_word(value: str) -> str:
    """A value of a closed list in Chinese, the name of a label or edge type; any other text as it is."""
    schema = load_schema()
    if value in schema.nodes:
        return schema.nodes[value].label
    if value in schema.edges:
        return schema.edges[value].label
    return say(f"word.{value}") if is_word(value) else value
