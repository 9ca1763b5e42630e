"""Lines sorted by a number each has, for more of them than fit into memory: first each goes into a part by its number, then the parts are
sorted one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from graph.data_folder import disk_errors

NUMBERS_OF_A_PART = 100_000
"""So many numbers are of one part; of a country's SIMILAR_TO some 50 MB."""


def sorted_lines(lines: Iterable[bytes], number_of: Callable[[bytes], int], folder: Path) -> Iterator[bytes]:
    """The lines, without line breaks, by their numbers from 0; those of one number stay in their order. Parts are kept in `folder`.

    Raises: StoreError where the disk is full.
    """
    parts: dict[int, IO[bytes]] = {}
    with ExitStack() as opened:
        with disk_errors(folder):
            for line in lines:
                part = number_of(line) // NUMBERS_OF_A_PART
                if part not in parts:
                    parts[part] = opened.enter_context(TemporaryFile(dir=folder))
                parts[part].write(line + b"\n")
            for file in parts.values():
                file.seek(0)
        for part in sorted(parts):
            yield from sorted(map(bytes.rstrip, parts[part]), key=number_of)
