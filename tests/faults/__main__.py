"""The whole form of the fault tests in one command; its counts go into docs/faults.md.

usage: python -m tests.faults
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "faults.md"
BEGIN, END = "<!-- counts: written by python -m tests.faults -->", "<!-- end of counts -->"


def main() -> int:
    """Runs every test of this folder in its whole form. Exit code 1 where one fails; the page is then left as it is."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes.jsonl"
        environ = {**os.environ, "POLICYGRAPH_FAULTS": "whole", "POLICYGRAPH_FAULTS_NOTES": str(notes)}
        command = [sys.executable, "-m", "pytest", "tests/faults", "-s", *sys.argv[1:]]
        if subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode:
            return 1
        rows = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    lines = ["| fault | tried | what came of it |", "| --- | ---: | --- |"]
    lines += [f"| {row['fault']} | {row['tried']:,} | {row['outcome']} |" for row in rows]
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text("\n".join([before + BEGIN, *lines, END + rest.partition(END)[2]]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
