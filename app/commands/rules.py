"""`conflicts` and `bundle`: which supports shut each other out, and the best set that does not."""

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
    tell_yuan,
)
from graph.store import Store
from queries.amounts import Given
from queries.bundle import Bundle, Item, LeftOut, Project, Selection, best_bundle
from queries.chains import Chain
from queries.conflicts import (
    Conflict,
    Contradiction,
    Duplicate,
    contradictions,
    duplicates,
    temporal_conflicts,
)
from queries.conflicts import conflicts as find_conflicts
from queries.names import Names


@click.command()
@click.option("--district", help="只看这个地区。")
@click.option("--topic", help="只看这个支持事项。")
@click.option("--policy", help="只看涉及这件政策的。")
@click.option("--clause", help="只看涉及这一条的。")
@click.option("--duplicates", "only", flag_value="duplicates", help="改看同一地区重复的支持。")
@click.option("--contradictions", "only", flag_value="contradictions", help="改看相互矛盾的规则。")
@click.option("--temporal", "only", flag_value="temporal", help="改看配套了已失效或未生效政策的条款。")
@as_of_option
@format_option
def conflicts(
    *,
    district: str | None,
    topic: str | None,
    policy: str | None,
    clause: str | None,
    only: str | None,
    as_of: str,
    form: str | None,
) -> None:
    """不能同时领的支持:哪两条、依哪条规则、可以保留什么、哪句话又允许同时领。

    \b
    例: policygraph conflicts --district 经开区
        policygraph conflicts --topic 数据交易与数据券
        policygraph conflicts --district 石景山区 --contradictions
    """
    with opened_store() as store:
        names = Names(store)
        asked = {
            entity: names.resolve(entity, text)
            for entity, text in (
                ("district", district),
                ("topic", topic),
                ("policy", policy),
                ("clause", clause),
            )
            if text
        }
        show([_section(store, only, asked, as_of)], form)


@click.command()
@click.option(
    "--clause", "clauses", multiple=True, help="要比较的条款,可给多次,如“丰台区支持人工智能:第六条,(3)”。"
)
@click.option("--district", help="项目所在地区(与 --topic 一起用)。")
@click.option("--topic", "topics", multiple=True, help="项目涉及的支持事项,可给多次。")
@click.option("--for", "words", multiple=True, metavar="词", help="项目属于哪种情形,如 工业智能,可给多次。")
@click.option("--award", callback=parse_yuan, metavar="元", help="已获市级(省级)奖励金额,如 500万。")
@click.option("--national-award", callback=parse_yuan, metavar="元", help="已获国家奖励金额。")
@click.option("--cost", callback=parse_yuan, metavar="元", help="项目支出。")
@as_of_option
@format_option
def bundle(
    *,
    clauses: tuple[str, ...],
    district: str | None,
    topics: tuple[str, ...],
    words: tuple[str, ...],
    award: float | None,
    national_award: float | None,
    cost: float | None,
    as_of: str,
    form: str | None,
) -> None:
    """一个项目最多能拿到什么:所有规则和上限之下合计最大的组合、次优的组合、没选上的被哪条规则挡住。

    \b
    例: policygraph bundle --district 通州区 --topic 首台 --topic 场景应用示范 --award 500万 --cost 800万
        policygraph bundle --clause "丰台区支持人工智能:第一条" --clause "丰台区支持人工智能:第六条,(3)" --award 500万
    """
    with opened_store() as store:
        names = Names(store)
        project = Project(
            Given(award, national_award, cost),
            clauses=tuple(names.resolve("clause", clause) for clause in clauses),
            district=names.resolve("district", district) if district else None,
            topics=tuple(names.resolve("topic", topic) for topic in topics),
            words=words,
        )
        found = best_bundle(store, project, as_of)
    show(_bundle(found), form, notes=_notes(found))


def _section(store: Store, only: str | None, asked: dict[str, str], as_of: str) -> Section:
    district, topic = asked.get("district"), asked.get("topic")
    if only == "duplicates":
        return _duplicates(duplicates(store, as_of, district=district, topic=topic))
    if only == "contradictions":
        return _contradictions(contradictions(store, as_of, district=district))
    if only == "temporal":
        return _temporal(temporal_conflicts(store, as_of, district=district))
    found = find_conflicts(
        store,
        as_of,
        district=district,
        topic=topic,
        policy=asked.get("policy"),
        clauses=[asked["clause"]] if "clause" in asked else None,
    )
    return _conflicts(found)


def _conflicts(found: list[Conflict]) -> Section:
    columns = [
        Column("district", "地区"),
        Column("a", "甲"),
        Column("b", "乙"),
        Column("topic", "支持事项"),
        Column("keeps", "可以保留"),
        Column("reach", "规则范围"),
        Column("rule", "规则出处"),
        Column("rule_quote", "规则原文", quote=True),
        Column("why", "理由"),
        Column("strength", "把握"),
        Column("allowed", "相关的叠加规定", quote=True),
    ]
    rows = [
        {
            "district": pair.district,
            "a": pair.a.name,
            "b": pair.b.name,
            "topic": pair.topic_name,
            "keeps": pair.keeps,
            "reach": pair.reach,
            "rule": f"《{pair.rule_title}》{''.join(pair.rule_cite)}",
            "rule_quote": pair.rule_quote,
            "why": pair.why,
            "strength": {"sure": "确定", "arguable": "存疑"}.get(pair.strength or "", ""),
            "allowed": [rule.quote for rule in pair.allowed_by],
        }
        for pair in found
    ]
    return Section("conflicts", "不能同时领的支持", columns, rows, "没有推得不能同时领的两条。")


def _duplicates(found: list[Duplicate]) -> Section:
    columns = [
        Column("district", "地区", path="a_district"),
        Column("a", "甲", path="a.name"),
        Column("b", "乙", path="b.name"),
        Column("score", "相似度", right=True),
        Column("why", "理由"),
        Column("a_quote", "甲原文", quote=True, path="a.quote"),
        Column("b_quote", "乙原文", quote=True, path="b.quote"),
    ]
    return Section.of("duplicates", "同一地区重复的支持", columns, found, "没有重复的支持。")


def _contradictions(found: list[Contradiction]) -> Section:
    columns = [
        Column("a", "甲", path="a.name"),
        Column("a_quote", "甲原文", quote=True),
        Column("b", "乙", path="b.name"),
        Column("b_quote", "乙原文", quote=True),
        Column("why", "矛盾在哪里"),
    ]
    return Section.of("contradictions", "相互矛盾的规则", columns, found, "没有相互矛盾的规则。")


def _temporal(found: list[Chain]) -> Section:
    columns = [
        Column("district", "地区"),
        Column("clause", "条款"),
        Column("upper", "所配套的上级"),
        Column("why", "问题"),
        Column("quote", "原文", quote=True),
    ]
    rows = [
        {
            "district": chain.ref.district,
            "clause": chain.ref.name,
            "upper": chain.steps[0].title + "".join(chain.steps[0].cite),
            "why": chain.steps[0].hanging,
            "quote": chain.quote,
        }
        for chain in found
    ]
    return Section("temporal", "配套了未生效或已失效政策的条款", columns, rows)


def _bundle(found: Bundle) -> list[Section]:
    chosen = [
        Column("name", "支持"),
        Column("low", "至少", tell_yuan, right=True),
        Column("high", "最多", _high, right=True),
        Column("steps", "算法", tell_figures),
        Column("note", "为何是范围", tell_figures),
        Column("quote", "原文", quote=True),
    ]
    left = [
        Column("name", "支持"),
        Column("high", "最多", _high, right=True),
        Column("blocked_by", "被谁挡住"),
        Column("rule", "规则出处"),
        Column("rule_quote", "规则原文", quote=True),
        Column("keeps", "可以保留"),
    ]
    sections = [
        Section("best", _total("最优组合", found.best), chosen, [_row(item) for item in found.best.items])
    ]
    if found.runner_up is not None:
        rows = [_row(item) for item in found.runner_up.items]
        sections.append(Section("runner_up", _total("次优组合", found.runner_up), chosen, rows))
    rows = [_left_row(left_out) for left_out in found.left_out]
    sections.append(Section("left_out", "没有选上的", left, rows, "全部可以同时领。"))
    return sections


def _total(name: str, selection: Selection) -> str:
    if selection.low == selection.high:
        return f"{name},合计 {tell_yuan(selection.high)}"
    return f"{name},合计至多 {tell_yuan(selection.high)},其中确定 {tell_yuan(selection.low)}"


def _row(item: Item) -> dict[str, Any]:
    return {
        "name": item.name,
        "low": item.low,
        "high": item.high,
        "steps": ";".join(worked.steps for worked in item.alternatives),
        "note": item.note,
        "quote": item.first.quote,
    }


def _left_row(left_out: LeftOut) -> dict[str, Any]:
    first = left_out.blocked_by[0] if left_out.blocked_by else None
    return {
        "name": left_out.item.name,
        "high": left_out.item.high,
        "blocked_by": [other.name for other, _ in left_out.blocked_by],
        "rule": first[1].rule_name if first else None,
        "rule_quote": first[1].quote if first else None,
        "keeps": first[1].keeps if first else None,
    }


def _notes(found: Bundle) -> list[str]:
    notes = ["按同一项目、同一事项计算;金额为“最高”的,实际由主管部门核定。"]
    notes += [f"明文允许同时领:{a.name} 与 {b.name}(“{quote}”)" for a, b, quote in found.allowed]
    if found.silent:
        notes.append(f"有 {len(found.silent)} 对区级与市级支持,文本没有写能否同时领。")
    return notes


def _high(value: float | None) -> str:
    return "未写上限" if value is None else tell_yuan(value)
