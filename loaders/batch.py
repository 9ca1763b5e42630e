"""Extracts many files, one process or several, one document in memory at a time each; results keep the files' order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.workers import in_new_processes
from loaders.pipeline import Extraction, extract_document
from loaders.read import Refusal, Source, list_sources, read_document


def count_sources(paths: Iterable[Path]) -> int:
    """How many files and refusals `extract_files` will give."""
    return sum(1 for _ in list_sources(paths))


def extract_files(paths: Iterable[Path], jobs: int = 1) -> Iterator[Extraction | Refusal]:
    """Reads and extracts files and folders: arguments in order, folders by name. Never raises for bad input.

    With `jobs` processes the results and their order are the same.
    """
    sources = list_sources(paths)
    return map(_extract, sources) if jobs <= 1 else in_new_processes(_extract, sources, jobs)


def _extract(source: Source | Refusal) -> Extraction | Refusal:
    if isinstance(source, Refusal):
        return source
    document = read_document(source)
    if isinstance(document, Refusal):
        return document
    extraction = extract_document(document)
    if not extraction.records:
        return Refusal(document.name, "没有找到政策:既没有标题,也没有编号的条款;请确认这是政策原文。")
    return extraction
