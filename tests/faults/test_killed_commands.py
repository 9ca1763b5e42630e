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

COMMANDS: dict[str, tuple[tuple[str | Path, ...], set[Path]]] = {
    "build": (("build", SECOND, THIRD), {SECOND, THIRD}),
    "add": (("add", THIRD), {FIRST, SECOND, THIRD}),
    "remove": (("remove", SECOND.name), {FIRST}),
}
"""Each command that is killed, and the documents that it would leave."""

MOMENTS_WHOLE, MOMENTS_SHORT = 50, 4


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("killed") / "home")
    yield made
    stop_server(made.folder, force=True)


def test_a_killed_command_leaves_the_old_graph_or_the_new_one(place: Place, whole: bool, note: Note) -> None:
    new: dict[str, Seen] = {}
    seconds: dict[str, float] = {}
    for name, (command, documents) in COMMANDS.items():
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
        name = list(COMMANDS)[at % len(COMMANDS)]
        # one in two in the second half, where the graph is written; the first half is mostly Python's start
        wait = chance.uniform(0.5 if at % 2 else 0, 1) * seconds[name]
        print(f"moment {at}: {name} killed after {wait:.3f} of {seconds[name]:.3f} s")
        with place.start(*COMMANDS[name][0]) as process:
            time.sleep(wait)
            process.kill()
        left = place.see()
        assert left in (old, new[name]), f"moment {at}: {left}"
        found["old" if left == old else "new"] += 1
        if left == old:
            place.run(*COMMANDS[name][0])  # the same command, again, does what it could not
            assert place.see() == new[name]
        place.run("build", *OLD)
        assert place.see() == old
    note(
        "kill -9 of `build`, `add`, `remove` at random moments",
        moments,
        f"old graph {found['old']}, new graph {found['new']}, anything between 0; the next command worked each time",
    )
