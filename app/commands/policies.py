"""`asof` and `lineage`: policies in time."""

from __future__ import annotations

import click

from app.printing import Column, Section, as_of_option, format_option, opened_store, show, tell_cite
from queries.names import Names
from queries.parameters import parse_date
from queries.timeline import lineage as find_lineage
from queries.timeline import repeals, timeline


@click.command()
@click.argument("day", default="today")
@click.option("--district", help="只看这个地区。")
@format_option
def asof(day: str, district: str | None, form: str | None) -> None:
    """某一天哪些政策有效、哪些一年内到期、每次废止换下了什么。

    \b
    例: policygraph asof 2028-01-01
    """
    date = parse_date(day, "日期")
    with opened_store() as store:
        code = Names(store).resolve("district", district) if district else None
        then = timeline(store, date, district=code)
        replaced = repeals(store, date) if code is None else []
    sections = [
        Section.of("policies", f"{date} 各政策的状态", _POLICIES, then.policies),
        Section.of("lapsing", "此后一年内到期", _LAPSING, then.lapsing),
    ]
    if code is None:
        sections.append(Section.of("repeals", "废止了什么", _REPEALS, replaced))
    show(sections, form)


@click.command()
@click.argument("policy")
@as_of_option
@format_option
def lineage(policy: str, as_of: str, form: str | None) -> None:
    """一件政策的来龙去脉:废止了谁、被谁废止,依据谁、落实谁,谁提到它。

    \b
    例: policygraph lineage 高精尖产业发展资金管理办法
    """
    with opened_store() as store:
        found = find_lineage(store, Names(store).resolve("policy", policy), as_of)
    rows = [
        {
            "relation": _RELATIONS[relation.relation, relation.outgoing],
            "policy_title": relation.policy_title,
            "doc_number": relation.doc_number,
            "state": relation.state.label,
            "cite": relation.cite,
            "quote": relation.quote,
        }
        for relation in found
    ]
    show([Section("lineage", "政策的来龙去脉", _LINEAGE, rows, "没有与其他文件的关系。")], form)


_POLICIES = (
    Column("district", "地区"),
    Column("policy_title", "政策"),
    Column("state", "状态", path="state.label"),
    Column("why", "依据"),
    Column("effective_from", "施行"),
    Column("effective_to", "有效期至"),
    Column("document", "文件"),
)
_LAPSING = (
    Column("district", "地区"),
    Column("policy_title", "政策"),
    Column("effective_to", "有效期至"),
    Column("clauses", "有标准的条款", right=True),
)
_REPEALS = (
    Column("policy_title", "新政策"),
    Column("old_title", "旧政策"),
    Column("old_doc_number", "旧文号"),
    Column("planned", "拟废止"),
    Column("quote", "原文", quote=True),
)
_LINEAGE = (
    Column("relation", "关系"),
    Column("policy_title", "政策"),
    Column("doc_number", "文号"),
    Column("state", "状态"),
    Column("cite", "条款", tell_cite),
    Column("quote", "原文", quote=True),
)
_RELATIONS = {
    ("SUPERSEDES", True): "废止",
    ("SUPERSEDES", False): "被其废止",
    ("BASED_ON", True): "依据",
    ("BASED_ON", False): "是其依据",
    ("IMPLEMENTS", True): "落实",
    ("IMPLEMENTS", False): "由其落实",
    ("CITES", True): "提到",
    ("CITES", False): "被其提到",
}
