"""Hands lists of answers over as pandas DataFrames, for notebooks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def to_frame(items: Iterable[Any]) -> pd.DataFrame:
    """A DataFrame with one row for each dataclass; a dataclass inside one becomes columns with its name in front (ref_cite)."""
    import pandas as pd  # 0.3 s: only for those who want one

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
