"""`extract`: documents in, records out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from app.sources import Extractions, jobs_option, paths_argument


@click.command()
@paths_argument
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
@jobs_option
def extract(paths: tuple[Path, ...], form: str, out: Path | None, jobs: int) -> None:
    """读取政策文件或文件夹,每件政策输出一条记录,每个事实都带原文和位置。

    \b
    例: policygraph extract data/corpus --out records.jsonl
        policygraph extract 政策.pdf --format json
    """
    import msgspec

    encoder = msgspec.json.Encoder()
    sources = Extractions(paths, jobs)
    with _destination(out) as stream:
        opening, between, closing = (b"[\n", b",\n", b"\n]\n") if form == "json" else (b"", b"\n", b"\n")
        before = opening
        for extraction in sources:
            for record in extraction.records:
                stream.write(before)
                stream.write(encoder.encode(record))
                before = between
        stream.write(closing if before == between else opening + closing if form == "json" else b"")
    sys.exit(1 if sources.refused else 0)


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
