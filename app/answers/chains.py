"""匹配链: what each district adds to a city award, step by step, on which sentence, and what may not be drawn together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.evidence import Evidence, cite_cell, clause_address, short_title
from app.pictures.chain import Arrow, Box, chain
from app.pictures.drawing import Picture, State
from app.pictures.tile_map import short_name
from app.punctuation import in_print
from app.spoken import PERIODS, say_range, say_share, say_working, say_yuan, spaced
from app.tables import Row, Share, Table, Words, Yuan, columns
from app.texts import say
from queries.amounts import Worked
from queries.chains import Chain, Step
from queries.clauses import ClauseRef
from queries.conflicts import Conflict, Side
from queries.rules import ExclusionRule, Rules, StackingRule, covers

BOXES = 14
"""District clauses of the picture; the table has the rest."""

ABOVE = 3
"""Documents above an upper clause that the picture shows."""

_COLUMNS = ("chains.above", "chains.upper", "chains.district")


def finding(award: float, topic_name: str, worked: Sequence[Worked]) -> str:
    """What each district adds to the award."""
    if not worked:
        return say("chains.none", topic=topic_name)
    by_district: dict[str, list[Worked]] = {}
    for item in worked:
        by_district.setdefault(item.ref.district, []).append(item)
    paid = [
        say("chains.adds", district=short_name(district), amount=spaced(_plain_and_uplift(items)))
        for district, items in sorted(by_district.items(), key=lambda pair: -_high(pair[1]))
    ]
    return say("chains.finding", topic=topic_name, award=say_yuan(award), paid="，".join(paid))


def chain_picture(award: float, topic_name: str, found: Sequence[Chain], worked: Sequence[Worked]) -> Picture:
    """From the documents above to the upper level to the districts: what is matched, at which rate and cap, what it comes to."""
    clauses = list(dict.fromkeys(link.ref.clause for link in found))[:BOXES]
    links = [link for link in found if link.ref.clause in clauses]
    boxes: dict[str, Box] = {}
    arrows: dict[tuple[str, str], Arrow] = {}
    labelled: set[str] = set()
    for link in sorted(links, key=lambda link: link.steps[0].hanging is not None):
        first, *above = link.steps
        boxes.setdefault(first.target, _upper_box(first, 1))
        for step in above[:ABOVE]:
            boxes.setdefault(step.target, _upper_box(step, 0))
            label = say(f"relation.{step.relation}")
            arrows[step.target, first.target] = Arrow(step.target, first.target, label, bool(step.hanging))
        amounts = [item for item in worked if item.ref.clause == link.ref.clause]
        boxes[link.ref.clause] = _own_box(link.ref, amounts)
        label = "" if link.ref.clause in labelled else _rate_and_cap(link)
        labelled.add(link.ref.clause)
        arrows[first.target, link.ref.clause] = Arrow(
            first.target, link.ref.clause, label, bool(first.hanging)
        )
    used = sorted({box.column for box in boxes.values()})
    placed = [
        Box(box.name, used.index(box.column), box.title, box.lines, box.hanging) for box in boxes.values()
    ]
    title = say("chains.picture", topic=topic_name, award=say_yuan(award))
    return chain(title, [say(_COLUMNS[column]) for column in used], placed, list(arrows.values()))


def amounts_table(worked: Sequence[Worked]) -> Table:
    """What each clause adds, how it is worked out, and on what conditions."""
    rows = [
        Row(
            (
                item.ref.district,
                item.label,
                Yuan(item.low, item.high),
                Words(
                    say_working(item.steps),
                    under=say_working(item.reason or "") or (say("chains.at_most") if item.at_most else ""),
                ),
                Yuan.of(item.cap),
                PERIODS.get(item.cap_period or "", ""),
                "；".join(item.conditions),
                cite_cell(item.ref, item.quote),
            )
        )
        for item in worked
    ]
    heads = columns(
        district="name",
        for_whom="text",
        adds="figure",
        steps="text",
        cap="figure",
        counted="short",
        conditions="text",
        clause="text",
    )
    return Table(say("chains.table"), heads, rows).without_empty()


def amounts_evidence(worked: Sequence[Worked]) -> list[Evidence]:
    """The sentence behind each amount: the clauses that give most first, of each what everybody gets before what some get."""
    most: dict[str, float] = {}
    for item in worked:
        most[item.ref.clause] = max(_most(item), most.get(item.ref.clause, 0))
    return [
        Evidence.at(item.ref, item.quote, f"{say_range(item.low, item.high)}：{say_working(item.steps)}")
        for item in sorted(worked, key=lambda item: (-most[item.ref.clause], _most(item)))
    ]


def links_table(found: Sequence[Chain]) -> Table:
    """Every match of the topic with what it leads to, and why it hangs where it does."""
    rows = [
        Row(
            (
                link.ref.district,
                Words(say(f"chains.kind.{link.kind}"), under=say(f"strength.{link.strength}")),
                Share.of(link.rate),
                Yuan.of(link.cap),
                _target_cell(link.steps[0], link.target_name),
                _holding_cell(link.steps[0]),
                in_print(link.why),
                cite_cell(link.ref, link.quote),
            )
        )
        for link in found
    ]
    heads = columns(
        district="name",
        kind="short",
        share="figure",
        cap="figure",
        target="text",
        holds="text",
        why="text",
        clause="text",
    )
    return Table(say("chains.links"), heads, rows).without_empty()


def must_not_table(worked: Sequence[Worked], rules: Rules) -> Table:
    """Which sentences bear on drawing the paying clauses together with others: what they reach, and what one may keep."""
    rows = []
    for ref in dict.fromkeys(item.ref for item in worked):
        own = (ref.district, ref.cite_text)
        for rule, reach in _by_sentence(_forbidding(ref, rules)):
            ruling, keeps = (
                Words(say("rules.forbids"), under=reach),
                Words(in_print(rule.keeps), under=in_print(rule.same)),
            )
            rows.append(Row((*own, ruling, keeps, cite_cell(rule.ref, rule.quote))))
        for allowed in _allowing(ref, rules):
            ruling, keeps = (
                Words(say("rules.allows"), under=say_scope(allowed.scope)),
                Words(say("rules.both")),
            )
            rows.append(Row((*own, ruling, keeps, cite_cell(allowed.ref, allowed.quote))))
    heads = columns(district="name", own_clause="short", ruling="text", keeps="text", clause="text")
    return Table(say("chains.must_not"), heads, rows)


def must_not_sentence(worked: Sequence[Worked], rules: Rules) -> str:
    """What bears on the paying clauses, district by district, in one sentence."""
    parts = []
    by_district: dict[str, list[ClauseRef]] = {}
    for item in worked:
        by_district.setdefault(item.ref.district, []).append(item.ref)
    for district, refs in by_district.items():
        reached = dict.fromkeys(rule.reach for ref in refs for rule in _forbidding(ref, rules))
        allowed = dict.fromkeys(say_scope(rule.scope) for ref in refs for rule in _allowing(ref, rules))
        words = [say("rules.not_with", what="、".join(reached))] if reached else []
        words += [say("rules.with", what="、".join(allowed))] if allowed else []
        parts.append(short_name(district) + ("，".join(words) or say("rules.silent")))
    return "；".join(parts) + "。" if parts else ""


def must_not_evidence(worked: Sequence[Worked], rules: Rules, pairs: Iterable[Conflict]) -> list[Evidence]:
    """The sentences that forbid or allow drawing two supports, and the pairs that follow."""
    refs = list(dict.fromkeys(item.ref for item in worked))
    forbid = [
        Evidence.at(rule.ref, rule.quote, f"{reach}：{in_print(rule.keeps)}", tone="rule")
        for ref in refs
        for rule, reach in _by_sentence(_forbidding(ref, rules))
    ]
    allow = [
        Evidence.at(rule.ref, rule.quote, say("rules.with", what=say_scope(rule.scope)), tone="stack")
        for ref in refs
        for rule in _allowing(ref, rules)
    ]
    others = [
        side_evidence(side, pair.district, say("chains.pair", keeps=in_print(pair.keeps)))
        for pair in pairs
        for side in (pair.a, pair.b)
        if side.clause not in {ref.clause for ref in refs}
    ]
    return [*forbid, *allow, *others]


def side_evidence(side: Side, district: str, note: str = "", head: str = "") -> Evidence:
    """One of two clauses that collide."""
    return Evidence(district, side.policy, side.policy_title, side.cite, side.quote, note, head)


def say_scope(scope: str) -> str:
    """What a sentence lets be drawn beside: municipal → 市级支持; words that are no scope of the list are the text's own."""
    known = ("municipal", "provincial", "national", "district", "same_district", "within_policy", "vouchers")
    return say(f"stacks.{scope}") if scope in known else scope


def _forbidding(ref: ClauseRef, rules: Rules) -> list[ExclusionRule]:
    return [r for r in rules.exclusions if r.ref.policy == ref.policy and covers(r.holds_for, ref.cite)]


def _by_sentence(rules: Iterable[ExclusionRule]) -> list[tuple[ExclusionRule, str]]:
    """One entry a sentence, with all that it reaches."""
    found: dict[tuple[str, str], tuple[ExclusionRule, str]] = {}
    for rule in rules:
        key = (rule.ref.clause, rule.quote)
        known = found.get(key)
        found[key] = (rule, rule.reach) if known is None else (known[0], f"{known[1]}、{rule.reach}")
    return list(found.values())


def _allowing(ref: ClauseRef, rules: Rules) -> list[StackingRule]:
    return [r for r in rules.stackings if r.ref.policy == ref.policy and covers(r.holds_for, ref.cite)]


def _plain_and_uplift(items: Sequence[Worked]) -> str:
    """What everybody gets of the clause that gives most, and in brackets what only some get: 100 万元（工业智能项目 150 万元）."""
    best = max(items, key=_most)
    plain = min((item for item in items if item.ref.clause == best.ref.clause), key=_most)
    words = say_range(plain.low, plain.high)
    if _most(plain) == _most(best):
        return words
    return f"{words}（{best.label}{spaced(say_range(best.low, best.high))}）"


def _most(item: Worked) -> float:
    return item.low if item.high is None else item.high


def _high(items: Sequence[Worked]) -> float:
    return max(map(_most, items))


def _upper_box(step: Step, column: int) -> Box:
    lines = ("".join(step.cite),) if step.cite else ()
    return Box(step.target, column, short_title(step.title), lines, in_print(step.hanging or ""))


def _own_box(ref: ClauseRef, worked: Sequence[Worked]) -> Box:
    lapsed = "" if ref.state.is_live else ref.state.label
    lines = [" ".join([say_range(item.low, item.high), item.label]).strip() for item in worked]
    return Box(ref.clause, 2, f"{short_name(ref.district)} {ref.cite_text}", tuple(lines[:3]), lapsed)


def _rate_and_cap(link: Chain) -> str:
    parts = [say_share(link.rate)] if link.rate is not None else []
    parts += [say("chains.cap", cap=say_yuan(link.cap))] if link.cap is not None else []
    return "，".join(parts)


def _target_cell(step: Step, name: str | None) -> Words:
    under = "".join(step.cite) or (name if name and name != step.title else "")
    go = clause_address(step.target) if step.target_label == "Clause" else None
    return Words(short_title(step.title), under=under, go=go)


def _holding_cell(step: Step) -> Words:
    if step.hanging is None:
        return Words(say("chains.holds"), state=State.SUPPORTED)
    lapsed = step.state is not None and step.state.is_lapsed
    return Words(in_print(step.hanging), state=State.EXPIRED if lapsed else State.NOT_LOADED)
