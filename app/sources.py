"""Files that a command is given: the options, and what comes of each file, with a bar while they are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.console import track
from loaders.batch import count_sources, extract_files
from loaders.pipeline import Extraction

paths_argument = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="同时工作的进程数。"
)


class Extractions:
    """Extractions of the files in `paths`, one after the other. A file that gave nothing is named on standard error, and `refused`
    is True then."""

    def __init__(self, paths: tuple[Path, ...], jobs: int) -> None:
        self.refused = False
        self._found = track(extract_files(paths, jobs), "读取", count_sources(paths))

    def __iter__(self) -> Iterator[Extraction]:
        for found in self._found:
            if isinstance(found, Extraction):
                yield found
            elif not found.skipped:
                click.echo(f"policygraph: {found}", err=True)
                self.refused = True
