"""A coverage-guided fuzzer on cleaning, segmenting, amounts, or all of extraction: `pip install -e '.[fuzz]'` first.

usage: python -m tests.faults.fuzz [clean | segment | amounts | extract] [--seconds 60] [--seed 1] [--kept FOLDER]

It starts from the bundled policies and mutates them by what branches they reach. A finding ends it with exit code 1 and
the input in a file; --kept keeps inputs that reached something new, from which the next run goes on.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

LONGEST = 3_000
"""Of an input, in bytes: a page. What grows with length is tests/faults/test_long_lines.py's."""


TARGETS = ("clean", "segment", "amounts", "extract")


class FindingError(AssertionError):
    """A text that breaks the law."""


def write_seeds(folder: Path) -> None:
    """The bundled policies in pieces of a page: what the fuzzer begins with."""
    from data import CORPUS

    for source in sorted(CORPUS.glob("*.txt")):
        data = source.read_bytes()
        for at in range(0, min(len(data), 40 * LONGEST), LONGEST):
            (folder / f"{source.stem}-{at}").write_bytes(data[at : at + LONGEST])


def write_dictionary(path: Path) -> None:
    """The pieces that texts.py builds texts from, as the fuzzer's own dictionary."""
    from tests.faults import texts

    words = {word for name, words in vars(texts).items() if name.isupper() for word in words if word.strip()}
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in sorted(words))
    path.write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")


def main() -> None:
    """Fuzzes one target for so many seconds."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults.fuzz", description="Coverage-guided fuzzing."
    )
    parser.add_argument("target", choices=TARGETS, nargs="?", default="extract")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=Path, help="folder for inputs that reach something new")
    options = parser.parse_args()
    try:
        import atheris
    except ImportError:
        sys.exit("the fuzzer needs atheris: pip install -e '.[fuzz]'")
    with atheris.instrument_imports(
        include=["loaders"]
    ):  # for which nothing of it may have been imported before
        from tests.faults import law
    _fuzz(atheris, law, options)


def _fuzz(atheris: Any, law: Any, options: argparse.Namespace) -> None:
    find = getattr(law, f"{options.target}_problems")

    def one_input(data: bytes) -> None:
        text = data.decode("utf-8", errors="replace")
        seconds: list[float] = []
        with law.timed(seconds.append):
            found = find(text)
        if seconds[0] > law.SECONDS:
            found.append(f"took {seconds[0]:.1f} s")
        if found:
            raise FindingError(f"{text!r}: {found[0]}")

    folder = Path(tempfile.mkdtemp(prefix="policygraph-fuzz-"))
    seeds, dictionary = folder / "seeds", folder / "dictionary"
    seeds.mkdir()
    write_seeds(seeds)
    write_dictionary(dictionary)
    kept = options.kept or folder / "kept"
    kept.mkdir(parents=True, exist_ok=True)
    arguments = [
        sys.argv[0],
        str(kept),
        str(seeds),
        f"-max_total_time={options.seconds}",
        f"-seed={options.seed}",
    ]
    arguments += [
        f"-max_len={LONGEST}",
        f"-dict={dictionary}",
        f"-artifact_prefix={folder}/",
        "-timeout=30",
        "-print_final_stats=1",
    ]
    atheris.Setup(arguments, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
