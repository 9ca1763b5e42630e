"""The commands extract and check, run as a person runs them: output, exit codes, and files that are never half written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from data import CORPUS

POLICY = """鹿城区支持外贸发展若干措施
第一条 支持参展。对参展企业,按照展位费的50%给予最高10万元支持。
第二条 附则。本措施自印发之日起施行,有效期3年。
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from app.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_extracts_one_record_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(POLICY, encoding="utf-8")
    result = run("extract", str(tmp_path))
    (line,) = result.stdout.splitlines()
    record = json.loads(line)
    assert (result.returncode, record["title"], record["source"]) == (
        0,
        "鹿城区支持外贸发展若干措施",
        "a.txt",
    )
    values = [(benefit["kind"], benefit["value"]) for benefit in record["clauses"][0]["benefits"]]
    assert values == [("rate", 0.5), ("cap", 100_000)]


def test_json_is_one_list(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(POLICY, encoding="utf-8")
    assert [r["source"] for r in json.loads(run("extract", str(tmp_path), "--format", "json").stdout)] == [
        "a.txt"
    ]


def test_several_processes_give_the_same_bytes() -> None:
    assert run("extract", str(CORPUS), "--jobs", "2").stdout == run("extract", str(CORPUS)).stdout


def test_a_file_that_cannot_be_read_does_not_hinder_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(POLICY, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    result = run("extract", str(tmp_path))
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    assert "b.txt" in result.stderr


def test_what_stood_in_the_file_stays_where_writing_fails(tmp_path: Path) -> None:
    result = run("extract", str(CORPUS), "--out", str(tmp_path / "missing" / "records.jsonl"))
    assert result.returncode == 2
    assert "不能写入" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_check_finds_nothing_unread_in_the_corpus() -> None:
    result = run("check", str(CORPUS), "--format", "json")
    report = json.loads(result.stdout)
    assert (result.returncode, len(report["policies"]), report["unread"]) == (0, 24, [])
    (fengtai,) = [row for row in report["policies"] if row["jurisdiction"] == "丰台区"]
    assert (fengtai["clauses"], fengtai["benefits"], fengtai["effective_to"]) == (42, 76, "2028-12-31")
    dropped = {(row["document"], row["reason"]): row for row in report["dropped"]}
    advertisement = dropped["000_9a2e4e0a8dd42b47.txt", "广告"]
    assert advertisement["times"] == len(advertisement["texts"]) == 1
    # an address above each of the twenty policies of this file
    assert dropped["001_00c41b0cd3fa504f.txt", "信息发布平台字段"]["times"] == 20


def test_an_unknown_command_names_the_nearest() -> None:
    result = run("extrct")
    assert result.returncode == 2
    assert "extract" in result.stderr
