"""What a person may type, and how the catalogue answers what cannot be meant so; on both servers where the graph is asked."""

from __future__ import annotations

import re

import pytest

from graph.errors import NoGraphError, PolicyGraphError, QueryError, QueryTimeoutError, UsageError
from graph.store import Store
from queries.catalog import SortKey, load_query, parse_query, query_names, sorted_rows
from queries.console import run_cypher
from queries.frames import to_frame
from queries.names import Names
from queries.parameters import parse_date, parse_number, run_query
from queries.timeline import timeline
from tests.queries.tiny import DAY, JIA, NEW, Tiny

STATE = re.compile(r"CASE\n\s+WHEN p\.effective_to.*?\n\s+END\b", re.DOTALL)


def test_the_state_of_a_policy_is_the_same_rule_in_every_query() -> None:
    rules = {rule for name in query_names() for rule in STATE.findall(load_query(name).cypher)}
    assert len(rules) == 1
    for name in query_names():
        assert ("$as_of" in load_query(name).cypher) == bool(
            STATE.search(load_query(name).cypher) or name == "policies_lapsing"
        )


def test_every_parameter_is_declared_and_every_declared_one_is_used() -> None:
    for name in query_names():
        query = load_query(name)
        assert set(re.findall(r"\$(\w+)", query.cypher)) == {
            parameter.name for parameter in query.parameters
        }, name


def test_every_query_keeps_to_what_both_servers_understand() -> None:
    for name in query_names():
        cypher = load_query(name).cypher
        assert not re.search(r"SHORTEST|NULLS|CYPHER|apoc|LOAD CSV|CREATE|MERGE|DELETE|\bSET\b", cypher), name
        assert "ORDER BY" in cypher, name


def test_every_query_about_a_place_goes_from_the_place() -> None:
    """Collected and unwound it is a few for Neo4j, which else begins with everything, for it takes `$city IS NULL OR …` to keep most."""
    for name in query_names():
        cypher = load_query(name).cypher
        for match in re.finditer(
            r"MATCH \((\w+):District\)\nWHERE [^\n]*\$(?:district|city) IS NULL", cypher
        ):
            assert match[1] == "place", name
            assert re.match(
                r"[^{]*?\nWITH (?:\w+, )?collect\(place\) AS (\w+)\nUNWIND \1 AS ", cypher[match.end() :]
            ), name


def test_every_query_gives_all_its_rows_many_at_a_time() -> None:
    """But those of several parts, each with an order of its own."""
    several = [name for name in query_names() if load_query(name).packed is None]
    assert several == ["names", "neighbourhood_in", "open_names"]


def test_rows_come_many_at_a_time_and_without_the_order() -> None:
    query = parse_query(
        "x",
        "// 问\n// 参数\n//   limit: integer = 100 -- 行数\n// 列\n//   name: string -- 名称\n//   value: number -- 数值\n// 排序: 数值、位置\n"
        "MATCH (n:X)\nRETURN n.name AS name, n.value AS value, n.order AS place\nORDER BY value DESC, place\nLIMIT $limit",
    )
    assert query.packed == (
        "MATCH (n:X)\nWITH n.name AS name, n.value AS value, n.order AS place\n"
        "WITH collect([name, value, place]) AS found\n"
        "UNWIND range(0, size(found) - 1, 1000) AS first\n"
        "RETURN found[first..first + 1000] AS pack"
    )
    assert query.packed_keys == (SortKey(1, descending=True), SortKey(2, descending=False))


def test_null_comes_last_and_first_where_a_key_descends() -> None:
    rows = [[2, "乙"], [None, "甲"], [2, "丙"]]
    by_name = sorted_rows(rows, [SortKey(1, descending=False)])
    assert [row[1] for row in by_name] == ["丙", "乙", "甲"]
    falling = sorted_rows(rows, [SortKey(0, descending=True), SortKey(1, descending=False)])
    assert [row[1] for row in falling] == ["甲", "丙", "乙"]
    rising = sorted_rows(rows, [SortKey(0, descending=False), SortKey(1, descending=True)])
    assert [row[1] for row in rising] == ["乙", "丙", "甲"]


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n",
        "// 问题\n// 列\n//   a string\n// 排序: a\nRETURN 1",
        "// 问题\n// 参数\n//   a: money -- 钱\n// 列\n//   a: string -- 甲\n// 排序: a\nRETURN 1",
    ],
)
def test_a_head_that_is_none_names_what_it_lacks(text: str) -> None:
    with pytest.raises(ValueError, match=r"x\.cypher"):
        parse_query("x", text)


def test_an_unknown_query_gets_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="您是不是要用 conflicts") as raised:
        load_query("conflict")
    assert raised.value.exit_code == 2
    with pytest.raises(UsageError, match="policygraph query 列出全部查询"):
        load_query("../secret")


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("policies_lapsing", {}, "缺少参数 until"),
        ("policies_as_of", {"asof": DAY}, "您是不是要用 as_of"),
        ("policies_as_of", {"as_of": "2026-02-30"}, "as_of 是“2026-02-30”,不是日期"),
        ("policies_as_of", {"as_of": "去年"}, "不是日期"),
        ("policies_as_of", {"district": "丁区"}, "没有“丁区”这个地区"),
        ("policies_as_of", {"district": "甲乙区"}, "您是不是要找:"),
        ("topic_benefits", {"topics": "算力租用与算力卷"}, "您是不是要找:算力租用与算力券"),
        ("honor_benefits", {"honor": "专精特新"}, "可能是几个资质荣誉"),
        ("largest_caps", {"minimum": "很多"}, "参数 minimum 须是数"),
        ("search_clauses", {"query": "x", "words": "x", "limit": "1.5"}, "参数 limit 须是整数"),
        (
            "search_clauses",
            {"query": "x", "words": "x", "limit": "9" * 20},
            "参数 limit 的绝对值不能超过 2,147,483,647",
        ),
        ("largest_caps", {"minimum": "9" * 400}, "参数 minimum 太大"),
        ("similar_clauses", {"duplicate": "也许"}, "参数 duplicate 须是 true 或 false"),
        ("lineage", {"policy": "测试市产业资金"}, "可能是几个政策"),
        (
            "conflicts",
            {"clause": "甲区支持先进制造若干措施:第九条"},
            "这件政策没有“第九条”这一条。它的条款有:第一条、第二条",
        ),
        ("conflicts", {"clause": "甲区支持先进制造若干措施"}, "不是条款"),
    ],
)
def test_what_cannot_be_meant_so_is_one_sentence_and_exit_code_two(
    small: Store, name: str, given: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError) as raised:
        run_query(small, name, given)
    assert said in raised.value.message
    assert "\n" not in raised.value.message
    assert raised.value.exit_code == 2


def test_names_may_be_typed_as_people_know_them(small: Store, answers: Tiny) -> None:
    names = Names(small)
    assert [names.resolve("district", text) for text in ("甲区", "甲", JIA, f"district-{JIA}")] == [JIA] * 4
    assert [names.resolve("district", text) for text in ("新区", "测新区")] == [NEW] * 2
    for text in ("首台(套)首批次与首试首用", "首台", "首台套", "first-use"):
        assert names.resolve("topic", text) == "first-use"
    assert names.resolve("policy", "《甲区旧办法》") == names.resolve("policy", "甲发〔2020〕9号")
    assert names.resolve("policy", "测发〔2025〕1号") == answers.policies["市办法"]
    assert names.resolve("clause", "甲区支持先进制造:第一条") == answers.clause("甲措施/第一条")


def test_values_of_the_right_type_need_no_text(small: Store) -> None:
    typed = run_query(small, "largest_caps", {"minimum": 3_000_000, "as_of": DAY})
    assert [row["value"] for row in typed.rows] == [3_000_000]
    assert list(typed.rows[0]) == [column.name for column in typed.query.columns]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5000000", 5e6),
        ("500万", 5e6),
        ("500万元", 5e6),
        ("1.2亿", 1.2e8),
        ("1,000", 1000),
        ("-3", -3),
        (".5", 0.5),
    ],
)
def test_reads_numbers(text: str, number: float) -> None:
    assert parse_number(text) == number


def test_an_empty_graph_says_so(store: Store) -> None:
    with pytest.raises((NoGraphError, UsageError)) as raised:
        run_query(store, "policies_as_of", {"district": "甲区"})
    assert isinstance(raised.value, PolicyGraphError)


def test_the_console_reads(small: Store) -> None:
    answer = run_cypher(small, "MATCH (d:District) RETURN d.code AS code ORDER BY code")
    assert answer.columns == ("code",)
    assert len(answer.rows) == 5
    assert answer.notice is None


def test_the_console_says_when_it_cuts(small: Store) -> None:
    answer = run_cypher(small, "MATCH (d:District) RETURN d.code AS code ORDER BY code", rows=2)
    assert len(answer.rows) == 2
    assert answer.notice is not None
    assert answer.notice.startswith("只显示前 2 行")


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:District {id: 'x'})",
        "MATCH (n:District) SET n.name = 'x'",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:District RETURN n",
    ],
)
def test_the_console_writes_nothing(small: Store, text: str) -> None:
    with pytest.raises(QueryError) as raised:
        run_cypher(small, text)
    assert raised.value.exit_code == 2
    assert len(run_cypher(small, "MATCH (d:District) WHERE d.name <> 'x' RETURN d.id AS id").rows) == 5


def test_the_console_ends_what_runs_on(small: Store) -> None:
    endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a + b AS c WHERE c < 0 RETURN c"
    with pytest.raises(QueryTimeoutError):
        run_cypher(small, endless, seconds=1)
    assert run_cypher(small, "MATCH (d:District) RETURN count(d) AS n").rows[0]["n"] == 5


@pytest.mark.parametrize(
    ("text", "seconds", "rows"), [(" ", 1.0, 1), ("RETURN 1", 0.0, 1), ("RETURN 1", 1.0, 0)]
)
def test_the_console_wants_a_query_and_limits(text: str, seconds: float, rows: int) -> None:
    with pytest.raises(UsageError):
        run_cypher(None, text, seconds=seconds, rows=rows)  # type: ignore[arg-type]


def test_answers_become_a_data_frame(small: Store) -> None:
    frame = to_frame(timeline(small, DAY).policies)
    assert list(frame["state"]).count("in_force") == 3
    assert "policy_title" in frame.columns


def test_dates_are_iso() -> None:
    assert parse_date("2028-01-01") == "2028-01-01"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", parse_date("today"))
