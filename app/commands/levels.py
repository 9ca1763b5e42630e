"""`chains`: from a district's clause to the city's and the nation's, and what each district adds to an award."""

from __future__ import annotations

from typing import Any

import click

from app.printing import (
    Column,
    Section,
    as_of_option,
    format_option,
    opened_store,
    parse_yuan,
    show,
    tell_figures,
    tell_share,
    tell_yuan,
)
from app.spoken import say_range
from queries.amounts import Given, Worked
from queries.chains import Chain, amounts_along, hanging_matches
from queries.chains import chains as find_chains
from queries.names import Names


@click.command()
@click.option("--district", help="只看这个地区。")
@click.option("--topic", help="只看这个支持事项。")
@click.option("--honor", help="只看针对这项资质荣誉的条款。")
@click.option("--clause", help="只看这一条,如“丰台区支持人工智能:第六条,(3)”。")
@click.option(
    "--kind",
    type=click.Choice(["cofunding", "aligned"]),
    help="cofunding 按上级资金配套,aligned 上下都支持。",
)
@click.option("--hanging", is_flag=True, help="只看对方不明、未生效或已失效的。")
@click.option(
    "--award", callback=parse_yuan, metavar="元", help="市级(省级)奖励金额,如 500万:算出各区再给多少。"
)
@click.option("--national-award", callback=parse_yuan, metavar="元", help="国家奖励金额。")
@click.option(
    "--cost", callback=parse_yuan, metavar="元", help="本单位支出,如算力费用(须同时给 --topic 或 --clause)。"
)
@click.option("--already", callback=parse_yuan, metavar="元", help="同一条款已得金额,用于晋级补差。")
@as_of_option
@format_option
def chains(
    *,
    district: str | None,
    topic: str | None,
    honor: str | None,
    clause: str | None,
    kind: str | None,
    hanging: bool,
    award: float | None,
    national_award: float | None,
    cost: float | None,
    already: float | None,
    as_of: str,
    form: str | None,
) -> None:
    """上下级配套:区级条款对应市级哪一条、再往上是什么;给出市级奖励金额,则算出各区再给多少。

    \b
    例: policygraph chains --topic 首台 --award 500万
        policygraph chains --district 丰台区 --kind cofunding
        policygraph chains --topic 算力租用 --cost 500万
    """
    with opened_store() as store:
        names = Names(store)
        asked = {
            entity: names.resolve(entity, text)
            for entity, text in (
                ("district", district),
                ("topic", topic),
                ("honor", honor),
                ("clause", clause),
            )
            if text
        }
        given = Given(award, national_award, cost, already=already or 0)
        if award is not None or national_award is not None or cost is not None:
            show([_amounts(amounts_along(store, given, as_of, **asked))], form)
            return
        found = find_chains(store, as_of, kind=kind, **asked)
        loose = hanging_matches(store, as_of, district=asked.get("district")) if hanging else found
    show([_chains([chain for chain in found if chain in loose])], form)


def _chains(found: list[Chain]) -> Section:
    columns = [
        Column("district", "地区"),
        Column("clause", "条款"),
        Column("kind", "类型"),
        Column("rate", "比例", tell_share, right=True),
        Column("cap", "上限", tell_yuan, right=True),
        Column("upper", "对应上级"),
        Column("hanging", "悬空"),
        Column("quote", "原文", quote=True),
        Column("upper_quote", "上级原文", quote=True),
    ]
    rows: list[dict[str, Any]] = [
        {
            "district": chain.ref.district,
            "clause": chain.ref.name,
            "kind": {"cofunding": "配套", "aligned": "呼应"}[chain.kind],
            "rate": chain.rate,
            "cap": chain.cap,
            "upper": " → ".join(step.title + "".join(step.cite) for step in chain.steps),
            "hanging": chain.hanging,
            "quote": chain.quote,
            "upper_quote": chain.steps[0].quote,
        }
        for chain in found
    ]
    return Section("chains", "上下级配套", columns, rows, "没有找到上下级对应的条款。")


def _amounts(found: list[Worked]) -> Section:
    columns = [
        Column("district", "地区"),
        Column("clause", "条款"),
        Column("label", "对象"),
        Column("amount", "可得", right=True, use="told"),
        Column("steps", "算法", tell_figures),
        Column("reason", "为何是范围", tell_figures),
        Column("years", "年限", right=True),
        Column("conditions", "其他条件"),
        Column("quote", "原文", quote=True),
        Column("low", "最少(元)", use="data"),
        Column("high", "最多(元)", use="data"),
    ]
    rows = [
        {
            "district": item.ref.district,
            "clause": item.ref.name,
            "label": item.label,
            "amount": _amount(item),
            "steps": item.steps,
            "reason": item.reason,
            "years": item.years,
            "conditions": item.conditions,
            "quote": item.quote,
            "low": item.low,
            "high": item.high,
        }
        for item in found
    ]
    return Section("amounts", "各地区再给多少", columns, rows, "没有条款按给出的金额配套。")


def _amount(item: Worked) -> str:
    if item.exact is None:
        return say_range(item.low, item.high)
    paid = "、".join(tell_yuan(part) for part in item.instalments)
    return ("至多 " if item.at_most else "") + tell_yuan(item.exact) + (f"(分期 {paid})" if paid else "")
