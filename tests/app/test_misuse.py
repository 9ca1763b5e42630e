"""A command line that cannot be meant so: one Chinese sentence with the way out on standard error, and exit code 2."""

from __future__ import annotations

import pytest

from app.cli import main


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("extrct", "没有“extrct”这个命令。您是不是要用 extract?用法见 policygraph --help。"),
        ("zzz", "没有“zzz”这个命令。用法见 policygraph --help。"),
        (
            "chains --topc 首台",
            "没有 --topc 这个选项。您是不是要用 --topic?用法见 policygraph chains --help。",
        ),
        ("check", "缺少参数 PATHS。用法见 policygraph check --help。"),
        ("export graph.jsonl", "缺少选项 --format。用法见 policygraph export --help。"),
        ("gaps 丰台区 通州区", "多出了参数:通州区。用法见 policygraph gaps --help。"),
        (
            "chains --kind 配套",
            "选项 --kind 不对:只能是 cofunding、aligned。用法见 policygraph chains --help。",
        ),
        ("check a.txt --jobs 0", "选项 --jobs 不对:须是不小于 1 的整数。用法见 policygraph check --help。"),
        ("explore --port 0", "选项 --port 不对:须是 1 到 65535 的整数。用法见 policygraph explore --help。"),
        ("cypher x --rows 多", "选项 --rows 不对:须是整数。用法见 policygraph cypher --help。"),
        ("cypher x --seconds 久", "选项 --seconds 不对:须是数。用法见 policygraph cypher --help。"),
        (
            "extract a.txt --out .",
            "选项 --out 不对:须是文件名,不能是文件夹。用法见 policygraph extract --help。",
        ),
        ("largest --minimum 很多", "--minimum 须是金额,如 5000000 或 500万,给的是“很多”"),
    ],
)
def test_says_what_is_wrong_and_where_usage_stands(
    words: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["policygraph", *words.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert capsys.readouterr().err == f"policygraph: {sentence}\n"
    assert ended.value.code == 2


def test_a_value_that_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["policygraph", "chains", "--topic"])
    with pytest.raises(SystemExit):
        main()
    assert capsys.readouterr().err.startswith("policygraph: 选项 --topic 后面缺少值。")


def test_no_command_shows_them_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["policygraph"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert "explore" in capsys.readouterr().out
    assert ended.value.code == 2
