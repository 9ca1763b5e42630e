"""The READMEs: every output in them is what the command prints, the two commands set everything up, every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.readme import PAGES, ROOT, bundled_graph, rendered, stop_server_of

DOCUMENTS = [*PAGES, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    environment = bundled_graph(tmp_path_factory.mktemp("home"))
    yield environment
    stop_server_of(environment)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_outputs_are_what_the_commands_print(page: Path, environment: dict[str, str]) -> None:
    text = page.read_text(encoding="utf-8")
    assert rendered(text, environment) == text, "stale: run python -m tests.readme --write"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_both_pages_give_the_same_commands() -> None:
    english, chinese = (
        re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL) for page in PAGES
    )
    assert [block.split("#")[0].split()[:4] for block in english] == [
        block.split("#")[0].split()[:4] for block in chinese
    ]
