"""What a build was made from and what it left out: sources, lexicons, corrections, dropped, unread and open names; no clock.

Versions and counts by label and edge type are put in front by the store (graph.bookkeeping).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data import CORRECTIONS, LEXICONS
from loaders.assemble import Report
from loaders.evidence import cite_at
from loaders.record import PolicyRecord
from loaders.types import Dropped


def build_manifest(
    records: Iterable[PolicyRecord],
    report: Report,
    *,
    dropped: Mapping[str, Sequence[Dropped]] | None = None,
    corrections: Path = CORRECTIONS,
) -> dict[str, object]:
    """The manifest as JSON values, the same whatever the order of the records.

    `dropped` are the stretches of each document (by its name) that are no policy text, where documents were read in this build.
    """
    # One record after the other, and none kept: those of a country would not fit into memory.
    told = sorted(map(_told, records), key=lambda one: one.place)
    return {
        "sources": {source: sha256 for source, sha256, _ in (one.place for one in told)},
        "lexicons": _hashes(LEXICONS),
        "correction_files": _hashes(corrections),
        "corrections": [
            {"id": one.id, "status": one.status, "times": one.times, "why": one.why}
            for one in report.corrections
        ],
        "dropped": {name: _dropped(parts) for name, parts in sorted((dropped or {}).items()) if parts},
        "unread": [entry for one in told for entry in one.unread],
        "unresolved": [entry for one in told for entry in one.unresolved],
        "open_titles": [
            {"policy": one.policy, "title": one.title, "doc_number": one.doc_number}
            | {"candidates": list(one.candidates)}
            for one in report.open_titles
        ],
        "reprints": [
            {"kept": one.kept.source, "policy": one.kept.title}
            | {"others": [other.source for other in one.others]}
            for one in report.reprints
        ],
        "versions": report.versions,
        "without_division": report.without_division,
        "division_by_company": report.by_company,
        "repeated_cites": report.repeated_cites,
    }


@dataclass(frozen=True, slots=True)
class _Told:
    """What the manifest tells of a record: where it stands (document, its hash, part), what was not read and what stays open in it."""

    place: tuple[str, str, int]
    unread: list[dict[str, object]]
    unresolved: list[dict[str, object]]


def _told(record: PolicyRecord) -> _Told:
    policy: dict[str, object] = {"document": record.source, "policy": record.title}
    return _Told(
        (record.source, record.sha256, record.part),
        [
            policy | {"cite": cite_at(record, fact.span[0]), "quote": fact.quote, "reason": fact.reason}
            for fact in sorted(record.unread, key=lambda fact: fact.span)
        ],
        [
            policy | {"kind": fact.kind, "name": fact.name, "candidates": sorted(fact.candidates)}
            for fact in sorted(record.unresolved, key=lambda fact: fact.span)
        ],
    )


def _hashes(folder: Path) -> dict[str, str]:
    """File name → SHA-256 (hex) of its bytes, for the YAML files of a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.yaml"))
    }


def _dropped(parts: Sequence[Dropped]) -> dict[str, dict[str, int]]:
    """Reason → how many stretches were dropped for it, and how many characters."""
    pieces = Counter(part.reason for part in parts)
    characters: Counter[str] = Counter()
    for part in parts:
        characters[part.reason] += len(part.text)
    return {reason: {"pieces": pieces[reason], "characters": characters[reason]} for reason in sorted(pieces)}
