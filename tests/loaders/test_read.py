"""From paths to documents: which files are read, what they are called, and what is said of those that cannot be read."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.read import Refusal, Source, iter_documents, list_sources, read_document
from loaders.types import Document

POLICY = "第一条 支持企业加大研发投入，最高不超过500万元。\n"


def write(path: Path, content: str | bytes = POLICY) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read_all(*paths: Path) -> tuple[list[str], list[Refusal]]:
    """The names of the documents, and the refusals, each in order."""
    found = list(iter_documents(paths))
    return (
        [item.name for item in found if isinstance(item, Document)],
        [item for item in found if isinstance(item, Refusal)],
    )


def sentence(path: Path) -> str:
    """What is said of a file that is refused."""
    _, [refusal] = read_all(path)
    assert not refusal.skipped
    return str(refusal)


def test_a_text_file_becomes_a_document(tmp_path):
    path = write(tmp_path / "004.txt", "第一条\r\n第二条\r第三条\u2028第四条\n")

    [document] = iter_documents([path])

    assert document == Document(
        name="004.txt",
        text="第一条\n第二条\n第三条\n第四条\n",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def test_markdown_keeps_its_markup_for_the_cleaning_stage(tmp_path):
    [document] = iter_documents([write(tmp_path / "a.md", "# (二)加强**2024**年")])
    assert document.text == "# (二)加强**2024**年"


def test_a_web_page_kept_as_text_is_read_as_a_page(tmp_path):
    [document] = iter_documents([write(tmp_path / "a.txt", "<!DOCTYPE html><p>第一条</p><p>第二条</p>")])
    assert document.text == "第一条\n第二条"


# --- Which files, in which order


def test_arguments_keep_their_order_and_folders_are_walked_by_name(tmp_path):
    for name in ("b/2.txt", "b/10.txt", "b/c/1.md", "b/d.html", "a.txt"):
        write(tmp_path / name)

    names, refusals = read_all(tmp_path / "b", tmp_path / "a.txt")

    assert names == ["10.txt", "2.txt", "c/1.md", "d.html", "a.txt"]
    assert refusals == []


def test_what_a_folder_holds_besides_documents_is_passed_by_with_a_reason(tmp_path):
    for name in (".git/config.txt", "a.txt", "b.xlsx", "SOURCES.md", "~$b.docx"):
        write(tmp_path / name)

    names, refusals = read_all(tmp_path)

    assert names == ["a.txt"]
    assert all(refusal.skipped for refusal in refusals)
    assert [str(refusal) for refusal in refusals] == [
        "文件 .git：隐藏文件或临时文件，已跳过。",
        "文件 SOURCES.md：是文件夹的说明文件，已跳过。",
        "文件 b.xlsx：已跳过，不支持 .xlsx 文件；支持 .txt、.md、.html、.docx 和带文字层的 .pdf，"
        "请另存为 .txt 或 .docx，再导入。",
        "文件 ~$b.docx：隐藏文件或临时文件，已跳过。",
    ]


def test_a_hidden_file_named_directly_is_read(tmp_path):
    assert read_all(write(tmp_path / ".a.txt"))[0] == [".a.txt"]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["x/a.txt", "y/a.txt"], ["x/a.txt", "y/a.txt"]),  # two files of one name
        (["x", "y"], ["x/a.txt", "y/a.txt"]),  # two folders that hold one name
        (["."], ["x/a.txt", "y/a.txt"]),  # inside one folder they differ anyway
        (["x/a.txt", "y/b.txt"], ["a.txt", "b.txt"]),
    ],
)
def test_documents_of_one_name_stay_apart(tmp_path, given, names):
    for name in ("x/a.txt", "y/a.txt"):
        write(tmp_path / name)
    if "y/b.txt" in given:
        write(tmp_path / "y/b.txt")
    assert read_all(*(tmp_path / name for name in given))[0] == names


def test_a_file_met_twice_is_read_once(tmp_path):
    path = write(tmp_path / "a.txt")

    names, [refusal] = read_all(tmp_path, path)

    assert names == ["a.txt"]
    assert refusal.skipped
    assert str(refusal) == "文件 a.txt：与 a.txt 是同一个文件，已跳过。"


def test_a_link_that_leads_back_up_is_followed_once(tmp_path):
    write(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)

    names, [refusal] = read_all(tmp_path)

    assert names == ["a.txt"]
    assert refusal.skipped


def test_files_can_be_listed_without_being_read(tmp_path):
    path = write(tmp_path / "a.txt", b"\xff")
    assert list_sources([tmp_path]) == [Source(path, "a.txt")]


# --- What cannot be read: one sentence each, and the others are still read


def test_the_other_files_are_still_read(tmp_path):
    for name, content in (("1.txt", POLICY), ("2.txt", b""), ("3.pdf", b"%PDF-1.4"), ("4.txt", POLICY)):
        write(tmp_path / name, content)

    names, refusals = read_all(tmp_path)

    assert names == ["1.txt", "4.txt"]
    assert [refusal.name for refusal in refusals] == ["2.txt", "3.pdf"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "文件 a.txt：文件是空的，没有文字；请重新获取该文件。"),
        ("a.txt", b"\xef\xbb\xbf \r\n\t ", "文件 a.txt：文件是空的，没有文字；请重新获取该文件。"),
        ("a.html", b"<html><body></body></html>", "文件 a.html：文件是空的，没有文字；请重新获取该文件。"),
        ("a.md", bytes(range(256)) * 9, "文件 a.md：是二进制文件，不是文本；请导入 .txt、.md、.html、.docx 或带文字层的 .pdf。"),
        ("a.txt", b"%PDF-1.7 ...", "文件 a.txt：实际是 PDF 文件；请把后缀改为 .pdf 再导入。"),
        ("a.txt", b"PK\x03\x04...", "文件 a.txt：实际是压缩包或 Office 文件；Word 文档请把后缀改为 .docx，压缩包请先解压。"),
        ("a.doc", POLICY, "文件 a.doc：不支持 .doc 文件；支持 .txt、.md、.html、.docx 和带文字层的 .pdf，请用 Word/WPS 另存为 .docx，再导入。"),
        ("policy", POLICY, "文件 policy：不支持没有后缀的文件；支持 .txt、.md、.html、.docx 和带文字层的 .pdf，请另存为其中一种格式，再导入。"),
        ("a.pdf", POLICY, "文件 a.pdf：不是 PDF 文件；请检查后缀，或重新获取该文件。"),
        ("a.docx", POLICY, "文件 a.docx：Word 文件已损坏或不完整；请重新获取，或用 Word/WPS 打开后另存为 .docx。"),
    ],
)  # fmt: skip
def test_says_in_one_sentence_why_a_file_is_refused(tmp_path, name, content, said):
    assert sentence(write(tmp_path / name, content)) == said


def test_a_path_that_is_not_there(tmp_path):
    assert sentence(tmp_path / "无.txt").endswith("无.txt：不存在，或是指向不存在文件的链接；请检查路径。")


def test_a_folder_without_documents(tmp_path):
    (tmp_path / "空").mkdir()
    assert sentence(tmp_path / "空") == (
        "文件夹 空：里面没有可读取的文档；支持 .txt、.md、.html、.docx 和带文字层的 .pdf。"
    )


def test_links_that_lead_nowhere(tmp_path):
    write(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "c.txt")

    names, refusals = read_all(tmp_path)

    assert names == ["a.txt"]
    assert [refusal.name for refusal in refusals] == ["b.txt", "c.txt"]
    assert not any(refusal.skipped for refusal in refusals)


def test_a_pipe_is_no_file_and_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert "不是普通文件" in sentence(tmp_path / "a.txt")


def test_a_file_without_permission(tmp_path, monkeypatch):
    path = write(tmp_path / "a.txt")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read all, so file modes prove nothing
    assert sentence(path) == "文件 a.txt：没有读取权限；请修改权限后再导入。"


def test_a_line_of_200_mb_is_refused_unread(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # takes no disk

    tracemalloc.start()
    said = sentence(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert said == "文件 a.txt：大小 200 MB，超过上限 20 MB，未读取；请拆分成较小的文件再导入。"
    assert peak < 1_000_000


def test_a_long_line_within_the_limit_is_read(tmp_path):
    path = write(tmp_path / "a.txt", "万" * 1_000_000)
    [document] = iter_documents([path])
    assert len(document.text) == 1_000_000


def test_names_that_no_terminal_shows_are_escaped(tmp_path):
    names, _ = read_all(write(tmp_path / "第 一\x1b[2J\n.txt"))
    assert names == ["第 一\\x1b[2J\\n.txt"]


def test_one_document_is_in_memory_at_a_time(tmp_path):
    for number in range(20):
        write(tmp_path / f"{number}.txt", "万" * 500_000)  # 1.5 MB each as bytes, 1 MB as text

    tracemalloc.start()
    count = sum(1 for _ in iter_documents([tmp_path]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 20
    assert peak < 8_000_000


# --- Bytes of any kind


# a process starts for each PDF, so that one has its own test
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=3000), suffix=st.sampled_from([".txt", ".md", ".html", ".docx"]))
def test_no_bytes_raise(tmp_path, content, suffix):
    path = write(tmp_path / f"a{suffix}", content)
    result = read_document(Source(path, path.name))
    assert isinstance(result, Document) or str(result).startswith(f"文件 {path.name}：")


def test_word_and_page_readers_are_imported_only_when_they_are_needed():
    code = (
        "import sys, loaders.read; sys.exit(not {'docx', 'selectolax', 'pypdfium2'}.isdisjoint(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
