"""Briefing "changes": what lapsed, began or was replaced between two days, and which supports a district lost or gained by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from app.answers.places import district_map
from app.briefings.ground import Ground, said, some_names
from app.briefings.model import Briefing, Cell, Chart, Column, Figure, Sources, Table
from app.briefings.wording import short_title
from app.pictures.drawing import Picture, State
from app.pictures.tile_map import Tile, short_name
from graph.bookkeeping import read_record
from graph.errors import UsageError
from graph.store import Store
from loaders.plain import sentence_around
from loaders.record import PolicyRecord
from queries.gaps import topic_states
from queries.parameters import parse_date
from queries.reader import Row
from queries.states import Support
from queries.timeline import PolicyOnDay, timeline

MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class _Change:
    """A policy that is in force on one of the days only."""

    before: PolicyOnDay
    after: PolicyOnDay

    @property
    def has_ended(self) -> bool:
        return self.before.state.is_live


def changes(store: Store, start: str, end: str, city: str | None = None) -> Briefing:
    """The briefing on the time from `start` to `end` (dates; "today"). Raises: UsageError where `end` is not behind `start`."""
    first, last = parse_date(start, "起始日"), parse_date(end, "截止日")
    if last <= first:
        raise UsageError(f"截止日 {last} 须在起始日 {first} 之后。")
    ground = Ground.of(store, last, city)
    before = {policy.policy: policy for policy in timeline(store, first, city=ground.city).policies}
    found = [
        _Change(before[after.policy], after)
        for after in ground.timeline.policies
        if after.policy in before and before[after.policy].state.is_live is not after.state.is_live
    ]
    then, now = (topic_states(store, day, city=ground.city) for day in (first, last))
    lost, gained = moved_topics(ground, then, now)
    sources = ground.sources()
    rows = tuple(_row(store, change, sources) for change in found)
    return Briefing(
        kind="变化",
        question=f"{first} 到 {last},政策有什么变化",
        headline=_headline(first, last, found, before, lost, gained),
        as_of=last,
        basis=ground.basis,
        figures=_figures(found, before, ground, lost, gained),
        points=said(*topic_points(lost, gained)),
        picture=_picture(first, last, ground, before, lost, gained),
        chart=_chart(lost),
        table=Table(
            "失效和开始施行的政策",
            _COLUMNS,
            rows[:MOST_ROWS],
            f"共 {len(rows)} 件,其余见 Excel。" if len(rows) > MOST_ROWS else "",
        ),
        sources=sources.all(),
        unknown=ground.unknown(set(before)),
        data=(Table("失效和开始施行的政策", _COLUMNS, rows), topic_sheet(lost, gained)),
    )


Topics = dict[str, list[str]]
"""District → names of topics."""
States = Mapping[tuple[str, str], Support]
"""District code and topic code → what is known."""


def moved_topics(ground: Ground, then: States, now: States) -> tuple[Topics, Topics]:
    """The topics that each district supported then only, and those that it supports now only."""
    names = {name.value: name.name for name in ground.names.all("topic")}
    districts = {row["district_code"]: row["district"] for row in ground.districts}
    lost: defaultdict[str, list[str]] = defaultdict(list)
    gained: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted({*then, *now}):
        code, topic = key
        was, is_now = (states.get(key) is Support.SUPPORTED for states in (then, now))
        if code in districts and topic in names and was is not is_now:
            (gained if is_now else lost)[districts[code]].append(names[topic])
    return dict(lost), dict(gained)


def _headline(
    first: str,
    last: str,
    found: list[_Change],
    before: dict[str, PolicyOnDay],
    lost: Topics,
    gained: Topics,
) -> str:
    ended = sum(change.has_ended for change in found)
    begun = sum(not change.has_ended for change in found)
    if not found:
        return f"{first} 到 {last},收录的 {len(before)} 件政策没有一件失效或开始施行"
    parts = [f"{first} 到 {last} 有 {ended} 件政策失效" + (f"、{begun} 件开始施行" if begun else "")]
    if lost:
        parts.append(f"{some_names(lost, 5)}共失去 {count_topics(lost)} 项支持")
    if gained:
        parts.append(f"{some_names(gained, 5)}共新增 {count_topics(gained)} 项支持")
    return ",".join(parts)


def _figures(
    found: list[_Change], before: dict[str, PolicyOnDay], ground: Ground, lost: Topics, gained: Topics
) -> tuple[Figure, ...]:
    inside = {row["district"] for row in ground.coverage}
    then = sum(policy.state.is_live for policy in before.values())
    now = sum(policy.state.is_live for policy in ground.timeline.policies if policy.district in inside)
    ended = sum(change.has_ended for change in found)
    begun = sum(not change.has_ended for change in found)
    return (
        Figure("有效政策,期初 → 期末", f"{then} → {now} 件", (then, now), "count"),
        Figure("失效", f"{ended} 件", (ended,), "count"),
        Figure("开始施行", f"{begun} 件", (begun,), "count"),
        Figure("各区失去的支持事项", f"{count_topics(lost)} 项", (count_topics(lost),), "count"),
        Figure("各区新增的支持事项", f"{count_topics(gained)} 项", (count_topics(gained),), "count"),
    )


def count_topics(topics: Topics) -> int:
    """How many topics of districts they are."""
    return sum(len(names) for names in topics.values())


def topic_points(lost: Topics, gained: Topics) -> list[str]:
    """Which topics the two districts with the most of them lost, and gained."""
    words = []
    for told, topics in (("失去", lost), ("新增", gained)):
        largest = sorted(topics.items(), key=lambda item: (-len(item[1]), item[0]))[:2]
        for district, names in largest:
            more = f"等 {len(names)} 项" if len(names) > 4 else ""
            words.append(f"{short_name(district)}{told}:{'、'.join(names[:4])}{more}。")
    return words


_COLUMNS = (
    Column("地区", 1.0),
    Column("政策", 3.6),
    Column("期初", 1.2),
    Column("期末", 1.2),
    Column("依据", 3.0),
)


def _row(store: Store, change: _Change, sources: Sources) -> tuple[Cell, ...]:
    after = change.after
    return (
        Cell(short_name(after.district)),
        Cell(f"《{short_title(after.policy_title, after.district)}》"),
        Cell(change.before.state.label),
        Cell(after.state.label),
        Cell(_why(after), notes=tuple(_term_notes(store, after, sources))),
    )


def _why(policy: PolicyOnDay) -> str:
    return policy.why if policy.why != policy.state.label else policy.state.label


def _term_notes(store: Store, policy: PolicyOnDay, sources: Sources) -> list[int]:
    """Footnotes for the sentences that a policy's term was read from."""
    record = _record(store, policy.policy)
    notes = []
    for name in ("effective_from", "effective_to", "valid_years"):
        span = record.evidence.get(name) if record else None
        if record is None or span is None:
            continue
        clause = next((c for c in record.clauses if c.span[0] <= span[0] < c.span[1]), None)
        bounds = clause.span if clause else (0, len(record.text))
        start, end = sentence_around(record.text, span[0], *bounds)
        cite = tuple(clause.cite) if clause else ()
        notes.append(
            sources.note(
                district=policy.district,
                policy=policy.policy,
                policy_title=policy.policy_title,
                cite=cite,
                quote=record.text[start:end].strip(),
            )
        )
    return list(dict.fromkeys(notes))


def _record(store: Store, policy: str) -> PolicyRecord | None:
    query = "MATCH (p:Policy {id: $policy}) WHERE p.in_corpus RETURN p.document AS document, p.part AS part"
    for row in store.run(query, {"policy": policy}):
        stored = read_record(store.run, row["document"], row["part"])
        if stored is not None:
            return msgspec.json.decode(stored.body, type=PolicyRecord)
    return None


def _picture(
    first: str, last: str, ground: Ground, before: dict[str, PolicyOnDay], lost: Topics, gained: Topics
) -> Picture:
    then: defaultdict[str, int] = defaultdict(int)
    now: defaultdict[str, int] = defaultdict(int)
    for policy in before.values():
        then[policy.district] += policy.state.is_live
    for policy in ground.timeline.policies:
        now[policy.district] += policy.state.is_live

    def tile(row: Row) -> Tile:
        name = row["district"]
        if not row["policies"]:
            return Tile(name, 0, 0, State.NOT_LOADED)
        lines = [f"有效 {then[name]} → {now[name]}" if then[name] != now[name] else f"有效 {now[name]} 件"]
        if name in lost:
            lines.append(f"失去 {len(lost[name])} 项")
        if name in gained:
            lines.append(f"新增 {len(gained[name])} 项")
        state = State.SUPPORTED if now[name] else State.EXPIRED
        changed = then[name] != now[name] or name in lost or name in gained
        return Tile(name, 0, 0, state, tuple(lines), shade=0.9 if changed else 0.25)

    meanings = {
        State.SUPPORTED: "期末仍有有效政策(色深者有变化)",
        State.EXPIRED: "期末政策都已失效",
        State.NOT_LOADED: State.NOT_LOADED.value,
    }
    return district_map(f"{first} 到 {last}各区的变化", ground.coverage, tile, meanings)


def _chart(lost: Topics) -> Chart | None:
    bars = sorted(
        ((short_name(name), len(topics)) for name, topics in lost.items()), key=lambda bar: (-bar[1], bar[0])
    )
    if len(bars) < 2:
        return None
    return Chart("各区失去的支持事项数", tuple(n for n, _ in bars), tuple(float(c) for _, c in bars), "count")


def topic_sheet(lost: Topics, gained: Topics) -> Table:
    """Every topic that a district lost or gained."""
    columns = (Column("地区", 1), Column("变化", 1), Column("支持事项", 3))
    rows = tuple(
        (Cell(district), Cell(told), Cell(name))
        for told, topics in (("失去", lost), ("新增", gained))
        for district, names in sorted(topics.items())
        for name in names
    )
    return Table("失去和新增的支持事项", columns, rows)
