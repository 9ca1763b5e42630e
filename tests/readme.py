"""Fills the READMEs' examples with what the commands really print, so that no output in them is written by hand.

usage: python -m tests.readme            say which pages are stale (exit code 1)
       python -m tests.readme --write    make them anew

An example stands between `<!-- example: ARGUMENTS | columns: A B | rows: N -->` and `<!-- /example -->`: the command, and of the first table that it
prints the columns and rows that are named (all, where none are).
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).parent.parent
DAY = "2026-11-23"
"""The day that the pages say their outputs are of: what is in force changes with the years."""

PAGES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
_EXAMPLE = re.compile(r"(<!-- example: (?P<spec>[^>]*?) -->\n)(?P<body>.*?)(<!-- /example -->)", re.DOTALL)
_SCORES = re.compile(r"(<!-- scores -->\n).*?(<!-- /scores -->)", re.DOTALL)
_SCORE_COLUMNS = 3


def rendered(page: str, environment: Mapping[str, str]) -> str:
    """The page with every example run anew against the graph that `environment` names, and the kept scores."""
    page = _SCORES.sub(lambda match: f"{match[1]}{_scores()}{match[2]}", page)
    return _EXAMPLE.sub(lambda match: f"{match[1]}{_example(match['spec'], environment)}{match[4]}", page)


def _scores() -> str:
    """The kept figures as a table of three pairs of columns, read down each pair."""
    figures = json.loads((ROOT / "tests" / "gold" / "scores.json").read_text(encoding="utf-8"))
    shown = [f"{name} | {figure:.3f}" for name, figure in figures.items() if figure]
    height = -(-len(shown) // _SCORE_COLUMNS)
    columns = [shown[start : start + height] for start in range(0, len(shown), height)]
    lines = [f"| {' | '.join(row)} |" for row in zip_longest(*columns, fillvalue=" | ")]
    head = f"| {' | '.join(['fact | F1'] * len(columns))} |"
    return "\n".join([head, f"|{' --- | ---: |' * len(columns)}", *lines]) + "\n"


def _example(spec: str, environment: Mapping[str, str]) -> str:
    arguments, *options = [part.strip() for part in spec.split("|")]
    chosen = dict(option.split(":", 1) for option in options)
    command = [sys.executable, "-c", "from app.cli import main; main()", *shlex.split(arguments)]
    shown = f"```console\n$ policygraph {arguments}\n"
    result = subprocess.run(
        [*command, "--as-of", DAY, "--format", "md"],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    return f"{shown}```\n\n{_table(result.stdout, chosen)}\n"


def _table(text: str, chosen: Mapping[str, str]) -> str:
    """Of the first table of a command's Markdown, the columns and rows that are named."""
    lines = [line for line in text.split("\n\n### ", 1)[0].splitlines() if line.startswith("|")]
    head, *rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in (lines[0], *lines[2:])]
    picked = [head.index(column) for column in chosen.get("columns", "").split() or head]
    shown = [[head[at] for at in picked], ["---"] * len(picked)]
    shown += [[row[at] for at in picked] for row in rows[: int(chosen.get("rows", len(rows)))]]
    return "\n".join(f"| {' | '.join(row)} |" for row in shown)


def bundled_graph(folder: Path) -> dict[str, str]:
    """Builds the bundled corpus in a data folder of its own; returns the environment that names it."""
    environment = {**os.environ, "POLICYGRAPH_HOME": str(folder), "NEO4J_URI": ""}
    command = [sys.executable, "-c", "from app.cli import main; main()", "build"]
    subprocess.run(command, check=True, capture_output=True, env=environment, cwd=ROOT)
    return environment


def stop_server_of(environment: dict[str, str]) -> None:
    """Ends the server of a data folder that `bundled_graph` made."""
    down = [sys.executable, "-c", "from app.cli import main; main()", "down"]
    subprocess.run(down, check=True, capture_output=True, env=environment, cwd=ROOT)


def main() -> int:
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        environment = bundled_graph(Path(folder))
        for page in PAGES:
            before = page.read_text(encoding="utf-8")
            after = rendered(before, environment)
            if after != before and "--write" in sys.argv[1:]:
                page.write_text(after, encoding="utf-8")
            elif after != before:
                stale.append(page.name)
        stop_server_of(environment)
    if stale:
        print(f"stale: {', '.join(stale)}; run python -m tests.readme --write")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
