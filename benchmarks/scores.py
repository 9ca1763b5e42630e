"""The score table of extraction against the gold: docs/scores.md, and the figures that a test holds on to.

usage: python benchmarks/scores.py            print the table
       python benchmarks/scores.py --write    and keep it: docs/scores.md and tests/gold/scores.json
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from data import CORPUS
from loaders.pipeline import extract_document
from loaders.read import iter_documents
from loaders.types import Document

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"
SCORES, TARGETS, PAGE = GOLD / "scores.json", GOLD / "targets.json", ROOT / "docs" / "scores.md"


def measure() -> dict[str, dict[str, float]]:
    """Kind of fact → gold, found, hits, precision, recall, f1, over the bundled corpus, as tests/gold/score.py counts them."""
    records = [
        record
        for document in iter_documents([CORPUS])
        if isinstance(document, Document)
        for record in extract_document(document).records
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.jsonl"
        path.write_bytes(b"\n".join(msgspec.json.encode(record) for record in records))
        command = [sys.executable, str(GOLD / "score.py"), str(GOLD / "seeds"), str(path), "--json"]
        report: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    report.pop("policies")
    return report


def table(report: dict[str, dict[str, float]]) -> str:
    """The report as a Markdown table, with the figure asked for."""
    targets = json.loads(TARGETS.read_text(encoding="utf-8"))
    rows = [
        "| fact | gold | found | precision | recall | F1 | asked |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind, figures in report.items():
        cells = (
            f"{figures['gold']} | {figures['found']} | {figures['precision']:.3f} | {figures['recall']:.3f}"
        )
        rows.append(f"| {kind} | {cells} | {figures['f1']:.3f} | {targets.get(kind, '')} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    report = measure()
    print(table(report))
    if args.write:
        floors = {kind: figures["f1"] for kind, figures in report.items()}
        SCORES.write_text(json.dumps(floors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        head = "# Scores\n\nExtraction on the 24 policies of the bundled corpus against `tests/gold`, micro-averaged.\n"
        how = "Made by `python benchmarks/scores.py --write`; `tests/test_scores.py` fails when a figure falls.\n"
        PAGE.write_text(f"{head}{how}\n{table(report)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
