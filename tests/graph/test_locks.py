"""A lock is held by one process and gone with it, however it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.errors import BusyError
from graph.locks import exclusive, is_held

HOLD = """
import sys, time
from pathlib import Path
from graph.locks import exclusive
with exclusive(Path(sys.argv[1]), "taken"):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def held_by_another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_free_lock_is_taken_and_let_go(tmp_path: Path) -> None:
    for _ in range(2):
        with exclusive(tmp_path / "lock", "taken"):
            assert is_held(tmp_path / "lock")
        assert not is_held(tmp_path / "lock")


def test_a_lock_that_nobody_ever_took_is_free(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "lock")


def test_a_second_taker_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    sentence = "another build is at work"
    with held_by_another_process(path), pytest.raises(BusyError, match=sentence), exclusive(path, sentence):
        pass


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    with held_by_another_process(tmp_path / "lock") as process:
        assert is_held(tmp_path / "lock")
        process.send_signal(signal.SIGKILL)
        with exclusive(tmp_path / "lock", "stale", wait_seconds=5):
            pass
