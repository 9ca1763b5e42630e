"""kill -9 of build, add and remove at random moments: afterwards the graph is the old one or the new one, and commands work."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import CORPUS
from graph.server_control import stop_server
from tests.faults.conftest import SEED, Note
from tests.faults.processes import Place, Seen

FIRST, SECOND, THIRD = (
    CORPUS / name
    for name in ("002_1e729ef8de503e01.txt", "003_67f01dbec7eba2c4.txt", "004_0947792a09b2b2ef.txt")
)
OLD = (FIRST, SECOND)
"""What the graph is made of before each kill."""

ELSEWHERE = """上海市浦东新区促进人工智能产业发展若干措施
第一条 对租用算力的企业,按照实际投入的20%给予补贴,最高200万元。
第二条 同一项目从优享受,不重复支持。
"""
"""A policy of another city: those of two cities are linked by two processes."""


def commands(elsewhere: Path) -> dict[str, tuple[tuple[str | Path, ...], set[Path]]]:
    """Each command that is killed, and the documents that it would leave."""
    return {
        "build": (("build", "--jobs", "2", SECOND, THIRD, elsewhere), {SECOND, THIRD, elsewhere}),
        "add": (("add", THIRD), {FIRST, SECOND, THIRD}),
        "remove": (("remove", SECOND.name), {FIRST}),
    }


MOMENTS_WHOLE, MOMENTS_SHORT = 50, 4


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("killed") / "home")
    yield made
    stop_server(made.folder, force=True)


def test_a_killed_command_leaves_the_old_graph_or_the_new_one(
    place: Place, tmp_path: Path, whole: bool, note: Note
) -> None:
    elsewhere = tmp_path / "pudong.txt"
    elsewhere.write_text(ELSEWHERE, encoding="utf-8")
    known = commands(elsewhere)
    new: dict[str, Seen] = {}
    seconds: dict[str, float] = {}
    for name, (command, documents) in known.items():
        place.run("build", *OLD)
        begun = time.monotonic()
        place.run(*command)
        seconds[name] = time.monotonic() - begun
        new[name] = place.see()
        assert new[name].documents == {path.name for path in documents}
    place.run("build", *OLD)
    old = place.see()

    found: Counter[str] = Counter()
    chance = random.Random(SEED)
    moments = MOMENTS_WHOLE if whole else MOMENTS_SHORT
    for at in range(moments):
        name = list(known)[at % len(known)]
        # one in two in the second half, where the graph is written; the first half is mostly Python's start
        wait = chance.uniform(0.5 if at % 2 else 0, 1) * seconds[name]
        print(f"moment {at}: {name} killed after {wait:.3f} of {seconds[name]:.3f} s")
        with place.start(*known[name][0]) as process:
            time.sleep(wait)
            process.kill()
        left = place.see()
        assert left in (old, new[name]), f"moment {at}: {left}"
        found["old" if left == old else "new"] += 1
        if left == old:
            place.run(*known[name][0])  # the same command, again, does what it could not
            assert place.see() == new[name]
        place.run("build", *OLD)
        assert place.see() == old
    note(
        "kill -9 of `build`, `add`, `remove` at random moments",
        moments,
        f"old graph {found['old']}, new graph {found['new']}, anything between 0; the next command worked each time",
    )
