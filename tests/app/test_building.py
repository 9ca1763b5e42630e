"""From documents to the graph: the same with one process or two, nothing left on the disk, and each step told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.building import Steps, add, build, remove
from data import CORPUS
from graph.builds import build_state
from graph.errors import UsageError
from graph.store import Store

DOCUMENTS = sorted(CORPUS.glob("*.txt"))[:4]


def content(store: Store) -> str | None:
    return build_state(store).content


def test_any_number_of_processes_gives_one_graph(embedded_store: Store) -> None:
    assert build(embedded_store, DOCUMENTS, jobs=1).result.changed is True
    assert build(embedded_store, DOCUMENTS[::-1], jobs=2).result.changed is False


def test_what_is_taken_out_and_put_back_gives_the_first_graph(embedded_store: Store) -> None:
    build(embedded_store, DOCUMENTS)
    first = content(embedded_store)
    assert remove(embedded_store, [DOCUMENTS[1].name]).result.changed is True
    without = content(embedded_store)
    assert without != first
    assert add(embedded_store, [DOCUMENTS[1]]).result.changed is True
    assert content(embedded_store) == first
    assert build(embedded_store, [DOCUMENTS[0], *DOCUMENTS[2:]]).result.changed is True
    assert content(embedded_store) == without


def test_nothing_is_left_in_the_scratch_folder(embedded_store: Store, tmp_path: Path) -> None:
    scratch = embedded_store.folder.scratch
    scratch.mkdir(exist_ok=True)
    (scratch / "records").write_bytes(b"left by a build that was killed")
    build(embedded_store, DOCUMENTS)
    assert not scratch.exists()
    empty = tmp_path / "空.txt"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="没有读到任何政策"):
        build(embedded_store, [empty])
    assert not scratch.exists()


def test_each_step_is_told_to_its_end(embedded_store: Store) -> None:
    told: list[tuple[str, int | None, int]] = []

    def begin(name: str, total: int | None) -> None:
        told.append((name, total, 0))

    def advance(done: int) -> None:
        name, total, before = told[-1]
        told[-1] = (name, total, before + done)

    build(embedded_store, DOCUMENTS, steps=Steps(begin, advance))
    names = [name for name, _, _ in told]
    assert names[0] == "读取文件"
    assert names[-2:] == ["核对图谱", "写入图谱"]
    assert told[0][1:] == (4, 4)
    assert told[-1][1] == told[-1][2]
