"""The data folder: whose it is, which version wrote it, what happens when the disk refuses."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

import pytest

from graph.data_folder import DataFolder, Pointer, disk_errors, write_atomically
from graph.errors import StoreError, UsageError


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    prepared = DataFolder(tmp_path / "home")
    prepared.prepare()
    return prepared


def test_a_new_folder_is_made_for_its_owner_alone(folder: DataFolder) -> None:
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(UsageError, match="中有别的文件,不是 policygraph 的数据文件夹"):
        DataFolder(tmp_path).prepare()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize(
    ("found", "sentence"), [(2, "由更新的 policygraph 写成"), (0, "由较旧的 policygraph 写成")]
)
def test_a_folder_of_another_format_is_refused(folder: DataFolder, found: int, sentence: str) -> None:
    (folder.path / "format.json").write_text(json.dumps({"format": found}))
    with pytest.raises(StoreError, match=sentence):
        folder.prepare()


def test_secrets_are_random_kept_and_readable_by_the_owner_alone(folder: DataFolder, tmp_path: Path) -> None:
    made, are_new = folder.read_or_make_secrets()
    assert are_new
    assert made.root != made.reader
    assert folder.read_or_make_secrets() == (made, False)
    assert stat.S_IMODE((folder.path / "secrets.json").stat().st_mode) == 0o600
    other = DataFolder(tmp_path / "other")
    other.prepare()
    assert other.read_or_make_secrets()[0] != made


def test_before_the_first_build_there_is_no_pointer(folder: DataFolder) -> None:
    assert folder.read_pointer() is None


def test_the_pointer_comes_back(folder: DataFolder) -> None:
    folder.write_pointer(Pointer("graph_1", 1))
    folder.write_pointer(Pointer("graph_2", 1))
    assert folder.read_pointer() == Pointer("graph_2", 1)


def test_a_broken_file_is_named(folder: DataFolder) -> None:
    (folder.path / "current.json").write_text("{")
    with pytest.raises(StoreError, match=r"current\.json 不能读取"):
        folder.read_pointer()


def test_a_write_that_fails_leaves_the_old_content(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_pointer(Pointer("graph_1", 1))

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"current\.json 所在的磁盘已满:请腾出空间"):
        folder.write_pointer(Pointer("graph_2", 1))
    assert folder.read_pointer() == Pointer("graph_1", 1)


def test_a_place_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"x\.json 不能写入\(No such file or directory\)"):
        write_atomically(tmp_path / "gone" / "x.json", {})


def test_other_errors_are_not_taken_for_the_disks(tmp_path: Path) -> None:
    with pytest.raises(KeyError), disk_errors(tmp_path):
        raise KeyError("x")
