"""Briefings on another city than Beijing, whose districts have no place on a tile map of ours; and on two cities at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from app.briefings.files import SUFFIXES, made
from app.briefings.kinds import answer
from app.briefings.question import Question
from app.building import build
from app.cli import cli
from data import CORPUS
from graph.errors import PolicyGraphError
from graph.server_control import stop_server
from graph.settings import read_settings
from graph.store import Store

DAY = "2026-11-23"
POLICIES = {
    "上海市": """上海市支持人工智能发展若干措施
第一条 支持租用算力。对租用算力的企业,按照租用费用的10%给予最高1000万元支持。
第二条 支持首台(套)。对首台(套)装备,给予最高500万元奖励。
第三条 本措施自2026年1月1日起施行,有效期至2030年12月31日。
""",
    "浦东新区": """上海市浦东新区支持人工智能发展若干措施
第一条 支持租用算力。对租用算力的企业,按照租用费用的30%给予最高600万元支持。
第二条 支持首台(套)。对获得市级首台(套)奖励的企业,按照市级奖励资金的50%给予最高200万元配套支持。
第三条 同一项目符合本措施多个条款的,按照从优不重复原则支持。
第四条 本措施自2026年1月1日起施行,有效期至2028年12月31日。
""",
    "徐汇区": """上海市徐汇区支持人工智能发展若干措施
第一条 支持租用算力。对租用算力的企业,按照租用费用的20%给予最高150万元支持。
第二条 本措施自2026年1月1日起施行,有效期至2027年6月30日。
""",
}
QUESTIONS = {
    "compare": (Question("compare", "算力租用与算力券"), DAY),
    "profile": (Question("profile", "徐汇区"), DAY),
    "chain": (Question("chain", "首台(套)首批次与首试首用", award=5_000_000), DAY),
    "conflicts": (Question("conflicts", "浦东新区"), DAY),
    "changes": (Question("changes", DAY), "2029-01-01"),
}


def _store(home: Path, *more: Path) -> Iterator[Store]:
    sources = home / "sources"
    sources.mkdir()
    for name, text in POLICIES.items():
        (sources / f"{name}.txt").write_text(text, encoding="utf-8")
    with Store.connect(read_settings(home=home / "home", environ={})) as store:
        build(store, [sources, *more])
        yield store
        stop_server(store.folder)


@pytest.fixture(scope="module")
def shanghai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three made-up policies of Shanghai."""
    yield from _store(tmp_path_factory.mktemp("shanghai"))


@pytest.fixture(scope="module")
def two_cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """These and the bundled ones of Beijing."""
    yield from _store(tmp_path_factory.mktemp("cities"), CORPUS)


def test_says_what_shanghai_gives(shanghai: Store) -> None:
    page = answer(shanghai, *QUESTIONS["compare"])
    # 浦东 30% up to 600, 徐汇 20% up to 150, the city 10% up to 1000
    assert (
        page.headline.replace("\uff0c", ",")
        == "2 个已收录地区中 2 个支持算力租用与算力券,比例 20%\u201330%,上限 150 万\u2013600 万元"
    )
    assert page.figures[-1].values == (10_000_000,)


def test_districts_without_a_place_of_their_own_stand_in_a_grid(shanghai: Store) -> None:
    picture = answer(shanghai, *QUESTIONS["compare"]).picture
    for name in ("上海市", "浦东", "徐汇", "黄浦", "崇明"):
        assert f">{name}<" in picture.svg, name
    assert "丰台" not in picture.svg


def test_works_out_a_match_in_shanghai(shanghai: Store) -> None:
    rows = answer(shanghai, *QUESTIONS["chain"]).table.rows
    # half of 5 million is 2.5 million, above the cap of 2 million
    assert [(row[0].words, row[3].value) for row in rows] == [("浦东", 2_000_000)]


def test_says_what_a_district_of_shanghai_lacks(shanghai: Store) -> None:
    page = answer(shanghai, *QUESTIONS["profile"])
    assert "首台(套)首批次与首试首用" in [row[0].words for row in page.table.rows]
    assert any("2027-06-30" in point.words for point in page.points)


def test_a_district_that_lacks_nothing_shows_what_it_supports(shanghai: Store) -> None:
    page = answer(shanghai, Question("profile", "浦东新区"), DAY)
    assert "已收录的别的区所支持的,它都有" in page.headline
    # 600 here, 150 in 徐汇
    assert ">600 万元<" in page.picture.svg
    assert ">150 万元<" in page.picture.svg


def test_says_which_districts_lose_support_as_policies_lapse(shanghai: Store) -> None:
    page = answer(shanghai, *QUESTIONS["changes"])
    assert page.figures[0].values == (3, 1)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_kind_has_every_form(shanghai: Store, name: str, suffix: str) -> None:
    content = made(answer(shanghai, *QUESTIONS[name]), f".{suffix}")
    assert len(content) > 500
    if suffix == "pdf":
        document = pypdfium2.PdfDocument(content)
        assert 1 <= len(document) <= 2
        document.close()


@pytest.mark.parametrize("kind", ["compare", "chain", "changes"])
def test_of_several_cities_one_is_to_be_named(
    two_cities: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("POLICYGRAPH_HOME", str(two_cities.settings.home))
    asked = {"compare": "算力租用", "chain": "首台", "changes": "2026-01-01"}[kind]
    out = tmp_path / "x.md"
    result = CliRunner().invoke(cli, ["brief", kind, asked, "--out", str(out)])
    assert isinstance(result.exception, PolicyGraphError)
    assert result.exception.exit_code == 2
    assert "几座城市的政策(北京市、上海市):请用 --city 指明一座" in result.exception.message
    assert list(tmp_path.iterdir()) == []
    result = CliRunner().invoke(
        cli, ["brief", kind, asked, "--city", "上海市", "--out", str(out)], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert "东城" not in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["profile", "conflicts"])
def test_a_district_says_its_city_itself(two_cities: Store, kind: str) -> None:
    shanghai, beijing = (
        made(answer(two_cities, Question(kind, name), DAY), ".md").decode() for name in ("浦东新区", "丰台区")
    )
    assert not any(name in shanghai for name in ("海淀", "东城", "丰台"))
    assert not any(name in beijing for name in ("徐汇", "浦东"))


def test_a_topic_that_no_clause_speaks_of_is_one_sentence(shanghai: Store) -> None:
    with pytest.raises(PolicyGraphError, match="已收录的政策都没有写到“研发投入补助”"):
        answer(shanghai, Question("compare", "研发投入补助"), DAY)
