"""Hands lists of answers over as pandas DataFrames, for notebooks (extra "notebook")."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from enum import Enum
from importlib import import_module
from typing import Any

from graph.errors import UsageError


def to_frame(items: Iterable[Any]) -> Any:
    """A pandas DataFrame with one row for each dataclass; a dataclass inside one becomes columns with its name in front (ref_cite).

    Raises: UsageError where pandas is not installed.
    """
    try:
        pd = import_module("pandas")
    except ImportError:
        raise UsageError("没有安装 pandas:请先 pip install policygraph[notebook]") from None
    return pd.DataFrame([to_record(item) for item in items])


def to_record(item: Any, prefix: str = "") -> dict[str, object]:
    """A dataclass as a flat dict: tuples of plain values as lists, enums as their value."""
    record: dict[str, object] = {}
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if dataclasses.is_dataclass(value):
            record |= to_record(value, f"{prefix}{field.name}_")
        else:
            record[prefix + field.name] = _plain(value)
    return record


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return to_record(value)
    if isinstance(value, tuple | list | frozenset):
        return [_plain(item) for item in value]
    return value
