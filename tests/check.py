"""Every check in one command: format, lint, types, tests. Used by people and by .ci/run.

usage: python -m tests.check [--fast]      (--fast leaves the tests out)
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
STATIC = [
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
]
TESTS = [("tests", ["pytest"])]


def main() -> int:
    checks = STATIC if "--fast" in sys.argv[1:] else [*STATIC, *TESTS]
    failed = []
    for name, command in checks:
        print(f"== {name}: {' '.join(command)}", flush=True)
        if subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode:
            failed.append(name)
    print("all checks passed" if not failed else f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
