"""`query`, `search` and `cypher`: named queries, words in the clauses' text, and free reading queries."""

from __future__ import annotations

from typing import Any, Literal

import click

from app.printing import Column, Section, as_of_option, format_option, opened_store, show, tell_cite
from graph.errors import UsageError
from queries.catalog import Column as QueryColumn
from queries.catalog import NamedQuery, load_query, query_names
from queries.console import ROWS, SECONDS, run_cypher
from queries.parameters import run_query
from queries.search import search as search_clauses
from queries.search import words_apart


@click.command()
@click.argument("name", required=False)
@click.option("--param", "given", multiple=True, metavar="名=值", help="查询的参数,可给多次;列表用逗号分开。")
@format_option
def query(name: str | None, given: tuple[str, ...], form: str | None) -> None:
    """运行一个命名查询;不给名字则列出全部查询和参数。

    \b
    例: policygraph query
        policygraph query largest_caps --param minimum=4000万
        policygraph query topic_benefits --param topics=算力租用与算力券 --format csv
    """
    if name is None:
        show([_list()], form)
        return
    wanted = load_query(name)
    with opened_store() as store:
        table = run_query(store, name, _pairs(given))
    if table.notice:
        click.echo(f"policygraph: {table.notice}", err=True)
    columns = [_column(column) for column in wanted.columns]
    show([Section(name, wanted.question, columns, table.rows, "没有符合的结果。")], form)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="最多条数。")
@as_of_option
@format_option
def search(words: tuple[str, ...], limit: int, as_of: str, form: str | None) -> None:
    """在条款正文中找词,几个词须同时出现;两个字的词也能找到。

    \b
    例: policygraph search 算力券
        policygraph search 首台 补贴 --limit 5
    """
    text = " ".join(words)
    with opened_store() as store:
        hits = search_clauses(store, text, as_of, limit=limit)
        apart = text if hits else words_apart(text)
        if apart != text:
            hits = search_clauses(store, apart, as_of, limit=limit)
    rows = [
        {
            "district": hit.ref.district,
            "policy_title": hit.ref.policy_title,
            "cite": hit.ref.cite,
            "state": hit.ref.state.label,
            "snippet": hit.snippet,
            "clause": hit.ref.clause,
            "document": hit.ref.document,
        }
        for hit in hits
    ]
    columns = [
        Column("district", "地区"),
        Column("policy_title", "政策"),
        Column("cite", "条款", tell_cite),
        Column("state", "状态"),
        Column("snippet", "原文", quote=True),
    ]
    more = [Column("clause", "编号"), Column("document", "文件")] if form in {"json", "csv"} else []
    title = f"含有“{text}”的条款"
    if apart != text:
        title = f"没有条款连写“{text}”;同时含有“{apart}”的条款"
    show([Section("hits", title, [*columns, *more], rows, "没有找到。")], form)


@click.command()
@click.argument("text")
@click.option("--seconds", type=float, default=SECONDS, show_default=True, help="最长运行秒数,超过即终止。")
@click.option("--rows", type=int, default=ROWS, show_default=True, help="最多行数。")
@format_option
def cypher(text: str, seconds: float, rows: int, form: str | None) -> None:
    """运行一条只读的 Cypher 查询;服务器拒绝写入,超时和截断都会说明。

    \b
    例: policygraph cypher "MATCH (p:Policy) RETURN p.level AS level, count(p) AS policies ORDER BY level"
    """
    with opened_store() as store:
        answer = run_cypher(store, text, seconds=seconds, rows=rows)
    columns = [Column(name, name) for name in answer.columns]
    if answer.notice:
        click.echo(f"policygraph: {answer.notice}", err=True)
    show([Section("rows", "结果", columns, answer.rows, "没有行。")], form)


def _column(column: QueryColumn) -> Column:
    """Ids are for JSON and CSV only: a person reads names and cites."""
    tell = tell_cite if column.name.endswith("cite") else None
    use: Literal["both", "data"] = "data" if column.label.endswith("编号") else "both"
    return Column(column.name, column.label, tell, right=column.type == "number", use=use)


def _list() -> Section:
    rows = [_told(load_query(name)) for name in query_names()]
    columns = [Column("name", "查询"), Column("question", "回答什么"), Column("parameters", "参数")]
    return Section("queries", "命名查询", columns, rows)


def _told(named: NamedQuery) -> dict[str, Any]:
    parameters = [
        f"{p.name}({p.meaning}{'' if p.default is None else f',默认 {p.default}'}{'' if p.optional or p.default else ',必填'})"
        for p in named.parameters
    ]
    return {"name": named.name, "question": named.question, "parameters": parameters}


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(f"参数要写成 名=值,给的是“{text}”")
        if name in pairs:
            raise UsageError(f"参数 {name} 给了两次")
        pairs[name] = value
    return pairs
