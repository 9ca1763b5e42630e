"""What changed between two builds: an earlier export beside the graph of today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.briefings.difference import difference
from app.briefings.kinds import answer
from app.briefings.model import Briefing
from app.briefings.question import Export, Question
from app.building import build
from app.cli import cli
from graph.errors import UsageError
from graph.export import export_graph
from graph.model import Graph
from graph.schema import load_schema
from graph.server_control import stop_server
from graph.settings import read_settings
from graph.store import Store

DAY = "2026-11-23"
FENGTAI = """丰台区支持人工智能若干措施
第一条 支持租用算力。对租用算力的企业,按照租用费用的20%给予最高200万元补贴。
第二条 支持首台(套)。对获得市级首台(套)奖励的企业,按照市级奖励资金的50%给予最高300万元配套支持。
第三条 支持办会。对承办人工智能展会的企业,给予最高50万元支持。
第四条 本措施自2026年1月1日起施行,有效期至2028年12月31日。
"""
HAIDIAN = """海淀区支持人工智能若干措施
第一条 支持租用算力。对租用算力的企业,按照租用费用的30%给予最高500万元补贴。
第二条 本措施自2026年1月1日起施行,有效期至2028年12月31日。
"""
CHAOYANG = """朝阳区支持人工智能若干措施
第一条 支持研发投入。对企业年度研发投入,按照10%给予最高100万元补贴。
第二条 本措施自2026年1月1日起施行,有效期至2028年12月31日。
"""
# 丰台: the cap of 第一条 rises from 200 to 300, 第二条 goes, the others move up, of which one pays as before
LATER_FENGTAI = """丰台区支持人工智能若干措施
第一条 支持租用算力。对租用算力的企业,按照租用费用的20%给予最高300万元补贴。
第二条 支持办会。对承办人工智能展会的企业,给予最高50万元支持。
第三条 本措施自2026年1月1日起施行,有效期至2028年12月31日。
"""


def _built(store: Store, folder: Path, **policies: str) -> None:
    folder.mkdir()
    for name, text in policies.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    build(store, [folder])


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:
    """A store with the later build (朝阳 gone, 海淀 come, 丰台 changed), and the earlier one as a file."""
    folder = tmp_path_factory.mktemp("builds")
    with Store.connect(read_settings(home=folder / "home", environ={})) as store:
        _built(store, folder / "before", fengtai=FENGTAI, chaoyang=CHAOYANG)
        export_graph(store.read_graph(), "jsonl", folder / "before.jsonl")
        _built(store, folder / "after", fengtai=LATER_FENGTAI, haidian=HAIDIAN)
        yield store, folder / "before.jsonl"
        stop_server(store.folder)


@pytest.fixture(scope="module")
def briefing(work: tuple[Store, Path]) -> Briefing:
    """What changed."""
    store, earlier = work
    return answer(
        store, Question("changes", earlier.name, since=Export(earlier.name, earlier.read_bytes())), DAY
    )


def test_says_what_came_went_and_changed(briefing: Briefing) -> None:
    assert [figure.values for figure in briefing.figures[:3]] == [(2, 2), (1, 1), (1,)]
    told = [(row[0].words, row[2].words) for row in briefing.table.rows]
    assert ("海淀", "新收录") in told
    assert ("朝阳", "移除") in told
    assert "新收录 1 件政策,移除 1 件,改动 1 件" in briefing.headline.replace("\uff0c", ",")


def test_shows_an_amount_before_and_after_with_both_sentences(briefing: Briefing) -> None:
    row = next(row for row in briefing.table.rows if row[3].value == 2_000_000)
    assert row[1].words.endswith("第一条")
    assert (row[2].words, row[4].value) == ("改写", 3_000_000)
    sources = {source.number: source for source in briefing.sources}
    before, after = sources[row[3].notes[0]], sources[row[4].notes[0]]
    assert "最高200万元" in before.quote
    assert before.earlier
    assert "(先前版本)" in before.place
    assert "最高300万元" in after.quote
    assert not after.earlier


def test_a_clause_that_only_moved_is_no_change(briefing: Briefing) -> None:
    # 第三条 (展会) became 第二条
    assert not any("50 万元" in cell.words for row in briefing.table.rows for cell in row)
    assert not any("展会" in source.quote for source in briefing.sources)


def test_shows_what_a_clause_granted_that_is_gone(briefing: Briefing) -> None:
    gone = [row for row in briefing.table.rows if row[2].words == "删去"]
    assert {row[3].words.split(" · ")[0] for row in gone} >= {"比例 50%", "上限 300 万元"}
    assert {row[4].words for row in gone} == {"无"}


def test_says_which_districts_won_and_lost_topics(briefing: Briefing) -> None:
    sheet = next(table for table in briefing.data if table.title == "失去和新增的支持事项")
    moved = {tuple(cell.words for cell in row) for row in sheet.rows}
    assert ("海淀区", "新增", "算力租用与算力券") in moved
    assert ("朝阳区", "失去", "研发投入补助") in moved
    assert ("丰台区", "失去", "首台(套)首批次与首试首用") in moved
    assert not any(row[0] == "丰台区" and row[2] == "算力租用与算力券" for row in moved)


def test_every_quote_stands_in_its_build(briefing: Briefing) -> None:
    before, after = FENGTAI + CHAOYANG, LATER_FENGTAI + HAIDIAN
    assert briefing.sources
    for source in briefing.sources:
        assert source.quote in (before if source.earlier else after), source


def test_the_same_build_has_no_change(work: tuple[Store, Path], tmp_path: Path) -> None:
    store, _ = work
    export_graph(store.read_graph(), "jsonl", tmp_path / "same.jsonl")
    export = Export("same.jsonl", (tmp_path / "same.jsonl").read_bytes())
    page = answer(store, Question("changes", "same.jsonl", since=export), DAY)
    assert page.headline == "与先前的图谱相比\uff0c2 件政策没有变化".replace("\uff0c", ",")
    assert page.table.rows == ()


def test_other_figures_of_the_same_words_are_read_otherwise(work: tuple[Store, Path]) -> None:
    _, earlier = work
    lines = (
        earlier.read_text(encoding="utf-8").replace('"value": 2000000.0', '"value": 2500000.0').splitlines()
    )
    changed = Graph.from_jsonl(load_schema(), lines)
    same = Graph.from_jsonl(load_schema(), earlier.read_text(encoding="utf-8").splitlines())
    (change,) = difference(changed, same).clauses
    assert change.is_reading
    assert [(a.value, b.value) for a, b in change.pairs() if a and b] == [(2_500_000, 2_000_000)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "没有一件政策"),
        (b"hello\n", "第 1 行不是图谱的节点或关系"),
        (b"\xff\xfe", "不是 UTF-8 文本"),
        (b'{"node": "Polizei", "id": "x", "properties": {}}\n', "有这一版本不认识的内容"),
        (b'{"node": "Policy", "id": "p", "properties": {"title": "x"}}\n', "不完整"),
    ],
)
def test_a_file_that_is_no_export_is_one_sentence(
    work: tuple[Store, Path], content: bytes, sentence: str
) -> None:
    with pytest.raises(UsageError, match=f"坏.jsonl.*{sentence}.*policygraph export"):
        answer(work[0], Question("changes", "坏.jsonl", since=Export("坏.jsonl", content)), DAY)


def test_command_compares_with_a_file(
    work: tuple[Store, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, earlier = work
    monkeypatch.setenv("POLICYGRAPH_HOME", str(store.settings.home))
    out = tmp_path / "x.md"
    result = CliRunner().invoke(
        cli, ["brief", "changes", "--since-build", str(earlier), "--out", str(out)], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert "上限 300 万元" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ([], "请给出起始日"),
        (["2026-01-01", "--since-build", "x.jsonl"], "二者取一"),
        (["--since-build", "missing.jsonl"], "没有文件 missing.jsonl"),
        (["--since-build", "/"], "读不了 /"),
    ],
)
def test_asks_for_one_of_two_ways(tmp_path: Path, asked: list[str], sentence: str) -> None:
    result = CliRunner().invoke(cli, ["brief", "changes", *asked, "--out", str(tmp_path / "x.md")])
    assert isinstance(result.exception, UsageError)
    assert sentence in result.exception.message
    assert list(tmp_path.iterdir()) == []
