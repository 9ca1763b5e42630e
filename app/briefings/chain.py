"""Briefing "chain": what each district adds to one award of the city or nation, or to one cost, worked out to the yuan."""

from __future__ import annotations

from dataclasses import dataclass

from app.briefings.ground import Ground, said, the_ref
from app.briefings.model import Briefing, Cell, Chart, Column, Figure, Sources, Table
from app.briefings.wording import clipped, short_title
from app.pictures.chain import Arrow, Box
from app.pictures.chain import chain as draw_chain
from app.pictures.drawing import Picture
from app.pictures.tile_map import short_name
from app.spoken import say_range, say_share, say_span, say_steps, say_yuan, spaced
from graph.errors import UsageError
from graph.store import Store
from queries.amounts import Basis, Given, Worked
from queries.chains import Chain, amounts_along, chains
from queries.compare import compare

MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class _Case:
    """The case in words: 市级奖励 500 万元."""

    given: Given

    @property
    def name(self) -> str:
        told = (
            ("市级奖励", self.given.city_award),
            ("国家奖励", self.given.national_award),
            ("本单位支出", self.given.cost),
        )
        return "、".join(f"{name} {say_yuan(value)}" for name, value in told if value is not None)

    @property
    def what(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def gives(self) -> str:
        return "再给" if self.given.cost is None else "可补"

    @property
    def amount(self) -> float:
        return next(
            value
            for value in (self.given.city_award, self.given.national_award, self.given.cost)
            if value is not None
        )


def chain(store: Store, topic: str, given: Given, as_of: str, city: str | None = None) -> Briefing:
    """The briefing on a topic (name or code) in a case. Raises: UsageError where no clause in force pays in the case."""
    ground = Ground.of(store, as_of, city)
    code = ground.names.resolve("topic", topic)
    name = next(known.name for known in ground.names.all("topic") if known.value == code)
    case = _Case(given)
    if not case.amount:
        raise UsageError(f"{case.what}须大于 0 元:没有金额,就算不出各区给多少。")
    paid = [
        item
        for place in ground.places
        for item in amounts_along(store, given, as_of, district=place, topic=code)
    ]
    found = _on_topic(store, paid, code, as_of, ground.city)
    found.sort(key=lambda item: (-_most(item), item.ref.district_code, item.ref.name, item.label))
    if not found:
        raise UsageError(
            f"没有一条有效条款按{case.name}支持“{name}”:请换一个事项,或用 --award、--national-award、--cost 换一种情形。"
        )
    matched = [link for place in ground.places for link in chains(store, as_of, district=place, topic=code)]
    sources = ground.sources()
    rows = tuple(_row(item, sources) for item in found)
    upper = _uppers(found, matched)
    return Briefing(
        kind="匹配链",
        question=f"{case.name},各区在“{name}”上{case.gives}多少",
        headline=_headline(case, name, found),
        as_of=as_of,
        basis=ground.basis,
        figures=_figures(case, found, upper, sources),
        points=said(*_points(found, matched, upper)),
        picture=_picture(case, name, found, upper),
        chart=_chart(case, found),
        table=Table(f"{name}:{case.name}时各区{case.gives}多少", _COLUMNS, rows[:MOST_ROWS], _remark(rows)),
        sources=sources.all(),
        unknown=ground.unknown({item.ref.policy for item in found}, _hanging(upper), _ranges(found)),
        data=(Table("全部条款", _COLUMNS, rows), _chain_sheet(matched)),
    )


def _on_topic(store: Store, found: list[Worked], topic: str, as_of: str, city: str | None) -> list[Worked]:
    """Without the shares of a cost that a clause pays for something else than the topic (数据券 beside 算力券)."""
    table = compare(store, [topic], as_of, city=city)
    clauses = [*table.upper, *(clause for cell in table.cells for clause in cell.clauses)]
    meant = {(s.ref.clause, s.label, s.quote) for clause in clauses for s in clause.standards if s.on_topic}
    return [
        item
        for item in found
        if item.basis is not Basis.COST or (item.ref.clause, item.label, item.quote) in meant
    ]


def _most(item: Worked) -> float:
    return item.low if item.high is None else item.high


def _told(item: Worked) -> str:
    words = say_range(item.low, item.high)
    return f"至多 {words}" if item.at_most and item.exact is not None else words


def _headline(case: _Case, name: str, found: list[Worked]) -> str:
    best: dict[str, float] = {}
    for item in found:
        best.setdefault(short_name(item.ref.district), _most(item))
    first = next(iter(best))
    if len(best) == 1:
        return f"{name}:{case.name},{first}{case.gives}{spaced(_told(found[0]))}"
    span = spaced(say_span(list(best.values())))
    return f"{name}:{case.name},{len(best)} 个地区至多{case.gives}{span},{first}最多"


def _figures(
    case: _Case, found: list[Worked], upper: dict[str, Chain], sources: Sources
) -> tuple[Figure, ...]:
    districts = {item.ref.district for item in found}
    most = found[0]
    known = [item for item in found if item.exact is not None]
    figures = [
        Figure(f"设定的{case.what}", say_yuan(case.amount), (case.amount,), "CNY"),
        Figure("有支持的地区", f"{len(districts)} 个", (len(districts),), "count"),
        _figure(f"最多:{short_name(most.ref.district)}", most, sources),
    ]
    if known and known[-1] is not most:
        figures.append(_figure(f"最少:{short_name(known[-1].ref.district)}", known[-1], sources))
    loose = [chain for chain in upper.values() if chain.steps[0].hanging]
    if upper:
        figures.append(Figure("上级依据悬空的条款", f"{len(loose)} 条", (len(loose),), "count"))
    return tuple(figures)


def _figure(label: str, item: Worked, sources: Sources) -> Figure:
    values = (item.low,) if item.high in {None, item.low} else (item.low, item.high or 0)
    return Figure(
        label, say_range(item.low, item.high), values, "CNY", (the_ref(sources, item.ref, item.quote),)
    )


def _points(found: list[Worked], matched: list[Chain], upper: dict[str, Chain]) -> list[str]:
    aligned = {c.ref.clause for c in matched if c.kind == "aligned" and c.ref.state.is_live}
    others = len(aligned - {item.ref.clause for item in found} - set(upper))
    return [f"另有 {others} 条与上级支持同一件事,但没有写按上级资金配套,不计入。"] if others else []


def _hanging(upper: dict[str, Chain]) -> str:
    loose = [chain for chain in upper.values() if chain.steps[0].hanging]
    if not loose:
        return ""
    reasons = "、".join(dict.fromkeys(str(chain.steps[0].hanging) for chain in loose))
    return f"{len(loose)} 条的上级依据悬空({reasons}),能否兑现要看上级文件。"


def _ranges(found: list[Worked]) -> str:
    loose = [item for item in found if item.exact is None]
    if not loose:
        return ""
    reasons = list(dict.fromkeys(item.reason for item in loose if item.reason))
    return f"{len(loose)} 项只能算出范围:{';'.join(reasons[:3])}。"


_COLUMNS = (
    Column("地区", 1.0),
    Column("对象或情形", 2.6),
    Column("算法", 3.0),
    Column("可得", 1.6, right=True),
    Column("依据", 2.8),
)


def _row(item: Worked, sources: Sources) -> tuple[Cell, ...]:
    note = (the_ref(sources, item.ref, item.quote),)
    how = say_steps(item.steps) + (f"({item.reason})" if item.reason else "")
    place = f"《{short_title(item.ref.policy_title, item.ref.district)}》{item.ref.cite_text}"
    return (
        Cell(short_name(item.ref.district)),
        Cell(clipped(item.label or item.base, 36)),
        Cell(how),
        Cell(_told(item), item.high if item.high is not None else item.low, "CNY", note),
        Cell(place, notes=note),
    )


def _remark(rows: tuple[tuple[Cell, ...], ...]) -> str:
    return f"共 {len(rows)} 项,其余见 Excel。" if len(rows) > MOST_ROWS else ""


def _uppers(found: list[Worked], matched: list[Chain]) -> dict[str, Chain]:
    """For each clause that pays by a match: the chain to show, one that holds before one that hangs."""
    paying = {item.ref.clause for item in found if item.basis in {Basis.CITY_AWARD, Basis.NATIONAL_AWARD}}
    chosen: dict[str, Chain] = {}
    for one in sorted(matched, key=lambda c: c.steps[0].hanging is not None):
        if one.ref.clause in paying and one.kind == "cofunding":
            chosen.setdefault(one.ref.clause, one)
    return chosen


def _picture(case: _Case, name: str, found: list[Worked], upper: dict[str, Chain]) -> Picture:
    boxes: dict[str, Box] = {}
    arrows: list[Arrow] = []
    clauses = list(dict.fromkeys(item.ref.clause for item in found))[:MOST_ROWS]
    for clause in clauses:
        items = [item for item in found if item.ref.clause == clause]
        match = upper.get(clause)
        start = "case" if match is None else match.steps[0].target
        if match is None:
            boxes.setdefault("case", Box("case", 0, case.name))
        else:
            step = match.steps[0]
            title = short_title(step.title) + "".join(step.cite)
            boxes.setdefault(start, Box(start, 0, title, (case.name,), step.hanging or ""))
        ref = items[0].ref
        lines = tuple(
            f"{clipped(item.label, 9) + ':' if len(items) > 1 and item.label else ''}{_told(item)}"
            for item in items[:3]
        )
        boxes[clause] = Box(clause, 1, f"{short_name(ref.district)} {ref.cite_text}", lines)
        arrows.append(Arrow(start, clause, _terms(match, items), bool(match and match.steps[0].hanging)))
    title = f"{name}:{case.name},各区{case.gives}多少"
    return draw_chain(title, ["上级依据", "区级条款"], list(boxes.values()), arrows)


def _terms(match: Chain | None, items: list[Worked]) -> str:
    parts = []
    if match is not None and match.rate is not None:
        parts.append(say_share(match.rate))
    caps = [item.cap for item in items if item.cap is not None]
    if caps:
        parts.append(f"上限 {say_span(caps)}")
    return ",".join(parts)


def _chart(case: _Case, found: list[Worked]) -> Chart | None:
    best: dict[str, float] = {}
    for item in found:
        best.setdefault(short_name(item.ref.district), _most(item))
    if len(best) < 2:
        return None
    return Chart(f"{case.name}时各区最多{case.gives}(万元)", tuple(best), tuple(best.values()), "CNY")


def _chain_sheet(matched: list[Chain]) -> Table:
    names = ("地区", "条款", "类型", "比例", "上限", "对应上级", "悬空", "原文", "上级原文")
    columns = tuple(Column(name, 1, right=name in {"比例", "上限"}) for name in names)
    rows = tuple(
        (
            Cell(c.ref.district),
            Cell(c.ref.name),
            Cell({"cofunding": "配套", "aligned": "呼应"}[c.kind]),
            Cell("") if c.rate is None else Cell(say_share(c.rate), c.rate, "share"),
            Cell("") if c.cap is None else Cell(say_yuan(c.cap), c.cap, "CNY"),
            Cell(c.steps[0].title + "".join(c.steps[0].cite)),
            Cell(c.steps[0].hanging or ""),
            Cell(c.quote),
            Cell(c.steps[0].quote),
        )
        for c in matched
    )
    return Table("上下级对应", columns, rows)
