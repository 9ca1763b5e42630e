"""Briefing "profile": what one district offers, what it lacks beside the others, what lapses within a year, what collides."""

from __future__ import annotations

from collections.abc import Iterator

from app.answers.places import CITY_KINDS
from app.briefings.ground import STATES, Ground, best_by_sum, said, some_names, the_ref
from app.briefings.model import Briefing, Cell, Chart, Column, Figure, Point, Sources, Table
from app.briefings.wording import short_title
from app.pictures.drawing import Picture
from app.pictures.matrix import Cell as Square
from app.pictures.matrix import matrix
from app.pictures.tile_map import short_name
from app.spoken import say_share, say_yuan
from graph.errors import UsageError
from graph.store import Store
from queries.catalog import fetch
from queries.compare import Cell as Place
from queries.compare import Comparison, compare
from queries.conflicts import conflicts, contradictions, duplicates
from queries.gaps import Distance, DistrictGaps, Gap, distances, gaps
from queries.names import Names
from queries.states import PolicyState, Support, support_of
from queries.timeline import timeline

MOST_GAPS, MOST_BEHIND, MOST_COLUMNS = 6, 5, 8


def profile(store: Store, district: str, as_of: str) -> Briefing:
    """The briefing on a district (name or code). Raises: UsageError where nothing of it is loaded."""
    code = Names(store).resolve("district", district)
    row = next(row for row in fetch(store, "names", {"labels": ["District"]}) if row["code"] == code)
    if row["kind"] in CITY_KINDS:
        raise UsageError(f"{row['name']}不是区,没有同城各区可比:请给出一个区,如 丰台区。")
    found = gaps(store, code, as_of, kinds=("topic",))
    if found.loaded == 0:
        raise UsageError(
            f"{found.district}没有收录任何文件,说不出它支持什么、缺什么;请先用 policygraph add 加入它的政策。"
        )
    own_distances = distances(store, found.supported, code, as_of, city=found.city_code)
    ground = Ground.of(store, as_of, found.city)
    sources = ground.sources()
    missing = list(found.gaps)
    behind = [d for d in own_distances if d.own_cny and d.best_cny and d.own_cny < d.best_cny]
    behind.sort(key=lambda d: (d.own_cny or 0) / (d.best_cny or 1))
    shown = _columns(found, own_distances)
    codes = [*shown, *(gap.code for gap in missing[:MOST_GAPS]), *(d.topic for d in behind[:MOST_BEHIND])]
    table = compare(store, list(dict.fromkeys(codes)), as_of, city=ground.city)
    rows = tuple(_rows(table, missing[:MOST_GAPS], behind[:MOST_BEHIND], sources))
    own = {policy.policy for policy in ground.timeline.policies if policy.district == found.district}
    return Briefing(
        kind="地区画像",
        question=f"{found.district}支持什么,与同城各区相比缺什么",
        headline=_headline(ground, found, missing),
        as_of=as_of,
        basis=ground.basis,
        figures=_figures(ground, found, missing),
        points=_points(ground, found, len(behind)),
        picture=_picture(ground, found, shown, table),
        chart=_chart(missing),
        table=Table("缺什么、差多少", _COLUMNS, rows, _remark(missing, behind)),
        sources=sources.all(),
        unknown=ground.unknown(own),
        data=(_gap_sheet(missing), _distance_sheet(own_distances)),
    )


def _headline(ground: Ground, found: DistrictGaps, missing: list[Gap]) -> str:
    parts = [f"{found.district}有效政策支持 {len(found.supported)} 个事项"]
    if missing:
        most = missing[0]
        others = len(ground.loaded) - 1
        parts.append(
            f"别的区有而它未见 {len(missing)} 个,首先是“{most.name}”({others} 个区中 {len(most.others)} 个支持)"
        )
    elif len(ground.loaded) > 1:
        parts.append("已收录的别的区所支持的,它都有")
    return ",".join(parts)


def _figures(ground: Ground, found: DistrictGaps, missing: list[Gap]) -> tuple[Figure, ...]:
    live = next(row["live"] for row in ground.coverage if row["district"] == found.district)
    common = [gap for gap in missing if 2 * len(gap.others) >= gap.loaded_others]
    pairs = len(conflicts(ground.store, ground.as_of, district=found.district_code))
    return (
        Figure("有效政策 / 收录政策", f"{live} / {found.loaded}", (live, found.loaded), "count"),
        Figure("支持的事项", f"{len(found.supported)} 个", (len(found.supported),), "count"),
        Figure("别的区有、本区未见", f"{len(missing)} 个", (len(missing),), "count"),
        Figure("其中至少半数的区支持", f"{len(common)} 个", (len(common),), "count"),
        Figure("不能同时领的支持", f"{pairs} 对", (pairs,), "count"),
    )


def _points(ground: Ground, found: DistrictGaps, behind: int) -> tuple[Point, ...]:
    day, code = ground.as_of, found.district_code
    lapsing = timeline(ground.store, day, district=code).lapsing
    named = "、".join(
        f"《{short_title(one.policy_title, one.district)}》({one.effective_to})" for one in lapsing
    )
    doubled = len(duplicates(ground.store, day, district=code))
    against = len(contradictions(ground.store, day, district=code))
    words = [f"一年内到期 {len(lapsing)} 件:{named}。" if lapsing else "一年之内没有写明到期日的政策会到期。"]
    if behind:
        words.append(f"它支持的事项中,{behind} 个的最高金额低于同城最高。")
    if doubled or against:
        words.append(f"本区条款之间有 {doubled} 对支持相近,{against} 处规则相互矛盾;详见冲突简报。")
    return said(*words)


def _columns(found: DistrictGaps, own: list[Distance]) -> dict[str, str]:
    """Code → name of the picture's topics: what the district lacks, or, where it lacks nothing, what it supports."""
    if found.gaps:
        return {gap.code: gap.name for gap in found.gaps[:MOST_COLUMNS]}
    return {distance.topic: distance.topic_name for distance in own[:MOST_COLUMNS]}


def _picture(ground: Ground, found: DistrictGaps, columns: dict[str, str], table: Comparison) -> Picture:
    """The city on top, then this district, then the others; a cell that is supported says the largest sum or share."""
    if found.gaps:
        what = f"{found.district}未见、别的区支持最多的 {len(columns)} 个事项"
    else:
        what = f"{found.district}支持的 {len(columns)} 个事项,各区给多少"
    topics = list(columns)
    places = {(cell.district_code, cell.topic): cell for cell in table.cells}
    loaded = [row for row in ground.districts if row["policies"]]
    rows = sorted(loaded, key=lambda row: row["district"] != found.district)
    cells = {(0, j): Square(STATES[state]) for j, state in enumerate(_city_states(ground, topics))}
    for i, row in enumerate(rows, 1):
        for j, topic in enumerate(topics):
            place = places[row["district_code"], topic]
            cells[i, j] = Square(STATES[place.support], _best_label(place))
    names = [found.city, *(short_name(row["district"]) for row in rows)]
    title = f"{what};格内为最高金额或比例,空白为未写标准"
    return matrix(title, names, list(columns.values()), cells, cell=(88, 30))


def _city_states(ground: Ground, topics: list[str]) -> list[Support]:
    """What is known of the city's own policies on each topic."""
    given = {"topics": topics, "city": ground.city, "district": ground.city, "as_of": ground.as_of}
    rows = fetch(ground.store, "topic_clauses", given)
    loaded = sum(row["policies"] for row in ground.coverage if row["kind"] in CITY_KINDS)
    states = {topic: [PolicyState(row["state"]) for row in rows if row["topic"] == topic] for topic in topics}
    return [support_of(states[topic], loaded) for topic in topics]


def _best_label(place: Place) -> str:
    if place.largest_cny is not None:
        return say_yuan(place.largest_cny)
    return "" if place.largest_share is None else say_share(place.largest_share)


def _chart(missing: list[Gap]) -> Chart | None:
    shown = missing[:MOST_COLUMNS]
    if not shown:
        return None
    return Chart(
        "本区未见的事项,各有几个区支持",
        tuple(gap.name for gap in shown),
        tuple(len(g.others) for g in shown),
        "count",
    )


_COLUMNS = (
    Column("支持事项", 2.6),
    Column("本区", 1.6, right=True),
    Column("支持的区", 2.6),
    Column("同城最高", 1.7, right=True),
    Column("最高在", 2.4),
)


def _rows(
    table: Comparison, missing: list[Gap], behind: list[Distance], sources: Sources
) -> Iterator[tuple[Cell, ...]]:
    for gap in missing:
        state = _SHORT[gap.support] + (",另有未施行的" if gap.pending else "")
        yield (Cell(gap.name), Cell(state), _others(gap.others), *_best(table.supporting(gap.code), sources))
    for distance in behind:
        own = best_by_sum(distance.cell.standards)
        note = () if own is None else (the_ref(sources, own.ref, own.quote),)
        own_cell = Cell(say_yuan(distance.own_cny or 0), distance.own_cny, "CNY", note)
        places = table.supporting(distance.topic)
        others = tuple(place.district for place in places if place.district != distance.cell.district)
        yield (Cell(distance.topic_name), own_cell, _others(others), *_best(places, sources))


def _remark(missing: list[Gap], behind: list[Distance]) -> str:
    left = max(0, len(missing) - MOST_GAPS), max(0, len(behind) - MOST_BEHIND)
    parts = [f"未见的另有 {left[0]} 个" if left[0] else "", f"低于最高的另有 {left[1]} 个" if left[1] else ""]
    told = ",".join(part for part in parts if part)
    said = "“未见”指已收录的政策中没有写到。" if missing else ""
    return said + (f"{told},见 Excel。" if told else "")


def _gap_sheet(missing: list[Gap]) -> Table:
    columns = (
        Column("支持事项", 2),
        Column("状态", 1),
        Column("支持的区数", 1, right=True),
        Column("支持的区", 3),
    )
    rows = tuple(
        (
            Cell(gap.name),
            Cell(gap.support.label),
            Cell(str(len(gap.others)), len(gap.others), "count"),
            Cell("、".join(gap.others)),
        )
        for gap in missing
    )
    return Table("本区未见的事项", columns, rows)


def _distance_sheet(own: list[Distance]) -> Table:
    names = ("本区最高", "中位数", "同城最高", "本区最高比例", "比例中位数", "同城最高比例")
    columns = (Column("支持事项", 2), *(Column(name, 1, right=True) for name in names))
    rows = tuple(
        (
            Cell(d.topic_name),
            *(_sum_cell(value) for value in (d.own_cny, d.median_cny, d.best_cny)),
            *(_share_cell(value) for value in (d.own_share, d.median_share, d.best_share)),
        )
        for d in own
    )
    return Table("本区已有的事项", columns, rows)


def _sum_cell(value: float | None) -> Cell:
    return Cell("") if value is None else Cell(say_yuan(value), value, "CNY")


def _share_cell(value: float | None) -> Cell:
    return Cell("") if value is None else Cell(say_share(value), value, "share")


_SHORT = {
    Support.NOT_FOUND: "未见",
    Support.EXPIRED: "已失效",
    Support.NOTHING_LOADED: "未收录",
    Support.SUPPORTED: "支持",
}


def _others(names: tuple[str, ...]) -> Cell:
    return Cell(some_names(names, 4), len(names), "count")


def _best(places: list[Place], sources: Sources) -> tuple[Cell, Cell]:
    """The best standard among the places: what it is, and where."""
    standards = [s for place in places for s in place.standards]
    best = best_by_sum(standards)
    if best is None:
        return Cell("未写标准"), Cell("")
    note = (the_ref(sources, best.ref, best.quote),)
    where = Cell(f"{short_name(best.ref.district)} {best.ref.cite_text}", notes=note)
    if best.largest_cny is not None:
        return Cell(say_yuan(best.largest_cny), best.largest_cny, "CNY", note), where
    return Cell(say_share(best.share or 0), best.share, "share", note), where
