"""Corrections that people made (data/corrections/*.yaml): their forms, read and checked.

How they are applied to records is for correct.py.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import msgspec
import yaml

from data import CORRECTIONS
from graph.errors import PolicyGraphError
from loaders.record import (
    AdministeredBy,
    Benefit,
    Citation,
    Exclusion,
    Fact,
    LevelMatch,
    Mention,
    OtherAmount,
    Stacking,
    Supersedes,
    Threshold,
)

ClauseFacts = Literal["benefits", "thresholds", "other_amounts", "matches", "mentions"]
PolicyFacts = Literal["administered_by", "supersedes", "cites", "excludes", "stacks"]

FACT_TYPES: dict[str, type[Fact]] = {
    "benefits": Benefit,
    "thresholds": Threshold,
    "other_amounts": OtherAmount,
    "matches": LevelMatch,
    "mentions": Mention,
    "administered_by": AdministeredBy,
    "supersedes": Supersedes,
    "cites": Citation,
    "excludes": Exclusion,
    "stacks": Stacking,
}
# Fields of a record that a correction may set; they are known without a sentence of their own.
RECORD_FIELDS = frozenset(
    [
        "level",
        "jurisdiction",
        "kind",
        "draft",
        "doc_number",
        "issued_on",
        "effective_from",
        "effective_to",
        "valid_years",
        "industries",
    ]
)


class CorrectionError(PolicyGraphError):
    """An entry of data/corrections that cannot be meant so; the sentence names file and entry."""


class PolicyRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which policy an entry is about: its title, and its number or document where several have that title."""

    title: str
    doc_number: str | None = None
    document: str | None = None


class ClauseRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One end of a link: a clause of a policy, or with an empty cite the policy; `title` of one only named will do."""

    title: str
    cite: tuple[str, ...] = ()


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    id: str
    reason: str
    date: datetime.date


class WrongValue(_Entry, frozen=True, kw_only=True, tag="wrong_value"):
    """Facts that have all values of `was` get those of `now`, or go where `now` is null.

    Without `fact`, `was` and `now` name fields of the policy (issued_on, effective_to, …).
    """

    policy: PolicyRef
    cite: tuple[str, ...] = ()
    fact: ClauseFacts | PolicyFacts | None = None
    was: dict[str, Any]
    now: dict[str, Any] | None


class MissingFact(_Entry, frozen=True, kw_only=True, tag="missing_fact"):
    """A fact that reading missed: its quote, which must stand in the clause (or anywhere in the policy without `cite`), and its values."""

    policy: PolicyRef
    cite: tuple[str, ...] = ()
    fact: ClauseFacts | PolicyFacts
    quote: str
    values: dict[str, Any]


class SameAgency(_Entry, frozen=True, kw_only=True, tag="same_agency"):
    """Names of one body; `name` is the one to keep."""

    name: str
    aliases: tuple[str, ...]


class FalseLink(_Entry, frozen=True, kw_only=True, tag="false_link"):
    """An edge that does not hold. Of edges without direction either end may be named first."""

    edge: str
    start: ClauseRef = msgspec.field(name="from")
    end: ClauseRef = msgspec.field(name="to")


Correction: TypeAlias = WrongValue | MissingFact | SameAgency | FalseLink


def read_corrections(folder: Path = CORRECTIONS) -> list[Correction]:
    """All entries of the YAML files of a folder, in the order of file names. Raises: CorrectionError that names file and entry."""
    entries: list[Correction] = []
    known: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            listed = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or []
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise CorrectionError(f"更正文件 {path.name} 无法读取:{error}") from error
        if not isinstance(listed, list):
            raise CorrectionError(f"更正文件 {path.name} 应为条目列表")
        for number, raw in enumerate(listed, start=1):
            entry = _read_entry(path.name, number, raw)
            if entry.id in known:
                raise CorrectionError(
                    f"更正文件 {path.name} 第{number}条:编号“{entry.id}”已用于 {known[entry.id]}"
                )
            known[entry.id] = path.name
            entries.append(entry)
    return entries


def _read_entry(file: str, number: int, raw: object) -> Correction:
    own = raw.get("id") if isinstance(raw, dict) else None
    where = f"更正文件 {file} 第{number}条" + (f"({own})" if own else "")
    try:
        entry: Correction = msgspec.convert(_with_iso_dates(raw), Correction)
    except msgspec.ValidationError as error:
        raise CorrectionError(f"{where}:{error}") from error
    if not entry.id.strip() or not entry.reason.strip():
        raise CorrectionError(f"{where}:编号(id)和理由(reason)不能为空")
    problem = _problem(entry)
    if problem:
        raise CorrectionError(f"{where}:{problem}")
    return entry


def _with_iso_dates(raw: object) -> object:
    """YAML reads 2025-06-01 as a date; in records a date is a string."""
    if not isinstance(raw, dict):
        return raw
    values = {name: raw[name] for name in ("was", "now", "values") if isinstance(raw.get(name), dict)}
    return raw | {
        name: {key: one.isoformat() if isinstance(one, datetime.date) else one for key, one in value.items()}
        for name, value in values.items()
    }


def _problem(entry: Correction) -> str | None:
    """What is wrong with an entry that has the right form, None where nothing is."""
    if isinstance(entry, WrongValue):
        if entry.fact is None:
            unknown = (set(entry.was) | set(entry.now or {})) - RECORD_FIELDS
            return f"政策没有可更正的字段:{'、'.join(sorted(unknown))}" if unknown or not entry.now else None
        wanted = {one.encode_name for one in msgspec.structs.fields(FACT_TYPES[entry.fact])}
        unknown = (set(entry.was) | set(entry.now or {})) - wanted
        if unknown:
            return f"{entry.fact} 没有字段:{'、'.join(sorted(unknown))}"
    if isinstance(entry, MissingFact):
        try:
            msgspec.convert({**entry.values, "span": (0, 0)}, FACT_TYPES[entry.fact])
        except msgspec.ValidationError as error:
            return f"values 不是有效的 {entry.fact}:{error}"
        if entry.fact in get_args(ClauseFacts) and not entry.cite:
            return f"{entry.fact} 须写明条款(cite)"
    return None
