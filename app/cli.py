"""The command line: extract, check, build, query, explore, export."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec


@click.group()
@click.version_option(package_name="policygraph")
def main() -> None:
    """A knowledge graph of industrial-support policies."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["json", "jsonl"]), default="jsonl", show_default=True)
def extract(paths: tuple[Path, ...], form: str) -> None:
    """Read policy documents into records."""
    import hashlib  # noqa: PLC0415

    from loaders.pipeline import extract_document  # noqa: PLC0415
    from loaders.types import Document  # noqa: PLC0415

    encoder = msgspec.json.Encoder()
    records = []
    for path in paths:
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            content = file.read_bytes()
            document = Document(file.name, content.decode("utf-8"), hashlib.sha256(content).hexdigest())
            records += extract_document(document).records
    for record in records:
        sys.stdout.buffer.write(encoder.encode(record) + b"\n")
