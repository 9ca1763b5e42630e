"""The command line as real processes on a data folder of their own, and what a reader then sees there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.builds import build_state
from graph.data_folder import DataFolder
from graph.errors import NoGraphError
from graph.locks import is_held
from graph.settings import Settings, read_settings
from graph.store import Store

COMMAND = [sys.executable, "-c", "from app.cli import main; main()"]
"""`policygraph`, as this checkout has it."""

SECONDS = 900
"""A command may take so long: a busy machine is no failure."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader sees: the hash over all nodes and edges, and the documents that the build says it holds."""

    content: str
    documents: frozenset[str]


class Place:
    """A data folder, and commands on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = DataFolder(home)

    @property
    def settings(self) -> Settings:
        """The embedded server in this folder."""
        return read_settings(home=self.home, environ={})

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """A command that runs on its own."""
        environ = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
        environ["POLICYGRAPH_HOME"] = str(self.home)
        return subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            env=environ,
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str | Path, code: int = 0) -> str:
        """A command that must end with this exit code; what it printed, errors included."""
        with self.start(*arguments) as process:
            said, errors = process.communicate(timeout=SECONDS)
        assert "Traceback" not in errors, errors
        assert process.returncode == code, f"{arguments}: exit code {process.returncode}, {said}{errors}"
        return said + errors

    def see(self) -> Seen:
        """The graph that is in place. Raises: AssertionError where the build is not complete."""
        with Store.connect(self.settings) as store:
            try:
                state = build_state(store)
                graph = store.read_graph()
            except NoGraphError:
                return Seen("", frozenset())
        assert state.state == "complete"
        assert not graph.check()
        named = {
            name for node in graph.nodes() if node.label == "Clause" for name in [node.properties["document"]]
        }
        return Seen(graph.content_hash(), frozenset(map(str, named)))


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Returns as soon as the condition holds. Raises: AssertionError where it does not come about."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not come about"
        time.sleep(0.005)


def wait_for_build(place: Place) -> None:
    """Returns as soon as a build holds the right to change the graph."""
    wait_until(lambda: is_held(place.folder.build_lock))
