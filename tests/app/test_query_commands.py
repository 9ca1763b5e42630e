"""The verbs that ask, on the tiny graph (tests/queries/tiny.py): what a person sees, in every form, and what misuse says."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Protocol

import pytest

from app.cli import main
from graph.builds import open_build
from graph.store import Store
from tests.queries.tiny import DAY, tiny


class Run(Protocol):
    """Runs the command line; gives exit code, standard output and standard error."""

    def __call__(self, *words: str) -> tuple[int, str, str]: ...


@pytest.fixture
def run(embedded_server: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line over the tiny graph."""
    with open_build(embedded_server) as build:
        build.load(tiny().graph, {})
    return _run_in(embedded_server, monkeypatch, capsys)


@pytest.fixture
def run_empty(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The command line where nothing was built."""
    return _run_in(embedded_store, monkeypatch, capsys)


def _run_in(store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("POLICYGRAPH_HOME", str(store.settings.home))
    monkeypatch.delenv("NEO4J_URI", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["policygraph", *words])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def _json(answer: tuple[int, str, str]) -> Any:
    code, out, err = answer
    assert (code, err) == (0, "")
    return json.loads(out)


def test_query_lists_every_question_with_its_parameters(run: Run) -> None:
    queries = {entry["name"]: entry for entry in _json(run("query"))}
    assert queries["largest_caps"]["question"] == "单项上限(或定额)不低于某个数的条款有哪些,从大到小。"
    assert "minimum(不低于(元),默认 10000000)" in queries["largest_caps"]["parameters"]
    assert "until(到这一天(含)为止到期,必填)" in queries["policies_lapsing"]["parameters"]


def test_a_named_query_in_every_form(run: Run) -> None:
    words = ("query", "largest_caps", "--param", "minimum=300万", "--param", f"as_of={DAY}", "--format")
    [row] = _json(run(*words, "json"))
    assert (row["district"], row["cite"], row["value"], row["quote"]) == (
        "甲区",
        ["第一条"],
        3_000_000,
        "最高支持300万元",
    )
    code, out, _ = run(*words, "csv")
    [line] = csv.DictReader(io.StringIO(out))
    assert (code, line["cite"], line["value"], line["heading"]) == (0, "第一条", "3000000.0", "")
    code, out, _ = run(*words, "md")
    assert "| 甲区 | district |" in out
    code, out, _ = run(*words, "table")
    assert "单项上限" in out
    assert "最高支持" in out
    # Ids are for JSON and CSV.
    assert "policy-" not in out


def test_a_named_query_says_when_it_cuts(run: Run) -> None:
    words = ("query", "benefits_by_kind", "--param", "kind=rate", "--param", f"as_of={DAY}", "--param")
    code, out, err = run(*words, "limit=2")
    assert (code, len(json.loads(out))) == (0, 2)
    assert err == "policygraph: 只显示前 2 行,后面可能还有:用 --param limit=20 放宽\n"
    assert len(_json(run(*words, "limit=20"))) == 6


def test_compare_tells_standard_cite_and_state(run: Run) -> None:
    answer = _json(run("compare", "算力租用", "--as-of", DAY))
    rows = [
        (row["district"], row["support"], row["rank"], row["share"], row["cap_cny"])
        for row in answer["districts"]
    ]
    assert rows == [
        ("甲区", "支持", 1, 0.3, 2_000_000),
        ("甲区", "支持", 1, 0.3, 2_000_000),
        ("甲区", "支持", 1, 0.3, 3_000_000),
        ("乙区", "支持", 2, 0.4, 500_000),
        ("测试新区", "支持", None, None, None),
        ("丙区", "未收录文件", None, None, None),
    ]
    assert [row["cap_cny"] for row in answer["upper"]] == [30_000_000]
    _, out, _ = run("compare", "算力租用", "--as-of", DAY, "--format", "md")
    assert (
        "| 乙区 | 算力租用与算力券 | 支持 | 2 |  | 算力服务合同金额的 40%,每年最高 50 万元 | 《乙区支持数字经济若干措施》第一条 |"
        in out
    )


def test_gaps_says_what_rests_on_nothing(run: Run) -> None:
    answer = _json(run("gaps", "丙区", "--as-of", DAY))
    assert {row["support"] for row in answer["gaps"]} == {"未收录文件"}
    assert answer["notes"] == ["丙区没有收录任何政策,所以不能断言它缺什么;以上各项的状态都是“未收录文件”。"]


def test_chains_with_an_award_says_what_each_district_adds(run: Run) -> None:
    [row] = _json(run("chains", "--topic", "首台", "--award", "150万", "--as-of", DAY))
    assert (row["district"], row["low"], row["high"], row["steps"]) == (
        "甲区",
        750_000,
        750_000,
        "1500000×50%=750000,未超过上限1000000",
    )
    [hanging] = _json(run("chains", "--hanging", "--as-of", DAY))
    assert hanging["hanging"] == "所指的上级项目不在已收录的政策中"


def test_conflicts_and_bundle_name_the_rule(run: Run) -> None:
    [row] = _json(run("conflicts", "--district", "甲区", "--as-of", DAY))
    assert (row["rule"], row["keeps"]) == ("《甲区促进人工智能若干措施》第二条", "不重复享受")
    [row] = _json(run("conflicts", "--contradictions", "--as-of", DAY))
    assert row["why"] == "一方允许市、区两级同时享受,另一方不允许"
    [row] = _json(run("conflicts", "--duplicates", "--as-of", DAY))
    assert row["score"] == 0.9
    [row] = _json(run("conflicts", "--temporal", "--as-of", "2028-01-01"))
    assert row["why"] == "上级文件已失效"
    words = ("bundle", "--clause", "甲区支持先进制造:第一条", "--clause", "甲区支持先进制造:第二条")
    answer = _json(run(*words, "--award", "150万", "--cost", "800万", "--for", "工业智能", "--as-of", DAY))
    assert [row["high"] for row in answer["best"]] == [2_400_000]
    assert [row["rule_quote"] for row in answer["left_out"]] == [
        "同一项目符合本措施多项条款的,按照从优不重复原则支持"
    ]
    assert [row["high"] for row in answer["runner_up"]] == [750_000]


def test_asof_lineage_search_honor_agency_and_largest(run: Run) -> None:
    answer = _json(run("asof", "2027-01-01"))
    states = {row["policy_title"]: row["state"] for row in answer["policies"]}
    assert states["甲区促进人工智能若干措施"] == "已失效"
    assert [row["old_doc_number"] for row in answer["repeals"]] == ["测发〔2025〕1号", "甲发〔2020〕9号"]
    assert [row["relation"] for row in _json(run("lineage", "甲区支持先进制造", "--as-of", DAY))] == [
        "提到",
        "废止",
    ]
    assert [row["cite"] for row in _json(run("search", "人才"))] == [["第一条"]]
    assert [row["fixed_cny"] for row in _json(run("honor", "市级专精特新企业", "--as-of", DAY))] == [200_000]
    assert len(_json(run("agency", "甲区经济和信息化局", "--as-of", DAY))) == 1
    assert len(_json(run("agency", "甲区经济和信息化局", "--all", "--as-of", DAY))) == 2
    assert len(_json(run("largest", "--minimum", "200万", "--as-of", DAY))["sums"]) == 4


def test_cypher_reads_and_says_when_it_cuts(run: Run) -> None:
    code, out, err = run("cypher", "MATCH (d:District) RETURN d.name AS name ORDER BY d.code", "--rows", "2")
    assert (code, json.loads(out)) == (0, [{"name": "测试市"}, {"name": "测试新区"}])
    assert "只显示前 2 行" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("query", "conflict"), "您是不是要用 conflicts"),
        (("query", "largest_caps", "--param", "minimum"), "参数要写成 名=值"),
        (("query", "largest_caps", "--param", "minimum=1", "--param", "minimum=2"), "给了两次"),
        (("query", "policies_lapsing"), "缺少参数 until"),
        (("compare", "算力租佣"), "您是不是要找:算力租用与算力券"),
        (("gaps", "丁区"), "没有“丁区”这个地区"),
        (("gaps", "测试市"), "无法与邻区比较"),
        (("chains", "--award", "许多"), "--award 须是金额"),
        (("bundle", "--district", "甲区"), "请给出条款"),
        (("asof", "2028-13-01"), "不是日期"),
        (("compare", "算力租用", "--as-of", "明天"), "--as-of 是“明天”,不是日期"),
        (("cypher", "CREATE (n:District)"), "这里只能读取"),
        (("cypher", "MATCH (n:District RETURN n"), ""),
        (("conflict",), "您是不是要用 conflicts"),
    ],
)
def test_misuse_is_one_sentence_and_exit_code_two(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "算力"),
        ("gaps", "甲区"),
        ("query", "coverage"),
        ("search", "算力"),
        ("cypher", "RETURN 1"),
    ],
)
def test_an_empty_graph_says_what_to_do(run_empty: Run, words: tuple[str, ...]) -> None:
    code, _, err = run_empty(*words)
    assert (code, err) == (2, "policygraph: 图谱还是空的:请先运行 policygraph build\n")


@pytest.mark.parametrize(
    "verb",
    [
        "query",
        "search",
        "cypher",
        "chains",
        "conflicts",
        "bundle",
        "compare",
        "gaps",
        "honor",
        "agency",
        "largest",
        "asof",
        "lineage",
    ],
)
def test_every_verb_has_help_with_an_example(run: Run, verb: str) -> None:
    code, out, _ = run(verb, "--help")
    assert code == 0
    assert f"例: policygraph {verb}" in out


def test_on_a_terminal_sentences_stand_below_the_table_by_the_number_of_their_row(run: Run) -> None:
    code, out, _ = run("compare", "算力租用", "--as-of", DAY, "--format", "table")
    assert code == 0
    table, below = out.split("└", 1)
    # said once for all rows
    assert table.splitlines()[0].strip() == "各区比较 · 支持事项 算力租用与算力券"
    # 甲智能's sentence; that of 甲措施 with a share for all firms and one for industrial ones; 乙数字's; that of 新区, which states no standard
    assert "最高支持300万元" not in table
    below = below.split("上级政策")[0]
    assert [line.split(maxsplit=1)[0] for line in below.splitlines()[1:] if line.strip()] == [
        "1",
        "2、3",
        "4",
        "5",
    ]
    assert "   4 按照算力服务合同金额的40%发放算力券,每家企业每年不超过50万元" in below


def test_search_looks_for_the_parts_of_words_that_no_clause_has_in_a_row(run: Run) -> None:
    # the clauses write 租用算力
    _, out, _ = run("search", "算力租用", "--as-of", DAY, "--format", "md")
    assert "没有条款连写“算力租用”;同时含有“算力 租用”的条款" in out
    assert {row["district"] for row in _json(run("search", "算力租用", "--as-of", DAY))} == {"测试市", "甲区"}
    _, out, _ = run("search", "没有这样的词", "--format", "md")
    assert "没有找到。" in out
