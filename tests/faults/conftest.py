"""The short form and the whole form of the fault tests, and where what they counted is noted."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.conftest import at_home  # noqa: F401  a fixture

SEED = 20251127
"""Of all random choices here; every test prints what it chose."""

Note = Callable[..., None]


@pytest.fixture(scope="session")
def whole() -> bool:
    """Whether everything is tried (`python -m tests.faults`), or a few of each (the normal suite)."""
    return os.environ.get("POLICYGRAPH_FAULTS") == "whole"


@pytest.fixture(scope="session")
def note() -> Note:
    """Notes what a test counted, as a row for docs/faults.md: what was done, how often, and what came of it."""
    place = os.environ.get("POLICYGRAPH_FAULTS_NOTES")

    def write(fault: str, tried: int, outcome: str) -> None:
        print(f"{fault}: {tried} tried, {outcome}")
        if place:
            with Path(place).open("a", encoding="utf-8") as file:
                file.write(
                    json.dumps({"fault": fault, "tried": tried, "outcome": outcome}, ensure_ascii=False)
                    + "\n"
                )

    return write
