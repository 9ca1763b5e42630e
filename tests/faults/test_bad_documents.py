"""Damaged documents: each is read, or refused with a sentence, within two seconds; what is read builds a graph."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import CORPUS
from graph.server_control import stop_server
from loaders.batch import extract_files
from loaders.pipeline import Extraction
from tests.faults.bad_documents import bad_documents
from tests.faults.conftest import SEED, Note
from tests.faults.law import SECONDS, problems, timed
from tests.faults.processes import Place

DOCUMENTS_WHOLE, DOCUMENTS_SHORT = 2_000, 76  # short: four of each kind of damage


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "home")
    yield made
    stop_server(made.folder, force=True)


def test_every_damaged_document_is_read_or_refused_with_a_sentence(
    tmp_path: Path, place: Place, whole: bool, note: Note
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    broken: list[str] = []
    slowest = 0.0
    count = DOCUMENTS_WHOLE if whole else DOCUMENTS_SHORT
    found: Counter[str] = Counter()
    for document in bad_documents(count, SEED, tmp_path):
        path = document.write(folder)
        seconds: list[float] = []
        with timed(seconds.append):
            (outcome,) = extract_files([path])
        slowest = max(slowest, seconds[0])
        found["read" if isinstance(outcome, Extraction) else "refused"] += 1
        wrong = problems(outcome)
        if seconds[0] > SECONDS:
            wrong.append(f"took {seconds[0]:.1f} s")
        broken += [f"{path.name}: {problem}" for problem in wrong]
    assert broken == []
    assert (
        min(found.values()) > count / 10
    )  # damage that nothing survives, or that nobody notices, tries little

    said = place.run("build", folder, "--jobs", "2", code=1)
    assert said.count("policygraph: 文件 ") == found["refused"]
    manifest = json.loads(place.run("status", "--format", "json"))["manifest"]
    assert len(manifest["sources"]) == found["read"]
    note(
        "damaged documents",
        count,
        f"read {found['read']}, refused with a sentence {found['refused']}, crashes 0, slowest {slowest:.2f} s of processor time;"
        " every quote stands in its text; one graph was built from all that were read",
    )


def test_a_damaged_document_does_not_keep_the_others_out(tmp_path: Path, place: Place) -> None:
    (tmp_path / "坏.txt").write_bytes(b"\xff\xfe\x00")
    good = CORPUS / "004_0947792a09b2b2ef.txt"
    said = place.run("build", tmp_path / "坏.txt", good, code=1)
    assert "policygraph: 文件 坏.txt:" in said.replace("：", ":")
    assert place.see().documents == {good.name}
