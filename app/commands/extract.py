"""`extract` and `check`: documents in, records out; what was dropped, unread or left unresolved."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from app.console import is_terminal, show_table, track
from loaders.batch import count_sources, extract_files
from loaders.pipeline import Extraction
from loaders.read import Refusal

_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
_JOBS = click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="同时读取的进程数。"
)


@click.command()
@_PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl"]),
    default="jsonl",
    show_default=True,
    help="json 为一个列表,jsonl 每行一件政策。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写入文件;不给则写到标准输出。写完才替换已有的文件。",
)
@_JOBS
def extract(paths: tuple[Path, ...], form: str, out: Path | None, jobs: int) -> None:
    """读取政策文件或文件夹,每件政策输出一条记录,每个事实都带原文和位置。

    \b
    例: policygraph extract data/corpus --out records.jsonl
        policygraph extract 政策.pdf --format json
    """
    import msgspec

    encoder = msgspec.json.Encoder()
    refused = False
    with _destination(out) as stream:
        opening, between, closing = (b"[\n", b",\n", b"\n]\n") if form == "json" else (b"", b"\n", b"\n")
        before = opening
        for extraction in _track(paths, jobs):
            if isinstance(extraction, Refusal):
                refused |= _report(extraction)
                continue
            for record in extraction.records:
                stream.write(before)
                stream.write(encoder.encode(record))
                before = between
        stream.write(closing if before == between else opening + closing if form == "json" else b"")
    sys.exit(1 if refused else 0)


@click.command()
@_PATHS
@_JOBS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default=None,
    help="不给则终端上为表格,否则为 json。",
)
def check(paths: tuple[Path, ...], jobs: int, form: str | None) -> None:
    """列出文件中舍弃了什么、哪些数额没有读懂及原因、哪些名称不能确定。有未读数额时以 1 结束。

    \b
    例: policygraph check data/corpus
    """
    dropped: list[tuple[str, str, str]] = []
    unread: list[tuple[str, str, str]] = []
    unresolved: list[tuple[str, str, str]] = []
    policies, refused = 0, False
    for extraction in _track(paths, jobs):
        if isinstance(extraction, Refusal):
            refused |= _report(extraction)
            continue
        policies += len(extraction.records)
        dropped += [
            (extraction.document, piece.reason, _shortened(piece.text)) for piece in extraction.dropped
        ]
        for record in extraction.records:
            unread += [(record.title, fact.reason, fact.quote) for fact in record.unread]
            unresolved += [
                (record.title, fact.name, "、".join(fact.candidates)) for fact in record.unresolved
            ]
    if form == "json" or (form is None and not is_terminal()):
        _write_json(policies, dropped, unread, unresolved)
    else:
        show_table("舍弃的内容(不是政策原文)", ["文件", "原因", "内容"], dropped)
        show_table("不能确定的名称", ["政策", "名称", "可能是"], unresolved)
        show_table("未读的数额", ["政策", "原因", "原文"], unread)
        click.echo(
            f"{policies} 件政策,舍弃 {len(dropped)} 处,未定名称 {len(unresolved)} 个,未读数额 {len(unread)} 个。"
        )
    sys.exit(1 if unread or refused else 0)


def _track(paths: tuple[Path, ...], jobs: int) -> Iterator[Extraction | Refusal]:
    yield from track(extract_files(paths, jobs), "读取", count_sources(paths))


def _report(refusal: Refusal) -> bool:
    """Says on standard error why a file gave nothing; whether that is a failure."""
    if not refusal.skipped:
        click.echo(f"policygraph: {refusal}", err=True)
    return not refusal.skipped


def _shortened(text: str, length: int = 60) -> str:
    words = " ".join(text.split())
    return words if len(words) <= length else f"{words[:length]}…"


def _write_json(
    policies: int,
    dropped: list[tuple[str, str, str]],
    unread: list[tuple[str, str, str]],
    unresolved: list[tuple[str, str, str]],
) -> None:
    import json

    report = {
        "policies": policies,
        "dropped": [dict(zip(("document", "reason", "text"), row, strict=True)) for row in dropped],
        "unread": [dict(zip(("policy", "reason", "quote"), row, strict=True)) for row in unread],
        "unresolved": [dict(zip(("policy", "name", "candidates"), row, strict=True)) for row in unresolved],
    }
    click.echo(json.dumps(report, ensure_ascii=False, indent=1))


@contextmanager
def _destination(out: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only when all is written."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from app.files import written_whole

    with written_whole(out) as stream:
        yield stream
