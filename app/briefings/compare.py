"""Briefing "compare": who supports a topic, how much, and who does not, as far as documents are loaded."""

from __future__ import annotations

from app.answers.compare import look_of
from app.answers.places import CITY_KINDS, district_map
from app.briefings.ground import Ground, best_by_sum, some_names, the_ref
from app.briefings.model import Briefing, Cell, Chart, Column, Figure, Point, Sources, Table
from app.briefings.wording import clipped, short_title
from app.pictures.drawing import Picture, State
from app.pictures.tile_map import Tile, short_name
from app.spoken import PERIODS, say_share, say_span, say_yuan
from graph.errors import UsageError
from graph.store import Store
from queries.compare import Cell as Place
from queries.compare import ClauseStandards, Comparison, Standard, Summary
from queries.compare import compare as compare_districts
from queries.reader import Row
from queries.states import Support

MOST_ROWS = 14
"""Rows of the table that fit a page; with more, each district shows its best standard and the workbook has them all."""


def compare(store: Store, topic: str, as_of: str, city: str | None = None) -> Briefing:
    """The briefing on a topic (name or code). Raises: UsageError where no clause speaks of it."""
    ground = Ground.of(store, as_of, city)
    code = ground.names.resolve("topic", topic)
    table = compare_districts(store, [code], as_of, city=ground.city)
    name = next((cell.topic_name for cell in table.cells), topic)
    if not table.upper and not any(cell.clauses or cell.lapsed or cell.coming for cell in table.cells):
        raise UsageError(
            f"已收录的政策都没有写到“{name}”,做不成对比简报;policygraph brief compare --help 有例子。"
        )
    sources = ground.sources()
    summary = table.summary(code)
    supporting = list(summary.supporting)
    rows = _rows(supporting, table.upper, sources)
    shown, remark = _shown(supporting, table, rows, sources)
    return Briefing(
        kind="跨区对比",
        question=f"各区对“{name}”给多少",
        headline=_headline(name, summary),
        as_of=as_of,
        basis=ground.basis,
        figures=_figures(ground, supporting, table.upper, sources),
        points=_points(table, summary),
        picture=_picture(ground, name, table),
        chart=_chart(name, supporting),
        table=Table(f"{name}:政策所写的标准", _COLUMNS, shown, remark),
        sources=sources.all(),
        unknown=ground.unknown({clause.ref.policy for clause in _clauses(table)}, *_only_spoken(table)),
        data=(Table("全部标准", _COLUMNS, rows), _states(table)),
    )


def _headline(name: str, summary: Summary) -> str:
    if not summary.supporting:
        return f"{summary.loaded} 个已收录地区的有效政策中,没有一个区写明{name}的支持标准"
    parts = [f"{summary.loaded} 个已收录地区中 {len(summary.supporting)} 个支持{name}"]
    figures = summary.figures
    if figures.shares:
        parts.append(f"比例 {say_span(list(figures.shares), share=True)}")
    if figures.caps_cny:
        parts.append(f"上限 {say_span(list(figures.caps_cny))}")
    if figures.fixed_cny and not (figures.shares and figures.caps_cny):
        parts.append(f"定额 {say_span(list(figures.fixed_cny))}")
    return "\uff0c".join(parts)


def _figures(
    ground: Ground, supporting: list[Place], upper: tuple[ClauseStandards, ...], sources: Sources
) -> tuple[Figure, ...]:
    found = [
        Figure(
            "支持的区 / 已收录的区",
            f"{len(supporting)} / {len(ground.loaded)}",
            (len(supporting), len(ground.loaded)),
            "count",
        )
    ]
    standards = _standards(supporting)
    with_share = [s for s in standards if s.share is not None]
    with_sum = [s for s in standards if s.largest_cny is not None]
    if with_share:
        shares = [s.share for s in with_share if s.share is not None]
        found.append(
            _extremes("各区比例", say_span(shares, share=True), with_share, shares, "share", sources)
        )
    if with_sum:
        sums = [s.largest_cny for s in with_sum if s.largest_cny is not None]
        found.append(_extremes("各区上限或定额", say_span(sums), with_sum, sums, "CNY", sources))
        best = max(with_sum, key=lambda s: s.largest_cny or 0)
        value = best.largest_cny or 0
        label = f"最高:{short_name(best.ref.district)}"
        found.append(
            Figure(label, say_yuan(value), (value,), "CNY", (the_ref(sources, best.ref, best.quote),))
        )
    live = [s for clause in upper if clause.ref.state.is_live for s in clause.standards if s.on_topic]
    top = best_by_sum(live)
    if top is not None and top.largest_cny is not None:
        words = say_yuan(top.largest_cny)
        note = the_ref(sources, top.ref, top.quote)
        found.append(Figure(f"{top.ref.district}最高", words, (top.largest_cny,), "CNY", (note,)))
    return tuple(found)


def _extremes(
    label: str, words: str, standards: list[Standard], values: list[float], unit: str, sources: Sources
) -> Figure:
    low, high = min(values), max(values)
    ends = [standards[values.index(low)], standards[values.index(high)]]
    notes = tuple(dict.fromkeys(the_ref(sources, s.ref, s.quote) for s in ends))
    return Figure(label, words, (low, high), "share" if unit == "share" else "CNY", notes)


def _points(table: Comparison, summary: Summary) -> tuple[Point, ...]:
    absent = [cell.district for cell in table.cells if cell.support is Support.NOT_FOUND]
    lapsed = [cell.district for cell in table.cells if cell.support is Support.EXPIRED]
    uncapped = [
        cell.district
        for cell in summary.supporting
        if any(s.share is not None and s.largest_cny is None for s in cell.standards)
    ]
    silent = [cell.district for cell in summary.mentioning]
    points = []
    if silent:
        points.append(Point(f"只提到、未写标准,不计入支持的区:{some_names(silent, 12)}。"))
    if absent:
        points.append(Point(f"已收录文件中未见:{some_names(absent, 12)}。"))
    if lapsed:
        points.append(Point(f"曾有、已失效:{some_names(lapsed, 12)}。"))
    if uncapped:
        points.append(Point(f"只写比例、没有写上限:{some_names(uncapped, 12)}。"))
    return tuple(points)


def _picture(ground: Ground, name: str, table: Comparison) -> Picture:
    places = {cell.district: cell for cell in table.cells}
    sums = sorted(
        {cell.largest_cny for cell in table.supporting() if cell.largest_cny is not None}, reverse=True
    )

    def tile(row: Row) -> Tile:
        if row["kind"] in CITY_KINDS:
            return _city_tile(row["district"], table.upper, bool(row["policies"]))
        cell = places.get(row["district"])
        if cell is None:
            return Tile(row["district"], 0, 0, State.NOT_LOADED)
        state = look_of(cell)
        if state is State.MENTIONED:
            return Tile(row["district"], 0, 0, state, _tile_lines(cell))
        if state is not State.SUPPORTED:
            return Tile(row["district"], 0, 0, state)
        shade = 0.15
        if cell.largest_cny is not None:
            shade = _shade(sums.index(cell.largest_cny) / max(1, len(sums) - 1))
        return Tile(row["district"], 0, 0, state, _tile_lines(cell), shade=shade)

    meanings = {
        State.SUPPORTED: "支持(色深者上限高)",
        State.MENTIONED: State.MENTIONED.value,
        State.NOT_FOUND: State.NOT_FOUND.value,
        State.EXPIRED: State.EXPIRED.value,
        State.NOT_LOADED: State.NOT_LOADED.value,
    }
    return district_map(f"{name}:各区比例与上限", ground.coverage, tile, meanings)


def _shade(place: float) -> float:
    """From dark (0, the largest) to pale (1); the middle is left out, where neither white nor black words can be read."""
    return 1.0 - 0.5 * place if place <= 0.5 else 0.75 - 0.5 * place


def _tile_lines(cell: Place) -> tuple[str, ...]:
    lines = []
    shares = sorted({s.share for s in cell.standards if s.share is not None})
    if shares:
        lines.append(say_span(shares, share=True))
    if cell.largest_cny is not None:
        best = best_by_sum(cell.standards)
        word = "上限" if best and best.cap_cny == cell.largest_cny else "定额"
        lines += [word, say_yuan(cell.largest_cny)] if not lines else [f"{word}", say_yuan(cell.largest_cny)]
    if lines:
        return tuple(lines)
    # an area, a term or a foreign currency is a standard too, which the table spells out
    return ("另有标准", "见下表") if cell.has_standard else ("只提到", "未写标准")


def _city_tile(name: str, upper: tuple[ClauseStandards, ...], loaded: bool) -> Tile:
    live = [
        s for c in upper if c.ref.state.is_live and c.ref.district == name for s in c.standards if s.on_topic
    ]
    best = best_by_sum(live)
    if best is None:
        return Tile(name, 0, 0, State.NOT_FOUND if loaded else State.NOT_LOADED)
    words = [say_share(best.share)] if best.share is not None else []
    if best.largest_cny is not None:
        words.append(f"{'上限' if best.cap_cny is not None else '定额'} {say_yuan(best.largest_cny)}")
    return Tile(name, 0, 0, State.SUPPORTED, tuple(words), shade=0.3)


def _chart(name: str, supporting: list[Place]) -> Chart | None:
    bars = [(cell.district, cell.largest_cny) for cell in supporting if cell.largest_cny is not None]
    if len(bars) > 1:
        title = f"{name}:各区最高的上限或定额(万元)"
        return Chart(title, tuple(short_name(d) for d, _ in bars), tuple(v for _, v in bars), "CNY")
    shares = [(cell.district, cell.largest_share) for cell in supporting if cell.largest_share is not None]
    if len(shares) > 1:
        title = f"{name}:各区最高比例"
        return Chart(title, tuple(short_name(d) for d, _ in shares), tuple(v for _, v in shares), "share")
    return None


_COLUMNS = (
    Column("地区", 1.1),
    Column("比例", 0.7, right=True),
    Column("上限或定额", 2.1, right=True),
    Column("年限", 0.7, right=True),
    Column("对象或情形", 2.5),
    Column("依据", 2.9),
)


def _rows(
    supporting: list[Place], upper: tuple[ClauseStandards, ...], sources: Sources
) -> tuple[tuple[Cell, ...], ...]:
    own = [_row(s, sources) for cell in supporting for s in cell.standards]
    above = [_row(s, sources) for clause in upper for s in clause.standards if s.on_topic]
    return (*own, *above)


def _shown(
    supporting: list[Place],
    table: Comparison,
    rows: tuple[tuple[Cell, ...], ...],
    sources: Sources,
) -> tuple[tuple[tuple[Cell, ...], ...], str]:
    """The rows for the page, and what they leave out."""
    if len(rows) <= MOST_ROWS:
        return rows, ""
    best = [s for cell in supporting if (s := best_by_sum(cell.standards)) is not None]
    above = best_by_sum([s for c in table.upper if c.ref.state.is_live for s in c.standards if s.on_topic])
    chosen = tuple(_row(s, sources) for s in [*best, *([above] if above else [])][:MOST_ROWS])
    return chosen, f"每个地区只列最高的一档;共 {len(rows)} 条标准,全部见 Excel。"


def _row(standard: Standard, sources: Sources) -> tuple[Cell, ...]:
    ref = standard.ref
    note = (the_ref(sources, ref, standard.quote),)
    state = "" if ref.state.is_live else f"({ref.state.label})"
    what = standard.label or (f"按{standard.base}" if standard.base else "")
    place = f"《{short_title(ref.policy_title, ref.district)}》{ref.cite_text}"
    return (
        Cell(short_name(ref.district) + state),
        Cell(say_share(standard.share), standard.share, "share", note)
        if standard.share is not None
        else Cell("未写"),
        _sum(standard, note),
        Cell(f"{standard.years} 年", standard.years, "year", note) if standard.years else Cell("未写"),
        Cell(clipped(what, 42)),
        Cell(place, notes=note),
    )


def _sum(standard: Standard, note: tuple[int, ...]) -> Cell:
    period = PERIODS.get(standard.period or "", "")
    if standard.cap_cny is not None:
        words = "上限 " + say_yuan(standard.cap_cny)
        value = standard.cap_cny
    elif standard.fixed_cny is not None:
        words, value = "定额 " + say_yuan(standard.fixed_cny), standard.fixed_cny
    else:
        return Cell("未写")
    return Cell(words + (f" · {period}" if period else ""), value, "CNY", note)


def _states(table: Comparison) -> Table:
    columns = (
        Column("地区", 1),
        Column("状态", 1),
        Column("最高金额", 1, right=True),
        Column("最高比例", 1, right=True),
    )
    rows = tuple(
        (
            Cell(cell.district),
            Cell(cell.support.label),
            Cell("" if cell.largest_cny is None else say_yuan(cell.largest_cny), cell.largest_cny, "CNY"),
            Cell(
                "" if cell.largest_share is None else say_share(cell.largest_share),
                cell.largest_share,
                "share",
            ),
        )
        for cell in table.cells
    )
    return Table("各区状态", columns, rows)


def _only_spoken(table: Comparison) -> list[str]:
    silent = [
        clause.ref
        for cell in table.cells
        for clause in cell.clauses
        if not any(s.on_topic for s in clause.standards)
    ]
    if not silent:
        return []
    places = "、".join(f"{short_name(ref.district)}{ref.cite_text}" for ref in silent[:6])
    more = "等" if len(silent) > 6 else ""
    return [f"{len(silent)} 条提到此事而没有写数额,不计入比较:{places}{more}。"]


def _clauses(table: Comparison) -> list[ClauseStandards]:
    return [*table.upper, *(clause for cell in table.cells for clause in cell.clauses)]


def _standards(supporting: list[Place]) -> list[Standard]:
    return [s for cell in supporting for s in cell.standards]
