"""`check`: what was read of each document, what was left out of it, and what could not be read or told apart."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from app.printing import Column, Section, format_option, show, tell_list
from app.sources import Extractions, jobs_option, paths_argument
from loaders.record import PolicyRecord
from loaders.types import Dropped

_SHOWN_CHARS = 60


@click.command()
@paths_argument
@jobs_option
@format_option
def check(paths: tuple[Path, ...], jobs: int, form: str | None) -> None:
    """逐件说明读到了什么、舍弃了什么、哪些数额没有读懂及原因、哪些名称不能确定。有未读数额时以 1 结束。

    \b
    例: policygraph check data/corpus
        policygraph check 我的政策/ --format json
    """
    sources = Extractions(paths, jobs)
    records: list[PolicyRecord] = []
    dropped: list[tuple[str, Dropped]] = []
    for extraction in sources:
        records += extraction.records
        dropped += [(extraction.document, piece) for piece in extraction.dropped]
    unread = [{"policy": r.title, "reason": f.reason, "quote": f.quote} for r in records for f in r.unread]
    unresolved = [
        {"policy": r.title, "name": f.name, "candidates": f.candidates} for r in records for f in r.unresolved
    ]
    sections = [
        Section("policies", "读到的政策", _POLICIES, [_policy(record) for record in records]),
        Section("unread", "未读的数额", _UNREAD, unread, "没有。"),
        Section("unresolved", "不能确定的名称", _UNRESOLVED, unresolved, "没有。"),
        Section("dropped", "舍弃的内容(不是政策原文)", _DROPPED, list(_counted(dropped)), "没有。"),
    ]
    show(sections, form)
    sys.exit(1 if unread or sources.refused else 0)


def _policy(record: PolicyRecord) -> dict[str, Any]:
    return {
        "title": record.title,
        "jurisdiction": record.jurisdiction,
        "doc_number": record.doc_number,
        "clauses": len(record.clauses),
        "benefits": sum(len(clause.benefits) for clause in record.clauses),
        "effective_to": record.effective_to,
        "unread": len(record.unread),
        "document": record.source,
    }


def _counted(dropped: list[tuple[str, Dropped]]) -> Iterator[dict[str, Any]]:
    """A row for each document and reason: how often, all stretches, and the longest of them for people."""
    stretches: dict[tuple[str, str], list[str]] = {}
    for document, piece in dropped:
        stretches.setdefault((document, piece.reason), []).append(" ".join(piece.text.split()))
    for (document, reason), texts in stretches.items():
        longest = max(texts, key=len)
        yield {
            "document": document,
            "reason": reason,
            "times": len(texts),
            "example": longest,
            "texts": texts,
        }


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"


_POLICIES = (
    Column("title", "政策"),
    Column("jurisdiction", "地区"),
    Column("doc_number", "文号"),
    Column("clauses", "条款", right=True),
    Column("benefits", "支持标准", right=True),
    Column("effective_to", "有效期至"),
    Column("unread", "未读", right=True),
    Column("document", "文件"),
)
_UNREAD = (Column("policy", "政策"), Column("reason", "原因"), Column("quote", "原文", quote=True))
_UNRESOLVED = (Column("policy", "政策"), Column("name", "名称"), Column("candidates", "可能是", tell_list))
_DROPPED = (
    Column("document", "文件"),
    Column("reason", "原因"),
    Column("times", "处数", right=True),
    Column("example", "例", _shortened, use="told"),
    Column("texts", "内容", use="data"),
)
