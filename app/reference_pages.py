"""Writes the pages of docs/ that follow from the code; with `--check` it only says which are stale.

usage: python -m app.reference_pages [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from app import cli_page
from graph import model_page
from graph.schema import load_schema

DOCS = Path(__file__).parents[1] / "docs"

PAGES: dict[Path, Callable[[], str]] = {
    DOCS / "model.md": lambda: model_page.render(load_schema()),
    DOCS / "cli.md": cli_page.render,
}
"""Each page and what makes its text."""


def stale() -> list[str]:
    """Names of the pages that say something else than the code does."""
    return [
        page.name
        for page, render in PAGES.items()
        if not page.exists() or page.read_text(encoding="utf-8") != render()
    ]


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check compare them. Exit code 1 where one is stale, 2 for any other argument."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: python -m app.reference_pages [--check]\n")
        return 2
    if not arguments:
        for page, render in PAGES.items():
            page.write_text(render(), encoding="utf-8")
        return 0
    found = stale()
    if found:
        sys.stderr.write(f"stale: {', '.join(found)}; run python -m app.reference_pages\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
