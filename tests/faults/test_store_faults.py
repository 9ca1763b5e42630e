"""What comes of a build whose server dies, whose disk is full or that is not alone; and what readers see meanwhile."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import CORPUS
from graph.server_control import find_server, stop_server
from graph.settings import Settings
from graph.store import Store
from tests.app.pages import finding, run_page
from tests.faults.conftest import SEED, Note
from tests.faults.processes import Place, wait_for_build

FIRST, SECOND, THIRD = (
    CORPUS / name
    for name in ("002_1e729ef8de503e01.txt", "003_67f01dbec7eba2c4.txt", "004_0947792a09b2b2ef.txt")
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A data folder with a graph of one document."""
    made = Place(tmp_path / "home")
    made.run("build", FIRST)
    yield made
    stop_server(made.folder, force=True)


def test_a_server_that_is_killed_under_a_build_loses_nothing(place: Place, whole: bool, note: Note) -> None:
    old = place.see()
    with place.start("build", FIRST, SECOND, THIRD) as process:
        wait_for_build(place)
        begun = time.monotonic()
        process.communicate(timeout=60)
        seconds = time.monotonic() - begun
    new = place.see()
    found: Counter[str] = Counter()
    chance = random.Random(SEED)
    moments = 20 if whole else 2
    for at in range(moments):
        place.run("build", FIRST)
        wait = chance.uniform(0, 0.7) * seconds  # behind that the process only ends
        print(f"moment {at}: server killed {wait:.3f} s into a build of {seconds:.3f} s")
        with place.start("build", FIRST, SECOND, THIRD) as process:
            wait_for_build(place)
            time.sleep(wait)
            server = find_server(place.folder)
            assert server is not None
            os.kill(server.pid, signal.SIGKILL)
            said, errors = process.communicate(timeout=60)
        left = place.see()
        if process.returncode == 0:  # the server died before it was needed, or after
            assert left == new
            assert "图谱已建成" in said
        else:
            assert process.returncode == 1
            assert errors.startswith("policygraph: ")
            assert errors.count("\n") == 1
            assert "图数据库" in errors
            assert left == old
        found["built" if left == new else "refused"] += 1
        place.run("build", FIRST, SECOND, THIRD)
        assert place.see() == new
    note(
        "SIGKILL of the embedded server under a build",
        moments,
        f"build finished {found['built']}, ended with a sentence and the old graph {found['refused']}, anything between 0",
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 40 MB, where this machine lets us make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a full disk is tried on a small file system, and this user may not mount one")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_on_a_full_disk_commands_say_so_and_the_graph_stays(small_disk: Path, note: Note) -> None:
    place = Place(small_disk / "home")
    try:
        place.run("build", FIRST, SECOND)
        old = place.see()
        ballast = small_disk / "ballast"
        commands: list[tuple[str | Path, ...]] = [
            ("build", SECOND, THIRD),
            ("add", THIRD),
            ("remove", SECOND.name),
        ]
        for command in commands:
            ballast.write_bytes(bytes(max(0, shutil.disk_usage(small_disk).free - 3_000_000)))
            assert "磁盘已满:请腾出空间" in place.run(*command, code=1)
            assert place.see() == old
            ballast.unlink()
        place.run("add", THIRD)
        assert place.see().documents == {FIRST.name, SECOND.name, THIRD.name}
    finally:
        stop_server(place.folder, force=True)
    note(
        "`build`, `add`, `remove` on a full disk",
        len(commands),
        "each said so (exit code 1), old graph kept, worked once there was room",
    )


def test_of_two_builds_at_once_the_second_is_told_to_wait(place: Place, note: Note) -> None:
    with place.start("build", SECOND, THIRD) as first:
        wait_for_build(place)
        first.send_signal(signal.SIGSTOP)  # so that it is still at it however slow the second one starts
        for command in (("build", FIRST), ("add", THIRD), ("remove", FIRST.name)):
            assert "正在进行另一次建图:请等它结束后重试" in place.run(*command, code=1)
        first.send_signal(signal.SIGCONT)
        first.communicate(timeout=60)
    assert first.returncode == 0
    assert place.see().documents == {SECOND.name, THIRD.name}
    place.run("add", FIRST)
    note(
        "`build`, `add`, `remove` while a build runs",
        3,
        "each said so (exit code 1), the first build was whole",
    )


def test_readers_see_the_old_graph_until_the_new_one_is_there(place: Place, note: Note) -> None:
    """A reader asks all the time while graphs replace one another; each answer is one graph's, and none goes back."""
    count = "MATCH (p:Policy {in_corpus: true})-[:HAS_CLAUSE]->(c:Clause) RETURN p.document AS document, count(c) AS clauses ORDER BY document"
    answers: list[str] = []
    stop = threading.Event()

    def read() -> None:
        with Store.connect(place.settings) as reader:
            while not stop.is_set():
                answers.append(str(reader.run(count)))
                time.sleep(0.005)

    def now() -> str:
        with Store.connect(place.settings) as store:
            return str(store.run(count))

    thread = threading.Thread(target=read)
    graphs = [now()]
    thread.start()
    try:
        for command in (("add", SECOND), ("build", SECOND, THIRD), ("remove", SECOND.name)):
            place.run(*command)
            graphs.append(now())
            wanted = len(answers) + 2
            while len(answers) < wanted and thread.is_alive():
                time.sleep(0.01)
    finally:
        stop.set()
        thread.join()
    assert len(set(graphs)) == len(graphs)
    seen = [answer for at, answer in enumerate(answers) if not at or answer != answers[at - 1]]
    assert seen == graphs
    note(
        "answers to a reader under three changes of the graph",
        len(answers),
        "each the old graph's or the new one's, in turn; none failed",
    )


def test_the_explorer_stays_up_under_a_rebuild(
    place: Place, at_home: Callable[[Path], Settings], note: Note
) -> None:
    at_home(place.home)
    before = finding(run_page("overview"))
    with place.start("build", FIRST, SECOND, THIRD) as process:
        wait_for_build(place)
        process.send_signal(signal.SIGSTOP)
        assert finding(run_page("overview")) == before
        process.send_signal(signal.SIGCONT)
        process.communicate(timeout=60)
    assert process.returncode == 0
    after = finding(run_page("overview"))
    assert after != before
    note(
        "the explorer's first page under a rebuild",
        2,
        "the old graph's figures during it, the new one's after it",
    )
