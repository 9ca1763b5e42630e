"""Every page without a browser: it starts, a filter that is set changes its table, and what fails is told in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from streamlit.testing.v1 import AppTest

from app.briefings.kinds import Question, answer
from app.building import Steps, build
from app.explorer import PAGES
from app.views.overview import ask_ahead
from data import CORPUS
from graph.errors import QueryTimeoutError
from graph.server_control import stop_server
from graph.settings import Settings, read_settings
from graph.store import Store
from tests.app.conftest import HOSTILE_TITLE
from tests.app.pages import component_data, finding, lines, notices, quotes, run_page, table

EXPLORER = str(Path(__file__).parents[2] / "app" / "explorer.py")
OWN_PAGES = [name for name in PAGES if name != "briefing"]

SVG = "{http://www.w3.org/2000/svg}"

AtHome = Callable[[Path], Settings]

SMALL = """鹿城区支持外贸发展若干措施
第一条 支持参展。对参展企业,按照展位费的50%给予最高10万元支持。
第二条 附则。本措施自印发之日起施行,有效期3年。
"""


@pytest.mark.parametrize("name", OWN_PAGES)
def test_every_page_starts_and_opens_with_a_sentence(corpus: Settings, name: str) -> None:
    test = run_page(name, words="算力", as_of="2026-11-23")
    assert not test.exception
    assert notices(test) == []
    assert finding(test).endswith("。")


def test_overview_counts_what_is_loaded(corpus: Settings) -> None:
    test = run_page("overview", as_of="2026-11-23")
    # 10 districts and the city; the draft is not in force; 17 districts less 10
    assert finding(test) == (
        "已收录 11 个地区的 24 件政策，其中 23 件在 2026-11-23 有效；另有 7 个区还没有收录文件，不能说它们不支持。"
    )
    assert len(table(test, "政策清单")) == 24


def test_many_policies_that_lapse_are_not_all_named(
    corpus: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.answers.overview.LAPSING_NAMED", 2)
    told = lines(run_page("overview", as_of="2027-06-01"), "aside")
    [words] = [words for words in told if "年内到期" in words]
    assert words.startswith("一年内到期 3 件，最早的 2 件：")
    # two of 经开区 at the end of 2027; the third, of 石景山区, lapses on 2028-04-30
    assert words.count("（2027-12-31）") == 2
    assert "石景山" not in words
    assert words.endswith("其余见清单的“有效期”。")


def test_of_a_large_graph_a_command_stands_where_a_browser_would_wait(
    corpus: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(run_page("downloads").get("download_button")) == 8
    # the bundled policies are less than 5,000 nodes and edges
    monkeypatch.setattr("app.views.downloads.LARGE", 1_000)
    test = run_page("downloads")
    assert not test.get("download_button")
    assert notices(test)[0].startswith("图谱较大")
    told = "".join(element.proto.body for element in test.get("html"))
    assert "policygraph export --format jsonl policygraph.jsonl<" in told
    assert "policygraph export --format csv policygraph<" in told
    assert "policygraph extract 政策文件夹 --out records.jsonl<" in told


@pytest.mark.parametrize("home", ["corpus", "two_cities"])
def test_what_the_overview_asks_is_asked_before_the_first_reader_comes(
    home: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue(home)
    ask_ahead()
    asked: list[str] = []
    monkeypatch.setattr(Store, "answer", lambda _store, query, *_, **__: asked.append(query))
    assert finding(run_page("overview"))
    assert asked == []


def test_overview_shows_a_district_alone(corpus: Settings) -> None:
    test = run_page("overview")
    test.selectbox(key="district").select("丰台区").run()
    assert [row[:3] for row in table(test, "政策清单")] == [
        ["丰台区", "丰台区支持人工智能科技创新和产业创新融合发展的若干措施", "有效"]
    ]


def test_the_date_acts_on_every_page(corpus: Settings) -> None:
    # 丰台's and 东城's policies end on 2028-12-31, 经开区's on data on 2027-12-31 and on robots on 2028-08-31
    later = run_page("compare", as_of="2029-01-01")
    states = {(row[0], row[1]) for row in table(later, "算力租用与算力券：各区标准")}
    assert ("丰台区", "已失效") in states
    assert ("丰台区", "支持") not in states
    assert "2 个支持" in finding(later)  # 朝阳 and 通州 name no end


def test_compare_tells_share_cap_and_sentence(corpus: Settings) -> None:
    test = run_page("compare", as_of="2026-11-23")
    rows = table(test, "算力租用与算力券：各区标准")
    own = [row for row in rows if row[0] == "丰台区"]
    # 第一条: 20% up to 2,000,000 for 2 years; industrial firms 30%, 3,000,000, 3 years
    assert [[cell for cell in row if cell][2:] for row in own] == [
        ["20%", "200 万元", "2", "每家企业", "第一条"],
        ["工业智能企业", "30%", "300 万元", "3", "每家企业", "第一条"],
    ]
    sentence = next(card for card in quotes(test) if "购买或租用算力实际投入的20%" in card["quote"])
    assert sentence["cite"] == "丰台区 · 支持人工智能科技创新和产业创新融合发展的若干措施 · 第一条"
    assert sentence["go"]["page"] == "reader"


def test_the_page_says_what_the_briefing_says(corpus: Settings) -> None:
    # 东城, 丰台, 朝阳 and 通州 state what they give, 通州 least and 东城 most; 经开区 only speaks of 算力券
    told = finding(run_page("compare", as_of="2026-11-23"))
    assert told == (
        "10 个已收录地区中 4 个支持算力租用与算力券，比例 20%–50%，上限 50 万–1000 万元。另有经开区只提到、没有写标准。"
    )
    with Store.connect(corpus) as store:
        briefing = answer(store, Question("compare", "compute-rental"), "2026-11-23")
    assert told.startswith(f"{briefing.headline}。")


def test_what_is_only_spoken_of_looks_unlike_support(corpus: Settings) -> None:
    ((_, picture),) = component_data(run_page("compare", as_of="2026-11-23"), "picture")
    tiles = {
        group.get("data-id"): (group[1].get("fill"), [text.text for text in group.findall(f"{SVG}text")])
        for group in ET.fromstring(picture["svg"]).iter(f"{SVG}g")
    }
    assert tiles["丰台区"][1] == ["丰台", "20%–30%", "上限", "200–300 万元"]  # both tiers
    assert tiles["北京经济技术开发区"] == ("#FFFFFF", ["经开区", "只提到", "未写标准"])


def test_compare_changes_with_the_topic(corpus: Settings) -> None:
    test = run_page("compare", as_of="2026-11-23")
    test.selectbox(key="topic").select("首台(套)首批次与首试首用").run()
    rows = table(test, "首台(套)首批次与首试首用：各区标准")
    assert ["通州区", "支持"] in [row[:2] for row in rows]


def test_two_clauses_that_were_picked_are_in_the_address(corpus: Settings) -> None:
    def beside(test: AppTest) -> list[str]:
        return [
            card["cite"]
            for key, data in component_data(test, "quotes")
            if key == "quotes_beside"
            for card in data["cards"]
        ]

    test = run_page("compare", as_of="2026-11-23")
    box = next(box for box in test.selectbox if box.label == "右边")
    before = beside(test)
    box.select_index(0 if box.index else 1).run()
    picked = beside(test)
    assert picked[0] == before[0]
    assert picked[1] != before[1]
    asked = {name: test.query_params[name] for name in ("a", "b")}
    assert beside(run_page("compare", as_of="2026-11-23", **asked)) == picked


def test_the_parameters_of_a_saved_question_are_in_the_address(corpus: Settings) -> None:
    question = "到某一天，已收录的政策各处于什么状态：有效、已失效、已废止、征求意见、尚未施行、起算日不明、未写期限。"
    test = run_page("cypher", question=question, policies_as_of_district="丰台区")
    assert [row[0] for row in table(test, "policies_as_of")] == ["丰台区"]


def test_compare_of_all_topics_is_a_matrix(corpus: Settings) -> None:
    test = run_page("compare", topic="全部")
    (picture,) = component_data(test, "picture")
    assert picture[0] == "figure_各区支持哪些事项"
    assert "10 个已收录地区" in finding(test)


def test_gaps_of_a_district(corpus: Settings) -> None:
    test = run_page("gaps", district="丰台区", as_of="2026-11-23")
    rows = table(test, "丰台区：其他地区支持的支持事项")
    first = rows[0]
    assert first[:3] == ["参展与企业出海", "已收录文件中未见", "8"]
    assert "9 个已收录的其他地区中 8 个有（2 个只提到、未写标准）" in finding(test)  # 通州 and 经开区
    others = {card["cite"].partition(" ")[0] for card in quotes(test)}
    assert "丰台区" not in others
    assert len(others) == 8


def test_gaps_by_honor(corpus: Settings) -> None:
    test = run_page("gaps", district="丰台区")
    test.selectbox(key="kind").select("资质荣誉").run()
    assert ["游戏版号"] in [row[:1] for row in table(test, "丰台区：其他地区支持的资质荣誉")]


def test_a_city_award_of_five_million(corpus: Settings) -> None:
    test = run_page("chains", as_of="2026-11-23")
    added = {(row[0], row[1]): row[2] for row in table(test, "各区再给多少")}
    # 丰台 30% of 5,000,000 = 1,500,000: capped at 1,000,000, at 2,000,000 for industrial projects; 通州 50% = 2,500,000 under
    # 3,000,000; 经开区 one to one; 石景山 names a cap of 3,000,000 and no share
    assert {(place, amount) for (place, _), amount in added.items()} == {
        ("丰台区", "100 万元"),
        ("丰台区", "150 万元"),
        ("通州区", "250 万元"),
        ("北京经济技术开发区", "500 万元"),
        ("石景山区", "不超过 300 万元"),
    }
    assert any("从优不重复" in card["quote"] for card in quotes(test))


def test_what_everybody_gets_is_said_before_what_some_get(corpus: Settings) -> None:
    assert finding(run_page("chains", as_of="2026-11-23")) == (
        "首台(套)首批次与首试首用：同一项市级奖励 500 万元，经开区再给 500 万元，石景山再给不超过 300 万元，通州再给 250 万元，"
        "丰台再给 100 万元（工业智能项目 150 万元）。"
    )


def test_another_award(corpus: Settings) -> None:
    test = run_page("chains", as_of="2026-11-23")
    test.number_input(key="award").set_value(200).run()
    added = {(row[0], row[2]) for row in table(test, "各区再给多少")}
    # 30% of 2,000,000 = 600,000; 50% = 1,000,000; one to one
    assert {("丰台区", "60 万元"), ("通州区", "100 万元"), ("北京经济技术开发区", "200 万元")} <= added


def test_conflicts_name_the_rule(corpus: Settings) -> None:
    test = run_page("conflicts", district="石景山区")
    rows = table(test, "不能同时领的两项")
    assert {row[0] for row in rows} == {"石景山区"}
    rule = next(card for card in quotes(test) if card["tone"] == "rule")
    assert rule["note"].endswith(("从优，只取一项", "不重复享受"))


@pytest.mark.parametrize(
    ("view", "name"),
    [
        ("可以同时领的", "可以同时领的规定"),
        ("重复的条款", "重复的条款"),
        ("互相矛盾的规定", "互相矛盾的规定"),
    ],
)
def test_conflicts_answer_one_question_at_a_time(corpus: Settings, view: str, name: str) -> None:
    test = run_page("conflicts")
    test.selectbox(key="view").select(view).run()
    assert table(test, name)


def test_the_best_set(corpus: Settings) -> None:
    test = run_page("conflicts", view="最优组合", district="通州区", as_of="2026-11-23")
    assert notices(test) == ["选好地区和项目涉及的支持事项，就能看到一起能领什么、共多少、哪些领不到。"]
    test.number_input(key="award").set_value(500)
    test.number_input(key="cost").set_value(0)
    test.multiselect(key="topics").set_value(["首台(套)首批次与首试首用"]).run()
    amounts = [row[2] for row in table(test, "一起领的") if row[0] == "通州区"]
    assert "250 万元" in amounts  # half of 5,000,000, under the cap of 3,000,000


def test_reader_lights_the_sentence_of_its_address(corpus: Settings) -> None:
    search = run_page("search", words="购买或租用算力实际投入")
    (hit,) = [card for card in quotes(search) if card["cite"].startswith("丰台区")]
    params = hit["go"]["params"]
    test = run_page("reader", policy=params["policy"], cite="第一条", quote="给予最高200万元")
    ((_, data),) = component_data(test, "reader")
    lit = [
        piece["text"]
        for line in data["paragraphs"]
        for piece in line["pieces"]
        if data["selected"][0] in piece["facts"]
    ]
    assert "".join(lit) == "给予最高200万元"


def test_search_takes_words_apart_that_no_clause_has_in_a_row(corpus: Settings) -> None:
    # 丰台 第一条 and the city's guide write 租用算力; 丰台's title page and others do not
    test = run_page("search", words="算力租用")
    assert finding(test).startswith("没有条款连写“算力租用”，拆开来看：“算力 租用”见于")
    assert all("算力" in card["quote"] and "租用" in card["quote"] for card in quotes(test))
    assert finding(run_page("search", words="没有这样的词")).startswith("已收录的政策中没有")


def test_search_finds_two_characters_and_marks_them(corpus: Settings) -> None:
    test = run_page("search")
    assert notices(test)[0].startswith("输入要找的词")
    test.text_input(key="words").set_value("算力 补贴").run()
    rows = table(test, "检索结果")
    assert rows
    assert all("算力" in card["quote"] and "补贴" in card["quote"] for card in quotes(test))
    test.text_input(key="words").set_value("没有这样的词").run()
    assert finding(test).startswith("已收录的政策中没有")


def test_network_opens_and_filters(corpus: Settings) -> None:
    test = run_page("network")
    ((_, data),) = component_data(test, "network")
    assert 5 < len(data["nodes"]) <= 61
    assert {node["mark"] for node in data["nodes"]} == {"dot"}
    test.multiselect(key="labels").set_value(["产业"]).run()
    assert notices(test) == []
    ((_, narrowed),) = component_data(test, "network")
    assert len(narrowed["nodes"]) == 1  # a topic has no industries beside it


def test_saved_questions_hold_no_codes(corpus: Settings) -> None:
    test = run_page(
        "cypher",
        question="到某一天，已收录的政策各处于什么状态：有效、已失效、已废止、征求意见、尚未施行、起算日不明、未写期限。",
    )
    rows = table(test, "policies_as_of")
    assert len(rows) == 24
    words = {cell for row in rows for cell in row}
    assert {"有效", "征求意见稿", "区级"} <= words
    assert not {"in_force", "district", "draft"} & words


def test_the_console_answers_and_refuses(corpus: Settings) -> None:
    test = run_page("cypher", view="自己写")
    test.text_area(key="cypher").set_value("MATCH (t:Topic) RETURN count(t) AS 事项")
    test.button[0].click().run()
    assert table(test, "查询结果") == [["60"]]
    test.text_area(key="cypher").set_value("MATCH (t:Topic) DELETE t")
    test.button[0].click().run()
    assert notices(test) == ["这条查询不能执行：这里只能读，不能改；也请检查写法。数据库的原话在下面。"]


def test_the_console_says_that_rows_were_cut(corpus: Settings) -> None:
    test = run_page("cypher", view="自己写")
    test.text_area(key="cypher").set_value("UNWIND range(1, 1500) AS n RETURN n")
    test.button[0].click().run()
    assert notices(test) == ["只显示前 1,000 行，后面还有：请在查询里缩小范围。"]
    assert len(table(test, "查询结果")) == 1000


@pytest.mark.parametrize("name", OWN_PAGES)
def test_every_page_speaks_of_one_city(two_cities: Settings, name: str) -> None:
    test = run_page(name, words="租用算力", city="温州市", as_of="2026-11-23")
    assert not test.exception
    assert [place.options for place in test.sidebar.selectbox] == [["北京市", "温州市"]]
    districts = [box.options for box in test.main.selectbox if box.key == "district"]
    assert all("鹿城区" in options and "丰台区" not in options for options in districts)
    cites = [card["cite"] for card in quotes(test)]
    assert all(cite.startswith(("温州市", "鹿城区")) for cite in cites)


def test_the_city_that_is_chosen_is_counted_and_compared_alone(two_cities: Settings) -> None:
    test = run_page("overview", as_of="2026-11-23")
    assert finding(test).startswith("已收录 1 个地区的 1 件政策，其中 1 件在 2026-11-23 有效")  # 丰台区
    test.selectbox(key="city").select("温州市").run()
    assert finding(test).startswith("已收录 2 个地区的 2 件政策，其中 2 件在 2026-11-23 有效")
    compared = run_page("compare", city="温州市", as_of="2026-11-23")
    assert finding(compared) == "1 个已收录地区中 1 个支持算力租用与算力券，比例 30%，上限 100 万元。"
    paid = run_page("chains", city="温州市", as_of="2026-11-23")
    assert "鹿城再给 250 万元" in finding(paid)  # half of 5,000,000, under 3,000,000


def test_a_query_over_its_time_is_told_in_a_sentence(
    corpus: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(*_: object) -> None:
        raise QueryTimeoutError("The query ran longer than 10 s and was ended")

    monkeypatch.setattr("app.views.cypher.run_cypher", too_long)
    test = run_page("cypher", view="自己写")
    test.button[0].click().run()
    assert notices(test) == ["这次查询超过了时限，已经停止。请缩小范围再试。"]


@pytest.mark.parametrize("name", OWN_PAGES)
def test_an_empty_graph_is_told_with_a_way_out(
    name: str, at_home: AtHome, embedded_settings: Settings
) -> None:
    at_home(embedded_settings.home)
    (embedded_settings.home / "current.json").unlink(missing_ok=True)
    test = run_page(name)
    assert not test.exception
    assert notices(test)[0].startswith("图谱还是空的")
    assert [button.label for button in test.button] == ["用自带的 24 件政策建图"]


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_store_that_is_gone_is_told_with_a_way_out(
    name: str, tmp_path: Path, at_home: AtHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_home(tmp_path)
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    test = run_page(name)
    assert not test.exception
    assert notices(test)[0].startswith("图数据库没有应答")


def test_any_other_failure_is_a_sentence_too(
    corpus: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("app.views.overview.coverage_map", lambda *_: 1 / 0)
    test = run_page("overview")
    assert not test.exception
    assert notices(test)[-1].startswith("这一页没有画成")
    assert "ZeroDivisionError" in caplog.text  # the log has the trace


def test_a_new_graph_is_taken_over_without_a_restart(tmp_path: Path, at_home: AtHome) -> None:
    settings = at_home(tmp_path / "home")
    (tmp_path / "a.txt").write_text(SMALL, encoding="utf-8")
    with Store.connect(settings) as store:
        build(store, [tmp_path / "a.txt"])
        test = run_page("overview", as_of="2026-11-23")
        assert "1 件政策" in finding(test)
        during: list[str] = []

        def look_on(_step: str, _total: int | None) -> None:
            during.append(finding(test.run()))

        build(store, [CORPUS], steps=Steps(begin=look_on))
        assert during
        assert all("1 件政策" in words for words in during)
        assert "24 件政策" in finding(test.run())
        stop_server(store.folder)


@pytest.mark.parametrize("name", OWN_PAGES)
def test_text_of_documents_is_no_markup(hostile: Settings, name: str) -> None:
    test = run_page(name, words="租用算力")
    assert not test.exception
    for element in test.get("html"):
        assert "<script>document" not in element.proto.body
        assert "onerror" not in element.proto.body
    assert [
        element.value for element in test.markdown if "租用" in element.value or "script" in element.value
    ] == []
    assert [element.label for element in test.expander if "script" in element.label] == []


def test_a_hostile_title_is_read_as_it_stands(hostile: Settings) -> None:
    assert [row[1] for row in table(run_page("overview"), "政策清单")] == [HOSTILE_TITLE]


def test_the_whole_explorer_starts(corpus: Settings) -> None:
    test = AppTest.from_file(EXPLORER, default_timeout=60).run()
    assert not test.exception
    assert "24 件政策" in finding(test)


def test_settings_are_those_of_the_test(corpus: Settings) -> None:
    assert read_settings().home == corpus.home
