"""docs/model.md and docs/cli.md follow from the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import cli_page, reference_pages
from app.reference_pages import main, stale


def test_the_pages_in_docs_are_not_stale() -> None:
    assert stale() == [], "run python -m app.reference_pages"
    assert main(["--check"]) == 0


def test_another_argument_is_refused() -> None:
    assert main(["--docs"]) == 2


def test_a_page_that_says_something_else_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "cli.md"
    monkeypatch.setattr(reference_pages, "PAGES", {page: lambda: "new"})
    assert main(["--check"]) == 1
    assert main([]) == 0
    assert page.read_text() == "new"
    assert main(["--check"]) == 0


def test_every_command_and_command_of_a_command_has_its_section() -> None:
    page = cli_page.render()
    for name in ("build", "brief", "brief compare"):
        assert f"\n## {name}\n" in page
    assert "policygraph extract data/corpus --out records.jsonl" in page
