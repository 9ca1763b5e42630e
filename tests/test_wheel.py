"""The wheel, used outside the checkout: lexicons, queries, corpus and the explorer's files are inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator

import pytest

from tests.readme import ROOT

COMMAND = [sys.executable, "-c", "from app.cli import main; main()"]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment in which the wheel's files, and none of the checkout's, are imported; its working folder is `PWD`."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    empty = tmp_path_factory.mktemp("elsewhere")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "DISPLAY"))},
        "PYTHONPATH": str(folder / "installed"),
        "POLICYGRAPH_HOME": str(empty / "home"),
        "PWD": str(empty),
    }
    yield environment
    _run(environment, "down")


def _run(environment: dict[str, str], *arguments: str) -> str:
    result = subprocess.run(
        [*COMMAND, *arguments],
        env=environment,
        cwd=environment["PWD"],
        check=True,
        capture_output=True,
        text=True,
    )
    return result.stdout


def test_it_is_the_wheel_that_runs(elsewhere: dict[str, str]) -> None:
    where = subprocess.run(
        [sys.executable, "-c", "import app, data, graph, loaders, queries; print(app.__file__)"],
        env=elsewhere, cwd=elsewhere["PWD"], check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert where.startswith(elsewhere["PYTHONPATH"])


def test_it_builds_and_asks_the_bundled_corpus(elsewhere: dict[str, str]) -> None:
    assert _run(elsewhere, "build").startswith("图谱已建成:24 件政策")
    assert "购买或租用算力实际投入的20%" in _run(elsewhere, "compare", "算力租用与算力券")


def test_it_draws_the_explorers_first_page(elsewhere: dict[str, str]) -> None:
    code = (
        "import app.explorer\n"
        "from streamlit.testing.v1 import AppTest\n"
        "page = AppTest.from_file(app.explorer.__file__, default_timeout=60).run()\n"
        "assert not page.exception, page.exception\n"
        "print(*(element.proto.body for element in page.get('html')))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], env=elsewhere, cwd=elsewhere["PWD"], check=True, capture_output=True, text=True
    ).stdout  # fmt: skip
    assert "24 件</span>政策" in shown
