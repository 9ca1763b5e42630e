"""What a build was made from and what it left out: sources, lexicons, corrections, dropped, unread and open names; no clock.

Versions and counts by label and edge type are put in front by the store (graph.bookkeeping).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    ordered = sorted(records, key=lambda one: (one.source, one.sha256, one.part))
    return {
        "sources": {record.source: record.sha256 for record in ordered},
        "lexicons": _hashes(LEXICONS),
        "correction_files": _hashes(corrections),
        "corrections": [
            {"id": one.id, "status": one.status, "times": one.times, "why": one.why}
            for one in report.corrections
        ],
        "dropped": {name: _dropped(parts) for name, parts in sorted((dropped or {}).items()) if parts},
        "unread": [
            {"document": one.source, "policy": one.title, "cite": cite_at(one, fact.span[0])}
            | {"quote": fact.quote, "reason": fact.reason}
            for one in ordered
            for fact in sorted(one.unread, key=lambda fact: fact.span)
        ],
        "unresolved": [
            {"document": one.source, "policy": one.title, "kind": fact.kind, "name": fact.name}
            | {"candidates": sorted(fact.candidates)}
            for one in ordered
            for fact in sorted(one.unresolved, key=lambda fact: fact.span)
        ],
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
