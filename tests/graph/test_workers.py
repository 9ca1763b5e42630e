"""Work is shared out among processes, and its results come in the order of the items."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.workers import in_forks, in_new_processes


def doubled(number: int) -> tuple[int, int]:
    """A function of a module, as new processes need it."""
    return 2 * number, os.getpid()


def test_new_processes_give_their_results_in_order() -> None:
    results = list(in_new_processes(doubled, range(20), 2))
    assert [result for result, _ in results] == [2 * number for number in range(20)]
    assert os.getpid() not in {process for _, process in results}


@pytest.mark.parametrize(("items", "jobs", "processes"), [(20, 2, 2), (1, 2, 1), (20, 1, 1)])
def test_forks_have_at_hand_what_this_process_holds(items: int, jobs: int, processes: int) -> None:
    held = {number: f"第{number}件" for number in range(items)}
    results = list(in_forks(lambda number: (held[number], os.getpid()), range(items), jobs))
    assert [words for words, _ in results] == list(held.values())
    assert len({process for _, process in results}) <= processes
    assert ({process for _, process in results} == {os.getpid()}) == (
        processes == 1 or sys.platform != "linux"
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_in_a_process_is_told_here(jobs: int) -> None:
    def work(number: int) -> int:
        if number == 3:
            raise ValueError("三")
        return number

    found = []
    with pytest.raises(ValueError, match="三"):
        found.extend(in_forks(work, range(5), jobs))


PROGRAM = r"""
import os, sys, time
from graph.workers import in_forks, in_new_processes
def work(number):
    os.write(1, b"%d\n" % os.getpid())  # in one write: two processes share the pipe
    time.sleep(600)
if __name__ == "__main__":
    list(in_forks(work, range(4), 2)) if sys.argv[1] == "forks" else list(in_new_processes(work, range(4), 2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks the processes up in /proc")
@pytest.mark.parametrize("kind", ["forks", "new processes"])
def test_they_end_with_a_parent_that_is_killed(tmp_path: Path, kind: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(program), kind],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    ) as running:
        assert running.stdout is not None
        children = {int(running.stdout.readline()) for _ in range(2)}
        running.send_signal(signal.SIGKILL)
    end = time.monotonic() + 10
    while alive := [child for child in children if Path(f"/proc/{child}").exists()]:
        assert time.monotonic() < end, f"{alive} outlived the process that began them"
        time.sleep(0.05)
