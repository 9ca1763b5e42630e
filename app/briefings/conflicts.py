"""Briefing "conflicts": which supports of a district may not be drawn together, by which sentence, and where rules contradict."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from app.briefings.ground import Ground, the_ref
from app.briefings.model import Briefing, Cell, Chart, Column, Figure, Point, Sources, Table
from app.briefings.wording import clipped, short_title
from app.pictures.chain import Arrow, Box
from app.pictures.chain import chain as draw_chain
from app.pictures.drawing import Picture
from app.pictures.pairs import Group, Item, Legend, Link, pairs
from app.spoken import say_yuan
from graph.errors import UsageError
from graph.store import Store
from queries.catalog import fetch
from queries.clauses import ClauseFacts, load_facts
from queries.compare import clause_standards
from queries.conflicts import Conflict, Contradiction, Duplicate, Side, contradictions, duplicates
from queries.conflicts import conflicts as find_conflicts
from queries.names import Names
from queries.rules import ExclusionRule, Rules, StackingRule, load_rules

MOST_ROWS, MOST_MEMBERS = 7, 12
"""More clauses than that are too small to read on a slide."""
MOST_WORDS = 22
"""Of a clause's heading in the picture."""

_Group = tuple[str, str, str]


def conflicts(store: Store, district: str, as_of: str) -> Briefing:
    """The briefing on a district (name or code). Raises: UsageError where nothing of it is loaded."""
    names = Names(store)
    code = names.resolve("district", district)
    name = next(known.name for known in names.all("district") if known.value == code)
    ground = Ground.of(store, as_of, code)
    row = next((r for r in ground.coverage if r["district_code"] == code), None)
    if row is None or not row["policies"]:
        raise UsageError(
            f"{name}没有收录任何文件,说不出哪些支持相互冲突;请先用 policygraph add 加入它的政策。"
        )
    found = find_conflicts(store, as_of, district=code)
    doubled = duplicates(store, as_of, district=code)
    against = contradictions(store, as_of, district=code)
    rules = load_rules(store, as_of, districts=[code])
    sources = ground.sources()
    groups = _grouped(found)
    rows = tuple(_row(group, sources) for group in groups) or tuple(
        _rule_row(rule, sources) for rule in rules.exclusions
    )
    own = {policy.policy for policy in ground.timeline.policies if policy.district == name}
    return Briefing(
        kind="冲突与叠加",
        question=f"{name}的支持,哪些不能同时领",
        headline=_headline(name, found, doubled, against, rules),
        as_of=as_of,
        basis=ground.basis,
        figures=_figures(found, doubled, against, rules),
        points=tuple(
            _points(against, rules, load_rules(store, as_of, districts=_levels(store, code)), sources)
        ),
        picture=_picture(ground, name, groups, rules),
        chart=_chart(groups),
        table=Table(
            "不能同时领的支持,按事项和规则归并" if found else "排他规则",
            _COLUMNS if found else _RULE_COLUMNS,
            rows[:MOST_ROWS],
            f"共 {len(rows)} 组,其余见 Excel。" if len(rows) > MOST_ROWS else "",
        ),
        sources=sources.all(),
        unknown=ground.unknown(own, *_doubts(found)),
        data=(
            Table("按事项和规则归并", _COLUMNS if found else _RULE_COLUMNS, rows),
            _pair_sheet(found),
            _double_sheet(doubled),
            _against_sheet(against),
            _rule_sheet(rules),
        ),
    )


def _headline(
    name: str,
    found: Sequence[Conflict],
    doubled: Sequence[Duplicate],
    against: Sequence[Contradiction],
    rules: Rules,
) -> str:
    if not found:
        return f"{name}有 {len(rules.exclusions)} 条排他规则,没有推得不能同时领的两项支持"
    sure = sum(pair.strength == "sure" for pair in found)
    parts = [f"{name}有 {len(found)} 对支持不能同时领,其中 {sure} 对确定"]
    if doubled:
        parts.append(f"{len(doubled)} 对支持相近")
    if against:
        parts.append(f"{len(against)} 处规则相互矛盾")
    return ",".join(parts)


def _figures(
    found: Sequence[Conflict], doubled: Sequence[Duplicate], against: Sequence[Contradiction], rules: Rules
) -> tuple[Figure, ...]:
    counted = (
        ("不能同时领", len(found), "对"),
        ("相近的支持", len(doubled), "对"),
        ("相互矛盾的规则", len(against), "处"),
        ("排他规则", len(rules.exclusions), "条"),
        ("允许叠加的规定", len(rules.stackings), "条"),
    )
    return tuple(Figure(label, f"{count} {unit}", (count,), "count") for label, count, unit in counted)


def _levels(store: Store, district: str) -> list[str]:
    """The district (code) and those above it, whose rules its own may contradict."""
    uppers = fetch(store, "upper_districts", {"district": district})
    return [district, *(row["district_code"] for row in uppers)]


def _points(
    against: Sequence[Contradiction], rules: Rules, levels: Rules, sources: Sources
) -> Iterator[Point]:
    if against:
        first = against[0]
        stated: list[ExclusionRule | StackingRule] = [*levels.exclusions, *levels.stackings]
        both = (
            next((rule for rule in stated if rule.ref.clause == side.clause), None)
            for side in (first.a, first.b)
        )
        notes = tuple(the_ref(sources, rule.ref, rule.quote) for rule in both if rule is not None)
        more = f"另有 {len(against) - 1} 处。" if len(against) > 1 else ""
        yield Point(f"规则相互矛盾:{first.why}。{more}", notes)
    if rules.stackings:
        allowed = rules.stackings[0]
        note = the_ref(sources, allowed.ref, allowed.quote)
        yield Point(f"明文允许叠加,如“{clipped(allowed.quote, 48)}”。", (note,))


def _grouped(found: Sequence[Conflict]) -> list[list[Conflict]]:
    """Pairs of one topic under one rule together, the largest group first."""
    groups: defaultdict[_Group, list[Conflict]] = defaultdict(list)
    for pair in found:
        groups[pair.topic_name or "", pair.rule_clause, pair.rule_quote].append(pair)
    return sorted(
        groups.values(), key=lambda group: (-len(group), group[0].topic_name or "", group[0].rule_quote)
    )


_COLUMNS = (
    Column("支持事项", 1.9),
    Column("对数", 1.3, right=True),
    Column("不能同时领的条款", 4.6),
    Column("可以保留", 1.5),
    Column("规则", 1.9),
)
_RULE_COLUMNS = (Column("可以保留", 1.5), Column("规则范围", 1.8), Column("条款", 1.6), Column("规则原文", 5))


def _row(group: list[Conflict], sources: Sources) -> tuple[Cell, ...]:
    first = group[0]
    note = _rule_note(first, sources)
    by_title: defaultdict[str, list[str]] = defaultdict(list)
    for pair in group:
        for side in (pair.a, pair.b):
            cite = "".join(side.cite)
            if cite not in by_title[side.policy_title]:
                by_title[side.policy_title].append(cite)
    told = ";".join(
        f"《{clipped(short_title(title, first.district), 14)}》{'、'.join(cites)}"
        for title, cites in by_title.items()
    )
    arguable = sum(pair.strength != "sure" for pair in group)
    doubt = f"({'均' if arguable == len(group) else f'{arguable} 对'}存疑)" if arguable else ""
    return (
        Cell(first.topic_name or "各方向之间"),
        Cell(f"{len(group)} 对{doubt}", len(group), "count"),
        Cell(told),
        Cell(first.keeps),
        Cell(f"{''.join(first.rule_cite)} · {first.reach}", notes=note),
    )


def _rule_note(pair: Conflict, sources: Sources) -> tuple[int, ...]:
    policy = next((s.policy for s in (pair.a, pair.b) if s.policy_title == pair.rule_title), pair.a.policy)
    return (
        sources.note(
            district=pair.district,
            policy=policy,
            policy_title=pair.rule_title,
            cite=pair.rule_cite,
            quote=pair.rule_quote,
            clause=pair.rule_clause,
        ),
    )


def _rule_row(rule: ExclusionRule, sources: Sources) -> tuple[Cell, ...]:
    note = (the_ref(sources, rule.ref, rule.quote),)
    return (Cell(rule.keeps), Cell(rule.reach), Cell(rule.ref.cite_text, notes=note), Cell(rule.quote))


def _picture(ground: Ground, name: str, groups: list[list[Conflict]], rules: Rules) -> Picture:
    if not groups:
        return _rule_picture(name, rules)
    chosen: list[Conflict] = []
    members: dict[str, Side] = {}
    for pair in sorted((p for group in groups for p in group), key=lambda p: p.strength != "sure"):
        both = {pair.a.clause: pair.a, pair.b.clause: pair.b}
        if len(members | both) <= MOST_MEMBERS:
            members |= both
            chosen.append(pair)
    total = sum(len(group) for group in groups)
    by_policy: defaultdict[str, list[Side]] = defaultdict(list)
    for side in sorted(members.values(), key=lambda side: (side.policy_title, _order(side))):
        by_policy[side.policy_title].append(side)
    facts = {fact.ref.clause: fact for fact in load_facts(ground.store, sorted(members), ground.as_of)}
    shown = f"(图中 {len(chosen)} 对,全部 {total} 对见 Excel)" if len(chosen) < total else ""
    return pairs(
        f"{name}不能同时领的支持{shown}",
        [
            Group(short_title(title, name), tuple(_item(facts[s.clause]) for s in sides))
            for title, sides in by_policy.items()
        ],
        [Link(pair.a.clause, pair.b.clause, sure=pair.strength == "sure") for pair in chosen],
        Legend("不能同时领", "存疑:规则是否管到,原文没有说死"),
    )


def _item(facts: ClauseFacts) -> Item:
    """Cite and heading (else the first words), and the largest sum that the clause names."""
    ref = facts.ref
    words = ref.heading or re.split(r"[,\uff0c。;\uff1b:\uff1a\n]", facts.text.strip())[0]
    sums = [s.largest_cny for s in clause_standards(facts) if s.largest_cny is not None]
    figure = f"最高 {say_yuan(max(sums))}" if sums else ""
    return Item(ref.clause, f"{ref.cite_text} {clipped(words, MOST_WORDS)}", figure)


def _order(side: Side) -> tuple[int, str]:
    """Clauses in the order of their policy, as far as Chinese numerals tell."""
    numerals = "一二三四五六七八九十"
    first = "".join(side.cite)
    return (next((numerals.index(c) for c in first if c in numerals), 0), first)


def _rule_picture(name: str, rules: Rules) -> Picture:
    boxes: dict[str, Box] = {}
    arrows = []
    for number, rule in enumerate(rules.exclusions[:MOST_ROWS]):
        start, end = f"rule{number}", f"scope-{rule.scope}"
        boxes[start] = Box(start, 0, f"{short_title(rule.ref.policy_title, name)}", (rule.ref.cite_text,))
        boxes.setdefault(end, Box(end, 1, rule.reach))
        arrows.append(Arrow(start, end, rule.keeps))
    return draw_chain(f"{name}的排他规则各管到哪里", ["规则出处", "规则范围"], list(boxes.values()), arrows)


def _chart(groups: list[list[Conflict]]) -> Chart | None:
    counts: defaultdict[str, int] = defaultdict(int)
    for group in groups:
        counts[group[0].topic_name or "各方向之间"] += len(group)
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:8]
    if len(top) < 2:
        return None
    return Chart("不能同时领的对数,按支持事项", tuple(n for n, _ in top), tuple(c for _, c in top), "count")


def _doubts(found: Sequence[Conflict]) -> list[str]:
    arguable = sum(pair.strength != "sure" for pair in found)
    words = ["不能同时领的各对由规则和支持事项推得,只就同一项目、同一事项而言;是否同一项目由主管部门认定。"]
    if arguable:
        words.append(f"{arguable} 对存疑:规则是否管到它们,原文没有说死。")
    return words if found else []


def _sheet(title: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    columns = tuple(Column(name, 1) for name in names)
    return Table(title, columns, tuple(tuple(Cell(words) for words in row) for row in rows))


def _pair_sheet(found: Sequence[Conflict]) -> Table:
    names = ("甲", "乙", "支持事项", "可以保留", "规则范围", "规则出处", "规则原文", "理由", "把握")
    return _sheet(
        "不能同时领的各对",
        names,
        [
            (
                pair.a.name,
                pair.b.name,
                pair.topic_name or "",
                pair.keeps,
                pair.reach,
                f"《{pair.rule_title}》{''.join(pair.rule_cite)}",
                pair.rule_quote,
                pair.why or "",
                "确定" if pair.strength == "sure" else "存疑",
            )
            for pair in found
        ],
    )


def _double_sheet(doubled: Sequence[Duplicate]) -> Table:
    return _sheet(
        "相近的支持",
        ("甲", "乙", "理由", "甲原文", "乙原文"),
        [(d.a.name, d.b.name, d.why or "", d.a.quote, d.b.quote) for d in doubled],
    )


def _against_sheet(against: Sequence[Contradiction]) -> Table:
    return _sheet(
        "相互矛盾的规则",
        ("甲", "甲原文", "乙", "乙原文", "矛盾在哪里"),
        [(c.a.name, c.a_quote, c.b.name, c.b_quote, c.why or "") for c in against],
    )


def _rule_sheet(rules: Rules) -> Table:
    kept = [(r.ref.name, r.keeps, r.reach, r.quote) for r in rules.exclusions]
    kept += [(r.ref.name, "允许叠加", r.scope, r.quote) for r in rules.stackings]
    return _sheet("排他与叠加规则", ("条款", "规则", "范围", "原文"), kept)
