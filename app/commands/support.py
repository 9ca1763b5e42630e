"""`honor`, `agency` and `largest`: support seen from one side."""

from __future__ import annotations

import click

from app.commands.districts import STANDARD, clause_rows, tell_period
from app.printing import (
    Column,
    Section,
    as_of_option,
    format_option,
    opened_store,
    parse_yuan,
    show,
    tell_cite,
    tell_share,
    tell_yuan,
)
from queries.compare import ClauseStandards
from queries.names import Names
from queries.support import agency_clauses, honor_support, largest_sums, uncapped


@click.command()
@click.argument("name")
@click.option("--city", help="只看这座城市。")
@as_of_option
@format_option
def honor(name: str, city: str | None, as_of: str, form: str | None) -> None:
    """一项资质荣誉在各区能得到什么。

    \b
    例: policygraph honor 专精特新小巨人企业
    """
    with opened_store() as store:
        names = Names(store)
        code = names.resolve("district", city) if city else None
        found = honor_support(store, names.resolve("honor", name), as_of, city=code)
    rows = [
        row | {"district": support.ref.district}
        for support in found
        for row in clause_rows(ClauseStandards(support.ref, support.standards, support.quote))
    ]
    columns = [Column("district", "地区"), *STANDARD]
    title = f"{found[0].honor if found else name}在各区的支持"
    show([Section("honor", title, columns, rows, "有效的政策中没有针对它的支持。")], form)


@click.command()
@click.argument("name")
@click.option("--all", "everything", is_flag=True, help="连附则里的解释、实施一并列出。")
@as_of_option
@format_option
def agency(name: str, everything: bool, as_of: str, form: str | None) -> None:
    """一个部门负责哪些支持条款。

    \b
    例: policygraph agency 北京经济技术开发区信息技术产业局
    """
    with opened_store() as store:
        found = agency_clauses(store, Names(store).resolve("agency", name), as_of)
    rows = [
        {
            "district": clause.district,
            "policy_title": clause.policy_title,
            "cite": clause.cite,
            "role": _ROLES[clause.role],
            "state": clause.state.label,
            "quote": clause.quote,
        }
        for clause in found
        if everything or clause.support
    ]
    columns = [
        Column("district", "地区"),
        Column("policy_title", "政策"),
        Column("cite", "条款", tell_cite),
        Column("role", "角色"),
        Column("state", "状态"),
        Column("quote", "原文", quote=True),
    ]
    title = f"{found[0].agency if found else name}:{len(rows)} 条"
    show([Section("clauses", title, columns, rows)], form)


@click.command()
@click.option(
    "--minimum", callback=parse_yuan, default="1000万", show_default=True, metavar="元", help="不低于多少。"
)
@click.option("--district", help="只看这个地区。")
@click.option(
    "--level",
    type=click.Choice(["district", "municipal", "provincial", "national"]),
    default="district",
    show_default=True,
    help="哪一层级的政策。",
)
@as_of_option
@format_option
def largest(minimum: float, district: str | None, level: str, as_of: str, form: str | None) -> None:
    """单项上限(或定额)最大的条款;只写比例、没有上限的另列。

    \b
    例: policygraph largest --minimum 4000万
    """
    with opened_store() as store:
        code = Names(store).resolve("district", district) if district else None
        sums = largest_sums(store, minimum, as_of, level=level, district=code)
        open_ended = uncapped(store, as_of, level=level, district=code)
    show(
        [
            Section.of("sums", f"单项不低于 {tell_yuan(minimum)} 的条款", _SUMS, sums),
            Section.of("uncapped", "只写比例、没有上限的条款", _UNCAPPED, open_ended),
        ],
        form,
    )


_SUMS = (
    Column("district", "地区", path="ref.district"),
    Column("value_cny", "金额", tell_yuan, right=True),
    Column("kind", "类型", {"cap": "上限", "fixed": "定额"}.__getitem__),
    Column("per", "每"),
    Column("period", "期间", tell_period),
    Column("clause", "条款", path="ref.name"),
    Column("quote", "原文", quote=True),
)
_UNCAPPED = (
    Column("district", "地区", path="ref.district"),
    Column("share", "比例", tell_share, right=True),
    Column("base", "比例的基数"),
    Column("label", "对象"),
    Column("clause", "条款", path="ref.name"),
    Column("quote", "原文", quote=True),
)
_ROLES = {
    "responsible": "条款责任单位",
    "interpreter": "解释",
    "implementer": "实施",
    "acceptor": "受理",
    "issuer": "发文",
}
