"""`compare` and `gaps`: districts side by side, and what one of them lacks."""

from __future__ import annotations

from typing import Any

import click

from app.printing import (
    Column,
    Section,
    as_of_option,
    format_option,
    opened_store,
    show,
    tell_figures,
    tell_list,
    tell_share,
    tell_yuan,
)
from queries.compare import PERIODS, Cell, ClauseStandards, Standard
from queries.compare import compare as compare_districts
from queries.gaps import KIND_LABELS, Distance, DistrictGaps
from queries.gaps import distances as find_distances
from queries.gaps import gaps as find_gaps
from queries.names import Names
from queries.states import Support


@click.command()
@click.argument("topics", nargs=-1, required=True)
@click.option("--city", help="只看这座城市。")
@click.option("--word", "words", multiple=True, help="只看原文含有这个词的标准,如 购房,可给多次。")
@as_of_option
@format_option
def compare(
    topics: tuple[str, ...], city: str | None, words: tuple[str, ...], as_of: str, form: str | None
) -> None:
    """各区对同一件事给多少:比例、上限、年限、对象,折成元,从高到低,每格有条款号和原文。

    \b
    例: policygraph compare 算力租用
        policygraph compare 房租与购房补贴 --word 购买
    """
    with opened_store() as store:
        names = Names(store)
        codes = [names.resolve("topic", topic) for topic in topics]
        code = names.resolve("district", city) if city else None
        table = compare_districts(store, codes, as_of, city=code, words=words)
    rows = [row for cell in sorted(table.cells, key=_by_rank) for row in _cell_rows(cell)]
    upper = [row for clause in table.upper for row in clause_rows(clause)]
    columns = [
        Column("district", "地区"),
        Column("topic", "支持事项"),
        Column("support", "状态"),
        _RANK,
        *STANDARD,
    ]
    city_columns = [Column("district", "地区"), *STANDARD]
    sections = [Section("districts", "各区比较", columns, rows)]
    sections.append(Section("upper", "上级政策", city_columns, upper, "上级政策没有写到。"))
    show(sections, form)


@click.command()
@click.argument("district")
@as_of_option
@format_option
def gaps(district: str, as_of: str, form: str | None) -> None:
    """一个区缺什么:同城别的区支持、这个区没有的事项、产业和资质荣誉;已有的与中位数、最高相差多少。

    \b
    例: policygraph gaps 丰台区
    """
    with opened_store() as store:
        found = find_gaps(store, Names(store).resolve("district", district), as_of)
        own = find_distances(store, found.supported, found.district_code, as_of, city=found.city_code)
    show(_gaps(found, own), form, notes=[_said(found)])


def _by_rank(cell: Cell) -> tuple[Any, ...]:
    order = list(Support)
    return (
        cell.topic,
        order.index(cell.support),
        cell.rank_by_cap or 99,
        cell.rank_by_share or 99,
        cell.district_code,
    )


def _cell_rows(cell: Cell) -> list[dict[str, Any]]:
    own = {"topic": cell.topic_name, "support": cell.support.label, "rank": cell.rank_by_cap}
    rows = [own | row for clause in cell.clauses for row in clause_rows(clause)]
    if rows:
        return rows
    lapsed = [ref.name for ref in (*cell.lapsed, *cell.coming)]
    states = [ref.state.label for ref in (*cell.lapsed, *cell.coming)]
    quote = "、".join(f"{name}({state})" for name, state in zip(lapsed, states, strict=True))
    return [own | _EMPTY | {"district": cell.district, "quote": quote}]


def clause_rows(clause: ClauseStandards) -> list[dict[str, Any]]:
    """A row for each standard of a clause that is on the topic; one that says so where it states none."""
    place = {"district": clause.ref.district, "clause": clause.ref.name}
    rows = [place | _standard(standard) for standard in clause.standards if standard.on_topic]
    note = "只提到、未写标准" + ("" if clause.ref.state.is_live else f"({clause.ref.state.label})")
    return rows or [_EMPTY | place | {"label": note, "quote": clause.quote}]


def _standard(standard: Standard) -> dict[str, Any]:
    keys = ("share", "base", "cap_cny", "fixed_cny", "period", "years", "area_m2", "told", "quote")
    state = "" if standard.ref.state.is_live else f"({standard.ref.state.label})"
    return {key: getattr(standard, key) for key in keys} | {"label": standard.label + state}


def _gaps(found: DistrictGaps, own: list[Distance]) -> list[Section]:
    missing = [
        Column("kind", "类别"),
        Column("name", "名称"),
        Column("support", "状态"),
        Column("count", "别的区", right=True),
        Column("others", "哪些区支持"),
    ]
    rows = [
        {
            "kind": KIND_LABELS[gap.kind],
            "name": gap.name,
            "support": gap.support.label + (",另有征求意见稿或尚未施行的" if gap.pending else ""),
            "count": len(gap.others),
            "others": gap.others,
        }
        for gap in found.gaps
    ]
    behind = [
        Column("topic", "支持事项"),
        Column("own_cny", "本区上限", tell_yuan, right=True),
        Column("median_cny", "中位数", tell_yuan, right=True),
        Column("best_cny", "最高", tell_yuan, right=True),
        Column("best_in", "最高的区"),
        Column("own_share", "本区比例", tell_share, right=True),
        Column("median_share", "比例中位数", tell_share, right=True),
        Column("best_share", "最高比例", tell_share, right=True),
        Column("clauses", "本区条款", tell_list),
    ]
    distances = [
        {
            "topic": d.topic_name,
            "own_cny": d.own_cny,
            "median_cny": d.median_cny,
            "best_cny": d.best_cny,
            "best_in": d.best_cny_districts,
            "own_share": d.own_share,
            "median_share": d.median_share,
            "best_share": d.best_share,
            "clauses": [clause.ref.name for clause in d.cell.clauses],
        }
        for d in own
    ]
    return [
        Section("gaps", f"{found.district}没有、别的区有的", missing, rows, "没有缺口。"),
        Section("distances", f"{found.district}已有的,与各区相比", behind, distances),
    ]


def _said(found: DistrictGaps) -> str:
    if found.loaded == 0:
        return f"{found.district}没有收录任何政策,所以不能断言它缺什么;以上各项的状态都是“未收录文件”。"
    return f"{found.district}收录了 {found.loaded} 件政策;“已收录文件中未见”只就这些政策而言。"


def tell_period(value: str | None) -> str:
    """year → 每年."""
    return PERIODS.get(value or "", "")


_RANK = Column("rank", "上限排名", right=True)
STANDARD = (
    Column("label", "对象"),
    Column("told", "标准", tell_figures, use="told"),
    Column("share", "比例", use="data"),
    Column("base", "比例的基数", use="data"),
    Column("cap_cny", "上限", use="data"),
    Column("fixed_cny", "定额", use="data"),
    Column("period", "期间", use="data"),
    Column("years", "年限", use="data"),
    Column("area_m2", "面积", use="data"),
    Column("clause", "条款"),
    Column("quote", "原文", quote=True),
)
_EMPTY: dict[str, Any] = dict.fromkeys(column.key for column in STANDARD)
