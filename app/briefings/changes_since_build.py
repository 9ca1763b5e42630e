"""Briefing "changes" between two builds: policies that came, went or changed, amounts that differ, and topics won and lost by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from app.answers.places import district_map
from app.briefings.changes import States, Topics, count_topics, moved_topics, topic_points, topic_sheet
from app.briefings.difference import ClauseChange, Difference, Granted, Place, difference
from app.briefings.earlier import opened, read_export
from app.briefings.ground import Ground, said, some_names
from app.briefings.model import Briefing, Cell, Chart, Column, Figure, Sources, Table, Unit
from app.briefings.question import Export
from app.briefings.wording import clipped, short_title
from app.pictures.drawing import Picture, State
from app.pictures.tile_map import Tile, short_name
from app.spoken import say_benefit
from graph.model import Graph
from graph.store import Store
from queries.gaps import topic_states
from queries.parameters import parse_date
from queries.reader import Row

MOST_ROWS, MOST_WORDS = 14, 40
_SENTENCE_ENDS = "。;\uff1b\n"
_UNITS: dict[str, Unit] = {"CNY": "CNY", "share": "share", "year": "year"}


def changes_since_build(store: Store, since: Export, as_of: str, city: str | None = None) -> Briefing:
    """The briefing on what this graph says otherwise than an earlier build. Raises: UsageError where the file is no export."""
    earlier, day = read_export(since), parse_date(as_of)
    with ThreadPoolExecutor(max_workers=1) as beside:
        # the earlier build's server starts while this build is read
        asked = beside.submit(_topics_then, earlier, day)
        ground = Ground.of(store, day, city)
        inside = {row["district"] for row in ground.coverage}
        found = _inside(difference(earlier, store.read_graph()), inside)
        now = topic_states(store, day, city=ground.city)
        lost, gained = moved_topics(ground, asked.result(), now)
    numbers = {place.policy: place.doc_number for place in (*found.earlier, *found.later)}
    sources = Sources(numbers)
    rows = (*_amount_rows(found, sources), *_policy_rows(found), *_clause_rows(found, sources))
    return Briefing(
        kind="变化",
        question=f"与先前的图谱({since.name})相比,有什么变化",
        headline=_headline(found, lost, gained),
        as_of=ground.as_of,
        basis=ground.basis,
        figures=_figures(found, lost, gained),
        points=said(*topic_points(lost, gained)),
        picture=_picture(ground, found, lost, gained),
        chart=_chart(found),
        table=Table("什么变了", _COLUMNS, rows[:MOST_ROWS], _remark(len(rows))),
        sources=sources.all(),
        unknown=ground.unknown({place.policy for place in found.changed}, _read_otherwise(found)),
        data=(Table("全部变化", _COLUMNS, rows), _text_sheet(found), topic_sheet(lost, gained)),
    )


def _topics_then(earlier: Graph, day: str) -> States:
    with opened(earlier) as other:
        return topic_states(other, day)


def _inside(found: Difference, districts: set[str]) -> Difference:
    """What concerns these districts."""

    def kept(places: Iterable[Place]) -> tuple[Place, ...]:
        return tuple(place for place in places if districts & set(place.districts))

    clauses = tuple(change for change in found.clauses if districts & set(change.place.districts))
    return Difference(kept(found.earlier), kept(found.later), kept(found.came), kept(found.went), clauses)


def _amounts(found: Difference) -> list[tuple[ClauseChange, Granted | None, Granted | None]]:
    return [(change, before, after) for change in found.clauses for before, after in change.pairs()]


def _headline(found: Difference, lost: Topics, gained: Topics) -> str:
    told = [
        (len(found.came), "新收录 {} 件政策"),
        (len(found.went), "移除 {} 件"),
        (len(found.changed), "改动 {} 件"),
        (len(_amounts(found)), "{} 处金额、比例或年限不同"),
    ]
    parts = [words.format(count) for count, words in told if count]
    if not parts:
        return f"与先前的图谱相比,{len(found.later)} 件政策没有变化"
    for verb, topics in (("失去", lost), ("新增", gained)):
        if topics:
            parts.append(f"{some_names(topics, 3)}{verb} {count_topics(topics)} 项支持")
    return "与先前的图谱相比," + ",".join(parts)


def _figures(found: Difference, lost: Topics, gained: Topics) -> tuple[Figure, ...]:
    before, after = len(found.earlier), len(found.later)
    came, went, changed = len(found.came), len(found.went), len(found.changed)
    amounts, won, gone = len(_amounts(found)), count_topics(gained), count_topics(lost)
    return (
        Figure("收录政策,先前 → 现在", f"{before} → {after} 件", (before, after), "count"),
        Figure("新收录 / 移除", f"{came} / {went} 件", (came, went), "count"),
        Figure("改动的政策", f"{changed} 件", (changed,), "count"),
        Figure("不同的金额、比例、年限", f"{amounts} 处", (amounts,), "count"),
        Figure("支持事项,新增 / 失去", f"{won} / {gone} 项", (won, gone), "count"),
    )


_COLUMNS = (
    Column("地区", 1.0),
    Column("政策与条款", 3.4),
    Column("变化", 1.1),
    Column("先前", 2.2),
    Column("现在", 2.2),
)


def _amount_rows(found: Difference, sources: Sources) -> Iterator[tuple[Cell, ...]]:
    for change, before, after in _amounts(found):
        what = "读法不同" if change.is_reading else "改写"
        if change.before is None or change.after is None:
            what = "新条款" if change.before is None else "删去"
        yield (
            *_where(change),
            Cell(what),
            _granted_cell(change, before, sources, earlier=True),
            _granted_cell(change, after, sources, earlier=False),
        )


def _policy_rows(found: Difference) -> Iterator[tuple[Cell, ...]]:
    for what, places in (("新收录", found.came), ("移除", found.went)):
        for place in places:
            yield (_district(place), Cell(f"《{_title(place)}》"), Cell(what), Cell(""), Cell(""))


def _clause_rows(found: Difference, sources: Sources) -> Iterator[tuple[Cell, ...]]:
    """Clauses whose words changed, and no amount."""
    for change in found.clauses:
        if any(True for _ in change.pairs()):
            continue
        what = "新条款" if change.before is None else "删去" if change.after is None else "改写"
        old, new = _first_difference(change.before or "", change.after or "")
        yield (
            *_where(change),
            Cell(what),
            _words_cell(change, old, sources, earlier=True),
            _words_cell(change, new, sources, earlier=False),
        )


def _first_difference(before: str, after: str) -> tuple[str, str]:
    """Of both texts the sentence in which they differ first."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    start = max(before.rfind(sign, 0, same) for sign in _SENTENCE_ENDS) + 1
    return _sentence(before[start:]), _sentence(after[start:])


def _sentence(text: str) -> str:
    ends = [place for sign in _SENTENCE_ENDS if (place := text.find(sign)) >= 0]
    return text[: min(ends, default=len(text)) + 1].strip()


def _words_cell(change: ClauseChange, words: str, sources: Sources, *, earlier: bool) -> Cell:
    if not words:
        return Cell("无")
    return Cell(clipped(words, MOST_WORDS), notes=(_note(change, words, sources, earlier=earlier),))


def _where(change: ClauseChange) -> tuple[Cell, Cell]:
    return _district(change.place), Cell(f"《{_title(change.place)}》{''.join(change.cite)}")


def _district(place: Place) -> Cell:
    return Cell("、".join(short_name(name) for name in place.districts))


def _title(place: Place) -> str:
    return short_title(place.title, place.districts[0] if place.districts else "")


def _granted_cell(change: ClauseChange, one: Granted | None, sources: Sources, *, earlier: bool) -> Cell:
    if one is None:
        return Cell("无")
    unit = _UNITS.get(one.unit)
    words = say_benefit(one.kind, one.value, one.unit, one.per, one.period)
    notes = (_note(change, one.quote, sources, earlier=earlier),)
    return Cell(words, one.value if unit else None, unit, notes)


def _note(change: ClauseChange, quote: str, sources: Sources, *, earlier: bool) -> int:
    return sources.note(
        district="、".join(change.place.districts),
        policy=change.place.policy,
        policy_title=change.place.title,
        cite=change.cite,
        quote=quote,
        clause=change.clause,
        earlier=earlier,
    )


def _remark(rows: int) -> str:
    return f"共 {rows} 处,其余见 Excel。" if rows > MOST_ROWS else ""


def _read_otherwise(found: Difference) -> str:
    count = sum(change.is_reading for change in found.clauses)
    return f"{count} 条的原文没有变,只是程序或人工更正读法不同,不是政策改了。" if count else ""


def _picture(ground: Ground, found: Difference, lost: Topics, gained: Topics) -> Picture:
    counted = {
        "新收录 {} 件": Counter(name for place in found.came for name in place.districts),
        "移除 {} 件": Counter(name for place in found.went for name in place.districts),
        "改动 {} 件": Counter(name for place in found.changed for name in place.districts),
        "失去 {} 项": Counter({name: len(topics) for name, topics in lost.items()}),
        "新增 {} 项": Counter({name: len(topics) for name, topics in gained.items()}),
    }

    def tile(row: Row) -> Tile:
        name = row["district"]
        lines = tuple(words.format(counts[name]) for words, counts in counted.items() if counts[name])
        if not row["policies"]:
            return Tile(name, 0, 0, State.NOT_LOADED, lines)
        state = State.SUPPORTED if row["live"] else State.EXPIRED
        return Tile(name, 0, 0, state, lines or ("没有变化",), shade=0.9 if lines else 0.2)

    meanings = {
        State.SUPPORTED: "有有效政策(色深者有变化)",
        State.EXPIRED: "政策都已失效",
        State.NOT_LOADED: State.NOT_LOADED.value,
    }
    return district_map("与先前的图谱相比,各区的变化", ground.coverage, tile, meanings)


def _chart(found: Difference) -> Chart | None:
    counts = Counter(short_name(name) for change in found.clauses for name in change.place.districts)
    bars = sorted(counts.items(), key=lambda bar: (-bar[1], bar[0]))[:8]
    if len(bars) < 2:
        return None
    return Chart(
        "各区不同的条款数", tuple(name for name, _ in bars), tuple(count for _, count in bars), "count"
    )


def _text_sheet(found: Difference) -> Table:
    columns = tuple(Column(name, 1) for name in ("地区", "政策", "条款", "先前的原文", "现在的原文"))
    rows = tuple(
        (
            Cell("、".join(change.place.districts)),
            Cell(change.place.title),
            Cell("".join(change.cite)),
            Cell(change.before or ""),
            Cell(change.after or ""),
        )
        for change in found.clauses
    )
    return Table("不同的条款", columns, rows)
